"""The fewest security lanes per station and hour that keep the promise at every station.

Four steps. A *fluid bound*: the exact least number of lane-hours of a relaxed problem (people as a fluid, the slowest
one in a hundred of each quarter not served, every open lane given one service more). A search with the gates played by
themselves: start from the fluid schedule, add lanes where a quarter breaks its limit, take away what can go. So no
single lane can leave any hour. Then a run of the whole day with that schedule: the confirmation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.entrance import (
    Approaching,
    approach,
    pass_badge,
    pass_gates,
    pass_security,
    security_times_s,
)
from hostcity.engines.day.rehearse import rehearse_day
from hostcity.engines.day.timeline import lanes_open
from hostcity.plan.cells import clock_text
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import LaneTime
from hostcity.studies.fluid import FluidLanes, fewest_lanes
from hostcity.studies.promise import QUARTER_S, Verdict, counted, quarter_p99_s, verdict_of, verdict_of_gates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOUR_S = 3600.0
MOST_LANES = 500
CONFIRMATIONS = 4  # runs of the whole day at most
SAFETY = 0.9  # limits shrink by this much when a run of the whole day is worse than the gates by themselves


@dataclass(frozen=True, kw_only=True, slots=True)
class LaneHours:
    """One security station's lanes by the hour."""

    station: str
    gate: str
    hours_from_s: tuple[float, ...]  # beginning of each hour; lanes hold to the beginning of the next
    lanes: tuple[int, ...]
    planned: tuple[int, ...]  # the most that the plan has open in that hour
    bound_lane_hours: float  # no schedule of whole lanes by the hour that keeps the promise here has fewer

    @property
    def lane_hours(self) -> float:
        """Lanes times the hours for which they are open."""
        return float(np.dot(self.lanes, self.hours_h))

    @property
    def hours_h(self) -> Floats:
        """Length of each of the hours; the first and last may be shorter. [h]"""
        return np.diff(np.array(self.hours_from_s)) / HOUR_S


@dataclass(frozen=True, kw_only=True, slots=True)
class LanePlan:
    """The lanes found, and what a run of the whole day says of them."""

    stations: tuple[LaneHours, ...]
    overrides: tuple[str, ...]  # the schedule, to be played again with --set
    verdict: Verdict  # of the whole day, played with them
    limit_share: (
        float  # share of the promise's limits that the search aimed at; 1 unless a run was worse than the gates
    )
    runs: int  # runs of the whole day

    @property
    def lane_hours(self) -> float:
        """Of all stations."""
        return sum(station.lane_hours for station in self.stations)

    @property
    def bound_lane_hours(self) -> float:
        """Of all stations: a bound, not a schedule."""
        return sum(station.bound_lane_hours for station in self.stations)


def find_lanes(plan: Plan, *, seed: int = 1, progress: Callable[[float], None] | None = None) -> LanePlan:
    """The fewest security lanes by the hour; badge checks stay as planned.

    Raises PlanError when no number of security lanes keeps the promise, e.g. because a badge check is too slow.
    """
    tell = progress or (lambda _share: None)
    coming = approach(plan, seed=seed)
    numbers = [at for at, row in enumerate(plan.stations) if row.service == "security"]
    # The peak hour is that of the entries, so it depends on the lanes; lanes in plenty give the first guess.
    peak_s = verdict_of_gates(plan, pass_gates(_with_most_lanes(plan, numbers), coming)).peak_starts_s
    problems = _infeasible(plan, coming, _limits_s(plan, peak_s))
    if problems:
        raise PlanError(problems, "the promise")
    share = 1.0
    for run in range(1, CONFIRMATIONS + 1):
        limits_s = _limits_s(plan, peak_s) * share
        stations = []
        for count, at in enumerate(numbers, 1):
            stations.append(_search(plan, coming, at, limits_s))
            tell((run - 1 + 0.8 * count / len(numbers)) / CONFIRMATIONS)
        overrides = tuple(text for station in stations for text in overrides_of(station))
        changed = apply_overrides(plan, overrides)
        verdict = verdict_of(changed, rehearse_day(changed, seed=seed))
        tell(run / CONFIRMATIONS)
        narrower = share * SAFETY if verdict.peak_starts_s == peak_s else share
        limits_s = _limits_s(plan, verdict.peak_starts_s) * narrower
        if verdict.kept or run == CONFIRMATIONS or _infeasible(plan, coming, limits_s):
            break
        share, peak_s = narrower, verdict.peak_starts_s
    tell(1.0)
    return LanePlan(stations=tuple(stations), overrides=overrides, verdict=verdict, limit_share=share, runs=run)


def overrides_of(station: LaneHours) -> list[str]:
    """A schedule as overrides, hours of equal lanes together."""
    texts = []
    begin = 0
    for hour in range(1, len(station.lanes) + 1):
        if hour == len(station.lanes) or station.lanes[hour] != station.lanes[begin]:
            window = f"{clock_text(station.hours_from_s[begin])}-{clock_text(station.hours_from_s[hour])}"
            texts.append(f"stations.{station.station}.lanes@{window}={station.lanes[begin]}")
            begin = hour
    return texts


@dataclass(frozen=True, slots=True)
class _Queue:
    """What the search needs of one security station."""

    plan: Plan
    coming: Approaching
    station: int
    here: Ints  # visitors who come to it
    is_counted: NDArray[np.bool_]
    limit_s: Floats  # by quarter

    def excess_s(self, plan: Plan) -> Floats:
        """By how much each quarter breaks its limit with the lanes of ``plan``; 0 or less = it does not."""
        left_s = pass_security(plan, self.coming, self.station, self.here)
        badge = self.coming.badge[self.here]
        for check in np.unique(badge[badge >= 0]):
            # Where two security stations share a check, each is searched as if it had it alone: the run finds out.
            through = np.flatnonzero(badge == check)
            left_s[through] = pass_badge(plan, self.coming, int(check), self.here[through], left_s[through])
        joined_s = self.coming.joined_s[self.here]
        is_asked = self.is_counted & (joined_s <= plan.day.last_entry_at)
        took_s = np.nan_to_num(left_s - joined_s, nan=np.inf)[is_asked]
        excess: Floats = quarter_p99_s(plan, joined_s[is_asked], took_s) - self.limit_s
        return excess


def _hours(plan: Plan) -> Floats:
    """Times at which lanes may change: opening of the gates, every full hour, closing."""
    first = int(plan.day.gates_open_at // HOUR_S) + 1
    full = [hour * HOUR_S for hour in range(first, int(np.ceil(plan.day.closes_at / HOUR_S)))]
    return np.array([plan.day.gates_open_at, *full, plan.day.closes_at])


def _limits_s(plan: Plan, peak_starts_s: float) -> Floats:
    quarters = max(4, int(np.ceil((plan.day.clock_ends_at - plan.day.clock_starts_at) / QUARTER_S)))
    limits = np.full(quarters, plan.day.other_wait_limit_s)
    peak = round((peak_starts_s - plan.day.clock_starts_at) / QUARTER_S)
    limits[peak : peak + 4] = plan.day.peak_wait_limit_s
    return limits


def _queue(plan: Plan, coming: Approaching, station: int, limit_s: Floats) -> _Queue:
    here = np.flatnonzero(coming.security == station)
    return _Queue(
        plan=plan, coming=coming, station=station, here=here, is_counted=counted(plan, coming.group[here]), limit_s=limit_s
    )  # fmt: skip


def _most(plan: Plan, station: int) -> int:
    most = plan.stations[station].lanes_most
    return MOST_LANES if most is None else most


def _infeasible(plan: Plan, coming: Approaching, limit_s: Floats) -> list[Problem]:
    """Every station at which even the most lanes are too few."""
    problems = []
    for at, row in enumerate(plan.stations):
        if row.service != "security":
            continue
        queue = _queue(plan, coming, at, limit_s)
        hours = _hours(plan)
        lanes = [_most(plan, at)] * (hours.size - 1)
        excess = queue.excess_s(_with_lanes(plan, row.code, hours, lanes))
        worst = int(np.argmax(excess))
        if excess[worst] > 0:
            since = clock_text(plan.day.clock_starts_at + worst * QUARTER_S)
            took = (excess[worst] + limit_s[worst]) / 60.0
            what = f"even with {lanes[0]} lanes who joins from {since} needs {took:.1f} min, not {limit_s[worst] / 60:.1f}."
            mend = f"Give the badge check of gate {row.gate} more lanes, or open the gates earlier."
            problems.append(
                Problem(
                    code="lanes.none",
                    sheet="stations",
                    row=at + 1,
                    column="lanes",
                    what=f"{row.code}: {what}",
                    mend=mend,
                )
            )
    return problems


def _with_most_lanes(plan: Plan, numbers: Sequence[int]) -> Plan:
    hours = _hours(plan)
    for at in numbers:
        plan = _with_lanes(plan, plan.stations[at].code, hours, [_most(plan, at)] * (hours.size - 1))
    return plan


def _with_lanes(plan: Plan, code: str, hours_from_s: Floats, lanes: Sequence[int]) -> Plan:
    """The plan with the lanes of one station by the hour, whatever it had before; failures stay."""
    windows = tuple(
        LaneTime(
            code=f"{code}-{hour}",
            station=code,
            starts_at=hours_from_s[hour],
            ends_at=hours_from_s[hour + 1],
            lanes=count,
        )
        for hour, count in enumerate(lanes)
    )
    return plan.replace(
        lanes=windows + tuple(row for row in plan.lanes if row.station != code),
        timeline=tuple(event for event in plan.timeline if not (event.action == "lanes" and event.target == code)),
    )


def _search(plan: Plan, coming: Approaching, station: int, limit_s: Floats) -> LaneHours:
    """Lanes of one station: from the fluid's up until no quarter breaks its limit, then down until none can go."""
    row = plan.stations[station]
    queue = _queue(plan, coming, station, limit_s)
    hours = _hours(plan)
    most = _most(plan, station)
    fluid = _fluid(queue, hours, most)
    lanes = list(fluid.lanes) if fluid else [1] * (hours.size - 1)

    def excess_with(changed: Sequence[int]) -> Floats:
        return queue.excess_s(_with_lanes(plan, row.code, hours, changed))

    excess = excess_with(lanes)
    while (excess > 0).any():
        lanes, excess = _one_more(plan, hours, lanes, most, excess, excess_with)
    while True:
        before = list(lanes)
        for hour in np.argsort([-each for each in lanes], kind="stable"):
            fewer = [*lanes]
            fewer[hour] -= 1
            if fewer[hour] >= 1 and not (excess_with(fewer) > 0).any():
                lanes = fewer
        if lanes == before:
            break
    planned = tuple(
        max(lanes_open(plan, row, time) for time in np.arange(hours[hour], hours[hour + 1], 300.0))
        for hour in range(hours.size - 1)
    )
    return LaneHours(
        station=row.code, gate=row.gate, hours_from_s=tuple(float(each) for each in hours), lanes=tuple(lanes),
        planned=planned, bound_lane_hours=fluid.bound_lane_s / HOUR_S if fluid else 0.0,
    )  # fmt: skip


def _one_more(
    plan: Plan,
    hours: Floats,
    lanes: list[int],
    most: int,
    excess: Floats,
    excess_with: Callable[[Sequence[int]], Floats],
) -> tuple[list[int], Floats]:
    """Add a lane where it helps the first broken quarter most: in its hour, the one before or the one after."""
    first = plan.day.clock_starts_at + int(np.argmax(excess > 0)) * QUARTER_S
    of = int(np.clip(np.searchsorted(hours, first, side="right") - 1, 0, len(lanes) - 1))
    tried = []
    for hour in {max(0, of - 1), of, min(len(lanes) - 1, of + 1)}:
        if lanes[hour] < most:
            more = [*lanes]
            more[hour] += 1
            after = excess_with(more)
            tried.append((_harm(after), hour != of, hour, more, after))
    if not tried:  # all three are full: raise whatever hour is not, one of them must help
        open_hours = [hour for hour in range(len(lanes)) if lanes[hour] < most]
        more = [*lanes]
        more[open_hours[0]] += 1
        return more, excess_with(more)
    best = min(tried, key=lambda each: each[:3])
    return best[3], best[4]


def _harm(excess: Floats) -> float:
    return float(np.clip(excess, 0.0, 1e6).sum())


def _fluid(queue: _Queue, hours: Floats, most: int) -> FluidLanes | None:
    """The fluid bound of one station."""
    plan, row = queue.plan, queue.plan.stations[queue.station]
    joined_s = queue.coming.joined_s[queue.here]
    asked = queue.is_counted & (joined_s <= plan.day.last_entry_at)
    factors = [event.value or 1.0 for event in plan.timeline if event.action == "service" and event.target == row.code]
    took_s = security_times_s(plan, queue.coming, queue.station, queue.here)[asked] * min([1.0, *factors])
    quarter = ((joined_s[asked] - plan.day.clock_starts_at) // QUARTER_S).astype(np.int64)
    work_s = np.zeros(queue.limit_s.size)
    for each in np.unique(quarter):
        ascending = np.sort(took_s[quarter == each])
        work_s[each] = ascending[: int(np.ceil(0.99 * ascending.size))].sum()
    starts = plan.day.clock_starts_at + QUARTER_S * np.arange(work_s.size, dtype=float)
    some = work_s > 0
    closed = tuple(
        (event.starts_at, event.ends_at if event.ends_at is not None else plan.day.clock_ends_at)
        for event in plan.timeline
        if event.action == "fail" and event.target == row.code
    )
    return fewest_lanes(
        work_s[some], starts[some], (starts + QUARTER_S + queue.limit_s)[some], hours, closed,
        float(took_s.max(initial=0.0)), most,
    )  # fmt: skip
