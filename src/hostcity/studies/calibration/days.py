"""Days that a calibration plays, each once, and what was counted on them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.json_form import plan_to_json
from hostcity.plan.plan import Plan
from hostcity.studies.calibration.parameters import Parameter, without_fitted
from hostcity.studies.counted import Asked
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import Work

Floats = NDArray[np.float64]
Places = tuple[float, ...]  # one on each parameter's scale
Changes = tuple[str, ...]  # overrides


class Tally:
    """How many days are played, of about how many."""

    def __init__(self, progress: Callable[[float], None] | None) -> None:
        self.played, self.expected = 0, 1.0
        self._progress = progress

    def add_day(self) -> None:
        """One more."""
        self.played += 1
        self.tell(min(0.99, self.played / self.expected))

    def tell(self, share: float) -> None:
        """Say how much is done."""
        if self._progress:
            self._progress(share)


class Days:
    """Played days of a plan on which parameters have one value each, while all else that is uncertain varies."""

    def __init__(
        self, plan: Plan, asked: tuple[Asked, ...], parameters: tuple[Parameter, ...], seed: int, pool: Pool, tally: Tally
    ) -> None:  # fmt: skip
        self.parameters, self.tally = parameters, tally
        self._work = Work(plan_json=plan_to_json(without_fitted(plan, parameters)), seed=seed, asked=asked)
        self._pool = pool
        self._played: dict[Changes, dict[int, Floats]] = {}

    def changes(self, places: Places) -> Changes:
        """Overrides for a place; what is as in the plan is not changed."""
        found = []
        for parameter, place in zip(self.parameters, places, strict=True):
            value = parameter.of_scale(place)
            if not math.isclose(value, parameter.begins, rel_tol=1e-9):
                found.append(parameter.change(value))
        return tuple(found)

    def play(self, changes: Iterable[Changes], runs: range) -> None:
        """Play what of some runs has not been played yet."""
        works = {
            each: Work(plan_json=self._work.plan_json, seed=self._work.seed, changes=each, asked=self._work.asked)
            for each in changes
        }
        missing = ((work, run) for run in runs for each, work in works.items() if run not in self._played.get(each, ()))
        for (work, run), result in self._pool.play(missing):
            self._played.setdefault(work.changes, {})[run] = result.counts
            self.tally.add_day()

    def runs(self, changes: Changes, runs: range) -> Floats:
        """Values and spreads of the counts in some runs, float64[R, C, 2]."""
        self.play([changes], runs)
        return np.array([self._played[changes][run] for run in runs])
