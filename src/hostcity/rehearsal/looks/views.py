"""Pages of looks: asking for one, and what it shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.core.results import bytes_of, plan_of_snapshot
from hostcity.rehearsal import policy
from hostcity.rehearsal.looks.forms import LookForm
from hostcity.rehearsal.looks.places import places_of
from hostcity.rehearsal.looks.queries import look_in_full
from hostcity.rehearsal.looks.services import FILES, PAGE, is_there, missing, start_look
from hostcity.rehearsal.models import Look, Rehearsal
from hostcity.rehearsal.views.parts import asked_again, found, rehearsal_or_404
from hostcity.rehearsal.views.stored import page_as_kept


@acting(policy.START_REHEARSAL)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any, key: UUID) -> HttpResponse:
    """Ask; with ``again`` in the address the form holds what was asked then."""
    rehearsal = rehearsal_or_404(request, key)
    if rehearsal.result is None:
        raise Http404(str(key))
    before: Look | None = asked_again(request, look_in_full)
    form = LookForm(
        request.POST or None,
        places=places_of(plan_of_snapshot(rehearsal.snapshot), rehearsal.result.summary),
        initial=_initial(rehearsal, before, request.GET.get("at", "")),
    )
    if request.method == "POST" and form.is_valid():
        look = tried(form, lambda: start_look(rehearsal=rehearsal, by=request.user, **form.cleaned_data))
        if look:
            return redirect("look", edition=request.edition.code, key=look.public_id)
    values = {"rehearsal": rehearsal, "form": form, "missing": None if is_there() else missing()}
    return render(request, "rehearsal/looks/start.html", values, status=422 if form.errors else 200)


def _initial(rehearsal: Rehearsal, before: Look | None, at: str) -> dict[str, Any]:
    """What was asked then, else the place of the address and the busiest hour."""
    if before:
        return {"at": before.at, "starts": before.starts, "minutes": before.minutes, "trials": before.trials}
    peak = rehearsal.result.summary["verdict"].get("peak_starts_at") if rehearsal.result else None
    return {"starts": (peak or "")[: len("HH:MM")], "at": at}


@acting(policy.SEE_REHEARSALS)
@require_safe
def show(request: Any, key: UUID) -> HttpResponse:
    look: Look = found(look_in_full, request, key)
    summary = look.result.summary if look.result else None
    change = summary["offer"]["change"] if summary and summary["offer"] else ""
    day = look.rehearsal.result
    values = {
        "look": look, "rehearsal": look.rehearsal, "summary": summary, "told": summary and summary["said"], "change": change,
        "overrides": [*look.rehearsal.overrides, change] if change else [],
        "is_same_version": bool(look.result and day and look.result.engine_version == day.engine_version),
        "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
    }  # fmt: skip
    return render(request, "rehearsal/looks/look.html", values)


@acting(policy.SEE_REHEARSALS)
@require_safe
@xframe_options_sameorigin
def show_page(request: Any, key: UUID) -> HttpResponse:
    """The page with the replay, for the frame in ours: its policy lets in nothing but its own script and style."""
    _look, result = _looked(request, key)
    return page_as_kept(request, bytes_of(result, PAGE), result.summary["said"]["policy"])


@acting(policy.SEE_REHEARSALS)
@require_safe
def download(request: Any, key: UUID) -> HttpResponse:
    """Page, pictures, figures, trajectories and walls in one archive."""
    return archive_of(*_looked(request, key))


def archive_of(look: Look, result: Result) -> HttpResponse:
    """The archive as an answer."""
    answer = HttpResponse(bytes_of(result, FILES), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{look.edition.code}-look-{look.number}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _looked(request: Any, key: UUID) -> tuple[Look, Result]:
    look: Look = found(look_in_full, request, key)
    if look.result is None:
        raise Http404(str(key))
    return look, look.result
