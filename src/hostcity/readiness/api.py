"""Tasks of the preparation by the API."""

from __future__ import annotations

from typing import Any

from ninja import Query

from hostcity.core.api.operations import Operations
from hostcity.readiness import policy
from hostcity.readiness.owners import owners_of
from hostcity.readiness.queries import Asked, listed
from hostcity.readiness.schemas import TasksAsked, TasksShown
from hostcity.readiness.standing import TaskNow, standing_of
from hostcity.readiness.words import told_reason

operations = Operations("readiness")
OF_TASK = ("code", "name_en", "name_zh", "kind", "department", "workstream", "accepted_by", "evidence")


@operations.get("/readiness/tasks", policy.SEE_TASKS, TasksShown)
def list_tasks(request: Any, asked: Query[TasksAsked]) -> Any:
    """List tasks.

    The worst first: by color, then by the day until which they do no harm.
    """
    standing, owners = standing_of(request.edition), owners_of(request.edition)
    given = asked.model_dump(exclude={"after", "size"})
    found = listed(standing, Asked(**given), owners)
    page = found.page(asked.after, asked.size)
    return {"rows": [shown(each) for each in page.rows], "next": page.next, "colors": found.colors}


def shown(each: TaskNow) -> dict[str, Any]:
    """A task as the API says it."""
    planned, now = each.planned, each.now
    return {
        "key": each.key, **{name: getattr(each.task, name) for name in OF_TASK}, "color": each.status.color,
        "reasons": [{"code": reason.code, "said": told_reason(reason)} for reason in each.status.reasons],
        "planned_start": planned and planned.start, "planned_end": planned and planned.end, "starts": now and now.start,
        "ends": now and now.end, "harmless_until": now and now.harmless_end, "spare_d": now and now.spare_d,
        "is_critical": bool(now and now.is_critical),
    }  # fmt: skip
