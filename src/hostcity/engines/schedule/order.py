"""Links by their tasks, and tasks in an order in which each comes after all that it waits for."""

from __future__ import annotations

from typing import NamedTuple

from hostcity.engines.schedule.check import check, followers, sorted_tasks
from hostcity.engines.schedule.problem import Problem, ScheduleError

Links = list[list[tuple[int, float]]]


class Network(NamedTuple):
    """A problem that has been checked, once for all that is asked of it."""

    problem: Problem
    order: list[int]
    into: Links
    out: Links


def network_of(problem: Problem) -> Network:
    """The network. Raises ``ScheduleError`` with all faults of the problem."""
    return Network(problem, order_of(problem), *links_of(problem))


def order_of(problem: Problem) -> list[int]:
    """The order. Raises ``ScheduleError`` with all faults of the problem."""
    if faults := check(problem):
        raise ScheduleError(faults)
    return sorted_tasks(followers(problem))


def links_of(problem: Problem) -> tuple[Links, Links]:
    """Links into and out of each task: the other task, and the least distance of their starts."""
    tasks = len(problem.duration)
    into: Links = [[] for _ in range(tasks)]
    out: Links = [[] for _ in range(tasks)]
    for (before, after, _kind), lag in zip(problem.link.tolist(), problem.start_lag.tolist(), strict=True):
        into[after].append((before, lag))
        out[before].append((after, lag))
    return into, out
