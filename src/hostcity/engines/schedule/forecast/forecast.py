"""How likely is it that all is ready in time?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from hostcity.engines.schedule.forecast.arrays import Arrays, arrays_of, whole
from hostcity.engines.schedule.forecast.handing_over import with_hand_overs
from hostcity.engines.schedule.forecast.playing import Out, plan_starts, play
from hostcity.engines.schedule.forecast.result import Bracket, Execution, Forecast
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
        Whether quantiles of each task's end are wanted: they take as long again.
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
    _refuse(problem, execution, samples, seed, start)
    played = prepare(problem, execution, seed=seed, start=start)
    numbers = np.arange(samples)
    if execution == "dispatch_fast" and samples > FAST:
        numbers = spread(problem, seed, start, numbers, threads)
    out = play(played, numbers, seed=seed, teams=execution.startswith("dispatch"), ends=ends, threads=threads)
    return _told(problem, played, out, execution, seed)


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
    arrays = arrays_of(problem, seed=seed, ticks=ticks, rank=start)
    if execution != "order" or arrays.teams.capacity.size == 0:
        return arrays
    begins = plan_starts(arrays) if start is None else whole(start[arrays.task_at], arrays.ticks).astype(np.int64)
    linked = with_hand_overs(arrays, begins, arrays.tasks.likely)
    return arrays_of(linked, seed=seed, ticks=arrays.ticks, rank=start)


def spread(
    problem: Problem, seed: int, start: NDArray[Any] | None, numbers: NDArray[Any], threads: int | None
) -> NDArray[Any]:
    """`FAST` samples, evenly from those that are early in the plan's order to those that are late (systematic sampling)."""
    out = play(
        prepare(problem, "order", seed=seed, start=start), numbers, seed=seed, teams=False, ends=False, threads=threads
    )
    by = out.finish if np.isinf(problem.need_by).all() else out.late
    order = np.argsort(by, kind="stable")
    middles = (np.arange(FAST) * 2 + 1) * numbers.size // (2 * FAST)
    return np.sort(numbers[order[middles]])


def _refuse(problem: Problem, execution: str, samples: int, seed: int, start: NDArray[Any] | None) -> None:
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


def _told(problem: Problem, played: Arrays, out: Out, execution: Execution, seed: int) -> Forecast:
    """In the caller's unit and order of tasks."""
    place, samples = played.place, out.finish.size
    has_need = np.isfinite(problem.need_by)
    finish = out.finish / played.ticks
    critical = None if execution.startswith("dispatch") else out.critical[place] / samples
    return Forecast(
        execution=execution, seed=seed, finish=finish,
        lateness=out.late / played.ticks if has_need.any() else np.full(samples, -np.inf),
        in_time=np.where(has_need, out.kept[place] / samples, np.nan),
        ends=_quantiles(out.ends, place) / played.ticks if out.ends.size else None,
        criticality=critical,
        sensitivity=None if critical is None else critical * deviations(problem) / (float(finish.std()) or 1.0),
    )  # fmt: skip


def _quantiles(ends: NDArray[Any], place: NDArray[Any]) -> NDArray[Any]:
    """int32[3, N], by task: the least end with at least such a share of the samples up to it."""
    ranks = [int(np.ceil(share * ends.shape[1] - 1e-9)) - 1 for share in TOLD]
    found: NDArray[Any] = np.sort(ends, axis=1)[place][:, ranks].T
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
