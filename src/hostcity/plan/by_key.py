"""Rows of another file put into a plan by their keys: what the file says is changed, what it does not say stays.

A spreadsheet of tasks or a file of Microsoft Project holds some sheets of a plan, and some columns of these. Each of its rows is one
cell by cell: of a row that the plan has, the cells that the file has take the place of the plan's; a row that the plan does not
have is added at the end. So the same file again changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hostcity.plan.cells import is_empty, write_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.tables import MOST_ROWS, TOLD, InWork, RawRows, plan_in_work

_OF_THE_PLAN = 100 * MOST_ROWS  # added to the numbers of rows that the plan has and the file does not


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file: the number by which its author finds it, its cells, and those that hold only if the row is new."""

    number: int
    cells: Mapping[str, Any]
    usual: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """What a file of some sheets holds. ``notes`` say what of it has no place in a plan, and is left out."""

    of: str
    rows: Mapping[str, tuple[FileRow, ...]]  # by sheet
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()  # found while it was read


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a sheet a file adds, changes, removes; and how many it does not name, which stay."""

    added: int
    changed: int
    removed: int
    not_named: int


def put_in(plan: Plan, contents: Contents, remove: Collection[str] = ()) -> InWork:
    """The plan with the rows of a file, whether or not they fit one another; of sheets to ``remove`` from, only the file's.

    Raises ``PlanError`` with every problem of the file when one cannot be read.
    """
    tables: dict[str, RawRows] = {}
    for sheet, row_type in SHEETS.items():
        columns = columns_of(row_type)
        old = [
            {name: write_cell(column, getattr(row, name)) for name, column in columns.items()}
            for row in getattr(plan, sheet)
        ]
        if sheet in contents.rows:
            tables[sheet] = _joined(old, contents.rows[sheet], is_all=sheet in remove)
        elif old:
            tables[sheet] = [(_OF_THE_PLAN + at, cells) for at, cells in enumerate(old, 1)]
        else:
            tables[sheet] = []
    try:
        return plan_in_work(tables, Listing(contents.problems), contents.of)
    except PlanError as error:
        raise PlanError(map(as_told, error.problems), contents.of, error.plan) from None


def _joined(old: list[dict[str, Any]], new: Iterable[FileRow], *, is_all: bool) -> list[tuple[int, Mapping[str, Any]]]:
    """Rows of the plan with those of the file in their places, then the new ones."""
    left = {_code(cells): at for at, cells in enumerate(old)}
    numbers = {at: _OF_THE_PLAN + at + 1 for at in range(len(old))}
    named: set[int] = set()
    more: list[tuple[int, Mapping[str, Any]]] = []
    for row in new:
        at = left.pop(_code(row.cells), None)  # the second of a code is one too many, and is told as such
        if at is None:
            more.append((row.number, {**row.usual, **row.cells}))
        else:
            old[at] |= row.cells
            numbers[at] = row.number
            named.add(at)
    kept = [(numbers[at], cells) for at, cells in enumerate(old) if not is_all or at in named]
    return [*kept, *more]


def _code(cells: Mapping[str, Any]) -> str:
    code = cells.get("code")
    return "" if code is TOLD or is_empty(code) else str(code).strip()


def as_told(problem: Problem) -> Problem:
    """A problem as the author of the file sees it: a row that only the plan has is no row of the file."""
    return dataclasses.replace(problem, row=0) if problem.row > _OF_THE_PLAN else problem


def fitting(read: InWork, of: str) -> Plan:
    """The plan, where its rows fit one another. Raises ``PlanError`` with every problem."""
    read = read.with_usual_model()
    if found := read.problems:
        raise PlanError(map(as_told, found), of, read.plan)
    return read.plan


def counts_of(was: Plan, now: Plan, contents: Contents) -> dict[str, Counts]:
    """What a file changes, by sheet, for each sheet that it has."""
    found = {}
    for sheet, rows in contents.rows.items():
        old = {row.code: row for row in getattr(was, sheet)}
        new = {row.code: row for row in getattr(now, sheet)}
        named = {_code(row.cells) for row in rows}
        found[sheet] = Counts(
            added=len(new.keys() - old.keys()), changed=sum(old[code] != new[code] for code in old.keys() & new.keys()),
            removed=len(old.keys() - new.keys()), not_named=len(old.keys() & new.keys() - named),
        )  # fmt: skip
    return found
