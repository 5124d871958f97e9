"""Pages of ways for the staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.venue import policy
from hostcity.venue.ways.queries import last_failure, making_of, missing_profiles
from hostcity.venue.ways.services import make_books
from hostcity.venue.ways.showing import picture_of, shown_of


@acting(policy.SEE_MAP)
@require_safe
def show_ways(request: Any) -> HttpResponse:
    """Ask for a way; the way in steps. Works without scripts."""
    edition = request.edition
    values = shown_of(edition, request.GET, lambda level: reverse("ways-level", args=[edition.code, level]))
    values["may_make"] = matrix.may(request.user, policy.MAKE_WAYS, edition)
    if not values["is_empty"]:
        missing = missing_profiles(edition)
        values["is_missing"] = bool(missing)
        values["job"] = making_of(edition) or (last_failure(edition) if missing else None)
    return render(request, "venue/ways/ways.html", values)


@acting(policy.SEE_MAP)
@require_safe
def show_level(request: Any, level: str) -> HttpResponse:
    """One level of the way that the address asks for, as SVG."""
    text = picture_of(request.edition, request.GET, level)
    if text is None:
        raise Http404(level)
    return HttpResponse(
        text, content_type="image/svg+xml; charset=utf-8", headers={"Cache-Control": "private, no-cache"}
    )


@acting(policy.MAKE_WAYS)
@require_POST
def make(request: Any) -> HttpResponse:
    """Have missing route books made."""
    try:
        if make_books(edition=request.edition, by=request.user) is None:
            messages.info(request, _("All route books are there."))
    except Refused as error:
        messages.error(request, said(error))
    return redirect(reverse("ways", args=[request.edition.code]))
