"""Look at a workbook before it is read: is it one, and is it of a size that a plan has?

A few kilobytes of zip can unpack to gigabytes, two values can span a grid of a billion cells, and a zip's directory
can lie. So the sizes in the directory are added up first; then each part is unpacked once, piece by piece and never
further than its limit, to count cells, to see how far they reach, and to find formulas and error values: the reader
of values shows neither. What was unpacked is packed again, so that exactly what was looked at is read.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence

MOST_FILE_BYTES = 64 * 1024**2
MOST_UNPACKED_BYTES = 256 * 1024**2
MOST_RATIO = 200  # of a sheet with repeated numbers; a bomb has thousands
RATIO_MATTERS_FROM_BYTES = 4 * 1024**2
MOST_PARTS = 500
MOST_CELLS = 750_000  # with empty ones; the demonstration's plan has 20,000
MOST_GRID = 4_000_000  # cells from A1 to the farthest value, of all sheets: the reader holds them all
MOST_COLUMNS = 500  # a sheet of a plan has 20 at most
PIECE_BYTES = 1024**2

_TAG = re.compile(
    rb"<(?:[\w.-]+:)?(?:c(?=[\s/>])([^>]*)>|row(?=[\s/>])([^>]*)>|f(?=[\s/>]))"  # a cell, a row, a formula
)
_CELL, _ROW = 1, 2
_SAID = re.compile(rb"\br\s*=\s*[\"']([^\"']*)[\"']")
_ADDRESS = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(rb"[1-9]\d{0,6}")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a sheet of the format
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_END = re.compile(rb"(?:</[^<>]+>|/>|-->)\s*$")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(\w+)")
#: First tags of parts that hold no cells. Any other is looked through, whatever the part is called.
_NO_SHEET = {
    b"sst", b"styleSheet", b"workbook", b"Relationships", b"Types", b"theme", b"comments", b"coreProperties",
    b"Properties", b"wsDr", b"xml", b"table", b"calcChain", b"externalLink", b"metadata", b"chartSpace", b"persons",
    b"personList", b"ThreadedComments", b"datastoreItem", b"pivotTableDefinition", b"pivotCacheRecords",
    b"pivotCacheDefinition",
}  # fmt: skip


@dataclass(slots=True)
class SheetLook:
    """What a scan of one sheet finds."""

    formulas: list[str] = field(default_factory=list)  # addresses
    errors: list[str] = field(default_factory=list)  # addresses of values like #REF!
    cells: int = 0
    rows: int = 0  # down to the last value
    columns: int = 0  # right to the last value


@dataclass(frozen=True, slots=True)
class Looked:
    """A workbook that may be read."""

    file: IO[bytes]
    sheets: dict[str, SheetLook]  # by name
    names: tuple[str, ...]  # of the sheets, in their order


def guard(path: Path, of: str) -> Looked:
    """Refuse what is no workbook of a plan's size. Raises PlanError."""
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise _refused(
                "workbook.size",
                Sentence("is larger than 64 MiB."),
                Sentence("Remove what does not belong to the plan."),
                of,
            )
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_directory(parts, of)
            return _look(archive, parts, of)
    except PlanError:
        raise
    except FileNotFoundError:
        raise _refused("workbook.not_found", Sentence("does not exist."), Sentence("Check the path."), of) from None
    except PermissionError:
        raise _refused(
            "workbook.permission", Sentence("may not be read."), Sentence("Check the permissions of the file."), of
        ) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        mend = Sentence("Save the plan as an Excel workbook (.xlsx).")
        raise _refused("workbook.not_xlsx", Sentence("is not an Excel workbook (.xlsx)."), mend, of) from None
    except Exception as error:  # zlib.error and its kin: whatever unpacking says of a broken file
        mend = Sentence("Save it again from the spreadsheet program.")
        raise _refused(
            "workbook.broken", Sentence("is broken: {error}.", error=type(error).__name__), mend, of
        ) from None


def _refused(code: str, what: Sentence, mend: Sentence, of: str, sheet: str = "") -> PlanError:
    return PlanError([Problem(code=code, what=what, mend=mend, sheet=sheet)], of)


def _check_directory(parts: list[zipfile.ZipInfo], of: str) -> None:
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        mend = Sentence("Save the plan as an Excel workbook (.xlsx).")
        raise _refused("workbook.not_xlsx", Sentence("is a zip file but not an Excel workbook (.xlsx)."), mend, of)
    if len(names) < len(parts):
        raise _refused(
            "workbook.broken",
            Sentence("holds a part twice."),
            Sentence("Save it again from the spreadsheet program."),
            of,
        )
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked / packed > MOST_RATIO
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES or is_bomb:
        what = Sentence(
            "unpacks to {unpacked:.0f} MB in {parts} parts from {packed:.0f} kB.",
            unpacked=unpacked / 1e6, parts=len(parts), packed=packed / 1e3,
        )  # fmt: skip
        mend = Sentence("Remove empty formatted rows and columns and save it again.")
        raise _refused("workbook.bomb", what, mend, of)


def _look(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], of: str) -> Looked:
    names = sheet_names(archive)
    looks: dict[str, SheetLook] = {}
    looked = io.BytesIO()
    cells = grid = 0
    with zipfile.ZipFile(looked, "w", zipfile.ZIP_STORED) as again:
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")):
                continue  # pictures and macros are not read
            name = names.get(part.filename, part.filename)
            with archive.open(part) as stream, again.open(zipfile.ZipInfo(part.filename), "w") as copy:
                look = _scan(stream, copy, MOST_CELLS - cells, of)
            cells += look.cells
            grid += look.rows * look.columns
            if cells > MOST_CELLS:
                what = Sentence("has more than {most:,} cells.", most=MOST_CELLS)
                mend = Sentence("Remove empty formatted rows and columns.")
                raise _refused("workbook.cells", what, mend, of)
            if grid > MOST_GRID or look.columns > MOST_COLUMNS:
                what = Sentence(
                    "has values down to row {row:,} and right to column {column:,}.", row=look.rows, column=look.columns
                )
                mend = Sentence("Delete the values that stand far from the others.")
                raise _refused("workbook.range", what, mend, of, name)
            looks[name] = look
    looked.seek(0)
    return Looked(looked, looks, tuple(names.values()))


def _scan(stream: IO[bytes], copy: IO[bytes], most: int, of: str) -> SheetLook:
    """Go through one part, piece by piece, and copy it. Other parts than sheets have no cells."""
    look = SheetLook()
    kept = b""
    row = column = 0
    piece = stream.read(PIECE_BYTES)
    root = _ROOT.search(_ASIDE.sub(b"", piece))
    is_sheet = root is None or root[1] not in _NO_SHEET
    last = b""
    while piece:
        copy.write(piece)
        last = (last + piece)[-200:]
        text = kept + piece
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            mend = Sentence("Save it again from a spreadsheet program.")
            raise _refused("workbook.entities", Sentence("declares XML entities."), mend, of)
        piece = stream.read(PIECE_BYTES)
        cut = text.rfind(b"<")  # a tag cut in two is looked at with the next piece
        end = len(text) if cut < 0 or not piece or b">" in text[cut:] else cut
        kept = text[end:]
        if len(kept) > PIECE_BYTES:
            raise _refused("workbook.broken", Sentence("holds a tag without end."), Sentence("Save it again."), of)
        if is_sheet:
            row, column = _scan_text(text[:end], look, row, column, of)
        if look.cells > most:
            return look
    if not _END.search(last):  # the directory told of a part shorter than it is, or the file was cut
        raise _refused("workbook.broken", Sentence("ends in the middle of a sheet."), Sentence("Save it again."), of)
    return look


def _scan_text(text: bytes, look: SheetLook, row: int, column: int, of: str) -> tuple[int, int]:
    """Take in the rows, cells and formulas of a piece that begins after ``row`` and ``column``."""
    for tag in _TAG.finditer(text):
        if tag.lastindex == _CELL:
            look.cells += 1
            said = tag[_CELL]
            address = _SAID.search(said)
            row, column = _address(address[1], of) if address else (row, column + 1)
            if not said.endswith(b"/"):  # else it has a format, but no value
                look.rows, look.columns = max(look.rows, row), max(look.columns, column)
            if _ERROR.search(said):
                look.errors.append(address_of(row, column))
        elif tag.lastindex == _ROW:
            number = _SAID.search(tag[_ROW])
            row, column = _row_number(number[1], of) if number else row + 1, 0
        else:
            look.formulas.append(address_of(row, column))
    return row, column


def _address(said: bytes, of: str) -> tuple[int, int]:
    """Row and column of a cell's address. The reader of values makes room for any, so one that cannot be is refused."""
    found = _ADDRESS.fullmatch(said)
    row, column = (int(found[2]), column_number(found[1])) if found else (0, 0)
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise _nowhere(said, of)
    return row, column


def _row_number(said: bytes, of: str) -> int:
    if not _NUMBER.fullmatch(said) or int(said) > LAST_ROW:
        raise _nowhere(said, of)
    return int(said)


def _nowhere(said: bytes, of: str) -> PlanError:
    place = said[:30].decode("ascii", "replace")
    what = Sentence("has a cell at {place}, which no sheet has.", place=place or "''")
    return _refused("workbook.broken", what, Sentence("Save it again from a spreadsheet program."), of)


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def address_of(row: int, column: int) -> str:
    """A cell's address, e.g. E3."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet by the part of the zip that holds it, from the workbook's own list and its relations."""
    try:
        book = _text_of(archive, "xl/workbook.xml")
        relations = _text_of(archive, "xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {}
    for tag in re.findall(r"<(?:[\w.-]+:)?Relationship\b[^>]*>", relations):
        code, target = _attribute(tag, "Id"), _attribute(tag, "Target")
        targets[code] = target[1:] if target.startswith("/") else "xl/" + target.removeprefix("xl/")
    names = {}
    for tag in re.findall(r"<(?:[\w.-]+:)?sheet\b[^>]*>", book):
        names[targets.get(_attribute(tag, r"[\w.-]+:id"), "")] = _attribute(tag, "name")
    return names


def _text_of(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as stream:
        return stream.read(4 * PIECE_BYTES).decode("utf-8", "replace")


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
    return html.unescape(found[1][1:-1]) if found else ""
