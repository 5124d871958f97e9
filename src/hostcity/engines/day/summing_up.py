"""From the loop's logs to the day's result."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day import clearances, link_floors, turns
from hostcity.engines.day._kernels import layout
from hostcity.engines.day._kernels import waits as kernels
from hostcity.engines.day._kernels.layout import EVENTS, GONE, MOVES, ROTATED, SERVED
from hostcity.engines.day._kernels.routes import NO_WAY
from hostcity.engines.day.results import (
    HOME,
    MINUTE_S,
    NEVER_CAME,
    SLOT_S,
    STILL_INSIDE,
    STILL_OUTSIDE,
    TURNED_AWAY,
    DayResult,
    Floats,
    Overload,
)
from hostcity.engines.day.timeline import DEPARTURES
from hostcity.plan.plan import Plan

if TYPE_CHECKING:
    from hostcity.engines.day.rehearse import Day

SHORT_S, LONG_S = 600.0, 1800.0
TOLERANCE_PER_M2 = 1e-9


def sum_up(plan: Plan, day: Day, *, seed: int, run: int, version: str, began: float) -> DayResult:
    """Everything that is kept of a played day."""
    log, crowd = day.log, day.crowd
    start_s = day.rules.start_s
    served = int(crowd.counters[SERVED])
    station = log.served_station[:served]
    joined_s, wait_s = log.served_joined[:served], log.served_wait[:served]
    slots = log.flow.shape[0]
    waits = _waits_by_slot(station, joined_s, wait_s, len(plan.stations), slots, start_s)
    area_persons = _area_persons(plan, day)
    spells = link_floors.spells_of(day)
    peak_per_m2, peak_step = link_floors.peaks(day, spells)
    moved = min(int(crowd.counters[MOVES]), log.move_person.size)
    by_time = np.argsort(log.move_at[:moved], kind="stable")
    inside = np.array([area.inside for area in plan.areas], bool)
    inside_persons = area_persons[inside].sum(axis=0) if inside.any() else np.zeros(area_persons.shape[1], np.int32)
    held_outside, held_at_peak = _held_outside(plan, day, inside)
    kept = np.flatnonzero(day.people.appointment >= 0)
    floor_m2 = np.array([node.floor_m2 if node.floor_m2 is not None else np.nan for node in plan.nodes])
    return DayResult(
        plan_sha256=plan.sha256,
        seed=seed,
        run=run,
        version=version,
        step_s=day.rules.step_s,
        clock_start_s=start_s,
        clock_end_s=start_s + day.rules.steps * day.rules.step_s,
        station_codes=tuple(row.code for row in plan.stations),
        area_codes=tuple(row.code for row in plan.areas),
        link_codes=tuple(row.code for row in plan.links),
        node_codes=tuple(row.code for row in plan.nodes),
        stream_codes=tuple(row.code for row in plan.streams),
        group_codes=tuple(row.code for row in plan.groups),
        gate_codes=tuple(row.code for row in plan.gates),
        appointment_codes=tuple(row.code for row in plan.appointments),
        visitor_arrive_s=day.people.arrive_s,
        visitor_stream=day.chosen.stream,
        visitor_group=day.chosen.group,
        visitor_gate=day.chosen.gate,
        visitor_entry_joined_s=log.entry_joined,
        visitor_held_s=log.held,
        visitor_entry_s=log.entry,
        visitor_first_hall_s=log.first_hall,
        visitor_left_s=log.left,
        visitor_end=_ends(plan, day),
        service_person=log.served_person[:served].copy(),
        service_station=station.copy(),
        service_joined_s=joined_s.copy(),
        service_wait_s=wait_s.copy(),
        **waits,
        station_unserved=log.unserved + crowd.queue,
        station_queue=np.ascontiguousarray(log.queue_minute.T),
        station_lanes=np.ascontiguousarray(log.lanes_minute.T),
        area_persons=area_persons,
        area_peak_persons=area_persons.max(axis=1, initial=0).astype(np.int32),
        area_peak_s=start_s + (area_persons.argmax(axis=1) + 1) * MINUTE_S,
        floor_peak_per_m2=log.floor_peak / floor_m2,
        held_outside=held_outside,
        held_at_peak=held_at_peak,
        link_density_per_m2=link_floors.densities(day, spells),
        link_peak_per_m2=peak_per_m2,
        link_peak_s=(start_s + (peak_step + 1) * day.rules.step_s).astype(np.float64),
        link_los_person_s=(log.los.T * day.rules.step_s).astype(np.float64),
        link_flow=np.ascontiguousarray(log.flow.reshape(slots, -1, 2).transpose(1, 2, 0)),
        **clearances.evacuation_arrays(plan, day),
        **turns.results_of(plan, day),
        appointment_of=day.people.appointment[kept],
        appointment_person=kept.astype(np.int32),
        appointment_late_s=log.reached[kept] - day.people.appointment_at[day.people.appointment[kept]],
        replay_person=log.move_person[:moved][by_time],
        replay_at_s=log.move_at[:moved][by_time],
        replay_kind=log.move_kind[:moved][by_time],
        replay_place=log.move_place[:moved][by_time],
        events=int(crowd.counters[EVENTS]),
        rotations=int(crowd.counters[ROTATED]),
        route_updates=int(log.scalar[layout.LOG_ROUTE_UPDATES]),
        gate_hold_s=float(log.scalar[layout.LOG_HOLD_S]),
        inside_peak_persons=int(inside_persons.max(initial=0)),
        inside_peak_s=start_s + (int(inside_persons.argmax()) + 1) * MINUTE_S,
        overloads=_overloads(plan, day, spells),
        cpu_s=time.process_time() - began,
    )


def _held_outside(plan: Plan, day: Day, inside: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """People on unbounded floors outside at the end of each minute, but for those who wait there to be taken home.

    And where they are when they are most.
    """
    floors = ~day.network.is_bounded & ~inside[day.network.area_of_node]
    is_departure = np.array([row.service in DEPARTURES for row in plan.stations], bool)
    leaving = is_departure & floors[day.service.node]
    held = day.log.floor_minute[:, floors].sum(axis=1) - day.log.queue_minute[:, leaving].sum(axis=1)
    peak = int(held.argmax())
    there = np.where(floors, day.log.floor_minute[peak], 0)
    np.subtract.at(there, day.service.node[leaving], day.log.queue_minute[peak, leaving])
    return held.astype(np.int32), there.astype(np.int32)


def _ends(plan: Plan, day: Day) -> NDArray[np.uint8]:
    """How each visitor's day ended."""
    log = day.log
    came = np.arange(log.end.size) < int(day.crowd.counters[layout.CAME])
    still = np.where(np.isnan(log.entry), STILL_OUTSIDE, STILL_INSIDE)
    is_gone = ~np.isnan(log.left)
    if (came & ~is_gone).any():
        for place, persons in _on_their_way(day):
            still[persons] = STILL_INSIDE if _is_inside(plan, day, place) else STILL_OUTSIDE
    gone = np.where(log.end == TURNED_AWAY, TURNED_AWAY, HOME)
    ends: NDArray[np.uint8] = np.where(is_gone, gone, np.where(came, still, NEVER_CAME)).astype(np.uint8)
    return ends


def _on_their_way(day: Day) -> Iterator[tuple[int, NDArray[np.int32]]]:
    """Links, and beyond them floors where somebody waits or queues, with those who are there when the clock ends."""
    crowd = day.crowd
    links = crowd.people.size
    for link in np.flatnonzero(crowd.seg_n).tolist():
        first = int(crowd.seg_at[link])
        yield link, crowd.walking["person"][first : first + int(crowd.seg_n[link])]
    for queue in np.flatnonzero(crowd.head >= 0).tolist():
        place = queue >> 1 if queue < 2 * links else links + _node_of(day, queue)
        yield place, crowd.pool["person"][_rows_from(day, int(crowd.head[queue]))]
    for station in np.flatnonzero(crowd.waiting >= 0).tolist():
        place = links + int(day.service.node[station])
        yield place, crowd.pool["person"][_rows_from(day, int(crowd.waiting[station]))]


def _node_of(day: Day, queue: int) -> int:
    """The node that the people of a queue have reached: at the end of their link, or on whose floor they wait."""
    net, exits = day.network.net, 2 * day.crowd.people.size
    if queue >= 2 * exits:
        return queue - 2 * exits
    is_end = (queue % 2 == 0) == (queue < exits)
    return int(net.end[queue % exits >> 1] if is_end else net.start[queue % exits >> 1])


def _rows_from(day: Day, row: int) -> list[int]:
    """Rows of the pool that stand in a queue with that one at its head, in order."""
    rows = []
    while row >= 0:
        rows.append(row)
        row = int(day.crowd.pool["next"][row])
    return rows


def _is_inside(plan: Plan, day: Day, place: int) -> bool:
    links = day.crowd.people.size
    if place < links:
        return bool(day.network.net.is_inside[place])
    return plan.areas[int(day.network.area_of_node[place - links])].inside


def _waits_by_slot(
    station: NDArray[np.int16], joined_s: Floats, wait_s: Floats, stations: int, slots: int, start_s: float
) -> dict[str, Any]:
    """Waits by station and slot of joining: number, quantiles (nearest rank) and shares of long ones."""
    cell = np.empty(station.size, np.int32)
    count = np.zeros(stations * slots, np.int64)
    kernels.cells_of(station, joined_s, start_s, SLOT_S, slots, cell, count)
    last = np.cumsum(count)
    first = last - count
    in_order = np.empty(station.size)
    kernels.gather(cell, wait_s, first.copy(), in_order)
    some = count > 0
    for at in np.flatnonzero(some):
        in_order[first[at] : last[at]].sort()

    def quantile(share: float) -> Floats:
        out = np.full(stations * slots, np.nan)
        rank = np.ceil(share * count[some]).astype(np.int64) - 1
        out[some] = in_order[first[some] + rank]
        return out.reshape(stations, slots)

    def share_over(limit_s: float) -> Floats:
        out = np.full(stations * slots, np.nan)
        before = np.concatenate([[0], np.cumsum(in_order > limit_s)])
        out[some] = (before[last] - before[first])[some] / count[some]
        return out.reshape(stations, slots)

    return {
        "station_served": count.reshape(stations, slots).astype(np.int32),
        "station_wait_p50_s": quantile(0.5),
        "station_wait_p95_s": quantile(0.95),
        "station_wait_p99_s": quantile(0.99),
        "station_share_over_600_s": share_over(SHORT_S),
        "station_share_over_1800_s": share_over(LONG_S),
    }


def _area_persons(plan: Plan, day: Day) -> NDArray[np.int32]:
    """People on the floors of each area, and on links on their way from it, at the end of each minute."""
    persons = np.zeros((len(plan.areas), day.log.floor_minute.shape[0]), np.int32)
    for area in range(len(plan.areas)):
        ways = day.network.area_of_way == area
        floors = day.network.area_of_node == area
        persons[area] = day.log.way_minute[:, ways].sum(axis=1) + day.log.floor_minute[:, floors].sum(axis=1)
    return persons


def _overloads(plan: Plan, day: Day, spells: link_floors.Spells) -> tuple[Overload, ...]:
    """Why the day is not to be trusted, each reason at its worst place."""
    log, crowd, rules = day.log, day.crowd, day.rules
    found = link_floors.overfull(plan, day, spells)
    cap = np.array([plan.rules.area_cap_per_m2 * (node.floor_m2 or np.inf) for node in plan.nodes])
    over_floor = log.floor_peak - np.maximum(1, np.floor(np.where(np.isfinite(cap), cap, 1e18)))
    if (over_floor > 0).any():
        worst = int(np.argmax(over_floor))
        at_s = rules.start_s + (int(log.floor_peak_step[worst]) + 1) * rules.step_s
        figure = float(log.floor_peak[worst] / (plan.nodes[worst].floor_m2 or 1.0))
        found.append(Overload(reason="floor_cap", place=plan.nodes[worst].code, at_s=at_s, figure=figure))
    stranded = int(crowd.counters[layout.CAME] - crowd.counters[GONE])
    if stranded:
        here = np.concatenate([crowd.people, crowd.floor])
        worst = int(np.argmax(here))
        place = plan.links[worst].code if worst < crowd.people.size else plan.nodes[worst - crowd.people.size].code
        end_s = rules.start_s + rules.steps * rules.step_s
        found.append(Overload(reason="stranded", place=place, at_s=end_s, figure=float(stranded)))
        found += _without_a_way(plan, day, end_s)
    if log.scalar[layout.LOG_CONSERVATION_GAP]:
        at_s = rules.start_s + (float(log.scalar[layout.LOG_CONSERVATION_STEP]) + 1) * rules.step_s
        gap = float(log.scalar[layout.LOG_CONSERVATION_GAP])
        found.append(Overload(reason="conservation", place="", at_s=at_s, figure=gap))
    return tuple(found)


def _without_a_way(plan: Plan, day: Day, end_s: float) -> list[Overload]:
    """Those who stand, at the end of the clock, where no way leads to what they cannot give up: a check or home."""
    crowd, net = day.crowd, day.network.net
    stuck = np.zeros(net.dest_of.size, np.int64)
    for queue in np.flatnonzero(crowd.head >= 0).tolist():
        node = _node_of(day, queue)
        for at in crowd.pool[_rows_from(day, int(crowd.head[queue]))]:
            table = int(crowd.table_now[(int(at["flags"]) >> layout.TABLE_SHIFT) & layout.TABLE_MASK])
            is_there = net.dest_of[node] == at["dest"]
            stuck[node] += not is_there and int(day.hops[table, node, at["dest"]]) & NO_WAY == NO_WAY
    if not stuck.any():
        return []
    worst = int(stuck.argmax())
    return [Overload(reason="no_route", place=plan.nodes[worst].code, at_s=end_s, figure=float(stuck.sum()))]
