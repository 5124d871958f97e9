"""Baselines: what was promised, frozen beside the plan, and how far what is to be expected has moved from it."""

import dataclasses
import datetime

import pytest

from hostcity.plan import PlanError
from hostcity.plan.baselines import baseline_names, baseline_path, read_baseline, write_baseline
from hostcity.studies.readiness import compare_dates, date_tasks, freeze
from tests.plan.preparations import READY, TEST, WIRE, prepared

THEN = freeze(date_tasks(prepared()))


def test_what_moved_is_told_the_most_delayed_first():
    now = date_tasks(
        prepared(tasks=(dataclasses.replace(WIRE, likely_d=8), TEST, READY, dataclasses.replace(READY, code="new")))
    )
    compared = compare_dates(now, {**THEN, "gone": THEN["wire"]})
    [wire] = compared.moved  # the site opens later than the longer wiring ends
    assert (wire.now.task.code, wire.was_end, wire.now.end, wire.days) == (
        "wire",
        datetime.date(2026, 4, 23),
        datetime.date(2026, 4, 29),
        4.0,
    )
    assert (compared.kept, compared.later, compared.new, compared.gone) == (2, 1, ("new",), ("gone",))


def test_a_baseline_is_frozen_beside_the_plan(tmp_path):
    path = baseline_path(tmp_path, "2026-04 中".replace(" ", "_"))
    write_baseline(path, THEN)
    assert baseline_names(tmp_path) == ("2026-04_中",)
    assert read_baseline(tmp_path, "2026-04_中") == THEN
    with pytest.raises(FileExistsError):
        write_baseline(path, THEN)


@pytest.mark.parametrize("name", ["", "../x", "a b", "x" * 61])
def test_a_name_leads_nowhere_else(tmp_path, name):
    with pytest.raises(PlanError, match=r"baseline\.name"):
        baseline_path(tmp_path, name)


def test_a_broken_baseline_tells_its_rows(tmp_path):
    write_baseline(baseline_path(tmp_path, "a"), {})
    baseline_path(tmp_path, "a").write_text(
        "code,start,end\nx,2026-01-01,2026-01-02\ny,soon,2026-01-02\nx,2026-01-01,2026-01-02\n"
    )
    with pytest.raises(PlanError) as refused:
        read_baseline(tmp_path, "a")
    assert [(each.code, each.row) for each in refused.value.problems] == [("baseline.row", 3), ("baseline.row", 4)]
    with pytest.raises(PlanError, match=r"Known: a\. \[baseline\.unknown\]"):
        read_baseline(tmp_path, "b")
