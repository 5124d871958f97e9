"""The preparation as its planner looks at it: the path with dates, checks of the network, in both languages and as JSON."""

import dataclasses
import json

import openpyxl
import pytest

from hostcity.plan import write_workbook
from hostcity.plan.books import READINESS
from hostcity.plan.rows import TaskLink
from tests.fairs import small_fair
from tests.plan.preparations import GOOD, READY, TEST, WIRE, prepared
from tests.site.commands import TINY, data, done, hostcity, refused

OWN = {"sources": (), "provenance": (), "reported": ()}


@pytest.fixture
def fair(tmp_path):
    """Write the small fair with a preparation; given sheets take the place of the good ones."""

    def written(**sheets) -> str:
        write_workbook(small_fair(), tmp_path / "expo.xlsx")
        write_workbook(prepared(**{**OWN, **sheets}), tmp_path / READINESS.file, READINESS.sheets)
        return str(tmp_path)

    return written


def test_the_path_has_dates_and_floats():
    found = data("tasks", "path", TINY)
    assert (found["ready"], found["opens"], found["spare_d"]) == ("2019-11-01", "2019-11-06", 2.0)
    assert (found["critical"], found["late"], found["of_other_calendars"]) == (["stands", "fire", "ready"], [], 1)
    stands = next(each for each in found["tasks"] if each["code"] == "stands")
    assert (stands["start"], stands["end"], stands["harmless_end"], stands["total_float_d"]) == (
        "2019-10-28", "2019-10-31", "2019-11-04", 0.0,
    )  # fmt: skip


def test_the_path_is_shown_in_both_languages():
    assert "Ready on 2019-11-01, 2 working days before the opening on 2019-11-06." in done("tasks", "path", TINY)
    assert "2019-11-01 全部就绪，距 2019-11-06 开幕尚余 2 个工作日。" in done("tasks", "path", TINY, "--lang", "zh")


def test_what_is_late_is_listed(fair):
    soon = dataclasses.replace(TEST, need_by="2026-05-12")
    held_up = TaskLink(code="x", before="wire", after="test", kind="SS", lag_d=16)
    late = fair(tasks=(WIRE, soon, READY), task_links=(*GOOD["task_links"], held_up))
    shown = done("tasks", "path", late)
    assert "Ends after its need-by date" in shown
    assert data("tasks", "path", late)["late"] == ["test"]


def test_a_check_that_fails_ends_with_2(fair):
    ran = hostcity("tasks", "check", fair(), "--json")
    found = json.loads(ran.stdout)
    assert (ran.returncode, found["is_good"]) == (2, False)
    failing = {each["check"]: each["codes"] for each in found["checks"] if not each["is_good"]}
    assert failing == {"no_acceptance": ["test", "ready"], "no_evidence": ["test", "ready"]}
    assert "TOO MANY" in hostcity("tasks", "check", fair()).stdout


def test_changes_are_taken(fair):
    assert data("tasks", "path", fair(), "--set", "tasks.wire.likely_d=8")["critical"] == ["test", "ready"]


def test_a_circle_is_told_before_anything_else(fair):
    circle = fair(task_links=(*GOOD["task_links"], TaskLink(code="x", before="ready", after="wire")))
    assert "tasks wait for one another: ready → wire → test → ready." in refused("tasks", "path", circle)


def test_a_plan_without_tasks_says_where_they_belong(tmp_path):
    write_workbook(small_fair(), tmp_path / "expo.xlsx")
    assert "Write the tasks into readiness.xlsx beside expo.xlsx" in refused("tasks", "check", str(tmp_path))


def test_a_template_of_the_preparation(tmp_path):
    done("template", "--readiness", cwd=tmp_path)
    assert openpyxl.load_workbook(tmp_path / READINESS.file).sheetnames == ["read me", *READINESS.sheets]
    assert "template.book" in refused("template", "x.xlsx", "--readiness", "--volunteers", cwd=tmp_path)


def test_a_forecast_tells_every_rule():
    found = data("tasks", "forecast", TINY, "--samples", "400")
    assert (found["samples"], found["rules"], list(found["chance"])) == (
        400,
        ["unlimited", "order", "dispatch"],
        found["rules"],
    )
    assert found["span"] == [
        min(found["chance"]["order"], found["chance"]["dispatch"]),
        max(found["chance"]["order"], found["chance"]["dispatch"]),
    ]
    assert [each["code"] for each in found["slips"][:2]] == ["fire", "stands"]
    assert data("tasks", "forecast", TINY, "--samples", "400") == found


def test_a_forecast_is_shown_in_both_languages():
    shown = done("tasks", "forecast", TINY, "--samples", "400")
    for said in (
        "nobody's hands counted",
        "hands in the plan's order",
        "whoever can begins",
        "with the crews that there are",
    ):
        assert said in shown
    assert "不计人力" in done("tasks", "forecast", TINY, "--samples", "400", "--lang", "zh")
