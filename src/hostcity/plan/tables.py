"""From tables of raw cells to a plan: the part that workbook and JSON share."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
#: By kind of column: codes, choices and references have none, their row counts as unread.
STAND_INS: dict[str, Any] = {"number": 1.0, "integer": 1, "clock": 0.0, "date": "2000-01-01", "flag": False, "text": ""}


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows of a sheet that could be read. ``stood_in`` are those in which another value stands for a wrong one."""

    rows: tuple[Any, ...] = ()
    numbers: tuple[int, ...] = ()
    stood_in: frozenset[int] = frozenset()
    is_whole: bool = True  # no row is missing


@dataclass(frozen=True, slots=True)
class InWork:
    """A plan of which every row could be read, whether or not they fit one another.

    Without a row in sheet model it has none here.
    """

    plan: Plan
    sheets: Mapping[str, ReadRows]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps the plan from being played."""
        from hostcity.plan.check import problems_of

        return problems_of(self.plan, row_numbers(self.sheets))

    def code_of(self, problem: Problem) -> str:
        """The code of the row that a problem of this plan is in; "" = it is in none."""
        numbers = self.sheets[problem.sheet].numbers if problem.sheet in self.sheets else ()
        return getattr(self.plan, problem.sheet)[numbers.index(problem.row)].code if problem.row in numbers else ""

    def with_usual_model(self) -> InWork:
        """The same; played as usual where nothing is said of how."""
        return self if self.plan.model else InWork(self.plan.replace(model=Plan(edition=()).model), self.sheets)


#: Tables of raw cells, what is wrong with them already, and the name of the file.
Tables = tuple[Mapping[str, RawRows], Listing, str]


def plan_of(tables: Mapping[str, RawRows], problems: Listing, of: str) -> Plan:
    """The plan that tables of raw cells say. Raises PlanError with every problem, those handed in first."""
    in_work = plan_in_work(tables, problems, of).with_usual_model()
    found = in_work.problems
    if found:
        raise PlanError(found, of, in_work.plan)
    return in_work.plan


def plan_in_work(tables: Mapping[str, RawRows], problems: Listing, of: str) -> InWork:
    """The rows that tables of raw cells say, fitting or not. Raises PlanError with every problem when one cannot be read."""
    from hostcity.plan.half_read import problems_between

    missing = [name for name in NEEDED_SHEETS if name not in tables]
    for name in missing:
        mend = Sentence("Add the sheet; `hostcity template` shows it.")
        problems.add(Problem(code=f"{name}.missing", sheet=name, what=Sentence("is missing."), mend=mend))
    problems.add(*(unknown_sheet(name) for name in tables if name not in SHEETS))
    sheets = {
        name: rows_of(name, row_type, tables[name], problems) for name, row_type in SHEETS.items() if name in tables
    }
    if problems:
        problems.add(*tuple(problems_between(sheets, tables, tuple(problems))))
        raise PlanError(problems, of, _read_of(sheets))
    plan = Plan(**{"edition": (), "model": (), **{name: read.rows for name, read in sheets.items()}})
    return InWork(plan, sheets)


def _read_of(sheets: Mapping[str, ReadRows]) -> Plan:
    """The rows that could be read, as a plan that only pictures are made of."""
    return Plan(**{"edition": (), **{name: read.rows for name, read in sheets.items()}})


def row_numbers(sheets: Mapping[str, ReadRows]) -> Callable[[str, int], int]:
    """The row number that the author sees, by sheet and place among its rows."""

    def row_of(sheet: str, index: int) -> int:
        numbers = sheets[sheet].numbers if sheet in sheets else ()
        return numbers[index] if index < len(numbers) else 0

    return row_of


def unknown_sheet(name: str) -> Problem:
    """What is said of a sheet that no plan has."""
    near = difflib.get_close_matches(name.lower(), SHEETS, 1)
    if near:
        mend = Sentence("Rename or delete it. Did you mean {near}?", near=near[0])
    else:
        mend = Sentence("Rename or delete it. Sheets: {sheets}.", sheets=", ".join(SHEETS))
    return Problem(code="sheet.unknown", sheet=name[:60], what=Sentence("is not a sheet of a plan."), mend=mend)


def rows_of(sheet: str, row_type: Callable[..., Any], raw_rows: RawRows, problems: Listing) -> ReadRows:
    """The rows of a sheet that could be read; what is wrong is added to the problems."""
    if len(raw_rows) > MOST_ROWS:
        what = Sentence("has {count:,} rows.", count=len(raw_rows))
        mend = Sentence("Give at most {most:,}.", most=MOST_ROWS)
        problems.add(Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend))
        return ReadRows(is_whole=False)
    columns = columns_of(row_type)  # type: ignore[arg-type]
    required = {name for name in columns if is_required(row_type, name)}  # type: ignore[arg-type]
    made, numbers, stood_in = [], [], set()
    unknown: set[str] = set()  # columns, each told once
    for number, cells in raw_rows:
        new = [name for name in cells if name not in columns and name not in unknown]
        problems.add(*(unknown_column(sheet, number, name, list(columns)) for name in new))
        unknown.update(new)
        values: dict[str, Any] = {}
        wrong = []
        for name, column in columns.items():
            raw = cells.get(name)
            if raw is TOLD:
                wrong.append(name)
            elif is_empty(raw):
                if name in required:
                    problems.add(_problem(sheet, number, name, *_fill_in(column), "empty"))
                    wrong.append(name)
            else:
                try:
                    values[name] = read_cell(column, raw)
                except CellError as error:
                    problems.add(_problem(sheet, number, name, error.what, error.mend, error.kind))
                    wrong.append(name)
        if all(columns[name].kind in STAND_INS for name in wrong):
            values |= {name: _stand_in(columns[name]) for name in wrong}
            made.append(row_type(**values))
            numbers.append(number)
            stood_in.update([number] if wrong else [])
    return ReadRows(tuple(made), tuple(numbers), frozenset(stood_in), len(made) == len(raw_rows))


def _stand_in(column: Column) -> Any:
    """A value in place of one that cannot be read, so that what else is wrong can be told as well."""
    value = STAND_INS[column.kind]
    return (
        max(value, type(value)(column.low)) if column.kind in ("number", "integer", "clock") and column.low else value
    )


def _fill_in(column: Column) -> tuple[Sentence, Sentence]:
    return Sentence("is empty."), Sentence("Fill in: {help}", help=Both(column.help_en, column.help_zh))


def _problem(sheet: str, row: int, column: str, what: Sentence, mend: Sentence, kind: str) -> Problem:
    return Problem(code=f"{sheet}.{column}.{kind}", sheet=sheet, row=row, column=column, what=what, mend=mend)


def unknown_column(sheet: str, row: int, name: str, known: list[str]) -> Problem:
    """The problem of a column that no field of a sheet is called by; ``row`` is where it was met."""
    near = difflib.get_close_matches(str(name), known, 1)
    if near:
        mend = Sentence("Rename or delete it. Did you mean {near}?", near=near[0])
    else:
        mend = Sentence("Rename or delete it. Columns: {columns}.", columns=", ".join(known))
    return _problem(sheet, row, str(name)[:60], Sentence("is not a column of this sheet."), mend, "unknown")
