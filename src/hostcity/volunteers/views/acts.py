"""Having a draft made, and locking seats."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.forms import MakeForm
from hostcity.volunteers.services import lock_seat, make_roster, unlock_seat
from hostcity.volunteers.views.drafts import list_page


@acting(policy.MAKE_ROSTER)
@require_POST
def make(request: Any) -> HttpResponse:
    """Have a draft made, or the roster as it holds judged."""
    form = MakeForm(request.POST)
    if not form.is_valid():
        return list_page(request, form, status=422)
    try:
        make_roster(edition=request.edition, by=request.user, **form.asked())
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, said(refused))
        return list_page(request, form, status=422)
    return redirect("rosters", edition=request.edition.code)


@acting(policy.CHANGE_ROSTER)
@require_POST
def lock(request: Any) -> HttpResponse:
    """Have the next draft keep a seat."""
    given = {name: request.POST.get(name, "").strip() for name in ("volunteer", "day", "band", "post")}
    try:
        lock_seat(edition=request.edition, by=request.user, **given)
        messages.success(request, _("Locked: the next draft keeps it."))
    except Refused as refused:
        messages.error(request, said(refused))
    return _back(request)


@acting(policy.CHANGE_ROSTER)
@require_POST
def unlock(request: Any) -> HttpResponse:
    """Let the next draft give a seat to whomever."""
    given = {name: request.POST.get(name, "").strip() for name in ("volunteer", "day", "band")}
    try:
        unlock_seat(edition=request.edition, by=request.user, **given)
        messages.success(request, _("Unlocked: the next draft may change it."))
    except Refused as refused:
        messages.error(request, said(refused))
    return _back(request)


def _back(request: Any) -> HttpResponse:
    """Where the form stood."""
    home = reverse("rosters", args=[request.edition.code])
    back = request.POST.get("back", "")
    return redirect(back if back.startswith(home) else home)
