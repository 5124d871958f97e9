"""What a forecast says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: By which rule tasks get their teams: a probability without it misleads.
Execution = Literal["unlimited", "order", "dispatch", "dispatch_fast"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Goal:
    """Tasks that are wanted together: all of them by a time of each."""

    tasks: NDArray[Any]  # int64[], one at least
    by: NDArray[Any]  # float64[] as many


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecast:
    """Ends of ``N`` tasks in ``S`` samples, in the caller's unit of working time.

    ``unlimited`` counts nobody's hands. ``order``: hands go from task to task as in the plan, and wait for it. ``dispatch``: whoever can
    begin does, the most urgent first. ``dispatch_fast``: the same of a part of the samples, spread evenly over early and late ones.
    """

    execution: Execution
    seed: int
    finish: NDArray[Any]  # float64[S] of all tasks
    lateness: NDArray[
        Any
    ]  # float64[S] the greatest of any task against its need-by, negative when all are early; -inf: nothing is needed by a time
    in_time: NDArray[Any]  # float64[N] the probability that a task ends by its need-by; nan where it has none
    ends: NDArray[Any] | None  # float64[3, N] the 10, 50 and 90 % quantiles of each end, or those that were asked for
    criticality: NDArray[
        Any
    ]  # float64[N] in which share of samples the end of all waited for it: by links without room; by ``dispatch`` also for its hands
    goals: NDArray[
        Any
    ]  # float64[G, S] how late each goal is: the greatest lateness of its tasks; nothing where none were given
    sensitivity: NDArray[
        Any
    ]  # float64[N] schedule sensitivity index: criticality times its deviation, in deviations of the end of all

    @property
    def samples(self) -> int:
        """How many were played by this rule."""
        return int(self.finish.size)

    @property
    def probability(self) -> float:
        """That every need-by is kept."""
        return float((self.lateness <= 0).mean())

    @property
    def goal_chance(self) -> NDArray[Any]:
        """float64[G]: the probability of each goal."""
        found: NDArray[Any] = (self.goals <= 0).mean(axis=1)
        return found

    @property
    def standard_error(self) -> float:
        """Of ``probability``, by chance of the samples alone. Above the truth for ``dispatch_fast``, whose samples are spread evenly."""
        return math.sqrt(self.probability * (1 - self.probability) / self.samples)

    def by(self, time: float) -> float:
        """The probability that all has ended by a time."""
        return float((self.finish <= time).mean())

    def quantile(self, share: float) -> float:
        """The least time by which all has ended in such a share of the samples."""
        return float(np.quantile(self.finish, share, method="inverted_cdf"))


@dataclass(frozen=True, kw_only=True, eq=False)
class Bracket:
    """One plan by all rules, in the same samples. The truth depends on how teams are led: it is told as a span."""

    unlimited: Forecast
    order: Forecast
    dispatch: Forecast

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest probability of the rules that count hands."""
        both = (self.order.probability, self.dispatch.probability)
        return min(both), max(both)
