"""One plan beside another, in the same samples."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hostcity.engines.schedule.forecast.arrays import ticks_of
from hostcity.engines.schedule.forecast.effects import Change, effects
from hostcity.engines.schedule.forecast.forecast import chosen, refuse, told
from hostcity.engines.schedule.forecast.result import Execution, Forecast
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, eq=False)
class WhatIf:
    """Two plans in the same samples."""

    before: Forecast
    after: Forecast

    @property
    def gain(self) -> float:
        """What the change does to the probability that every need-by is kept."""
        return self.after.probability - self.before.probability

    @property
    def standard_error(self) -> float:
        """Of the gain: only samples count in which one is kept and the other is not."""
        differs = (self.after.lateness <= 0).astype(float) - (self.before.lateness <= 0)
        return float(differs.std()) / math.sqrt(differs.size)


def what_if(
    problem: Problem,
    other: Problem,
    *,
    execution: Execution,
    samples: int = 10_000,
    seed: int = 1,
    start: NDArray[Any] | None = None,
    ends: bool = True,
    threads: int | None = None,
) -> WhatIf:
    """The plan, and another with the same tasks and drivers by their numbers: other durations, links, teams, whatever.

    By ``order`` hands are passed on anew in the other plan, unless ``start`` says how. Parameters and errors as of `forecast`; ``ValueError`` too when
    the other has another number of tasks.
    """
    for each in (problem, other):
        refuse(each, execution, samples, seed, start)
    if len(problem.duration) != len(other.duration):
        raise ValueError(
            f"the other plan has {len(other.duration)} tasks, not {len(problem.duration)}. Let tasks that fall away take no time."
        )
    ticks = min(ticks_of(problem), ticks_of(other))
    numbers = chosen(problem, execution, samples, seed=seed, start=start, threads=threads)

    def of(plan: Problem) -> Forecast:
        return told(plan, execution, numbers, seed=seed, start=start, ends=ends, threads=threads, ticks=ticks)

    return WhatIf(before=of(problem), after=of(other))


def price_slips(
    problem: Problem,
    task: int,
    slips: Sequence[float],
    *,
    execution: Execution,
    samples: int = 10_000,
    seed: int = 1,
    start: NDArray[Any] | None = None,
    threads: int | None = None,
) -> NDArray[Any]:
    """float64[]: how much of the probability each slip of a task costs, in the caller's unit of time. Errors as of `effects`."""
    changes = [Change(tasks=(task,), plus=slip) for slip in slips]
    found = effects(problem, changes, execution=execution, samples=samples, seed=seed, start=start, threads=threads)
    return -found.gain
