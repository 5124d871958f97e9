"""Distance fields beside exact ways."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.walk import (
    GeometryError,
    field_to,
    fields_to,
    floor_of,
    grid_of,
    is_on,
    road_map_of,
    route_lengths,
)
from tests.engines.walk.rooms import points_about, random_room
from tests.naive import fields as naive

ROOM = [(0, 0), (40, 0), (40, 30), (0, 30)]


def test_in_an_empty_room_the_field_is_euclids():
    grid = grid_of(floor_of([ROOM]))
    field = field_to(grid, [(10.3, 7.7)])
    away = grid.middles_m - (10.3, 7.7)
    straight = np.hypot(away[..., 0], away[..., 1])
    wrong = np.abs(field.distance_m - straight)[grid.is_free]
    assert wrong[straight[grid.is_free] <= 6.0].max() < 1e-5  # given straight, from the nearest grain
    assert (wrong / straight[grid.is_free]).max() < 0.004
    assert field.unreached_m2 == 0.0
    assert np.isinf(field.distance_m[~grid.is_free]).all()


@pytest.mark.parametrize("seed", [2, 7])
def test_fields_are_those_of_the_definition(seed):
    """In small rooms by chance, from two destinations of which none lies on the lattice: then no two cells are as far."""
    floor = random_room(seed, clearance_m=0.25)
    grid = grid_of(floor, 1.0)
    points = points_about(floor, 80, seed)
    points = np.add(points[is_on(floor, points)][:2], (0.0113, 0.0071))
    points = points[is_on(floor, points)]
    slow = naive.distances(floor.polygon, grid.middles_m, grid.spacing_m, points)
    assert np.isfinite(slow).sum() > 60
    np.testing.assert_allclose(field_to(grid, points).distance_m, slow, rtol=1e-9)


def test_in_a_corridor_as_wide_as_a_cell_the_field_is_its_length_around_the_corner():
    """20 m to the east, then 20 m to the north: every step is a cell, and the corner is a right angle."""
    corridor = [(0, 0), (20, 0), (20, 20), (19, 20), (19, 1), (0, 1)]
    field = field_to(grid_of(floor_of([corridor], clearance_m=0.0), 1.0), [(0.5, 0.5)])
    assert field.distance_m[0, :20].tolist() == pytest.approx(list(range(20)))
    assert field.distance_m[:20, 19].tolist() == pytest.approx(list(range(19, 39)))
    assert np.isfinite(field.distance_m).sum() == 39


def test_from_a_wall_of_destinations_the_field_is_how_far_the_wall_is():
    """A plane wave: second order is exact for it."""
    room = floor_of([[(0, 0), (30, 0), (30, 6), (0, 6)]], clearance_m=0.0)
    field = field_to(grid_of(room, 1.0), [(0.0, 0.5 + row) for row in range(6)])
    np.testing.assert_allclose(field.distance_m[:6, :30], np.tile(0.5 + np.arange(30), (6, 1)), rtol=1e-12)


def test_cells_are_free_where_their_middle_is_on_the_floor():
    floor = random_room(3)
    grid = grid_of(floor, 0.5)
    assert grid.is_free.ravel().tolist() == is_on(floor, grid.middles_m.reshape(-1, 2)).tolist()


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_no_distance_is_much_shorter_than_the_exact_way_and_nothing_leaks(seed):
    floor = random_room(seed, clearance_m=0.25)
    if floor is None:
        return
    points = points_about(floor, 80, seed)
    points = points[is_on(floor, points)]
    exact = route_lengths(road_map_of(floor), points[:1], points)[0]
    found = field_to(grid_of(floor), points[:1]).at(points)
    assert np.isinf(found[np.isinf(exact)]).all()
    both = np.isfinite(found)
    assert (found[both] >= 0.95 * exact[both] - 0.5).all()


def test_between_stands_the_mean_error_is_one_percent():
    stands = [np.add(at, [(0, 0), (6, 0), (6, 4), (0, 4)]) for at in np.mgrid[4:32:9, 3:24:7].reshape(2, -1).T]
    floor = floor_of([ROOM], stands)
    points = points_about(floor, 400, 1)
    points = points[is_on(floor, points)]
    exact = route_lengths(road_map_of(floor), points[:8], points)
    found = np.array([field.at(points) for field in fields_to(grid_of(floor), points[:8])])
    far = exact > 5.0
    assert np.abs(found[far] / exact[far] - 1).mean() < 0.01


def test_of_two_exits_each_cell_has_the_nearer_one():
    floor = floor_of([ROOM], [[(19, 0), (21, 0), (21, 22), (19, 22)]])
    grid, exits = grid_of(floor), [(1.0, 1.0), (39.0, 29.0)]
    both, (west, east) = field_to(grid, exits), fields_to(grid, exits)
    nearer = np.fmin(west.distance_m, east.distance_m)
    np.testing.assert_allclose(both.distance_m, nearer, atol=0.1)
    clear = np.abs(np.where(grid.is_free, west.distance_m, 0) - np.where(grid.is_free, east.distance_m, 0)) > 1.5
    assert (both.nearest == (east.distance_m < west.distance_m))[clear & grid.is_free].all()
    assert (both.nearest[~grid.is_free] == -1).all()
    assert (west.nearest[grid.is_free] == 0).all()


def test_nothing_leaks_through_a_wall_thinner_than_a_cell():
    wall = [(20.02, 0), (20.05, 0), (20.05, 30), (20.02, 30)]
    field = field_to(grid_of(floor_of([ROOM], [wall], clearance_m=0.0)), [(5, 5)])
    assert field.at([(19, 5), (21, 5)]).tolist() == [pytest.approx(14.0, rel=0.005), math.inf]
    assert field.unreached_m2 == 20 * 30  # the other half


def test_what_a_passage_narrower_than_a_cell_cuts_off_is_told():
    walls = [[(20, 0), (21, 0), (21, 14.3), (20, 14.3)], [(20, 14.5), (21, 14.5), (21, 30), (20, 30)]]
    floor = floor_of([ROOM], walls, clearance_m=0.0)
    coarse, fine = (field_to(grid_of(floor, spacing_m), [(5, 5)]) for spacing_m in (0.5, 0.1))
    assert coarse.unreached_m2 == 19 * 30
    assert fine.unreached_m2 == 0.0


def test_a_destination_and_a_place_between_the_middles_of_cells_are_reached():
    corridor = floor_of([[(0, 0), (20, 0), (20, 0.4), (0, 0.4)]], clearance_m=0.0)
    field = field_to(grid_of(corridor, 0.5), [(0.1, 0.1)])
    assert field.at([(0.1, 0.1), (3.0, 0.4), (19.99, 0.0)]).tolist() == pytest.approx([0.0, 2.915, 19.89], abs=0.2)


def test_what_no_field_can_be_made_of():
    floor = floor_of([ROOM])
    grid = grid_of(floor)
    with pytest.raises(GeometryError, match=r"point 2 \(50, 5\): is outside, 10.25 m"):
        field_to(grid, [(5, 5), (50, 5)])
    with pytest.raises(GeometryError, match=r"point 1 \(50, 5\)"):
        fields_to(grid, [(50, 5)])
    with pytest.raises(GeometryError, match=r"point 1 \(0, 0\)"):
        field_to(grid, [(5, 5)]).at([(0, 0)])
    with pytest.raises(ValueError, match="at least one"):
        field_to(grid, [])
    for spacing_m in (0.01, 20.0, math.nan):
        with pytest.raises(ValueError, match=r"spacing_m is 0\.05 to 10"):
            grid_of(floor, spacing_m)
    with pytest.raises(ValueError, match="widen the spacing"):
        grid_of(floor_of([np.multiply(ROOM, 100.0)]), 0.05)


def test_same_input_same_arrays():
    one, other = (field_to(grid_of(random_room(5)), [(0.5, 0.5)]) for _ in range(2))
    assert one.distance_m.tobytes() == other.distance_m.tobytes()
    assert one.nearest.tobytes() == other.nearest.tobytes()
