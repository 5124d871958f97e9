"""The board of tasks, and a card that is moved: what is told of a task by putting it into another column."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.readiness import policy, services
from hostcity.readiness.board import card, columns_of, stage_of, versions_of
from hostcity.readiness.models import Word
from hostcity.readiness.owners import owners_of
from hostcity.readiness.queries import listed, names_of
from hostcity.readiness.standing import standing_of
from hostcity.readiness.views.tasks import asked_of, choices_of

MOST_VERSION = 2**31


@acting(policy.SEE_TASKS)
@require_safe
def show_board(request: Any) -> HttpResponse:
    """Every task that is asked for, in columns by what was told of it."""
    standing, owners = standing_of(request.edition), owners_of(request.edition)
    asked = asked_of(request)
    found = listed(standing, asked, owners)
    departments = names_of(standing.preparation.plan.departments)
    values = {
        "columns": columns_of(found.tasks, versions_of(request.edition), departments), "asked": asked, "total": len(found.tasks),
        "has_tasks": bool(standing.tasks), **choices_of(standing, owners),
    }  # fmt: skip
    return render(request, "readiness/board.html", values)


@acting(policy.SEE_TASKS)
@require_POST
def move(request: Any) -> HttpResponse:
    """Tell what a column says of a task, as its page would. Who may not, or must say more, is told so: an answer, no fault of the page."""
    key, to = request.POST.get("key", ""), request.POST.get("to", "")
    if standing_of(request.edition).task(key) is None:
        raise Http404(key)
    try:
        _tell(request, key, to, _version(request))
    except Refused as refused:
        return JsonResponse({"said": said(refused)})
    except NotAllowed:
        return JsonResponse({"said": _("You may not do this to this task.")})
    standing = standing_of(request.edition)
    found = standing.task(key)
    if found is None:
        raise Http404(key)
    shown = card(found, versions_of(request.edition), names_of(standing.preparation.plan.departments))
    return JsonResponse({"card": shown, "stage": stage_of(found)})


def _version(request: Any) -> int:
    given = request.POST.get("version", "")
    return min(int(given), MOST_VERSION) if given.isdecimal() else 0


def _tell(request: Any, key: str, to: str, version: int) -> None:
    of = {"edition": request.edition, "task": key, "by": request.user, "version": version}
    if to == "done":
        services.accept_task(**of)
    elif to in ("going", "finished"):
        services.report_task(**of, word=Word.FINISHED if to == "finished" else Word.GOING)
    else:
        mend = _("Say it on the page of the task.")
        raise Refused("task.column", _("Putting a task there says nothing of it."), mend)
