"""Outlines less obstacles, shrunk; bad geometry is refused with all its problems."""

import numpy as np
import pytest
import shapely

from hostcity.engines.walk import GeometryError, floor_of, is_on
from tests.engines.walk.rooms import points_about, random_room
from tests.naive.sight import to_grains

ROOM = [(0, 0), (30, 0), (30, 20), (0, 20)]


def codes(outlines, obstacles=(), **lengths):
    with pytest.raises(GeometryError) as refused:
        floor_of(outlines, obstacles, **lengths)
    return [problem.code for problem in refused.value.problems]


def test_a_room_loses_its_obstacles_and_the_clearance_on_both_sides():
    assert floor_of([ROOM], clearance_m=0.0).area_m2 == 600.0
    assert floor_of([ROOM]).area_m2 == 29.5 * 19.5
    column = [(10, 5), (11, 5), (11, 7), (10, 7)]
    assert floor_of([ROOM], [column]).area_m2 == 29.5 * 19.5 - 1.5 * 2.5
    assert floor_of([ROOM], [column], clearance_m=0.0).corners_m.tolist() == [
        *([30, 0], [30, 20], [0, 20], [0, 0]), *([11, 5], [10, 5], [10, 7], [11, 7]),
    ]  # fmt: skip


def test_parts_that_touch_are_one_floor_and_parts_that_do_not_are_two():
    beside = [(30, 5), (40, 5), (40, 15), (30, 15)]
    one = floor_of([ROOM, beside])
    assert one.part_of.tolist() == [0]
    assert one.area_m2 == 29.5 * 19.5 + 10 * 9.5
    apart = floor_of([ROOM, np.add(beside, (0.2, 0))])
    assert apart.part_of.tolist() == [0, 1]
    assert floor_of([ROOM, np.add(beside, (0.004, 0))]).area_m2 == one.area_m2  # the snap closes what is no gap


def test_a_gap_narrower_than_two_clearances_is_closed():
    wall, other = [(10, 0), (11, 0), (11, 9), (10, 9)], [(10, 9.4), (11, 9.4), (11, 20), (10, 20)]
    assert floor_of([ROOM], [wall, other], clearance_m=0.25).part_of.max() == 1
    assert floor_of([ROOM], [wall, other], clearance_m=0.1).part_of.max() == 0


def test_all_that_is_wrong_is_told_at_once_with_its_place():
    bowtie, line, hole = [(0, 0), (1, 1), (1, 0), (0, 1)], [(0, 0), (1, 0)], [(0, float("nan")), (1, 0), (1, 1)]
    with pytest.raises(GeometryError) as refused:
        floor_of([bowtie, line, hole, np.multiply(ROOM, 1000.0)], [[1, 2], ROOM], clearance_m=-1.0, snap_m=float("nan"))
    assert str(refused.value).splitlines() == [
        "7 problems in the geometry:",
        "  outline 1: crosses or touches itself near (0.50, 0.50). Give the corners in order around the ring, each once. "
        "[walk.ring.crossing]",
        "  outline 2: has 2 different points. Give at least 3 corners, or leave the ring out. [walk.ring.corners]",
        "  outline 3: point 1 is (0, nan). Give numbers. [walk.ring.number]",
        "  outline 4: is 30,000 m from side to side. Give meters, at most 5,000 from side to side: are these millimeters? "
        "[walk.ring.size]",
        "  obstacle 1: is no list of points with two coordinates each. Give x and y of every corner, in meters. "
        "[walk.ring.points]",
        "  clearance_m: is -1 m. Give meters, at most 5. [walk.clearance_m]",
        "  snap_m: is nan m. Give meters, at most 1. [walk.snap_m]",
    ]


def test_other_geometry_that_is_refused():
    assert codes([]) == ["walk.outlines.none"]
    assert codes([[]]) == ["walk.ring.corners"]
    assert codes([[(0, 0), (1, 0), (2, 0)]]) == ["walk.ring.crossing"]  # no area
    assert codes([[(0, 0), (4, 0), (4, 4), (4, 0), (0, 4)]]) == ["walk.ring.crossing"]
    assert codes([np.add(ROOM, 2e8)]) == ["walk.ring.far"]
    assert codes([ROOM, np.add(ROOM, 6000.0)]) == ["walk.outlines.size"]
    assert codes([ROOM], [np.multiply(np.subtract(ROOM, 1), 2.0)]) == ["walk.floor.nothing"]
    assert codes([np.divide(ROOM, 1000.0)]) == ["walk.floor.nothing"]  # kilometers
    assert codes([[("a", "b")]]) == ["walk.ring.points"]


def test_more_than_fifty_problems_are_all_kept_and_fifty_listed():
    with pytest.raises(GeometryError) as refused:
        floor_of([ROOM], [[(0, 0)]] * 60)
    assert len(refused.value.problems) == 60
    assert len(str(refused.value).splitlines()) == 52


@pytest.mark.parametrize("far", [(0.0, 0.0), (350_000.0, 3_450_000.0)])
def test_a_floor_far_from_the_origin_is_the_same(far):
    floor = floor_of([np.add(ROOM, far)])
    assert floor.area_m2 == 29.5 * 19.5
    assert (floor.corners_m - far).tolist() == floor_of([ROOM]).corners_m.tolist()


def test_points_are_on_the_floor_as_shapely_says():
    for seed in range(40):
        floor = random_room(seed)
        if floor is not None:
            points = points_about(floor, 200, seed)
            assert floor.polygon.is_valid
            assert floor.area_m2 == pytest.approx(floor.polygon.area, abs=1e-9)
            expected = shapely.covers(floor.polygon, shapely.points(to_grains(points)))
            assert is_on(floor, points).tolist() == expected.tolist()


def test_what_is_no_place_is_not_on_the_floor():
    floor = floor_of([ROOM])
    places = [(np.nan, 1), (1, np.inf), (1e300, 1), (-1e12, 1), (0.25, 0.25), (0.24, 1)]
    assert is_on(floor, places).tolist() == [False, False, False, False, True, False]
    assert is_on(floor, []).tolist() == []
    with pytest.raises(ValueError, match=r"of shape \[n, 2\], not \[3\]"):
        is_on(floor, [1, 2, 3])


def test_same_input_same_arrays():
    one, other = random_room(5), random_room(5)
    assert all(np.array_equal(a, b) for a, b in zip(one.edges, other.edges, strict=True))
    with pytest.raises(ValueError, match="read-only"):
        one.edges.x[0] = 1
