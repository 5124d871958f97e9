"""A level goes out as a drawing and comes back: every row the same."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from hostcity.plan import read_plan
from hostcity.plan.dxf import dxf_of, own_map, picture_of_proof, prove
from hostcity.plan.imdf import archive_of
from hostcity.plan.rows import Stand
from tests.plan.imdf.halls import big_venue
from tests.plan.test_drawing import CORE, LIFT, STAND, box, drawn, other

TEMPTING = ("100%", "\\P", "{x}", "<b>&", "展位 1", "\\U+5C55", "a" * 60)


def again(plan, level, folder):
    (folder / "level.dxf").write_bytes(dxf_of(plan, level))
    return prove(folder / "level.dxf", own_map(plan, level), plan)


def told(proof) -> list[str]:
    return [str(each) for each in (*proof.refusals, *proof.doubts)]


def test_halls_on_a_level(tmp_path):
    plan = big_venue(halls=2, rows=6, columns=12)
    for level in ("0", "16"):
        proof = again(plan, level, tmp_path)
        assert (told(proof), proof.changes, proof.same) == ([], (), 1 + 72 + 1 + 2)
        assert proof.plan == plan


@pytest.mark.slow
def test_the_largest_level_of_the_demonstration(tmp_path):
    plan = read_plan("examples/ciie2019")
    level = max(plan.levels, key=lambda each: sum(area.level == each.code for area in plan.areas)).code
    proof = again(plan, level, tmp_path)
    assert (told(proof), proof.changes) == ([], ())
    assert dict(proof.found)["stands"] > 3_000
    assert proof.plan == plan


def test_codes_that_look_like_codes_of_the_format(tmp_path):
    rows = [
        other(STAND, code=code, outline=box(150 + 8 * number, 50, 156 + 8 * number, 53))
        for number, code in enumerate(TEMPTING)
    ]
    plan = drawn(stands=tuple(rows))
    assert again(plan, "0", tmp_path).changes == ()


def test_what_stands_within_something_else_keeps_its_number(tmp_path):
    """The numbers of a stage around a column, and of a hall with a core in its middle, are written beside them."""
    inner = Stand(code="pillar", area="H1", kind="column", outline=box(152.5, 51, 153.5, 52))
    plan = drawn(stands=(STAND, inner, CORE))
    proof = again(plan, "0", tmp_path)
    assert [each for each in told(proof) if "overlap" not in each] == []
    assert proof.changes == ()


def test_the_same_plan_gives_the_same_bytes():
    plan = big_venue(halls=2, rows=2, columns=2)
    assert dxf_of(plan, "0") == dxf_of(plan, "0")
    assert archive_of(plan) == archive_of(plan)


def test_a_picture_shows_what_becomes_of_the_level(tmp_path):
    plan = drawn(stands=(STAND, other(STAND, code="1A02", outline=box(160, 50, 166, 53)), CORE))
    (tmp_path / "level.dxf").write_bytes(dxf_of(plan, "0"))
    moved = dataclasses.replace(STAND, outline=box(151, 50, 157, 53))
    now = plan.replace(stands=(moved, other(STAND, code="1A03", outline=box(170, 50, 176, 53)), CORE))
    svg = picture_of_proof(prove(tmp_path / "level.dxf", own_map(plan, "0"), now))
    for style in ("stand new", "stand moved", "stand gone", "stand before"):
        assert svg.count(f'class="{style}"') == (1 if style == "stand before" else 2), style  # one in the legend
    assert Path(tmp_path / "level.dxf").exists()


def test_stairs_lifts_and_amenities_come_back_with_all_that_is_said_of_them(tmp_path):
    """Into the same plan nothing changes; into one without them they are all there again, from either level."""
    plan = drawn(
        connectors=(LIFT, other(LIFT, code="stairs", kind="stairs", cabin_persons=None, cycle_s=None, one_way=True))
    )
    for level in ("0", "1"):
        proof = again(plan, level, tmp_path)
        assert (told(proof), proof.changes) == ([], ())
        bare = plan.replace(connectors=(), amenities=tuple(each for each in plan.amenities if level == "1"))
        back = prove(tmp_path / "level.dxf", own_map(plan, level), bare)
        assert (told(back), back.plan) == ([], plan)
