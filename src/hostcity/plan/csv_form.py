"""One sheet of a plan as CSV, in and out: what a spreadsheet program saves and pastes.

Line 1 names the columns, by the names of fields or by their headings in either language; columns that are not there say nothing, and
leave what a plan has. UTF-8, with or without its mark at the beginning; commas, semicolons or tabs between cells. A text that a
spreadsheet program would take for a formula goes out behind an apostrophe, and comes in without it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hostcity.plan.by_key import Contents, FileRow
from hostcity.plan.cells import is_empty, write_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import MOST_ROWS, unknown_column
from hostcity.plan.workbook import heading_of

MOST_BYTES = 16 * 1024**2
SEPARATORS = ",;\t"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # how a cell begins that a spreadsheet program would calculate
_HIDDEN = re.compile(r"'+[=+\-@\t\r]")


def write_csv(plan: Plan, sheet: str) -> str:
    """A sheet as CSV: commas, lines that end as RFC 4180 has them, the mark of UTF-8 by which spreadsheet programs know it."""
    columns = columns_of(SHEETS[sheet])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in getattr(plan, sheet):
        writer.writerow([_cell(write_cell(column, getattr(row, name))) for name, column in columns.items()])
    return f"\ufeff{out.getvalue()}"


def _cell(value: Any) -> Any:
    """A text that would be a formula, made plain; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def sheet_named(path: Path) -> str:
    """The sheet that the name of a file tells, as in tasks.csv or "2019-06 tasks.csv"; "" = none."""
    stem = path.stem.lower()
    if stem in SHEETS:
        return stem
    return next((sheet for sheet in sorted(SHEETS, key=len, reverse=True) if re.search(rf"(?:^|\W){sheet}$", stem)), "")


def read_csv(path: Path, sheet: str = "") -> Contents:
    """The rows of a file for one sheet. Raises ``PlanError`` for what is no such file."""
    sheet = sheet or sheet_named(path)
    if sheet not in SHEETS:
        what, mend = Sentence("does not say of which sheet it is."), Sentence("Call it by its sheet, as tasks.csv.")
        raise _refused("sheet", what, mend, path.name)
    return read_csv_text(_text(path), sheet, path.name)


def read_csv_text(text: str, sheet: str, of: str) -> Contents:
    """The same of a text, as one that was pasted."""
    separator = _separator(text, sheet)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        mend = Sentence("Save it again from the spreadsheet program as CSV UTF-8.")
        raise _refused("syntax", Sentence("is no CSV: {error}.", error=str(error)), mend, of) from None
    if len(lines) > MOST_ROWS:
        what = Sentence("has {count:,} rows.", count=len(lines))
        raise _refused("size", what, Sentence("Give at most {most:,}.", most=MOST_ROWS), of)
    names = _names(sheet)
    head = [name.strip() for name in lines[0]] if lines else []
    fields = [names.get(name.lower(), name) for name in head]
    problems = list(_heading_problems(sheet, fields, lines))
    known = columns_of(SHEETS[sheet])
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if all(is_empty(cell) for cell in cells):
            continue
        rows.append(
            FileRow(number, {field: _plain(cell) for field, cell in zip(fields, cells, strict=False) if field in known})
        )
        if any(not is_empty(cell) for cell in cells[len(fields) :]):
            what = Sentence(
                "has {count} cells, but line 1 names {columns} columns.", count=len(cells), columns=len(fields)
            )
            mend = Sentence("Put a text with the separator in it between quotation marks.")
            problems.append(Problem(code=f"{sheet}.cells", sheet=sheet, row=number, what=what, mend=mend))
    if problems and any(problem.code.endswith("code.missing") for problem in problems):
        raise PlanError(problems, of)
    return Contents(of=of, rows={sheet: tuple(rows)}, problems=tuple(problems))


def _text(path: Path) -> str:
    """The text of a file in UTF-8. Raises ``PlanError`` for another encoding, with its name where it is one that is usual."""
    if path.stat().st_size > MOST_BYTES:
        what = Sentence("is larger than {most} MiB.", most=MOST_BYTES // 1024**2)
        raise _refused("size", what, Sentence("Remove what does not belong to the plan."), path.name)
    data = path.read_bytes()
    mend = Sentence("Save it as CSV UTF-8.")
    if data.startswith(b"PK\x03\x04"):
        raise _refused(
            "kind", Sentence("is a workbook or a zip archive, not CSV."), Sentence("Save it as CSV UTF-8."), path.name
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused("encoding", Sentence("is text in {encoding}, not in UTF-8.", encoding="UTF-16"), mend, path.name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise _refused("encoding", Sentence("is not UTF-8 text."), mend, path.name) from None
        raise _refused(
            "encoding", Sentence("is text in {encoding}, not in UTF-8.", encoding="GBK"), mend, path.name
        ) from None
    if "\0" in text:
        raise _refused("kind", Sentence("is no text: it holds zero bytes."), mend, path.name)
    return text


def _separator(text: str, sheet: str) -> str:
    """What stands between the cells of line 1: that by which most columns are known, a comma if none is."""
    first, names = text.partition("\n")[0], _names(sheet)
    return max(SEPARATORS, key=lambda mark: sum(part.strip().strip('"').lower() in names for part in first.split(mark)))


def _names(sheet: str) -> dict[str, str]:
    """Fields by what a column may be called: the field itself, its headings, row 2 of the workbook."""
    found: dict[str, str] = {}
    for name, column in columns_of(SHEETS[sheet]).items():
        for called in (name, column.heading_en, column.heading_zh, heading_of(column)):
            found.setdefault(called.lower(), name)
    return found


def _heading_problems(sheet: str, fields: list[str], lines: list[list[str]]) -> Iterator[Problem]:
    """Columns that a sheet does not have, or that stand twice; and no column of codes."""
    known = list(columns_of(SHEETS[sheet]))
    for at, field in enumerate(fields):
        used = any(at < len(cells) and not is_empty(cells[at]) for cells in lines[1:])
        if field not in known and (field or used):
            yield unknown_column(sheet, 1, field, known)
        elif field in known and field in fields[:at]:
            what, mend = Sentence("stands twice in row 1."), Sentence("Delete one of the two columns.")
            yield Problem(code=f"{sheet}.{field}.twice", sheet=sheet, row=1, column=field, what=what, mend=mend)
    if "code" not in fields:
        what = Sentence("is missing from row 1.")
        mend = Sentence("Line 1 names the columns, as: {columns}.", columns=", ".join(known[:4]))
        yield Problem(code=f"{sheet}.code.missing", sheet=sheet, row=1, column="code", what=what, mend=mend)


def _plain(cell: str) -> str:
    return cell[1:] if _HIDDEN.match(cell) else cell


def _refused(kind: str, what: Sentence, mend: Sentence, of: str) -> PlanError:
    return PlanError([Problem(code=f"csv.{kind}", what=what, mend=mend)], of)
