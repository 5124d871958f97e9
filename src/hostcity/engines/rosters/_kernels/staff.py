"""The best plan of an employee over weeks, at costs of each day and shift: an exact dynamic program."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters._kernels.compiled import entry, kernel

FAR = 1e15
SATURDAY, SUNDAY = 5, 6  # day 0 is a Monday


@entry
def find_staff_plan(
    cost, units, follows, is_free, most_units, least_units, longest, shortest, rest, weekends, stride, limit, plan
):
    """Fill ``plan[days]`` with shifts, -1 = off; its cost comes back, FAR when there is none.

    State: weekends served, uses of limited shifts (mixed radix by ``stride``), length in ``units``, and the run: below ``rest`` days
    off so far less one, then shift x longest + days served less one. Runs at either end of the horizon may be short.
    """
    days, shifts = cost.shape
    runs, uses = rest + shifts * longest, 1
    for shift in range(shifts):
        if limit[shift] >= 0:
            uses *= limit[shift] + 1
    shape = (days + 1, weekends + 1, uses, most_units + 1, runs)
    best, before = np.full(shape, FAR), np.full(shape, -1, np.int16)
    best[1, 0, 0, 0, 0] = 0.0
    if is_free[0]:
        for shift in range(shifts):
            if limit[shift] != 0 and units[shift] <= most_units and cost[0, shift] < FAR / 2:
                used = stride[shift] if limit[shift] > 0 else 0
                best[1, 0, used, units[shift], rest + shift * longest] = cost[0, shift]
    for day in range(1, days):
        for weekend in range(weekends + 1):
            for used in range(uses):
                for length in range(most_units + 1):
                    for run in range(runs):
                        value = best[day, weekend, used, length, run]
                        if value < FAR / 2:
                            leave(cost, units, follows, is_free[day], longest, shortest, rest, weekends, stride, limit, best, before, day, weekend, used, length, run, value)  # fmt: skip
    found, at = FAR, (0, 0, 0, 0)
    for weekend in range(weekends + 1):
        for used in range(uses):
            for length in range(least_units, most_units + 1):
                for run in range(runs):
                    if best[days, weekend, used, length, run] < found:
                        found, at = best[days, weekend, used, length, run], (weekend, used, length, run)
    read_back(units, longest, rest, stride, limit, before, at, plan)
    return found


@kernel
def leave(cost, units, follows, free, longest, shortest, rest, weekends, stride, limit, best, before, day, weekend, used, length, run, value):  # fmt: skip
    """All that may follow one state on a day."""
    serves = run >= rest
    served = (run - rest) % longest + 1 if serves else 0
    if not serves:
        after = min(run + 1, rest - 1)
        keep(best, before, day, weekend, used, length, after, run, value)
    elif served >= shortest or served == day:
        keep(best, before, day, weekend, used, length, 0, run, value)
    if not free or (serves and served == longest) or (not serves and run + 1 < rest and run + 1 != day):
        return
    is_new = day % 7 == SATURDAY or (day % 7 == SUNDAY and not serves)
    weekend += 1 if is_new else 0
    if weekend > weekends:
        return
    for shift in range(cost.shape[1]):
        if limit[shift] == 0 or cost[day, shift] >= FAR / 2 or length + units[shift] >= best.shape[3]:
            continue
        if serves and not follows[(run - rest) // longest, shift]:
            continue
        more = 0
        if limit[shift] > 0:
            if (used // stride[shift]) % (limit[shift] + 1) == limit[shift]:
                continue
            more = stride[shift]
        after = rest + shift * longest + served
        keep(best, before, day, weekend, used + more, length + units[shift], after, run, value + cost[day, shift])


@kernel
def keep(best, before, day, weekend, used, length, after, run, value):
    """Keep the better way to a state."""
    if value < best[day + 1, weekend, used, length, after]:
        best[day + 1, weekend, used, length, after] = value
        before[day + 1, weekend, used, length, after] = run


@kernel
def read_back(units, longest, rest, stride, limit, before, at, plan):
    """Read the plan back from its end."""
    weekend, used, length, run = at
    for day in range(plan.size - 1, -1, -1):
        source = before[day + 1, weekend, used, length, run]
        if run < rest:
            plan[day] = -1
        else:
            shift = (run - rest) // longest
            plan[day] = shift
            length -= units[shift]
            if limit[shift] > 0:
                used -= stride[shift]
            if day > 0 and (day % 7 == SATURDAY or (day % 7 == SUNDAY and source < rest)):
                weekend -= 1
        run = source
