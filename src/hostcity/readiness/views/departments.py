"""Departments, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.core.sayings import Joined
from hostcity.readiness import policy
from hostcity.readiness.departments import DepartmentNow, departments_now
from hostcity.readiness.owners import owners_of
from hostcity.readiness.standing import standing_of
from hostcity.readiness.words import COLORS


@acting(policy.SEE_TASKS)
@require_safe
def list_departments(request: Any) -> HttpResponse:
    """How each stands, and how far what its owners say lies from what the rule says."""
    found = departments_now(standing_of(request.edition), owners_of(request.edition))
    fine, red = sum(each.said_fine for each in found), sum(each.red_inside for each in found)
    values = {
        "rows": [_row(each) for each in found], "colors": list(COLORS.items()), "tab": "departments",
        "said_fine": fine, "red_inside": red,
    }  # fmt: skip
    return render(request, "readiness/departments.html", values)


def _row(each: DepartmentNow) -> dict[str, Any]:
    counts = [(color, name, each.colors.get(color, 0)) for color, name in COLORS.items()]
    share = each.watermelon
    return {
        "department": each, "owners": str(Joined(each.owners)), "counts": counts,
        "percent": None if share is None else round(100 * share),
        "parts": list(_parts(counts, each.tasks)),
    }  # fmt: skip


def _parts(counts: Iterable[tuple[str, Any, int]], tasks: int) -> Iterator[tuple[str, str, str]]:
    """Color, place and width of each part of the bar, in percent of all tasks."""
    x = 0.0
    for color, _name, count in counts:
        if count:
            wide = 100 * count / tasks
            yield color, f"{x:.1f}", f"{wide:.1f}"
            x += wide
