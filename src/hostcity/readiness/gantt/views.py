"""The page of bars: a window of rows by the day on which they begin, all of them or those that are asked for."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.readiness import policy
from hostcity.readiness.gantt.drawing import row_of, scale_of
from hostcity.readiness.owners import owners_of
from hostcity.readiness.queries import Asked, Listed, listed, names_of
from hostcity.readiness.standing import TaskNow, standing_of
from hostcity.readiness.views.tasks import MOST_TEXT
from hostcity.readiness.words import named

ROWS = 60


@acting(policy.SEE_TASKS)
@require_safe
def show_gantt(request: Any) -> HttpResponse:
    """Some dozen rows, whatever the size of the plan; nothing of them needs a script."""
    standing, owners = standing_of(request.edition), owners_of(request.edition)
    given = {name: request.GET.get(name, "").strip()[:MOST_TEXT] for name in ("department", "workstream", "text")}
    only_critical = request.GET.get("critical") == "1"
    found = [each for each in listed(standing, Asked(**given), owners).tasks if not only_critical or _is_critical(each)]
    page = Listed(tasks=sorted(found, key=_by_start)).page(request.GET.get("after", ""), ROWS)
    plan = standing.preparation.plan
    departments = names_of(plan.departments)
    dated = standing.preparation.dated
    scale = scale_of(page.rows, standing.today, dated.opens if dated else standing.today)
    values = {
        "asked": given, "critical": only_critical, "page": page, "total": len(found), "has_tasks": bool(standing.tasks),
        "problems": len(standing.preparation.problems), "scale": scale,
        "rows": [(each, named(each.task), departments.get(each.task.department, ""), row_of(each, scale)) for each in page.rows],
        "departments": list(departments.items()), "workstreams": list(names_of(plan.workstreams).items()),
    }  # fmt: skip
    return render(request, "readiness/gantt.html", values)


def _is_critical(each: TaskNow) -> bool:
    return bool(each.told.is_open and each.now and each.now.is_critical)


def _by_start(each: TaskNow) -> tuple[datetime.date, datetime.date, int]:
    latest = datetime.date.max
    return (each.now and each.now.start) or latest, (each.now and each.now.end) or latest, each.at
