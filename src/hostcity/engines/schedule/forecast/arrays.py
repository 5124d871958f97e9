"""The arrays that kernels read, from a problem: tasks by their places in an order of waiting, times in whole ticks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hostcity.engines.schedule.order import order_of
from hostcity.engines.schedule.problem import FF, FS, SS, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Triangles = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]

LONGEST = 2**30  # ticks: no sum of times gets so far
FINE = 900  # ticks of the caller's unit are a multiple of it where there is room: then hundredths, minutes and thirds of a day are whole
NEVER = 2**31 - 1


class Net(NamedTuple):
    """Links, both ways. ``N`` tasks, ``L`` links."""

    release: NDArray[Any]  # int32[N]
    need: NDArray[Any]  # int32[N]; NEVER = none
    first: NDArray[Any]  # int32[N + 1] of its links in `other`, `kind`, `lag`; those to its start come first
    middle: NDArray[Any]  # int32[N] of those to its end
    other: NDArray[Any]  # int32[L] the task waited for
    kind: NDArray[Any]  # int32[L]
    lag: NDArray[Any]  # int32[L] as the plan gives it
    after: NDArray[Any]  # int32[N + 1] of the links of those that wait for it, in `next`, `next_kind`, `next_lag`
    late: NDArray[Any]  # int32[N] of those of them that need not be told before it ends
    next: NDArray[Any]  # int32[L] the task that waits
    next_kind: NDArray[Any]
    next_lag: NDArray[Any]


class Tasks(NamedTuple):
    """Durations, and what they are drawn from. [ticks]"""

    key: NDArray[Any]  # uint32[N, 2]
    likely: NDArray[Any]  # int32[N]
    low: NDArray[Any]  # float32[N]
    high: NDArray[Any]
    split: NDArray[Any]  # the share below the likely duration
    rise: NDArray[Any]
    fall: NDArray[Any]
    risk_first: NDArray[Any]  # int32[N + 1] of its drivers in `risk_of`
    risk_of: NDArray[Any]  # int32[K]
    plus: NDArray[Any]  # int32[N] added to what is drawn


class Risks(NamedTuple):
    """Drivers, ``M`` of them."""

    key: NDArray[Any]  # uint32[M, 4]
    probability: NDArray[Any]  # float32[M]
    low: NDArray[Any]  # float32[M]
    high: NDArray[Any]
    split: NDArray[Any]
    rise: NDArray[Any]
    fall: NDArray[Any]


class Teams(NamedTuple):
    """Teams that may be short: ``R`` of them."""

    capacity: NDArray[Any]  # int32[R]
    first: NDArray[Any]  # int32[N + 1] of what it takes in `team`, `many`
    team: NDArray[Any]
    many: NDArray[Any]
    rank: NDArray[Any]  # int32[N] the most urgent first
    are_apart: bool  # no task takes two
    change_at: NDArray[Any]  # int32[C] when capacities change, the first change first [ticks]
    change_of: NDArray[Any]  # int32[C] of which team
    change_by: NDArray[Any]  # int32[C] by how many
    task_first: NDArray[Any]  # int32[R + 1] of its tasks in `task`
    task: NDArray[Any]  # int32[] who takes of it, by place


class Arrays(NamedTuple):
    """All of a problem."""

    problem: Problem
    task_at: NDArray[Any]  # int64[N] the problem's task at each place
    place: NDArray[Any]  # int64[N] its inverse
    ticks: float  # of the caller's unit of time
    net: Net
    tasks: Tasks
    risks: Risks
    teams: Teams


def ticks_of(problem: Problem) -> float:
    """Ticks in the caller's unit: as many as there is room for, were one task done after the other at its longest."""
    stretch = np.ones(len(problem.duration))
    risk, task = problem.drivers.touches.T
    np.multiply.at(stretch, task, np.maximum(problem.drivers.factor[risk, 2], 1.0))
    longest = float(
        (problem.pessimistic * stretch).sum()
        + np.abs(problem.lag).sum()
        + max(problem.release.max(initial=0.0), problem.capacity_time.max(initial=0.0))
    )
    needed = float(problem.need_by[np.isfinite(problem.need_by)].max(initial=0.0))
    fit = LONGEST / (max(longest, needed) or 1.0)
    return FINE * 2.0 ** math.floor(math.log2(fit / FINE)) if fit >= FINE else 2.0 ** math.floor(math.log2(fit))


def arrays_of(
    problem: Problem, *, seed: int, ticks: float | None = None, rank: NDArray[Any] | None = None, ranked: bool = True
) -> Arrays:
    """The problem as kernels read it. Raises ``ScheduleError`` with all that is wrong with it.

    ``rank``: by task, the most urgent has the least; None = latest starts. Not ``ranked``: nobody asks.
    """
    task_at = np.array(order_of(problem), np.int64)
    place = np.empty_like(task_at)
    place[task_at] = np.arange(task_at.size)
    unit = ticks_of(problem) if ticks is None else ticks
    teams = _teams(problem, task_at, unit)
    net = _net(problem, task_at, place, unit, np.diff(teams.first) > 0)
    if not ranked:
        order = np.arange(task_at.size)
    elif rank is None:
        urgency = latest_starts(net, whole(problem.duration[task_at], unit))
        order = np.lexsort((task_at, urgency))
    else:
        order = np.lexsort((task_at, rank[task_at]))
    teams.rank[order] = np.arange(order.size)
    return Arrays(
        problem=problem, task_at=task_at, place=place, ticks=unit, net=net, tasks=_tasks(problem, task_at, unit, seed),
        risks=_risks(problem, seed), teams=teams,
    )  # fmt: skip


def whole(times: NDArray[Any], ticks: float) -> NDArray[Any]:
    """int32: in ticks, to the nearest."""
    return np.floor(times * ticks + 0.5).astype(np.int32)


def _net(problem: Problem, task_at: NDArray[Any], place: NDArray[Any], ticks: float, takes_team: NDArray[Any]) -> Net:
    tasks = task_at.size
    before, after, kind = place[problem.link[:, 0]], place[problem.link[:, 1]], problem.link[:, 2]
    lag = whole(problem.lag, ticks)
    to_start = (kind == FS) | (kind == SS)
    into = np.lexsort((~to_start, after))
    # Who takes a team and waits for the end of one who does cannot come up before: it is time enough to say so then.
    is_late = (kind == FS) & (lag >= 0) & takes_team[before] & takes_team[after]
    out = np.lexsort((is_late, before))
    first, onward = (np.searchsorted(each, np.arange(tasks + 1)) for each in (after[into], before[out]))
    ends = problem.need_by[task_at]
    need = np.full(tasks, NEVER, np.int32)
    need[np.isfinite(ends)] = whole(ends[np.isfinite(ends)], ticks)
    return Net(
        release=whole(problem.release[task_at], ticks), need=need,
        first=small(first), middle=small(first[:-1] + np.bincount(after[to_start], minlength=tasks)), other=small(before[into]),
        kind=small(kind[into]), lag=lag[into], after=small(onward), late=small(onward[1:] - np.bincount(before[is_late], minlength=tasks)),
        next=small(after[out]), next_kind=small(kind[out]), next_lag=lag[out],
    )  # fmt: skip


def small(numbers: NDArray[Any]) -> NDArray[Any]:
    """int32: more of them are near the processor at a time."""
    return numbers.astype(np.int32)


def _tasks(problem: Problem, task_at: NDArray[Any], ticks: float, seed: int) -> Tasks:
    likely = whole(problem.duration[task_at], ticks)
    low, middle, high = problem.optimistic[task_at], problem.duration[task_at], problem.pessimistic[task_at]
    risk, touched = problem.drivers.touches.T
    place = np.empty_like(task_at)
    place[task_at] = np.arange(task_at.size)
    order = np.lexsort((risk, place[touched]))
    return Tasks(
        _keys(seed, task_at, 0, 2), likely, *_triangular(low * ticks, middle * ticks, high * ticks),
        small(np.searchsorted(place[touched][order], np.arange(task_at.size + 1))), small(risk[order]), np.zeros_like(likely),
    )  # fmt: skip


def _risks(problem: Problem, seed: int) -> Risks:
    drivers = problem.drivers
    keys = _keys(seed, np.arange(len(drivers.probability)), 1, 4)
    return Risks(keys, drivers.probability.astype(np.float32), *_triangular(*drivers.factor.T))


def _triangular(low: NDArray[Any], likely: NDArray[Any], high: NDArray[Any]) -> Triangles:
    """float32: lowest, highest, share below the likely, and what the inverse's roots are taken of on both sides."""
    low, likely, high = (each.astype(np.float32) for each in (low, likely, high))
    wide = high - low
    split = (likely - low) / np.where(wide > 0, wide, np.float32(1))
    return low, high, split, wide * (likely - low), wide * (high - likely)


def _keys(seed: int, entity: NDArray[Any], purpose: int, many: int) -> NDArray[Any]:
    """uint32[n, many]: the keys of entities, from (seed, purpose, entity)."""
    counter = np.arange(many, dtype=np.uint64)[None, :]
    whose = entity.astype(np.uint64)[:, None] * np.uint64(16) + counter
    return (mix(whose + mix(np.array([[seed * 2 + purpose]], np.uint64))) >> np.uint64(32)).astype(np.uint32)


def words_of(seed: int, samples: NDArray[Any]) -> NDArray[Any]:
    """uint32[S]: the word of each sample."""
    return (mix(samples.astype(np.uint64) + mix(~np.array([seed], np.uint64))) >> np.uint64(32)).astype(np.uint32)


def mix(x: NDArray[Any]) -> NDArray[Any]:
    """The splitmix64 finalizer of each: uint64 (Steele, Lea & Flood, OOPSLA 2014, doi 10.1145/2660193.2660195)."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[Any] = x ^ (x >> np.uint64(31))
    return mixed


def _teams(problem: Problem, task_at: NDArray[Any], ticks: float) -> Teams:
    """Those that all tasks together could exhaust at some time: of others there is always enough."""
    scarce = np.flatnonzero(problem.demand.sum(axis=0) > problem.least_capacity)
    demand = problem.demand[task_at][:, scarce]
    task, team = np.nonzero(demand)
    by_team = np.argsort(team, kind="stable")
    return Teams(
        capacity=small(problem.capacity[scarce]), first=small(np.searchsorted(task, np.arange(task_at.size + 1))), team=small(team),
        many=small(demand[task, team]), rank=np.zeros(task_at.size, np.int32), are_apart=bool(np.unique(task).size == task.size),
        **_changes(problem, scarce, ticks), task_first=small(np.searchsorted(team[by_team], np.arange(scarce.size + 1))), task=small(task[by_team]),
    )  # fmt: skip


def _changes(problem: Problem, scarce: NDArray[Any], ticks: float) -> dict[str, NDArray[Any]]:
    """How capacities of teams that may be short change, from one number to the next."""
    now, place = problem.capacity.copy(), {team: at for at, team in enumerate(scarce.tolist())}
    at, of, by = [], [], []
    times = whole(problem.capacity_time, ticks)
    for change in np.argsort(times, kind="stable").tolist():
        team, many = problem.capacity_change[change].tolist()
        if team in place and many != now[team]:
            at.append(times[change])
            of.append(place[team])
            by.append(many - now[team])
            now[team] = many
    return {
        name: np.array(values, np.int32) for name, values in (("change_at", at), ("change_of", of), ("change_by", by))
    }


def latest_starts(net: Net, duration: NDArray[Any]) -> NDArray[Any]:
    """int64[N] by place: with which need-bys and the earliest end of all are kept, at likely durations and with enough hands."""
    took = duration.tolist()
    early = net.release.tolist()
    other, kind, lag = net.other.tolist(), net.kind.tolist(), net.lag.tolist()
    first = net.first.tolist()
    gap = [0] * len(other)
    for i in range(len(early)):
        for k in range(first[i], first[i + 1]):
            before = other[k]
            gap[k] = lag[k] + (took[before] if kind[k] in (FS, FF) else 0) - (took[i] if kind[k] >= FF else 0)
            early[i] = max(early[i], early[before] + gap[k])
    end = max((start + long for start, long in zip(early, took, strict=True)), default=0)
    # What nothing needed hangs on may wait until the last need-by.
    end = max([end, *net.need[net.need != NEVER].tolist()])
    late = [min(end, need) - long for need, long in zip(net.need.tolist(), took, strict=True)]
    for i in range(len(early) - 1, -1, -1):
        for k in range(first[i], first[i + 1]):
            late[other[k]] = min(late[other[k]], late[i] - gap[k])
    return np.array(late, np.int64)
