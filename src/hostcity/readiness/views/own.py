"""One's own tasks, in the order of harm, and those of others that wait for one's acceptance."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.readiness import policy
from hostcity.readiness.own import own_tasks
from hostcity.readiness.owners import owners_of
from hostcity.readiness.rights import rights_of
from hostcity.readiness.showing import lines_of
from hostcity.readiness.standing import standing_of

MOST_LISTED = 100


@acting(policy.SEE_TASKS)
@require_safe
def list_own(request: Any) -> HttpResponse:
    """What one answers for, and what one is asked to accept."""
    edition = request.edition
    standing, owners = standing_of(edition), owners_of(edition)
    own = own_tasks(standing, rights_of(edition, request.user), owners.departments_of(
        request.user.code, [each.code for each in standing.preparation.plan.departments]))  # fmt: skip
    shown = own.open[:MOST_LISTED]
    values = {
        "rows": list(zip(lines_of(standing, shown, owners), own.blocked, strict=False)), "more": max(0, len(own.open) - MOST_LISTED),
        "done": own.done, "to_accept": lines_of(standing, own.to_accept[:MOST_LISTED], owners), "is_owner": own.is_owner,
    }  # fmt: skip
    return render(request, "readiness/mine.html", values)
