"""Reading a list of people from a CSV or XLSX file: only within the worker, whose memory is limited."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hostcity.core.errors import Refused
from hostcity.core.models.people import Role
from hostcity.core.sayings import Joined

COLUMNS = ("username", "name", "email", "phone", "language", "role", "bureau", "organization")
#: The same in Chinese, as our pages call them and as lists usually do.
CHINESE = {
    "登录名": "username", "用户名": "username", "姓名": "name", "名称": "name", "邮箱": "email", "电子邮箱": "email", "手机": "phone",
    "手机号": "phone", "手机号码": "phone", "语言": "language", "角色": "role", "专班": "bureau", "单位": "organization",
}  # fmt: skip
MOST_ROWS = 10_000
MOST_BYTES = 4 * 1024**2
MOST_UNPACKED = 24 * 1024**2
MOST_COLUMNS = 40


def columns_said(*, chinese: bool) -> list[str]:
    """Names of the columns in one language."""
    first = {column: word for word, column in reversed(CHINESE.items())}
    return [first[column] if chinese else column for column in COLUMNS]


def read_rows(data: bytes, name: str) -> list[dict[str, str]]:
    """The file's rows by column, with their numbers under ``row``. Raises ``Refused`` for what is no such list."""
    if len(data) > MOST_BYTES:
        raise too_large()
    is_book = data[:4] == b"PK\x03\x04"
    lines = _lines_of_workbook(data) if is_book else _lines_of_csv(data)
    try:
        return list(_rows(lines))
    except (ValueError, KeyError, OSError, csv.Error, zipfile.BadZipFile, UnicodeError, SyntaxError) as error:
        raise _unreadable(name) from error


def too_large() -> Refused:
    """What is said of a file that is too large."""
    return Refused("people.too-large", _("The file is larger than 4 MB."), _("Split the list."), field="file")


def _lines_of_csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")  # how Excel writes CSV in China
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)  # a list's separator in Excel is that of its region
    yield from csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)


def _lines_of_workbook(data: bytes) -> Iterator[list[str]]:
    """Rows of the first sheet, read as a stream, after its unpacked size was counted rather than believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        left = MOST_UNPACKED
        for entry in archive.infolist():
            with archive.open(entry) as file:
                while chunk := file.read(64 * 1024):
                    left -= len(chunk)
                    if left < 0:
                        raise ValueError("unpacks to too much")
    from openpyxl import load_workbook  # takes most of a second

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True):
            yield [_text(cell) for cell in cells]
    finally:
        book.close()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _rows(lines: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    heading = [CHINESE.get(each.strip(), each.strip().lower()) for each in next(lines, [])]
    places = {name: heading.index(name) for name in COLUMNS if name in heading}
    missing = [name for name in ("username", "role") if name not in places]
    if missing:
        raise Refused(
            "people.columns",
            format_lazy(_("The first row must name the columns; {missing} is missing."), missing=Joined(missing)),
            format_lazy(_("Known columns: {columns}."), columns=Joined((*COLUMNS, *CHINESE))),
            field="file",
        )
    with override("zh-hans"):
        roles = {str(role.label): role.value for role in Role}
    count = 0
    for number, line in enumerate(islice(lines, MOST_ROWS + 1), start=2):
        if not any(cell.strip() for cell in line):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused("people.too-many", _("The list has more than 10,000 rows."), _("Split it."), field="file")
        row = {name: line[place] if place < len(line) else "" for name, place in places.items()}
        row["role"] = roles.get(row["role"].strip(), row["role"])
        yield {"row": str(number), **dict.fromkeys(COLUMNS, ""), **row}


def _unreadable(name: str) -> Refused:
    return Refused(
        "people.unreadable",
        format_lazy(_("{name} cannot be read as a list of people."), name=name),
        _("Save it as .xlsx, or as .csv in UTF-8, with the columns in its first row."),
        field="file",
    )
