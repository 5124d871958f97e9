"""Where effort does most for the probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.forecast.arrays import Arrays
from hostcity.engines.schedule.forecast.effects import Change, plans_of, refuse_changes, varied, with_durations
from hostcity.engines.schedule.forecast.forecast import chosen, prepare, refuse
from hostcity.engines.schedule.forecast.playing import play
from hostcity.engines.schedule.forecast.result import Execution
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """Something that can be done, and what it costs, in a unit of the caller's choice."""

    change: Change
    cost: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """What to do."""

    execution: Execution
    options: tuple[int, ...]  # by their numbers, in the order in which they were chosen
    cost: float
    before: float  # the probability that every need-by is kept
    after: float


def best_effort(
    problem: Problem,
    options: Sequence[Option],
    budget: float,
    *,
    execution: Execution,
    samples: int = 10_000,
    seed: int = 1,
    start: NDArray[Any] | None = None,
    threads: int | None = None,
) -> Effort:
    """Options within a budget that do most for the probability, chosen one by one, each with those before it in force.

    Raises
    ------
    ScheduleError
        With everything that is wrong with the network.
    ValueError
        As `effects` does; for a budget or costs below 0.

    Notes
    -----
    Greedy, three times: by probability per cost, by lateness per cost, by lateness alone; the best of them. Lateness shows the way where
    the probability is still near nothing. All options are tried anew after each choice, in the same samples. Options by ``dispatch`` are
    chosen in the plan's order, whose what-ifs cost a thousandth, and told by ``dispatch``. No bound is proved.
    """
    refuse(problem, execution, samples, seed, start)
    _refuse_costs(options, budget)
    refuse_changes(problem, [option.change for option in options])
    guided: Execution = "order" if execution.startswith("dispatch") else execution
    arrays = prepare(problem, guided, seed=seed, start=start)
    numbers = np.arange(samples)
    found = []
    for is_late, per_cost in ((False, True), (True, True), (True, False)):
        picked, kept = _greedy(arrays, options, budget, numbers, seed, threads, is_late, per_cost)
        found.append((-kept, sum(options[each].cost for each in picked), picked))
    _, cost, picked = min(found)
    before, after = _told(problem, [options[each].change for each in picked], execution, samples, seed, start, threads)
    return Effort(execution=execution, options=tuple(picked), cost=cost, before=before, after=after)


def _refuse_costs(options: Sequence[Option], budget: float) -> None:
    """Raise ``ValueError`` for what cannot be paid with."""
    faults = [
        f"option {at} costs {option.cost:g}. Give 0 or more."
        for at, option in enumerate(options)
        if not 0 <= option.cost < np.inf
    ]
    if not budget >= 0:
        faults.append(f"the budget is {budget:g}. Give 0 or more.")
    if faults:
        raise ValueError("\n".join(faults))


def _greedy(
    arrays: Arrays, options: Sequence[Option], budget: float, numbers: NDArray[Any], seed: int, threads: int | None, is_late: bool, per_cost: bool
) -> tuple[list[int], int]:  # fmt: skip
    """One choice after the other; in how many samples all is kept then."""
    picked: list[int] = []
    left, best = budget, 0
    while True:
        open_ = [at for at, option in enumerate(options) if at not in picked and option.cost <= left]
        plans = plans_of(arrays, [options[at].change for at in open_])
        kept, over = varied(arrays, plans, numbers, seed, threads)
        best = int(kept[-1])
        gains = np.stack([kept[:-1] - kept[-1], over[-1] - over[:-1]], axis=1).astype(np.float64)
        if per_cost:
            gains /= np.maximum([options[at].cost for at in open_], 1e-9)[:, None]
        first, second = (gains[:, 1], gains[:, 0]) if is_late else (gains[:, 0], gains[:, 1])
        at = int(np.lexsort((second, first))[-1]) if open_ else -1
        if at < 0 or gains[at].max() <= 0:
            return picked, best
        picked.append(open_[at])
        left -= options[open_[at]].cost
        arrays = arrays._replace(tasks=with_durations(arrays.tasks, plans, at))


def _told(
    problem: Problem, changes: list[Change], execution: Execution, samples: int, seed: int, start: NDArray[Any] | None, threads: int | None
) -> tuple[float, float]:  # fmt: skip
    """The probability before and after, by the rule that is asked for."""
    arrays = prepare(problem, execution, seed=seed, start=start)
    numbers = chosen(problem, execution, samples, seed=seed, start=start, threads=threads)

    def kept(arrays: Arrays) -> float:
        out = play(arrays, numbers, seed=seed, teams=execution.startswith("dispatch"), ends=False, threads=threads)
        return float((out.late <= 0).mean())

    before = kept(arrays)
    for change in changes:
        arrays = arrays._replace(tasks=with_durations(arrays.tasks, plans_of(arrays, [change]), 0))
    return before, kept(arrays)
