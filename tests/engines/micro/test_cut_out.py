"""What cannot be played is refused; walls stand where widths and bearings put them."""

import dataclasses
import math

import numpy as np
import pytest

from hostcity.engines.micro import Arm, CutOut, Lanes, floor_of
from hostcity.engines.micro.floor import fitting_radius, turned_apart
from tests.engines.micro.plazas import corridor, gate, persons

pytest.importorskip("shapely")


def test_too_many_persons_or_minutes_are_refused():
    with pytest.raises(ValueError, match="at most 1500 persons, not 1501"):
        corridor(persons(1501))
    with pytest.raises(ValueError, match="at most 900 s, not 901"):
        corridor(persons(1), lasts_s=901.0)
    assert len(corridor(persons(1500), lasts_s=900.0).persons) == 1500


def test_a_cut_out_names_arms_and_lanes_that_are_there():
    with pytest.raises(ValueError, match="to_arm names one that is not there; there are 2"):
        corridor(persons(3, to_arm=np.array([1, 2, 1], np.int32)))
    with pytest.raises(ValueError, match="lanes names one that is not there; there are 0"):
        corridor(persons(3, lanes=np.zeros(3, np.int32)))
    one = corridor(persons(1))
    with pytest.raises(ValueError, match="at least 2 arms"):
        dataclasses.replace(one, arms=one.arms[:1])
    with pytest.raises(ValueError, match="before the same arm"):
        dataclasses.replace(one, lanes=(gate(persons(1)).lanes[0],) * 2)


def test_a_straight_corridor_is_a_rectangle_with_its_opening():
    floor = floor_of(corridor(persons(1), width_m=4.0, length_m=20.0, door_m=1.5).arms)
    assert floor.turned_rad == 0.0
    assert floor.walkable.bounds == pytest.approx((-20.0, -2.0, 20.0, 2.0), abs=1e-3)
    assert floor.area_m2 == pytest.approx(4.0 * 40.0 - 0.4 * 2.5, rel=1e-3)
    (x, low), (also_x, high) = floor.ways[1].mouth
    assert x == also_x
    assert high - low == pytest.approx(1.5)


def test_arms_stand_around_the_smallest_circle_that_takes_their_widths():
    # Four chords of 10 m make a square about the middle.
    assert fitting_radius([10.0] * 4) == pytest.approx(1.02 * 10.0 / math.sqrt(2))
    assert fitting_radius([3.0, 3.0]) == 2.0  # never smaller


def test_arms_with_one_bearing_are_turned_apart_evenly_and_others_are_not():
    radius = 10.0
    found = turned_apart([0.0, 0.0, math.pi], [6.0, 6.0, 6.0], radius)
    half = math.asin(3.0 / radius)
    assert [(each + math.pi) % math.tau - math.pi for each in found[:2]] == pytest.approx([-half, half], abs=1e-6)
    assert found[2] == pytest.approx(math.pi)


@pytest.mark.parametrize("seed", range(5))
def test_no_two_arms_share_floor_outside_of_the_middle(seed):
    draw = np.random.default_rng(seed)
    arms = tuple(
        Arm(
            code=str(each),
            bearing_rad=float(draw.uniform(0, math.tau)),
            width_m=float(draw.uniform(2, 30)),
            length_m=40.0,
        )
        for each in range(int(draw.integers(2, 9)))
    )
    floor = floor_of(arms)
    from shapely import Polygon

    boxes = [Polygon(way.box(way.mouth_m, way.end_m, -way.width_m / 2, way.width_m / 2)) for way in floor.ways]
    for at, box in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert box.intersection(other).area < 1e-3
    assert floor.walkable.geom_type == "Polygon"


def test_lanes_and_their_lines_find_room():
    row = Lanes(code="check", ahead=1, pitch_m=1.5, places=20, from_s=(0.0,), open=(12,))
    floor = floor_of(gate(persons(1)).arms, (row,))
    places = [place for lane in floor.lanes[0] for place in lane.places]
    assert len(places) == 240
    assert len(set(places)) == 240
    from shapely import contains_xy

    assert contains_xy(floor.walkable.buffer(-0.5), *np.array(places).T).all()
    assert floor.front_m(row) == pytest.approx(floor.ways[1].mouth_m - 2.0)


def test_lanes_open_by_the_clock():
    row = Lanes(code="check", ahead=1, pitch_m=1.5, places=8, from_s=(0.0, 60.0, 120.0), open=(2, 0, 5))
    assert [row.open_at(at) for at in (-1.0, 0.0, 59.9, 60.0, 500.0)] == [2, 2, 2, 0, 5]
    assert row.most == 5
    assert CutOut(arms=gate(persons(1)).arms, lanes=(row,), persons=persons(1), start_s=0.0, end_s=1.0)
