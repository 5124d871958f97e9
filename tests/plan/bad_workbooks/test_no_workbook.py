"""Files that are no workbook, or a broken one: refused with where, what, how to mend it and a code, never a traceback."""

import contextlib
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostcity.plan import PlanError, read_plan
from tests.plan.workbooks import PART, codes, refused, rewrite

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)  # .xls, and .xlsx with a password


def read_or_refused(path) -> None:
    """Any other exception fails the test."""
    with contextlib.suppress(PlanError):
        read_plan(path)


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
