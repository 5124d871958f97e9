"""Lifts and amenities out of a contractor's blocks, points and outlines."""

from __future__ import annotations

import pytest

from hostcity.plan.rows import Opening
from tests.plan.dxf.drawings import block, layer_map, proved, rectangle, text
from tests.plan.test_drawing import AED, LIFT, OPENING, drawn

PLACES = layer_map(unit="m", layers={"电梯": "lift", "AED": "aed", "卫生间": "toilets", "设施号": "place_number"})

#: Said of drawings of one place: on the other layers is nothing, and its size tells no unit.
TINY = ("dxf.layer.missing", "dxf.unit.unusual")


def point(place, layer):
    return lambda space: space.add_point(place, dxfattribs={"layer": layer})


def found(proof, sheet):
    return {each.code: each for each in getattr(proof.would_be, sheet)}


def codes(proof):
    return [each.code for each in (*proof.refusals, *proof.doubts) if each.code not in TINY]


def test_a_block_with_its_code_is_moved_and_keeps_what_the_drawing_does_not_say(tmp_path):
    proof = proved(tmp_path, block("lift", (152, 61), "电梯"), block("aed-1", (140, 48), "AED"), map_=PLACES)
    lift, aed = found(proof, "connectors")["lift"], found(proof, "amenities")["aed-1"]
    assert (lift.start_x_m, lift.start_y_m, lift.end_y_m, lift.cabin_persons) == (152, 61, LIFT.end_y_m, 20)
    assert (aed.x_m, aed.y_m, aed.area) == (140, 48, "H1")
    assert {(each.sheet, each.verb) for each in proof.changes} == {("connectors", "moved"), ("amenities", "moved")}
    assert codes(proof) == []


def test_a_new_lift_says_where_it_leads_and_what_it_takes(tmp_path):
    said = {
        "OTHER_AREA": "H2",
        "OTHER_X_M": "160",
        "OTHER_Y_M": "-60.5",
        "WIDTH_M": "1.1",
        "CABIN_PERSONS": "13",
        "CYCLE_S": "45",
    }
    proof = proved(tmp_path, block("lift", (150, 60), "电梯"), block("lift-2", (160, 60), "电梯", **said), map_=PLACES)
    new = found(proof, "connectors")["lift-2"]
    assert (new.kind, new.start, new.end, new.end_y_m, new.width_m, new.cabin_persons, new.cycle_s) == (
        "lift", "H1", "H2", -60.5, 1.1, 13, 45,
    )  # fmt: skip
    assert codes(proof) == []


def test_a_lift_that_takes_nobody_is_refused_by_the_checks_of_the_plan(tmp_path):
    said = {"OTHER_AREA": "H2", "OTHER_X_M": "160", "OTHER_Y_M": "-60", "WIDTH_M": "1.1"}
    proof = proved(tmp_path, block("lift-2", (160, 60), "电梯", **said), map_=PLACES)
    assert codes(proof) == ["connectors.cabin_persons.needed", "connectors.cycle_s.needed"]


@pytest.mark.parametrize(
    ("draw", "code"),
    [
        ((rectangle(160, 60, 166, 64, "卫生间"), text("WC-7", (163, 62), "设施号")), "WC-7"),
        ((rectangle(160, 60, 166, 64, "卫生间"), text("WC-7", (163, 62), "卫生间")), "WC-7"),
        ((point((163, 62), "卫生间"), text("WC-7", (163, 61), "设施号")), "WC-7"),
        ((block("", (163, 62), "卫生间"),), "H1-toilets-1"),
    ],
)
def test_outlines_points_and_blocks_are_places(draw, code, tmp_path):
    proof = proved(tmp_path, *draw, map_=PLACES)
    toilets = found(proof, "amenities")[code]
    assert (toilets.kind, toilets.area, toilets.x_m, toilets.y_m) == ("toilets", "H1", 163, 62)
    assert codes(proof) == []


def test_what_has_no_code_is_known_by_its_place(tmp_path):
    proof = proved(tmp_path, block("", (AED.x_m + 0.3, AED.y_m), "AED"), block("", (150, 60.2), "电梯"), map_=PLACES)
    assert set(found(proof, "amenities")) == {"aed-1"}
    assert found(proof, "connectors")["lift"].start_y_m == 60.2


def test_one_that_is_not_drawn_any_more_is_gone(tmp_path):
    """Of a kind that the map draws and of which something is drawn, in a hall in which something is drawn."""
    proof = proved(tmp_path, block("lift", (150, 60), "电梯"), block("aed-2", (160, 60), "AED"), map_=PLACES)
    assert set(found(proof, "amenities")) == {"aed-2"}
    only_toilets = layer_map(unit="m", layers={"卫生间": "toilets"})
    for map_ in (PLACES, only_toilets):  # the layer is empty; there is none
        proof = proved(tmp_path, point((163, 62), "卫生间"), map_=map_)
        assert set(found(proof, "amenities")) == {"aed-1", "H1-toilets-1"}


def test_a_level_that_would_lose_its_last_way_to_others_is_refused(tmp_path):
    """By the checks of the whole plan; where the way was."""
    upstairs = Opening(code="door-2", area="H2", line=((140, -46), (145, -46)))
    proof = proved(
        tmp_path, block("lift-9", (160, 60), "电梯"), point((163, 62), "卫生间"),
        plan=drawn(openings=(OPENING, upstairs)), map_=PLACES,
    )  # fmt: skip
    assert [(each.code, each.level, each.at) for each in proof.refusals] == [
        ("levels.code.connector", "0", (LIFT.start_x_m, LIFT.start_y_m)),
        ("levels.code.connector", "1", None),
    ]
    assert proof.plan is None


def test_what_the_plan_has_is_lost_neither_outside_nor_by_a_code_that_is_there_twice(tmp_path):
    proof = proved(tmp_path, block("aed-1", (1500, 60), "AED"), block("lift", (150, 60), "电梯"), map_=PLACES)
    assert [(each.code, each.at) for each in proof.refusals] == [("dxf.stand.nowhere", (1500, 60))]
    for layer, code in (("AED", "aed-1"), ("电梯", "lift")):
        proof = proved(tmp_path, block(code, (150, 60), layer), block(code, (170, 60), layer), map_=PLACES)
        assert [(each.code, each.at) for each in proof.refusals] == [
            ("dxf.number.double", (150, 60)),
            ("dxf.number.double", (170, 60)),
        ]


def test_doubts_of_places(tmp_path):
    twice = (block("a", (150, 60), "AED"), block("a", (150.2, 60), "AED"))
    far = (block("b", (1500, 60), "AED"), text("c", (170, 80), "设施号"))
    proof = proved(tmp_path, *twice, *far, map_=PLACES, plan=drawn(amenities=()))
    assert codes(proof) == ["dxf.number.outside", "dxf.number.twice", "dxf.area.none"]


@pytest.mark.parametrize(
    ("draw", "code"),
    [
        (block("lift-9", (160, 60), "电梯"), "dxf.connector.other"),
        (block("lift-9", (160, 60), "电梯", OTHER_AREA="H9", OTHER_X_M="1", OTHER_Y_M="1", WIDTH_M="1"), "dxf.connector.other"),
        (block("aed-1", (139, 47), "AED", PLACES="many"), "dxf.place.value"),
    ],
)  # fmt: skip
def test_what_a_block_says_wrongly_or_not_at_all(draw, code, tmp_path):
    proof = proved(tmp_path, draw, map_=layer_map(unit="m", layers={"电梯": "lift", "AED": "aed"}))
    (problem,) = (each for each in proof.doubts if each.code not in TINY)
    assert (problem.code, problem.level, bool(problem.layer)) == (code, "0", True)
