"""The force in a workbook beside the day's."""

import dataclasses

import pytest

from hostcity.plan import Plan, PlanError, problems_of, read_plan, write_workbook
from hostcity.plan.force_book import BOOK, BOOK_SHEETS, FORCE_SHEETS, read_with_force
from hostcity.plan.rows import Provenance, Source
from tests.fairs import small_fair
from tests.plan.test_roster_sheets import GOOD, NEED, manned

OWN = {"sources": (), "provenance": (), "reported": ()}
SOURCE = Source(code="S1", name="The volunteers' bureau")


@pytest.fixture
def beside(tmp_path):
    """Write the two workbooks into a folder."""

    def written(force: Plan, sheets=BOOK_SHEETS, day: Plan | None = None):
        write_workbook(day or small_fair(), tmp_path / "expo.xlsx")
        write_workbook(force, tmp_path / BOOK, sheets)
        return tmp_path

    return written


def refused(folder):
    with pytest.raises(PlanError) as error:
        read_with_force(folder)
    return error.value


def test_both_workbooks_are_one_plan_and_the_day_is_read_alone(beside):
    folder = beside(manned(**OWN))
    assert read_with_force(folder).plan == manned()
    assert read_plan(folder) == read_with_force(folder / "expo.xlsx").plan == small_fair()


def test_rows_are_those_of_their_workbook(beside):
    assert read_with_force(beside(manned(**OWN))).row_of("volunteers", 1) == 4


def test_problems_are_those_of_both(beside):
    bad = manned(**OWN, needs=(dataclasses.replace(NEED, post="dor"),))
    error = refused(beside(bad))
    assert [(each.code, each.sheet, each.row) for each in error.problems] == [("needs.post.unknown", "needs", 3)]
    assert error.of == "expo.xlsx + volunteers.xlsx"


def test_a_sheet_in_both_workbooks_says_so(beside):
    day = small_fair().replace(service_days=GOOD["service_days"])
    (problem,) = refused(beside(manned(**OWN), day=day)).problems
    assert str(problem) == (
        "sheet service_days: has rows in expo.xlsx and in volunteers.xlsx. Keep the sheet in one of the two workbooks. "
        "[service_days.books]"
    )


def test_a_sheet_of_the_day_does_not_belong_to_the_force(beside):
    assert [each.code for each in refused(beside(manned(), (*FORCE_SHEETS, "gates"))).problems] == ["gates.books"]


def test_each_workbook_says_where_its_figures_come_from(beside):
    day = small_fair()
    force = manned(**{**OWN, "sources": (SOURCE,)})
    plan = read_with_force(beside(force)).plan
    assert plan.sources == (*day.sources, SOURCE)
    wrong = manned(
        **{**OWN, "provenance": (Provenance(code="P", figure="volunteers.V1.attends", mark="assumed", source="S9"),)}
    )
    assert ("provenance (volunteers.xlsx)", 3) in {(each.sheet, each.row) for each in refused(beside(wrong)).problems}


def test_the_sheets_of_the_force_are_those_of_the_language():
    assert set(FORCE_SHEETS) == set(GOOD)
    assert problems_of(manned()) == ()
