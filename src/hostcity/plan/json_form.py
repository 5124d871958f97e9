"""A plan as JSON: one list of rows per sheet, fields as in the workbook, clocks as HH:MM."""

from __future__ import annotations

import json
from typing import Any

from hostcity.plan.cells import clock_text
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.tables import RawRows, plan_of


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


def plan_from_json(text: str, of: str = "the plan") -> Plan:
    """The plan that JSON text says. Raises PlanError with every problem."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlanError(
            [Problem(code="json.syntax", what=f"is not JSON: {error}.", mend="Correct the text.")], of
        ) from None
    if not isinstance(body, dict):
        what = "is not an object of sheets."
        raise PlanError([Problem(code="json.shape", what=what, mend='Write {"edition": [...], ...}.')], of)
    problems: list[Problem] = []
    tables: dict[str, RawRows] = {}
    for name, rows in body.items():
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            tables[name] = list(enumerate(rows, 1))
        else:
            problems.append(
                Problem(
                    code="json.shape", sheet=name, what="is not a list of objects.", mend="Write one object per row."
                )
            )
            tables[name] = []
    return plan_of(tables, problems, of)
