"""A row of the plan as JSON, as the plan's JSON form writes it, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from hashlib import sha256
from typing import Any

from hostcity.plan import SHEETS, PlanError, Problem
from hostcity.plan.cells import clock_seconds, clock_text
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.problems import Listing
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import RawRows, rows_of

Body = dict[str, Any]
#: Rows of a sheet in their order, by key.
Rows = dict[str, Body]

MOST_KEY = 100  # characters: keys stand in addresses and in the ledger
ONE_ROW = ("edition", "model", "grounds")  # sheets that have no more than one


def key_of(code: str) -> str:
    """What a row is called in addresses and acts: its code, cut where that is too long for them."""
    if len(code) <= MOST_KEY:
        return code
    return f"{code[: MOST_KEY - 17]}~{sha256(code.encode()).hexdigest()[:16]}"


def body_of(sheet: str, row: Any) -> Body:
    """A row as JSON keeps it."""
    return {name: _plain(column, getattr(row, name)) for name, column in _columns(sheet).items()}


def stored_body(sheet: str, body: Mapping[str, Any]) -> Body:
    """A body as the database gave it, made equal to what `body_of` says of the same row."""
    return body_of(sheet, row_from_body(sheet, body))


def row_from_body(sheet: str, body: Mapping[str, Any]) -> Any:
    """The row that a stored body says; fields that it does not know yet have their defaults.

    What is stored was read cell by cell before, so this only restores types. Raises ``PlanError`` for what is no row.
    """
    try:
        return SHEETS[sheet](
            **{name: _value(column.kind, body[name]) for name, column in _columns(sheet).items() if name in body}
        )
    except (TypeError, ValueError, KeyError):
        return read_rows(sheet, [(0, body)])[0]


def read_row(sheet: str, cells: Mapping[str, Any]) -> Any:
    """The row that raw cells say. Raises ``PlanError`` with everything that is wrong with it."""
    return read_rows(sheet, [(0, cells)])[0]


def read_rows(sheet: str, raw_rows: RawRows) -> tuple[Any, ...]:
    """Rows from raw cells. Raises ``PlanError`` with everything that is wrong with them."""
    problems = Listing()
    read = rows_of(sheet, SHEETS[sheet], raw_rows, problems)
    if problems:
        raise PlanError(problems)
    return read.rows


def bodies_by_key(sheet: str, rows: Iterable[Any]) -> Rows:
    """Rows of a plan as they are stored. Raises ``PlanError`` when a row is wrong or two have one code."""
    raw_rows = [(number, body_of(sheet, row)) for number, row in enumerate(rows, 1)]
    stored: Rows = {}
    problems = Listing()
    for (number, _), row in zip(raw_rows, read_rows(sheet, raw_rows), strict=True):
        key = key_of(row.code)
        if key in stored:
            what = Sentence("{code} stands in row {row} already.", code=row.code, row=list(stored).index(key) + 1)
            mend = Sentence("Give each row a code of its own.")
            problems.add(
                Problem(code=f"{sheet}.code.twice", sheet=sheet, row=number, column="code", what=what, mend=mend)
            )
        stored[key] = body_of(sheet, row)
    if problems:
        raise PlanError(problems)
    return stored


def rows_by_key(sheet: str, bodies: Iterable[Mapping[str, Any]]) -> Rows:
    """Stored bodies by key, in their order."""
    return {key_of(body["code"]): stored_body(sheet, body) for body in bodies}


def empty_cells(sheet: str) -> Body:
    """The cells of a new row: defaults where there are any, else None."""
    columns = _columns(sheet)
    return {
        each.name: None if each.default is MISSING else _plain(columns[each.name], each.default)
        for each in fields(SHEETS[sheet])
    }


@cache
def _columns(sheet: str) -> dict[str, Column]:
    return columns_of(SHEETS[sheet])


def _plain(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "clock":
        return clock_text(value)
    if column.kind == "number":
        return _number(value)
    if column.kind == "refs":
        return list(value)
    if column.kind == "outline":
        return [[_number(x), _number(y)] for x, y in value]
    return value


def _number(value: float) -> float:
    """A number in the form in which both databases give it back, or the ledger's hash would not hold: PostgreSQL makes
    10000000000000000 of 1e16, and 0.0 of -0.0."""
    value = float(value) + 0.0
    return int(value) if abs(value) >= 1e16 else value


def _value(kind: str, raw: Any) -> Any:
    if raw is None:
        return None
    if kind == "clock":
        return clock_seconds(raw)
    if kind == "number":
        return float(raw)  # the database may have made 2000 of 2000.0
    if kind == "refs":
        return tuple(raw)
    if kind == "outline":
        return tuple((float(x), float(y)) for x, y in raw)
    return raw
