"""Variants of a plan, played on the same days and compared with the plan as it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.check import problems_of
from hostcity.plan.json_form import plan_to_json
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError
from hostcity.studies.advice.asked import Goal
from hostcity.studies.advice.companions import Companion, lower_limits
from hostcity.studies.advice.days import Days
from hostcity.studies.advice.moves import Move, Package, changes_of_package
from hostcity.studies.intervals import LEAST_DIFFERING, is_told_from_0
from hostcity.studies.run_figures import figure_names
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import Work

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What a package does to a figure, beside another on the same runs: positive is better."""

    runs: int
    gain: float  # mean of the paired differences, in the figure's unit; inf or nan where somebody never gets in
    half_width: float  # of its 95 % interval (t); nan with one run or infinite values
    kept_share: float  # of the runs, with the package
    equal: int = 0  # runs on which the figure is exactly what it is beside

    @property
    def differing(self) -> int:
        """Runs on which the figure is not what it is beside."""
        return self.runs - self.equal

    @property
    def is_silent(self) -> bool:
        """Whether the figure differs on too few days to tell anything."""
        return self.differing < LEAST_DIFFERING

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0, and enough days are behind it."""
        return is_told_from_0(self.gain, self.half_width, self.differing)

    @property
    def helps(self) -> bool:
        """Whether it is clearly better."""
        return self.gain > 0 and self.is_clear

    @property
    def seems_better(self) -> bool:
        """Whether it looks better on the first few days of a search, which plays more of them before it says so."""
        is_rare = self.equal > 0 and self.is_silent
        return self.gain > 0 and (math.isinf(self.gain) or (self.gain > self.half_width and not is_rare))


class Trials:
    """Packages played on runs of one seed; nothing is played twice."""

    def __init__(self, plan: Plan, goal: Goal, moves: Mapping[str, Move], *, seed: int, pool: Pool) -> None:
        self._plan, self._moves, self._seed, self._pool = plan, moves, seed, pool
        self._at, self._sign = figure_names(plan).index(goal.name), 1.0 if goal.larger else -1.0
        self._json, self.limits = plan_to_json(plan), lower_limits(plan, goal)
        self._values: dict[tuple[str, ...], dict[int, Floats]] = {}  # the goal and the shares over lower limits
        self._kept: dict[tuple[str, ...], dict[int, bool]] = {}
        self.companion: Companion | None = None
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

    def play(self, packages: Iterable[Package], runs: Sequence[int], told: Callable[[], None] = lambda: None) -> None:
        """Play what of these runs has not been played yet."""
        works = {
            changes: Work(plan_json=self._json, seed=self._seed, changes=changes, asked=self.limits)
            for changes in dict.fromkeys(self.changes(each) for each in packages)
        }
        missing = (
            (work, run) for run in runs for changes, work in works.items() if run not in self._values.get(changes, ())
        )
        for (work, run), result in self._pool.play(missing):
            figures = np.array([result.figures[self._at], *result.counts[:, 0]])
            self._values.setdefault(work.changes, {})[run] = figures
            self._kept.setdefault(work.changes, {})[run] = result.kept and result.is_valid
            self.played += 1
            told()

    def values(self, package: Package, runs: Sequence[int]) -> Floats:
        """The goal on these runs."""
        goal: Floats = self._figures(package, runs)[0]
        return goal

    def shares(self, package: Package, runs: Sequence[int]) -> Floats:
        """Shares over the lower limits on these runs [limits, runs]."""
        shares: Floats = self._figures(package, runs)[1:]
        return shares

    def _figures(self, package: Package, runs: Sequence[int]) -> Floats:
        played = self._values[self.changes(package)]
        return np.stack([played[run] for run in runs], axis=1)

    def effect(self, package: Package, beside: Package, days: Days) -> Effect:
        """What a package does to the goal, beside another, on days that both have played."""
        return self._effect(package, beside, days, 0)

    def beside_goal(self, package: Package, beside: Package, days: Days) -> Effect | None:
        """What it does to the companion of the goal; None where the goal has none."""
        return self._effect(package, beside, days, 1 + self.companion.at) if self.companion else None

    def _effect(self, package: Package, beside: Package, days: Days, figure: int) -> Effect:
        a, b = (self._sign * self._figures(each, days.runs)[figure] for each in (beside, package))
        with np.errstate(invalid="ignore"):
            gains = np.where(a == b, 0.0, b - a)  # who never gets in under both: no difference
        gain, half_width = days.mean(gains)
        kept = self._kept[self.changes(package)]
        return Effect(
            runs=len(days.runs), gain=gain, half_width=half_width, equal=int((gains == 0).sum()),
            kept_share=sum(kept[run] for run in days.runs) / len(days.runs),
        )  # fmt: skip
