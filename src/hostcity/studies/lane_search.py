"""The search of lanes at the gates by themselves: security stations that share a badge check are searched together.

From a fluid's lanes up until no quarter of any station breaks its limit in any of the runs, then down until no single
lane can leave any hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.entrance import Approaching, pass_badge, pass_security, security_times_s
from hostcity.plan.plan import Plan
from hostcity.plan.rows import LaneTime
from hostcity.studies.fluid import FluidLanes, fewest_lanes
from hostcity.studies.lane_bound import Asked
from hostcity.studies.promise import QUARTER_S, counted, quarter_p99_s

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Lanes = dict[int, tuple[int, ...]]  # by security station, then by hour

HOUR_S = 3600.0
MOST_LANES = 500


def hours_of(plan: Plan) -> Floats:
    """Times at which lanes may change: opening of the gates, every full hour, closing."""
    first = int(plan.day.gates_open_at // HOUR_S) + 1
    full = [hour * HOUR_S for hour in range(first, int(np.ceil(plan.day.closes_at / HOUR_S)))]
    return np.array([plan.day.gates_open_at, *full, plan.day.closes_at])


def most_of(plan: Plan, station: int) -> int:
    """Lanes for which a station has room or equipment."""
    most = plan.stations[station].lanes_most
    return MOST_LANES if most is None else most


def all_lanes(plan: Plan, stations: Sequence[int]) -> Lanes:
    """Every lane of the stations open all day."""
    return {at: (most_of(plan, at),) * (hours_of(plan).size - 1) for at in stations}


def with_lanes(plan: Plan, lanes: Lanes) -> Plan:
    """The plan with other lanes by the hour at some stations, whatever it had before; failures stay."""
    hours = hours_of(plan)
    codes = {plan.stations[at].code for at in lanes}
    windows = tuple(
        LaneTime(
            code=f"{plan.stations[at].code}-{hour}",
            station=plan.stations[at].code,
            starts_at=hours[hour],
            ends_at=hours[hour + 1],
            lanes=count,
        )
        for at, counts in lanes.items()
        for hour, count in enumerate(counts)
    )
    return plan.replace(
        lanes=windows + tuple(row for row in plan.lanes if row.station not in codes),
        timeline=tuple(event for event in plan.timeline if not (event.action == "lanes" and event.target in codes)),
    )


def security_stations(plan: Plan) -> list[int]:
    """Numbers of the security stations."""
    return [at for at, row in enumerate(plan.stations) if row.service == "security"]


def sharing_checks(plan: Plan, comings: Sequence[Approaching]) -> list[tuple[int, ...]]:
    """Security stations in sets that share no badge check with one another, in the plan's order."""
    sets = [{at} for at in security_stations(plan)]
    for coming in comings:
        for check in np.unique(coming.badge[coming.badge >= 0]):
            through = set(np.unique(coming.security[coming.badge == check]).tolist())
            together: set[int] = set().union(*(each for each in sets if each & through))
            sets = [each for each in sets if not each & through] + [together]
    return sorted(tuple(sorted(each)) for each in sets)


@dataclass(frozen=True, slots=True)
class Queues:
    """Security stations and their badge checks, and who comes to them in each of the runs."""

    plan: Plan
    comings: tuple[Approaching, ...]
    stations: tuple[int, ...]
    # (run, station): the lanes played last, and when people left security with them
    _left_s: dict[tuple[int, int], tuple[tuple[int, ...], Floats]] = field(default_factory=dict)

    def times_s(self, lanes: Lanes) -> Floats:
        """The 99th percentile of entry times by station and quarter of joining, in the worst run. [s]"""
        worst: Floats = np.max([self._times_s(run, lanes) for run in range(len(self.comings))], axis=0)
        return worst

    def _times_s(self, run: int, lanes: Lanes) -> Floats:
        coming = self.comings[run]
        here = np.flatnonzero(np.isin(coming.security, self.stations))
        left_s = np.empty(here.size)
        for at in self.stations:
            left_s[coming.security[here] == at] = self._left_security_s(run, at, lanes[at])
        badge = coming.badge[here]
        for check in np.unique(badge[badge >= 0]):
            through = np.flatnonzero(badge == check)
            left_s[through] = pass_badge(self.plan, coming, int(check), here[through], left_s[through])
        joined_s = coming.joined_s[here]
        is_asked = counted(self.plan, coming.group[here]) & (joined_s <= self.plan.day.last_entry_at)
        took_s = np.nan_to_num(left_s - joined_s, nan=np.inf)
        of = coming.security[here]
        return np.array(
            [
                quarter_p99_s(self.plan, joined_s[is_asked & (of == at)], took_s[is_asked & (of == at)])
                for at in self.stations
            ]
        )

    def _left_security_s(self, run: int, station: int, lanes: tuple[int, ...]) -> Floats:
        before = self._left_s.get((run, station))
        if before is None or before[0] != lanes:
            coming = self.comings[run]
            here = np.flatnonzero(coming.security == station)
            changed = with_lanes(self.plan, {station: lanes})
            before = self._left_s[run, station] = lanes, pass_security(changed, coming, station, here)
        return before[1]


def search_lanes(queues: Queues, limit_s: Floats, start: Lanes) -> Lanes:
    """Few lanes with which no quarter [quarters] breaks its limit at any of the stations, from ``start`` up, then down.

    Where even every lane open all day breaks a quarter's limit, that quarter may take as long as it does then.
    """
    best_s = queues.times_s(all_lanes(queues.plan, queues.stations))
    allowed_s = np.maximum(limit_s, best_s)

    def over_s(lanes: Lanes) -> Floats:
        return np.where(np.isinf(allowed_s), 0.0, np.maximum(0.0, queues.times_s(lanes) - allowed_s))

    lanes, over = start, over_s(start)
    while over.any():
        more = min(_raised(queues, lanes, over, over_s), key=lambda each: each[:3], default=None)
        if more is None:  # everything is open
            break
        lanes, over = more[3], more[4]
    while True:
        before = lanes
        for at, hour in sorted(_places(lanes), key=lambda place: -before[place[0]][place[1]]):
            fewer = _changed(lanes, at, hour, -1)
            if fewer[at][hour] >= 1 and not over_s(fewer).any():
                lanes = fewer
        if lanes == before:
            return lanes


def _places(lanes: Lanes) -> Iterator[tuple[int, int]]:
    return ((at, hour) for at, counts in lanes.items() for hour in range(len(counts)))


def _changed(lanes: Lanes, at: int, hour: int, by: int) -> Lanes:
    counts = list(lanes[at])
    counts[hour] += by
    return {**lanes, at: tuple(counts)}


def _raised(
    queues: Queues, lanes: Lanes, over: Floats, over_s: Callable[[Lanes], Floats]
) -> Iterator[tuple[float, bool, int, Lanes, Floats]]:
    """One lane more about the first broken quarter: in its hour, the one before or the one after; else anywhere."""
    plan, hours = queues.plan, hours_of(queues.plan)
    station, quarter = min(zip(*np.nonzero(over), strict=True), key=lambda each: (each[1], each[0]))
    at = queues.stations[station]
    since_s = plan.day.clock_starts_at + quarter * QUARTER_S
    of = int(np.clip(np.searchsorted(hours, since_s, side="right") - 1, 0, hours.size - 2))
    near = [(at, hour) for hour in sorted({max(0, of - 1), of, min(hours.size - 2, of + 1)})]
    some = [place for place in near if lanes[at][place[1]] < most_of(plan, at)]
    if not some:  # all three are full: one of the others must help
        some = [place for place in _places(lanes) if lanes[place[0]][place[1]] < most_of(plan, place[0])][:1]
    for where, hour in some:
        more = _changed(lanes, where, hour, 1)
        after = over_s(more)
        yield float(np.clip(after, 0.0, 1e6).sum()), hour != of, hour, more, after


def fluid_start(queues: Queues, limit_s: Floats) -> Lanes:
    """The most of what a fluid needs in any of the runs; one lane where it finds nothing."""
    start = {}
    hours = hours_of(queues.plan)
    for at in queues.stations:
        fluids = [_fluid(queues.plan, coming, at, limit_s) for coming in queues.comings]
        found = [np.ones(hours.size - 1, int), *(np.array(fluid.lanes) for fluid in fluids if fluid)]
        start[at] = tuple(int(each) for each in np.max(found, axis=0))
    return start


def asked_at(plan: Plan, coming: Approaching, station: int) -> Asked:
    """Those of whom the promise speaks at one station, and when it can't serve them."""
    row = plan.stations[station]
    is_here = (coming.security == station) & (coming.joined_s <= plan.day.last_entry_at)
    here = np.flatnonzero(is_here & counted(plan, coming.group))
    faster = [event.value or 1.0 for event in plan.timeline if event.action == "service" and event.target == row.code]
    closed = tuple(
        (event.starts_at, event.ends_at if event.ends_at is not None else plan.day.clock_ends_at)
        for event in plan.timeline
        if event.action == "fail" and event.target == row.code
    )
    return Asked(
        joined_s=coming.joined_s[here],
        service_s=security_times_s(plan, coming, station, here)
        * float(np.prod([each for each in faster if each < 1.0])),
        most=most_of(plan, station),
        closed=closed,
    )


def _fluid(plan: Plan, coming: Approaching, station: int, limit_s: Floats) -> FluidLanes | None:
    """What one station needs for a fluid in one run, the slowest one in a hundred of each quarter not served."""
    asked = asked_at(plan, coming, station)
    quarter = ((asked.joined_s - plan.day.clock_starts_at) // QUARTER_S).astype(np.int64)
    work_s = np.zeros(limit_s.size)
    for each in np.unique(quarter):
        ascending = np.sort(asked.service_s[quarter == each])
        work_s[each] = ascending[: int(np.ceil(0.99 * ascending.size))].sum()
    starts = plan.day.clock_starts_at + QUARTER_S * np.arange(work_s.size, dtype=float)
    some = work_s > 0
    return fewest_lanes(
        work_s[some], starts[some], (starts + QUARTER_S + limit_s)[some], hours_of(plan), asked.closed,
        float(asked.service_s.max(initial=0.0)), asked.most,
    )  # fmt: skip
