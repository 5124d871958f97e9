"""What is compared: counts and their errors, on a scale on which days differ about alike.

Waits are compared as logarithms of so much more: a long wait differs more from day to day than a short one, and grows
faster with what causes it. Measured on the tiny fair: waits as they are, their roots and these logarithms know equally much
of a service time, within 4 %.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from hostcity.studies.calibration.counts import Counts
from hostcity.studies.counted import WAIT

Floats = NDArray[np.float64]

BESIDE_WAIT_S = 30.0
#: Errors of counting where the file gives none: clickers miss a few in a hundred, a watch is stopped to the second.
CLICKER_SHARE = 0.03
LEAST_PERSONS = 1.0
STOPPED_S, READ_PERSONS = 1.0, 0.5  # no single wait, and no count of persons, is better known


class Moments:
    """Counts of a file, and the same of played days, as they are compared.

    Shapes: ``R`` runs, ``C`` counts; runs are float64[R, C, 2], value and spread of each count.
    """

    def __init__(self, counts: Counts) -> None:
        self.asked = tuple(each.asked for each in counts.counts)
        self._is_wait = np.array([each.asked.what == WAIT for each in counts.counts], bool)
        self._given = np.array([math.nan if each.sd is None else each.sd**2 for each in counts.counts])
        self._timed = np.array([each.n for each in counts.counts])
        self._rounding = np.array(
            [each.step**2 / 12 for each in counts.counts]
        )  # Sheppard 1898, doi 10.1112/plms/s1-29.1.353
        self.observed = self._scaled(np.array([each.value for each in counts.counts]))

    def expected(self, runs: Floats) -> Floats:
        """What would be counted in runs, float64[R, C].

        The logarithm of a mean of few timed waits is lower on average than that of the mean of all, by half its variance.
        """
        waits = np.maximum(runs[:, :, 0], 0.0) + BESIDE_WAIT_S
        less = np.where(self._is_wait, self._timing_variance(runs[:, :, 1] ** 2) / waits**2 / 2, 0.0)
        expected: Floats = self._scaled(runs[:, :, 0]) - less
        return expected

    def errors(self, runs: Floats) -> Floats:
        """Variance of counting, float64[C]: as given, else the usual one; of logarithms by the delta method."""
        # Of what is played, not of what was counted: else counts that are low by chance would weigh more than high ones.
        played = runs[:, :, 0].mean(axis=0)
        clicked = np.where(
            np.isnan(self._given), np.maximum(LEAST_PERSONS, CLICKER_SHARE * played) ** 2, self._given
        ) + READ_PERSONS**2  # fmt: skip
        timed = self._timing_variance((runs[:, :, 1] ** 2).mean(axis=0) + STOPPED_S**2) + self._rounding
        per_unit = np.where(self._is_wait, 1 / (played + BESIDE_WAIT_S), 1.0)
        errors: Floats = np.where(self._is_wait, timed, clicked) * per_unit**2
        return errors

    def misfit(self, runs: Floats, weights: Floats) -> float:
        """The weighted square of the gap between what was counted and the mean of runs."""
        gap = self.observed - self.expected(runs).mean(axis=0)
        return float(gap @ weights @ gap)

    def _timing_variance(self, single: Floats) -> Floats:
        """Variance of the timed waits' mean, float64[..., C], from that of single waits; as given where it is. [s2]"""
        variance: Floats = np.where(np.isnan(self._given), single / self._timed, self._given)
        return variance

    def _scaled(self, values: Floats) -> Floats:
        scaled: Floats = np.where(self._is_wait, np.log(np.maximum(values, 0.0) + BESIDE_WAIT_S), values)
        return scaled
