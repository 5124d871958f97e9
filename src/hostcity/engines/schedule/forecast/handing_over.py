"""Teams as links: in the plan's order each hand goes from task to task, and who comes later waits for those whose hands he gets."""

from __future__ import annotations

import heapq
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.forecast.arrays import Arrays, Teams
from hostcity.engines.schedule.problem import FS, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray


def with_hand_overs(arrays: Arrays, start: NDArray[Any], duration: NDArray[Any]) -> Problem:
    """The problem with a link for each hand that goes from one task to another.

    Parameters
    ----------
    start, duration : int64[N]
        By place: when each begins in the plan, and how long it takes there. [ticks]

    Notes
    -----
    Tasks are taken in the order of their starts, as far as links allow: so no circle can close. Of the hands that are free in the plan a
    task gets those of tasks that it waits for anyway, then those that have been free longest: so that the least is handed on late. Partial
    order schedules by chaining, after Policella, Cesta, Oddi & Smith, "Solve-and-robustify", Journal of Scheduling 12, 2009, doi
    10.1007/s10951-008-0091-7.
    """
    teams, ends = arrays.teams, (start + duration).tolist()
    most = teams.capacity.tolist()
    for of, there in enumerate(_numbers(teams)):
        most[of] = max([most[of], *there])
    hands: list[list[int]] = [[-1] * many for many in most]  # who had each last; -1 = nobody yet
    first, team, many = teams.first.tolist(), teams.team.tolist(), teams.many.tolist()
    begins = start.tolist()
    waits = [set(theirs) for theirs in np.split(arrays.net.other.tolist(), arrays.net.first[1:-1])]
    links = set()
    for i in _in_order(arrays, begins):
        for k in range(first[i], first[i + 1]):
            pile = hands[team[k]]
            pile.sort(key=lambda had: _fit(had, ends, begins[i], waits[i]))
            links |= {(had, i) for had in pile[: many[k]] if had >= 0}
            pile[: many[k]] = [i] * many[k]
    if not links:
        return arrays.problem
    pairs = arrays.task_at[np.array(sorted(links))]
    problem = arrays.problem
    return replace(
        problem,
        link=np.concatenate([problem.link, np.column_stack([pairs, np.full(len(pairs), FS)])]),
        lag=np.concatenate([problem.lag, np.zeros(len(pairs))]),
    )


def _numbers(teams: Teams) -> list[list[int]]:
    """How many of each team there are after each of its changes."""
    found: list[list[int]] = [[] for _ in teams.capacity]
    now = teams.capacity.tolist()
    for of, by in zip(teams.change_of.tolist(), teams.change_by.tolist(), strict=True):
        now[of] += by
        found[of].append(now[of])
    return found


def earliest_of(arrays: Arrays, start: NDArray[Any]) -> NDArray[Any]:
    """int32[N] by task: before when none begins, as hands that come later are not there yet: the last rise of its teams before its start."""
    teams = arrays.teams
    earliest = arrays.net.release.copy()
    for of in np.unique(teams.change_of[teams.change_by > 0]).tolist():
        rises = teams.change_at[(teams.change_by > 0) & (teams.change_of == of)]
        tasks = teams.task[teams.task_first[of] : teams.task_first[of + 1]]
        before = np.searchsorted(rises, start[tasks], side="right")
        last = np.where(before > 0, rises[np.maximum(before, 1) - 1], 0)
        earliest[tasks] = np.maximum(earliest[tasks], last)
    by_task: NDArray[Any] = earliest[arrays.place]
    return by_task


def _fit(had: int, ends: list[int], begins: int, waits: set[int]) -> tuple[bool, bool, int, int]:
    """Free ones first; of those who is waited for anyway; then the first to become free."""
    end = ends[had] if had >= 0 else -1
    return end > begins, had not in waits, end, had


def _in_order(arrays: Arrays, begins: list[int]) -> list[int]:
    """Places by their starts, nobody before one whom he waits for."""
    net = arrays.net
    missing = np.diff(net.first).tolist()
    after, following = net.after.tolist(), net.next.tolist()
    heap = [(begins[i], i) for i in range(len(begins)) if missing[i] == 0]
    heapq.heapify(heap)
    order = []
    while heap:
        _, i = heapq.heappop(heap)
        order.append(i)
        for k in range(after[i], after[i + 1]):
            missing[following[k]] -= 1
            if missing[following[k]] == 0:
                heapq.heappush(heap, (begins[following[k]], following[k]))
    return order
