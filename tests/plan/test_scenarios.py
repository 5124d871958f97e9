"""Scenarios: files that change a plan's day, and everything that can be wrong with them at once."""

from functools import cache
from pathlib import Path

import pytest
from examples.ciie2019.build import HERE

from hostcity.plan import PlanError, apply_overrides, read_plan
from hostcity.plan.rows import Event
from hostcity.plan.scenarios import apply_scenario, find_scenario, read_scenario, scenario_files, scenarios_of
from tests.fairs import small_fair

TEXTS = "\n".join(f'{key} = "{key}"' for key in ("title", "title_zh", "teaches", "teaches_zh", "source", "source_zh"))
FIRE = 'code = "fire"\naction = "evacuate"\ntarget = "H1"\nstarts_at = 13:00:00\n'


def written(tmp_path: Path, body: str, name: str = "bad.toml") -> Path:
    (tmp_path / name).write_text(body, "utf-8")
    return tmp_path / name


def codes(path: Path) -> list[str]:
    with pytest.raises(PlanError) as caught:
        apply_scenario(small_fair(), path)
    return [each.code for each in caught.value.problems]


def test_overrides_come_first_then_rows_are_added(tmp_path):
    path = written(
        tmp_path, f'{TEXTS}\nset = ["timeline.slow.value=2"]\n[[timeline]]\n{FIRE}spread = 0.5\nto = ["door1"]'
    )
    plan, scenario = apply_scenario(small_fair(), path)
    fire = Event(code="fire", action="evacuate", target="H1", starts_at=46_800.0, spread=0.5, to=("door1",))
    assert plan == apply_overrides(small_fair(), ["timeline.slow.value=2"]).replace(
        timeline=(*apply_overrides(small_fair(), ["timeline.slow.value=2"]).timeline, fire)
    )
    assert (scenario.name, scenario.title_zh, scenario.timeline) == ("bad", "title_zh", (fire,))
    assert scenario == read_scenario(path)


def test_two_scenarios_happen_one_after_the_other(tmp_path):
    first = written(tmp_path, f"{TEXTS}\n[[timeline]]\n{FIRE}", "a.toml")
    second = written(tmp_path, f'{TEXTS}\nset = ["timeline.fire.value=30"]', "b.toml")
    plan, found = scenarios_of(small_fair(), [first, second])
    assert plan.timeline[-1].value == 30.0
    assert [each.name for each in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("title = ", ["scenario.syntax"]),
        ("a = " + 5000 * "[" + 5000 * "]", ["scenario.syntax"]),
        ("a = " + 5000 * "9", ["scenario.syntax"]),
        (TEXTS, ["scenario.empty"]),
        (f'{TEXTS}\nset = ["nodes"]\n', ["override.form"]),
        (f"{TEXTS}\n[[timeline]]\n{FIRE.replace('fire', 'slow')}", ["timeline.code.twice"]),
        (f"{TEXTS}\nset = 7\ntimelin = 1\n", ["scenario.key", "scenario.set"]),
        (f"{TEXTS}\ntimeline = [1]\n", ["scenario.timeline"]),
        (f'{TEXTS}\n[[timeline]]\n{FIRE}refuge = ["nowhere"]', ["timeline.refuge.unknown"]),
        (f'{TEXTS}\n[[timeline]]\n{FIRE}to = ["stairs"]', ["timeline.to.unknown"]),
        (f"{TEXTS}\n[[timeline]]\n{FIRE}spread = -1", ["timeline.spread.range"]),
        (f'{TEXTS}\n[[timeline]]\n{FIRE}exits = "far"', ["timeline.exits.choice"]),
    ],
)
def test_what_is_wrong_is_told(tmp_path, body, found):
    assert codes(written(tmp_path, body)) == found


def test_every_problem_is_told_at_once_with_its_row(tmp_path):
    body = """
title = "Only this"
set = ["links.nowhere.width_m=1", "stations.food.lanes=many"]
[[timeline]]
code = "shut"
action = "close"
target = "no-such-link"
starts_at = 09:00:00
[[timeline]]
code = "late"
action = "delay"
target = "coach"
starts_at = "nine"
spread = 0.3
"""
    with pytest.raises(PlanError) as caught:
        apply_scenario(small_fair(), written(tmp_path, body))
    told = [(each.code, each.row) for each in caught.value.problems]
    assert told == [
        *(("scenario.missing", 0) for _ in range(5)), ("timeline.starts_at.clock", 2), ("override.key", 0),
        ("override.number", 0), ("timeline.target.unknown", 1),
    ]  # fmt: skip
    assert "bad.toml" in str(caught.value)


def test_a_name_that_there_is_not_is_answered_with_those_that_there_are():
    names = [each.stem for each in scenario_files(HERE)]
    with pytest.raises(PlanError, match="Did you mean hall-fire"):
        find_scenario(HERE, "hall-fir")
    with pytest.raises(PlanError, match=names[0]):
        find_scenario(HERE / "expo.xlsx", "x" * 5000)
    assert find_scenario(HERE / "expo.xlsx", names[0]) == HERE / "scenarios" / f"{names[0]}.toml"


def test_no_file_no_text_and_too_much_of_it(tmp_path):
    assert codes(tmp_path / "none.toml") == ["scenario.not_found"]
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    assert codes(tmp_path / "bytes.toml") == ["scenario.encoding"]
    assert codes(written(tmp_path, "#" * (1024**2 + 1))) == ["scenario.size"]


def test_fields_of_evacuations_belong_to_evacuations_only(tmp_path):
    row = 'code = "x"\naction = "close"\ntarget = "door1"\nstarts_at = 09:00:00\nspread = 0.5\nexits = "nearest"\nrefuge = ["H1-a"]'
    assert codes(written(tmp_path, f"{TEXTS}\n[[timeline]]\n{row}")) == [
        "timeline.spread.not_used", "timeline.exits.not_used", "timeline.refuge.not_used",
    ]  # fmt: skip


@cache
def demonstration():
    return read_plan(HERE)


@pytest.mark.parametrize("path", scenario_files(HERE), ids=lambda each: each.stem)
def test_the_library_fits_the_demonstration(path):
    plan, scenario = apply_scenario(demonstration(), path)
    assert plan.timeline
    assert all(
        len(text) > 20 for text in (scenario.teaches_en, scenario.teaches_zh, scenario.source_en, scenario.source_zh)
    )
