"""Small files that unpack to more than a plan ever is, and parts that lie about themselves."""

import random
import time
import tracemalloc
import zipfile
import zlib

import pytest

from hostcity.plan import PlanError, read_plan
from hostcity.plan.workbook_guard import MOST_CELLS, PIECE_BYTES, address_of
from tests.fairs import small_fair
from tests.plan.workbooks import PART, add_rows, codes, lie_about_size, put_cell, refused, rewrite


def letters(megabytes: int) -> str:
    """A text that does not pack well."""
    return random.Random(1).randbytes(megabytes * PIECE_BYTES // 2).hex()  # noqa: S311 -- no secret


@pytest.mark.parametrize("wide", [1_000, 5], ids=["wide", "tall"])
def test_a_small_file_of_a_million_cells(workbook, wide):
    """Refused for what it is, before its values are read."""
    row = '<row r="{}">' + "<c><v>1</v></c>" * wide + "</row>"
    rows = "".join(row.format(number) for number in range(5, 5 + 1_000_000 // wide))
    rewrite(workbook, {PART["levels"]: add_rows(rows)})
    assert workbook.stat().st_size < 220_000 or wide < 1_000
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
