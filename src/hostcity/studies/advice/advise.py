"""Advice: which changes do most for a goal within a budget, found by playing them.

Method: sequential halving [1]_, [2]_ under common random numbers [3]_. All candidates are played on the same few days; the
worst are dropped and the rest is played on twice as many, until few are left. Of lanes that are moved a few are tried
first; more of the best, and the best for single hours, join them after the first round. Then the best is extended: what is left of
the budget is searched in the same way for the change that adds most to it, as long as that is clearly something.

What is left is judged on fresh days that the search has not seen: the best of many, judged by the days that chose it,
looks better than it is.

A goal that is nothing on most days, such as a share over a limit that is seldom passed, has a companion (`companions`),
and the search plays more of the bad days (`days`).

References
----------
.. [1] Karnin, Koren, Somekh, "Almost optimal exploration in multi-armed bandits", ICML 2013, section 3.
.. [2] Jamieson, Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016,
   arXiv 1502.07943.
.. [3] Law, "Simulation Modeling and Analysis", 5th ed., 2015, sections 10.2 (paired intervals) and 11.2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from hostcity.plan.plan import Plan
from hostcity.studies.advice.asked import Goal
from hostcity.studies.advice.days import Days
from hostcity.studies.advice.found import NOTHING, Advice, Suggestion
from hostcity.studies.advice.moves import Move, Package, moves_of, uses_of_package
from hostcity.studies.advice.ranking import best_first
from hostcity.studies.advice.search import Search
from hostcity.studies.advice.trials import Trials
from hostcity.studies.runs.local import players
from hostcity.studies.runs.pool import Pool


def advise(
    plan: Plan,
    *,
    goal: Goal,
    budget: Mapping[str, float],
    seed: int = 1,
    runs: int = 20,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> Advice:
    """Search the changes that the plan allows, within a budget, for those that do most for a goal.

    Parameters
    ----------
    plan
        A plan without problems; its sheet options lists what may be changed beside the lanes of checks.
    budget
        Amounts by resource. A resource that is not named may not be used.
    runs
        Days on which the suggestions are compared with the plan as it is, at least 2: runs 0 to ``runs`` - 1 of the seed.
        The search plays others.
    pool
        Who plays; two processes of this machine, if nobody is named. A pool that is given is left open.
    progress
        Called with the share of the work that is done, estimated.

    Raises
    ------
    ValueError
        When ``runs`` is less than 2.
    PoolError
        When days cannot be played.
    """
    if runs < 2:
        raise ValueError(f"{runs} runs are too few to tell an effect from chance; play at least 2")
    moves: dict[str, Move] = {each.code: each for each in moves_of(plan)}
    told = _Told(progress)
    with players(pool) as ours:
        trials = Trials(plan, goal, moves, seed=seed, pool=ours)
        search = Search(plan, budget, moves, trials, runs, told)
        final = search.finalists()
        search.play([NOTHING, *final], range(runs))
    told(1.0)
    days, companion = Days.alike(range(runs)), trials.companion

    def spent(package: Package) -> float:
        """Shares of the budget, added up."""
        uses = uses_of_package(package, moves)
        return sum(max(0.0, uses.get(name, 0.0)) / amount for name, amount in budget.items() if amount)

    base = trials.values(NOTHING, days.runs)
    return Advice(
        plan=plan, goal=goal, budget=dict(budget), seed=seed, runs=runs, moves=moves, companion=companion,
        base=float(base.mean()), base_runs=int((base != 0).sum()),
        base_companion=float(trials.shares(NOTHING, days.runs)[companion.at].mean()) if companion else math.nan,
        base_kept_share=trials.effect(NOTHING, NOTHING, days).kept_share,
        suggestions=tuple(
            Suggestion(
                package=each, changes=trials.changes(each), uses=uses_of_package(each, moves),
                effect=trials.effect(each, NOTHING, days), companion=trials.beside_goal(each, NOTHING, days),
            )
            for each in best_first(trials, final, NOTHING, days, spent)
        ),
        dropped=tuple(search.dropped), impossible=tuple(search.impossible), played=trials.played,
    )  # fmt: skip


class _Told:
    """Progress that never goes back, though what there is to do is estimated anew with each step."""

    def __init__(self, progress: Callable[[float], None] | None) -> None:
        self._progress, self._most = progress, 0.0

    def __call__(self, share: float) -> None:
        self._most = max(self._most, share)
        if self._progress:
            self._progress(self._most)
