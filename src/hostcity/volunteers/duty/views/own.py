"""A volunteer's own coming and leaving."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.duty import services
from hostcity.volunteers.duty.arriving import cell_of, own_of, shift_of_token
from hostcity.volunteers.duty.cells import cells_of
from hostcity.volunteers.duty.codes import scanned_of

MOST_OFF_S = 300  # of a phone's clock: from here on its owner is told


@acting(policy.OWN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def come(request: Any) -> HttpResponse:
    """Where a scan leads: a button that checks in; and where a code is typed."""
    if request.method == "POST":
        return _check_in(request)
    token = request.GET.get("t", "")
    return _scanned(request, token) if token else render(request, "volunteers/duty/come.html")


def _scanned(request: Any, token: str) -> HttpResponse:
    """What was scanned is looked at now; the button may be tapped a little later."""
    own = own_of(cells_of(request.edition), request.user, timezone.now())
    try:
        cell = cell_of(shift_of_token(own, token, request.user))
    except Refused as refused:
        return render(request, "volunteers/duty/come.html", {"error": said(refused)}, status=422)
    values = {"token": scanned_of(request.edition, cell, request.user, own.now), "said": own.cells.said(cell)}
    return render(request, "volunteers/duty/come.html", values)


def _check_in(request: Any) -> HttpResponse:
    code, token = (request.POST.get(name, "").strip()[:2000] for name in ("code", "token"))
    _tell_clock(request)
    try:
        done = services.check_in(edition=request.edition, code=code, token=token, by=request.user)
    except Refused as refused:
        return render(request, "volunteers/duty/come.html", {"error": said(refused), "code": code[:12]}, status=422)
    at = _clock(done.attendance.checked_in_at)
    if done.is_new:
        messages.success(request, _("You are checked in since {time}.").format(time=at))
    else:
        messages.info(request, _("You have checked in already, at {time}; it counts once.").format(time=at))
    return redirect("my-shifts", edition=request.edition.code)


@acting(policy.OWN_DUTY)
@require_POST
def leave(request: Any) -> HttpResponse:
    """Check out, or (``undo``) take that back."""
    of = {
        "edition": request.edition,
        "day": request.POST.get("day", ""),
        "band": request.POST.get("band", ""),
        "by": request.user,
    }
    _tell_clock(request)
    try:
        if request.POST.get("undo"):
            services.undo_check_out(**of)
            messages.success(request, _("Taken back: you are still on duty."))
        else:
            done = services.check_out(**of)
            at = _clock(done.attendance.checked_out_at or timezone.now())
            messages.success(request, _("You are checked out since {time}. Thank you.").format(time=at))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("my-shifts", edition=request.edition.code)


def _tell_clock(request: Any) -> None:
    """Say so where the phone's clock is another; it changes nothing of what counts."""
    given = request.POST.get("device_ms", "")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        return
    now = timezone.now()
    ahead_s = int(given) / 1000 - now.timestamp()
    if abs(ahead_s) <= MOST_OFF_S:
        return
    minutes = round(abs(ahead_s) / 60)
    what = (
        ngettext(
            "Your phone's clock is {minutes} minute ahead.", "Your phone's clock is {minutes} minutes ahead.", minutes
        )
        if ahead_s > 0
        else ngettext(
            "Your phone's clock is {minutes} minute behind.", "Your phone's clock is {minutes} minutes behind.", minutes
        )
    ).format(minutes=f"{minutes:,}")
    counts = _("What counts is the time of the expo: {time}.").format(time=_clock(now))
    messages.warning(request, said({"what": what, "mend": counts}))


def _clock(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
