"""Sight, beside shapely: not one disagreement."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.walk import floor_of, sees, visible
from tests.engines.walk.rooms import points_about, random_room
from tests.naive import sight as naive

ROOM = [(0, 0), (10, 0), (10, 10), (0, 10)]


def disagreements(seed: int, rays: int) -> list[tuple]:
    floor = random_room(seed)
    if floor is None:
        return []
    a, b = points_about(floor, rays, seed), points_about(floor, rays, seed + 10**6)
    fast, slow = sees(floor, a, b), naive.sees(floor.polygon, a, b)
    assert fast.tolist() == sees(floor, b, a).tolist()
    return [(seed, a[ray], b[ray], fast[ray]) for ray in np.flatnonzero(fast != slow)]


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_sight_is_shapelys(seed):
    assert disagreements(seed, 100) == []


@pytest.mark.slow
def test_sight_is_shapelys_on_300_000_rays():
    assert [each for seed in range(1000) for each in disagreements(seed, 300)] == []


def test_touching_a_corner_and_sliding_along_a_wall_is_seen():
    floor = floor_of([ROOM], [[(4, 4), (6, 4), (6, 6), (4, 6)]], clearance_m=0.0)
    a = [(0, 4), (2, 6), (4, 4), (0, 0), (5, 4), (4, 4), (0, 5), (3, 3)]
    b = [(9, 4), (6, 2), (6, 4), (10, 0), (5, 0), (6, 6), (9, 5), (7, 7)]
    assert sees(floor, a, b).tolist() == [True, True, True, True, True, False, False, False]


def test_a_line_through_the_point_where_two_obstacles_meet_is_seen():
    meeting = [[(2, 2), (5, 2), (5, 5), (2, 5)], [(5, 5), (8, 5), (8, 8), (5, 8)]]
    floor = floor_of([ROOM], meeting, clearance_m=0.0)
    assert sees(floor, [(4, 6), (2, 2), (4, 6)], [(6, 4), (8, 8), (6.01, 4)]).tolist() == [True, False, False]


def test_parts_that_touch_in_a_point_see_each_other_through_it():
    floor = floor_of([ROOM, np.add(ROOM, 10)], clearance_m=0.0)
    assert floor.part_of.tolist() == [0, 1]
    assert sees(floor, [(5, 5), (5, 5)], [(15, 15), (15, 15.1)]).tolist() == [True, False]


def test_who_is_not_on_the_floor_sees_nothing():
    floor = floor_of([ROOM], clearance_m=0.0)
    assert (
        sees(floor, [(11, 5), (5, 5), (11, 5), (np.nan, 5)], [(5, 5), (5, 11), (11, 5), (5, 5)]).tolist() == [False] * 4
    )
    with pytest.raises(ValueError, match="2 points cannot look at 1"):
        sees(floor, [(1, 1), (2, 2)], [(1, 1)])


@given(seed=st.integers(0, 10**6), reach_m=st.integers(0, 20), many=st.sampled_from([20, 200]))
@settings(max_examples=20, deadline=None)
def test_visible_is_sight_within_reach(seed, reach_m, many):
    """A few targets are followed one by one, many are told by their bearings where that is sure."""
    floor = random_room(seed)
    if floor is not None:
        viewpoints, targets = points_about(floor, 8, seed), points_about(floor, many, seed + 1)
        expected = naive.visible(floor.polygon, viewpoints, targets, reach_m)
        assert visible(floor, viewpoints, targets, float(reach_m)).tolist() == expected.tolist()


def test_who_is_exactly_as_far_as_the_reach_is_seen():
    floor = floor_of([ROOM], clearance_m=0.0)
    assert visible(floor, [(1, 1)], [(4, 5), (4, 5.001), (1, 1)], 5.0).tolist() == [[True, False, True]]
    assert visible(floor, [(1, 1)], [(9, 9)]).tolist() == [[True]]
    for wrong in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="reach_m is 0 or more"):
            visible(floor, [(1, 1)], [(9, 9)], wrong)


def test_low_obstacles_are_left_out_of_a_floor_for_sight():
    low, high = [(3, 0), (4, 0), (4, 8), (3, 8)], [(6, 2), (7, 2), (7, 10), (6, 10)]
    to_walk, to_see = floor_of([ROOM], [low, high]), floor_of([ROOM], [high], clearance_m=0.0)
    assert visible(to_walk, [(1, 1)], [(5, 5)]).tolist() == [[False]]
    assert visible(to_see, [(1, 1)], [(5, 5), (9, 9)]).tolist() == [[True, False]]
