"""Few security lanes per station and hour that keep the promise, and a bound on lane-hours that no schedule goes below.

A *bound* of the promise itself (`hostcity.studies.lane_bound`). A *search* with the gates played by themselves, several
runs of the day's draws at once (`hostcity.studies.lane_search`): it asks for more than the promise does, every quarter
at every station. Then the whole day with that schedule, and fresh runs that the search has not seen. What a fresh run
breaks is searched again with that run among the others. A day that is still broken is mended by adding lanes at the
gate and hour that break it, played again until it is kept; when all lanes open all day don't keep it, `NoScheduleError` says
where and why. More lanes never make anybody leave security later, so at the gates by themselves nothing else could keep
it either, but for people who change their order on the way to the badge check and for a peak hour that moves.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.entrance import Approaching, approach, pass_gates
from hostcity.engines.day.results import DayResult
from hostcity.engines.day.timeline import lanes_open
from hostcity.plan.cells import clock_text
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.studies.lane_bound import least_lane_s
from hostcity.studies.lane_breaks import NoScheduleError, break_at_gates, break_of_day, broken_quarters
from hostcity.studies.lane_search import (
    HOUR_S,
    Lanes,
    Queues,
    all_lanes,
    asked_at,
    fluid_start,
    hours_of,
    most_of,
    search_lanes,
    security_stations,
    sharing_checks,
    with_lanes,
)
from hostcity.studies.played import play_day
from hostcity.studies.promise import QUARTER_S, Verdict, verdict_of, verdict_of_gates

Floats = NDArray[np.float64]

SEARCHED = 3  # runs of the gates by themselves that a schedule must serve
FRESH = 3  # runs of the whole day that the search has not seen, others for each schedule tried
CONFIRMATIONS = 4  # schedules tried at most, before a broken one is mended
SAFETY = 0.9  # limits shrink by this much when a run of the whole day is worse than the gates by themselves
REPAIRS = 12  # days played at most to mend a broken schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class LaneHours:
    """One security station's lanes by the hour."""

    station: str
    gate: str
    hours_from_s: tuple[float, ...]  # beginning of each hour; lanes hold to the beginning of the next
    lanes: tuple[int, ...]
    planned: tuple[int, ...]  # the most that the plan has open in that hour

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
    """The lanes found, and what a run of the whole day says of them: it keeps the promise."""

    stations: tuple[LaneHours, ...]
    overrides: tuple[str, ...]  # the schedule, to be played again with --set
    bound_lane_hours: float  # no schedule keeps the promise with fewer, at the gates by themselves
    verdict: Verdict  # of the whole day, played with them
    limit_share: float  # share of the limits aimed at; 1 unless a run was worse than the gates by themselves
    runs: int  # schedules that were tried on the whole day
    repairs: int  # days played to add lanes to a schedule that the search thought enough; 0 = it was
    fresh_kept: int  # fresh runs of the whole day that keep the promise with this schedule
    fresh_runs: int
    fresh_void: int  # of them those without a verdict: nobody joined a queue

    @property
    def lane_hours(self) -> float:
        """Of all stations."""
        return sum(station.lane_hours for station in self.stations)


def find_lanes(
    plan: Plan,
    *,
    seed: int = 1,
    searched: int = SEARCHED,
    fresh: int = FRESH,
    progress: Callable[[float], None] | None = None,
) -> LanePlan:
    """Few security lanes by the hour that keep the promise, tried on fresh runs too; badge checks as planned.

    Lanes are asked for, not people: a roster limits none. Raises NoScheduleError when even all security lanes open all day don't keep it, e.g. because a badge check is too slow.
    """
    tell = progress or (lambda _share: None)
    plan = plan.replace(shifts=())
    aim = _Aim.begin(plan, seed, searched)
    bound_s = _bound_s(plan, aim.comings[0])
    tell(0.1)
    best: LanePlan | None = None
    for attempt in range(CONFIRMATIONS):
        lanes = aim.search()
        tell(0.1 + 0.8 * (attempt + 0.5) / CONFIRMATIONS)
        runs = range(searched + attempt * fresh, searched + (attempt + 1) * fresh)
        found, broken = _confirmed(plan, lanes, seed, runs)
        tell(0.1 + 0.8 * (attempt + 1) / CONFIRMATIONS)
        if best is None or _rank(found) >= _rank(best):
            best = dataclasses.replace(
                found, bound_lane_hours=bound_s / HOUR_S, limit_share=aim.share, runs=attempt + 1
            )
        if found.verdict.kept and not broken:
            break
        aim.learn(lanes, found.verdict.peak_starts_s, broken)
    assert best is not None  # noqa: S101 -- the loop runs at least once
    if not best.verdict.kept:
        lanes = {at: row.lanes for at, row in zip(security_stations(plan), best.stations, strict=True)}
        lanes, days = repair_lanes(plan, lanes, seed=seed)
        unseen = range(searched + CONFIRMATIONS * fresh, searched + (CONFIRMATIONS + 1) * fresh)
        mended, _ = _confirmed(plan, lanes, seed, unseen)
        best = dataclasses.replace(
            mended, bound_lane_hours=best.bound_lane_hours, limit_share=best.limit_share, runs=best.runs, repairs=days
        )
    tell(1.0)
    return best


def repair_lanes(plan: Plan, lanes: Lanes, *, seed: int = 1) -> tuple[Lanes, int]:
    """Add lanes where the whole day breaks the promise first until it is kept, and how many days were played for it.

    Twice as many for the same hour each time, all of them when that does not mend it in `REPAIRS` days. Raises NoScheduleError
    when all of them don't either.
    """
    most = all_lanes(plan, list(lanes))
    full, day, verdict = _played(plan, most, seed)
    if not verdict.kept:
        raise NoScheduleError(break_of_day(full, day, verdict), verdict)
    step: dict[tuple[int, int], int] = {}
    for days in range(1, REPAIRS + 1):
        changed, day, verdict = _played(plan, lanes, seed)
        if verdict.kept:
            return lanes, days
        place = _place_to_mend(plan, lanes, broken_quarters(changed, day, verdict))
        if place is None:
            break
        step[place] = 2 * step.get(place, 1)
        lanes = _with_more(plan, lanes, *place, step[place])
    return most, REPAIRS + 1


def _rank(found: LanePlan) -> tuple[bool, int]:
    """The better, the larger: a day without a verdict breaks nothing."""
    return found.verdict.kept, found.fresh_kept + found.fresh_void


def _place_to_mend(
    plan: Plan, lanes: Lanes, broken: Sequence[tuple[int, float, float, float]]
) -> tuple[int, int] | None:
    """Station and hour of the first broken quarter that has lanes left to open, in its hour or the next."""
    hours = hours_of(plan)
    for gate, starts_s, _, _ in broken:
        of = int(np.clip(np.searchsorted(hours, starts_s, side="right") - 1, 0, hours.size - 2))
        for hour in (of, min(of + 1, hours.size - 2)):
            here = [at for at in lanes if plan.stations[at].gate == plan.gates[gate].code]
            some = [at for at in here if lanes[at][hour] < most_of(plan, at)]
            if some:
                return min(some, key=lambda at: lanes[at][hour]), hour
    return None


def _with_more(plan: Plan, lanes: Lanes, at: int, hour: int, more: int) -> Lanes:
    counts = list(lanes[at])
    counts[hour] = min(most_of(plan, at), counts[hour] + more)
    return {**lanes, at: tuple(counts)}


def _bound_s(plan: Plan, coming: Approaching) -> float:
    numbers = security_stations(plan)
    bound_s = least_lane_s(plan.day, hours_of(plan), tuple(asked_at(plan, coming, at) for at in numbers))
    return bound_s or 0.0  # None can't be: all lanes open all day have kept the promise


@dataclass(slots=True)
class _Aim:
    """What the search aims at: the runs that it serves, and limits by quarter."""

    plan: Plan
    seed: int
    runs: list[int]
    comings: list[Approaching]
    split: Plan  # with the lanes by which people choose among the security stations of a gate
    peak_s: float  # nan = no hour is given the longer limit
    may_move: bool = True
    share: float = 1.0
    lanes: Lanes = field(default_factory=dict)

    @classmethod
    def begin(cls, plan: Plan, seed: int, searched: int) -> _Aim:
        """The peak hour is that of the entries, so it depends on the lanes; lanes in plenty give the first guess."""
        comings = [approach(plan, seed=seed, run=run) for run in range(searched)]
        full = with_lanes(plan, all_lanes(plan, security_stations(plan)))
        verdict = verdict_of_gates(full, pass_gates(full, comings[0]))
        first = None if verdict.kept else break_at_gates(full, comings[0], verdict)
        if first:
            raise NoScheduleError(first, verdict)
        return cls(plan, seed, list(range(searched)), comings, plan, verdict.peak_starts_s)

    @property
    def limit_s(self) -> Floats:
        """Longest entry time of each quarter."""
        day = self.plan.day
        quarters = max(4, int(np.ceil((day.clock_ends_at - day.clock_starts_at) / QUARTER_S)))
        if np.isnan(self.peak_s):
            return np.full(quarters, self.share * min(day.peak_wait_limit_s, day.other_wait_limit_s))
        limits = np.full(quarters, day.other_wait_limit_s)
        peak = round((self.peak_s - day.clock_starts_at) / QUARTER_S)
        limits[peak : peak + 4] = day.peak_wait_limit_s
        return limits * self.share

    def search(self) -> Lanes:
        """Few lanes at every station."""
        found: Lanes = {}
        for stations in sharing_checks(self.plan, self.comings):
            queues = Queues(self.plan, tuple(self.comings), stations)
            start = {at: self.lanes[at] for at in stations} if self.lanes else fluid_start(queues, self.limit_s)
            found |= search_lanes(queues, self.limit_s, start)
        self.lanes = {at: found[at] for at in sorted(found)}
        return self.lanes

    def learn(self, lanes: Lanes, peak_s: float, broken: Sequence[int]) -> None:
        """Take in the fresh runs that the schedule broke, or aim lower when the gates by themselves don't show why."""
        played = with_lanes(self.plan, lanes)
        moved = _split_by(played) != _split_by(self.split)
        if moved:  # other people come to each station: the runs are walked again
            self.split = played
            self.comings = [approach(played, seed=self.seed, run=run) for run in self.runs]
        comings = [approach(self.split, seed=self.seed, run=run) for run in broken]
        shown = [(run, each) for run, each in zip(broken, comings, strict=True) if self._is_over(lanes, each)]
        self.runs += [run for run, _ in shown]
        self.comings += [each for _, each in shown]
        if shown or moved:
            return
        if self.may_move and peak_s != self.peak_s:
            self.peak_s = peak_s
        else:
            self.peak_s = np.nan
            self.share *= SAFETY
        self.may_move = False

    def _is_over(self, lanes: Lanes, coming: Approaching) -> bool:
        """Whether the gates by themselves break a limit in a run."""
        times_s = Queues(self.plan, (coming,), tuple(lanes)).times_s(lanes)
        return bool((times_s > self.limit_s).any())


def _split_by(plan: Plan) -> list[tuple[str, int]]:
    """The lanes by which people choose among the security stations of a gate that has several."""
    rows = [plan.stations[at] for at in security_stations(plan)]
    several = [row for row in rows if sum(each.gate == row.gate for each in rows) > 1]
    windows = [(window.station, window.lanes) for window in plan.lanes]
    return [(row.code, max([row.lanes, *(lanes for code, lanes in windows if code == row.code)])) for row in several]


def _played(plan: Plan, lanes: Lanes, seed: int) -> tuple[Plan, DayResult, Verdict]:
    changed = apply_overrides(plan, [text for station in _stations(plan, lanes) for text in overrides_of(station)])
    day = play_day(changed, seed=seed)
    return changed, day, verdict_of(changed, day)


def _confirmed(plan: Plan, lanes: Lanes, seed: int, runs: Sequence[int]) -> tuple[LanePlan, list[int]]:
    """The whole day played with a schedule, and the fresh runs of it that break the promise."""
    changed, _, verdict = _played(plan, lanes, seed)
    verdicts = {run: verdict_of(changed, play_day(changed, seed=seed, run=run)) for run in runs}
    broken = [run for run in runs if not verdicts[run].kept]
    void = sum(each.is_void and each.kept for each in verdicts.values())
    stations = _stations(plan, lanes)
    found = LanePlan(
        stations=stations, overrides=tuple(text for station in stations for text in overrides_of(station)),
        bound_lane_hours=0.0, verdict=verdict, limit_share=1.0, runs=1, repairs=0,
        fresh_kept=len(runs) - len(broken) - void, fresh_runs=len(runs), fresh_void=void,
    )  # fmt: skip
    return found, broken


def _stations(plan: Plan, lanes: Lanes) -> tuple[LaneHours, ...]:
    hours = hours_of(plan)
    found = []
    for at in security_stations(plan):
        row = plan.stations[at]
        planned = tuple(
            max(lanes_open(plan, row, time) for time in np.arange(since, until, 300.0))
            for since, until in itertools.pairwise(hours)
        )
        found.append(
            LaneHours(
                station=row.code, gate=row.gate, hours_from_s=tuple(hours.tolist()), lanes=lanes[at], planned=planned
            )
        )
    return tuple(found)


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
