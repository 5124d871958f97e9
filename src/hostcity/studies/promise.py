"""Is the promise about the entrance kept?

Entry time runs from joining the first queue of security to leaving the badge check; who is held on the way there, since
what lies ahead is full or closed, waits as long before. Else a gate would be better the less room there is to queue
at it. Only groups that count among the entries are judged. The peak is the hour, begun at any
quarter, in which most people pass the check. The promise is kept when 99 of 100 of those who join in the peak hour
enter within the limit of the peak, and 99 of 100 of those who join in any other quarter within the other limit. Who
joins and never gets in has waited for ever.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.entrance import Entrance
from hostcity.engines.day.results import NEVER_CAME, TURNED_AWAY, DayResult
from hostcity.plan.plan import Plan

Floats = NDArray[np.float64]
QUARTER_S = 900.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the played entrance says about the promise."""

    kept: bool
    joined: int  # persons who joined a queue and count as entries; 0 = there is nothing to judge
    entries: int  # of them those who passed the check
    peak_starts_s: float
    peak_entries: int
    peak_joined: (
        int  # joined a queue in the peak hour; 0 = who entered then had joined before, and the hour says nothing
    )
    peak_p99_s: float  # of those who joined in the peak hour; inf = more than 1 in 100 never got in
    peak_limit_s: float
    other_p99_s: float  # of the worst quarter outside the peak hour; 0 = nobody joined
    other_starts_s: float  # that quarter; nan = none
    other_limit_s: float
    other_quarters_over: int
    share_over_peak_limit: float  # of those who joined a queue
    turned_away: int  # came after last entry, or were still in the queue at closing

    @property
    def is_void(self) -> bool:
        """Whether nobody joined a queue, so that no promise was tried."""
        return self.joined == 0

    def limit_from(self, starts_s: float) -> float:
        """Limit of those who join in the quarter of an hour from ``starts_s``. [s]"""
        is_peak = self.peak_starts_s <= starts_s < self.peak_starts_s + 4 * QUARTER_S
        return self.peak_limit_s if is_peak else self.other_limit_s

    @property
    def turned_away_share(self) -> float:
        """Share of those turned away among them and those who entered."""
        came = self.entries + self.turned_away
        return self.turned_away / came if came else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class GateWait:
    """The worst quarter of one gate."""

    gate: str
    entries: int
    worst_p99_s: float
    worst_starts_s: float


def counted(plan: Plan, group: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Who counts among the entries."""
    is_counted: NDArray[np.bool_] = np.array([row.counts_as_entry for row in plan.groups], bool)[group]
    return is_counted


def p99(values: Floats) -> float:
    """The 99th percentile by nearest rank; 0 for no values."""
    if values.size == 0:
        return 0.0
    rank = int(np.ceil(0.99 * values.size)) - 1
    return float(np.partition(values, rank)[rank])


def entry_times(day: DayResult) -> tuple[Floats, Floats]:
    """When visitors [V] would have joined security had nobody held them on the way, and how long entry took from then."""
    return day.visitor_entry_joined_s - day.visitor_held_s, day.visitor_entry_s + day.visitor_held_s


def judge(plan: Plan, joined_s: Floats, entry_s: Floats, group: NDArray[np.int16]) -> Verdict:
    """The verdict on entry times [V] of visitors who joined security at ``joined_s`` [V].

    A nan in ``joined_s`` = did not join; in ``entry_s`` = never got in.
    """
    day = plan.day
    is_counted = counted(plan, group)
    queued = is_counted & ~np.isnan(joined_s)
    joined, took = joined_s[queued], np.nan_to_num(entry_s[queued], nan=np.inf)
    got_in = np.isfinite(took)
    passed = np.bincount(_quarter(plan, (joined + took)[got_in]), minlength=_quarters(plan))
    hourly = np.convolve(passed, np.ones(4, np.int64), "valid")
    peak = int(np.argmax(hourly))
    by_quarter = quarter_p99_s(plan, joined, took)
    others = by_quarter.copy()
    others[peak : peak + 4] = 0.0
    worst = int(np.argmax(others))
    of = _quarter(plan, joined)
    in_peak = took[(of >= peak) & (of < peak + 4)]
    peak_p99_s = p99(in_peak)
    over = int((others > day.other_wait_limit_s).sum())
    return Verdict(
        kept=bool(peak_p99_s <= day.peak_wait_limit_s and over == 0),
        joined=int(joined.size),
        entries=int(got_in.sum()),
        peak_starts_s=day.clock_starts_at + peak * QUARTER_S,
        peak_entries=int(hourly[peak]),
        peak_joined=int(in_peak.size),
        peak_p99_s=peak_p99_s,
        peak_limit_s=day.peak_wait_limit_s,
        other_p99_s=float(others[worst]),
        other_starts_s=day.clock_starts_at + worst * QUARTER_S if others[worst] > 0 else float("nan"),
        other_limit_s=day.other_wait_limit_s,
        other_quarters_over=over,
        share_over_peak_limit=float((took > day.peak_wait_limit_s).mean()) if took.size else 0.0,
        turned_away=int((is_counted & np.isnan(entry_s)).sum()),
    )


def verdict_of(plan: Plan, day: DayResult) -> Verdict:
    """The verdict on a played day: an invalid day, or one on which nobody who comes gets in, keeps no promise."""
    verdict = judge(plan, *entry_times(day), day.visitor_group)
    nobody_came = not (counted(plan, day.visitor_group) & (day.visitor_end != NEVER_CAME)).any()
    is_away = counted(plan, day.visitor_group) & (day.visitor_end == TURNED_AWAY)
    return dataclasses.replace(
        verdict,
        kept=verdict.kept and day.is_valid and (verdict.entries > 0 or nobody_came),
        turned_away=int(is_away.sum()),
    )


def verdict_of_gates(plan: Plan, gates: Entrance) -> Verdict:
    """The verdict on the gates played by themselves."""
    return judge(plan, gates.joined_s, gates.entry_s, gates.group)


def gate_waits(plan: Plan, day: DayResult) -> tuple[GateWait, ...]:
    """Every gate's worst quarter, the worst gate first."""
    joined_s, entry_s = entry_times(day)
    queued = ~np.isnan(joined_s) & counted(plan, day.visitor_group)
    found = []
    for gate, code in enumerate(day.gate_codes):
        here = queued & (day.visitor_gate == gate)
        took = np.nan_to_num(entry_s[here], nan=np.inf)
        by_quarter = quarter_p99_s(plan, joined_s[here], took)
        worst = int(np.argmax(by_quarter))
        found.append(
            GateWait(
                gate=code,
                entries=int(np.isfinite(took).sum()),
                worst_p99_s=float(by_quarter[worst]),
                worst_starts_s=plan.day.clock_starts_at + worst * QUARTER_S,
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.worst_p99_s, each.gate)))


def _quarters(plan: Plan) -> int:
    return max(4, int(np.ceil((plan.day.clock_ends_at - plan.day.clock_starts_at) / QUARTER_S)))


def _quarter(plan: Plan, at_s: Floats) -> NDArray[np.int64]:
    since_s = np.clip(at_s - plan.day.clock_starts_at, 0.0, _quarters(plan) * QUARTER_S - 1.0)
    of: NDArray[np.int64] = (since_s / QUARTER_S).astype(np.int64)
    return of


def quarter_p99_s(plan: Plan, joined_s: Floats, took_s: Floats) -> Floats:
    """99th percentile of entry times by the quarter of joining; 0 = nobody joined."""
    of = _quarter(plan, joined_s)
    by_quarter = took_s[np.argsort(of.astype(np.int16), kind="stable")]  # small whole numbers are sorted in linear time
    last = np.cumsum(np.bincount(of, minlength=_quarters(plan)))
    return np.array([p99(each) for each in np.split(by_quarter, last[:-1])])
