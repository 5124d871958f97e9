"""A plan as an Excel workbook.

Each sheet: row 1 the names of the fields, row 2 their headings in both languages with the unit in brackets, from row 3
the rows. Row 2 is read too: a unit that was changed there (width in [cm]) is a problem, not a silent factor of 100.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from hostcity.plan.cells import is_empty, write_cell
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.tables import RawRows, plan_of
from hostcity.plan.workbook_guard import MOST_FORMULAS_LISTED, guard

READ_ME = "read me"
HEADER_ROWS = 2
_UNIT = re.compile(r"\[([^\[\]]*)\]\s*$")
_HOW = (
    "One expo day. Row 1 of each sheet names the fields, row 2 explains them, your rows begin in row 3.",
    "Times are HH:MM; 25:30 is half past one in the night after. Codes may not contain ; = @.",
    "Plain values only: formulas are refused, so that a plan says the same on every machine.",
    "一个展会日。每张表第 1 行为字段名，第 2 行为说明，第 3 行起填写数据。",
    "时间写作 HH:MM；25:30 表示次日凌晨一点半。代码中不得含有 ; = @。",
    "只填数值，不用公式，使方案在任何机器上含义一致。",
)


def write_workbook(plan: Plan, path: Path) -> None:
    """Write a plan; reading it back gives an equal plan. The same plan gives the same bytes."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    how = book.create_sheet(READ_ME)
    how.column_dimensions["A"].width = 100
    for line in _HOW:
        how.append([line])
    for name, rows in plan.sheets():
        _write_sheet(book.create_sheet(name), columns_of(SHEETS[name]), rows)
    book.save(path)
    _without_clock(path)


def _write_sheet(sheet: Any, columns: dict[str, Column], rows: tuple[Any, ...]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "B3"
    heads, explained = [], []
    for at, (field, column) in enumerate(columns.items(), 1):
        sheet.column_dimensions[get_column_letter(at)].width = 18
        head = WriteOnlyCell(sheet, field)
        head.font = Font(bold=True)
        note = WriteOnlyCell(sheet, heading_of(column))
        note.comment = Comment(f"{column.help_en}\n{column.help_zh}", "hostcity", height=120, width=320)
        note.alignment = Alignment(wrap_text=True, vertical="top")
        note.fill = PatternFill("solid", fgColor="E8EEF4")
        heads.append(head)
        explained.append(note)
        choices = column.choices if column.kind == "choice" else ("yes", "no") if column.kind == "flag" else ()
        if choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            rule.add(f"{get_column_letter(at)}{HEADER_ROWS + 1}:{get_column_letter(at)}{HEADER_ROWS + 5000}")
            sheet.data_validations.append(rule)
    sheet.append(heads)
    sheet.append(explained)
    for row in rows:
        cells = []
        for field, column in columns.items():
            cell = WriteOnlyCell(sheet, write_cell(column, getattr(row, field)))
            if isinstance(cell.value, str):
                cell.number_format = "@"  # or 4.10 becomes 4.1 when somebody edits it
                cell.data_type = "s"  # a text that begins with = is a text
            cells.append(cell)
        sheet.append(cells)


def heading_of(column: Column) -> str:
    """A column's heading in both languages, with its unit."""
    unit = "" if column.unit == "-" else f" [{column.unit}]"
    return f"{column.heading_en} {column.heading_zh}{unit}"


def _without_clock(path: Path) -> None:
    """Write the file again without times of writing, so that the same plan gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts:
            written = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2019-01-01T00:00:00Z", body)
            timeless = written if name == "docProps/core.xml" else body
            archive.writestr(zipfile.ZipInfo(name, (2019, 1, 1, 0, 0, 0)), timeless, zipfile.ZIP_DEFLATED)


def read_workbook(path: Path) -> Plan:
    """The plan that a workbook says. Raises PlanError with every problem: sheet, row, column, mend and code."""
    of = path.name
    formulas = guard(path, of)
    tables, problems, names = _tables(path, of)
    problems = [*_formula_problems(path, formulas, names), *problems]
    return plan_of(tables, problems, of)


def _tables(path: Path, of: str) -> tuple[dict[str, RawRows], list[Problem], list[str]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = list(book.sheet_names)
        # Rows above and left of the first value are kept empty, so that row numbers stay those of the spreadsheet.
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except Exception as error:  # the reader's errors share no base class, and a broken file may raise any of them
        mend = "Save it again from the spreadsheet program as .xlsx."
        what = f"cannot be read: {str(error)[:120]}."
        raise PlanError([Problem(code="workbook.broken", what=what, mend=mend)], of) from None
    problems: list[Problem] = []
    tables: dict[str, RawRows] = {}
    for name, grid in grids.items():
        if name == READ_ME:
            continue
        tables[name] = _rows(name, grid, problems) if name in SHEETS else []
    return tables, problems, names


def _rows(sheet: str, grid: list[list[Any]], problems: list[Problem]) -> RawRows:
    columns = columns_of(SHEETS[sheet])
    fields = [str(cell).strip() for cell in grid[0]] if grid else []
    known = [field for field in fields if field in columns]
    for field in {field for field in known if known.count(field) > 1}:
        what, mend = "stands twice in row 1.", "Delete one of the two columns."
        problems.append(Problem(code=f"{sheet}.{field}.twice", sheet=sheet, row=1, column=field, what=what, mend=mend))
    for field in columns:
        if field not in known:
            what, mend = "is missing from row 1.", "Add the column; leave its cells empty where it says nothing."
            code = f"{sheet}.{field}.missing"
            problems.append(Problem(code=code, sheet=sheet, row=1, column=field, what=what, mend=mend))
    if len(grid) > 1:
        problems += _unit_problems(sheet, columns, fields, grid[1])
    rows = []
    for number, cells in enumerate(grid[HEADER_ROWS:], HEADER_ROWS + 1):
        if all(is_empty(cell) for cell in cells):
            continue
        named = zip(fields, cells, strict=False)
        rows.append(
            (number, {field: cell for field, cell in named if field and not (is_empty(cell) and field not in columns)})
        )
    return rows


def _unit_problems(sheet: str, columns: dict[str, Column], fields: list[str], headings: list[Any]) -> list[Problem]:
    found = []
    for field, heading in zip(fields, headings, strict=False):
        if field not in columns or is_empty(heading):
            continue
        said = _UNIT.search(str(heading))
        unit = columns[field].unit
        if (said[1].strip() if said else "-") != unit:
            what = f"is in [{said[1]}]." if said else "has lost its unit."
            mend = (
                f"Give it in [{unit}] and write that into row 2."
                if unit != "-"
                else "It has no unit: remove the brackets."
            )
            found.append(Problem(code=f"{sheet}.{field}.unit", sheet=sheet, row=2, column=field, what=what, mend=mend))
    return found


def _formula_problems(path: Path, formulas: dict[str, list[str]], names: list[str]) -> list[Problem]:
    if not formulas:
        return []
    sheet_of = _sheet_by_part(path, names)
    found = []
    for part, cells in formulas.items():
        for cell in cells[:MOST_FORMULAS_LISTED]:
            row = int(re.sub(r"\D", "", cell) or 0)
            mend = "Copy the cell and paste it as a value."
            found.append(
                Problem(
                    code="workbook.formula", sheet=sheet_of.get(part, part), row=row,
                    column=re.sub(r"\d", "", cell), what="is a formula.", mend=mend,
                )
            )  # fmt: skip
        if len(cells) > MOST_FORMULAS_LISTED:
            what = f"has {len(cells) - MOST_FORMULAS_LISTED} more formulas."
            mend = "Copy the sheet and paste it as values."
            found.append(Problem(code="workbook.formula", sheet=sheet_of.get(part, part), what=what, mend=mend))
    return found


def _sheet_by_part(path: Path, names: list[str]) -> dict[str, str]:
    """Which part of the zip holds which sheet, from the workbook's own list and its relations."""
    with zipfile.ZipFile(path) as archive:
        try:
            book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
            relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        except KeyError:
            return {}
    ids = re.findall(r'<sheet\b[^>]*?\br:id="([^"]*)"', book)
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", relations):
        name, target = re.search(r'\bId="([^"]*)"', tag), re.search(r'\bTarget="([^"]*)"', tag)
        if name and target:
            targets[name[1]] = "xl/" + target[1].lstrip("/").removeprefix("xl/")
    return {targets.get(each, ""): name for each, name in zip(ids, names, strict=False)}
