"""Intervals, beside scipy and beside what they promise."""

import math

import numpy as np
import pytest
from scipy import stats

from hostcity.studies import intervals
from hostcity.studies.intervals import quantile_interval, share_interval, t_half_width


@pytest.mark.parametrize("count", [2, 3, 5, 10, 30, 31])
def test_the_interval_is_that_of_student(count):
    values = np.random.default_rng(count).normal(3.0, 2.0, count)
    exact = stats.t.ppf(0.975, count - 1) * values.std(ddof=1) / math.sqrt(count)
    assert t_half_width(values) == pytest.approx(exact, rel=2e-4)


@pytest.mark.parametrize("count", [32, 40, 60, 100, 1_000])
def test_the_interval_of_many_runs_is_never_much_too_narrow(count):
    values = np.random.default_rng(count).normal(3.0, 2.0, count)
    exact = stats.t.ppf(0.975, count - 1) * values.std(ddof=1) / math.sqrt(count)
    assert exact * 0.999 < t_half_width(values) < exact * 1.005


def test_the_table_is_that_of_student():
    table = intervals._T_975
    assert table == tuple(round(float(stats.t.ppf(0.975, freedom)), 3) for freedom in range(1, len(table) + 1))


def test_too_few_values_have_no_interval():
    assert math.isnan(t_half_width(np.array([])))
    assert math.isnan(t_half_width(np.array([3.0])))
    assert t_half_width(np.array([3.0, 3.0])) == 0.0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("count", [1, 5, 6, 20, 36, 100, 333])
def test_order_statistics_are_those_that_scipy_bounds_the_quantile_with(share, count):
    """scipy's quantile test gives the same two order statistics, or none."""
    values = np.random.default_rng(count).permutation(count).astype(float)
    found = quantile_interval(values, share)
    exact = stats.quantile_test(values, p=share).confidence_interval(0.95)
    assert [found.low, found.high] == pytest.approx([exact.low, exact.high], nan_ok=True)


def test_nine_days_in_ten_have_an_upper_end_from_36_days_on():
    assert math.isnan(quantile_interval(np.arange(35.0), 0.9).high)
    assert quantile_interval(np.arange(36.0), 0.9).high == 35.0


def test_the_median_by_nearest_rank():
    assert quantile_interval(np.array([4.0, 1.0, 3.0, 2.0]), 0.5).value == 2.0
    assert quantile_interval(np.array([math.inf, 1.0, 3.0]), 0.5).value == 3.0
    assert math.isnan(quantile_interval(np.array([]), 0.5).value)


@pytest.mark.parametrize(("count", "of"), [(0, 1), (0, 10), (5, 10), (37, 100), (100, 100)])
def test_the_interval_of_a_share_is_that_of_wilson(count, of):
    exact = stats.binomtest(count, of).proportion_ci(method="wilson")
    found = share_interval(count, of)
    assert (found.value, found.low, found.high) == pytest.approx((count / of, exact.low, exact.high), abs=1e-12)
