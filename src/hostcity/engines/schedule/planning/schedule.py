"""Schedules under teams of limited size, with a bound on how much earlier any could end."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.planning.bounds import bound_of
from hostcity.engines.schedule.planning.network import Whole, arrays_of
from hostcity.engines.schedule.planning.program import Effort, prove
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROOF, FEW = (0.2, 0.5), 50  # of the seconds, for CP-SAT: of plans of many tasks, and of few, of which it proves most


@dataclass(frozen=True, kw_only=True, eq=False)
class Schedule:
    """When each of ``N`` tasks begins, in the problem's unit."""

    start: NDArray[Any] = field(repr=False)  # float64[N]
    finish: float  # of all
    bound: float  # no schedule ends earlier: proved
    bound_by: str  # links; teams: the work of one, between what comes before and after; program: CP-SAT
    late: tuple[int, ...]  # tasks that end after they are needed
    made: int  # schedules tried
    is_timed: bool  # ended by the clock: another run may find another

    @property
    def proof(self) -> str:
        """``optimal`` when no schedule ends earlier, else ``bound``: then an earlier end is neither known nor excluded."""
        return "optimal" if self.finish <= self.bound else "bound"

    @property
    def gap(self) -> float:
        """By how much of the bound all ends later than that; 0 when optimal."""
        return self.finish / self.bound - 1.0 if self.bound > 0 else 0.0


def schedule(
    problem: Problem,
    *,
    seconds: float | None = None,
    schedules: int | None = None,
    seed: int = 1,
    threads: int = 1,
    proof_s: float | None = None,
) -> Schedule:
    """Begin each task so that links, releases and teams are kept and all ends early.

    Parameters
    ----------
    seconds
        Time by the clock, once compiled code is loaded; the result then depends on the machine. A first population is made in any case.
    schedules
        Instead of it: how many schedules are tried, about. The same seed gives the same bits, whatever the threads.
    threads
        At most so many at once; counted, more than `ISLANDS` have nothing to do.
    proof_s
        Time that CP-SAT, begun from the best schedule, has for a better bound, or a better schedule; it is spared when all ends at the bound
        already. None = a fifth of ``seconds``, half of it for 50 tasks or fewer; of ``schedules`` none. With ``schedules`` these are seconds as CP-SAT counts its work.

    Raises
    ------
    ScheduleError
        With all that is wrong with the problem; and for times that are not whole numbers.
    ValueError
        Unless one of ``seconds`` and ``schedules`` is given, and both above 0.

    Notes
    -----
    What is made early is the end of all; tasks that end after their ``need_by`` are told (`late`), no more. A genetic algorithm [1]_: schedules
    by serial generation, justified to both sides; children take the busiest window of one parent, or the order between two cuts, and
    some tasks are moved; when nothing better is found a population is begun anew, some about the best. Teams are packed into one number
    for each instant where they fit (`network.Way`). The slow twin is tests/naive/planning.py. One schedule is O(N + L + time looked at).

    References
    ----------
    .. [1] V. Valls, F. Ballestín, S. Quintanilla, "A hybrid genetic algorithm for the resource-constrained project scheduling problem", EJOR 185
       (2008). doi 10.1016/j.ejor.2006.12.033
    """
    given = seconds if seconds is not None else schedules
    if (seconds is None) == (schedules is None) or given is None or not given > 0 or threads < 1:
        raise ValueError(
            f"seconds={seconds}, schedules={schedules}, threads={threads}. Give seconds or schedules, above 0, and a thread at least."
        )
    whole = arrays_of(problem)
    began_s = _ready_s()
    bound, by = bound_of(whole)
    if proof_s is None:
        proof_s = PROOF[whole.duration.size <= FEW] * seconds if seconds is not None else 0.0
    until_s = None if seconds is None else began_s + seconds - min(proof_s, seconds)
    start, made = _search(whole, bound, seed, threads, schedules, until_s)
    finish = int((start + whole.duration).max(initial=0))
    if finish > bound and proof_s > 0:
        left_s = proof_s if seconds is None else max(0.05, began_s + seconds - time.monotonic())
        # One worker of CP-SAT proves in less time than two of them do: half the time, or less, on small public instances.
        start, proved = prove(whole, start, bound, Effort(left_s, seconds is None, 1, seed))
        bound, by = (proved, "program") if proved > bound else (bound, by)
    return _told(whole, start, bound, by, made=made, is_timed=seconds is not None and finish > bound)


def _ready_s() -> float:
    """When compiled code is there: the first search of a process loads it, and the first of a machine compiles for half a minute."""
    from hostcity.engines.schedule.planning.islands import warm

    warm()
    return time.monotonic()


def _search(
    whole: Whole, bound: int, seed: int, threads: int, schedules: int | None, until_s: float | None
) -> tuple[NDArray[Any], int]:
    from hostcity.engines.schedule.planning.islands import search

    return search(whole, bound, seed=seed, threads=threads, schedules=schedules, until_s=until_s)


def _told(whole: Whole, start: NDArray[Any], bound: int, by: str, *, made: int, is_timed: bool) -> Schedule:
    begins = np.empty(start.size)
    begins[whole.task_at] = start * whole.unit
    ends = begins + whole.problem.duration
    return Schedule(
        start=begins, finish=float(ends.max(initial=0.0)), bound=bound * whole.unit, bound_by=by,
        late=tuple(np.flatnonzero(ends > whole.problem.need_by).tolist()), made=made, is_timed=is_timed,
    )  # fmt: skip
