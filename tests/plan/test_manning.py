"""How many lanes a roster keeps open."""

import dataclasses

import pytest

from hostcity.plan import problems_of
from hostcity.plan.manning import Manned, cells_needed, manned_edges, manned_lanes, manned_most
from tests.manned import FULL, HOUR_S, manned

SEVEN, NOON, ONE, SIX = (hour * HOUR_S for hour in (7, 12, 13, 18))


def test_the_plan_is_good():
    assert problems_of(manned(*FULL)) == ()


def test_lanes_follow_the_people_of_all_posts_and_bands_that_overlap():
    assert manned_lanes(manned(*FULL)) == {
        "W-badge": (Manned(SEVEN, NOON, 3), Manned(NOON, ONE, 5), Manned(ONE, SIX, 2))
    }


def test_a_lane_without_all_its_people_stays_closed():
    assert manned_lanes(manned(("badge-1", "A", 3)))["W-badge"][0].lanes == 1


def test_who_serves_on_another_day_keeps_nothing_open():
    plan = manned(*FULL)
    later = plan.replace(shifts=tuple(dataclasses.replace(row, day="D2") for row in plan.shifts))
    assert {each.lanes for each in manned_lanes(later)["W-badge"]} == {0}


@pytest.mark.parametrize(
    ("at_s", "planned", "expected"),
    [(SEVEN, 3, 3), (SEVEN, 2, 2), (ONE, 3, 2), (ONE, 0, 0), (SIX, 3, 3), (SEVEN - 1, 3, 3)],
)
def test_no_more_lanes_than_planned_and_than_manned(at_s, planned, expected):
    assert manned_most(manned(*FULL), "W-badge", at_s, planned) == expected


def test_one_lane_is_always_opened_by_somebody():
    plan = manned(("pool", "A", 1))
    assert manned_most(plan, "W-badge", SEVEN, 3) == 1
    assert manned_most(plan, "W-security", SEVEN, 3) == 3  # nobody's post belongs to it


def test_a_plan_without_shifts_opens_as_planned():
    plan = manned()
    assert (manned_lanes(plan), manned_edges(plan, "W-badge"), manned_most(plan, "W-badge", SEVEN, 3)) == ({}, set(), 3)


def test_a_plan_of_another_date_opens_as_planned():
    plan = manned(*FULL)
    assert manned_lanes(plan.replace(edition=(dataclasses.replace(plan.day, date="2019-11-08"),))) == {}


def test_needs_of_other_days_are_none_of_today():
    assert cells_needed(manned()) == {("badge-1", "A"): 4, ("badge-1", "B"): 4, ("badge-2", "A"): 1, ("pool", "A"): 1}
