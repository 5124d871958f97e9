"""All tasks of the preparation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.readiness import policy
from hostcity.readiness.owners import Owners, owners_of
from hostcity.readiness.queries import NOT_OWNED, Asked, listed, names_of
from hostcity.readiness.showing import lines_of
from hostcity.readiness.standing import Standing, standing_of
from hostcity.readiness.words import COLORS

MOST_TEXT = 100


@acting(policy.SEE_TASKS)
@require_safe
def list_tasks(request: Any) -> HttpResponse:
    """Tasks with their color, the worst first, as far as they are asked for."""
    standing, owners = standing_of(request.edition), owners_of(request.edition)
    asked = asked_of(request)
    found = listed(standing, asked, owners)
    page = found.page(request.GET.get("after", ""))
    values = {
        "asked": asked, "page": page, "lines": lines_of(standing, page.rows, owners), "total": len(found.tasks),
        "colors": [(code, label, found.colors.get(code, 0)) for code, label in COLORS.items()],
        "problems": len(standing.preparation.problems), "has_tasks": bool(standing.tasks), **choices_of(standing, owners),
    }  # fmt: skip
    return render(request, "readiness/tasks.html", values)


def asked_of(request: Any) -> Asked:
    """What the address asks for; a color that there is not is none."""
    given = {
        name: request.GET.get(name, "").strip()[:MOST_TEXT] for name in ("department", "workstream", "owner", "text")
    }
    color = request.GET.get("color", "")
    return Asked(**given, color=color if color in COLORS else "")


def choices_of(standing: Standing, owners: Owners) -> dict[str, Any]:
    """What can be asked for."""
    plan = standing.preparation.plan
    return {
        "departments": list(names_of(plan.departments).items()),
        "workstreams": list(names_of(plan.workstreams).items()),
        "owners": [(each.code, str(each)) for each in owners.people], "not_owned": NOT_OWNED,
    }  # fmt: skip
