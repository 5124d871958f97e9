"""A plan as an Excel workbook.

Each sheet: row 1 the names of the fields, row 2 their headings in both languages with the unit in brackets, from row 3
the rows. Row 2 is read too: a unit that was changed there (width in [cm]) is a problem, not a silent factor of 100. So is a row of data in its place.
"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from hostcity.plan.cells import is_empty, write_cell
from hostcity.plan.columns import Column, columns_of, default_text, is_required
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import TOLD, RawRows, Tables, plan_of, unknown_column
from hostcity.plan.workbook_guard import Looked, SheetLook, address_of, column_number, guard
from hostcity.plan.workbook_headings import holds_data

READ_ME = "read me"
HEADER_ROWS = 2
MOST_ADDRESSES = 20  # listed of a sheet
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for a character by number
_UNIT = re.compile(r"\[([^\[\]]*)\]\s*$")
_HOW = (
    "One expo day. Row 1 of each sheet names the fields, row 2 explains them, your rows begin in row 3.",
    "Times are HH:MM; 25:30 is half past one in the night after. Codes may not contain ; = @.",
    "Plain values only: formulas are refused, so that a plan says the same on every machine.",
    "一个展会日。每张表第 1 行为字段名，第 2 行为说明，第 3 行起填写数据。",
    "时间写作 HH:MM；25:30 表示次日凌晨一点半。代码中不得含有 ; = @。",
    "只填数值，不用公式，使方案在任何机器上含义一致。",
)


def write_workbook(plan: Plan, path: Path, sheets: Iterable[str] = tuple(SHEETS)) -> None:
    """Write a plan, or some sheets of it; reading it back gives an equal plan. The same plan gives the same bytes."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    how = book.create_sheet(READ_ME)
    how.column_dimensions["A"].width = 100
    for line in _HOW:
        how.append([line])
    for name in sheets:
        _write_sheet(book.create_sheet(name), SHEETS[name], getattr(plan, name))
    written = io.BytesIO()  # the library cannot close a workbook that it could not save
    book.save(written)
    path.write_bytes(_without_clock(written))


def _write_sheet(sheet: Any, row_type: type, rows: tuple[Any, ...]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "B3"
    columns = columns_of(row_type)
    heads, explained = [], []
    for at, (field, column) in enumerate(columns.items(), 1):
        sheet.column_dimensions[get_column_letter(at)].width = 18
        head = WriteOnlyCell(sheet, field)
        head.font = Font(bold=True)
        note = WriteOnlyCell(sheet, heading_of(column))
        note.comment = Comment("\n".join(_help(row_type, field, column)), "hostcity", height=140, width=320)
        note.alignment = Alignment(wrap_text=True, vertical="top")
        note.fill = PatternFill("solid", fgColor="E8EEF4")
        heads.append(head)
        explained.append(note)
        choices = column.choices if column.kind == "choice" else ("yes", "no") if column.kind == "flag" else ()
        if choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            rule.add(f"{get_column_letter(at)}{HEADER_ROWS + 1}:{get_column_letter(at)}{HEADER_ROWS + 5000}")
            sheet.data_validations.append(rule)
        if column.kind in ("code", "text"):
            rule = DataValidation(
                type="textLength", operator="lessThanOrEqual", formula1=str(column.most), allow_blank=True
            )
            rule.add(f"{get_column_letter(at)}{HEADER_ROWS + 1}:{get_column_letter(at)}{HEADER_ROWS + 5000}")
            sheet.data_validations.append(rule)
    sheet.append(heads)
    sheet.append(explained)
    for row in rows:
        sheet.append([_cell(sheet, write_cell(column, getattr(row, field))) for field, column in columns.items()])


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None:
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, _ESCAPE.sub("_x005F_", value))
        cell.number_format = "@"  # or 4.10 becomes 4.1 when somebody edits it
        cell.data_type = "s"  # a text that begins with = is a text
    else:
        short = f"{value:.16g}"  # what the library itself writes, but some numbers have a 17th digit
        cell = WriteOnlyCell(sheet, short if float(short) == value else repr(value))
        cell.data_type = "n"
    return cell


def _help(row_type: type, field: str, column: Column) -> list[str]:
    """What a column means, and what an empty cell in it does."""
    lines = [column.help_en, column.help_zh]
    if is_required(row_type, field):
        lines.append("Must be filled in. 必填。")
    elif default_text(row_type, field):
        lines.append(f"Empty = {default_text(row_type, field)}. 留空 = {default_text(row_type, field)}。")
    if column.kind in ("code", "text"):
        lines.append(f"At most {column.most:,} characters. 最多 {column.most:,} 个字符。")
    return lines


def heading_of(column: Column) -> str:
    """A column's heading in both languages, with its unit."""
    unit = "" if column.unit == "-" else f" [{column.unit}]"
    return f"{column.heading_en} {column.heading_zh}{unit}"


def _without_clock(written: IO[bytes]) -> bytes:
    """The file without times of writing, so that the same plan gives the same bytes."""
    timeless = io.BytesIO()
    with zipfile.ZipFile(written) as archive, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as again:
        for part in archive.infolist():
            body = archive.read(part)
            if part.filename == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2019-01-01T00:00:00Z", body)
            again.writestr(zipfile.ZipInfo(part.filename, (2019, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return timeless.getvalue()


def read_workbook(path: Path) -> Plan:
    """The plan that a workbook says. Raises PlanError with every problem: sheet, row, column, mend and code."""
    return plan_of(*workbook_tables(path))


def workbook_tables(path: Path) -> Tables:
    """The raw cells of a workbook. Raises PlanError for what is none."""
    of = path.name
    looked = guard(path, of)
    grids = _grids(looked, of)
    problems = Listing()
    for name, look in looked.sheets.items():
        problems.add(*_cell_problems(name, look, _fields(grids.get(name, []))))
    tables = {name: _rows(name, grid, looked, problems) if name in SHEETS else [] for name, grid in grids.items()}
    return tables, problems, of


def _grids(looked: Looked, of: str) -> dict[str, list[list[Any]]]:
    """The cells of every sheet of a plan from A1 on; none of any other sheet."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(looked.file)
        # Rows above and left of the first value are kept empty, so that row numbers stay those of the spreadsheet.
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) if name in SHEETS else []
            for name in book.sheet_names
            if name != READ_ME
        }
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader's errors share no base class, and its panics are no Exception
        mend = Sentence("Save it again from the spreadsheet program as .xlsx.")
        what = Sentence("cannot be read: {error}.", error=str(error)[:120])
        raise PlanError([Problem(code="workbook.broken", what=what, mend=mend)], of) from None


def _fields(grid: list[list[Any]]) -> list[str]:
    """The names in row 1, "" where there is none."""
    return [str(cell).strip() for cell in grid[0]] if grid else []


def _rows(sheet: str, grid: list[list[Any]], looked: Looked, problems: Listing) -> RawRows:
    columns, fields = columns_of(SHEETS[sheet]), _fields(grid)
    missing = {field: _renamed(field, columns, fields) for field in columns if field not in fields}
    problems.add(*_heading_problems(sheet, columns, fields, missing))
    first = HEADER_ROWS
    if len(grid) > 1 and holds_data(columns, fields, grid[1]):
        problems.add(_without_headings(sheet))
        first -= 1  # its row is read, so that nothing that names it is called wrong
    elif len(grid) > 1:
        problems.add(*_unit_problems(sheet, columns, fields, grid[1]))
    look = looked.sheets.get(sheet, SheetLook())
    spoilt = {_place(address) for address in (*look.formulas, *look.errors)}
    told = {field: TOLD for field in missing if is_required(SHEETS[sheet], field)}
    passed_over = {"", *missing.values()}
    nameless: dict[int, int] = {}  # row of the first value under a column without name, by column
    rows = []
    for number, cells in enumerate(grid[first:], first + 1):
        if cells.count("") == len(cells) or all(is_empty(cell) for cell in cells):
            continue
        named: dict[str, Any] = {**told}
        for at, (field, cell) in enumerate(zip(fields, cells, strict=False), 1):
            if not field and not is_empty(cell):
                nameless.setdefault(at, number)
            if field not in passed_over and (field in columns or not is_empty(cell)):
                named[field] = TOLD if spoilt and (number, at) in spoilt else cell
        rows.append((number, named))
    problems.add(*(_nameless(sheet, at, row) for at, row in nameless.items()))
    used = passed_over.union(columns, *(named for _number, named in rows))
    problems.add(*(unknown_column(sheet, 1, name, list(columns)) for name in dict.fromkeys(fields) if name not in used))
    return rows


def _renamed(field: str, columns: dict[str, Column], fields: list[str]) -> str:
    """The name in row 1 that stands where a missing one is meant; "" when none is like it."""
    strange = [name for name in fields if name and name not in columns]
    called = {field, columns[field].heading_en, columns[field].heading_zh}
    for name in strange:
        if name.lower() in called:
            return name
    near = difflib.get_close_matches(field, strange, 1, cutoff=0.7)
    return near[0] if near else ""


def _heading_problems(
    sheet: str, columns: dict[str, Column], fields: list[str], missing: dict[str, str]
) -> Iterator[Problem]:
    """Names that stand twice in row 1 or are missing from it, each told once whatever stands below."""
    for field in sorted({field for field in fields if field in columns and fields.count(field) > 1}):
        what, mend = Sentence("stands twice in row 1."), Sentence("Delete one of the two columns.")
        yield Problem(code=f"{sheet}.{field}.twice", sheet=sheet, row=1, column=field, what=what, mend=mend)
    for field, near in missing.items():
        what = Sentence("is missing from row 1.")
        mend = Sentence("Add the column; leave its cells empty where it says nothing.")
        if near:
            mend = Sentence("Is it column {near}? Call that {field}.", near=near[:60], field=field)
        yield Problem(code=f"{sheet}.{field}.missing", sheet=sheet, row=1, column=field, what=what, mend=mend)


def _nameless(sheet: str, at: int, row: int) -> Problem:
    what = Sentence("holds a value, but has no name in row 1.")
    mend = Sentence("Write the name of its field into row 1, or clear the column.")
    letter = address_of(0, at)[:-1]
    return Problem(code="workbook.nameless", sheet=sheet, row=row, column=letter, what=what, mend=mend)


def _without_headings(sheet: str) -> Problem:
    what = Sentence("holds data, but row 2 is for headings and units and is not read.")
    mend = Sentence("Insert a row above it.")
    return Problem(code="workbook.headings", sheet=sheet, row=2, what=what, mend=mend)


def _unit_problems(sheet: str, columns: dict[str, Column], fields: list[str], headings: list[Any]) -> list[Problem]:
    found = []
    for field, heading in zip(fields, headings, strict=False):
        if field not in columns or is_empty(heading):
            continue
        said = _UNIT.search(str(heading))
        unit = columns[field].unit
        if (said[1].strip() if said else "-") != unit:
            what = Sentence("is in [{unit}].", unit=said[1]) if said else Sentence("has lost its unit.")
            mend = Sentence("Give it in [{unit}] and write that into row 2.", unit=unit)
            if unit == "-":
                mend = Sentence("It has no unit: remove the brackets.")
            found.append(Problem(code=f"{sheet}.{field}.unit", sheet=sheet, row=2, column=field, what=what, mend=mend))
    return found


def _cell_problems(sheet: str, look: SheetLook, fields: list[str]) -> Iterator[Problem]:
    """Cells whose value is not what the author typed: formulas, and errors that a formula left behind."""
    formulas = set(look.formulas)
    errors = [each for each in look.errors if each not in formulas]
    left = max(0, len(look.formulas) - MOST_ADDRESSES)
    what, mend = Sentence("is a formula."), Sentence("Copy the cell and paste it as a value.")
    more = Sentence("has {count} more formulas.", count=left)
    yield from _addressed("formula", sheet, look.formulas, fields, (what, mend, more))
    left = max(0, len(errors) - MOST_ADDRESSES)
    what, mend = Sentence("is an error like #REF!."), Sentence("Type the value that is meant.")
    more = Sentence("has {count} more errors.", count=left)
    yield from _addressed("error", sheet, errors, fields, (what, mend, more))


def _addressed(
    kind: str, sheet: str, addresses: list[str], fields: list[str], words: tuple[Sentence, Sentence, Sentence]
) -> Iterator[Problem]:
    """Each cell by the name of its field; by its letter where the column has none."""
    what, mend, more = words
    for address in addresses[:MOST_ADDRESSES]:
        row, at = _place(address)
        column = (fields[at - 1] if at <= len(fields) else "") or address.rstrip("0123456789")
        yield Problem(code=f"workbook.{kind}", sheet=sheet, row=row, column=column, what=what, mend=mend)
    if len(addresses) > MOST_ADDRESSES:
        mend = Sentence("Copy the sheet and paste it as values.")
        yield Problem(code=f"workbook.{kind}", sheet=sheet, what=more, mend=mend)


def _place(address: str) -> tuple[int, int]:
    """Row and column of an address like E3."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_number(letters.encode())
