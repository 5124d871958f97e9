"""Series over the day that the page draws: entering, leaving, and waits at every gate, per five minutes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import HOME, SLOT_S, DayResult
from hostcity.plan.plan import Plan
from hostcity.studies.promise import counted, entry_times

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PERCENTILES = (0.5, 0.95, 0.99)


def entered_at_s(day: DayResult) -> Floats:
    """When each visitor left the badge check [V]; nan = never."""
    at_s: Floats = day.visitor_entry_joined_s + day.visitor_entry_s
    return at_s


def per_step(day: DayResult, at_s: Floats, step_s: float) -> Ints:
    """Persons in each step of the clock, a minute or five; who has no time is left out."""
    steps = day.station_served.shape[1] if step_s == SLOT_S else day.area_persons.shape[1]
    step = np.clip((at_s[~np.isnan(at_s)] - day.clock_start_s) // step_s, 0, steps - 1).astype(np.int64)
    return np.bincount(step, minlength=steps)


def entries_per_step(plan: Plan, day: DayResult, step_s: float = SLOT_S) -> Ints:
    """Entries in each five minutes [T], or each minute [M]."""
    return per_step(day, entered_at_s(day)[counted(plan, day.visitor_group)], step_s)


def left_per_step(day: DayResult, who: NDArray[np.bool_], step_s: float = SLOT_S) -> Ints:
    """Persons gone home in each five minutes [T], or each minute [M]."""
    return per_step(day, day.visitor_left_s[who & (day.visitor_end == HOME)], step_s)


def gate_wait_percentiles(plan: Plan, day: DayResult) -> Floats:
    """Entry times [G, 3, T]: p50, p95, p99 of those who joined security in each five minutes.

    nan where nobody joined, inf where so many never got in.
    """
    slots = day.station_served.shape[1]
    out = np.full((len(day.gate_codes), len(PERCENTILES), slots), np.nan)
    joined_s, entry_s = entry_times(day)
    queued = ~np.isnan(joined_s) & counted(plan, day.visitor_group) & (day.visitor_gate >= 0)
    took_s = np.nan_to_num(entry_s[queued], nan=np.inf)
    slot = np.clip((joined_s[queued] - day.clock_start_s) // SLOT_S, 0, slots - 1).astype(np.int64)
    cell = day.visitor_gate[queued].astype(np.int64) * slots + slot
    order = np.lexsort((took_s, cell))
    count = np.bincount(cell, minlength=out.shape[0] * slots)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    some = np.flatnonzero(count)
    for at, share in enumerate(PERCENTILES):
        rank = first[some] + np.ceil(share * count[some]).astype(np.int64) - 1
        out[some // slots, at, some % slots] = took_s[order[rank]]
    return out
