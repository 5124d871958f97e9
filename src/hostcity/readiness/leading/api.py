"""The leader's screen by the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from hostcity.core.api.operations import Operations
from hostcity.readiness import policy
from hostcity.readiness.leading.overview import overview_of
from hostcity.readiness.leading.schemas import OverviewShown

operations = Operations("readiness")


@operations.get("/readiness/overview", policy.LEAD, OverviewShown)
def show_overview(request: Any) -> Any:
    """Show what the leader's screen says.

    Not found where the plan has no tasks.
    """
    told = overview_of(request.edition)
    if told is None:
        raise Http404("tasks")
    return {
        "today": told.today, "days_left": request.edition.days_left(), "forecast": told.forecast.pk if told.forecast else None, "day": told.day,
        "chance": told.told.get("chance"), "span": told.told.get("span"), "change": told.change,
        "departments": told.told.get("departments", []),
        "costs": [
            {
                "code": each.code, "department": each.department, "points": {"order": each.order, "dispatch": each.dispatch},
                "people": [{"code": who.code, "name": str(who), "phone": who.phone} for who in each.people],
            }
            for each in told.slips
        ],
        "drills": told.drills, "colors": {code: count for code, _name, count in told.colors},
    }  # fmt: skip
