"""What is known of counts: how far chance and counting put them from what is played."""

import dataclasses

import numpy as np
import pytest

from hostcity.studies.calibration.counts import Count, Counts
from hostcity.studies.calibration.moments import BESIDE_WAIT_S, Moments
from hostcity.studies.counted import ENTRIES, WAIT, Asked

HOUR_S = 3600.0
PASSED = Count(line=2, asked=Asked(ENTRIES, "gates", "W", 9 * HOUR_S, 9.25 * HOUR_S), value=200.0, sd=None, n=1)
WAITED = Count(line=3, asked=Asked(WAIT, "stations", "W", 9 * HOUR_S, 9.25 * HOUR_S), value=60.0, sd=None, n=4)
RUNS = np.array([[[200.0, 0.0], [60.0, 20.0]], [[220.0, 0.0], [80.0, 30.0]]])


def moments(*counts):
    return Moments(Counts(name="counts.csv", sha256="0" * 64, counts=counts, gaps=0))


def test_errors_of_counting():
    """A clicker's 3 %; four timed waits that differ by 20 and 30 s on two days, stopped and told to the second."""
    clicked, timed = moments(PASSED, WAITED).errors(RUNS)
    assert clicked == pytest.approx((0.03 * 210) ** 2 + 0.25)
    assert timed == pytest.approx(((20**2 + 30**2) / 2 / 4 + 1 / 4 + 1 / 12) / (70 + BESIDE_WAIT_S) ** 2)


def test_an_error_that_is_given_is_taken_and_one_of_rounding_added():
    given = dataclasses.replace(WAITED, sd=5.0, step=60.0)
    clicked, timed = moments(dataclasses.replace(PASSED, sd=7.0), given).errors(RUNS)
    assert clicked == pytest.approx(7**2 + 0.25)
    assert timed == pytest.approx((5**2 + 60**2 / 12) / (70 + BESIDE_WAIT_S) ** 2)


def test_the_mean_of_a_few_timed_waits_is_expected_where_it_lies():
    """Of the logarithm of a mean of four exponential waits, beside that of all."""
    waits_s = np.random.default_rng(1).exponential(60.0, (200_000, 4)).mean(axis=1)
    (expected,) = moments(WAITED).expected(np.array([[[60.0, 60.0]]]))[0]
    told = np.log(waits_s + BESIDE_WAIT_S)
    plain = np.log(60.0 + BESIDE_WAIT_S)
    assert abs(expected - told.mean()) < 0.25 * abs(plain - told.mean())
