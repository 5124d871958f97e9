"""Drawings of other programs on the command line: layers, proof, approval, and a level as a drawing."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from hostcity.plan import read_plan, write_workbook
from tests.plan.dxf.drawings import SAME, rectangle, saved, stand
from tests.plan.test_drawing import drawn
from tests.site.commands import data, done, hostcity, refused

MAP = """unit = "m"
level = "0"
[layers]
"展位" = "stand"
"展位号" = "stand_number"
"""


@pytest.fixture
def work(tmp_path):
    """A plan, and the map of drawings."""
    write_workbook(drawn(), tmp_path / "expo.xlsx")
    (tmp_path / "map.toml").write_text(MAP, "utf-8")
    return tmp_path


def asked(work: Path, path: Path) -> tuple[str, ...]:
    return (str(path), "--map", str(work / "map.toml"), "--plan", str(work / "expo.xlsx"))


def test_from_layers_to_a_plan(work):
    path = saved(work, *SAME, *stand("1A02", 160, 50, 166, 53))
    listed = done("dxf", "layers", str(path), "--write", str(work / "guess.toml"), "--level", "0")
    assert "stand_number" in listed
    assert '"展位" = "stand"  # 2 outlines, 0 lines, 0 texts' in (work / "guess.toml").read_text("utf-8")
    found = data("dxf", "layers", str(path))
    assert {each["name"]: each["guess"] for each in found["layers"]}["安全出口"] == "exit"
    asked_now = (str(path), "--map", str(work / "guess.toml"), "--plan", str(work / "expo.xlsx"))
    body = data("dxf", "proof", *asked_now)
    assert [(each["code"], each["verb"]) for each in body["changes"]] == [("1A02", "added")]
    shown = done("dxf", "proof", *asked_now, "--picture", str(work / "proof.svg"))
    assert f"Proof {body['proof'][:12]}: approve it with this hash." in shown
    assert ET.parse(work / "proof.svg").getroot().tag.endswith("svg")  # noqa: S314 -- our own
    into = str(work / "new.xlsx")
    assert "[dxf.proof.changed]" in refused("dxf", "approve", *asked_now, "--proof", "0123456789ab", "--into", into)
    assert not Path(into).exists()
    assert done("dxf", "approve", *asked_now, "--proof", body["proof"][:12], "--into", into).strip() == into
    assert [each.code for each in read_plan(into).stands] == ["1A01", "1A02"]


def test_what_is_refused_ends_with_2_and_is_drawn(work):
    path = saved(work, *stand("1A02", 208, 50, 214, 53))
    ran = hostcity("dxf", "proof", *asked(work, path), "--picture", str(work / "proof.svg"))
    assert ran.returncode == 2
    assert "[stands.outline.outside]" in ran.stdout
    assert "approve it" not in ran.stdout
    assert (work / "proof.svg").exists()
    in_chinese = hostcity("dxf", "proof", *asked(work, path), "--lang", "zh").stdout
    assert "不予接受：" in in_chinese
    assert "图层 展位，对象 " in in_chinese
    said = refused("dxf", "approve", *asked(work, path), "--proof", "0123456789ab", "--into", str(work / "new.xlsx"))
    assert "[stands.outline.outside]" in said


def test_a_file_that_is_none(work):
    (work / "x.dxf").write_bytes(b"AC1032" + b"\0" * 100)
    assert "[dxf.file.dwg]" in refused("dxf", "layers", str(work / "x.dxf"))
    assert "[dxf.file.dwg]" in refused("dxf", "proof", *asked(work, work / "x.dxf"))
    large = saved(work, *SAME, name="large.dxf")
    large.write_bytes(large.read_bytes() + b" " * 2**20)
    assert "at most 1 MB are read" in refused("dxf", "layers", str(large), "--most-mib", "1")


def test_a_level_goes_out_and_comes_back(work):
    plan, path = str(work / "expo.xlsx"), str(work / "level.dxf")
    assert done("dxf", "write", plan, path, "--level", "0", "--map", str(work / "own.toml")).strip() == path
    body = data("dxf", "proof", path, "--map", str(work / "own.toml"), "--plan", plan)
    assert (body["changes"], body["refusals"], body["doubts"]) == ([], [], [])
    assert "[dxf.level]" in refused("dxf", "write", plan, str(work / "b.dxf"), "--level", "9")
    assert "[file.exists]" in refused("dxf", "write", plan, path, "--level", "0")
    assert "[file.kind]" in refused("dxf", "write", plan, str(work / "b.dwg"), "--level", "0")


def test_a_unit_holds_whatever_map_and_file_say(work):
    path = saved(work, *stand("1A01", 150_000, 50_000, 156_000, 53_000))
    assert "[dxf.unit.unusual]" in hostcity("dxf", "proof", *asked(work, path)).stdout
    body = data("dxf", "proof", *asked(work, path), "--unit", "mm")
    assert (body["unit"], body["same"], body["refusals"]) == ("mm", 1, [])


def test_programs_are_told_the_same(work):
    path = saved(work, *SAME, rectangle(170, 50, 176, 53))
    body = data("dxf", "proof", *asked(work, path))
    (doubt,) = (each for each in body["doubts"] if each["code"] == "dxf.number.none")
    assert (doubt["layer"], doubt["at"], doubt["level"]) == ("展位", [173.0, 51.5], "0")
    assert json.dumps(body)
