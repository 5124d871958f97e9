"""What the probability hangs on: tasks and risks by what a change of each truly does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.forecast.effects import Change, effects
from hostcity.engines.schedule.forecast.result import Execution
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTER = 0.3  # of a task's duration
SIFTED = 3  # times as many as are asked for are dispatched


@dataclass(frozen=True, kw_only=True, slots=True)
class Influence:
    """A task that took less, or a driver that never happened."""

    number: int
    gain: float  # of the probability that every need-by is kept
    earlier: float  # less lateness in the mean, in the caller's unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """The strongest first."""

    execution: Execution
    samples: int
    before: float  # the probability as the plan is
    shorter: float  # by which share of its duration each task was shortened
    tasks: tuple[Influence, ...]
    risks: tuple[Influence, ...]


def drivers(
    problem: Problem,
    k: int,
    *,
    execution: Execution,
    shorter: float = SHORTER,
    samples: int = 10_000,
    seed: int = 1,
    start: NDArray[Any] | None = None,
    threads: int | None = None,
) -> Ranking:
    """The ``k`` tasks and the ``k`` drivers on which the probability hangs most.

    Each task is shortened by itself, each driver left out by itself, all in the same samples: no index stands for the effect. By ``dispatch``
    only three times as many as are asked for are tried so, those that do most in the plan's order.

    Raises
    ------
    ScheduleError
        With everything that is wrong with the network.
    ValueError
        As `effects` does; for k below 1, a share that is not above 0 and at most 1.
    """
    if k < 1 or not 0 < shorter <= 1:
        raise ValueError(f"k is {k}, shorter {shorter:g}. Give 1 or more, and a share above 0 up to 1.")
    tasks = [Change(tasks=(task,), times=1.0 - shorter) for task in np.flatnonzero(problem.pessimistic > 0).tolist()]
    risks = [Change(without=risk) for risk in range(len(problem.drivers.probability))]
    if execution.startswith("dispatch"):
        by_order = effects(
            problem, (*tasks, *risks), execution="order", samples=samples, seed=seed, start=start, threads=threads
        )
        strongest = _ranked(by_order.gain, by_order.lateness_before - by_order.lateness)
        tasks, risks = (
            [every[at] for at in [each - low for each in strongest if low <= each < low + len(every)][: SIFTED * k]]
            for every, low in ((tasks, 0), (risks, len(tasks)))
        )
    found = effects(
        problem, (*tasks, *risks), execution=execution, samples=samples, seed=seed, start=start, threads=threads
    )
    gain, earlier = found.gain, found.lateness_before - found.lateness

    def best(low: int, high: int, number_of: list[int]) -> tuple[Influence, ...]:
        ranked = _ranked(gain[low:high], earlier[low:high])[:k]
        return tuple(
            Influence(number=number_of[at], gain=float(gain[low + at]), earlier=float(earlier[low + at]))
            for at in ranked
        )

    return Ranking(
        execution=execution, samples=found.samples, before=found.before, shorter=shorter,
        tasks=best(0, len(tasks), [change.tasks[0] for change in tasks]),
        risks=best(len(tasks), len(tasks) + len(risks), [change.without for change in risks]),
    )  # fmt: skip


def _ranked(gain: NDArray[Any], earlier: NDArray[Any]) -> list[int]:
    """The greatest gain first; where gains are equal what takes most lateness away."""
    order: list[int] = np.lexsort((np.arange(gain.size), -earlier, -gain)).tolist()
    return order
