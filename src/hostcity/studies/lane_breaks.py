"""Where a promise that no schedule of lanes keeps breaks first, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.entrance import Approaching, pass_badge, pass_security
from hostcity.engines.day.results import DayResult
from hostcity.plan.cells import clock_text
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.studies.promise import QUARTER_S, Verdict, counted, entry_times, quarter_p99_s

Floats = NDArray[np.float64]
Reason = Literal["badge", "opening", "failure", "lanes", "inside", "way", "invalid"]

WHY: dict[Reason, Sentence] = {
    "badge": Sentence(
        "The badge check {place} is the bottleneck: those who are late wait longer for it than for security."
    ),
    "opening": Sentence("They wait for the gates to open, before which no lane serves."),
    "failure": Sentence("Security station {place} fails then."),
    "lanes": Sentence("Security station {place} has room for no more lanes."),
    "inside": Sentence("Security is held back because it is too full inside."),
    "way": Sentence("The walkways about the gate are too full."),
    "invalid": Sentence("The day is invalid: it breaks a cap or strands people."),
}
MEND: dict[Reason, Sentence] = {
    "badge": Sentence("Give it more lanes, or a shorter service time."),
    "opening": Sentence("Open the gates earlier, or let people arrive later."),
    "failure": Sentence("Take the failure out of sheet timeline, or send people to other gates."),
    "lanes": Sentence("Raise its most lanes, or send people to other gates."),
    "inside": Sentence("Make room behind the gates, or let fewer people come at once."),
    "way": Sentence("Widen them, or send people to other gates."),
    "invalid": Sentence("Rehearse the plan to see where, and mend that first."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """The first gate and quarter that break the promise with every security lane open all day."""

    gate: str  # empty = the day as a whole
    starts_s: float  # quarter of joining; nan = the day as a whole
    took_s: float  # 99th percentile of entry times; inf = more than 1 in 100 never got in
    limit_s: float
    reason: Reason
    place: str  # the station that the reason is about; empty = none

    @property
    def why(self) -> Sentence:
        """The reason, with its place."""
        message = WHY[self.reason].message
        return Sentence(message, place=self.place) if self.place else Sentence(message)


class NoScheduleError(PlanError):
    """All security lanes, open all day, don't keep the promise. ``first`` says where it breaks, ``verdict`` how all lanes fare."""

    def __init__(self, first: Break, verdict: Verdict) -> None:
        self.first, self.verdict = first, verdict
        super().__init__([_problem(first)], Sentence("the promise"))


def _problem(first: Break) -> Problem:
    what = Sentence("All security lanes, open all day, don't keep the promise. {why}", why=first.why)
    if first.gate:
        never, minutes = Sentence("for ever"), Sentence("{n:.1f} min", n=first.took_s / 60)
        what = Sentence(
            "All security lanes, open all day, don't keep the promise. Who joins at gate "
            "{gate} from {start} needs {took}, not {limit:.1f} min. {why}",
            gate=first.gate,
            start=clock_text(first.starts_s),
            took=minutes if np.isfinite(first.took_s) else never,
            limit=first.limit_s / 60,
            why=first.why,
        )
    return Problem(code="lanes.none", sheet="stations", column="lanes", what=what, mend=MEND[first.reason])


def break_at_gates(plan: Plan, coming: Approaching, verdict: Verdict) -> Break | None:
    """Where and why the gates by themselves break the promise with the lanes of ``plan``; None = nowhere."""
    left_s = np.full(coming.joined_s.size, np.nan)
    for station in np.unique(coming.security):
        here = np.flatnonzero(coming.security == station)
        left_s[here] = pass_security(plan, coming, int(station), here)
    entered_s = left_s.copy()
    for check in np.unique(coming.badge[coming.badge >= 0]):
        here = np.flatnonzero(coming.badge == check)
        entered_s[here] = pass_badge(plan, coming, int(check), here, left_s[here])
    joined_s = np.where(coming.joined_s <= plan.day.last_entry_at, coming.joined_s, np.nan)
    found = _first(plan, joined_s, entered_s - joined_s, coming.gate, coming.group, verdict)
    if found is None:
        return None
    gate, starts_s, took_s, limit_s = found
    is_late = (coming.gate == gate) & (joined_s >= starts_s) & (joined_s < starts_s + QUARTER_S)
    is_late &= np.nan_to_num(entered_s - joined_s, nan=np.inf) > limit_s
    reason, place = _why(plan, coming, is_late, left_s, entered_s, starts_s)
    return Break(
        gate=plan.gates[gate].code, starts_s=starts_s, took_s=took_s, limit_s=limit_s, reason=reason, place=place
    )


def break_of_day(plan: Plan, day: DayResult, verdict: Verdict) -> Break:
    """Where the whole day breaks the promise although the gates by themselves keep it."""
    found = broken_quarters(plan, day, verdict)
    if not found or not day.is_valid:
        return Break(gate="", starts_s=np.nan, took_s=np.nan, limit_s=np.nan, reason="invalid", place="")
    gate, starts_s, took_s, limit_s = found[0]
    reason: Reason = "inside" if day.gate_hold_s > 0 else "way"
    return Break(gate=plan.gates[gate].code, starts_s=starts_s, took_s=took_s, limit_s=limit_s, reason=reason, place="")


def broken_quarters(plan: Plan, day: DayResult, verdict: Verdict) -> list[tuple[int, float, float, float]]:
    """Gate, beginning, 99th percentile and limit of each quarter over its limit at some gate, the first one first. [s]"""
    return _broken(plan, *entry_times(day), day.visitor_gate, day.visitor_group, verdict)


def _first(
    plan: Plan, joined_s: Floats, entry_s: Floats, gate: NDArray[np.int16], group: NDArray[np.int16], verdict: Verdict
) -> tuple[int, float, float, float] | None:
    return next(iter(_broken(plan, joined_s, entry_s, gate, group, verdict)), None)


def _broken(
    plan: Plan, joined_s: Floats, entry_s: Floats, gate: NDArray[np.int16], group: NDArray[np.int16], verdict: Verdict
) -> list[tuple[int, float, float, float]]:
    queued = ~np.isnan(joined_s) & counted(plan, group)
    found = []
    for at in range(len(plan.gates)):
        here = queued & (gate == at)
        p99_s = quarter_p99_s(plan, joined_s[here], np.nan_to_num(entry_s[here], nan=np.inf))
        starts_s = plan.day.clock_starts_at + QUARTER_S * np.arange(p99_s.size)
        in_peak = (starts_s >= verdict.peak_starts_s) & (starts_s < verdict.peak_starts_s + 4 * QUARTER_S)
        limit_s = np.where(in_peak, plan.day.peak_wait_limit_s, plan.day.other_wait_limit_s)
        found += [
            (at, float(starts_s[each]), float(p99_s[each]), float(limit_s[each]))
            for each in np.flatnonzero(p99_s > limit_s)
        ]
    return sorted(found, key=lambda each: (each[1], each[0]))


def _why(
    plan: Plan, coming: Approaching, is_late: NDArray[np.bool_], left_s: Floats, entered_s: Floats, starts_s: float
) -> tuple[Reason, str]:
    """What those who are late waited for."""
    station = int(np.bincount(coming.security[is_late]).argmax())
    code = plan.stations[station].code
    at_security_s = np.nan_to_num(left_s[is_late] - coming.joined_s[is_late], nan=np.inf)
    at_badge_s = np.nan_to_num((entered_s - left_s - coming.between_s)[is_late], nan=0.0)
    if at_badge_s.mean() >= at_security_s.mean():
        checks = coming.badge[is_late]
        return "badge", plan.stations[int(np.bincount(checks[checks >= 0]).argmax())].code
    if starts_s < plan.day.gates_open_at:
        return "opening", code
    until_s = float(np.nanmax(left_s[is_late], initial=starts_s + QUARTER_S))
    fails = [event for event in plan.timeline if event.action == "fail" and event.target == code]
    if any(each.starts_at < until_s and (each.ends_at is None or each.ends_at > starts_s) for each in fails):
        return "failure", code
    return "lanes", code
