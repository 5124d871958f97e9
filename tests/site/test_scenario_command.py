"""Scenarios on the command line: listed, played, compared, refused."""

import json
import shutil

import jsonschema
import numpy as np
import pytest

from hostcity.plan import read_plan
from tests.site.commands import TINY, data, done, hostcity, refused
from tests.site.test_rehearse_command import SCHEMA

FIRE = """
title = "A fire"
title_zh = "火灾"
teaches = "Stairs decide."
teaches_zh = "楼梯决定快慢。"
source = "Never held."
source_zh = "从未举行。"
set = ["timeline.slow.value=2"]

[[timeline]]
code = "fire"
action = "evacuate"
target = "H2"
starts_at = 13:00:00
ends_at = 14:00:00
exits = "nearest"
refuge = ["H2-b"]

[[timeline]]
code = "ramp-out"
action = "close"
target = "ramp"
starts_at = 13:00:00
ends_at = 14:00:00
"""


@pytest.fixture
def fair(tmp_path):
    """The tiny fair with a scenario beside it."""
    folder = tmp_path / "fair"
    (folder / "scenarios").mkdir(parents=True)
    shutil.copy(f"{TINY}/expo.xlsx", folder)
    (folder / "scenarios" / "fire.toml").write_text(FIRE, "utf-8")
    return folder


def test_a_scenario_is_named_on_screen_in_report_and_in_json(fair, tmp_path):
    told = done("rehearse", str(fair), "--scenario", "fire", "--no-swings", "--out", str(tmp_path / "report"))
    assert "Scenario fire: A fire (" in told
    assert "Hall 2: evacuated by the nearest exits" in told
    assert "waiting in refuges" in " ".join(told.split())
    page = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert "楼梯决定快慢。" in page
    assert "Clearance of Hall 2" in page
    body = data("rehearse", str(fair), "--scenario", str(fair / "scenarios" / "fire.toml"), "--no-swings")
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(body)
    assert [(each["name"], each["title_zh"]) for each in body["scenarios"]] == [("fire", "火灾")]
    fire = next(each for each in body["events"] if each["code"] == "fire")["clearance"]
    with np.load(tmp_path / "report" / "results.npz") as arrays:
        assert arrays["evacuation_persons"][0, : len(fire["persons"])].tolist() == fire["persons"]
    assert [row.code for row in read_plan(tmp_path / "report" / "plan.json").timeline] == ["slow", "fire", "ramp-out"]


def test_the_same_seed_gives_the_same_day(fair):
    one, other = (data("rehearse", str(fair), "--scenario", "fire", "--no-swings")["results_sha256"] for _ in range(2))
    assert one == other


def test_they_are_listed(fair):
    assert "fire  A fire" in done("scenarios", str(fair))
    assert "火灾" in done("scenarios", str(fair), "--lang", "zh")
    listed = data("scenarios", str(fair))
    assert [(each["name"], each["events"]) for each in listed["scenarios"]] == [("fire", ["fire", "ramp-out"])]
    assert listed["problems"] == []
    assert "no scenarios" in done("scenarios", TINY)


def test_one_that_cannot_be_played_is_told_with_its_file(fair):
    (fair / "scenarios" / "bad.toml").write_text(FIRE.replace('"ramp"', '"rampe"'), "utf-8")
    ran = hostcity("scenarios", str(fair))  # the others are listed all the same
    assert (ran.returncode, "fire  A fire" in ran.stdout) == (2, True)
    said = ran.stderr
    assert "bad.toml, sheet timeline, row 2, column target: names rampe" in said
    assert "Did you mean ramp?" in said
    said = refused("rehearse", str(fair), "--scenario", "bad")
    assert "1 problem in bad.toml" in said
    assert "[timeline.target.unknown]" in said
    assert "Did you mean fire?" in refused("check", str(fair), "--scenario", "fier")
    assert "there is no scenario 'storm'" in refused("lanes", str(fair), "--scenario", "storm")


TWO = ("--runs", "2", "--processes", "1")


def test_a_day_is_compared_with_a_scenario_of_its_plan(fair):
    body = data("compare", str(fair), "fire", *TWO)
    assert data("compare", str(fair), "timeline.slow.value=2", *TWO) != body
    assert "A fire" not in done("compare", str(fair), "stations.food.lanes+=1", "--scenario", "fire", *TWO)
