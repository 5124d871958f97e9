"""A plan mended after a disruption, so that few owners must be told of another time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hostcity.engines.schedule.check import Fault
from hostcity.engines.schedule.planning.mending import Mending, fewest_told, nearest
from hostcity.engines.schedule.planning.network import Whole, arrays_of
from hostcity.engines.schedule.planning.program import Effort
from hostcity.engines.schedule.planning.verify import verify
from hostcity.engines.schedule.problem import Problem, ScheduleError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 0.7  # of the time, to tell few; the rest is for moving little


class Notice(NamedTuple):
    """What an owner must be told: each task of theirs that moves, with the start that was and the one that is."""

    owner: int
    moves: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Repair:
    """A plan that can be kept again."""

    start: NDArray[Any] = field(repr=False)  # float64[N]
    finish: float  # of all
    notices: tuple[Notice, ...]  # by owner
    least_told: int  # with so early an end, and near tasks as they are, no fewer owners can be told: proved
    late: tuple[int, ...]  # tasks that end after they are needed
    is_timed: bool  # ended by the clock: another run may find another
    shifted: Repair | None = field(repr=False, default=None)  # the right-shift that it began from; None = it is that

    @property
    def told(self) -> int:
        """Owners told."""
        return len(self.notices)

    @property
    def proof(self) -> str:
        """``optimal`` when no fewer owners can be told, else ``bound``."""
        return "optimal" if self.told <= self.least_told else "bound"


def repair(
    problem: Problem,
    baseline: NDArray[Any],
    *,
    now: float,
    freeze: float = 0.0,
    seconds: float = 10.0,
    owner: NDArray[Any] | None = None,
    has_begun: NDArray[Any] | None = None,
    seed: int = 1,
    threads: int = 1,
    is_counted: bool = False,
) -> Repair:
    """Mend a plan so that all ends no later than when everything is pushed back in its order, and few owners are told of another time.

    Parameters
    ----------
    problem
        As it is now: with the durations, releases, teams and links that are known today.
    baseline : float64[N]
        The starts that everybody knows.
    now, freeze
        Nothing that has not begun begins before ``now``. Tasks that were to begin within ``freeze`` of it are near: they begin where
        pushing back puts them, at their time if it is possible at all.
    seconds
        For CP-SAT; 0 = everything is pushed back, no more.
    owner : int64[N]
        Who is told when a task moves; -1 = nobody has to be. None = the teams that it takes, each of them.
    has_begun : bool[N]
        What is at work or done: it stays where it was. None = what was to begin before ``now``.
    is_counted
        Seconds are counted by CP-SAT's work on one thread: the same result for the same seed.

    Raises
    ------
    ScheduleError
        With all that is wrong with the problem; for times that are not whole numbers; and when what has begun breaks a link or a team already, or
        cannot wait for what has not begun.
    ValueError
        For a baseline, owners or ``has_begun`` of another size.

    Notes
    -----
    Pushed back first: tasks in the order of the baseline, each as early as links and teams let it, never before its time (never fails).
    From there CP-SAT looks for starts with which fewer owners are told, then for small moves of those who are. Tasks may be earlier than before.
    """
    baseline, begun = np.asarray(baseline, np.float64), _begun(problem, baseline, now, has_begun, owner)
    whole = arrays_of(problem, baseline)
    mending = _mending_of(whole, baseline, begun, now, freeze, owner)
    pushed = mending.push_back()
    if faults := verify(problem, _in_time(whole, pushed)):
        raise ScheduleError(tuple(_told_of(fault, begun) for fault in faults))
    shifted = _told(mending, pushed, 0, is_timed=False)
    if seconds <= 0 or not shifted.told:
        return replace(shifted, least_told=0 if shifted.told else shifted.told)
    began_s = time.monotonic()
    found, least = fewest_told(mending, pushed, Effort(FEWEST * seconds, is_counted, threads, seed))
    left_s = (1 - FEWEST) * seconds if is_counted else max(0.1, began_s + seconds - time.monotonic())
    near = nearest(mending, found, Effort(left_s, is_counted, threads, seed))
    made = _told(mending, near, least, is_timed=not is_counted)
    return replace(made, shifted=shifted)


def _begun(
    problem: Problem, baseline: NDArray[Any], now: float, has_begun: NDArray[Any] | None, owner: NDArray[Any] | None
) -> NDArray[Any]:
    begun = baseline < now if has_begun is None else np.asarray(has_begun, np.bool_)
    for name, array in (("baseline", baseline), ("has_begun", begun), ("owner", baseline if owner is None else owner)):
        if array.shape != problem.duration.shape:
            raise ValueError(f"{name} has shape {array.shape}, not {problem.duration.shape}: give one for each task")
    return begun


def _mending_of(
    whole: Whole, baseline: NDArray[Any], begun: NDArray[Any], now: float, freeze: float, owner: NDArray[Any] | None
) -> Mending:
    """By place of the order, in whole units."""
    owns = whole.problem.demand > 0 if owner is None else _one_hot(np.asarray(owner, np.int64))
    return Mending(
        whole=whole, base=np.round(baseline / whole.unit).astype(np.int64)[whole.task_at], begun=begun[whole.task_at],
        near=(~begun & (baseline < now + freeze))[whole.task_at], now=int(np.ceil(now / whole.unit)), owns=owns[whole.task_at],
    )  # fmt: skip


def _one_hot(owner: NDArray[Any]) -> NDArray[Any]:
    owners = int(owner.max(initial=-1)) + 1
    hot: NDArray[Any] = owner[:, None] == np.arange(owners)
    return hot


def _told_of(fault: Fault, begun: NDArray[Any]) -> Fault:
    """The fault, and how to mend it when it is of what has begun."""
    if not begun[list(fault.tasks)].any():
        return fault
    tasks = ", ".join(str(task) for task in fault.tasks if begun[task])
    return replace(
        fault,
        code="schedule.begun",
        text=f"{fault.text} It has begun: {tasks}. Say what has begun, or make longer what goes on.",
    )


def _in_time(whole: Whole, start: NDArray[Any]) -> NDArray[Any]:
    begins = np.empty(start.size)
    begins[whole.task_at] = start * whole.unit
    return begins


def _told(mending: Mending, start: NDArray[Any], least: int, *, is_timed: bool) -> Repair:
    whole = mending.whole
    begins, was = _in_time(whole, start), _in_time(whole, mending.base)
    ends = begins + whole.problem.duration
    owns = np.empty_like(mending.owns)
    owns[whole.task_at] = mending.owns
    notices = []
    for owner in np.flatnonzero(owns[begins != was].any(axis=0)).tolist():
        tasks = np.flatnonzero((begins != was) & owns[:, owner]).tolist()
        notices.append(Notice(owner, tuple((task, float(was[task]), float(begins[task])) for task in tasks)))
    return Repair(
        start=begins, finish=float(ends.max(initial=0.0)), notices=tuple(notices), least_told=least,
        late=tuple(np.flatnonzero(ends > whole.problem.need_by).tolist()), is_timed=is_timed,
    )  # fmt: skip
