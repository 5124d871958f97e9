"""Files that no plan should come in: each refused with where, what, how to mend it and a code, never a traceback."""

import contextlib
import os
import random
import time
import tracemalloc
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostcity.plan import PlanError, read_plan, write_workbook
from hostcity.plan.template import empty_plan
from hostcity.plan.workbook_guard import MOST_CELLS, PIECE_BYTES, address_of
from tests.fairs import small_fair
from tests.plan.workbooks import PART, add_rows, codes, lie_about_size, put_cell, refused, rewrite

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("written") / "expo.xlsx"
    write_workbook(small_fair(), path)
    return path.read_bytes()


@pytest.fixture
def workbook(tmp_path, written):
    path = tmp_path / "expo.xlsx"
    path.write_bytes(written)
    return path


def read_or_refused(path) -> None:
    """Any other exception fails the test."""
    with contextlib.suppress(PlanError):
        read_plan(path)


def letters(megabytes: int) -> str:
    """A text that does not pack well."""
    return random.Random(1).randbytes(megabytes * PIECE_BYTES // 2).hex()  # noqa: S311 -- no secret


# What is no workbook at all


PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)  # .xls, and .xlsx with a password


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"PK", b"PK\x03\x04" + bytes(100), PNG, COMPOUND, b"sheet,row\nnodes,1\n", b"<xml/>", bytes(10_000),
     b'{"edition": []}'],
    ids=["empty", "text", "two-letters", "zip-begin", "png", "compound", "csv", "xml", "zeros", "json"],
)  # fmt: skip
def test_not_a_workbook(tmp_path, body):
    path = tmp_path / "expo.xlsx"
    path.write_bytes(body)
    assert refused(path) == [("workbook.not_xlsx", "", 0, "")]


@pytest.mark.parametrize("names", [["a.txt"], ["word/document.xml", CONTENT_TYPES], ["content.xml", "mimetype"], []])
def test_another_kind_of_zip(tmp_path, names):
    path = tmp_path / "expo.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert codes(path) == ["workbook.not_xlsx"]


def test_a_folder_without_a_plan(tmp_path):
    assert codes(tmp_path) == ["plan.not_found"]
    assert codes(tmp_path / "nowhere.xlsx") == ["plan.not_found"]


def test_a_name_of_nothing_is_not_the_folder_one_is_in(workbook, monkeypatch):
    monkeypatch.chdir(workbook.parent)
    assert codes("") == ["plan.not_found"]


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "expo.xlsx")
    os.open(tmp_path / "expo.xlsx", os.O_RDWR | os.O_NONBLOCK)  # so that a test that fails does not wait either
    assert codes(tmp_path / "expo.xlsx") == codes(tmp_path) == ["plan.kind"]


def test_a_folder_in_place_of_the_workbook(tmp_path):
    (tmp_path / "expo.xlsx").mkdir()
    assert codes(tmp_path) == ["workbook.not_xlsx"]


def test_a_zip_with_a_password(workbook):
    body = bytearray(workbook.read_bytes())
    at = body.find(b"PK\x01\x02")
    while at >= 0:
        body[at + 8] |= 1  # encrypted, says the directory
        at = body.find(b"PK\x01\x02", at + 1)
    workbook.write_bytes(bytes(body))
    assert codes(workbook) == ["workbook.not_xlsx"]


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9, 0.99, 0.9999])
def test_a_cut_file(workbook, share):
    body = workbook.read_bytes()
    workbook.write_bytes(body[: int(len(body) * share)])
    assert codes(workbook) == ["workbook.not_xlsx"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_bytes_that_fall_over(workbook, data):
    """Whatever bytes change, a plan is read or refused: nothing else."""
    body = workbook.read_bytes()
    broken = bytearray(body)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    path = workbook.with_name("broken.xlsx")
    path.write_bytes(bytes(broken))
    read_or_refused(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_xml_that_falls_over(workbook, data):
    """The same inside the parts, where the zip's checksums do not see it."""
    part = data.draw(st.sampled_from([*PART.values(), "xl/workbook.xml", RELATIONS, "xl/styles.xml", CONTENT_TYPES]))
    path = workbook.with_name("broken.xlsx")
    path.write_bytes(workbook.read_bytes())

    def change(body: bytes) -> bytes:
        at = data.draw(st.integers(0, len(body) - 1))
        length = data.draw(st.integers(0, 40))
        return (
            body[:at]
            + data.draw(st.sampled_from([b"", b"<", b">", b'"', b"\xff", b"&", b"</c>"]))
            + body[at + length :]
        )

    rewrite(path, {part: change})
    read_or_refused(path)


# Sheets and rows


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


@pytest.mark.parametrize("wide", [1_000, 5], ids=["wide", "tall"])
def test_a_small_file_of_a_million_cells(workbook, wide):
    """Refused for what it is, before its values are read."""
    row = '<row r="{}">' + "<c><v>1</v></c>" * wide + "</row>"
    rows = "".join(row.format(number) for number in range(5, 5 + 1_000_000 // wide))
    rewrite(workbook, {PART["levels"]: add_rows(rows)})
    assert workbook.stat().st_size < 140_000 or wide < 1_000
    began = time.process_time()
    assert codes(workbook) == ["workbook.cells"]
    assert time.process_time() - began < 15.0


def test_a_quarter_of_a_million_wrong_cells(workbook):
    """Problems are counted, not listed one by one."""
    row = '<row r="{}"><c><v>1</v></c><c><v>1</v></c></row>'
    rewrite(workbook, {PART["levels"]: add_rows("".join(row.format(number) for number in range(5, 120_000)))})
    found = codes(workbook)
    assert found[0] == "levels.elevation_m.empty"
    assert len(found) <= 2 * 51


def test_more_cells_than_a_plan_has(workbook):
    draw = random.Random(1)  # noqa: S311 -- no secret
    row = [
        f'<row r="{number}">' + "".join(f"<c><v>{draw.randrange(10**9)}</v></c>" for _ in range(1_000)) + "</row>"
        for number in range(5, 55)
    ]
    body = "".join(row * (MOST_CELLS // 50_000 + 1))
    rewrite(workbook, {PART["levels"]: add_rows(body)})
    assert codes(workbook)[0] in {"workbook.cells", "workbook.bomb"}


def bomb(workbook, megabytes: int) -> bytes:
    """The honest first megabyte of a part that goes on for many."""
    with zipfile.ZipFile(workbook) as archive:
        start = archive.read(PART["levels"]).replace(b"</sheetData></worksheet>", b"")
    first = start + b" " * (PIECE_BYTES - len(start))
    rewrite(workbook, {PART["levels"]: first + b"<row/>" * (megabytes * PIECE_BYTES // 6)})
    return first


@pytest.mark.parametrize("checksum", ["wrong", "that of the beginning"])
def test_a_bomb_with_a_lying_directory(workbook, checksum):
    first = bomb(workbook, 60)
    lie_about_size(workbook, PART["levels"], len(first), zlib.crc32(first) if checksum != "wrong" else 1)
    tracemalloc.start()
    assert codes(workbook)[0] in {"workbook.not_xlsx", "workbook.broken"}
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 * PIECE_BYTES


def test_two_values_that_span_a_billion_cells(workbook):
    rewrite(workbook, {PART["levels"]: add_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')})
    with pytest.raises(PlanError) as error:
        read_plan(workbook)
    assert str(error.value.problems[0]) == (
        "sheet levels: has values down to row 1,048,576 and right to column 16,384. "
        "Delete the values that stand far from the others. [workbook.range]"
    )


def test_two_values_over_all_rows(workbook):
    """A value in the last row of a sheet is far, but not too far: its row is named."""
    rewrite(
        workbook, {PART["mixes"]: add_rows('<row r="800000"><c r="A800000" t="inlineStr"><is><t>x</t></is></c></row>')}
    )
    assert refused(workbook) == [
        (f"mixes.{name}.empty", "mixes", 800_000, name) for name in ("stream", "group", "weight")
    ]


def test_formatted_rows_to_the_end_of_the_sheet_are_no_rows(workbook):
    empty = "".join(f'<row r="{row}" spans="1:4"><c r="A{row}" s="1"/></row>' for row in range(1_048_000, 1_048_577))
    rewrite(workbook, {PART["levels"]: add_rows(empty)})
    assert read_plan(workbook) == small_fair()


def test_a_cell_with_a_huge_text(workbook):
    text = letters(6)
    cell = f'<c r="B3" t="inlineStr"><is><t>{text}</t></is></c>'
    formula = '<row r="9"><c r="A9"><f>1+2</f><v>3</v></c></row>'
    rewrite(workbook, {PART["levels"]: lambda body: add_rows(formula)(put_cell("B3", cell)(body))})
    found = refused(workbook)
    assert ("levels.name_en.length", "levels", 3, "name_en") in found
    assert ("workbook.formula", "levels", 9, "code") in found  # what stands behind the text is seen too


def test_a_tag_without_end(workbook):
    text = letters(3)
    rewrite(workbook, {PART["levels"]: put_cell("B3", f'<c r="B3" {text}')})
    assert codes(workbook) == ["workbook.broken"]


@pytest.mark.parametrize("shift", range(0, 36, 2))
def test_tags_on_the_border_of_two_pieces(workbook, shift):
    """A formula is found, and cells are counted once, wherever a piece ends."""

    def change(body: bytes) -> bytes:
        body = put_cell("B3", '<c r="B3"><f>1+2</f><v>3</v></c>')(body)
        at = body.index(b'<c r="B3">')
        return body[:at] + b"<!--" + b"x" * (PIECE_BYTES - at - 7 - shift) + b"-->" + body[at:]

    rewrite(workbook, {PART["levels"]: change})
    assert refused(workbook) == [("workbook.formula", "levels", 3, "name_en")]


def test_xml_entities(workbook):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    rewrite(workbook, {PART["levels"]: lambda body: laughs + body})
    assert codes(workbook) == ["workbook.entities"]


def test_entities_in_the_shared_texts_behind_a_megabyte(workbook):
    pad = b"<!--" + b"x" * (PIECE_BYTES - 12) + b"-->"
    rewrite(workbook, {"xl/styles.xml": lambda body: pad + b"<!DOCTYPE x>" + body})
    assert codes(workbook) == ["workbook.entities"]


def test_the_same_part_twice(workbook):
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(workbook, "a") as archive:
        archive.writestr(PART["levels"], "<worksheet/>")
    assert codes(workbook) == ["workbook.broken"]


def test_a_file_too_large_to_look_at(tmp_path):
    path = tmp_path / "expo.xlsx"
    with path.open("wb") as file:
        file.truncate(65 * 1024**2)
    assert codes(path) == ["workbook.size"]


@pytest.mark.parametrize(
    ("row", "column", "address"), [(1, 1, "A1"), (9, 26, "Z9"), (2, 27, "AA2"), (3, 702, "ZZ3"), (1, 16_384, "XFD1")]
)
def test_addresses(row, column, address):
    assert address_of(row, column) == address


@pytest.mark.parametrize(
    "row",
    [
        '<row r="30"><c r="ZZZZZZ3"><v>1</v></c></row>',
        '<row r="30"><c r="XFE30"><v>1</v></c></row>',
        '<row r="30"><c r="A1048577"><v>1</v></c></row>',
        '<row r="30"><c r="A4294967299"><v>1</v></c></row>',
        '<row r="30"><c r="a30"><v>1</v></c></row>',
        '<row r="30"><c r=""><v>1</v></c></row>',
        '<row r="4294967295"><c><v>1</v></c></row>',
        '<row r="99999999999999999999"><c><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
    ],
)
def test_a_cell_at_a_place_that_no_sheet_has(workbook, row):
    rewrite(workbook, {PART["gates"]: add_rows(row)})
    assert codes(workbook) == ["workbook.broken"]


def test_a_million_empty_cells(workbook):
    rewrite(workbook, {PART["gates"]: add_rows("<row>" + "<c/>" * 1_000_000 + "</row>")})
    assert codes(workbook)[0] in {"workbook.cells", "workbook.bomb"}
