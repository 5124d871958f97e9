"""Few security lanes per station and hour that keep the promise at every station, in every quarter of an hour.

Four steps. A *fluid bound*: the exact least number of lane-hours of a relaxed problem (people as a fluid, the slowest
one in a hundred of each quarter not served, every lane that closes or fails given one service more). It bounds
schedules that keep each quarter's limit, with the peak hour where it is and one lane open at least: the promise itself,
which asks for 99 of 100 of the whole peak hour together, is a little weaker. A search with the gates played by
themselves, several runs of the day's draws at once: start from the fluid schedule, add lanes where a quarter breaks its
limit in any run, take away what can go, so that no single lane can leave any hour. Then the whole day with that
schedule, and fresh runs that the search has not seen: the confirmation.
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
from hostcity.plan.sentences import Sentence
from hostcity.studies.fluid import FluidLanes, fewest_lanes
from hostcity.studies.promise import QUARTER_S, Verdict, counted, quarter_p99_s, verdict_of, verdict_of_gates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOUR_S = 3600.0
MOST_LANES = 500
SEARCHED = 3  # runs of the gates by themselves that a schedule must serve
FRESH = 3  # runs of the whole day that the search has not seen, others for each schedule tried
CONFIRMATIONS = 4  # schedules tried at most
SAFETY = 0.9  # limits shrink by this much when a run of the whole day is worse than the gates by themselves


@dataclass(frozen=True, kw_only=True, slots=True)
class LaneHours:
    """One security station's lanes by the hour."""

    station: str
    gate: str
    hours_from_s: tuple[float, ...]  # beginning of each hour; lanes hold to the beginning of the next
    lanes: tuple[int, ...]
    planned: tuple[int, ...]  # the most that the plan has open in that hour
    bound_lane_hours: float  # no schedule of whole lanes by the hour that keeps every quarter's limit here has fewer

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
    runs: int  # schedules that were tried on the whole day
    fresh_kept: int  # fresh runs of the whole day that keep the promise with this schedule
    fresh_runs: int

    @property
    def lane_hours(self) -> float:
        """Of all stations."""
        return sum(station.lane_hours for station in self.stations)

    @property
    def bound_lane_hours(self) -> float:
        """Of all stations: a bound, not a schedule."""
        return sum(station.bound_lane_hours for station in self.stations)


def find_lanes(
    plan: Plan,
    *,
    seed: int = 1,
    searched: int = SEARCHED,
    fresh: int = FRESH,
    progress: Callable[[float], None] | None = None,
) -> LanePlan:
    """Few security lanes by the hour that serve ``searched`` runs, confirmed on ``fresh`` ones; badge checks as planned.

    Raises PlanError when no number of security lanes keeps the promise, e.g. because a badge check is too slow.
    """
    tell = progress or (lambda _share: None)
    comings = tuple(approach(plan, seed=seed, run=run) for run in range(searched))
    numbers = [at for at, row in enumerate(plan.stations) if row.service == "security"]
    # The peak hour is that of the entries, so it depends on the lanes; lanes in plenty give the first guess.
    peak_s = verdict_of_gates(plan, pass_gates(_with_most_lanes(plan, numbers), comings[0])).peak_starts_s
    limits_s = _limits_s(plan, peak_s)
    problems = _infeasible(plan, comings, limits_s)
    if problems:
        raise PlanError(problems, Sentence("the promise"))
    bounds = {
        at: _bound_s(plan, comings, at, limits_s) for at in numbers
    }  # of the promise, whatever the search aims at
    share, best = 1.0, None
    for attempt in range(1, CONFIRMATIONS + 1):
        stations = []
        for count, at in enumerate(numbers, 1):
            stations.append(_search(plan, comings, at, limits_s * share, bounds[at]))
            tell((attempt - 1 + 0.6 * count / len(numbers)) / CONFIRMATIONS)
        found = _confirmed(
            plan, stations, seed, share, attempt, range(searched + (attempt - 1) * fresh, searched + attempt * fresh)
        )
        tell(attempt / CONFIRMATIONS)
        if best is None or (found.verdict.kept, found.fresh_kept) >= (best.verdict.kept, best.fresh_kept):
            best = found
        if found.verdict.kept and found.fresh_kept == found.fresh_runs:
            break
        if found.verdict.peak_starts_s == peak_s or attempt > 1:
            # Where the peak hour lies depends on the lanes: from here on no hour is given the longer limit.
            limits_s = np.full_like(limits_s, min(plan.day.peak_wait_limit_s, plan.day.other_wait_limit_s))
            share *= SAFETY
        else:
            peak_s = found.verdict.peak_starts_s
            limits_s = _limits_s(plan, peak_s)
        if _infeasible(plan, comings, limits_s * share):
            break
    tell(1.0)
    assert best is not None  # noqa: S101 -- the loop runs at least once
    return best


def _confirmed(
    plan: Plan, stations: list[LaneHours], seed: int, share: float, attempt: int, fresh_runs: range
) -> LanePlan:
    """The whole day played with a schedule, and fresh runs of it."""
    overrides = tuple(text for station in stations for text in overrides_of(station))
    changed = apply_overrides(plan, overrides)
    fresh = [verdict_of(changed, rehearse_day(changed, seed=seed, run=run)).kept for run in fresh_runs]
    return LanePlan(
        stations=tuple(stations), overrides=overrides, verdict=verdict_of(changed, rehearse_day(changed, seed=seed)),
        limit_share=share, runs=attempt, fresh_kept=sum(fresh), fresh_runs=len(fresh),
    )  # fmt: skip


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
    """What the search needs of one security station: who comes to it in each of the runs."""

    plan: Plan
    comings: tuple[Approaching, ...]
    station: int
    here: tuple[Ints, ...]
    limit_s: Floats  # by quarter

    def excess_s(self, plan: Plan) -> Floats:
        """By how much each quarter breaks its limit in the worst run with the lanes of ``plan``; above 0 it does."""
        excess = [self._excess_s(plan, coming, here) for coming, here in zip(self.comings, self.here, strict=True)]
        worst: Floats = np.max(excess, axis=0)
        return worst

    def _excess_s(self, plan: Plan, coming: Approaching, here: Ints) -> Floats:
        left_s = pass_security(plan, coming, self.station, here)
        badge = coming.badge[here]
        for check in np.unique(badge[badge >= 0]):
            # Where two security stations share a check, each is searched as if it had it alone: the run finds out.
            through = np.flatnonzero(badge == check)
            left_s[through] = pass_badge(plan, coming, int(check), here[through], left_s[through])
        joined_s = coming.joined_s[here]
        is_asked = counted(plan, coming.group[here]) & (joined_s <= plan.day.last_entry_at)
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


def _queue(plan: Plan, comings: tuple[Approaching, ...], station: int, limit_s: Floats) -> _Queue:
    here = tuple(np.flatnonzero(coming.security == station) for coming in comings)
    return _Queue(plan=plan, comings=comings, station=station, here=here, limit_s=limit_s)


def _most(plan: Plan, station: int) -> int:
    most = plan.stations[station].lanes_most
    return MOST_LANES if most is None else most


def _infeasible(plan: Plan, comings: tuple[Approaching, ...], limit_s: Floats) -> list[Problem]:
    """Every station at which even the most lanes are too few."""
    problems = []
    for at, row in enumerate(plan.stations):
        if row.service != "security":
            continue
        queue = _queue(plan, comings, at, limit_s)
        hours = _hours(plan)
        lanes = [_most(plan, at)] * (hours.size - 1)
        excess = queue.excess_s(_with_lanes(plan, row.code, hours, lanes))
        worst = int(np.argmax(excess))
        if excess[worst] > 0:
            since = clock_text(plan.day.clock_starts_at + worst * QUARTER_S)
            took = (excess[worst] + limit_s[worst]) / 60.0
            what = Sentence(
                "{code}: even with {lanes} lanes who joins from {since} needs {took:.1f} min, not {limit:.1f}.",
                code=row.code, lanes=lanes[0], since=since, took=took, limit=limit_s[worst] / 60,
            )  # fmt: skip
            mend = Sentence("Give the badge check of gate {gate} more lanes, or open the gates earlier.", gate=row.gate)
            problems.append(Problem(code="lanes.none", sheet="stations", column="lanes", what=what, mend=mend))
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


def _search(plan: Plan, comings: tuple[Approaching, ...], station: int, limit_s: Floats, bound_s: float) -> LaneHours:
    """Lanes of one station: from the fluid's up until no quarter breaks its limit, then down until none can go."""
    row = plan.stations[station]
    queue = _queue(plan, comings, station, limit_s)
    hours = _hours(plan)
    most = _most(plan, station)
    fluids = [_fluid(queue, hours, most, run) for run in range(len(comings))]
    lanes = [1] * (hours.size - 1)
    for fluid in fluids:
        lanes = [max(pair) for pair in zip(lanes, fluid.lanes, strict=True)] if fluid else lanes

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
        planned=planned, bound_lane_hours=bound_s / HOUR_S,
    )  # fmt: skip


def _bound_s(plan: Plan, comings: tuple[Approaching, ...], station: int, limit_s: Floats) -> float:
    """Lane-seconds that no schedule which keeps every quarter's limit can go below, in any of the runs."""
    queue = _queue(plan, comings, station, limit_s)
    hours, most = _hours(plan), _most(plan, station)
    fluids = [_fluid(queue, hours, most, run) for run in range(len(comings))]
    return max(fluid.bound_lane_s if fluid else 0.0 for fluid in fluids)


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


def _fluid(queue: _Queue, hours: Floats, most: int, run: int) -> FluidLanes | None:
    """The fluid bound of one station in one of the runs."""
    plan, row = queue.plan, queue.plan.stations[queue.station]
    coming, here = queue.comings[run], queue.here[run]
    joined_s = coming.joined_s[here]
    asked = counted(plan, coming.group[here]) & (joined_s <= plan.day.last_entry_at)
    factors = [event.value or 1.0 for event in plan.timeline if event.action == "service" and event.target == row.code]
    took_s = security_times_s(plan, coming, queue.station, here)[asked] * min([1.0, *factors])
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
