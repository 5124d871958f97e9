"""Ways for visitors: without signing in and without scripts. What closes is left out on the next request."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from hostcity.venue.public.visits import Visit, for_visitors
from hostcity.venue.ways.queries import making_of, missing_profiles, state_of
from hostcity.venue.ways.services import ensure_books
from hostcity.venue.ways.showing import picture_of, shown_of


@for_visitors
def show_ways(visit: Visit) -> HttpResponse:
    """Ask for a way; the way in steps, with a picture of each level."""
    edition = visit.edition

    def look_up() -> dict[str, Any]:
        values = shown_of(
            edition, visit.request.GET, lambda level: reverse("public-ways-level", args=[edition.code, level])
        )
        values["lang"] = visit.reader.asked
        if not values["is_empty"] and missing_profiles(edition):
            ensure_books(edition=edition)  # whoever comes first has them made; everybody else waits for the same
            values["job"] = making_of(edition)
        return values

    return _fresh(visit.page("venue/public/ways.html", look_up, state=state_of(edition)))


@for_visitors
def show_level(visit: Visit, level: str) -> HttpResponse:
    """One level of the way that the address asks for, as SVG."""

    def make() -> HttpResponse:
        text = picture_of(visit.edition, visit.request.GET, level)
        if text is None:
            raise Http404(level)
        return HttpResponse(text, content_type="image/svg+xml; charset=utf-8")

    return _fresh(visit.answer(make, state=state_of(visit.edition)))


def _fresh(answer: HttpResponse) -> HttpResponse:
    """Caches ask each time whether it is still so: a lift may be out since."""
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer
