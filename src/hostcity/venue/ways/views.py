"""Pages of ways for the staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.venue import policy
from hostcity.venue.ways.posters import places_for, posters_of
from hostcity.venue.ways.queries import drawing_of, last_failure, making_of, missing_profiles
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


@acting(policy.SEE_MAP)
@require_safe
def show_posters(request: Any) -> HttpResponse:
    """Posters "you are here", a page of paper each."""
    edition = request.edition
    asked = [each.strip() for each in request.GET.getlist("at") if each.strip()]

    def address(place: str) -> str:
        """Where its code leads."""
        path = reverse("public-ways", args=[edition.code])
        return str(request.build_absolute_uri(f"{path}?{urlencode({'from': place})}"))

    places = [] if drawing_of(edition).is_empty else places_for(edition, asked)
    posters = [(each, mark_safe(each.picture)) for each in posters_of(edition, places, address)]  # noqa: S308 -- our own SVG
    return render(request, "venue/ways/posters.html", {"posters": posters, "asked": asked})
