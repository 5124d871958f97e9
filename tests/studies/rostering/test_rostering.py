"""Rosters judged, and what follows from them for buses and uniforms: counted by hand on the small force."""

import numpy as np
import pytest

from hostcity.engines.rosters import explain_person
from hostcity.engines.rosters.from_plan import roster_of, roster_problem
from hostcity.plan import PlanError
from hostcity.studies.rostering import BusNeed, buses_of, force_of, judge, roles_of, standing_roster, uniforms_of
from tests.engines.rosters.forces import ANN, BEN, FAR, NEAR, force_plan, other, shift

SHIFTS = (shift("ann"), shift("ben"), shift("ann", "D2"), shift("ben", "D2", "L", "", is_locked=True))
CAMPUSES = (other(NEAR, bus_seats=1), FAR)


def test_buses_are_of_who_serves_by_campus_day_and_band():
    plan = force_plan(campuses=CAMPUSES, volunteers=(ANN, other(BEN, campus="near")))
    assert buses_of(plan, SHIFTS) == (BusNeed("near", "D1", "E", 2, 2), BusNeed("near", "D2", "E", 1, 1))
    assert buses_of(force_plan(), SHIFTS) == (BusNeed("near", "D1", "E", 1, 0), BusNeed("near", "D2", "E", 1, 0))


def test_uniforms_are_of_who_serves():
    plan = force_plan(volunteers=(other(ANN, uniform="M"), other(BEN, uniform="S")))
    assert uniforms_of(plan, SHIFTS) == {"near": {"M": 1}, "": {"S": 1}}
    assert uniforms_of(plan, SHIFTS[2:]) == {"near": {"M": 1}}


def test_roles_are_told_skill_by_skill_without_pools():
    force = roster_problem(force_plan(shifts=SHIFTS))
    roles = {each.skill: each for each in roles_of(force, roster_of(force))}
    assert {skill: each.asked for skill, each in roles.items()} == {"": 14, "least": 4, "leads": 4}
    assert roles[""].missing == pytest.approx(14 - 3 * 0.94)
    assert roles["leads"].missing == pytest.approx(4 - 2 * 0.94)
    assert roles["least"].missing == pytest.approx(2 + 0.06**2 + 0.06)


def test_a_roster_is_judged_by_its_rules_too():
    force = roster_problem(force_plan(shifts=(shift("ben", post="tent"),)))
    assert {each.rule for each in judge(force, roster_of(force)).violations} == {"closed", "trained"}


def test_a_standing_roster_has_prices_of_what_is_missing():
    force = roster_problem(force_plan())
    roster = standing_roster(force, np.full((2, 2, 2), -1))
    assert roster.prices[0, 0, 0, 0] == pytest.approx(60)  # each head that comes is one that is missing
    assert roster.prices[0, 0, 0, 1] == 0  # closed
    assert explain_person(force.problem, roster, 0).best.served


def test_locks_that_contradict_are_refused_before_any_search():
    with pytest.raises(PlanError, match=r"shifts\.is_locked\.trained"):
        force_of(force_plan(shifts=(shift("ben", "D1", "L", "tent", is_locked=True),)))
