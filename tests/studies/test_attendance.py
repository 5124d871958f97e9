"""Who comes on a drawn day, and where those who stand by go."""

import dataclasses

import numpy as np
import pytest

from hostcity.plan.rows import Certificate, PostClass, Skill, Uncertainty, Zone
from hostcity.studies.attendance import lacking, luck, with_those_who_come
from hostcity.studies.drawn import ROSTER, drawn_plan
from tests.fairs import small_fair
from tests.manned import FULL, manned


def come(plan, run=0):
    return with_those_who_come(plan, seed=1, run=run)[0]


def test_everybody_who_is_sure_comes():
    plan = manned(("badge-1", "A", 4), attends=1.0)
    assert with_those_who_come(plan, seed=1, run=0) == (plan, 0.0)


def test_a_plan_without_shifts_on_its_day_is_as_it_is():
    plan = small_fair()
    assert with_those_who_come(plan, seed=1, run=0) == (plan, None)
    assert drawn_plan(plan, seed=1, run=0) == (plan, ())


def test_as_many_stay_away_as_their_probability_says():
    plan = manned(("badge-1", "A", 40), attends=0.7)
    away = [with_those_who_come(plan, seed=1, run=run)[1] for run in range(100)]
    assert abs(np.mean(away) - 0.3) < 4 * np.sqrt(0.3 * 0.7 / 4000)


def test_luck_is_of_the_person_not_of_the_roster():
    plan = manned(*FULL, attends=0.5)
    whole = {shift.volunteer for shift in come(plan).shifts}
    assert {shift.volunteer for shift in come(plan.replace(shifts=plan.shifts[3:])).shifts} == whole & {
        shift.volunteer for shift in plan.shifts[3:]
    }
    assert 0 <= luck(1, 0, plan.shifts[0]) < 1 != luck(1, 1, plan.shifts[0])


def test_a_run_says_how_many_stayed_away():
    plan = manned(("badge-1", "A", 4), attends=0.5)
    drawn, (what,) = drawn_plan(plan, seed=1, run=0)
    assert (what.uncertainty, what.value) == (ROSTER, 1 - len(drawn.shifts) / 4)


SHORT = (("badge-1", "A", 3), ("badge-2", "A", 0), ("pool", "A", 1))


def test_who_stands_by_goes_where_the_largest_share_is_missing():
    plan = come(manned(*SHORT, attends=1.0))
    assert [shift.post for shift in plan.shifts if shift.volunteer == "V3"] == ["badge-2"]
    assert lacking(plan) == {("badge-1", "A"): 1, ("badge-1", "B"): 4}


@pytest.mark.parametrize(
    ("sheets", "post"),
    [
        ({"post_classes": (PostClass(code="guide", certificate="aid"), PostClass(code="cook")),
          "skills": (Skill(code="aid", kind="certificate"),)}, "pool"),
        ({"post_classes": (PostClass(code="guide", certificate="aid"), PostClass(code="cook")),
          "skills": (Skill(code="aid", kind="certificate"),),
          "certificates": (Certificate(code="C", volunteer="V3", skill="aid", expires="2019-11-06"),)}, "badge-2"),
        ({"post_classes": (PostClass(code="guide", certificate="aid"), PostClass(code="cook")),
          "skills": (Skill(code="aid", kind="certificate"),),
          "certificates": (Certificate(code="C", volunteer="V3", skill="aid", expires="2019-11-05"),)}, "pool"),
        ({"zones": (Zone(code="north", is_restricted=True),)}, "pool"),
        ({}, "badge-2"),
    ],
)  # fmt: skip
def test_only_where_they_may_serve(sheets, post):
    plan = come(manned(*SHORT, attends=1.0).replace(**sheets))
    assert [shift.post for shift in plan.shifts if shift.volunteer == "V3"] == [post]


def test_minors_do_not_stand_in_where_they_may_not():
    plan = manned(*SHORT, attends=1.0, is_minor=True)
    barred = plan.replace(post_classes=(PostClass(code="guide", no_minors=True), PostClass(code="cook")))
    assert come(barred).shifts == barred.shifts


def test_where_nobody_is_missing_they_stand_by():
    plan = manned(*FULL, attends=1.0)
    assert come(plan) == plan
    assert lacking(plan.replace(shifts=tuple(dataclasses.replace(row, day="D2") for row in plan.shifts))) == {
        ("badge-1", "A"): 4, ("badge-2", "A"): 1, ("badge-1", "B"): 4,
    }  # fmt: skip


def test_staff_on_a_roster_is_not_missing_twice():
    row = Uncertainty(code="u", kind="no_show", figure="stations.W-*.lanes", law="uniform", low=0.9, high=0.9)
    plan = manned(*FULL, attends=1.0).replace(uncertainties=(row,))
    drawn = {station.code: station.lanes for station in drawn_plan(plan, seed=1, run=0)[0].stations}
    assert (drawn["W-badge"], drawn["W-security"]) == (3, 1)


def test_a_declared_uncertainty_of_coming_is_drawn():
    row = Uncertainty(code="u", kind="factor", figure="volunteers.*.attends", law="uniform", low=0.5, high=0.5)
    plan = manned(*FULL, attends=0.9).replace(uncertainties=(row,))
    assert {each.attends for each in drawn_plan(plan, seed=1, run=0)[0].volunteers} == {0.45}
