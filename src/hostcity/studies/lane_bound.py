"""Lane-hours below which no schedule keeps the promise.

The bound is that of the promise itself, as `hostcity.studies.promise` judges it: over all gates together 99 of 100 of
the peak hour within one limit, 99 of 100 of every other quarter within the other.

Why it is a bound. Take any schedule of whole lanes by the hour, from none to the most there is room for, with which
the gates keep the promise, and let the peak hour begin with quarter ``p``. Then

* who is not late has left security by the end of the quarter in which they joined plus that quarter's limit, and did
  not begin before that quarter. So for every quarter ``i`` and deadline ``d`` the services of those who join from ``i``
  on and are due by ``d`` lie between the two, less those of people who are late;
* a station does no more work in a window than its lanes are open for in it, and one service more for each lane that
  closes or fails (it ends what it has begun);
* at most ``n - ceil(0.99 n)`` of the ``n`` who join in the peak hour are late, likewise in each other quarter, whatever
  the gate. Being late spares a station the person's service at most: ``k`` late people of a station and quarter spare
  at most its ``k`` longest services, a concave function of ``k``, which lies below each of its tangents.

These hold for any discipline of the queue, with or without a badge check behind it, and are linear in the lanes. So the
schedule is a solution of the linear program below for its ``p``, in which lanes need not be whole, and its lane-hours
are no less than the optimum's, rounded up to whole lanes of the shortest step of hours. Where the peak begins is not known beforehand: the least over all
quarters ``p`` is taken. Some are left out, because too few can enter from then on: an hour's entries are at most those
who join in it or less than the other limit before, and late people; they are at least those who join in it early enough
to be due before its end, less late people; and the peak has most entries.

It is a bound for the people given: who joins which station when, as the gates by themselves have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hostcity.studies.fluid import lane_open_s
from hostcity.studies.promise import QUARTER_S

if TYPE_CHECKING:
    from hostcity.plan.rows import Edition

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDING = 1e-6  # relative: more than the solver's tolerance
TANGENTS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Those of whom the promise speaks, at one security station."""

    joined_s: Floats  # [n] seconds after midnight
    service_s: Floats  # [n] at the least
    most: int  # lanes for which there is room
    closed: tuple[tuple[float, float], ...] = ()  # times (from, to) at which no lane serves


def least_lane_s(day: Edition, hours_from_s: Floats, stations: tuple[Asked, ...]) -> float | None:
    """Lane-seconds below which no schedule keeps the promise; None = no schedule keeps it.

    Parameters
    ----------
    hours_from_s : float64[H + 1]
        Lanes may change at these times only; the last is the closing of security. [s]

    Notes
    -----
    Slow twin: ``tests.naive.lanes``, which plays every schedule. Cost: a linear program with ``stations * H`` lanes for
    each hour that may be the peak, a second for five gates.
    """
    quarters = max(4, int(np.ceil((day.clock_ends_at - day.clock_starts_at) / QUARTER_S)))
    joined_s = np.concatenate([np.empty(0), *(station.joined_s for station in stations)])
    if joined_s.size == 0:
        return 0.0
    bounds = [
        _least_lane_s(day, hours_from_s, stations, quarters, peak) for peak in possible_peaks(day, quarters, joined_s)
    ]
    return min((bound for bound in bounds if bound is not None), default=None)


def late_at_most(people: int) -> int:
    """How many of so many may be late while 99 of 100 are not."""
    return people - int(np.ceil(0.99 * people))


def possible_peaks(day: Edition, quarters: int, joined_s: Floats) -> list[int]:
    """Quarters with which the peak hour can begin when the promise is kept."""
    of = _quarter(day, joined_s)
    count = np.bincount(of, minlength=quarters)
    starts_s = day.clock_starts_at + QUARTER_S * np.arange(quarters + 1)
    starts_s[0], starts_s[-1] = -np.inf, np.inf  # what is beyond the clock counts with its first and last quarter
    possible = []
    for peak in range(quarters - 3):
        in_peak = (of >= peak) & (of < peak + 4)
        late = sum(late_at_most(int(n)) for at, n in enumerate(count) if not peak <= at < peak + 4)
        late += late_at_most(int(in_peak.sum()))
        most = late + int(
            ((joined_s >= starts_s[peak] - day.other_wait_limit_s) & (joined_s < starts_s[peak + 4])).sum()
        )
        due_s = joined_s + np.where(in_peak, day.peak_wait_limit_s, day.other_wait_limit_s)
        least = max(
            int(((joined_s >= starts_s[hour]) & (due_s < starts_s[hour + 4])).sum()) for hour in range(quarters - 3)
        )
        if most >= least - late:
            possible.append(peak)
    return possible


def _quarter(day: Edition, at_s: Floats) -> Ints:
    return np.asarray((at_s - day.clock_starts_at) // QUARTER_S, np.int64)


def _least_lane_s(
    day: Edition, hours_from_s: Floats, stations: tuple[Asked, ...], quarters: int, peak: int
) -> float | None:
    """The bound of schedules with which the peak hour begins with one quarter."""
    from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

    model = pywraplp.Solver.CreateSolver("GLOP")
    is_peak = np.zeros(quarters, bool)
    is_peak[peak : peak + 4] = True
    starts_s = day.clock_starts_at + QUARTER_S * np.arange(quarters, dtype=float)
    due_s = starts_s + QUARTER_S + np.where(is_peak, day.peak_wait_limit_s, day.other_wait_limit_s)
    of = [_quarter(day, station.joined_s) for station in stations]
    count = np.bincount(np.concatenate(of), minlength=quarters)
    allowed = np.array(
        [late_at_most(int(count[is_peak].sum() if in_hour else n)) for in_hour, n in zip(is_peak, count, strict=True)]
    )
    late: list[list[Any]] = [[] for _ in range(quarters)]
    cost = []
    for station, quarter in zip(stations, of, strict=True):
        lanes = [model.NumVar(0, station.most, "") for _ in hours_from_s[1:]]
        cost += [lane * float(length) for lane, length in zip(lanes, np.diff(hours_from_s), strict=True)]
        work = {}
        for at in np.unique(quarter).tolist():
            work[at] = _work(model, station.service_s[quarter == at], int(allowed[at]), late[at])
        for first, due, batches in _windows(sorted(work), due_s):
            capacity = [
                lane * open_for
                for lane, open_for in zip(
                    lanes, _open_s(station, hours_from_s, float(starts_s[first]), due), strict=True
                )
            ]
            model.Add(sum(work[at] for at in batches) <= sum(capacity))
    for at in np.flatnonzero(~is_peak):
        model.Add(sum(late[at]) <= int(allowed[at]))
    model.Add(sum(sum(late[at]) for at in np.flatnonzero(is_peak)) <= int(allowed[peak]))
    model.Minimize(sum(cost))
    status = model.Solve()
    if status == pywraplp.Solver.INFEASIBLE:
        return None
    if status != pywraplp.Solver.OPTIMAL:
        return 0.0
    # Whole lanes: the cost is a multiple of what all hours' lengths are multiples of.
    unit_s = float(np.gcd.reduce(np.diff(hours_from_s).astype(np.int64)))
    return float(np.ceil(model.Objective().Value() * (1 - ROUNDING) / unit_s - ROUNDING) * unit_s)


def _work(model: Any, service_s: Floats, allowed: int, late: list[Any]) -> Any:
    """The least work of a station's people of one quarter; how many of them are late is added to ``late``."""
    longest_s = np.sort(service_s)[::-1]
    some = model.NumVar(0, min(longest_s.size, allowed), "")
    spared = model.NumVar(0, float(longest_s.sum()), "")
    for slope, at_none in _tangents(longest_s, allowed):
        model.Add(spared <= slope * some + at_none)
    late.append(some)
    return float(longest_s.sum()) - spared


def _open_s(station: Asked, hours_from_s: Floats, since_s: float, until_s: float) -> list[int]:
    longest_s = float(station.service_s.max())
    return [
        lane_open_s(hours_from_s, hour, since_s, until_s, station.closed, longest_s)
        for hour in range(hours_from_s.size - 1)
    ]


def _windows(quarters: list[int], due_s: Floats) -> Iterator[tuple[int, float, list[int]]]:
    """Every quarter, every deadline, and the quarters from the one on that are due by the other."""
    for at, first in enumerate(quarters):
        for due in sorted({float(due_s[each]) for each in quarters[at:]}):
            batches = [each for each in quarters[at:] if due_s[each] <= due]
            if batches[0] == first:  # else the window from batches[0] asks for more
                yield first, due, batches


def _tangents(longest_s: Floats, allowed: int) -> Iterator[tuple[float, float]]:
    """Lines (slope, value at 0) above the sum of the k longest services."""
    points = np.unique(np.linspace(0, min(allowed, longest_s.size - 1), TANGENTS).astype(int))
    total = np.concatenate([[0.0], np.cumsum(longest_s)])
    for point in points.tolist():
        yield float(longest_s[point]), float(total[point] - longest_s[point] * point)
