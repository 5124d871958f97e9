"""Venues drawn by size: whatever the size, nothing in the drawing is at fault."""

from dataclasses import replace

import pytest

from hostcity.plan import PlanError, problems_of
from hostcity.plan.template import empty_plan
from hostcity.plan.venues import HallSize, comb, four_leaf
from hostcity.plan.venues.four_leaf import Block

SMALL = HallSize(width_m=40, depth_m=60, stands=20)
SQUARE = HallSize(width_m=100, depth_m=60, stands=40)
DRAWN = ("areas", "stands", "openings", "connectors", "amenities")


def faults(drawing):
    """Problems of drawn rows; that a plan of a drawing alone cannot be played is none."""
    plan = replace(empty_plan(), **drawing.sheets())
    return [str(each) for each in problems_of(plan) if each.sheet in DRAWN and not each.code.endswith("nodes")]


@pytest.mark.parametrize(
    ("halls", "size"),
    [(15, HallSize()), *((halls, size) for halls in (1, 2, 3, 7, 16, 39, 48) for size in (SMALL, SQUARE))],
)
@pytest.mark.parametrize("draw", [four_leaf, comb])
def test_a_venue_of_any_size_has_no_fault(draw, halls, size):
    drawing = draw(halls, size)
    assert faults(drawing) == []
    assert sum(area.kind == "hall" for area in drawing.areas) == halls
    assert sum(stand.kind == "stand" for stand in drawing.stands) == halls * size.stands


@pytest.mark.parametrize("draw", [four_leaf, comb])
def test_a_venue_without_stands_is_halls_alone(draw):
    assert [stand for stand in draw(4, HallSize(stands=0)).stands if stand.kind == "stand"] == []


def test_each_hall_has_three_doors_and_exits_around():
    drawing = comb(3)
    for hall in ("N1", "S1", "N2"):
        of_hall = [each for each in drawing.openings if each.area == hall]
        assert sum(each.other == "spine" for each in of_hall) == 3
        assert sum(each.is_exit for each in of_hall) == 17


def test_decks_are_reached_by_three_ways_of_three_kinds():
    drawing = four_leaf(
        [Block(degrees=45.0, ground="1.1", deck="1.2"), *(Block(degrees=each) for each in (135.0, 225.0, 315.0))]
    )
    up = [each for each in drawing.connectors if each.end == "1.2"]
    assert sorted(each.kind for each in up) == ["escalator"] * 3 + ["lift"] * 3 + ["stairs"] * 3
    assert {level.code for level in drawing.levels} == {"0", "8", "16"}
    outside = [each for each in drawing.openings if each.is_exit and each.area in ("1.1", "1.2")]
    assert {(each.area, each.step_free) for each in outside} == {("1.1", True), ("1.2", False)}


def test_nobody_goes_in_by_a_way_out_or_out_by_an_entrance():
    ways = {each.code: each.direction for each in four_leaf(12, HallSize()).openings if each.code.endswith("-ring")}
    assert {code.partition("-")[0]: direction for code, direction in ways.items()} == {"gate": "out", "exit": "in"}
    assert len(ways) > 7


def test_a_venue_of_ground_halls_has_one_level():
    assert [level.code for level in four_leaf(4).levels] == ["0"]


@pytest.mark.parametrize(
    ("draw", "code"),
    [
        (lambda: four_leaf(0), "venue.halls"),
        (lambda: four_leaf(49), "venue.halls"),
        (lambda: comb(0), "venue.halls"),
        (lambda: comb(49), "venue.halls"),
        (lambda: HallSize(width_m=39), "venue.hall.size"),
        (lambda: HallSize(depth_m=float("nan")), "venue.hall.size"),
        (lambda: HallSize(stands=HallSize().most_stands + 1), "venue.hall.stands"),
        (lambda: HallSize(stands=-1), "venue.hall.stands"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, code):
    with pytest.raises(PlanError) as error:
        draw()
    assert [each.code for each in error.value.problems] == [code]


def test_as_many_stands_as_fit_can_be_drawn():
    size = HallSize(stands=HallSize().most_stands)
    assert faults(comb(1, size)) == []
