"""How likely is it that all is ready in time?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from hostcity.engines.schedule.forecast.arrays import LONGEST, NEVER, Arrays, arrays_of, latest_starts, whole
from hostcity.engines.schedule.forecast.handing_over import earliest_of, with_hand_overs
from hostcity.engines.schedule.forecast.playing import plan_starts, play
from hostcity.engines.schedule.forecast.result import Bracket, Execution, Forecast, Goal
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLD = (0.1, 0.5, 0.9)  # quantiles of ends
FAST = 640  # samples that are dispatched in the fast mode


def forecast(
    problem: Problem,
    *,
    execution: Execution,
    samples: int = 10_000,
    seed: int = 1,
    start: NDArray[Any] | None = None,
    ends: bool = True,
    shares: Sequence[float] = TOLD,
    goals: Sequence[Goal] = (),
    threads: int | None = None,
) -> Forecast:
    """Play the plan many times with drawn durations, and count.

    Parameters
    ----------
    execution
        By which rule tasks get their teams: see `Forecast`.
    samples
        1 or more.
    start : float64[N]
        When tasks begin in the plan: the order in which hands are passed on and, by ``dispatch``, who is more urgent. None = as
        whoever can begins at likely durations, and who has the least latest start is more urgent.
    ends
        Whether quantiles of each task's end are wanted: by links alone they take two times as long again.
    shares
        Which quantiles, above 0 and at most 1.
    goals
        Of which it is told how late they are in each sample.
    threads
        None = as many as there are processors. The result is the same for any.

    Raises
    ------
    ScheduleError
        With everything that is wrong with the network.
    ValueError
        For an execution that there is not, no samples, a negative seed, starts that are no numbers of N tasks.

    Notes
    -----
    Durations are triangular between optimistic and pessimistic, times the factors of the drivers that happen. Each draw is a function of
    (seed, task or driver, sample): so plans that differ are compared in the same samples. Times are whole ticks of less than a thousandth
    of the unit, unless the plan is so long that 2^30 ticks would not hold it. O(samples · (N + L)), by ``dispatch`` times log N. The slow
    twin is in tests/naive/forecast.py.

    By ``dispatch`` a task that takes a team begins no sooner than all that it waits for has begun, even where a lead or a link to its end
    would let it: nobody knows before.

    References
    ----------
    .. [1] R. M. Van Slyke, "Monte Carlo methods and the PERT problem", Operations Research 11, 1963. doi 10.1287/opre.11.5.839
    .. [2] M. Vanhoucke, "Measuring Time", Springer, 2010, ch. 3 (criticality and sensitivity indexes).
    """
    refuse(problem, execution, samples, seed, start)
    _refuse_goals(problem, shares, goals)
    numbers = chosen(problem, execution, samples, seed=seed, start=start, threads=threads)
    return told(
        problem, execution, numbers, seed=seed, start=start, ends=ends, threads=threads, shares=shares, goals=goals
    )


def bracket(
    problem: Problem,
    *,
    samples: int = 10_000,
    seed: int = 1,
    start: NDArray[Any] | None = None,
    ends: bool = True,
    threads: int | None = None,
) -> Bracket:
    """The plan by all three rules, in the same samples. Parameters and errors as of `forecast`."""

    def by(execution: Execution) -> Forecast:
        return forecast(
            problem, execution=execution, samples=samples, seed=seed, start=start, ends=ends, threads=threads
        )

    return Bracket(unlimited=by("unlimited"), order=by("order"), dispatch=by("dispatch"))


def prepare(
    problem: Problem, execution: Execution, *, seed: int, start: NDArray[Any] | None = None, ticks: float | None = None
) -> Arrays:
    """The arrays that are played by a rule."""
    arrays = arrays_of(problem, seed=seed, ticks=ticks, rank=start, ranked=execution != "unlimited")
    if execution != "order" or arrays.teams.capacity.size == 0:
        return arrays
    begins = plan_starts(arrays) if start is None else whole(start[arrays.task_at], arrays.ticks).astype(np.int64)
    linked = with_hand_overs(arrays, begins, arrays.tasks.likely)
    chained = arrays_of(linked, seed=seed, ticks=arrays.ticks, ranked=False)
    return chained._replace(net=chained.net._replace(release=earliest_of(arrays, begins)[chained.task_at]))


def chosen(
    problem: Problem, execution: Execution, samples: int, *, seed: int, start: NDArray[Any] | None, threads: int | None
) -> NDArray[Any]:
    """The numbers of the samples that are played by a rule: all, or `FAST` evenly from early to late ones (systematic sampling)."""
    numbers = np.arange(samples)
    if execution != "dispatch_fast" or samples <= FAST:
        return numbers
    out = play(
        prepare(problem, "order", seed=seed, start=start), numbers, seed=seed, teams=False, ends=False, threads=threads
    )
    by = out.finish if np.isinf(problem.need_by).all() else out.late
    order = np.argsort(by, kind="stable")
    middles = (np.arange(FAST) * 2 + 1) * samples // (2 * FAST)
    return np.sort(order[middles])


def refuse(problem: Problem, execution: str, samples: int, seed: int, start: NDArray[Any] | None) -> None:
    """Raise ``ValueError`` for what no forecast can be made with."""
    faults = []
    if execution not in get_args(Execution):
        faults.append(f"there is no execution {execution!r}. Executions: {', '.join(get_args(Execution))}.")
    if samples < 1:
        faults.append(f"samples is {samples}. Give 1 or more.")
    if seed < 0:
        faults.append(f"seed is {seed}. Give 0 or more.")
    if start is not None and (start.shape != problem.duration.shape or not np.isfinite(start).all()):
        faults.append(f"start has shape {start.shape}. Give a number for each of {len(problem.duration)} tasks.")
    if faults:
        raise ValueError("\n".join(faults))


def _refuse_goals(problem: Problem, shares: Sequence[float], goals: Sequence[Goal]) -> None:
    """Raise ``ValueError`` for what cannot be told."""
    tasks = len(problem.duration)
    faults = [
        f"a quantile of {share:g} is asked for. Give shares above 0 up to 1." for share in shares if not 0 < share <= 1
    ]
    for at, goal in enumerate(goals):
        if not goal.tasks.size or goal.tasks.shape != goal.by.shape or not np.isfinite(goal.by).all():
            faults.append(
                f"goal {at} has {goal.tasks.size} tasks and {goal.by.size} times. Give a time for each, of one at least."
            )
        if ((goal.tasks < 0) | (goal.tasks >= tasks)).any():
            faults.append(f"goal {at} names a task that there is not. Tasks: 0-{tasks - 1}.")
    if faults:
        raise ValueError("\n".join(faults))


def urgency(problem: Problem) -> NDArray[Any]:
    """float64[N]: the latest start of each task with which need-bys and the earliest end of all are kept, at likely durations.

    Who has the least is the most urgent by ``dispatch``. Raises ``ScheduleError`` as `forecast` does.
    """
    arrays = prepare(problem, "dispatch", seed=0)
    found: NDArray[Any] = latest_starts(arrays.net, arrays.tasks.likely)[arrays.place] / arrays.ticks
    return found


def planned_starts(problem: Problem) -> NDArray[Any]:
    """float64[N]: when each task begins at likely durations when whoever can begins does: the order in which hands are passed on by ``order``.

    Raises ``ScheduleError`` as `forecast` does.
    """
    arrays = prepare(problem, "dispatch", seed=0)
    found: NDArray[Any] = plan_starts(arrays)[arrays.place] / arrays.ticks
    return found


def told(
    problem: Problem,
    execution: Execution,
    numbers: NDArray[Any],
    *,
    seed: int,
    start: NDArray[Any] | None,
    ends: bool,
    threads: int | None,
    ticks: float | None = None,
    shares: Sequence[float] = TOLD,
    goals: Sequence[Goal] = (),
) -> Forecast:
    """Of these samples, in the caller's unit and order of tasks."""
    played = prepare(problem, execution, seed=seed, start=start, ticks=ticks)
    out = play(
        played, numbers, seed=seed, teams=execution.startswith("dispatch"), ends=ends or bool(goals), threads=threads
    )
    place, samples = played.place, numbers.size
    has_need = np.isfinite(problem.need_by)
    finish = out.finish / played.ticks
    critical = out.critical[place] / samples
    late = np.array([_late(out.ends, place, goal, played.ticks) for goal in goals]).reshape(len(goals), samples)
    return Forecast(
        execution=execution, seed=seed, finish=finish,
        lateness=out.late / played.ticks if has_need.any() else np.full(samples, -np.inf),
        in_time=np.where(has_need, out.kept[place] / samples, np.nan),
        goals=late, ends=_quantiles(out.ends, place, shares, threads) / played.ticks if ends else None, criticality=critical,
        sensitivity=critical * deviations(problem) / (float(finish.std()) or 1.0),
    )  # fmt: skip


def _late(ends: NDArray[Any], place: NDArray[Any], goal: Goal, ticks: float) -> NDArray[Any]:
    """float64[S]: by how much a goal is missed."""
    by = np.floor(np.clip(goal.by * ticks + 0.5, -LONGEST, NEVER)).astype(np.int32)
    late = np.full(ends.shape[1], -NEVER, np.int32)
    for task, time in zip(place[goal.tasks].tolist(), by.tolist(), strict=True):
        np.maximum(late, ends[task] - time, out=late)
    return late / ticks


def _quantiles(ends: NDArray[Any], place: NDArray[Any], shares: Sequence[float], threads: int | None) -> NDArray[Any]:
    """int32[Q, N], by task: the least end with at least such a share of the samples up to it."""
    ranks = [max(0, int(np.ceil(share * ends.shape[1] - 1e-9)) - 1) for share in shares]
    step = ends.shape[0] // ((os.cpu_count() or 1) * 4) + 1
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        list(pool.map(lambda low: ends[low : low + step].sort(axis=1), range(0, ends.shape[0], step)))
    found: NDArray[Any] = ends[:, ranks][place].T
    return found


def deviations(problem: Problem) -> NDArray[Any]:
    """float64[N]: the standard deviation of each duration, drivers included, by theory."""
    mean, square = _moments(problem.optimistic, problem.duration, problem.pessimistic)
    drivers = problem.drivers
    theirs, squares = _moments(*drivers.factor.T)
    happens = drivers.probability
    risk, task = drivers.touches.T
    np.multiply.at(mean, task, (1 + happens * (theirs - 1))[risk])
    np.multiply.at(square, task, (1 + happens * (squares - 1))[risk])
    found: NDArray[Any] = np.sqrt(np.maximum(square - mean**2, 0.0))
    return found


def _moments(low: NDArray[Any], likely: NDArray[Any], high: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Mean, and mean of the square, of triangular distributions."""
    mean = (low + likely + high) / 3
    variance = ((low - likely) ** 2 + (likely - high) ** 2 + (high - low) ** 2) / 36
    return mean, variance + mean**2
