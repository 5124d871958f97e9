"""The promise as its definition says it, one person after another. Never optimised."""

from __future__ import annotations

import math

from hostcity.plan.plan import Plan


def p99(values: list[float]) -> float:
    """The smallest value that at least 99 of 100 do not exceed; 0 for none."""
    ascending = sorted(values)
    for rank, value in enumerate(ascending, 1):
        if 100 * rank >= 99 * len(ascending):
            return value
    return 0.0


def judge(plan: Plan, joined_s: list[float], entry_s: list[float], group: list[int]) -> dict:
    """The fields of the verdict by name."""
    day = plan.day
    quarters = max(4, math.ceil((day.clock_ends_at - day.clock_starts_at) / 900.0))

    def quarter(at_s: float) -> int:
        number = 0
        while number < quarters - 1 and at_s >= day.clock_starts_at + 900.0 * (number + 1):
            number += 1
        return number

    joined_in: list[list[float]] = [[] for _ in range(quarters)]
    passed_in = [0] * quarters
    entries = turned_away = over_peak_limit = queued = 0
    for person, joined in enumerate(joined_s):
        if not plan.groups[group[person]].counts_as_entry:
            continue
        took = entry_s[person]
        if math.isnan(took):
            turned_away += 1
            took = math.inf
        if math.isnan(joined):
            continue
        queued += 1
        over_peak_limit += took > day.peak_wait_limit_s
        joined_in[quarter(joined)].append(took)
        if took < math.inf:
            entries += 1
            passed_in[quarter(joined + took)] += 1
    hours = [sum(passed_in[first : first + 4]) for first in range(quarters - 3)]
    peak = hours.index(max(hours))
    in_peak = [took for number in range(peak, peak + 4) for took in joined_in[number]]
    others = {number: p99(joined_in[number]) for number in range(quarters) if not peak <= number < peak + 4}
    worst = max(others.values(), default=0.0)
    over = sum(each > day.other_wait_limit_s for each in others.values())
    starts = next((number for number, each in others.items() if each == worst and worst > 0), None)
    return {
        "kept": p99(in_peak) <= day.peak_wait_limit_s and over == 0,
        "joined": queued,
        "entries": entries,
        "peak_starts_s": day.clock_starts_at + 900.0 * peak,
        "peak_entries": hours[peak],
        "peak_joined": len(in_peak),
        "peak_p99_s": p99(in_peak),
        "peak_limit_s": day.peak_wait_limit_s,
        "other_p99_s": worst,
        "other_starts_s": math.nan if starts is None else day.clock_starts_at + 900.0 * starts,
        "other_limit_s": day.other_wait_limit_s,
        "other_quarters_over": over,
        "share_over_peak_limit": over_peak_limit / queued if queued else 0.0,
        "turned_away": turned_away,
    }
