"""Shortest ways are shortest, beside brute force."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.walk import GeometryError, floor_of, is_on, road_map_of, route, route_lengths, routes, sees
from tests.engines.walk.rooms import points_about, random_room
from tests.naive import ways as naive

ROOM = [(0, 0), (10, 0), (10, 10), (0, 10)]
WALL = [(4, 0), (5, 0), (5, 8), (4, 8)]


def compared(seed: int, count: int) -> None:
    """All ways between some points: one by one, from one to all, and by brute force."""
    floor = random_room(seed)
    if floor is None:
        return
    points = points_about(floor, 60, seed)
    points = points[is_on(floor, points)][: 2 * count]
    starts, ends = points[: len(points) // 2], points[len(points) // 2 :]
    road_map = road_map_of(floor, most_kept=3000 if seed % 2 else 0)
    slow = naive.lengths(floor.polygon, starts, ends)
    fast = route_lengths(road_map, starts, ends)
    assert np.isfinite(fast).tolist() == np.isfinite(slow).tolist()
    np.testing.assert_allclose(fast, slow, rtol=1e-12, atol=1e-9)
    for one, start in enumerate(starts):
        for other, end in enumerate(ends):
            way = route(road_map, start, end)
            assert way.length_m == pytest.approx(slow[one, other], rel=1e-12, abs=1e-9)
            assert sees(floor, way.points_m[:-1], way.points_m[1:]).all()


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_ways_are_those_of_brute_force(seed):
    compared(seed, 4)


@pytest.mark.slow
def test_ways_are_those_of_brute_force_in_300_rooms():
    for seed in range(300):
        compared(seed, 6)


def hall(rows: int, columns: int):
    """A hall of stands of 6 m x 4 m in blocks back to back, aisles of 3 m, as exhibitions have them, and where people stand in it."""
    stands = [
        np.add((3 + 9 * column, 3 + 7 * row), [(0, 0), (6, 0), (6, 4), (0, 4)]) for row in range(rows) for column in range(columns)
    ]  # fmt: skip
    floor = floor_of([[(0, 0), (3 + 9 * columns, 0), (3 + 9 * columns, 3 + 7 * rows), (0, 3 + 7 * rows)]], stands)
    points = points_about(floor, 4000, rows)
    return floor, points[is_on(floor, points)]


def all_pairs(rows: int, columns: int, count: int) -> None:
    """All pairs of some points of a hall, by brute force."""
    floor, points = hall(rows, columns)
    slow = naive.lengths(floor.polygon, points[:count], points[count : 2 * count])
    fast = route_lengths(road_map_of(floor), points[:count], points[count : 2 * count])
    assert np.isfinite(slow).all()
    np.testing.assert_allclose(fast, slow, rtol=1e-12, atol=1e-9)


def test_all_ways_of_a_small_hall_are_those_of_brute_force():
    all_pairs(3, 3, 12)


@pytest.mark.slow
def test_529_ways_of_a_hall_of_60_stands_are_those_of_brute_force():
    all_pairs(10, 6, 23)


def test_the_ways_of_theory():
    road_map = road_map_of(floor_of([ROOM], [WALL], clearance_m=0.0))
    straight = route(road_map, (1, 9), (9, 9))
    assert (straight.length_m, straight.points_m.tolist()) == (8.0, [[1, 9], [9, 9]])
    over = route(road_map, (1, 4), (8, 4))
    assert (over.length_m, over.points_m.tolist()) == (11.0, [[1, 4], [4, 8], [5, 8], [8, 4]])
    nowhere = route(road_map, (1, 4), (1, 4))
    assert (nowhere.length_m, nowhere.points_m.tolist()) == (0.0, [[1, 4]])
    # With a clearance of 0.5 m the wall is as much wider and higher.
    wide = road_map_of(floor_of([ROOM], [WALL], clearance_m=0.5))
    assert route(wide, (1, 4), (8, 4)).length_m == pytest.approx(2 * math.hypot(2.5, 4.5) + 2.0)


def test_in_a_round_room_the_way_follows_the_column():
    angle = np.linspace(0, 2 * math.pi, 720, endpoint=False)
    column = 5 + 3 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    road_map = road_map_of(floor_of([ROOM], [column], clearance_m=0.0, snap_m=1e-4))
    # Two tangents of a circle of 3 m from 5 m away, and the arc between them.
    tangent, arc = 4.0, math.pi - 2 * math.acos(3 / 5)
    assert route(road_map, (0, 5), (10, 5)).length_m == pytest.approx(2 * tangent + 3 * arc, rel=1e-4)


def test_parts_that_do_not_touch_are_endlessly_far():
    road_map = road_map_of(floor_of([ROOM, np.add(ROOM, (20, 0))]))
    assert route(road_map, (1, 1), (21, 1)).length_m == math.inf
    assert route(road_map, (1, 1), (21, 1)).points_m.tolist() == []
    assert route_lengths(road_map, [(1, 1)], [(2, 1), (21, 1)]).tolist() == [[1.0, math.inf]]


def test_a_way_leads_through_the_point_where_two_parts_meet():
    road_map = road_map_of(floor_of([ROOM, np.add(ROOM, 10)], clearance_m=0.0))
    way = route(road_map, (9, 5), (11, 18))
    assert way.points_m.tolist() == [[9, 5], [10, 10], [11, 18]]
    assert route_lengths(road_map, [(9, 5)], [(11, 18)]).tolist() == [[way.length_m]]


def test_ways_there_and_back_are_as_long():
    floor = random_room(11)
    points = points_about(floor, 60, 11)
    points = points[is_on(floor, points)]
    lengths = route_lengths(road_map_of(floor), points, points)
    np.testing.assert_allclose(lengths, lengths.T, rtol=1e-12)
    assert np.diag(lengths).tolist() == [0.0] * len(points)


def test_pairs_are_single_ways():
    road_map = road_map_of(floor_of([ROOM], [WALL]))
    ways = routes(road_map, [(1, 1), (2, 1)], [(8, 1), (3, 9)])
    assert [way.length_m for way in ways] == [
        route(road_map, (1, 1), (8, 1)).length_m, route(road_map, (2, 1), (3, 9)).length_m
    ]  # fmt: skip
    with pytest.raises(ValueError, match="2 starts and 1 ends"):
        routes(road_map, [(1, 1), (2, 1)], [(8, 1)])


def test_points_off_the_floor_are_all_located():
    road_map = road_map_of(floor_of([ROOM], [WALL]))
    with pytest.raises(GeometryError) as refused:
        route(road_map, (4.5, 1), (12, 1))
    assert [problem.code for problem in refused.value.problems] == ["walk.point.obstacle", "walk.point.outside"]
    with pytest.raises(GeometryError, match=r"point 2 \(4.5, 1\)"):
        route_lengths(road_map, [(1, 1)], [(1, 1), (4.5, 1)])


def test_same_input_same_arrays():
    one, other = (road_map_of(random_room(5)) for _ in range(2))
    assert [each.tobytes() for each in one.roads] == [each.tobytes() for each in other.roads]
