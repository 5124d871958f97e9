"""The figure that stands beside a goal which is nothing on most days."""

import dataclasses
import math

import numpy as np
import pytest
from examples.tiny.build import build_plan

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.studies.advice import goal_of
from hostcity.studies.advice.companions import PARTS, companion_of, lower_limits
from hostcity.studies.advice.ranking import does_help
from hostcity.studies.advice.trials import Effect
from hostcity.studies.counted import OVER, Asked, counted
from hostcity.studies.intervals import LEAST_DIFFERING
from hostcity.studies.promise import verdict_of

PLAN = build_plan(500)


@pytest.mark.parametrize(
    ("goal", "sheet", "code", "limit_s"),
    [
        ("promise.share_over_peak_limit", "", "", 1800.0), ("promise.turned_away", "", "", 1800.0),
        ("stations.food.share_over_600_s", "stations", "food", 600.0),
        ("stations.food.share_over_1800_s", "stations", "food", 1800.0),
    ],
)  # fmt: skip
def test_shares_over_parts_of_the_limit(goal, sheet, code, limit_s):
    limits = lower_limits(PLAN, goal_of(PLAN, goal))
    assert [(each.sheet, each.code) for each in limits] == [(sheet, code)] * len(PARTS)
    assert [each.limit_s for each in limits] == [part * limit_s for part in PARTS]


@pytest.mark.parametrize("goal", ["promise.peak_p99_s", "links.ramp.peak_per_m2", "max:day.mean_stay_s"])
def test_a_goal_that_is_no_share_needs_none(goal):
    assert lower_limits(PLAN, goal_of(PLAN, goal)) == ()


def test_the_nearest_that_says_something_on_half_of_the_days():
    limits = lower_limits(PLAN, goal_of(PLAN, "promise.share_over_peak_limit"))
    shares = np.array([[0, 0, 0, 0], [0, 0.1, 0, 0], [0, 0.2, 0.1, 0], [0.1, 0.3, 0.2, 0.1], [0.2, 0.4, 0.3, 0.2]])
    assert companion_of(limits, shares).limit_s == 450.0
    assert companion_of(limits, shares * [1, 0, 0, 0]).limit_s == 225.0  # the lowest says most
    assert companion_of(limits, shares * 0.0) is None  # nobody waits: nothing is to be told


def test_the_share_over_the_limit_itself_is_the_promise_s():
    day = rehearse_day(PLAN, seed=1)
    median_s = float(np.median(day.visitor_entry_s[~np.isnan(day.visitor_entry_s)]))
    strict = PLAN.replace(edition=(dataclasses.replace(PLAN.day, peak_wait_limit_s=median_s),))
    ((share, spread),) = counted(strict, day, [Asked(OVER, "", "", -math.inf, math.inf, median_s)])
    assert share == verdict_of(strict, day).share_over_peak_limit
    assert 0.3 < share < 0.7
    assert spread == 0.0


def effect(gain, half_width, *, runs=20, equal=0):
    return Effect(runs=runs, gain=gain, half_width=half_width, equal=equal, kept_share=1.0)


@pytest.mark.parametrize(("differing", "is_clear"), [(5, False), (6, True)])
def test_few_days_that_differ_tell_nothing_however_narrow_the_interval(differing, is_clear):
    assert LEAST_DIFFERING == 6
    assert effect(1.0, 0.5, equal=20 - differing).is_clear is is_clear
    assert effect(1.0, 0.5, runs=differing).is_clear is is_clear  # whether the other days are equal or are not there


def test_the_companion_decides_only_where_the_goal_cannot_tell():
    silent, clear, worse = effect(0.3, 0.6, equal=19), effect(1.0, 0.5), effect(-1.0, 0.5)
    assert does_help(silent, clear)
    assert not does_help(silent, worse)
    assert not does_help(worse, clear)  # clear harm to the goal
    assert does_help(clear, worse)
    assert not does_help(silent, None)
