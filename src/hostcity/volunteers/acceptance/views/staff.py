"""By when shifts are to be accepted, who has not, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance import services
from hostcity.volunteers.acceptance.forms import DeadlineForm
from hostcity.volunteers.acceptance.queries import last_ended, state_of
from hostcity.volunteers.drafts import job_of
from hostcity.volunteers.models import Deadline, DeadlineState

MOST_LISTED = 300  # shifts; the API gives all


@acting(policy.ASK_ANSWERS)
@require_safe
def show_answers(request: Any) -> HttpResponse:
    """The deadline, who has declined, who has not answered."""
    return _page(request, None)


def _page(request: Any, form: DeadlineForm | None, status: int = 200) -> HttpResponse:
    state, ended = state_of(request.edition), last_ended(request.edition)
    row = state.deadline
    usual = DeadlineForm(initial={"due_at": row.due_at if row else None, "version": row.version if row else 0})
    is_overdue = row is not None and row.due_at <= timezone.now()
    job = job_of(request.edition, services.JOB) if is_overdue else None
    values = {
        "is_overdue": is_overdue, "error": for_reader(job.error) if job and job.error else None, "state": state, "form": form or usual, "declined": state.declined[:MOST_LISTED], "silent": state.silent[:MOST_LISTED],
        "more_declined": max(len(state.declined) - MOST_LISTED, 0), "more_silent": max(len(state.silent) - MOST_LISTED, 0),
        "ended": ended, "may_undo": bool(ended and ended.deadline.act_number and ended.deadline.state == DeadlineState.DONE),
    }  # fmt: skip
    return render(request, "volunteers/acceptance/answers.html", values, status=status)


@acting(policy.ASK_ANSWERS)
@require_POST
def ask(request: Any) -> HttpResponse:
    """Ask by a time, or move it."""
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        services.ask_answers(edition=request.edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("Asked: whoever has not answered and has an account is told."))
    except Refused as refused:
        form.add_error(refused.field or None, said(refused))
        return _page(request, form, status=refused.status)
    return redirect("answers", edition=request.edition.code)


@acting(policy.ASK_ANSWERS)
@require_POST
def cancel(request: Any) -> HttpResponse:
    """Ask nobody any more."""
    version = request.POST.get("version", "")
    is_number = version.isascii() and version.isdigit() and len(version) < 10
    try:
        services.cancel_answers(edition=request.edition, version=int(version) if is_number else 0, by=request.user)
        messages.success(request, _("Nobody is asked any more; nobody is promoted."))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("answers", edition=request.edition.code)


@acting(policy.ASK_ANSWERS)
@require_POST
def answer_for(request: Any) -> HttpResponse:
    """Answer for somebody."""
    seat = {name: request.POST.get(name, "") for name in ("volunteer", "day", "band")}
    accepts = request.POST.get("answer") == "accept"
    try:
        services.answer_for(edition=request.edition, by=request.user, accepts=accepts, **seat)
        messages.success(request, _("Kept."))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("answers", edition=request.edition.code)


@acting(policy.ASK_ANSWERS)
@require_POST
def undo(request: Any, deadline: int) -> HttpResponse:
    """Put everybody back to the shifts of before."""
    row = get_object_or_404(Deadline.objects.filter(edition=request.edition), pk=deadline)
    try:
        services.undo_promotion(edition=request.edition, deadline=row, by=request.user)
        messages.success(request, _("Undone: everybody has the shifts of before again, and is told."))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("answers", edition=request.edition.code)
