"""Ranges of 95 %: all values that the counts do not refute, each end found by playing days there.

A value is refuted when the score of the counts, freed from the other parameters, lies farther from that of days played
with this value than days and counting explain. That is the test C(alpha) of [1]_ with its mean and spread simulated at the
value itself, where a standard error would take both from slopes at the fit: queues grow faster than any slope says. The
values that pass are a range of the wanted confidence, whatever the shape between (Neyman's construction [2]_). The spread
is the sum of one estimated from few days and of others that are known, so its degrees of freedom are Satterthwaite's [3]_.
No day has a part both in a score and in what it is compared with.

References
----------
.. [1] Neyman, "Optimal asymptotic tests of composite statistical hypotheses", 1959; Bera and Bilias, "Rao's score,
   Neyman's C(alpha) and Silvey's LM tests", Journal of Statistical Planning and Inference 97 (2001).
   doi 10.1016/S0378-3758(00)00343-8
.. [2] Neyman, "Outline of a theory of statistical estimation based on the classical theory of probability",
   Philosophical Transactions A 236 (1937). doi 10.1098/rsta.1937.0005
.. [3] Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics Bulletin 2 (1946).
   doi 10.2307/3002019
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.studies.calibration.days import Days, Places
from hostcity.studies.calibration.descent import STEP, Arrived, slope_runs
from hostcity.studies.calibration.estimate import SPREAD_OF_RANGE, Freed, freed
from hostcity.studies.calibration.moments import Moments
from hostcity.studies.calibration.search import MOST_TRIES, Search
from hostcity.studies.intervals import t_quantile

Floats = NDArray[np.float64]

MOST_LOOKED_AT = 2  # others whose slopes are played again at an end
LEAST_SHARED = 0.03  # of the information, from which on that is done


def most_played_for_ranges(parameters: int, runs: int) -> int:
    """Days that ranges take at most."""
    beside = min(MOST_LOOKED_AT, max(0, parameters - 1)) * slope_runs(runs)
    return runs + 2 * parameters * (MOST_TRIES * runs + beside)


@dataclass(kw_only=True, slots=True)
class _End:
    """One end of the range of one parameter."""

    number: int
    search: Search
    test: Freed | None = None  # as it is there


class Ranges:
    """Ranges of some parameters around a fit."""

    def __init__(self, days: Days, moments: Moments, arrived: Arrived, *, ratio: float, runs: range) -> None:
        """``ratio`` is the Birge ratio, by which the counts are farther from the fit than chance explains."""
        self._days, self._moments, self._arrived, self._ratio, self._runs = days, moments, arrived, ratio, runs
        self._few = runs[: slope_runs(len(runs))]

    def of(self, sd: Mapping[int, float]) -> dict[int, tuple[float, float]]:
        """Both ends on the scale for each of some parameters, of which the standard deviations are roughly known."""
        ends = [end for number, each in sd.items() for end in self._ends(number, each)]
        while pending := [each for each in ends if each.search.place is not None]:
            places = [self._beside(each) for each in pending]
            asides = [
                {} if each.test else self._asides(each.number, at) for each, at in zip(pending, places, strict=True)
            ]
            self._days.play([self._days.changes(at) for each in asides for at in each.values()], self._few)
            self._days.play([self._days.changes(at) for at in places], self._runs)
            for each, place, aside in zip(pending, places, asides, strict=True):
                each.test = each.test or self._freed_at(each.number, place, aside)
                each.search.tell(-each.search.side * self._pull(each.test, place))
        return {low.number: (low.search.end, high.search.end) for low, high in zip(ends[::2], ends[1::2], strict=True)}

    def _ends(self, number: int, sd: float) -> Iterator[_End]:
        """The lower and the upper one, each about to be searched for."""
        fit = self._arrived.final
        pull = self._pull(freed(self._arrived.here, number), fit)
        first = t_quantile(len(self._runs)) * sd
        for side in (-1, 1):
            search = Search(self._days.parameters[number], fit[number], side, refuted=-side * pull, first=first)
            yield _End(number=number, search=search)

    def _beside(self, end: _End) -> Places:
        """Where a parameter has the value that is to be tried, and the others those that then fit best."""
        fit, place = self._arrived.final, end.search.place or 0.0
        follow = freed(self._arrived.here, end.number).follow * (place - fit[end.number])
        near = [
            each.near(at + move) for each, at, move in zip(self._days.parameters, fit, follow.tolist(), strict=True)
        ]
        return (*near[: end.number], place, *near[end.number + 1 :])

    def _asides(self, number: int, place: Places) -> dict[int, Places]:
        """Places beside one, by those other parameters whose errors move the score of this one most."""
        known = np.diag(self._arrived.here.information) + 1 / SPREAD_OF_RANGE**2
        shared = self._arrived.here.information[number] ** 2 / known[number] / known
        shared[[number, *(at for at, each in enumerate(self._days.parameters) if each.is_whole)]] = 0.0
        most = [int(other) for other in np.argsort(-shared, kind="stable")[:MOST_LOOKED_AT]]
        return {
            other: (*place[:other], place[other] - math.copysign(STEP, place[other]), *place[other + 1 :])
            for other in most
            if shared[other] > LEAST_SHARED
        }

    def _freed_at(self, number: int, place: Places, asides: Mapping[int, Places]) -> Freed:
        """The score freed as the slopes of others are there: a queue may tell two figures apart here and not there."""
        here, falls = self._arrived.here, self._arrived.here.information.copy()
        for other, aside in asides.items():
            means = [self._expected(at, self._few).mean(axis=0) for at in (place, aside)]
            falls[:, other] = here.slopes.T @ here.weights @ (means[1] - means[0]) / (aside[other] - place[other])
        return freed(here, number, falls)

    def _expected(self, place: Places, runs: range) -> Floats:
        return self._moments.expected(self._days.runs(self._days.changes(place), runs))

    def _pull(self, of: Freed, place: Places) -> float:
        """The freed score by its critical value; positive where the counts want more. Beyond -1 and 1 is refuted."""
        runs = self._days.runs(self._days.changes(place), self._runs)
        score = (self._moments.observed - self._moments.expected(runs)) @ of.weights
        days = self._ratio * float(score.var(ddof=1)) * (1 + 1 / score.size)
        known = self._ratio * float(of.weights**2 @ self._moments.errors(runs)) + of.variance
        freedom = (score.size - 1) * ((days + known) / max(days, 1e-300)) ** 2
        critical = t_quantile(1 + int(min(freedom, 1e6)))
        return float(score.mean()) / (critical * math.sqrt(days + known))
