"""Isovists hold what is seen and nothing else."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.walk import GeometryError, floor_of, is_on, isovist_of
from tests.engines.walk.rooms import points_about, random_room
from tests.naive import isovist as naive
from tests.whole import tries

ROOM = [(0, 0), (10, 0), (10, 10), (0, 10)]


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_what_is_seen_is_in_the_isovist_and_what_is_not_is_not(seed):
    floor = random_room(seed)
    if floor is None:
        return
    points = points_about(floor, 40, seed)
    for point in points[is_on(floor, points)][:5]:
        view = isovist_of(floor, point)
        if view.area_m2 > 0.01:
            targets = points_about(floor, 200, seed + 1)
            targets += np.random.default_rng(seed).random(targets.shape) / 100  # a line that only slides sees no area
            assert naive.wrongly_in_or_out(floor.polygon, view.polygon_m, point, targets).tolist() == []


@given(seed=st.integers(0, 10**6), reach_m=st.floats(2, 20))
@settings(max_examples=tries(5, 15), deadline=None)
def test_the_area_within_reach_is_that_of_small_squares(seed, reach_m):
    floor = random_room(seed)
    if floor is None:
        return
    points = points_about(floor, 20, seed)
    for point in points[is_on(floor, points)][:1]:
        found = isovist_of(floor, point, reach_m).area_m2
        # Squares on the border are counted wholly or not: half a square along it at most.
        assert abs(found - naive.area(floor.polygon, point, reach_m, 0.05)) < 0.5 + 0.03 * found


def test_rooms_and_circles_of_theory():
    room = floor_of([ROOM], clearance_m=0.0)
    for point in ((3, 4), (0, 0), (10, 5), (5, 10)):
        assert isovist_of(room, point).area_m2 == pytest.approx(100.0, abs=1e-9)
    assert isovist_of(room, (5, 5), 4.0).area_m2 == pytest.approx(math.pi * 16, abs=1e-9)
    assert isovist_of(room, (5, 0), 4.0).area_m2 == pytest.approx(math.pi * 8, abs=1e-9)
    assert isovist_of(room, (10, 10), 4.0).area_m2 == pytest.approx(math.pi * 4, abs=1e-9)
    # A circle of 6 m about the middle reaches over all four walls: four segments are missing.
    half = math.acos(5 / 6)
    segment = 36 * (half - math.sin(half) * math.cos(half))
    assert isovist_of(room, (5, 5), 6.0).area_m2 == pytest.approx(math.pi * 36 - 4 * segment, abs=1e-9)
    assert isovist_of(room, (5, 5), 0.0).area_m2 == 0.0


def test_a_column_throws_the_shadow_that_geometry_says():
    # From (0, 5) a column from x = 4 to 5, y = 4 to 6 hides a trapezoid behind it, 1 : 4 on both sides of the axis.
    room = floor_of([ROOM], [[(4, 4), (5, 4), (5, 6), (4, 6)]], clearance_m=0.0)
    shadow = (2 + 5) / 2 * 6
    assert isovist_of(room, (0, 5)).area_m2 == pytest.approx(100 - shadow, abs=1e-9)


def test_from_the_corner_of_a_column_three_quarters_are_open():
    room = floor_of([ROOM], [[(4, 4), (6, 4), (6, 6), (4, 6)]], clearance_m=0.0)
    assert isovist_of(room, (4, 4), 2.0).area_m2 == pytest.approx(3 * math.pi, abs=1e-9)
    assert isovist_of(room, (5, 4), 1.0).area_m2 == pytest.approx(math.pi / 2, abs=1e-9)


def test_the_polygon_has_the_area():
    floor = random_room(3)
    for point in points_about(floor, 30, 3):
        if is_on(floor, [point])[0]:
            x, y = isovist_of(floor, point).polygon_m.T
            area = (x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2
            assert area == pytest.approx(isovist_of(floor, point).area_m2, rel=1e-6, abs=1e-6)


def test_a_point_off_the_floor_is_located():
    room = floor_of([ROOM], [[(4, 4), (6, 4), (6, 6), (4, 6)]])
    with pytest.raises(GeometryError) as refused:
        isovist_of(room, (5, 4.5))
    assert str(refused.value).splitlines()[1] == (
        "  point 1 (5, 4.5): is in an obstacle or too near to a wall, 0.75 m from the floor (clearance 0.25 m). "
        "The nearest point of the floor is (5.00, 3.75). [walk.point.obstacle]"
    )
    with pytest.raises(GeometryError, match=r"point 1 \(11, 5\): is outside, 1.25 m from the floor"):
        isovist_of(room, (11, 5))
    with pytest.raises(GeometryError, match=r"walk\.point\.number"):
        isovist_of(room, (math.inf, 5))
