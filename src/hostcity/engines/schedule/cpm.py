"""The critical path: how early each task can be, how late it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.order import Network, network_of
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

JUST = 1e-9  # of the finish: less float than that is a rounding error


@dataclass(frozen=True, kw_only=True, eq=False)
class CriticalPath:
    """Times of ``N`` tasks, in working time."""

    finish: float  # of all
    early_start: NDArray[Any]  # [N]
    early_finish: NDArray[Any]  # [N]
    late_start: NDArray[Any]  # [N] with which all ends at ``finish`` still
    late_finish: NDArray[Any]  # [N]
    total_float: NDArray[Any]  # [N] below 0 where a finish was asked for that cannot be kept
    free_float: NDArray[Any]  # [N] later by so much, and no other task moves
    is_critical: NDArray[Any]  # [N] no total float


def cpm(problem: Problem, *, finish: float | None = None) -> CriticalPath:
    """Earliest and latest times of all tasks, and their float; ``finish`` is the end of all that is asked for, else the earliest.

    Raises
    ------
    ScheduleError
        With everything that is wrong with the network.

    Notes
    -----
    Longest paths between starts, O(N + L); the slow twin is in tests/naive/schedule.py. A task whose end nothing waits for still
    may not end after ``finish``.

    References
    ----------
    .. [1] J. J. Moder, C. R. Phillips, E. W. Davis, "Project Management with CPM, PERT and Precedence Diagramming", 3rd ed., 1983, ch. 4.
    """
    return path_of(network_of(problem), finish)


def path_of(network: Network, finish: float | None = None) -> CriticalPath:
    """Of a network that has been checked."""
    problem, order, into, out = network
    duration = problem.duration.astype(np.float64)
    early = problem.release.astype(np.float64)
    for task in order:
        for other, lag in into[task]:
            early[task] = max(early[task], early[other] + lag)
    earliest = float(np.max(early + duration, initial=0.0))
    end = earliest if finish is None else finish
    late, free = end - duration, earliest - early - duration
    for task in reversed(order):
        for other, lag in out[task]:
            late[task] = min(late[task], late[other] - lag)
            free[task] = min(free[task], early[other] - lag - early[task])
    slack = late - early
    return CriticalPath(
        finish=earliest, early_start=early, early_finish=early + duration, late_start=late, late_finish=late + duration,
        total_float=slack, free_float=free, is_critical=slack <= JUST * max(earliest, 1.0),
    )  # fmt: skip
