"""Workbooks as other programs and other hands write them."""

import datetime

import openpyxl
import pytest
from openpyxl.worksheet.dimensions import RowDimension

from hostcity.plan import PlanError, read_plan
from hostcity.plan.cells import _clock
from tests.fairs import small_fair
from tests.plan.workbooks import PART, put_cell, refused, rewrite


def change(path, act) -> None:
    """Let another program change the workbook: it writes shared texts, where ours writes them into the cells."""
    book = openpyxl.load_workbook(path)
    act(book)
    book.save(path)


def test_saved_by_another_program(workbook):
    change(workbook, lambda book: None)
    assert read_plan(workbook) == small_fair()


def test_rich_text_and_spaces_kept(workbook):
    rich = (
        '<c r="B3" t="inlineStr"><is><r><t xml:space="preserve"> Gro</t></r><r><rPr><b/></rPr><t>und </t></r></is></c>'
    )
    rewrite(workbook, {PART["levels"]: put_cell("B3", rich)})
    assert read_plan(workbook) == small_fair()


def test_texts_as_the_result_of_a_program(workbook):
    rewrite(workbook, {PART["levels"]: put_cell("B3", '<c r="B3" t="str"><v>Ground</v></c>')})
    assert read_plan(workbook) == small_fair()


def test_true_booleans(workbook):
    change(workbook, lambda book: [book["areas"].cell(row, 8, row > 5) for row in range(3, 9)])
    assert read_plan(workbook) == small_fair()


@pytest.mark.parametrize("word", ["YES", "True", "是", "y", 1, "1"])
def test_words_for_yes(workbook, word):
    change(workbook, lambda book: book["areas"].cell(6, 8, word))
    assert read_plan(workbook) == small_fair()


@pytest.mark.parametrize(
    ("value", "form"),
    [(datetime.date(2019, 11, 6), "yyyy-mm-dd"), (43_775, "dd/mm/yyyy"), (datetime.datetime(2019, 11, 6), "General"),
     ("2019-11-06", "@"), (" 2019-11-06 ", "@")],
)  # fmt: skip
def test_dates(workbook, value, form):
    def act(book):
        book["edition"]["D3"] = value
        if form != "General":
            book["edition"]["D3"].number_format = form

    change(workbook, act)
    assert read_plan(workbook) == small_fair()


def test_a_date_without_its_format_is_told(workbook):
    change(workbook, lambda book: book["edition"].__setitem__("D3", 43_775))
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert [each.code for each in error.value.problems] == ["edition.date.date"]


@pytest.mark.parametrize(
    ("value", "form"),
    [(datetime.time(9, 0), "h:mm"), (9 / 24, "h:mm:ss"), (0.375, "General"), (datetime.timedelta(hours=9), "[h]:mm"),
     ("09:00", "@"), ("9:00", "@"), ("09:00:00", "General"), (0.3750000001, "h:mm")],
)  # fmt: skip
def test_times(workbook, value, form):
    def act(book):
        book["edition"]["H3"] = value
        book["edition"]["H3"].number_format = form

    change(workbook, act)
    assert read_plan(workbook).day.opens_at == pytest.approx(9 * 3600, abs=0.001)


@pytest.mark.parametrize(
    ("value", "form"), [(1.0625, "h:mm"), (1.0625, "[h]:mm"), (1.0625, "yyyy-mm-dd hh:mm"), ("25:30", "@")]
)
def test_times_past_midnight(workbook, value, form):
    def act(book):
        book["edition"]["K3"] = value
        book["edition"]["K3"].number_format = form

    change(workbook, act)
    assert read_plan(workbook).day.clock_ends_at == 25.5 * 3600


def test_numbers_as_text_and_integers_as_decimals(workbook):
    def act(book):
        book["stations"]["E3"] = "3"
        book["stations"]["E4"] = 3.0
        book["levels"]["D4"] = " 8.0 "
        book["nodes"]["E13"] = "\u221220"
        book["levels"]["A3"] = 0
        book["levels"]["A4"] = 1.0

    change(workbook, act)
    assert read_plan(workbook) == small_fair()


def test_hidden_and_coloured_and_merged(workbook):
    def act(book):
        book["links"].sheet_state = "hidden"
        book["nodes"].sheet_state = "veryHidden"
        book["levels"].merge_cells("F1:H1")
        book["levels"].row_dimensions[3] = RowDimension(book["levels"], hidden=True, ht=40)
        book["levels"].auto_filter.ref = "A1:D4"
        book["levels"].conditional_formatting.add("A1:A9", openpyxl.formatting.rule.FormulaRule(formula=["A1=1"]))
        book.defined_names["halls"] = openpyxl.workbook.defined_name.DefinedName("halls", attr_text="areas!$A$3:$A$8")
        book.move_sheet("edition", 9)

    change(workbook, act)
    assert read_plan(workbook) == small_fair()


def test_empty_rows_and_columns_around(workbook):
    def act(book):
        book["links"].insert_rows(5, 2)
        book["links"].insert_cols(3)
        for row in range(20, 60):
            book["links"].cell(row, 12).font = openpyxl.styles.Font(bold=True)
        book["links"].cell(70, 2, "   ")

    change(workbook, act)
    assert read_plan(workbook) == small_fair()


def test_columns_in_another_order(workbook):
    change(workbook, lambda book: book["levels"].move_range("D1:D4", cols=4))
    assert read_plan(workbook) == small_fair()


def test_row_two_left_empty(workbook):
    change(workbook, lambda book: [book["levels"].cell(2, column).__setattr__("value", None) for column in range(1, 5)])
    assert read_plan(workbook) == small_fair()


def test_rows_above_the_names_of_the_fields(workbook):
    change(workbook, lambda book: book["levels"].insert_rows(1, 2))
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert {each.code for each in error.value.problems} >= {"levels.code.missing", "levels.elevation_m.missing"}
    assert {each.row for each in error.value.problems if each.code == "levels.code.missing"} == {1}


def test_a_column_twice_and_one_missing(workbook):
    change(workbook, lambda book: book["levels"].__setitem__("B1", "name_zh"))
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert [(each.code, each.row) for each in error.value.problems] == [
        ("levels.name_zh.twice", 1), ("levels.name_en.missing", 1),
    ]  # fmt: skip


def test_a_chart_in_a_sheet_of_its_own(workbook):
    change(workbook, lambda book: book.create_chartsheet("picture"))
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert [(each.code, each.sheet) for each in error.value.problems] == [("sheet.unknown", "picture")]


def test_units_that_were_changed_or_lost(workbook):
    def act(book):
        book["links"]["E2"] = "length 长度 [ft]"
        book["links"]["F2"] = "width 宽度"
        book["levels"]["B2"] = "name [m]"
        book["nodes"]["D2"] = "x x [ m ]"

    change(workbook, act)
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert [(each.code, each.sheet, each.row) for each in error.value.problems] == [
        ("levels.name_en.unit", "levels", 2), ("links.length_m.unit", "links", 2), ("links.width_m.unit", "links", 2),
    ]  # fmt: skip


# Told once, and told at all


def test_an_error_in_a_cell_that_must_be_filled_in_is_told_once(workbook):
    change(workbook, lambda book: book["stations"].__setitem__("E3", "#N/A"))
    assert refused(workbook) == [("workbook.error", "stations", 3, "lanes")]


def test_a_renamed_column_is_told_once_with_the_name_that_it_should_have(workbook):
    change(workbook, lambda book: book["stations"].__setitem__("E1", "lane"))
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    (problem,) = error.value.problems
    assert (problem.code, problem.row, problem.column) == ("stations.lanes.missing", 1, "lanes")
    assert problem.mend == "Is it column lane? Call that lanes."


@pytest.mark.parametrize("name", ["lanes 通道数", "通道数", "Lanes"])
def test_a_column_called_by_its_heading(workbook, name):
    change(workbook, lambda book: book["stations"].__setitem__("E1", name))
    assert refused(workbook) == [("stations.lanes.missing", "stations", 1, "lanes")]


def test_a_column_that_is_gone_is_not_told_again_in_every_row(workbook):
    change(workbook, lambda book: book["links"].delete_cols(5))
    assert refused(workbook) == [("links.length_m.missing", "links", 1, "length_m")]


def test_values_under_a_column_without_a_name(workbook):
    def act(book):
        book["gates"]["H4"] = "closed on Sunday"
        book["gates"]["H5"] = "x"

    change(workbook, act)
    assert refused(workbook)[0] == ("workbook.nameless", "gates", 4, "H")


@pytest.mark.parametrize("sheet", ["reported", "gates", "sources", "stations", "streams", "edition"])
def test_a_deleted_row_of_headings_loses_no_row_without_a_word(workbook, sheet):
    """Nothing else is told: the row that slipped into its place is read, so what names it is right."""
    change(workbook, lambda book: book[sheet].delete_rows(2))
    assert refused(workbook) == [("workbook.headings", sheet, 2, "")]


def test_headings_in_another_language_are_no_data(workbook):
    def act(book):
        for cell, text in zip(book["mixes"][2], ("Kürzel", "Strom", "Gruppe", "Gewicht"), strict=False):
            cell.value = text

    change(workbook, act)
    assert refused(workbook) == [("mixes.weight.unit", "mixes", 2, "weight")]  # which has none


def test_a_date_with_a_time_where_a_time_belongs(workbook):
    change(workbook, lambda book: book["edition"].__setitem__("F3", datetime.datetime(2019, 11, 6, 9, 30)))
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert str(error.value).splitlines()[1:] == [
        "  sheet edition, row 3, column clock_starts_at: is a date with a time, 2019-11-06 09:30. "
        "Write the time of day only, as HH:MM. [edition.clock_starts_at.clock]"
    ]


@pytest.mark.parametrize("share", [0.2916666666, 0.291666666666667, 7 / 24])
def test_a_time_pasted_as_a_number_is_the_time_that_was_meant(share):
    assert _clock(share) == 25_200.0
