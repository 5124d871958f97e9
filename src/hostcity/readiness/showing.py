"""Tasks as pages say them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from hostcity.core.plan_rows.words import choice_name
from hostcity.core.sayings import Joined
from hostcity.readiness.owners import Owners
from hostcity.readiness.queries import names_of
from hostcity.readiness.standing import Standing, TaskNow
from hostcity.readiness.words import COLORS, named, told_reason

#: Color -> class of its badge, and its sign: nobody must tell them apart by color alone.
BADGES = {
    "red": ("danger", "error"), "amber": ("warning", "warning"), "grey": ("secondary", "help"), "green": ("success", "dot"),
    "done": ("primary", "check"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A task in a list."""

    key: str
    code: str
    name: str
    kind: str
    department: str
    workstream: str
    owners: str
    end: datetime.date | None
    harmless: datetime.date | None
    is_critical: bool
    color: str
    color_name: str
    badge: str
    sign: str
    why: str  # the first reason
    more: int  # reasons beside it


def lines_of(standing: Standing, tasks: Iterable[TaskNow], owners: Owners) -> list[Line]:
    """Tasks in the language of the reader."""
    plan = standing.preparation.plan
    departments, workstreams = names_of(plan.departments), names_of(plan.workstreams)
    return [_line(each, departments, workstreams, owners) for each in tasks]


def _line(each: TaskNow, departments: dict[str, str], workstreams: dict[str, str], owners: Owners) -> Line:
    task, color, now = each.task, each.status.color, each.now
    badge, sign = BADGES[color]
    return Line(
        key=each.key, code=task.code, name=named(task), kind=choice_name(task.kind),
        department=departments.get(task.department, task.department), workstream=workstreams.get(task.workstream, task.workstream),
        owners=str(Joined(owners.department(task.department))), end=now.end if now else None,
        harmless=now.harmless_end if now else None, is_critical=bool(each.told.is_open and now and now.is_critical), color=color,
        color_name=str(COLORS[color]), badge=badge, sign=sign, why=told_reason(each.status.reasons[0]),
        more=len(each.status.reasons) - 1,
    )  # fmt: skip
