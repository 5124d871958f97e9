"""Distances to amenities, beside single shortest ways and by hand."""

import math

import numpy as np
import pytest

from hostcity.engines.walk import route
from hostcity.plan import PlanError
from hostcity.plan.rows import Amenity, Connector, Level
from hostcity.studies.facilities import distances_of
from tests.engines.network.drawings import area, rooms, stand


def amenity(code, of, x_m, y_m, kind="toilets", **more):
    return Amenity(code=code, area=of, x_m=x_m, y_m=y_m, kind=kind, **more)


def flight(code, kind, at, to, **more):
    (x, y), (u, v) = at, to
    return Connector(code=code, kind=kind, start="B", start_x_m=x, start_y_m=y, end="C", end_x_m=u, end_y_m=v, width_m=2.0, **more)  # fmt: skip


def two_floors(*connectors, amenities):
    """Rooms A and B on the ground, joined by a door; C of 20 m by 20 m above B, 6 m higher."""
    plan = rooms(amenities=amenities, connectors=connectors)
    return plan.replace(
        levels=(*plan.levels, Level(code="1", elevation_m=6.0)),
        areas=(*plan.areas, area("C", 20, 0, 40, 20, level="1")),
    )


def far_of(found, kind="toilets"):
    return found.distance_m[found.kinds.index(kind)]


def test_distances_are_those_of_single_ways():
    """Through the door, around stands, to whichever is nearer."""
    stands = (stand("s", "A", 4, 4, 12, 12), stand("t", "B", 26, 2, 30, 18))
    found = distances_of(rooms(stands=stands, amenities=(amenity("a", "A", 2, 2), amenity("b", "B", 38, 18))))
    assert len(found.points_m) > 30
    road_map = found.road_maps[0]
    for at, point in enumerate(found.points_m):
        ways = [route(road_map, point, end).length_m for end in ((2, 2), (38, 18))]
        assert far_of(found)[at] == pytest.approx(min(ways), abs=1e-3)
        assert found.nearest[0, at] == int(np.argmin(ways))
    assert set(found.area_of.tolist()) == {0, 1}


def test_a_flight_is_as_long_as_its_slope_and_the_best_is_taken():
    stairs, ramp = flight("stairs", "stairs", (22, 10), (22, 12)), flight("ramp", "ramp", (22, 10), (22, 12))
    found = distances_of(two_floors(stairs, ramp, amenities=(amenity("b", "B", 22, 8),)))
    up = found.level_of == 1
    expected = np.hypot(*(found.points_m[up] - (22, 12)).T) + 12.0 + 2.0  # 6 m at 30 degrees
    assert far_of(found)[up] == pytest.approx(expected, abs=1e-3)
    assert (found.nearest[0, up] == -1).all()
    free = distances_of(two_floors(stairs, ramp, amenities=(amenity("b", "B", 22, 8),)), is_step_free=True)
    slope = 6.0 / math.sin(math.atan(1 / 12))
    assert far_of(free)[up] == pytest.approx(expected - 12.0 + slope, abs=1e-3)


def test_an_escalator_is_taken_in_its_direction_alone():
    """It goes up: toilets below are not reached by it, those above are."""
    up = flight("up", "escalator", (22, 10), (22, 12), one_way=True)
    below = distances_of(two_floors(up, amenities=(amenity("b", "B", 22, 8),)))
    assert np.isinf(far_of(below)[below.level_of == 1]).all()
    above = distances_of(two_floors(up, amenities=(amenity("c", "C", 22, 14),)))
    assert np.isfinite(far_of(above)).all()


def test_an_amenity_in_a_wall_is_reached_and_one_in_a_stand_is_told():
    stands = (stand("s", "A", 4, 4, 16, 16),)
    found = distances_of(rooms(stands=stands, amenities=(amenity("wall", "A", 0, 10), amenity("in", "A", 10, 10))))
    assert found.unreached == ("in",)
    assert np.isfinite(far_of(found)).all()


def test_who_needs_step_free_ways_needs_such_amenities():
    both = (amenity("steps", "A", 2, 2, step_free=False), amenity("level", "B", 38, 18))
    assert set(distances_of(rooms(amenities=both)).nearest[0].tolist()) == {0, 1}
    assert set(distances_of(rooms(amenities=both), is_step_free=True).nearest[0].tolist()) == {1}


@pytest.mark.parametrize(
    ("plan", "code"),
    [(rooms(), "facilities.none"), (rooms(areas=(), nodes=(), openings=()), "facilities.none")],
    ids=["no amenity", "no area"],
)
def test_nothing_to_measure_is_told(plan, code):
    with pytest.raises(PlanError) as told:
        distances_of(plan)
    assert [each.code for each in told.value.problems] == [code]
