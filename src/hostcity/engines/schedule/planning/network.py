"""The arrays that kernels read, from a problem: tasks numbered in an order of waiting, both ways in time, resources packed where they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hostcity.engines.schedule.order import order_of
from hostcity.engines.schedule.planning.whole import whole_of
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD = 64  # bits


class Way(NamedTuple):
    """The network in one direction of time."""

    duration: NDArray[Any]  # int64[N]
    least: NDArray[Any]  # int64[N] earliest start by itself
    first: NDArray[Any]  # int64[N + 1] of its links in `other`, `lag`
    other: NDArray[Any]  # int64[L] the task waited for
    lag: NDArray[Any]  # int64[L] least distance of starts
    is_sorted: bool  # nobody begins before one whom he waits for
    is_packed: bool
    need: NDArray[Any]  # uint64[N] of all resources, packed
    full: np.uint64  # all that there is, guards up
    guard: np.uint64
    need_first: NDArray[Any]  # int64[N + 1] of its resources in `need_of`, `need_many`
    need_of: NDArray[Any]
    need_many: NDArray[Any]
    horizon: int  # instants


class Network(NamedTuple):
    """Tasks by their places in an order of waiting."""

    early: Way
    late: Way  # the mirror: its task i is the other's N - 1 - i
    latest: NDArray[Any]  # int64[N] latest starts, by links alone
    load: NDArray[Any]  # float64[N] resources taken, in shares of what there is


class Room(NamedTuple):
    """What one thread writes to."""

    free: NDArray[Any]  # uint64[horizon]
    rows: NDArray[Any]  # int32[R, horizon]
    key: NDArray[Any]  # int64[N]
    order: NDArray[Any]
    moved: NDArray[Any]
    his: NDArray[Any]
    hers: NDArray[Any]
    is_used: NDArray[Any]  # bool[N]
    counted: NDArray[Any]
    busy: NDArray[Any]  # float64[horizon + 1]
    rank: NDArray[Any]  # int64[population]


class Population(NamedTuple):
    """Schedules: those that stay before, children behind."""

    start: NDArray[Any]  # int32[P, N]
    end: NDArray[Any]  # int64[P]
    mark: NDArray[Any]  # uint64[P]


class Whole(NamedTuple):
    """A problem in whole units of time, and its order of waiting."""

    problem: Problem
    task_at: NDArray[Any]  # int64[N] the problem's task at each place of the order
    duration: NDArray[Any]  # int64[N], by place, as all below
    release: NDArray[Any]
    link: NDArray[Any]  # int64[L, 2] places: waited for, waits
    lag: NDArray[Any]  # int64[L] of starts
    demand: NDArray[Any]  # int64[N, R]
    capacity: NDArray[Any]  # int64[R]
    unit: float  # of the caller's time in one of ours


def arrays_of(problem: Problem, baseline: NDArray[Any] | None = None) -> Whole:
    """The problem in whole numbers, in a unit for the baseline too. Raises ``ScheduleError`` with all that is wrong with it."""
    task_at = np.array(order_of(problem), np.int64)
    unit = whole_of(problem, baseline)
    place = np.empty_like(task_at)
    place[task_at] = np.arange(task_at.size)

    def counted(times: NDArray[Any]) -> NDArray[Any]:
        return np.round(times / unit).astype(np.int64)

    return Whole(
        problem=problem, task_at=task_at, duration=counted(problem.duration)[task_at], release=counted(problem.release)[task_at],
        link=place[problem.link[:, :2]], lag=counted(problem.start_lag), demand=problem.demand[task_at].astype(np.int64),
        capacity=problem.capacity.astype(np.int64), unit=unit,
    )  # fmt: skip


def longest(whole: Whole) -> int:
    """No schedule of serial generation ends later, forward or backward: one task after the other, each with its longest lag."""
    before, after = whole.link.T
    waits = np.zeros((2, whole.duration.size), np.int64)
    np.maximum.at(waits[0], after, whole.lag - whole.duration[before])
    np.maximum.at(waits[1], before, whole.lag - whole.duration[before])
    return int(whole.release.max(initial=0) + whole.duration.sum() + waits.max(axis=0).sum()) + 1


def network_of(whole: Whole, horizon: int) -> Network:
    """Both ways. ``horizon``: instants that there is room for."""
    before, after = whole.link.T
    tasks, late_lag = whole.duration.size, whole.lag + whole.duration[after] - whole.duration[before]
    mirror = tasks - 1
    early = _way(whole, whole.duration, whole.release, (before, after, whole.lag), whole.demand, horizon)
    late = _way(
        whole, whole.duration[::-1], np.zeros(tasks, np.int64), (mirror - after, mirror - before, late_lag), whole.demand[::-1], horizon,
    )  # fmt: skip
    share = whole.demand / np.maximum(whole.capacity, 1)
    return Network(early=early, late=late, latest=_latest(whole), load=share.sum(axis=1))


def _way(
    whole: Whole,
    duration: NDArray[Any],
    least: NDArray[Any],
    links: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
    demand: NDArray[Any],
    horizon: int,
) -> Way:
    other, task, lag = links
    by_task = np.argsort(task, kind="stable")
    first = np.searchsorted(task[by_task], np.arange(duration.size + 1))
    need, full, guard = _packed(demand, whole.capacity)
    of = np.argwhere(demand > 0)
    return Way(
        duration=np.ascontiguousarray(duration), least=np.ascontiguousarray(least), first=first, other=other[by_task].copy(),
        lag=lag[by_task].copy(), is_sorted=bool((lag >= 0).all()), is_packed=bool(guard), need=need, full=full, guard=guard,
        need_first=np.searchsorted(of[:, 0], np.arange(duration.size + 1)), need_of=of[:, 1].copy(),
        need_many=demand[of[:, 0], of[:, 1]].copy(), horizon=horizon,
    )  # fmt: skip


def _packed(demand: NDArray[Any], capacity: NDArray[Any]) -> tuple[NDArray[Any], np.uint64, np.uint64]:
    """Fields of just the bits that each capacity takes, and one above it as a guard; no guards where they don't fit into a word."""
    need, full, guards, at = [0] * len(demand), 0, 0, 0
    for of, much in enumerate(capacity.tolist()):
        for task, many in enumerate(demand[:, of].tolist()):
            need[task] |= many << at
        guard = 1 << (at + much.bit_length())
        full |= (much << at) | guard
        guards |= guard
        at += much.bit_length() + 1
    if at > WORD:
        return np.zeros(len(demand), np.uint64), np.uint64(0), np.uint64(0)
    return np.array(need, np.uint64), np.uint64(full), np.uint64(guards)


def _latest(whole: Whole) -> NDArray[Any]:
    """Latest starts, by links and releases alone, against the end that they allow."""
    early, latest = earliest(whole), np.empty(whole.duration.size, np.int64)
    latest[:] = int((early + whole.duration).max(initial=0)) - whole.duration
    for before, after, lag in _by_place(whole, reverse=True):
        latest[before] = min(latest[before], latest[after] - lag)
    return latest


def earliest(whole: Whole) -> NDArray[Any]:
    """Earliest starts, by links and releases alone."""
    early = whole.release.copy()
    for before, after, lag in _by_place(whole):
        early[after] = max(early[after], early[before] + lag)
    return early


def tails(whole: Whole) -> NDArray[Any]:
    """From the start of a task to the end of all, at least."""
    tail = whole.duration.copy()
    for before, after, lag in _by_place(whole, reverse=True):
        tail[before] = max(tail[before], tail[after] + lag)
    return tail


def _by_place(whole: Whole, *, reverse: bool = False) -> list[tuple[int, int, int]]:
    """Links in an order in which one can go along them, or back."""
    by = np.argsort(whole.link[:, 1], kind="stable") if not reverse else np.argsort(-whole.link[:, 0], kind="stable")
    return list(zip(*whole.link[by].T.tolist(), whole.lag[by].tolist(), strict=True))


def room_of(whole: Whole, network: Network, population: int) -> Room:
    """Room for one thread."""
    tasks, horizon = whole.duration.size, network.early.horizon
    rows = 0 if network.early.is_packed else horizon
    numbers = [np.zeros(tasks, np.int64) for _ in range(5)]
    key, order, moved, his, hers = numbers
    return Room(
        free=np.full(horizon if network.early.is_packed else 0, network.early.full, np.uint64),
        rows=np.repeat(whole.capacity[:, None], rows, axis=1), key=key, order=order, moved=moved.astype(np.int32), his=his,
        hers=hers, is_used=np.zeros(tasks, np.bool_), counted=np.zeros(3 * horizon + 2 * tasks + 5, np.int64),
        busy=np.zeros(horizon + 1), rank=np.zeros(population, np.int64),
    )  # fmt: skip


def population_of(whole: Whole, many: int) -> Population:
    """An empty one."""
    return Population(
        start=np.zeros((many, whole.duration.size), np.int32),
        end=np.zeros(many, np.int64),
        mark=np.zeros(many, np.uint64),
    )
