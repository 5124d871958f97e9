"""Whom a task holds up, and until when its end does no harm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.cpm import JUST, path_of
from hostcity.engines.schedule.order import Network, network_of
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocked:
    """What waits for a task."""

    tasks: tuple[int, ...]  # all that wait for it, one after the other, in the order of their earliest starts
    harmless_until: float  # the last end with which nothing misses its need-by and the end of all stays; before its earliest: too late already
    first_harmed: int  # which task is harmed first after that; -1 = the end of all


def blocks(problem: Problem, task: int) -> Blocked:
    """Whom a task holds up. O(N + L).

    Raises
    ------
    IndexError
        For a task that there is not.
    ScheduleError
        With everything that is wrong with the network.
    """
    if not 0 <= task < len(problem.duration):
        raise IndexError(f"there is no task {task}. Tasks: 0-{len(problem.duration) - 1}")
    network = network_of(problem)
    path, distance = path_of(network), _distances(network, task)
    reached = np.flatnonzero(np.isfinite(distance))
    waiting = sorted((int(each) for each in reached if each != task), key=lambda each: (path.early_start[each], each))
    # Its latest start with which each of those still ends in time.
    starts = problem.need_by[reached] - problem.duration[reached] - distance[reached]
    least, of_all = float(starts.min()), float(path.late_start[task])
    is_end = of_all <= least + JUST * max(path.finish, 1.0)
    return Blocked(
        tasks=tuple(waiting),
        harmless_until=(of_all if is_end else least) + float(problem.duration[task]),
        first_harmed=-1 if is_end else int(reached[starts.argmin()]),
    )


def _distances(network: Network, task: int) -> NDArray[Any]:
    """float64[N]: how long after the task's start each other begins, at least; minus infinity where it does not wait for it."""
    distance = np.full(len(network.order), -np.inf)
    distance[task] = 0.0
    for each in network.order:
        if distance[each] > -np.inf:
            for other, lag in network.out[each]:
                distance[other] = max(distance[other], distance[each] + lag)
    return distance
