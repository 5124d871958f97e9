"""Is the promise about the entrance kept?

Entry time runs from joining the first queue of security to leaving the badge check. The peak is the hour, begun at any
quarter, in which most people pass the check. The promise is kept when 99 of 100 of those who join in the peak hour enter
within the limit of the peak, and 99 of 100 of those who join in any other quarter within the other limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.entrance import Entrance
from hostcity.engines.day.results import DayResult
from hostcity.plan.plan import Plan

Floats = NDArray[np.float64]
QUARTER_S = 900.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the played entrance says about the promise."""

    kept: bool
    entries: int  # persons who passed the check and count as entries
    peak_starts_s: float
    peak_entries: int
    peak_p99_s: float  # of those who joined in the peak hour
    peak_limit_s: float
    other_p99_s: float  # of the worst quarter outside the peak hour; 0 = nobody joined
    other_starts_s: float  # that quarter; nan = none
    other_limit_s: float
    other_quarters_over: int
    share_over_peak_limit: float  # of all entries
    turned_away: int


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


def judge(plan: Plan, joined_s: Floats, entry_s: Floats, group: NDArray[np.int16]) -> Verdict:
    """The verdict on entry times [V] of visitors who joined security at ``joined_s`` [V] (nan = did not)."""
    day = plan.day
    is_counted = counted(plan, group)
    entered = is_counted & ~np.isnan(entry_s) & ~np.isnan(joined_s)
    joined, took = joined_s[entered], entry_s[entered]
    start_s = day.clock_starts_at
    quarters = int(np.ceil((day.clock_ends_at - start_s) / QUARTER_S))
    passed = np.bincount(_quarter(joined + took, start_s, quarters), minlength=quarters)
    hourly = np.convolve(passed, np.ones(4, np.int64), "valid")
    peak = int(np.argmax(hourly))
    of = _quarter(joined, start_s, quarters)
    in_peak = (of >= peak) & (of < peak + 4)
    by_quarter = [p99(took[of == quarter]) for quarter in range(quarters)]
    others = np.array([0.0 if peak <= quarter < peak + 4 else p for quarter, p in enumerate(by_quarter)])
    worst = int(np.argmax(others))
    peak_p99_s = p99(took[in_peak])
    over = int((others > day.other_wait_limit_s).sum())
    return Verdict(
        kept=bool(peak_p99_s <= day.peak_wait_limit_s and over == 0),
        entries=int(entered.sum()),
        peak_starts_s=start_s + peak * QUARTER_S,
        peak_entries=int(hourly[peak]),
        peak_p99_s=peak_p99_s,
        peak_limit_s=day.peak_wait_limit_s,
        other_p99_s=float(others[worst]),
        other_starts_s=start_s + worst * QUARTER_S if others[worst] > 0 else float("nan"),
        other_limit_s=day.other_wait_limit_s,
        other_quarters_over=over,
        share_over_peak_limit=float((took > day.peak_wait_limit_s).mean()) if took.size else 0.0,
        turned_away=int((is_counted & np.isnan(entry_s)).sum()),
    )


def verdict_of(plan: Plan, day: DayResult) -> Verdict:
    """The verdict on a played day."""
    return judge(plan, day.visitor_entry_joined_s, day.visitor_entry_s, day.visitor_group)


def verdict_of_gates(plan: Plan, gates: Entrance) -> Verdict:
    """The verdict on the gates played by themselves."""
    return judge(plan, gates.joined_s, gates.entry_s, gates.group)


def gate_waits(plan: Plan, day: DayResult) -> tuple[GateWait, ...]:
    """Every gate's worst quarter, the worst gate first."""
    start_s = plan.day.clock_starts_at
    quarters = int(np.ceil((plan.day.clock_ends_at - start_s) / QUARTER_S))
    entered = ~np.isnan(day.visitor_entry_s) & counted(plan, day.visitor_group)
    found = []
    for gate, code in enumerate(day.gate_codes):
        here = entered & (day.visitor_gate == gate)
        took = day.visitor_entry_s[here]
        of = _quarter(day.visitor_entry_joined_s[here], start_s, quarters)
        by_quarter = [p99(took[of == quarter]) for quarter in range(quarters)]
        worst = int(np.argmax(by_quarter))
        found.append(
            GateWait(
                gate=code,
                entries=int(here.sum()),
                worst_p99_s=by_quarter[worst],
                worst_starts_s=start_s + worst * QUARTER_S,
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.worst_p99_s, each.gate)))


def _quarter(at_s: Floats, start_s: float, quarters: int) -> NDArray[np.int64]:
    of: NDArray[np.int64] = np.clip((at_s - start_s) // QUARTER_S, 0, quarters - 1).astype(np.int64)
    return of
