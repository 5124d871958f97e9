"""A plan with all its dates moved, as when a past preparation is shown as if it lay ahead."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any

from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.working_days import as_date


def moved(plan: Plan, days: int, sheets: Iterable[str]) -> Plan:
    """The plan with the dates of some sheets later by so many days; holidays move with the rest, days of the week do not.

    What is no date stays as it is.
    """
    return plan.replace(**{sheet: tuple(_moved(sheet, row, days) for row in getattr(plan, sheet)) for sheet in sheets})


def _moved(sheet: str, row: Any, days: int) -> Any:
    dates = [name for name, column in columns_of(SHEETS[sheet]).items() if column.kind == "date"]
    known = {name: day for name in dates if (day := as_date(getattr(row, name)))}
    by = datetime.timedelta(days=days)
    return dataclasses.replace(row, **{name: (day + by).isoformat() for name, day in known.items()}) if known else row
