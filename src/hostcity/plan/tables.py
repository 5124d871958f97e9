"""From tables of raw cells to a plan: the part that workbook and JSON share."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hostcity.plan.cells import CellError, is_empty, read_cell
from hostcity.plan.columns import Column, columns_of, is_required
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Both, Sentence

#: Raw rows of a sheet: the row number that its author sees, and cells by field name.
RawRows = Sequence[tuple[int, Mapping[str, Any]]]

#: Stands in a cell whose problem has been told already: its row cannot be read, and nothing more is said of it.
TOLD = object()
NEEDED_SHEETS = ("edition", "levels", "areas", "nodes", "links")
MOST_ROWS = 250_000  # of a sheet


def plan_of(tables: Mapping[str, RawRows], problems: Listing, of: str) -> Plan:
    """The plan that tables of raw cells say. Raises PlanError with every problem, those handed in first."""
    from hostcity.plan.check import problems_of

    missing = [name for name in NEEDED_SHEETS if name not in tables]
    for name in missing:
        mend = Sentence("Add the sheet; `hostcity template` shows it.")
        problems.add(Problem(code=f"{name}.missing", sheet=name, what=Sentence("is missing."), mend=mend))
    problems.add(*(_unknown_sheet(name) for name in tables if name not in SHEETS))
    sheets: dict[str, tuple[Any, ...]] = {}
    row_numbers: dict[str, list[int]] = {}
    for name, row_type in SHEETS.items():
        if name in tables:
            sheets[name], row_numbers[name] = _rows_of(name, row_type, tables[name], problems)
    if not sheets.get("model"):
        sheets.pop("model", None)

    def row_of(sheet: str, index: int) -> int:
        numbers = row_numbers.get(sheet, [])
        return numbers[index] if index < len(numbers) else 0

    if problems:
        if (
            all(problem.column for problem in problems) and len(sheets["edition"]) == 1
        ):  # the sheets themselves are whole
            problems.add(*tuple(_between_readable_rows(Plan(**sheets), tables, row_numbers, row_of, tuple(problems))))
        raise PlanError(problems, of)
    plan = Plan(**sheets)
    found = problems_of(plan, row_of)
    if found:
        raise PlanError(found, of)
    return plan


#: Problems that a row has by itself or with the row that it names, whatever other rows say.
OF_A_ROW = (
    "twice",
    "unknown",
    "order",
    "overlap",
    "loop",
    "needed",
    "not_used",
    "range",
    "corners",
    "closed",
    "exceeded",
)


def _between_readable_rows(
    plan: Plan,
    tables: Mapping[str, RawRows],
    row_numbers: Mapping[str, list[int]],
    row_of: Callable[[str, int], int],
    problems: Iterable[Problem],
) -> Iterator[Problem]:
    """What is wrong between the rows that could be read, so that all is told at once.

    A name is not called unknown when a row that could not be read may be the one that it means.
    """
    from hostcity.plan.check import problems_of

    nameless = {problem.sheet for problem in problems if problem.column == "code"}
    unread_of = {
        name: {str(cells.get("code")).strip() for number, cells in rows if number not in read}
        for name, rows in tables.items()
        for read in [set(row_numbers.get(name, ()))]
    }
    unread = {code for codes in unread_of.values() for code in codes}
    for problem in problems_of(plan, row_of):
        kind = problem.code.rpartition(".")[2]
        if kind not in OF_A_ROW or problem.sheet not in row_numbers:
            continue
        if kind == "unknown":
            sheet = problem.what.values.get("sheet")
            if sheet in nameless or ("key" in problem.what.values and unread_of.get(str(sheet))):
                continue  # a pattern of sheet provenance may mean any of them
            row = getattr(plan, problem.sheet)[row_numbers[problem.sheet].index(problem.row)]
            named = getattr(row, problem.column)
            if unread & set(named if isinstance(named, tuple) else (named,)):
                continue
        yield problem


def _unknown_sheet(name: str) -> Problem:
    near = difflib.get_close_matches(name.lower(), SHEETS, 1)
    if near:
        mend = Sentence("Rename or delete it. Did you mean {near}?", near=near[0])
    else:
        mend = Sentence("Rename or delete it. Sheets: {sheets}.", sheets=", ".join(SHEETS))
    return Problem(code="sheet.unknown", sheet=name[:60], what=Sentence("is not a sheet of a plan."), mend=mend)


def _rows_of(
    sheet: str, row_type: Callable[..., Any], raw_rows: RawRows, problems: Listing
) -> tuple[tuple[Any, ...], list[int]]:
    if len(raw_rows) > MOST_ROWS:
        what = Sentence("has {count:,} rows.", count=len(raw_rows))
        mend = Sentence("Give at most {most:,}.", most=MOST_ROWS)
        problems.add(Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend))
        return (), []
    columns = columns_of(row_type)  # type: ignore[arg-type]
    required = {name for name in columns if is_required(row_type, name)}  # type: ignore[arg-type]
    made, numbers = [], []
    unknown: set[str] = set()  # columns, each told once
    for number, cells in raw_rows:
        new = [name for name in cells if name not in columns and name not in unknown]
        problems.add(*(_unknown_column(sheet, number, name, list(columns)) for name in new))
        unknown.update(new)
        values: dict[str, Any] = {}
        is_whole = True
        for name, column in columns.items():
            raw = cells.get(name)
            if raw is TOLD:
                is_whole = False
                continue
            if is_empty(raw):
                if name in required:
                    problems.add(_problem(sheet, number, name, *_fill_in(column), "empty"))
                    is_whole = False
                continue
            try:
                values[name] = read_cell(column, raw)
            except CellError as error:
                problems.add(_problem(sheet, number, name, error.what, error.mend, error.kind))
                is_whole = False
        if is_whole:
            made.append(row_type(**values))
            numbers.append(number)
    return tuple(made), numbers


def _fill_in(column: Column) -> tuple[Sentence, Sentence]:
    return Sentence("is empty."), Sentence("Fill in: {help}", help=Both(column.help_en, column.help_zh))


def _problem(sheet: str, row: int, column: str, what: Sentence, mend: Sentence, kind: str) -> Problem:
    return Problem(code=f"{sheet}.{column}.{kind}", sheet=sheet, row=row, column=column, what=what, mend=mend)


def _unknown_column(sheet: str, row: int, name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(str(name), known, 1)
    if near:
        mend = Sentence("Rename or delete it. Did you mean {near}?", near=near[0])
    else:
        mend = Sentence("Rename or delete it. Columns: {columns}.", columns=", ".join(known))
    return _problem(sheet, row, str(name)[:60], Sentence("is not a column of this sheet."), mend, "unknown")
