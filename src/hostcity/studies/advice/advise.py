"""Advice: which changes do most for a goal within a budget, found by playing them.

Method: sequential halving [1]_, [2]_ under common random numbers. All candidates are played on the same few days; the
worse half is dropped and the rest is played on twice as many, until few are left, which are played on as many as asked.
Changes of lanes that survive the first round are also tried for single hours. Then the best is extended: what is left of
the budget is searched in the same way for the change that adds most to it, as long as that is clearly something.

References
----------
.. [1] Karnin, Koren, Somekh, "Almost optimal exploration in multi-armed bandits", ICML 2013, section 3.
.. [2] Jamieson, Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016,
   arXiv 1502.07943.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hostcity.plan.plan import Plan
from hostcity.studies.advice.asked import Goal
from hostcity.studies.advice.moves import Move, Package, affordable, hourly, moves_of, uses_of_package
from hostcity.studies.advice.trials import Effect, Trials
from hostcity.studies.runs.local import players
from hostcity.studies.runs.pool import Pool

FIRST_RUNS = 3  # of every candidate
LEFT_AT_THE_END = 4  # candidates that are played on as many runs as asked
HOURLY_OF = 3  # best changes of lanes that are tried for single hours
MOST_STEPS = 4  # changes in one suggestion
NOTHING: Package = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """Changes that belong together, and what they do. Replay them: ``--set`` each of ``changes``."""

    package: Package
    changes: tuple[str, ...]
    uses: Mapping[str, float]
    effect: Effect  # beside the plan as it is


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A candidate that was dropped, with what was known of it then."""

    package: Package
    effect: Effect  # beside what it was to extend
    beside: Package


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What to do, the best first, and what was tried."""

    plan: Plan
    goal: Goal
    budget: Mapping[str, float]
    seed: int
    runs: int
    moves: Mapping[str, Move]
    base: float  # the goal's mean over the runs, as the plan is
    base_kept_share: float
    suggestions: tuple[Suggestion, ...]
    dropped: tuple[Tried, ...]
    impossible: tuple[Package, ...]  # the plan would have problems
    played: int  # days


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
        Days on which the suggestions are compared with the plan as it is, at least 2.
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
    with players(pool) as ours:
        return _Search(plan, goal, budget, seed, runs, ours, progress).advice()


class _Search:
    """The state of one search."""

    def __init__(
        self,
        plan: Plan,
        goal: Goal,
        budget: Mapping[str, float],
        seed: int,
        runs: int,
        pool: Pool,
        progress: Callable[[float], None] | None,
    ) -> None:
        self.plan, self.goal, self.budget, self.seed, self.runs = plan, goal, budget, seed, runs
        self.moves: dict[str, Move] = {each.code: each for each in moves_of(plan)}
        self.trials = Trials(plan, goal, self.moves, seed=seed, pool=pool)
        self.dropped: list[Tried] = []
        self.impossible: list[Package] = []
        self._progress, self._expected = progress, 1.0

    def advice(self) -> Advice:
        """Search, and say what was found."""
        final: dict[Package, None] = {}
        best = NOTHING
        for _ in range(MOST_STEPS):
            candidates = self._candidates(best)
            if not candidates:
                break
            left = self._halved(candidates, best, is_first=best == NOTHING)
            final |= dict.fromkeys(left)
            found = self._best(left, best)
            if found is None:
                break
            best = found
        self._play([NOTHING, *final], self.runs)
        values = self.trials.values(NOTHING, self.runs)
        ranked = self._ranked(list(final))
        if self._progress:
            self._progress(1.0)
        return Advice(
            plan=self.plan, goal=self.goal, budget=dict(self.budget), seed=self.seed, runs=self.runs, moves=self.moves,
            base=float(values.mean()) * (1.0 if self.goal.larger else -1.0),
            base_kept_share=self.trials.effect(NOTHING, NOTHING, self.runs).kept_share,
            suggestions=tuple(
                Suggestion(
                    package=each, changes=self.trials.changes(each), uses=uses_of_package(each, self.moves),
                    effect=self.trials.effect(each, NOTHING, self.runs),
                )
                for each in ranked
            ),
            dropped=tuple(self.dropped), impossible=tuple(self.impossible), played=self.trials.played,
        )  # fmt: skip

    def _ranked(self, packages: list[Package]) -> list[Package]:
        """The one that does most first; of two that cannot be told apart, the one that uses less of the budget."""
        packages.sort(key=lambda each: self._gain(each, NOTHING, self.runs))
        for _ in packages:
            for at in range(len(packages) - 1):
                first, second = packages[at : at + 2]
                is_told = self.trials.effect(first, second, self.runs).is_clear
                if not is_told and self._spent(second) < self._spent(first):
                    packages[at : at + 2] = second, first
        return packages

    def _spent(self, package: Package) -> float:
        """Shares of the budget, added up."""
        uses = uses_of_package(package, self.moves)
        return sum(max(0.0, uses.get(name, 0.0)) / amount for name, amount in self.budget.items() if amount)

    def _candidates(self, best: Package) -> list[Package]:
        """The package with one more move, taken as often as the budget lets it."""
        used = uses_of_package(best, self.moves)
        taken = {code for code, _ in best}
        groups = {self.moves[code].group for code in taken} - {""}
        found = []
        for code, move in list(self.moves.items()):
            if code in taken or move.group in groups or code in groups or "@" in code:
                continue
            left = affordable(move, self.budget, used)
            for count in move.counts(left) if left else ():
                found += self._possible([*best, (code, count)])
        return found

    def _possible(self, package: list[tuple[str, int]]) -> list[Package]:
        each = tuple(package)
        if self.trials.is_possible(each):
            return [each]
        self.impossible.append(each)
        return []

    def _halved(self, candidates: list[Package], beside: Package, *, is_first: bool) -> list[Package]:
        """The best of the candidates, each played on more days than those that were dropped."""
        left, runs = candidates, min(FIRST_RUNS, self.runs)
        self._expect(len(candidates), runs)
        while True:
            self._play([beside, *left], runs)
            left.sort(key=lambda each: self._gain(each, beside, runs))
            if is_first:
                hourly_ones = self._hourly(left)
                self._play(hourly_ones, runs)
                left = sorted([*left, *hourly_ones], key=lambda each: self._gain(each, beside, runs))
                is_first = False
            if len(left) <= LEFT_AT_THE_END and runs == self.runs:
                return left
            keep = max(LEFT_AT_THE_END, math.ceil(len(left) / 2))
            for each in left[keep:]:
                self.dropped.append(Tried(package=each, effect=self.trials.effect(each, beside, runs), beside=beside))
            left = left[:keep]
            runs = self.runs if len(left) <= LEFT_AT_THE_END else min(self.runs, 2 * runs)

    def _hourly(self, ranked: list[Package]) -> list[Package]:
        """The best changes of lanes, for single hours."""
        found: list[Package] = []
        changes = [each for each in ranked if self.moves[each[-1][0]].kind != "option"]
        for *before, (code, _) in changes[:HOURLY_OF]:
            for move in hourly(self.plan, self.moves[code]):
                self.moves[move.code] = move
                left = affordable(move, self.budget, uses_of_package(tuple(before), self.moves))
                for count in move.counts(left) if left else ():
                    found += self._possible([*before, (move.code, count)])
        return found

    def _gain(self, package: Package, beside: Package, runs: int) -> tuple[float, Package]:
        gain = self.trials.effect(package, beside, runs).gain
        return (math.inf if math.isnan(gain) else -gain, package)

    def _best(self, left: list[Package], beside: Package) -> Package | None:
        """The one that does most, when that is clearly something."""
        first = min(left, key=lambda each: self._gain(each, beside, self.runs))
        effect = self.trials.effect(first, beside, self.runs)
        return first if effect.gain > 0 and effect.is_clear else None

    def _expect(self, candidates: int, runs: int) -> None:
        """Days that a halving takes, for progress."""
        days, left = 0.0, candidates
        while left > LEFT_AT_THE_END:
            days, left, runs = days + left * runs, math.ceil(left / 2), runs * 2
        self._expected = self.trials.played + days + left * self.runs

    def _play(self, packages: list[Package], runs: int) -> None:
        def told() -> None:
            if self._progress:
                self._progress(min(0.99, self.trials.played / max(1.0, self._expected)))

        self.trials.play(packages, runs, told)
