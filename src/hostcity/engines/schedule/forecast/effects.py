"""What changes of a plan do to its probability, all in the same samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hostcity.engines.schedule.forecast._kernels.varying import play_plans
from hostcity.engines.schedule.forecast.arrays import NEVER, Arrays, Tasks, small, words_of
from hostcity.engines.schedule.forecast.forecast import chosen, prepare, refuse
from hostcity.engines.schedule.forecast.playing import BLOCK, by_threads, play, room_of
from hostcity.engines.schedule.forecast.result import Execution
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change of a plan: durations ``times`` what they are, and ``plus`` a time; or a driver that never happens."""

    tasks: tuple[int, ...] = ()
    times: float = 1.0
    plus: float = 0.0  # in the caller's unit; below 0 no duration gets
    without: int = -1  # driver; -1 = all may happen


@dataclass(frozen=True, kw_only=True, eq=False)
class Effects:
    """``V`` changes, each by itself."""

    execution: Execution
    samples: int
    before: float  # the probability that every need-by is kept
    after: NDArray[Any]  # float64[V] the same with each change
    lateness_before: float  # in the mean, 0 where all is kept, in the caller's unit
    lateness: NDArray[Any]  # float64[V] the same with each change

    @property
    def gain(self) -> NDArray[Any]:
        """float64[V]: what each change does to the probability."""
        gained: NDArray[Any] = self.after - self.before
        return gained


class Plans(NamedTuple):
    """Plans that differ from one: ``E`` durations of ``V`` plans."""

    first: NDArray[Any]  # int32[V + 1] of its durations in `place`, `tasks`
    place: NDArray[Any]  # int32[E]
    tasks: Tasks  # of E


class Spare(NamedTuple):
    """What one thread writes to for a plan that differs."""

    duration: NDArray[Any]  # int32[N, BLOCK]
    end: NDArray[Any]  # int32[N, BLOCK]
    entry: NDArray[Any]  # int32[N] which of the plans' durations is the task's; -1 = it has none of its own
    is_due: NDArray[Any]  # bool[N]
    is_changed: NDArray[Any]  # bool[N]
    needed: NDArray[Any]  # int32[] places with a need-by
    late: NDArray[Any]  # int32[BLOCK]


def effects(
    problem: Problem,
    changes: Sequence[Change],
    *,
    execution: Execution,
    samples: int = 10_000,
    seed: int = 1,
    start: NDArray[Any] | None = None,
    threads: int | None = None,
) -> Effects:
    """What each change by itself does to the probability that every need-by is kept.

    Parameters other than ``changes`` are as of `forecast`.

    Raises
    ------
    ScheduleError
        With everything that is wrong with the network.
    ValueError
        For what `forecast` refuses, no need-by at all, tasks and drivers that there are not, durations below 0.

    Notes
    -----
    By links alone only what a change moves is played anew, block by block: all tasks of a plan of 2,000 take some times as long as the plan. By
    ``dispatch`` every change is a forecast of its own. In the plan's ``order`` hands are passed on as before: nobody replans because of a change.
    """
    refuse(problem, execution, samples, seed, start)
    refuse_changes(problem, changes)
    arrays = prepare(problem, execution, seed=seed, start=start)
    plans = plans_of(arrays, changes)
    numbers = chosen(problem, execution, samples, seed=seed, start=start, threads=threads)
    if execution.startswith("dispatch"):
        kept, over = _dispatched(arrays, plans, numbers, seed, threads)
    else:
        kept, over = varied(arrays, plans, numbers, seed, threads)
    chance, late = kept / numbers.size, over / (numbers.size * arrays.ticks)
    return Effects(
        execution=execution, samples=numbers.size, before=float(chance[-1]), after=chance[:-1], lateness_before=float(late[-1]), lateness=late[:-1]
    )  # fmt: skip


def changed(problem: Problem, changes: Sequence[Change]) -> Problem:
    """The problem with changes made, all of them, one after the other.

    Raises ``ValueError`` as `effects` does. A time that is added to a task with drivers is stretched by them here.
    """
    refuse_changes(problem, changes)
    estimates = {name: getattr(problem, name).astype(np.float64) for name in ("optimistic", "duration", "pessimistic")}
    chances = problem.drivers.probability.astype(np.float64)
    for change in changes:
        for values in estimates.values():
            values[list(change.tasks)] = np.maximum(values[list(change.tasks)] * change.times + change.plus, 0.0)
        if change.without >= 0:
            chances[change.without] = 0.0
    return replace(problem, **estimates, drivers=replace(problem.drivers, probability=chances))


def refuse_changes(problem: Problem, changes: Sequence[Change]) -> None:
    """Raise ``ValueError`` with everything that cannot be changed so."""
    tasks, risks = len(problem.duration), len(problem.drivers.probability)
    faults = (
        [] if np.isfinite(problem.need_by).any() else ["no task has a need_by: give one to what must be ready in time."]
    )
    for at, change in enumerate(changes):
        faults += [
            f"change {at} names task {task}. Tasks: 0-{tasks - 1}." for task in change.tasks if not 0 <= task < tasks
        ]
        if len(set(change.tasks)) < len(change.tasks):
            faults.append(f"change {at} names a task more than once. Name it once.")
        if not (0 <= change.times < np.inf and np.isfinite(change.plus)):
            faults.append(
                f"change {at} makes durations times {change.times:g} plus {change.plus:g}. Give numbers, the first 0 or more."
            )
        if not -1 <= change.without < risks:
            faults.append(f"change {at} is without driver {change.without}. Drivers: 0-{risks - 1}.")
    if faults:
        raise ValueError("\n".join(faults))


def plans_of(arrays: Arrays, changes: Sequence[Change]) -> Plans:
    """Each task that a change names, and each that its driver touches, has a duration of its own in the change's plan."""
    touches = arrays.problem.drivers.touches
    touched = [_touched(touches, change) for change in changes]
    first = np.cumsum([0, *map(len, touched)])
    named = [
        (arrays.place[task], change.times, change.plus * arrays.ticks, change.without) if task in set(change.tasks) else (arrays.place[task], 1.0, 0.0, change.without)
        for change, tasks in zip(changes, touched, strict=True) for task in tasks
    ]  # fmt: skip
    place, times, plus, without = np.array(named, np.float64).reshape(-1, 4).T
    return Plans(small(first), small(place), _changed_tasks(arrays.tasks, small(place), times, plus, without))


def _touched(touches: NDArray[Any], change: Change) -> list[int]:
    theirs = touches[touches[:, 0] == change.without, 1].tolist() if change.without >= 0 else []
    return sorted({*change.tasks, *theirs})


def _changed_tasks(
    tasks: Tasks, place: NDArray[Any], times: NDArray[Any], plus: NDArray[Any], without: NDArray[Any]
) -> Tasks:
    """Durations of their own."""
    size = times.astype(np.float32)
    counts = np.diff(tasks.risk_first)[place]
    whose = np.repeat(np.arange(place.size), counts)
    at = (
        np.arange(whose.size)
        - np.repeat(np.cumsum(counts) - counts, counts)
        + np.repeat(tasks.risk_first[place], counts)
    )
    risk = tasks.risk_of[at]
    stays = risk != without[whose]
    first = np.searchsorted(whose[stays], np.arange(place.size + 1))
    return Tasks(
        key=tasks.key[place], likely=small(np.floor(tasks.likely[place] * times + 0.5)), low=tasks.low[place] * size, high=tasks.high[place] * size,
        split=tasks.split[place], rise=tasks.rise[place] * size * size, fall=tasks.fall[place] * size * size,
        risk_first=small(first), risk_of=risk[stays], plus=tasks.plus[place] + small(np.floor(plus + 0.5)),
    )  # fmt: skip


def varied(
    arrays: Arrays, plans: Plans, numbers: NDArray[Any], seed: int, threads: int | None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """By links alone: in how many samples all is kept, and by how much not; the plan as it is comes last."""
    words, many = words_of(seed, numbers), plans.first.size

    def some(low: int, high: int) -> NDArray[Any]:
        room = room_of(arrays, min(BLOCK, high - low))
        found = np.zeros((2, many), np.int64)
        play_plans(
            arrays.net,
            arrays.tasks,
            arrays.risks,
            plans,
            words[low:high],
            room,
            spare_of(arrays, room.share.size),
            *found,
        )
        return found

    kept, over = np.sum(by_threads(some, numbers.size, threads), axis=0)
    return kept, over


def spare_of(arrays: Arrays, wide: int) -> Spare:
    """For blocks of so many samples."""
    tasks = arrays.task_at.size
    return Spare(
        duration=np.empty((tasks, wide), np.int32), end=np.empty((tasks, wide), np.int32), entry=np.full(tasks, -1, np.int32),
        is_due=np.zeros(tasks, np.bool_), is_changed=np.zeros(tasks, np.bool_), needed=small(np.flatnonzero(arrays.net.need != NEVER)),
        late=np.empty(wide, np.int32),
    )  # fmt: skip


def _dispatched(
    arrays: Arrays, plans: Plans, numbers: NDArray[Any], seed: int, threads: int | None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """By teams: the same, each plan anew."""
    found = []
    for v in (*range(plans.first.size - 1), -1):
        mine = arrays if v < 0 else arrays._replace(tasks=with_durations(arrays.tasks, plans, v))
        late = play(mine, numbers, seed=seed, teams=True, ends=False, threads=threads).late
        found.append(((late <= 0).sum(), np.maximum(late, 0).sum(dtype=np.int64)))
    kept, over = np.array(found, np.int64).T
    return kept, over


def with_durations(tasks: Tasks, plans: Plans, v: int) -> Tasks:
    """All tasks of plan ``v``."""
    low, high = plans.first[v], plans.first[v + 1]
    place = plans.place[low:high]
    own = {name: getattr(tasks, name).copy() for name in ("likely", "low", "high", "split", "rise", "fall", "plus")}
    for name, values in own.items():
        values[place] = getattr(plans.tasks, name)[low:high]
    risks = np.split(tasks.risk_of, tasks.risk_first[1:-1])
    for e in range(low, high):
        risks[plans.place[e]] = plans.tasks.risk_of[plans.tasks.risk_first[e] : plans.tasks.risk_first[e + 1]]
    first = small(np.cumsum([0, *map(len, risks)]))
    return tasks._replace(**own, risk_first=first, risk_of=small(np.concatenate(risks)))
