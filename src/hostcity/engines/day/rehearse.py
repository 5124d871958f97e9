"""Play a day: the engine's one public act."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity import __version__
from hostcity.engines.day import timeline
from hostcity.engines.day._kernels import clocks, layout
from hostcity.engines.day._kernels.day import MINUTE_S, SLOT_S, play
from hostcity.engines.day._kernels.layout import Control, Crowd, Log, Newcomers, People, Rules, Service
from hostcity.engines.day._kernels.population import Chosen
from hostcity.engines.day.network import Network, build_network, first_tables, free_costs, line_headways_s
from hostcity.engines.day.population import build_people, destinations
from hostcity.engines.day.results import LOS_FROM_PER_M2, DayResult
from hostcity.engines.day.summing_up import sum_up
from hostcity.engines.day.turns import ShownWays, newcomers_of
from hostcity.plan.plan import Plan

#: Rules of overload that may be switched off for a study; with any of them off a run may be invalid.
RULES = ("R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "direction_share", "floor_caps")

LAWS = {"exponential": 0, "lognormal": 1, "gamma": 2, "deterministic": 3}
DEPARTURE_LAW = 4
MOVES_EACH = 40  # replay moves for each stop of a plan that find room at the first try
PARTS = 200  # progress is told this many times a day


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is ready to be played: the kernel's arrays, all made from the plan."""

    network: Network
    people: People
    chosen: Chosen
    service: Service
    control: Control
    rules: Rules
    crowd: Crowd
    log: Log
    hops: NDArray[np.uint16]
    speeds: NDArray[np.float64]


def rehearse_day(
    plan: Plan,
    *,
    seed: int = 1,
    run: int = 0,
    without: Collection[str] = (),
    shown: ShownWays | None = None,
    progress: Callable[[float], None] | None = None,
) -> DayResult:
    """Play the day of ``plan`` from the first moment of its clock to the last.

    The same plan, seed and run give the same result on one platform, however many threads or processes there are.

    Parameters
    ----------
    plan
        A plan without problems (`hostcity.plan.problems_of`).
    seed, run
        Every draw is keyed by them; run ``r`` of a seed is the ``r``-th replication.
    without
        Rules of overload to switch off, of `RULES`. For studies: the result may then be invalid, and says so.
    shown
        What faces show to newcomers; needed where sheet wrong_turns lets them err.
    progress
        Called with the share of the day that is done.

    Raises
    ------
    ValueError
        When ``without`` names a rule that there is not, or ``shown`` is needed.

    Notes
    -----
    Mesoscopic network loading with exact continuous event times: links whose clocks run at the speed that their
    density allows, openings and stations as first-in first-out servers, storage with spillback. Cost: about one cache
    miss per move. Overload rules R0-R7 are described in docs/explanation/overload.md.
    """
    unknown = sorted(set(without) - set(RULES))
    if unknown:
        raise ValueError(f"no rule {', '.join(unknown)}; rules: {', '.join(RULES)}")
    began = time.process_time()
    arena, moves = 1, None
    while True:  # nothing of a try that had not room enough is kept: the day is played again with more
        day = prepare(plan, seed=seed, run=run, without=without, arena=arena, moves=moves, shown=shown)
        if not _play_all(day, progress):
            arena *= 2
        elif day.crowd.counters[layout.MOVES] > day.log.move_person.size:
            moves = int(day.crowd.counters[layout.MOVES])  # counted on beyond the room
        else:
            break
    return sum_up(plan, day, seed=seed, run=run, version=__version__, began=began)


def _play_all(day: Day, progress: Callable[[float], None] | None) -> bool:
    steps = day.rules.steps
    at = 0
    for part in range(1, PARTS + 1):
        until = steps * part // PARTS if progress else steps
        at = play(
            day.network.net, day.rules, day.people, day.service, day.control, day.crowd, day.log,
            day.hops, day.speeds, at, until,
        )  # fmt: skip
        if day.crowd.counters[layout.OUT_OF_ARENA]:
            return False
        if progress:
            progress(part / PARTS)
        if at >= steps:
            break
    return True


def prepare(
    plan: Plan,
    *,
    seed: int,
    run: int = 0,
    without: Collection[str] = (),
    arena: int = 1,
    moves: int | None = None,
    shown: ShownWays | None = None,
) -> Day:
    """Everything that the loop needs, made from the plan; ``moves`` of the replay find room, by default a guess."""
    rules = rules_of(plan, seed, run, without)
    network = build_network(plan, destinations(plan))
    net = network.net
    if "direction_share" in without or "R1" in without:
        rules = rules._replace(direction_share=1.0)
    if "floor_caps" in without:
        net = net._replace(floor_store=np.full_like(net.floor_store, 1 << 30))
        network = Network(
            net=net, node_of=network.node_of, link_of=network.link_of, area_of_node=network.area_of_node,
            area_of_way=network.area_of_way, is_bounded=network.is_bounded, link_width_m=network.link_width_m,
        )  # fmt: skip
    hops, walk_s = first_tables(
        net, classes=rules.classes, spread_s=rules.route_spread_s, has_step_free=bool(rules.has_step_free)
    )
    people, chosen = build_people(plan, network, walk_s, int(rules.seed), rules.classes)
    service = service_of(plan, network)
    if rules.perimeter_persons >= 0.0:
        inside = float((net.store * net.is_inside).sum())
        rules = rules._replace(perimeter_persons=plan.rules.perimeter_share * inside)
    newcomers = newcomers_of(plan, network, rules, people, chosen.group, walk_s, shown)
    crowd = _crowd(plan, network, rules, people, service, newcomers, arena, metered="R4" not in without)
    control = timeline.build_control(plan, network, rules)
    return Day(
        network=network,
        people=people,
        chosen=chosen,
        service=service,
        control=control,
        rules=rules,
        crowd=crowd,
        log=_log(plan, network, rules, people, control, moves),
        hops=hops,
        speeds=clocks.speed_table(plan.rules.flow_per_m_per_s),
    )


def rules_of(plan: Plan, seed: int, run: int, without: Collection[str]) -> Rules:
    """The numbers of the model for the kernel."""
    model, day = plan.rules, plan.day
    # Seed and run become one word by the mixer of the draws, so that run 1 of seed 1 is not run 0 of seed 2.
    word = np.random.SeedSequence([seed, run]).generate_state(1, np.uint64)[0]
    return Rules(
        step_s=model.step_s,
        start_s=day.clock_starts_at,
        steps=round((day.clock_ends_at - day.clock_starts_at) / model.step_s),
        seed=word,
        counter_flow_loss=model.counter_flow_loss,
        rotation_share=0.0 if "R2" in without else model.rotation_share,
        perimeter_persons=-1.0 if "R5" in without else 0.0,
        opens_s=day.opens_at,
        last_entry_s=day.last_entry_at,
        closes_s=day.closes_at,
        route_update_steps=round(model.route_update_s / model.step_s),
        classes=1 if "R7" in without else model.route_classes,
        route_spread_s=model.route_spread_s,
        route_smoothing=model.route_smoothing,
        wrong_turn_share=model.wrong_turn_share,
        link_cap=model.link_cap_per_m2,
        direction_share=model.direction_share,
        metering_share=model.metering_share,
        has_step_free=any(group.step_free for group in plan.groups),
        causal="R0" not in without,
        capped="R1" not in without,
        front_row="R3" not in without,
        fair="R6" not in without,
    )


def service_of(plan: Plan, network: Network) -> Service:
    """The stations as arrays."""
    stations = plan.stations
    gates_with_badge = {station.gate for station in stations if station.service == "badge"}
    return Service(
        node=np.array([network.node_of[row.node] for row in stations], np.int32),
        law=np.array(
            [DEPARTURE_LAW if row.service in timeline.DEPARTURES else LAWS[row.distribution] for row in stations],
            np.int32,
        ),
        mean_s=np.array([row.service_mean_s for row in stations], float),
        spread=np.array([row.service_cv for row in stations], float),
        headway_s=np.array([row.headway_s or 60.0 for row in stations], float),
        batch=np.array([row.batch_persons or 1 for row in stations], np.int32),
        starts_entry=np.array([row.service == "security" for row in stations], np.uint8),
        ends_entry=np.array(
            [
                row.service == "badge" or (row.service == "security" and row.gate not in gates_with_badge)
                for row in stations
            ],
            np.uint8,
        ),
    )  # fmt: skip


def _crowd(
    plan: Plan, network: Network, rules: Rules, people: People, service: Service, newcomers: Newcomers, arena: int,
    *, metered: bool,
) -> Crowd:  # fmt: skip
    net = network.net
    links, nodes, stations = net.start.size, net.floor_store.size, service.node.size
    visitors = people.arrive_s.size
    queues, openings = 4 * links + nodes, 3 * links + nodes
    room = arena * (4 * layout.FIRST_SEGMENT * links + visitors + 1024)
    cost = free_costs(net)
    lane_free = np.zeros((stations, timeline.most_lanes(plan)))
    chunk = np.zeros((visitors // 7 + rules.steps + 16) * 8, layout.ENDING)
    crowd = Crowd(
        key=people.key,
        due=np.full(room, layout.NOBODY),
        walking=np.zeros(room, layout.WALKING),
        seg_at=(np.arange(links) * layout.FIRST_SEGMENT).astype(np.int32),
        seg_n=np.zeros(links, np.int32),
        seg_room=np.full(links, layout.FIRST_SEGMENT, np.int32),
        free_segments=np.full(32, -1, np.int32),
        pool=np.zeros(visitors + 8, layout.QUEUED),
        free_rows=np.zeros(visitors + 8, np.int32),
        head=np.full(queues, -1, np.int32),
        tail=np.full(queues, -1, np.int32),
        not_before=np.full(queues, -1.0),
        door_free=np.full(openings, -1.0),
        door_list=np.zeros(openings, np.int32),
        door_on=np.zeros(openings, np.uint8),
        headway_s=np.concatenate([net.headway_s, line_headways_s(net)]),
        store=net.store.copy(),
        way_store=np.maximum(1, (rules.direction_share * net.store).astype(np.int32)),
        metered=np.maximum(1, (rules.metering_share * net.store).astype(np.int32)) if metered else net.store.copy(),
        table_now=(np.arange(2 * rules.classes) // rules.classes * rules.classes).astype(np.int32),
        link_list=np.zeros(2 * links, np.int32),
        link_on=np.zeros(links, np.uint8),
        people=np.zeros(links, np.int32),
        ways=np.zeros(2 * links, np.int32),
        queued=np.zeros(links, np.int32),
        floor=np.zeros(nodes, np.int32),
        chunk=chunk,
        chunk_person=chunk["person"],
        ends=np.full(rules.steps + 8, -1, np.int32),
        waiting=np.full(stations, -1, np.int32),
        last=np.full(stations, -1, np.int32),
        sorted_to=np.full(stations, -1, np.int32),
        queue=np.zeros(stations, np.int32),
        lane_free=lane_free,
        lane_bits=lane_free.view(np.int64),
        lanes=np.zeros(stations, np.int32),
        slower=np.ones(stations),
        departs_at=plan.day.clock_starts_at + service.headway_s,
        area_m2=net.area_m2.copy(),
        width=np.ones(links),
        barred=np.zeros(2 * links, np.uint8),
        closed=np.zeros(nodes, np.int32),
        leave_s=np.zeros(nodes),
        leave_spread=np.full(nodes, -1.0),
        clock=np.zeros(links),
        pace_now=np.ones(links),
        pace_before=np.ones(links),
        counters=np.zeros(layout.COUNTERS, np.int64),
        landing=np.zeros(visitors + 8, np.int32),
        blocked_at=np.full(queues, -2, np.int64),
        want=np.full(queues, -1, np.int32),
        blocked=np.zeros(queues, np.int32),
        mark=np.zeros(queues, np.int64),
        rotate_free=np.full(queues, -1.0),
        untried=np.zeros(nodes, np.int32),
        behind=np.zeros(nodes, np.int32),
        expected=cost.copy(),
        routed_at=cost.copy(),
        control=np.zeros(1, np.int64),
        newcomers=newcomers,
    )
    crowd.counters[layout.CHUNK_FREE] = -1
    crowd.counters[layout.ARENA_USED] = links * layout.FIRST_SEGMENT
    return crowd


def _log(plan: Plan, network: Network, rules: Rules, people: People, control: Control, moves: int | None) -> Log:
    net = network.net
    links, nodes, visitors = net.start.size, net.floor_store.size, people.arrive_s.size
    seconds = rules.steps * rules.step_s
    slots, minutes = int(np.ceil(seconds / SLOT_S)), int(seconds // MINUTE_S)
    services = int((people.stop["station"] >= 0).sum())
    sampled = people.walker["flags"] & layout.SAMPLED > 0
    if moves is None:
        moves = int(np.diff(people.first_stop)[sampled].sum()) * MOVES_EACH + 1024
    los_from = np.zeros((7, links), np.int32)
    los_from[1:6] = np.ceil(np.array(LOS_FROM_PER_M2)[:, None] * net.area_m2 - 1e-9)
    los_from[6] = np.iinfo(np.int32).max
    nan = np.full(visitors, np.nan)
    counts = (control.alarm_from.size, timeline.most_counts(control))
    return Log(
        entry_joined=nan.copy(),
        held=np.zeros(visitors),
        entry=nan.copy(),
        first_hall=nan.copy(),
        left=nan.copy(),
        end=np.full(visitors, 255, np.uint8),
        reached=nan.copy(),
        served_person=np.zeros(services, np.int32),
        served_station=np.zeros(services, np.int16),
        served_joined=np.zeros(services),
        served_wait=np.zeros(services),
        unserved=np.zeros(len(plan.stations), np.int32),
        peak=np.zeros(links, np.int32),
        peak_step=np.zeros(links, np.int32),
        area_step=np.full(control.at.size, -1, np.int32),
        peak_till=np.zeros(control.at.size, np.int32),
        peak_till_step=np.zeros(control.at.size, np.int32),
        floor_peak=np.zeros(nodes, np.int32),
        floor_peak_step=np.zeros(nodes, np.int32),
        los_per_m2=np.array(LOS_FROM_PER_M2),
        los_from=los_from,
        los=np.zeros((6, links), np.int32),
        flow=np.zeros((slots, 2 * links), np.int32),
        way_minute=np.zeros((minutes, 2 * links), np.int32),
        floor_minute=np.zeros((minutes, nodes), np.int32),
        queue_minute=np.zeros((minutes, len(plan.stations)), np.int32),
        lanes_minute=np.zeros((minutes, len(plan.stations)), np.int32),
        clearing=np.full(counts, -1, np.int32),
        in_refuge=np.zeros(counts, np.int32),
        alarm_flow=np.zeros((control.alarm_from.size, 2, 2 * links), np.int32),
        move_person=np.zeros(moves, np.int32),
        move_at=np.zeros(moves, np.float32),
        move_kind=np.zeros(moves, np.uint8),
        move_place=np.zeros(moves, np.int32),
        scalar=np.zeros(layout.LOG_SCALARS),
    )
