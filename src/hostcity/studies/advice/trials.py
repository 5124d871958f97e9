"""Variants of a plan, played on the same days and compared with the plan as it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.check import problems_of
from hostcity.plan.json_form import plan_to_json
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError
from hostcity.studies.advice.asked import Goal
from hostcity.studies.advice.moves import Move, Package, changes_of_package
from hostcity.studies.intervals import t_half_width
from hostcity.studies.run_figures import figure_names
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What a package does to the goal, beside another on the same runs: positive is better."""

    runs: int
    gain: float  # mean of the paired differences, in the goal's unit; inf or nan where somebody never gets in
    half_width: float  # of its 95 % interval (t); nan with one run or infinite values
    kept_share: float  # of the runs, with the package

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return abs(self.gain) > self.half_width or math.isinf(self.gain)


class Trials:
    """Packages played on runs 0, 1, 2 ... of one seed; nothing is played twice."""

    def __init__(self, plan: Plan, goal: Goal, moves: Mapping[str, Move], *, seed: int, pool: Pool) -> None:
        self._plan, self._moves, self._seed, self._pool = plan, moves, seed, pool
        self._at, self._sign = figure_names(plan).index(goal.name), 1.0 if goal.larger else -1.0
        self._json = plan_to_json(plan)
        self._values: dict[tuple[str, ...], dict[int, float]] = {}  # by changes and run: the goal, larger is better
        self._kept: dict[tuple[str, ...], dict[int, bool]] = {}
        self.played = 0

    def changes(self, package: Package) -> tuple[str, ...]:
        """Overrides that carry it out."""
        return changes_of_package(package, self._moves)

    def is_possible(self, package: Package) -> bool:
        """Whether the plan has no problems with it."""
        try:
            return not problems_of(apply_overrides(self._plan, self.changes(package)))
        except PlanError:
            return False

    def play(self, packages: Iterable[Package], runs: int, told: Callable[[], None] = lambda: None) -> None:
        """Play what of runs 0 to ``runs`` - 1 has not been played yet."""
        works = {
            changes: Work(plan_json=self._json, seed=self._seed, changes=changes)
            for changes in dict.fromkeys(self.changes(each) for each in packages)
        }
        missing = (
            (work, run)
            for run in range(runs)
            for changes, work in works.items()
            if run not in self._values.get(changes, ())
        )
        for (work, run), result in self._pool.play(missing):
            self._values.setdefault(work.changes, {})[run] = self._sign * float(result.figures[self._at])
            self._kept.setdefault(work.changes, {})[run] = result.kept and result.is_valid
            self.played += 1
            told()

    def values(self, package: Package, runs: int) -> NDArray[np.float64]:
        """The goal on runs 0 to ``runs`` - 1, larger is better."""
        played = self._values[self.changes(package)]
        return np.array([played[run] for run in range(runs)])

    def effect(self, package: Package, beside: Package, runs: int) -> Effect:
        """What a package does, beside another, on runs that both have played."""
        a, b = self.values(beside, runs), self.values(package, runs)
        with np.errstate(invalid="ignore"):
            gains = np.where(a == b, 0.0, b - a)  # who never gets in under both: no difference
        gains = gains[~np.isnan(gains)]
        kept = self._kept[self.changes(package)]
        return Effect(
            runs=runs, gain=float(gains.mean()) if gains.size else math.nan, half_width=t_half_width(gains),
            kept_share=sum(kept[run] for run in range(runs)) / runs,
        )  # fmt: skip
