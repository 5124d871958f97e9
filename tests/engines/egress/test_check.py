"""Exits of rooms that can be measured by hand, and assignments beside SciPy's linear program."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hostcity.engines.egress import Limits, check_egress
from hostcity.engines.egress.assign import PIECE_M, assigned
from hostcity.plan import PlanError
from hostcity.plan.rows import Event, Opening
from tests.engines.network.drawings import area, rooms, stand


def room(*exits, stands=(), sides=(0, 0, 20, 20), **more):
    from dataclasses import replace

    row = replace(area("A", *sides), **more)
    return rooms(areas=(row,), nodes=(), openings=exits, stands=stands)


def way_out(code, *line, **more):
    return Opening(code=code, area="A", line=line, is_exit=True, **more)


SOUTH = way_out("south", (9, 0), (11, 0))


def test_the_farthest_place_is_the_corner_that_is_farthest():
    found = check_egress(room(SOUTH), "A")
    assert found.farthest_m == pytest.approx(math.hypot(9.25, 19.25), abs=0.1)
    assert found.farthest_at[1] == pytest.approx(19.25, abs=0.1)
    assert (found.load_persons, found.clear_m, found.needed_m) == (300, 2.0, 3.0)
    assert (found.over_m2, found.unreached_m2, found.is_met) == (0.0, 0.0, False)


def test_an_exit_as_wide_as_asked_meets_the_limits():
    assert check_egress(room(way_out("south", (8, 0), (12, 0))), "A").is_met


def test_floor_beyond_the_limit_is_measured():
    found = check_egress(room(SOUTH), "A", Limits(distance_m=10.0))
    assert found.over_m2 == pytest.approx(20 * 20 - math.pi * 50, rel=0.12)  # half a disk is near enough


def test_a_stand_makes_ways_longer():
    blocked = check_egress(room(SOUTH, stands=(stand("s", "A", 1, 8, 19, 9),)), "A")
    assert blocked.farthest_m > check_egress(room(SOUTH), "A").farthest_m


def test_a_place_without_a_way_is_told():
    found = check_egress(room(SOUTH, stands=(stand("s", "A", -1, 9, 21, 11),)), "A")
    assert math.isinf(found.farthest_m)
    assert found.unreached_m2 == pytest.approx(0.5 * found.free_m2, rel=0.1)
    assert not found.is_met
    assert sum(each.assigned_persons for each in found.exits) == pytest.approx(150, abs=8)  # who has a way


def test_each_exit_takes_its_share_by_width():
    exits = (way_out("wide", (2, 0), (6, 0)), way_out("narrow", (18, 0), (20, 0), clear_m=1.0))
    found = check_egress(room(*exits), "A")
    assert [(each.code, each.clear_m, each.assigned_persons) for each in found.exits] == [
        ("wide", 4.0, 240),
        ("narrow", 1.0, 60),
    ]
    assert found.exits[1].nearest_persons > 60
    flow = rooms().model[0].flow_per_m_per_s
    assert found.pass_s == pytest.approx(60 / flow)


def test_a_capacity_larger_than_the_load_is_the_load():
    assert check_egress(room(SOUTH, capacity_persons=500), "A").load_persons == 500
    assert check_egress(room(SOUTH, capacity_persons=10), "A").load_persons == 300


def test_an_exit_behind_a_stand_is_none():
    blocked = room(SOUTH, way_out("north", (9, 20), (11, 20)), stands=(stand("s", "A", 5, -1, 15, 3),))
    found = check_egress(blocked, "A")
    assert [(each.clear_m, each.assigned_persons) for each in found.exits] == [(0.0, 0), (2.0, 300)]
    assert found.exits[0].nearest_persons == 0
    alone = check_egress(room(SOUTH, stands=(stand("s", "A", 5, -1, 15, 3),)), "A")
    assert (alone.exits[0].assigned_persons, alone.over_m2, alone.is_met) == (0, pytest.approx(alone.free_m2), False)
    assert math.isinf(alone.farthest_m)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (room(), "egress.exits"),
        (room(Opening(code="door", area="A", line=((9, 0), (11, 0)))), "egress.exits"),
        (room(SOUTH, code="B"), "egress.area"),
        (room(SOUTH, outline=()), "egress.area"),
        (room(SOUTH, stands=(stand("s", "A", -1, -1, 21, 21),)), "walk.floor.nothing"),
    ],
)
def test_what_cannot_be_checked_is_told(plan, code):
    with pytest.raises(PlanError) as error:
        check_egress(plan, "A")
    assert [each.code for each in error.value.problems] == [code]


@given(st.integers(1, 4), st.integers(1, 12), st.integers(1, 200), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_nobody_can_assign_better(exits, pieces, persons, chance):
    points = np.array([(PIECE_M * piece + 1.0, 1.0) for piece in range(pieces)])
    distance = np.array([[float(chance.randint(1, 400)) / 10 for _ in range(pieces)] for _ in range(exits)])
    clear = np.array([float(chance.randint(1, 9)) for _ in range(exits)])
    found = assigned(points, distance, persons, clear)
    supply = np.full(pieces, persons // pieces) + (np.arange(pieces) < persons % pieces)
    best = linprog(
        distance.T.ravel(),
        A_eq=np.kron(np.eye(pieces), np.ones(exits)), b_eq=supply,
        A_ub=np.tile(np.eye(exits), pieces), b_ub=np.ceil(persons * clear / clear.sum()),
    )  # fmt: skip
    assert found.persons.sum() == persons
    assert found.person_m == pytest.approx(best.fun, abs=1e-6)


def test_an_exit_that_the_plan_closes_does_not_count_and_one_it_narrows_counts_for_what_is_left():
    exits = (way_out("south", (8, 0), (12, 0)), way_out("north", (8, 20), (12, 20)), way_out("east", (20, 8), (20, 12)))
    shut = Event(code="a", action="shut", target="south", starts_at=40_000.0, ends_at=41_000.0)
    narrow = Event(code="b", action="width", target="north", value=0.25, starts_at=40_000.0)
    found = check_egress(room(*exits).replace(timeline=(shut, narrow)), "A")
    assert ([each.code for each in found.exits], found.closed, found.clear_m) == (["north", "east"], ("south",), 5.0)
    with pytest.raises(PlanError, match="no exit that is not closed"):
        check_egress(room(exits[0]).replace(timeline=(shut,)), "A")
