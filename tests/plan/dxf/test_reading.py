"""What is read of a file: curves, blocks, texts, encodings, binary files; layers and their names."""

from __future__ import annotations

import math
from typing import Any

import pytest

from hostcity.plan.dxf import as_toml, guess, guessed_map, layers_of, read_contents, read_layer_map
from hostcity.plan.dxf.rings import Stroke, closed_of
from hostcity.plan.dxf.texts import as_number, is_size, readable
from hostcity.plan.polygons import area_m2
from tests.plan.dxf.drawings import (
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
)
from tests.plan.test_drawing import STAND, box, drawn


def found(folder, *draw, **fields):
    """The stands that are read, without what the plan had."""
    proof = proved(folder, *draw, plan=drawn(stands=()), **fields)
    assert proof.plan is not None, proof.refusals
    return {each.code: each for each in proof.plan.stands}


def test_bulges_and_circles_become_chords_within_a_centimeter(tmp_path):
    def half_circle(space: Any) -> None:  # a straight side of 6 m, and a bow above it
        space.add_lwpolyline([(150, 50, 0), (156, 50, 1)], format="xyb", close=True, dxfattribs={"layer": "展位"})

    stands = found(
        tmp_path,
        half_circle,
        text("1A01", (153, 51)),
        lambda space: space.add_circle((170, 60), 0.4, dxfattribs={"layer": "柱"}),
    )
    bow = stands["1A01"].outline
    assert abs(area_m2(bow) - math.pi * 9 / 2) < math.pi * 3 * 0.015
    assert all(abs(math.dist(corner, (153, 50)) - 3) < 0.015 for corner in bow)
    column = stands["H1-column-1"].outline
    assert len(column) < 40
    assert abs(area_m2(column) - math.pi * 0.16) < 2 * math.pi * 0.4 * 0.015


def test_blocks_are_taken_apart_turned_scaled_and_mirrored(tmp_path):
    def blocks(space: Any) -> None:
        block = space.doc.blocks.new("BOOTH")
        block.add_lwpolyline(box(0, 0, 2, 1), close=True)  # on layer 0: that of the reference
        block.add_attdef("NO", (1, 0.5), dxfattribs={"layer": "展位号"})
        pair = space.doc.blocks.new("PAIR")
        pair.add_blockref("BOOTH", (0, 0), dxfattribs={"layer": "展位"})
        first = space.add_blockref(
            "BOOTH", (160, 60), dxfattribs={"layer": "展位", "xscale": 3, "yscale": 3, "rotation": 90}
        )
        first.add_auto_attribs({"NO": "1A02"})
        mirrored = space.add_blockref("BOOTH", (180, 60), dxfattribs={"layer": "展位", "xscale": -2, "yscale": 3})
        mirrored.add_auto_attribs({"NO": "1A03"})
        space.add_blockref("PAIR", (190, 60), dxfattribs={"layer": "0", "xscale": 2, "yscale": 2})

    stands = found(tmp_path, blocks, text("1A04", (192, 61)))
    assert {code: set(each.outline) for code, each in stands.items()} == {
        "1A02": set(box(157, 60, 160, 66)), "1A03": set(box(176, 60, 180, 63)), "1A04": set(box(190, 60, 194, 62)),
    }  # fmt: skip


def test_lines_that_close_are_an_outline(tmp_path):
    corners = box(150, 50, 156, 53)
    shuffled = [
        line(corners[2], corners[1], "展位"),
        line(corners[0], corners[1], "展位"),
        line(corners[3], (150.02, 50.01), "展位"),
        line(corners[2], corners[3], "展位"),
    ]
    stands = found(tmp_path, *shuffled, text("1A01", (153, 51)))
    assert abs(area_m2(stands["1A01"].outline) - 18) < 0.1
    nearly = ring([*corners, (150.0, 50.03)], closed=False)
    assert abs(area_m2(found(tmp_path, nearly, text("1A01", (153, 51)))["1A01"].outline) - 18) < 0.2


def test_lines_that_meet_by_three_are_none():
    def strokes(*ends):
        return [Stroke("stand", "A", "", each, False) for each in ends]

    square = strokes(((0, 0), (4, 0)), ((4, 0), (4, 4)), ((4, 4), (0, 4)), ((0, 4), (0, 0)))
    outlines, loose = closed_of(square, 0.05)
    assert ([each.ring for each in outlines], loose) == ([((0, 0), (4, 0), (4, 4), (0, 4))], [])
    outlines, loose = closed_of([*square, *strokes(((0, 0), (2, 2)))], 0.05)
    assert (outlines, [(place, count) for _stroke, place, count in loose]) == ([], [((2, 2), 5)])
    outlines, loose = closed_of([*square, *strokes(((0, 0), (4, 4)))], 0.05)
    assert (outlines, len(loose)) == ([], 1)


def test_hatches_are_the_outline_that_they_fill(tmp_path):
    def hatch(space: Any) -> None:
        made = space.add_hatch(dxfattribs={"layer": "展位"})
        made.paths.add_polyline_path(box(150, 50, 156, 53), is_closed=True)

    assert codes(proved(tmp_path, hatch, *SAME)) == []
    assert set(found(tmp_path, hatch, text("1A01", (153, 51)))["1A01"].outline) == set(STAND.outline)


def test_texts_lose_their_codes(tmp_path):
    def mtext(space: Any) -> None:
        space.add_mtext(
            r"{\fSimSun|b0;\C1;１Ａ０１}\P{\H0.5x;36㎡}", dxfattribs={"layer": "展位号", "insert": (150.2, 52.8)}
        )

    (number,) = read_contents(saved(tmp_path, mtext)).texts
    assert number.text == "１Ａ０１ 36㎡"
    assert list(found(tmp_path, rectangle(150, 50, 156, 53), text("１Ａ０１", (152, 51)), text("36㎡", (154, 51)))) == [
        "1A01"
    ]


def test_what_is_in_paper_space_is_not_read(tmp_path):
    made = document(*SAME)
    made.layout("Layout1").add_lwpolyline(box(170, 50, 176, 53), close=True, dxfattribs={"layer": "展位"})
    made.saveas(tmp_path / "hall.dxf")
    assert len([each for each in read_contents(tmp_path / "hall.dxf").figures if each.layer == "展位"]) == 1


def test_binary_files_are_read_as_well(tmp_path):
    document(*SAME).saveas(tmp_path / "hall.dxf", fmt="bin")
    assert (tmp_path / "hall.dxf").read_bytes().startswith(b"AutoCAD Binary DXF")
    contents = read_contents(tmp_path / "hall.dxf")
    assert [each.text for each in contents.texts] == ["1A01", "door-1"]


@pytest.mark.parametrize("version", ["R12", "R2000", "R2004", "R2007", "R2018"])
def test_every_version_since_r12(version, tmp_path):
    def polyline(space: Any) -> None:
        space.add_polyline2d(box(150, 50, 156, 53), close=True, dxfattribs={"layer": "STAND"})

    path = saved(tmp_path, polyline, text("1A01", (153, 51), "NO"), version=version)
    contents = read_contents(path)
    assert [(each.layer, each.is_closed, len(each.points)) for each in contents.figures] == [("STAND", True, 4)]


@pytest.mark.parametrize("page", ["ANSI_936", "ANSI_1252"])
def test_chinese_of_old_files(page, tmp_path):
    """In GBK, whatever the header says."""
    document(*SAME, version="R2000").saveas(tmp_path / "hall.dxf", encoding="gbk")
    data = (tmp_path / "hall.dxf").read_bytes()
    begins = data.index(b"$DWGCODEPAGE")
    (tmp_path / "hall.dxf").write_bytes(
        data[:begins] + data[begins:].replace(b"ANSI_936", page.encode(), 1).replace(b"ANSI_1252", page.encode(), 1)
    )
    contents = read_contents(tmp_path / "hall.dxf")
    assert {"展位", "展位号", "安全出口"} <= {each.layer for each in (*contents.figures, *contents.texts)}


def test_texts_in_other_encodings():
    assert readable("展位".encode("gbk").decode("latin-1")) == "展位"
    assert readable("Café A01") == "Café A01"
    assert readable("展位 A01") == "展位 A01"
    assert readable("展馆".encode("gbk").decode("utf-8", "surrogateescape")) == "展馆"
    assert readable("\ud800x") == "?x"
    assert as_number(" Ａ０１ \n ") == "A01"
    sizes = ("36㎡", "6x6", "6×6m", "6m*6m", "36 m2", "100平米", "A36", "1.1X06", "3x3", "1-2")
    assert [is_size(each, box(0, 0, 6, 6)) for each in sizes] == [True] * 6 + [False] * 4


@pytest.mark.parametrize(
    ("name", "is_text", "kind"),
    [
        ("展位", False, "stand"), ("A-BOOTH", False, "stand"), ("标摊", False, "stand"), ("展位号", True, "stand_number"),
        ("BOOTH_NUM", True, "stand_number"), ("展位", True, "stand_number"), ("柱", False, "column"), ("S-COLS", False, "column"),
        ("墙", False, "wall"), ("A-WALL", False, "wall"), ("出口", False, "opening"), ("安全出口", False, "exit"),
        ("Emergency exits", False, "exit"), ("A-DOOR", False, "opening"), ("Defpoints", False, "ignore"), ("DIM", False, "ignore"),
        ("0", False, "ignore"), ("STAND", False, "stand"), ("AREA_NUMBER", True, "area_number"), ("舞台", False, "stage"),
        ("understanding", False, "ignore"),
    ],
)  # fmt: skip
def test_what_a_layer_probably_is(name, is_text, kind):
    assert guess(name, is_text=is_text) == kind


def test_the_layers_of_a_file_and_a_map_to_begin_with(tmp_path):
    path = saved(tmp_path, *SAME, rectangle(150_000, 0, 160_000, 10, "odd # (1)"), unit=MILLIMETERS)
    contents = read_contents(path)
    layers = {each.name: each for each in layers_of(contents)}
    assert (layers["展位"].closed, layers["展位"].box, layers["展位"].guess) == (1, (150, 50, 156, 53), "stand")
    assert (layers["展位号"].texts, layers["展位号"].samples) == (1, ("1A01",))
    made = guessed_map(layers.values(), level="0")
    (tmp_path / "map.toml").write_text(as_toml(made, {"展位": "1 outline\nof many"}), "utf-8")
    assert read_layer_map(tmp_path / "map.toml") == made
    assert (contents.unit, made.layers["odd # (1)"]) == ("mm", "ignore")


def test_layers_are_the_same_in_capitals(tmp_path):
    upper = layer_map(layers={"booth": "stand", "NO": "stand_number"})
    assert list(found(tmp_path, rectangle(150, 50, 156, 53, "BOOTH"), text("1A01", (152, 51), "no"), map_=upper)) == [
        "1A01"
    ]


def test_a_layer_that_is_off_is_read_and_said_to_be_off(tmp_path):
    made = document(*stand("1A01", 150, 50, 156, 53))
    made.layers.add("展位").off()
    made.saveas(tmp_path / "hall.dxf")
    (layer,) = (each for each in layers_of(read_contents(tmp_path / "hall.dxf")) if each.name == "展位")
    assert (layer.is_hidden, layer.closed) == (True, 1)
