"""A plan as JSON: one list of rows per sheet, fields as in the workbook, clocks as HH:MM."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hostcity.plan.cells import clock_text
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import THE_PLAN, Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import RawRows, Tables, plan_of


def plan_to_json(plan: Plan) -> str:
    """The plan as JSON text; reading it back gives an equal plan."""
    body = {
        name: [
            {field: _plain(column, getattr(row, field)) for field, column in columns_of(SHEETS[name]).items()}
            for row in rows
        ]
        for name, rows in plan.sheets()
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def _plain(column: Column, value: Any) -> Any:
    if column.kind == "clock" and value is not None:
        return clock_text(value)
    return value


def plan_from_json(text: str, of: str = THE_PLAN) -> Plan:
    """The plan that JSON text says. Raises PlanError with every problem."""
    return plan_of(*json_tables(text, of))


def json_tables(text: str, of: str = THE_PLAN) -> Tables:
    """The raw cells of JSON text. Raises PlanError for what is none."""
    problems = Listing()
    try:
        body = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, problems))
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError):
            what = Sentence(
                "is not JSON: {error} in line {line}, column {column}.",
                error=error.msg, line=error.lineno, column=error.colno,
            )  # fmt: skip
        else:
            what = Sentence("holds numbers too long, or is nested too deeply.")
        raise PlanError([Problem(code="json.syntax", what=what, mend=Sentence("Correct the text."))], of) from None
    if not isinstance(body, dict):
        what, mend = Sentence("is not an object of sheets."), Sentence('Write {"edition": [...], ...}.')
        raise PlanError([Problem(code="json.shape", what=what, mend=mend)], of)
    tables: dict[str, RawRows] = {}
    for name, rows in body.items():
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            tables[name] = list(enumerate(rows, 1))
        else:
            what, mend = Sentence("is not a list of objects."), Sentence("Write one object per row.")
            problems.add(Problem(code="json.shape", sheet=name, what=what, mend=mend))
            tables[name] = []
    return tables, problems, of


def _object(pairs: list[tuple[str, Any]], problems: Listing) -> dict[str, Any]:
    """An object in which no name stands twice: the first would be lost without a word."""
    body = dict(pairs)
    if len(body) < len(pairs):
        twice = sorted(name[:60] for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        what = Sentence(
            "an object that begins with {name} = {value} has {names} twice.",
            name=pairs[0][0][:60],
            value=str(pairs[0][1])[:60],
            names=", ".join(twice[:8]),
        )
        problems.add(Problem(code="json.twice", what=what, mend=Sentence("Delete one of the two.")))
    return body
