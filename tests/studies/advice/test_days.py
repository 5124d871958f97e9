"""Days of the search: more of the bad ones, weighed so that means are those of all days."""

import math

import numpy as np
import pytest

from hostcity.studies.advice.days import Days
from hostcity.studies.intervals import t_half_width


def test_days_alike_have_the_plain_mean_and_its_interval():
    values = np.array([3.0, 1.0, 4.0, 1.0, 5.0])
    assert Days.alike(range(5)).mean(values) == pytest.approx((values.mean(), t_half_width(values)), rel=1e-15)
    assert Days.alike(range(7, 12)).first(2).runs == (7, 8)


def test_two_bad_days_for_one_of_the_others():
    badness = [(0.0, each) for each in (5, 1, 9, 2, 8, 3, 7, 0, 6, 4, 0, 0)]
    days = Days.bad_first(range(20, 32), badness)
    assert days.runs == (22, 20, 24, 26, 21, 28)  # the worst four are 22, 24, 26, 28; both kinds in the order of runs
    assert days.strata == (0, 1, 0, 0, 1, 0)
    assert days.shares == pytest.approx((1 / 3, 2 / 3))


def test_the_goal_says_first_which_days_are_bad():
    days = Days.bad_first(range(6), [(0.0, 9.0), (1.0, 0.0), (0.0, 8.0), (0.0, 7.0), (0.0, 0.0), (0.0, 0.0)])
    assert days.runs == (0, 2, 1)


def test_a_mean_weighs_the_strata_by_their_shares():
    days = Days.bad_first(range(12), [(float(run < 4),) for run in range(12)])
    gains = np.array([6.0 if run < 4 else 0.0 for run in days.runs])
    assert days.mean(gains) == pytest.approx((2.0, 0.0))  # a third of all days gains 6
    gains = np.array([6.0, 1.0, 8.0, 10.0, 3.0, 4.0])
    mean, half_width = days.mean(gains)
    assert mean == pytest.approx(7.0 / 3 + 2.0 * 2 / 3)
    error = math.sqrt((1 / 3) ** 2 * np.var([6, 8, 10, 4], ddof=1) / 4 + (2 / 3) ** 2 * np.var([1, 3], ddof=1) / 2)
    assert half_width == pytest.approx(2.776 * error)  # 6 days, 2 means: 4 degrees of freedom


def test_a_mean_over_strata_is_without_bias():
    """Over many draws of the days within strata it is the mean of all days, which that of the played days is not."""
    generator = np.random.default_rng(7)
    values = np.array([float(run + 1) ** 2 if run < 8 else 0.0 for run in range(24)])
    means, plain = [], []
    for _ in range(4_000):
        shuffled = generator.permutation(values)
        days = Days.bad_first(range(24), [(each,) for each in shuffled]).first(6)
        played = shuffled[list(days.runs)]
        means.append(days.mean(played)[0])
        plain.append(played.mean())
    error = np.std(means) / math.sqrt(len(means))
    assert abs(np.mean(means) - values.mean()) < 4 * error
    assert np.mean(plain) > 1.5 * values.mean()


def test_what_cannot_be_said():
    days = Days.bad_first(range(12), [(float(run < 4),) for run in range(12)])
    assert math.isnan(days.first(3).mean(np.array([1.0, 2.0, 3.0]))[1])  # one day of a stratum has no spread
    assert days.first(1).mean(np.array([5.0]))[0] == 5.0
    assert all(math.isnan(each) for each in Days.alike(range(2)).mean(np.array([math.nan, math.nan])))
    mean, half_width = Days.alike(range(3)).mean(np.array([1.0, math.inf, math.nan]))
    assert (mean, math.isnan(half_width)) == (math.inf, True)
