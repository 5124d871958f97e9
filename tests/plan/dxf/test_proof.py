"""What a drawing would make of a plan: found, moved, changed, new, gone, and every doubt and refusal."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import Any

import pytest

from hostcity.plan import PlanError
from hostcity.plan.dxf import DOUBTS, REFUSALS, approve, layer_map_of, picture_of_proof, prove, read_layer_map
from hostcity.plan.dxf import contents as contents_module
from hostcity.plan.dxf import file as file_module
from hostcity.plan.dxf.told import said
from hostcity.plan.rows import Stand
from tests.plan.dxf.drawings import (
    LAYERS,
    MILLIMETERS,
    SAME,
    codes,
    document,
    layer_map,
    line,
    proved,
    rectangle,
    ring,
    saved,
    stand,
    text,
    text_of,
)
from tests.plan.test_drawing import CORE, OPENING, STAND, box, drawn, other

TWO = (*stand("1A01", 150, 50, 156, 53), *stand("1A02", 160, 50, 166, 53))


def verbs(proof) -> dict[str, str]:
    return {f"{each.sheet}.{each.code}": each.verb for each in proof.changes}


def test_the_same_drawing_changes_nothing(tmp_path):
    proof = proved(tmp_path, *SAME)
    assert (codes(proof), proof.changes, proof.same) == ([], (), 2)
    assert proof.plan == drawn()


def test_a_row_keeps_what_the_drawing_does_not_say(tmp_path):
    proof = proved(tmp_path, *stand("1A01", 151, 52, 157, 55))
    (change,) = (each for each in proof.changes if each.sheet == "stands")
    assert (change.verb, change.moved_m, change.fields) == ("moved", round(5**0.5, 2), ("outline",))
    assert proof.plan is not None
    assert proof.plan.stands == (other(STAND, outline=box(151, 52, 157, 55)),)


def test_new_changed_and_gone(tmp_path):
    plan = drawn(stands=(STAND, other(STAND, code="1A09", outline=box(170, 50, 176, 53)), CORE))
    others = (rectangle(190, 80, 191, 81, "围栏"), line((160, 46), (165, 46), "安全出口"))
    proof = proved(tmp_path, *stand("1A01", 150, 50, 158, 53), *TWO[2:], *others, plan=plan)
    assert verbs(proof) == {
        "stands.1A01": "changed",
        "stands.1A09": "gone",
        "stands.core": "gone",
        "openings.door-1": "gone",
        "stands.1A02": "added",
        "stands.H1-barrier-1": "added",
        "openings.H1-exit-1": "added",
    }
    assert proof.plan is not None
    assert proof.plan.stands[1] == Stand(code="1A02", area="H1", outline=box(160, 50, 166, 53))
    few = layer_map(layers={"展位": "stand", "展位号": "stand_number"})  # what the map draws no layer of, stays
    assert verbs(proved(tmp_path, *TWO, plan=plan, map_=few)) == {"stands.1A09": "gone", "stands.1A02": "added"}


def test_halls_that_are_not_drawn_keep_their_stands(tmp_path):
    plan = drawn(stands=(STAND, other(STAND, code="2A01", area="H2", outline=box(150, -60, 156, -57))))
    assert "stands.2A01" not in verbs(proved(tmp_path, *SAME, plan=plan))


def test_openings_find_their_walls_and_keep_their_rows(tmp_path):
    proof = proved(
        tmp_path, *TWO[:2], line((141, 46), (146, 46), "安全出口"), text("door-1", (143, 45.5), "门号"), line((212, 60), (212, 64)),
    )  # fmt: skip
    assert verbs(proof) == {"openings.door-1": "moved", "openings.H1-opening-1": "added"}
    assert proof.plan is not None
    assert proof.plan.openings[0] == other(OPENING, line=((141, 46), (146, 46)))
    assert (proof.plan.openings[1].area, proof.plan.openings[1].is_exit) == ("H1", False)


def test_an_outline_of_a_hall_is_that_of_its_name(tmp_path):
    for name in ("H1", "h1", "Hall 1"):
        proof = proved(tmp_path, *SAME, rectangle(138, 46, 214, 96, "馆"), text(name, (170, 70), "馆名"))
        assert (verbs(proof), codes(proof)) == ({"areas.H1": "changed"}, [])
    unnamed = proved(tmp_path, *SAME, rectangle(138, 46, 214, 96, "馆"))  # known by its place
    assert (verbs(unnamed), codes(unnamed)) == ({"areas.H1": "changed"}, [])


def test_columns_are_known_by_their_place(tmp_path):
    plan = drawn(stands=(STAND, Stand(code="c-7", area="H1", kind="column", outline=box(160, 60, 161, 61))))
    proof = proved(
        tmp_path, *SAME, rectangle(160.2, 60, 161.2, 61, "柱"), lambda space: space.add_circle((170, 60), 0.4, dxfattribs={"layer": "柱"}),
        plan=plan,
    )  # fmt: skip
    assert verbs(proof) == {"stands.c-7": "moved", "stands.H1-column-1": "added"}
    assert codes(proof) == []


def test_neighbors_are_made_to_meet(tmp_path):
    proof = proved(
        tmp_path,
        *stand("1A01", 150, 50, 156, 53),
        *stand("1A02", 156.03, 50, 162, 53),
        *stand("1A03", 155.98, 53.04, 162, 56),
    )
    assert proof.plan is not None
    assert [each.outline for each in proof.plan.stands] == [
        box(150, 50, 156, 53),
        box(156, 50, 162, 53),
        ((156, 53), (162, 53), (162, 56), (155.98, 56)),
    ]  # fmt: skip -- a corner that is near to nothing stays
    assert (proof.joined, codes(proof)) == (2, ["dxf.outline.joined"])


def test_it_is_taken_to_where_the_map_says(tmp_path):
    turned = [ring([(0, 0), (0, -6000), (3000, -6000), (3000, 0)]), text("1A01", (1500, -3000))]
    proof = proved(tmp_path, *turned, unit=MILLIMETERS, map_=layer_map(move_m=(150.0, 50.0), turn_deg=90.0))
    assert proof.plan is not None
    assert proof.plan.stands == (STAND,)


def test_the_proof_is_approved_only_as_it_was_looked_at(tmp_path):
    path = saved(tmp_path, *TWO)
    proof = prove(path, layer_map(), drawn())
    assert prove(path, layer_map(), drawn()).sha256 == proof.sha256
    assert approve(proof, proof.sha256[:12]) == proof.plan
    changed = [
        prove(path, layer_map(join_m=0.1), drawn()),
        prove(path, layer_map(), drawn(openings=())),
        prove(saved(tmp_path, *SAME), layer_map(), drawn()),
    ]
    for each in changed:
        with pytest.raises(PlanError) as refused:
            approve(each, proof.sha256)
        assert [problem.code for problem in refused.value.problems] == ["dxf.proof.changed"]
    for asked in ("", proof.sha256[:4]):
        with pytest.raises(PlanError):
            approve(proof, asked)


def test_a_refused_proof_is_approved_by_nobody(tmp_path):
    proof = proved(tmp_path, ring([(150, 50), (156, 53), (156, 50), (150, 53)]), text("1A01", (151, 51.5)))
    assert (proof.plan, [each.moved_m for each in proof.changes]) == (None, [0.0])
    with pytest.raises(PlanError) as refused:
        approve(proof, proof.sha256)
    assert [problem.code for problem in refused.value.problems] == ["stands.outline.crosses"]
    (problem,) = proof.refusals
    assert (problem.layer, problem.level, bool(problem.feature), problem.at) == ("展位", "0", True, (153.0, 51.5))
    assert str(problem).startswith("layer 展位, object ")


# -- every doubt --------------------------------------------------------------------------------------------------------

NUMBERS = layer_map(layers={"展位": "stand", "展位号": "stand_number"})


def insert_of_nothing(space: Any) -> None:
    space.add_blockref("GONE", (150, 50), dxfattribs={"layer": "展位"})


def within_itself(space: Any) -> None:
    block = space.doc.blocks.new("LOOP")
    block.add_blockref("LOOP", (1, 0), dxfattribs={"layer": "展位"})
    space.add_blockref("LOOP", (150, 50), dxfattribs={"layer": "展位"})


def other_drawing(space: Any) -> None:
    space.doc.add_xref_def("other.dxf", "OTHER")
    space.add_blockref("OTHER", (150, 50), dxfattribs={"layer": "展位"})


def foreign(space: Any) -> None:
    from ezdxf.entities import DXFTagStorage
    from ezdxf.lldxf.extendedtags import ExtendedTags

    tags = ExtendedTags.from_text(
        "0\nTCH_WALL\n5\nFFFF\n330\n1F\n100\nAcDbEntity\n8\n展位\n100\nTDbWall\n10\n1.0\n20\n2.0\n"
    )
    entity = DXFTagStorage.load(tags, space.doc)
    space.doc.entitydb.add(entity)
    space.add_entity(entity)


#: The plan with both halls on one level.
ONE_LEVEL = drawn().replace(areas=tuple(dataclasses.replace(each, level="0") for each in drawn().areas))


def broken(space: Any) -> None:
    space.add_circle((150, 50), float("nan"), dxfattribs={"layer": "展位"})


DOUBTFUL: dict[str, tuple[Any, ...]] = {
    "dxf.layer.unmapped": (*SAME, rectangle(170, 50, 176, 53, "BOOTH")),
    "dxf.left.foreign": (*SAME, foreign),
    "dxf.left.xref": (*SAME, other_drawing),
    "dxf.left.deep": (*SAME, within_itself),
    "dxf.left.block": (*SAME, insert_of_nothing),
    "dxf.left.broken": (*SAME, broken),
    "dxf.outline.open": (*SAME, ring(box(170, 50, 176, 53), closed=False)),
    "dxf.outline.sliver": (*SAME, rectangle(170, 50, 170.02, 53)),
    "dxf.outline.corners": (
        *SAME,
        ring([(160 + 10 * math.cos(n / 500), 70 + 10 * math.sin(n / 500)) for n in range(3_100)]),
    ),
    "dxf.outline.twice": (*SAME, rectangle(150, 50, 156, 53)),
    "dxf.outline.joined": (*stand("1A01", 150, 50, 156, 53), *stand("1A02", 156.03, 50, 162, 53)),
    "dxf.number.none": (*SAME, rectangle(170, 50, 176, 53)),
    "dxf.number.by_place": (rectangle(150, 50, 156, 53),),
    "dxf.number.several": (*SAME, text("1A77", (152, 51))),
    "dxf.number.twice": (
        *SAME,
        *(rectangle(west, 46, west + 74, 96, "馆") for west in (138, 300)),
        *(text("H1", (west, 70), "馆名") for west in (150, 310)),
        rectangle(138, -96, 212, -46, "馆"),
        text("H2", (170, -70), "馆名"),
    ),
    "dxf.number.outside": (*SAME, text("1A78", (180, 51))),
    "dxf.number.form": (*SAME, text("a=b", (152, 51))),
    "dxf.number.elsewhere": (*stand("1A01", 150, -60, 156, -57),),
    "dxf.area.none": (*SAME, rectangle(15_00, 50, 15_06, 53, "柱")),
    "dxf.area.unnamed": (*SAME, rectangle(300, 46, 350, 96, "馆")),
    "dxf.area.gone": (*SAME, rectangle(138, 46, 212, 96, "馆"), text("H1", (170, 70), "馆名")),
    "dxf.opening.shape": (*SAME, ring([(160, 46), (162, 46), (162, 45)], "门", closed=False)),
    "dxf.opening.wall": (*SAME, line((160, 70), (165, 70))),
}


@pytest.mark.parametrize("code", DOUBTFUL)
def test_what_is_doubtful_is_said_with_its_place(code, tmp_path):
    proof = proved(tmp_path, *DOUBTFUL[code], plan=ONE_LEVEL)
    assert codes(proof) == [code]
    (problem,) = (each for each in proof.doubts if each.code == code)
    assert problem.level == "0"
    assert problem.layer or problem.at
    assert proof.plan is not None


def test_a_layer_that_only_the_map_knows(tmp_path):
    proof = proved(tmp_path, *SAME)
    assert {(each.code, each.layer) for each in proof.doubts} == {
        ("dxf.layer.missing", layer) for layer in ("柱", "围栏", "门", "馆", "馆名")
    }


def test_a_layer_in_which_nothing_is_drawn_takes_nothing_away(tmp_path):
    """As that of one which was frozen when it was written; nor does one of several of a kind, or one of nothing but texts."""
    plan = drawn(stands=(STAND, other(STAND, code="1A09", outline=box(170, 50, 176, 53))))
    two = layer_map(layers={**LAYERS, "特装": "stand"})
    for draw, map_, layer in ((SAME[1:], layer_map(), "展位"), (SAME, two, "特装")):
        proof = proved(tmp_path, *draw, plan=plan, map_=map_)
        assert (proof.plan, verbs(proof)) == (plan, {})
        (doubt,) = (each for each in proof.doubts if each.layer == layer)
        assert str(doubt) == (
            f"layer {layer}: the map says stand, but nothing of that kind is drawn there: 2 that the plan has stay. Thaw the "
            "layer and export the drawing again, or correct its name in the map. Remove by hand what is not there any more. "
            "[dxf.layer.missing]"
        )


def test_a_stand_whose_number_is_in_no_outline_stays(tmp_path):
    plan = drawn(stands=(STAND, other(STAND, code="1A09", outline=box(170, 50, 176, 53))))
    proof = proved(tmp_path, *SAME, text("1A09", (173, 51.5)), plan=plan)
    assert (codes(proof), proof.plan) == (["dxf.number.outside"], plan)


def test_a_unit_that_nobody_says_is_guessed(tmp_path):
    few = [*stand("1A01", 150_000, 50_000, 156_000, 53_000)]
    proof = proved(tmp_path, *few, unit=0, map_=NUMBERS)
    assert (codes(proof), proof.unit, proof.same) == (["dxf.unit.guessed"], "mm", 1)


def test_a_unit_that_the_map_says_holds_even_if_it_is_unusual(tmp_path):
    proof = proved(tmp_path, *stand("1A01", 150, 50, 150.6, 50.3), map_=layer_map(unit="m", layers=NUMBERS.layers))
    assert codes(proof) == ["dxf.unit.unusual"]


def test_the_unit_is_told_before_what_follows_from_it(tmp_path):
    far = [*stand("1A01", 150_000, 50_000, 156_000, 53_000), *stand("1A02", 155_000, 50_000, 161_000, 53_000)]
    proof = proved(tmp_path, *far, map_=layer_map(unit="m", layers=NUMBERS.layers))
    assert [each.code for each in proof.refusals] == ["dxf.unit.unusual", "dxf.far"]
    assert 'unit = "mm" would be usual' in str(proof.refusals[0])


def test_one_step_of_everything_is_doubted(tmp_path):
    rows = [
        other(STAND, code=f"1A{number}", outline=box(150 + 8 * number, 50, 156 + 8 * number, 53)) for number in range(6)
    ]
    moved = [
        each for number in range(6) for each in stand(f"1A{number}", 151.5 + 8 * number, 52, 157.5 + 8 * number, 55)
    ]
    proof = proved(tmp_path, *moved, plan=drawn(stands=tuple(rows)), map_=NUMBERS)
    assert codes(proof) == ["dxf.moved.all"]
    assert "move_m = [-1.50, -2.00]" in str(proof.doubts[-1])


def test_a_damaged_file_is_mended_and_said_to_be(tmp_path):
    path = saved(tmp_path, *SAME)
    lines = path.read_bytes().split(b"\n")
    at = lines.index(b"AcDbPolyline")
    path.write_bytes(b"\n".join([*lines[: at + 1], b" 4x3", b"0.0", *lines[at + 1 :]]))
    proof = prove(path, layer_map(), drawn())
    assert codes(proof) == ["dxf.file.repaired"]
    assert proof.same == 2


# -- every refusal ------------------------------------------------------------------------------------------------------


def refused(*asked: Any) -> list[str]:
    with pytest.raises(PlanError) as error:
        prove(*asked)
    return [each.code for each in error.value.problems]


def test_files_that_are_none(tmp_path, monkeypatch):
    def told(data: bytes) -> list[str]:
        (tmp_path / "x.dxf").write_bytes(data)
        return refused(tmp_path / "x.dxf", layer_map(), drawn())

    good = text_of(document(*SAME))
    assert refused(tmp_path / "none.dxf", layer_map(), drawn()) == ["dxf.file.not_found"]
    assert refused(tmp_path, layer_map(), drawn()) == ["dxf.file.not_found"]
    assert told(b"AC1032\x00\x00" + b"\0" * 100) == ["dxf.file.dwg"]
    assert told(b"%PDF-1.4") == told(b"") == told(b"PK\3\4") == ["dxf.file.not_dxf"]
    assert told(b"AutoCAD Binary DXF\r\n\x1a\x00\x00\x00SECTION") == ["dxf.file.broken"]
    assert told(good + b" " * 21 * 1024**2) == ["dxf.file.size"]
    assert prove(saved(tmp_path, *SAME), layer_map(), drawn(), most_bytes=len(good) + 100).same == 2
    monkeypatch.setattr(file_module, "MOST_ENTITIES", 10)
    assert told(good) == ["dxf.file.entities"]


def test_blocks_within_blocks_that_become_too_much(tmp_path, monkeypatch):
    def bomb(space: Any) -> None:
        for depth in range(9):
            block = space.doc.blocks.new(f"B{depth}")
            for _each in range(10):
                block.add_blockref(f"B{depth + 1}", (1, 0)) if depth < 8 else block.add_line((0, 0), (1, 0))
        space.add_blockref("B0", (150, 50), dxfattribs={"layer": "展位"})

    monkeypatch.setattr(contents_module, "MOST_FROM_BLOCKS", 5_000)
    with pytest.raises(PlanError) as error:
        proved(tmp_path, bomb)
    assert [each.code for each in error.value.problems] == ["dxf.file.entities"]

    def array(space: Any) -> None:
        space.doc.blocks.new("B").add_line((0, 0), (1, 0))
        space.add_blockref(
            "B", (0, 0), dxfattribs={"row_count": 30_000, "column_count": 30_000, "row_spacing": 1, "column_spacing": 1}
        )

    with pytest.raises(PlanError) as error:
        proved(tmp_path, array)
    assert [each.code for each in error.value.problems] == ["dxf.file.entities"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "file"),
        ({"scale": 1}, "key"),
        ({"unit": "mile"}, "value"),
        ({"level": 1}, "value"),
        ({"move_m": [1]}, "value"),
        ({"move_m": [1, "x"]}, "value"),
        ({"turn_deg": float("nan")}, "value"),
        ({"join_m": 3}, "value"),
        ({"layers": []}, "layers"),
        ({"layers": {"A": "castle"}}, "kind"),
    ],
)
def test_maps_that_cannot_be_read(body, code):
    with pytest.raises(PlanError) as error:
        layer_map_of(body)
    assert [each.code for each in error.value.problems] == [f"dxf.map.{code}"]


def test_maps_that_do_not_fit_the_plan(tmp_path):
    path = saved(tmp_path, *SAME)
    assert refused(path, layer_map(level="9"), drawn()) == ["dxf.map.level"]
    assert refused(path, layer_map(area="H9"), drawn()) == ["dxf.map.area"]
    assert refused(path, layer_map(layers={"展位": "ignore", "展位号": "stand_number"}), drawn()) == ["dxf.map.nothing"]
    (tmp_path / "map.toml").write_text("level = ", "utf-8")
    with pytest.raises(PlanError) as error:
        read_layer_map(tmp_path / "map.toml")
    assert [each.code for each in error.value.problems] == ["dxf.map.file"]


def test_millimeters_that_say_meters(tmp_path):
    proof = proved(
        tmp_path, *stand("1A01", 150_000, 50_000, 156_000, 53_000), rectangle(138_000, 46_000, 212_000, 96_000, "馆")
    )
    assert proof.refusals[0].code == "dxf.unit.impossible"
    assert "a usual stand would have 18,000,000 m²" in str(proof.refusals[0])
    assert 'unit = "mm"' in str(proof.refusals[0])
    assert (proof.plan, proof.unit) == (None, "mm")  # drawn as it probably is
    huge = proved(tmp_path, rectangle(0, 0, 1e12, 1e12, "馆"), unit=0)
    assert [each.code for each in huge.refusals][:1] == ["dxf.unit.unknown"]


def test_another_origin(tmp_path):
    far = [*stand("1A01", 10_150, 5_050, 10_156, 5_053)]
    (problem,) = proved(tmp_path, *far, map_=NUMBERS).refusals
    assert problem.code == "dxf.far"
    assert "move_m = [-10000.00, -5000.00]" in str(problem)
    (problem,) = proved(tmp_path, *far, map_=NUMBERS, plan=drawn(stands=())).refusals
    assert problem.code == "dxf.far"
    bare = drawn().replace(areas=tuple(dataclasses.replace(each, outline=()) for each in drawn().areas))
    (problem,) = proved(tmp_path, *SAME[:2], map_=NUMBERS, plan=bare).refusals
    assert (problem.code, "no area with an outline" in str(problem)) == ("dxf.far", True)


def test_nothing_on_the_layers_of_the_map(tmp_path):
    assert [each.code for each in proved(tmp_path, rectangle(0, 0, 6, 3, "BOOTH")).refusals] == ["dxf.empty"]


def test_numbers_that_are_there_twice_or_outside_lose_no_stand(tmp_path):
    """Told at each place, and drawn there; what the plan has under the number that is missing is not gone by a slip."""
    proof = proved(tmp_path, *SAME, *stand("1A01", 170, 50, 176, 53))
    assert [(each.code, each.at, bool(each.feature)) for each in proof.refusals] == [
        ("dxf.number.double", (153.0, 51.5), True),
        ("dxf.number.double", (173.0, 51.5), True),
    ]
    assert "1A01 is here and at (173.00, 51.50) as well." in str(proof.refusals[0])
    assert [(each.points, each.name) for each in proof.refused] == [(box(170, 50, 176, 53), "1A01")]
    proof = proved(tmp_path, *TWO[2:], *stand("1A01", 450, 50, 456, 53))
    assert [(each.code, each.at) for each in proof.refusals] == [("dxf.stand.nowhere", (453.0, 51.5))]
    assert verbs(proof) == {"stands.1A02": "added"}
    assert [(each.points, each.name) for each in proof.refused] == [(box(450, 50, 456, 53), "1A01")]
    assert 'class="stand refused"' in picture_of_proof(proof)


def test_texts_in_columns_are_no_numbers_that_must_differ(tmp_path):
    columns = [(rectangle(west, 60, west + 1, 61, "柱"), text("600", (west + 0.5, 60.5), "柱")) for west in (160, 170)]
    proof = proved(tmp_path, *SAME, *(each for pair in columns for each in pair))
    assert verbs(proof) == {"stands.H1-column-1": "added", "stands.H1-column-2": "added"}
    assert codes(proof) == []


REFUSED = {
    "stands.outline.outside": (*SAME, *stand("1A02", 208, 50, 214, 53)),
    "stands.outline.overlap": (*SAME, *stand("1A02", 155, 50, 161, 53)),
    "stands.outline.crosses": (*SAME, ring([(170, 50), (176, 53), (176, 50), (170, 53)]), text("1A02", (171, 51.5))),
    "areas.outline.crosses": (
        *SAME,
        ring([(138, 46), (212, 96), (212, 46), (138, 96)], "馆"),
        text("H1", (140, 70), "馆名"),
    ),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_the_plan_could_not_have_is_refused(code, tmp_path):
    proof = proved(tmp_path, *REFUSED[code])
    assert code in [each.code for each in proof.refusals]
    assert all(each.at and each.level == "0" for each in proof.refusals)
    assert proof.plan is None


def test_what_was_wrong_before_is_no_fault_of_the_drawing(tmp_path):
    overlapping = other(STAND, code="1A09", area="H2", outline=box(150, -60, 156, -57))
    plan = drawn(stands=(STAND, overlapping, other(overlapping, code="1A10", outline=box(151, -60, 157, -57))))
    assert proved(tmp_path, *SAME, plan=plan).refusals == ()


def test_every_code_has_an_example():
    """Each of them stands in one of these files as one that is said; told() refuses codes that are not listed."""
    source = "".join(Path(__file__).with_name(name).read_text("utf-8") for name in ("test_proof.py", "test_places.py"))
    for code in (*DOUBTS, *REFUSALS):
        short = code.removeprefix("dxf.map.")
        assert f'"{code}"' in source or (code.startswith("dxf.map.") and f'"{short}"' in source), code
    assert said((1.0, 2.005)) == "(1.00, 2.00)"
