"""Several workbooks beside the day's are one plan."""

import dataclasses

import pytest

from hostcity.plan import PlanError, read_plan, write_workbook
from hostcity.plan.books import BOOKS, DAY_SHEETS, READINESS, VOLUNTEERS, read_joined
from hostcity.plan.plan import SHEETS
from hostcity.plan.rows import Provenance, Source
from hostcity.plan.template import empty_preparation
from tests.fairs import small_fair
from tests.plan.preparations import GOOD as TASKS
from tests.plan.preparations import WIRE, prepared
from tests.plan.test_roster_sheets import GOOD as FORCE

OWN = {"sources": (), "provenance": (), "reported": ()}
WHOLE = prepared(**FORCE)


@pytest.fixture
def folder(tmp_path):
    """The day, its force and its preparation in three workbooks."""
    write_workbook(WHOLE, tmp_path / "expo.xlsx", DAY_SHEETS)
    for book in BOOKS:
        write_workbook(WHOLE.replace(**OWN), tmp_path / book.file, book.sheets)
    return tmp_path


def refused(folder):
    with pytest.raises(PlanError) as error:
        read_joined(folder, *BOOKS)
    return error.value


def test_three_workbooks_are_one_plan_without_loss(folder):
    assert read_joined(folder, *BOOKS).plan == WHOLE
    assert read_joined(folder, READINESS).plan == prepared()
    assert read_joined(folder).plan == read_plan(folder) == small_fair()


def test_every_sheet_has_one_workbook():
    owned = [*DAY_SHEETS, *(sheet for book in BOOKS for sheet in book.own)]
    assert sorted(owned) == sorted(SHEETS)


def test_figures_of_each_workbook_are_told_by_its_own_rows(folder):
    unknown = (Provenance(code="P", figure="tasks.wire.likely_d", mark="assumed", source="S9"),)
    write_workbook(prepared(**{**OWN, "provenance": unknown}), folder / READINESS.file, READINESS.sheets)
    source = (Source(code="S9", name="The preparation's office"),)
    error = refused(folder)
    assert [(each.sheet, each.row) for each in error.problems] == [("provenance (readiness.xlsx)", 3)]
    assert error.of == "expo.xlsx + volunteers.xlsx + readiness.xlsx"
    write_workbook(WHOLE.replace(**{**OWN, "sources": source}), folder / VOLUNTEERS.file, VOLUNTEERS.sheets)
    assert read_joined(folder, *BOOKS).plan.provenance[-1] == unknown[0]


def test_problems_of_tasks_are_told_by_the_row_of_their_workbook(folder):
    late = (dataclasses.replace(WIRE, need_by="2026-04-21"), *TASKS["tasks"][1:])
    write_workbook(prepared(**{**OWN, "tasks": late}), folder / READINESS.file, READINESS.sheets)
    assert str(refused(folder)).splitlines()[1] == (
        "  sheet tasks, row 3, column need_by: wire takes 3 working days at least, and has 2 between 2026-04-20 and 2026-04-21. "
        "Give it more time, let it begin earlier, or make it shorter. [tasks.need_by.late]"
    )


def test_a_sheet_in_the_wrong_workbook_is_told_where_it_belongs(folder):
    write_workbook(WHOLE.replace(**OWN), folder / READINESS.file, (*READINESS.own, "posts"))
    (problem,) = refused(folder).problems
    assert str(problem) == (
        "sheet posts: has rows in readiness.xlsx, which is not for this sheet. Move them into volunteers.xlsx, or remove the sheet. "
        "[posts.books]"
    )


def test_a_template_of_the_preparation_is_read_as_it_was_written(folder):
    write_workbook(empty_preparation(), folder / READINESS.file, READINESS.sheets)
    assert read_joined(folder, READINESS).plan.calendars == empty_preparation().calendars
