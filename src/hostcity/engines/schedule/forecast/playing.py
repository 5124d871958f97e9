"""Samples in blocks, by threads side by side: only whole numbers are added up, so that threads change when it ends and never what it says."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from hostcity.engines.schedule.forecast._kernels.dispatching import play_once, play_teams
from hostcity.engines.schedule.forecast._kernels.passes import play_network
from hostcity.engines.schedule.forecast.arrays import Arrays, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Found = TypeVar("Found")
BLOCK = 128  # samples of a row: rows of some thousand tasks stay near the processor
NARROW = 16  # the same where a sample is played alone, column by column
PIECE = 512  # samples that a thread takes at a time


class Room(NamedTuple):
    """What one thread writes to."""

    share: NDArray[Any]  # float32[BLOCK]
    drawn: NDArray[Any]  # float32[BLOCK]
    factor: NDArray[Any]  # float32[M, BLOCK]
    duration: NDArray[Any]  # int32[N, BLOCK]
    end: NDArray[Any]  # int32[N, BLOCK]
    is_critical: NDArray[Any]  # bool[N, BLOCK]
    is_any: NDArray[Any]  # bool[N]


class Desk(NamedTuple):
    """Who dispatches one sample."""

    free: NDArray[Any]  # int32[R]
    line: NDArray[Any]  # int32[R] who stands first in the line of the team
    behind: NDArray[Any]  # int32[N] who stands behind
    passed: NDArray[Any]  # int32[R] the last who was tried in vain
    is_dirty: NDArray[Any]  # bool[R]
    dirty: NDArray[Any]  # int32[R] teams whose lines are to be gone through
    start: NDArray[Any]  # int32[N] earliest
    missing: NDArray[Any]  # int32[N] links not told yet
    known: NDArray[Any]  # int32[N]
    event: NDArray[Any]  # int64[2 N]
    long: NDArray[Any]  # int32[N] durations
    end: NDArray[Any]  # int32[N]
    order: NDArray[Any]  # int32[N] places in the order in which their ends became known
    is_critical: NDArray[Any]  # bool[N]


class Out(NamedTuple):
    """What is found. [ticks]"""

    finish: NDArray[Any]  # int32[S]
    late: NDArray[Any]  # int32[S] the greatest lateness against a need-by; of early ones negative
    kept: NDArray[Any]  # int64[N] in how many samples its need-by is kept
    critical: NDArray[Any]  # int64[N] in how many samples it is critical
    ends: NDArray[Any]  # int32[N, S], or nothing


def play(
    arrays: Arrays, samples: NDArray[Any], *, seed: int, teams: bool, ends: bool, threads: int | None = None
) -> Out:
    """Play samples by their numbers, by links alone or with ``teams``."""
    tasks, many = arrays.task_at.size, samples.size
    words = words_of(seed, samples)
    out = Out(
        np.empty(many, np.int32), np.empty(many, np.int32), np.zeros(tasks, np.int64), np.zeros(tasks, np.int64),
        np.empty((tasks, many if ends else 0), np.int32),
    )  # fmt: skip

    def some(low: int, high: int) -> Out:
        mine = out._replace(kept=np.zeros(tasks, np.int64), critical=np.zeros(tasks, np.int64))
        room = room_of(arrays, min(NARROW if teams else BLOCK, high - low))
        if teams:
            play_teams(
                arrays.net, arrays.teams, arrays.tasks, arrays.risks, words[low:high], low, room, desk_of(arrays), mine
            )
        else:
            play_network(arrays.net, arrays.tasks, arrays.risks, words[low:high], low, room, mine)
        return mine

    for mine in by_threads(some, many, threads):
        out.kept[:] += mine.kept
        out.critical[:] += mine.critical
    return out


def by_threads(some: Callable[[int, int], Found], many: int, threads: int | None) -> list[Found]:
    """What ``some(low, high)`` finds of all samples, piece by piece."""
    pieces = [(low, min(low + PIECE, many)) for low in range(0, many, PIECE)]
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        return list(pool.map(lambda piece: some(*piece), pieces))


def plan_starts(arrays: Arrays) -> NDArray[Any]:
    """int64[N] by place: when each task begins at likely durations when whoever can begins does. [ticks]"""
    desk = desk_of(arrays)
    desk.long[:] = arrays.tasks.likely
    play_once(arrays.net, arrays.teams, desk)
    found: NDArray[Any] = (desk.end - desk.long).astype(np.int64)
    return found


def room_of(arrays: Arrays, wide: int) -> Room:
    """For blocks of so many samples."""
    tasks = arrays.task_at.size
    return Room(
        np.empty(wide, np.float32), np.empty(wide, np.float32), np.empty((arrays.risks.probability.size, wide), np.float32),
        np.empty((tasks, wide), np.int32), np.empty((tasks, wide), np.int32), np.zeros((tasks, wide), np.bool_), np.zeros(tasks, np.bool_),
    )  # fmt: skip


def desk_of(arrays: Arrays) -> Desk:
    """For one sample at a time."""
    tasks, teams = arrays.task_at.size, arrays.teams.capacity.size

    def zeros(many: int) -> NDArray[Any]:
        return np.zeros(many, np.int32)

    return Desk(
        free=zeros(teams), line=zeros(teams), behind=zeros(tasks), passed=zeros(teams), is_dirty=np.zeros(teams, np.bool_),
        dirty=zeros(teams), start=zeros(tasks), missing=zeros(tasks), known=zeros(tasks), event=np.zeros(2 * tasks, np.int64),
        long=zeros(tasks), end=zeros(tasks), order=zeros(tasks), is_critical=np.zeros(tasks, np.bool_),
    )  # fmt: skip
