"""Drills in which half of the volunteers play the visitors."""

import dataclasses

import pytest

from hostcity.plan import PlanError
from hostcity.studies.manning import drill_day
from tests.manned import FULL, manned

RUSH = manned(*FULL, persons=1500, attends=1.0)


def test_half_of_each_team_serves_and_the_others_visit():
    plan = RUSH.replace(
        volunteers=tuple(dataclasses.replace(each, team=f"T{at % 2}") for at, each in enumerate(RUSH.volunteers))
    )
    drill = drill_day(plan)
    assert (len(drill.serve), len(drill.visit)) == (6, 4) == (3 + 3, len(plan.volunteers) - 6)
    assert sum(each.persons for each in drill.plan.streams) == pytest.approx(4, abs=1)
    assert {each.volunteer for each in drill.plan.shifts} == set(drill.serve)
    assert drill_day(plan) == drill
    assert drill_day(plan, seed=2).serve != drill.serve


def test_a_day_without_shifts_has_no_drill():
    with pytest.raises(PlanError, match="Nobody has a shift on 2019-11-06"):
        drill_day(manned())
