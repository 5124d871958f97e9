"""What changes during the day, as control rows: lane schedules, closures, failures, evacuations, closing time."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.layout import (
    BAR_WAY,
    CLOSE_FLOOR,
    OPEN_FLOOR,
    RELEASE_QUEUE,
    SET_AREA,
    SET_LANES,
    SET_SERVICE,
    SET_SPREAD,
    SET_WIDTH,
    Control,
    Rules,
)
from hostcity.engines.day.alarms import barred_ways, is_cut_off
from hostcity.engines.day.network import Network
from hostcity.plan.closings import CLOSING, closes, share_left
from hostcity.plan.lanes import holds, lanes_at
from hostcity.plan.manning import manned_edges, manned_most
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Event, Station

DEPARTURES = ("metro", "shuttle")
ENTRY_CHECKS = ("security", "badge")
COUNT_S = 10.0  # people in evacuated areas are counted this often
LEAVE_DELAY_S = 60.0  # mean time until people in an evacuated area set off, when the plan does not say

Row = tuple[float, int, int, float]


def build_control(plan: Plan, network: Network, rules: Rules) -> Control:
    """The day's control rows, by time, and its evacuations."""
    rows = [*_width_rows(plan, network), *_barred_rows(plan), *_floor_rows(plan, network)]
    for at in range(len(plan.stations)):
        rows += _station_rows(plan, at)
    return _with_evacuations(_in_order(rows), plan, network, rules)


def evacuations(plan: Plan) -> tuple[Event, ...]:
    """Evacuations that begin before the clock ends, by time."""
    begun = (row for row in plan.timeline if row.action == "evacuate" and row.starts_at < plan.day.clock_ends_at)
    return tuple(sorted(begun, key=lambda row: row.starts_at))


def most_counts(control: Control) -> int:
    """How often the people of an evacuated area are counted, of the evacuation that lasts longest."""
    lasts = control.alarm_to - control.alarm_from
    return int(lasts.max()) // control.alarm_every + 1 if lasts.size else 0


def _with_evacuations(control: Control, plan: Plan, network: Network, rules: Rules) -> Control:
    alarms = evacuations(plan)
    if not alarms:
        return control
    area_of = {area.code: at for at, area in enumerate(plan.areas)}

    def step_of(at: float | None) -> int:
        since = plan.day.clock_ends_at if at is None else at
        return min(rules.steps, max(0, int((since - rules.start_s) / rules.step_s)))

    homes = {stream.node for stream in plan.streams} | {row.node for row in plan.stations if row.service in DEPARTURES}
    refuges = dict.fromkeys(code for alarm in alarms for code in alarm.refuge)
    return control._replace(
        alarm_area=np.array([area_of[row.target] for row in alarms], np.int32),
        alarm_from=np.array([step_of(row.starts_at) for row in alarms], np.int64),
        alarm_to=np.array([step_of(row.ends_at) for row in alarms], np.int64),
        alarm_every=count_steps(rules.step_s),
        area_of_node=network.area_of_node,
        area_of_way=network.area_of_way,
        is_home=np.array([plan.nodes[node].code in homes for node in network.net.dest_node], np.uint8),
        refuge=np.array([network.node_of[code] for code in refuges], np.int32),
    )


def count_steps(step_s: float) -> int:
    """Steps between two counts of an evacuated area: about ten seconds."""
    return max(1, round(COUNT_S / step_s))


def station_control(plan: Plan, at: int) -> Control:
    """The control rows of one station by themselves."""
    return _in_order(_station_rows(plan, at))


def _station_rows(plan: Plan, at: int) -> list[Row]:
    rows = [*_lane_rows(plan, at), *_service_rows(plan, at)]
    if plan.stations[at].service not in DEPARTURES:
        rows.append((plan.day.closes_at, RELEASE_QUEUE, at, 0.0))
    return rows


def _in_order(rows: list[Row]) -> Control:
    rows.sort(key=lambda row: row[0])
    return Control(
        at=np.array([row[0] for row in rows], float),
        what=np.array([row[1] for row in rows], np.int32),
        target=np.array([row[2] for row in rows], np.int32),
        value=np.array([row[3] for row in rows], float),
        alarm_area=np.empty(0, np.int32),
        alarm_from=np.empty(0, np.int64),
        alarm_to=np.empty(0, np.int64),
        alarm_every=1,
        area_of_node=np.empty(0, np.int32),
        area_of_way=np.empty(0, np.int32),
        is_home=np.empty(0, np.uint8),
        refuge=np.empty(0, np.int32),
    )


def _edges(plan: Plan, events: list[Event]) -> list[float]:
    times = {plan.day.clock_starts_at}
    for event in events:
        times |= {event.starts_at} if event.ends_at is None else {event.starts_at, event.ends_at}
    return sorted(times)


def lanes_open(plan: Plan, station: Station, at: float) -> int:
    """Lanes that a station has open at a time. A failure beats the timeline, that the schedule, that its own number.

    Where volunteers keep them open, no more than their roster allows. Checks let nobody in before the gates open, and while alarms leave nothing to go to behind them.
    """
    if station.service in ENTRY_CHECKS and (at < plan.day.gates_open_at or is_cut_off(plan, station.node, at)):
        return 0
    failed = any(each.action == "fail" and each.target == station.code and holds(each, at) for each in plan.timeline)
    return 0 if failed else manned_most(plan, station.code, at, lanes_at(plan, station, at))


def most_lanes(plan: Plan) -> int:
    """The most lanes that any station ever has."""
    scheduled = [*(row.lanes for row in plan.stations), *(row.lanes for row in plan.lanes)]
    events = [int(event.value or 0) for event in plan.timeline if event.action == "lanes"]
    return max([1, *scheduled, *events])


def _lane_rows(plan: Plan, at: int) -> list[Row]:
    station = plan.stations[at]
    times = {plan.day.clock_starts_at, plan.day.gates_open_at}
    times |= {time for row in plan.lanes if row.station == station.code for time in (row.starts_at, row.ends_at)}
    times |= manned_edges(plan, station.code)
    about = [
        event
        for event in plan.timeline
        if (event.target == station.code and event.action in ("lanes", "fail"))
        or (event.action == "evacuate" and station.service in ENTRY_CHECKS)
    ]
    rows: list[Row] = []
    before = -1
    for time in sorted(times | set(_edges(plan, about))):
        lanes = lanes_open(plan, station, time)
        if lanes != before:
            rows.append((time, SET_LANES, at, float(lanes)))
        before = lanes
    return rows


def _service_rows(plan: Plan, at: int) -> list[Row]:
    code = plan.stations[at].code
    about = [event for event in plan.timeline if event.action == "service" and event.target == code]
    rows: list[Row] = []
    for time in _edges(plan, about) if about else []:
        factor = float(np.prod([each.value or 1.0 for each in about if holds(each, time)] or [1.0]))
        rows.append((time, SET_SERVICE, at, factor))
    return rows


def _width_rows(plan: Plan, network: Network) -> list[Row]:
    """Areas before widths: who may enter depends on the floor that is left."""
    rows: list[Row] = []
    for code, at in network.link_of.items():
        about = [event for event in plan.timeline if event.action in CLOSING and closes(event.target, code)]
        area_before = width_before = 1.0
        for time in _edges(plan, about) if about else []:
            held = [event for event in about if holds(event, time)]
            area = min([1.0, *(share_left(event) for event in held if share_left(event) > 0.0)])
            width = 0.0 if any(share_left(event) == 0.0 for event in held) else area
            if area != area_before:
                rows.append((time, SET_AREA, at, area))
            if width != width_before:
                rows.append((time, SET_WIDTH, at, width))
            area_before, width_before = area, width
    return rows


def narrowed_by(plan: Plan, link: str, at: float) -> str:
    """Code of the event that leaves a link the least of its width at a time, the last one begun of equals; "" = none."""
    held = [
        event
        for event in plan.timeline
        if event.action == "width" and closes(event.target, link) and holds(event, at) and 0.0 < share_left(event) < 1.0
    ]
    return min(held, key=lambda event: (share_left(event), -event.starts_at)).code if held else ""


def _barred_rows(plan: Plan) -> list[Row]:
    alarms = [event for event in plan.timeline if event.action == "evacuate"]
    rows: list[Row] = []
    before: frozenset[int] = frozenset()
    closings = [event for event in plan.timeline if event.action in CLOSING]
    is_nearest = any(alarm.exits == "nearest" for alarm in alarms)  # which exit that is changes with what is closed
    for time in _edges(plan, [*alarms, *(closings if is_nearest else [])]) if alarms else []:
        barred = barred_ways(plan, time)
        rows += [(time, BAR_WAY, way, float(way in barred)) for way in sorted(barred ^ before)]
        before = barred
    return rows


def _floor_rows(plan: Plan, network: Network) -> list[Row]:
    rows: list[Row] = []
    area_of = {area.code: at for at, area in enumerate(plan.areas)}
    for event in plan.timeline:
        if event.action != "evacuate":
            continue
        nodes = np.flatnonzero(network.area_of_node == area_of[event.target])
        delay_s = LEAVE_DELAY_S if event.value is None else event.value
        spread = -1.0 if event.spread is None else event.spread
        rows += [(event.starts_at, SET_SPREAD, int(node), spread) for node in nodes]
        rows += [(event.starts_at, CLOSE_FLOOR, int(node), delay_s) for node in nodes]
        rows += [
            (event.starts_at, RELEASE_QUEUE, at, 0.0)
            for at, station in enumerate(plan.stations)
            if network.node_of[station.node] in set(nodes.tolist()) and station.service not in ENTRY_CHECKS + DEPARTURES
        ]
        if event.ends_at is not None:
            rows += [(event.ends_at, OPEN_FLOOR, int(node), 0.0) for node in nodes]
    return rows
