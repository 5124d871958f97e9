"""Workbooks with wrong cells, sheets and formulas: every problem at once."""

import zipfile

import openpyxl
import pytest

from hostcity.plan import PlanError, read_plan, write_workbook
from hostcity.plan.template import empty_plan
from tests.plan.workbooks import PART, add_rows, put_cell, refused, rewrite

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def test_a_template_says_which_sheets_are_empty(tmp_path):
    write_workbook(empty_plan(), tmp_path / "expo.xlsx")
    assert refused(tmp_path) == [
        (f"{sheet}.rows", sheet, 0, "") for sheet in ("edition", "levels", "areas", "nodes", "links")
    ]


def test_all_kinds_of_problems_at_once(workbook):
    book = openpyxl.load_workbook(workbook)
    del book["levels"]
    book["links"]["F2"] = "width 宽度 [cm]"
    book["stations"]["E3"] = -4
    book["stations"]["E4"] = "=1+2"
    book["areas"]["D3"] = "Hall"
    book["nodes"]["D4"] = "12 m"
    book["streams"]["F3"] = 1.5
    book["edition"]["F3"] = "9 o'clock"
    book["edition"]["D3"] = "6.11.2019"
    book["areas"]["H3"] = "maybe"
    book["areas"]["I4"] = "1,2,3"
    book["gates"]["D1"] = "colour"
    book["gates"]["D3"] = "red"
    book.create_sheet("Notes")["A1"] = "hello"
    book.save(workbook)
    assert sorted(refused(workbook)) == sorted(
        [
            ("levels.missing", "levels", 0, ""), ("links.width_m.unit", "links", 2, "width_m"),
            ("stations.lanes.range", "stations", 3, "lanes"), ("workbook.formula", "stations", 4, "lanes"),
            ("areas.kind.choice", "areas", 3, "kind"),
            ("nodes.x_m.number", "nodes", 4, "x_m"), ("streams.persons.integer", "streams", 3, "persons"),
            ("edition.clock_starts_at.clock", "edition", 3, "clock_starts_at"), ("edition.date.date", "edition", 3, "date"),
            ("areas.inside.flag", "areas", 3, "inside"), ("areas.outline.outline", "areas", 4, "outline"),
            ("gates.colour.unknown", "gates", 3, "colour"), ("sheet.unknown", "Notes", 0, ""),
        ]
    )  # fmt: skip


def test_a_column_without_values_is_told_as_well(workbook):
    book = openpyxl.load_workbook(workbook)
    gates = book["gates"]
    last = gates.max_column
    gates.cell(1, last + 1, "speling")
    gates.cell(2, last + 2, "a heading of no field")
    book.save(workbook)
    assert refused(workbook) == [("gates.speling.unknown", "gates", 1, "speling")]


@pytest.mark.parametrize("said", [None, " "])
def test_a_row_without_a_code_may_be_the_one_that_is_meant(workbook, said):
    book = openpyxl.load_workbook(workbook)
    book["gates"]["A3"] = said
    book.save(workbook)
    assert refused(workbook) == [("gates.code.empty", "gates", 3, "code")]


@pytest.mark.parametrize("name", ["Nodes", "NODES", "nodes "])
def test_a_sheet_by_nearly_its_name(workbook, name):
    book = openpyxl.load_workbook(workbook)
    book["nodes"].title = name
    book.save(workbook)
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert [each.code for each in error.value.problems] == ["nodes.missing", "sheet.unknown"]
    assert "Did you mean nodes?" in str(error.value)


def test_a_thousand_of_one_kind_are_counted_not_listed(workbook):
    book = openpyxl.load_workbook(workbook)
    for row in range(3, 1_203):
        book["gates"].cell(row, 2, "name without code")
        book["gates"].cell(row, 1).value = None
    book.save(workbook)
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert [each.code for each in error.value.problems] == ["gates.code.empty"] * 51
    assert error.value.problems[-1].what == "1,150 more problems of this kind."


def test_a_duplicate_key(workbook):
    book = openpyxl.load_workbook(workbook)
    book["gates"]["A4"] = "W"
    book.save(workbook)
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert [str(each) for each in error.value.problems] == [
        "sheet gates, row 4, column code: W stands in row 3 already. Give each row a code of its own. [gates.code.twice]"
    ]


# Formulas and errors


@pytest.mark.parametrize(
    "formula",
    ["<f>1+2</f><v>3</v>", '<f t="shared" ref="E3:E9" si="0">1+2</f><v>3</v>', '<f t="shared" si="0"/><v>3</v>',
     '<f t="array" ref="E3">1+2</f><v>3</v>', "<f\n>1+2</f><v>3</v>", '<f t="dataTable" ref="E3" r1="A1"/><v>3</v>'],
)  # fmt: skip
def test_every_kind_of_formula(workbook, formula):
    rewrite(workbook, {PART["stations"]: put_cell("E3", f'<c r="E3">{formula}</c>')})
    assert refused(workbook) == [("workbook.formula", "stations", 3, "lanes")]


def test_a_formula_in_a_cell_without_address(workbook):
    def change(body: bytes) -> bytes:
        body = body.replace(b'<row r="3"', b"<row")
        return put_cell("E3", "<c><f>1+2</f><v>3</v></c>")(body)

    rewrite(workbook, {PART["stations"]: change})
    assert refused(workbook) == [("workbook.formula", "stations", 3, "lanes")]


def test_a_formula_written_with_a_prefix(workbook):
    def change(body: bytes) -> bytes:
        body = put_cell("E3", '<c r="E3"><f>1+2</f><v>3</v></c>')(body)
        body = body.replace(b"</", b"</x:")
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"f", b"v", b"is", b"t"):
            body = body.replace(b"<" + tag + b" ", b"<x:" + tag + b" ").replace(b"<" + tag + b">", b"<x:" + tag + b">")
        return body.replace(b"xmlns=", b"xmlns:x=")

    rewrite(workbook, {PART["stations"]: change})
    assert ("workbook.formula", "stations", 3, "lanes") in refused(workbook)


def test_a_formula_in_a_sheet_that_is_otherwise_empty(workbook):
    rewrite(workbook, {PART["lanes"]: add_rows('<row r="9"><c r="B9"><f>1+2</f><v>3</v></c></row>')})
    assert ("workbook.formula", "lanes", 9, "station") in refused(workbook)


@pytest.mark.parametrize("part", ["xl/worksheets/Blatt%20drei.xml", "xl/tables9/data.xml", "xl/worksheets/sheetX.xml"])
def test_a_formula_in_a_part_with_an_unusual_name(workbook, part):
    with zipfile.ZipFile(workbook) as archive:
        body = put_cell("E3", '<c r="E3"><f>1+2</f><v>3</v></c>')(archive.read(PART["stations"]))
    old = PART["stations"].removeprefix("xl/").encode()
    new = part.removeprefix("xl/").encode()
    rewrite(
        workbook,
        {
            PART["stations"]: lambda _: None,
            part: body,
            RELATIONS: lambda text: text.replace(b"/xl/" + old, b"/xl/" + new),
            CONTENT_TYPES: lambda text: text.replace(old, new),
        },
    )
    assert ("workbook.formula", "stations", 3, "lanes") in refused(workbook)


def test_many_formulas_are_counted(workbook):
    cells = "".join(f'<row r="{row}"><c r="A{row}"><f>1</f><v>1</v></c></row>' for row in range(100, 200))
    rewrite(workbook, {PART["gates"]: add_rows(cells)})
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    formulas = [each for each in error.value.problems if each.code == "workbook.formula"]
    assert len(formulas) == 21
    assert formulas[-1].what == "has 80 more formulas."


def test_a_text_that_looks_like_a_formula_is_a_text(workbook):
    book = openpyxl.load_workbook(workbook)
    book["gates"]["B3"].value = "=SUM(A1)"
    book["gates"]["B3"].data_type = "s"
    book.save(workbook)
    assert read_plan(workbook).gates[0].name_en == "=SUM(A1)"


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_an_error_value(workbook, value):
    rewrite(workbook, {PART["levels"]: put_cell("B3", f'<c r="B3" t="e"><v>{value}</v></c>')})
    assert refused(workbook) == [("workbook.error", "levels", 3, "name_en")]


def test_a_formula_that_failed_is_told_once(workbook):
    rewrite(workbook, {PART["levels"]: put_cell("B3", '<c r="B3" t="e"><f>A1/0</f><v>#DIV/0!</v></c>')})
    assert refused(workbook) == [("workbook.formula", "levels", 3, "name_en")]


# Too much
