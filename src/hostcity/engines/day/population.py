"""From the plan's streams and groups to every visitor's own plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day._kernels import draws
from hostcity.engines.day._kernels import population as kernels
from hostcity.engines.day._kernels.layout import SAMPLED, STOP, TABLE_SHIFT, WALKER, People
from hostcity.engines.day.network import Network, code_key
from hostcity.engines.day.ordering import order_in_time
from hostcity.plan.lanes import begun_last
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Event

Floats = NDArray[np.float64]

MEAL_REACH_S = 120.0  # people take a place to eat that is this much farther e times less often
TOILET_REACH_S = 60.0
DESK_REACH_S = 120.0
BADGE_REACH_S = 20.0
STOPS_EACH = 48


def destinations(plan: Plan) -> NDArray[np.int32]:
    """Nodes that somebody may want to reach: stations, arrival points, and the nodes of areas with something to do."""
    wanted = {row.area for row in plan.attractions} | {row.area for row in plan.appointments}
    nodes = {station.node for station in plan.stations} | {stream.node for stream in plan.streams}
    return np.array([at for at, node in enumerate(plan.nodes) if node.code in nodes or node.area in wanted], np.int32)


def choose_people(
    plan: Plan, network: Network, walk_s: NDArray[np.float32], seed: int
) -> tuple[kernels.Demand, kernels.Chosen]:
    """Who comes when to which gate, in order of arrival, and who keeps which appointment."""
    demand = _demand(plan, network, walk_s)
    word = np.uint64(seed)
    counts = [stream.persons for stream in plan.streams]
    stream = np.repeat(np.arange(len(counts), dtype=np.int16), counts)
    key = _visitor_keys(plan, counts)
    arrive_s = np.empty(key.size)
    group = np.empty(key.size, np.int16)
    kernels.draw_arrivals(word, demand, key, stream, arrive_s, group)
    _delay_and_divert(plan, word, key, stream, arrive_s)
    order = order_in_time(arrive_s)
    chosen = kernels.Chosen(
        key=key[order],
        arrive_s=arrive_s[order],
        stream=stream[order],
        group=group[order],
        gate=np.empty(key.size, np.int16),
        security=np.empty(key.size, np.int16),
        badge=np.empty(key.size, np.int16),
        registration=np.empty(key.size, np.int16),
        appointment=np.full(key.size, -1, np.int16),
        meets_at=np.full(key.size, -1, np.int16),
    )
    kernels.draw_gates(word, demand, chosen, _advised(plan, word, chosen))
    _invite(plan, network, word, chosen)
    return demand, chosen


def free_speeds(demand: kernels.Demand, chosen: kernels.Chosen, seed: int) -> NDArray[np.float32]:
    """Everybody's walking speed on the level when nobody is in the way. [m/s]"""
    speed = np.empty(chosen.key.size, np.float32)
    kernels.draw_speeds(np.uint64(seed), demand, chosen, speed)
    return speed


def build_people(
    plan: Plan, network: Network, walk_s: NDArray[np.float32], seed: int, classes: int
) -> tuple[People, kernels.Chosen]:
    """Everybody who comes, in order of arrival, with what they want to do and which of the route classes is theirs."""
    demand, chosen = choose_people(plan, network, walk_s, seed)
    word, key = np.uint64(seed), chosen.key
    first_stop = np.empty(key.size + 1, np.int32)
    room = STOPS_EACH * key.size + 1024  # memory that is not written to is not taken
    halls = demand.weight.shape[1]
    hall, stays, score = np.empty(halls, np.int32), np.empty(halls, np.int32), np.empty(halls)
    while True:
        stop = np.empty(room, STOP)
        written = kernels.fill_stops(word, demand, chosen, first_stop, stop, hall, stays, score)
        if written >= 0:
            break
        room *= 2
    stop = stop[:written]
    people = People(
        arrive_s=chosen.arrive_s,
        origin=demand.origin[chosen.stream],
        walker=_walkers(plan, demand, word, chosen, classes),
        key=chosen.key,
        first_stop=first_stop,
        stop=stop,
        appointment=chosen.appointment,
        appointment_at=np.array([row.starts_at for row in plan.appointments], float),
        appointment_ends=np.array(
            [min(row.starts_at + row.lasts_s, plan.day.closes_at) for row in plan.appointments], float
        ),
        appointment_missed=np.array([row.starts_at + row.missed_after_s for row in plan.appointments], float),
    )
    return people, chosen


def _uniforms(word: np.uint64, key: NDArray[np.uint64], purpose: int) -> Floats:
    drawn = np.empty(key.size)
    kernels.fill_uniforms(word, key, purpose, drawn)
    return drawn


def _visitor_keys(plan: Plan, counts: list[int]) -> NDArray[np.uint64]:
    keys = [
        np.uint64(code_key(f"stream {stream.code}")) + np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        for stream, count in zip(plan.streams, counts, strict=True)
    ]
    return np.concatenate(keys) if keys else np.empty(0, np.uint64)


def _walkers(
    plan: Plan, demand: kernels.Demand, word: np.uint64, chosen: kernels.Chosen, classes: int
) -> NDArray[np.void]:
    walker = np.zeros(chosen.key.size, WALKER)
    walker["speed"] = free_speeds(demand, chosen, int(word))
    needs_step_free = np.array([group.step_free for group in plan.groups], bool)[chosen.group]
    route_class = np.minimum((_uniforms(word, chosen.key, draws.ROUTE_CLASS) * classes).astype(np.int64), classes - 1)
    table = needs_step_free * classes + route_class
    is_sampled = _uniforms(word, chosen.key, draws.REPLAY) <= plan.rules.replay_share
    walker["flags"] = (table << TABLE_SHIFT) + is_sampled * SAMPLED
    return walker


def _within(event: Event, arrive_s: Floats) -> NDArray[np.bool_]:
    ends_at = np.inf if event.ends_at is None else event.ends_at
    return (arrive_s >= event.starts_at) & (arrive_s < ends_at)


def _delay_and_divert(
    plan: Plan, word: np.uint64, key: NDArray[np.uint64], stream: NDArray[np.int16], arrive_s: Floats
) -> None:
    """Change time and stream of those whom the timeline delays or sends to other arrival points.

    What holds at the scheduled time for the scheduled stream decides: delays that hold together add up, of diversions
    the one begun last is followed.
    """
    scheduled, scheduled_s = stream.copy(), arrive_s.copy()
    at_of = {row.code: at for at, row in enumerate(plan.streams)}
    for event in begun_last(plan.timeline):
        if event.action not in ("delay", "divert"):
            continue
        met = np.flatnonzero((scheduled == at_of[event.target]) & _within(event, scheduled_s))
        if event.action == "delay":
            arrive_s[met] += event.value or 0.0
        else:
            onto = np.array([at_of[code] for code in event.to], np.int16)
            share = np.cumsum([max(plan.streams[at].persons, 1) for at in onto]) / 1.0
            draw = _uniforms(word ^ np.uint64(code_key(event.code)), key[met], draws.ADVICE)
            stream[met] = onto[np.searchsorted(share, draw * share[-1])]
    np.minimum(arrive_s, plan.day.clock_ends_at - 1.0, out=arrive_s)


def _advised(plan: Plan, word: np.uint64, chosen: kernels.Chosen) -> NDArray[np.int16]:
    """The gate that each visitor is sent to by a route advice, the one begun last; -1 = none."""
    advised = np.full(chosen.key.size, -1, np.int16)
    stream_of = {row.code: at for at, row in enumerate(plan.streams)}
    gate_of = {row.code: at for at, row in enumerate(plan.gates)}
    for event in begun_last(plan.timeline):
        if event.action != "advise":
            continue
        told = np.flatnonzero((chosen.stream == stream_of[event.target]) & _within(event, chosen.arrive_s))
        draw = _uniforms(word ^ np.uint64(code_key(event.code)), chosen.key[told], draws.ADVICE)
        share = 1.0 if event.value is None else event.value
        follows = draw <= share
        gates = np.array([gate_of[code] for code in event.to], np.int16)
        # The same draw picks the gate: below the share it is uniform again.
        which = np.minimum((draw[follows] / max(share, 1e-12) * gates.size).astype(int), gates.size - 1)
        advised[told[follows]] = gates[which]
    return advised


def _invite(plan: Plan, network: Network, word: np.uint64, chosen: kernels.Chosen) -> None:
    """Settle who keeps which appointment: of the group's people who come in time, those with the smallest draws."""
    group_of = {row.code: at for at, row in enumerate(plan.groups)}
    nodes_of_area: dict[str, list[int]] = {}
    for at in _by_code(plan.nodes):
        nodes_of_area.setdefault(plan.nodes[at].area, []).append(int(at))
    for number in _by_code(plan.appointments):
        row = plan.appointments[number]
        is_free = (chosen.group == group_of[row.group]) & (chosen.appointment < 0)
        can_come = np.flatnonzero(is_free & (chosen.arrive_s <= row.starts_at - 3600.0))
        draw = _uniforms(word ^ np.uint64(code_key(row.code)), chosen.key[can_come], draws.INVITED)
        invited = can_come[_smallest(draw, row.persons)]
        places = np.array(nodes_of_area[row.area])
        where = _uniforms(word ^ np.uint64(code_key(row.code)), chosen.key[invited], draws.APPOINTMENT_PLACE)
        node = places[np.minimum((where * places.size).astype(int), places.size - 1)]
        chosen.appointment[invited] = number
        chosen.meets_at[invited] = network.net.dest_of[node]


def _smallest(draw: Floats, count: int) -> NDArray[np.int64]:
    """Where the ``count`` smallest draws are, the smallest first."""
    few = np.arange(draw.size)
    if 0 < count < draw.size:  # sorting all of them to know some would cost more than everything around it
        few = np.flatnonzero(draw <= np.partition(draw, count - 1)[count - 1])
    return few[np.argsort(draw[few], kind="stable")[:count]]


def _cumulative(weights: Floats) -> Floats:
    """Running totals along the last axis; a row without weight stays 0 and is never drawn from.

    Always rows one after the other: numba compiles a function anew for arrays that lie otherwise, and an array of one row
    or column lies both ways, so that each small plan would have waited for a compilation of its own.
    """
    total: Floats = np.ascontiguousarray(np.cumsum(weights, axis=-1))
    return total


def _by_code(rows: Sequence[Any]) -> NDArray[np.int16]:
    """Places of a sheet's rows in the order of their codes: draws must not depend on the order of rows."""
    return np.array(sorted(range(len(rows)), key=lambda at: rows[at].code), np.int16)


def _demand(plan: Plan, network: Network, walk_s: NDArray[np.float32]) -> kernels.Demand:
    groups, streams, stations = plan.groups, plan.streams, plan.stations
    group_of = {row.code: at for at, row in enumerate(groups)}
    gate_of = {row.code: at for at, row in enumerate(plan.gates)}
    stream_of = {row.code: at for at, row in enumerate(streams)}
    station_of = {row.code: at for at, row in enumerate(stations)}
    mix = np.zeros((len(streams), len(groups)))
    for share in plan.mixes:
        mix[stream_of[share.stream], group_of[share.group]] += share.weight
    gate = np.zeros((len(streams), len(plan.gates)))
    for approach in plan.approaches:
        gate[stream_of[approach.stream], gate_of[approach.gate]] += approach.weight
    node_of_station = np.array([network.node_of[row.node] for row in stations], np.int32)
    station_dest = network.net.dest_of[node_of_station]
    lanes = _most_lanes(plan)
    security = np.zeros((len(plan.gates), len(stations)))
    badge = np.zeros((len(stations), len(stations)))
    has_badge = np.zeros(len(plan.gates), np.uint8)
    for at, row in enumerate(stations):
        if row.service == "security":
            security[gate_of[row.gate], at] = lanes[at] + 1e-12
            for other, check in enumerate(stations):
                if check.service == "badge" and check.gate == row.gate:
                    has_badge[gate_of[row.gate]] = 1
                    away_s = float(walk_s[station_dest[other], node_of_station[at]])
                    badge[at, other] = lanes[other] * np.exp(-away_s / BADGE_REACH_S) + 1e-12
    halls = [row.code for row in plan.areas if any(each.area == row.code for each in plan.attractions)]
    hall_first, hall_node, hall_walk_s = _halls(plan, network, walk_s, halls)
    by_code = _by_code(stations)
    meal = _choices(plan, "catering", lanes, station_dest, walk_s, MEAL_REACH_S)
    toilets = _choices(plan, "toilets", lanes, station_dest, walk_s, TOILET_REACH_S)
    registration = _choices(plan, "registration", lanes, station_dest, walk_s, DESK_REACH_S)
    information = _choices(plan, "information", lanes, station_dest, walk_s, DESK_REACH_S)
    slots = _profiles(plan)

    def of_groups(name: str) -> Floats:
        return np.array([getattr(row, name) for row in groups], float)

    return kernels.Demand(
        profile_from=slots[0],
        profile_to=slots[1],
        profile_share=slots[2],
        headway_s=np.array([row.headway_s for row in streams], float),
        pulse_s=np.array([row.pulse_s for row in streams], float),
        origin=np.array([network.node_of[row.node] for row in streams], np.int32),
        departure=np.array([station_of.get(row.leaves_by, -1) for row in streams], np.int32),
        group_by_code=_by_code(groups),
        gate_by_code=_by_code(plan.gates),
        station_by_code=by_code,
        mix=_cumulative(mix[:, _by_code(groups)]),
        gate=_cumulative(gate[:, _by_code(plan.gates)]),
        security=_cumulative(security[:, by_code]),
        badge=_cumulative(badge[:, by_code]),
        has_badge=has_badge,
        speed_mean=of_groups("speed_mean_m_per_s"),
        speed_sd=of_groups("speed_sd_m_per_s"),
        halls_mean=of_groups("halls_mean"),
        stands_mean=of_groups("stands_mean"),
        dwell_s=of_groups("dwell_median_s"),
        dwell_sigma=of_groups("dwell_sigma"),
        meal_share=of_groups("meal_share") * bool(meal.any()),
        meal_from=of_groups("meal_starts_at"),
        meal_to=of_groups("meal_ends_at"),
        meal_s=of_groups("meal_dwell_s"),
        toilets_mean=of_groups("toilet_visits_mean") * bool(toilets.any()),
        leaves_at=of_groups("leaves_at"),
        leaves_sd=of_groups("leaves_sd_s"),
        weight=_hall_weights(plan, group_of, halls),
        hall_key=np.array([code_key(f"area {code}") for code in halls], np.uint64),
        hall_first=hall_first,
        hall_node=hall_node,
        hall_walk_s=hall_walk_s,
        meal_choice=meal,
        toilet_choice=toilets,
        registration_share=of_groups("registration_share") * bool(registration.any()),
        registration_choice=registration,
        questions_mean=of_groups("information_visits_mean") * bool(information.any()),
        information_choice=information,
        station_dest=station_dest,
        dest_of=network.net.dest_of,
        walk_s=walk_s,
        meets_s=np.array([row.starts_at for row in plan.appointments], float),
        slack_s=np.array([row.slack_s for row in plan.appointments], float),
        opens_s=plan.day.opens_at,
        closes_s=plan.day.closes_at,
        start_s=plan.day.clock_starts_at,
        end_s=plan.day.clock_ends_at,
    )


def _most_lanes(plan: Plan) -> Floats:
    """The most lanes that each station has by its own number, the lane schedule or the timeline."""
    most = {row.code: row.lanes for row in plan.stations}
    for window in plan.lanes:
        most[window.station] = max(most[window.station], window.lanes)
    for event in plan.timeline:
        if event.action == "lanes":
            most[event.target] = max(most[event.target], int(event.value or 0))
    return np.array([most[row.code] for row in plan.stations], float)


def _halls(
    plan: Plan, network: Network, walk_s: NDArray[np.float32], halls: list[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    in_order = [(int(at), plan.nodes[at].area) for at in _by_code(plan.nodes)]
    nodes = [[at for at, area in in_order if area == code] for code in halls]
    first = np.concatenate([[0], np.cumsum([len(each) for each in nodes])]).astype(np.int32)
    node = np.array([at for each in nodes for at in each], np.int32)
    middle = np.array([each[len(each) // 2] for each in nodes], np.int32)
    walk = walk_s[network.net.dest_of[middle]][:, middle].T.astype(float)
    return first, node, np.ascontiguousarray(walk)


def _hall_weights(plan: Plan, group_of: dict[str, int], halls: list[str]) -> Floats:
    weight = np.zeros((len(group_of), len(halls)))
    hall_of = {code: at for at, code in enumerate(halls)}
    for row in plan.attractions:
        if not row.group:
            weight[:, hall_of[row.area]] = row.weight
    for row in plan.attractions:
        if row.group:
            weight[group_of[row.group], hall_of[row.area]] = row.weight
    return weight


def _choices(
    plan: Plan,
    service: str,
    lanes: Floats,
    station_dest: NDArray[np.int16],
    walk_s: NDArray[np.float32],
    reach_s: float,
) -> Floats:
    """Cumulative weights [N, S] of the stations of a service, by code, by the node at which people stand."""
    weight = np.zeros((walk_s.shape[1], len(plan.stations)))
    for at, row in enumerate(plan.stations):
        if row.service == service:
            weight[:, at] = lanes[at] * np.exp(-walk_s[station_dest[at]].astype(float) / reach_s) + 1e-12
    return _cumulative(weight[:, _by_code(plan.stations)])


def _profiles(plan: Plan) -> tuple[Floats, Floats, Floats]:
    """Slots of each stream's profile, by time: from, to, cumulative weight; short ones are padded with empty slots."""
    by_time = sorted(plan.profiles, key=lambda slot: slot.starts_at)
    slots = [[slot for slot in by_time if slot.profile == stream.profile] for stream in plan.streams]
    width = max((len(each) for each in slots), default=1)
    begin, end, weight = (np.zeros((len(slots), width)) for _ in range(3))
    for at, each in enumerate(slots):
        for place, slot in enumerate(each):
            begin[at, place], end[at, place], weight[at, place] = slot.starts_at, slot.ends_at, slot.weight
    return begin, end, _cumulative(weight)
