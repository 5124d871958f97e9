"""A small preparation for editions of tests: that of the made-up fair, its dates moved so that it opens on a given day."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from examples.tiny.readiness import build_preparation

from hostcity.plan import Plan
from hostcity.plan.books import READINESS
from hostcity.plan.dates import moved

OPENED = datetime.date(2019, 11, 6)


def sheets(opens: datetime.date, **names: str) -> dict[str, tuple[Any, ...]]:
    """The sheets, opening on a day; departments by other codes, as ``fair="venue"`` says."""
    plan = moved(build_preparation(), (opens - OPENED).days, READINESS.own)
    return {
        sheet: tuple(_renamed(row, names) for row in getattr(plan, sheet))
        for sheet in (*READINESS.own, "sources", "provenance")
    }


def with_tasks(plan: Plan, opens: datetime.date, **names: str) -> Plan:
    """A plan with that preparation beside what it has."""
    own = sheets(opens, **names)
    beside = {sheet: (*getattr(plan, sheet), *own.pop(sheet)) for sheet in ("sources", "provenance")}
    return plan.replace(**own, **beside)


def _renamed(row: Any, names: dict[str, str]) -> Any:
    fields = ["code"] if type(row).__name__ == "Department" else ["department", "accepted_by", "leads"]
    changes = {name: names[value] for name in fields if (value := getattr(row, name, "")) in names}
    return dataclasses.replace(row, **changes) if changes else row
