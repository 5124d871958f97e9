"""Trying changes of a draft, and keeping them for the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.volunteers import policy
from hostcity.volunteers.views.drafts import asked_draft, of_draft
from hostcity.volunteers.whatif.forms import LINES, TryForm
from hostcity.volunteers.whatif.services import keep_changes, seats_kept
from hostcity.volunteers.whatif.trying import try_changes


@acting(policy.SEE_ROSTER)
@require_safe
def show_what_if(request: Any, result: int) -> HttpResponse:
    """The form; with changes in the address what they would do, so that it can be sent to somebody."""
    found, _draft = asked_draft(request, result)
    form = TryForm(request.GET)
    return _page(request, found, form if form.is_asked else None)


@acting(policy.CHANGE_ROSTER)
@require_POST
def keep(request: Any, result: int) -> HttpResponse:
    """Lock what was tried, and have the next draft made."""
    found, _draft = asked_draft(request, result)
    form = TryForm(request.POST)
    if form.is_valid() and tried(
        form, lambda: keep_changes(edition=request.edition, result=found, asked=form.asked(), by=request.user)
    ):
        messages.success(request, _("Locked: the draft that is being made keeps it."))
        return redirect("rosters", edition=request.edition.code)
    return _page(request, found, form, status=422)


def _page(request: Any, found: Result, form: TryForm | None, status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {"form": form or TryForm(), **of_draft(request, found, "what-if")}
    if form and form.is_valid():
        told = tried(form, lambda: try_changes(found, form.asked()))
        values |= {"told": told, "given": {name: form.data.get(name, "") for name in LINES}}
        if told:
            _found, draft = asked_draft(request, found.pk)
            asked = form.asked()
            values |= {"seats": len(seats_kept(draft, asked)), "is_of_plan": bool(asked.closed or asked.needs)}
    is_wrong = form is not None and bool(form.errors)
    return render(request, "volunteers/whatif/what_if.html", values, status=422 if is_wrong else status)
