"""The map for visitors: what is drawn of a venue and who exhibits there, and nothing else of the plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from hostcity.venue.public.shut import shut_now, shut_places, told_of
from hostcity.venue.public.visits import Visit, for_visitors
from hostcity.venue.showing import answer_with, level_data, shown_of


@for_visitors
def show_map(visit: Visit) -> HttpResponse:
    """A level of the venue, search, and the place that is pointed at."""

    def look_up() -> dict[str, Any]:
        values = shown_of(visit.venue, visit.request.GET, lambda level: _path(visit, level))
        values["shut"] = told_of(visit.venue, values["place"])
        values["closed"] = shut_places(visit.venue, values["drawn"]) if "drawn" in values else []
        return values

    return visit.page("venue/public/map.html", look_up)


@for_visitors
def show_level(visit: Visit, level: str) -> HttpResponse:
    """A level as SVG, or the part of it around a place."""
    venue = visit.venue
    drawn = venue.level(level)
    if drawn is None:
        raise Http404(level)
    shut, at = shut_now(visit.edition, venue), visit.request.GET.get("at", "")
    answer = visit.answer(lambda: answer_with(visit.request, level_data(venue, drawn, at, shut=shut)), state=shut)
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _path(visit: Visit, level: str) -> str:
    return reverse("public-map-level", args=[visit.edition.code, level]) + visit.reader.query
