"""Pages of the map."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from hostcity.core import policy as matrix
from hostcity.core.middleware import acting
from hostcity.core.sayings import is_chinese
from hostcity.venue import policy
from hostcity.venue.finding import find_places, place_at, places_on, words_of
from hostcity.venue.queries import LevelMap, VenueMap, venue_map
from hostcity.venue.svg import BLOCKS, GROUNDS, box_around, level_svg, outline_of
from hostcity.venue.symbols import symbol
from hostcity.venue.words import kind_name

MOST_ASKED = 100  # characters of a question
SHORTEST_GZIP = 500  # bytes


@acting(policy.SEE_MAP)
@require_safe
def show_map(request: Any) -> HttpResponse:
    """A level of the venue; what was found; the place that is pointed at. Works without scripts."""
    venue = venue_map(request.edition)
    question = request.GET.get("q", "").strip()[:MOST_ASKED]
    asked_level = request.GET.get("level", "")
    place = place_at(venue, request.GET.get("at", ""), asked_level)
    drawn = venue.level(place.level if place else asked_level) or venue.entrance
    values: dict[str, Any] = {"is_empty": venue.is_empty, "question": question, "place": place}
    values["can_change"] = matrix.may(request.user, matrix.CHANGE_PLAN, request.edition)
    if drawn is not None and not venue.is_empty:
        said = words_of(venue)
        values |= {
            "drawn": drawn,
            "level_name": said.name_of(drawn.level),
            "levels": [(each.level.code, said.name_of(each.level)) for each in reversed(venue.levels)],
            "hits": find_places(venue, question, drawn.level.code) if question else None,
            "areas": places_on(drawn, venue),
            "facilities": _facilities(drawn),
            "legend": _legend(drawn),
            "number": venue.number,
        }
    return render(request, "venue/map.html", values)


@acting(policy.SEE_MAP)
@require_safe
def show_level(request: Any, level: str) -> HttpResponse:
    """A level as SVG, or the part of it around a place: not sent again as long as the plan is the same."""
    venue = venue_map(request.edition)
    drawn = venue.level(level)
    if drawn is None:
        raise Http404(level)
    ring = outline_of(drawn, at := request.GET.get("at", ""))
    data = compressed(_text(venue, drawn, at)) if ring else _whole(venue, drawn, is_chinese())
    tag = f'W/"{hashlib.sha256(data).hexdigest()[:20]}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        is_small = "gzip" in request.headers.get("Accept-Encoding", "") and len(data) > SHORTEST_GZIP
        answer = HttpResponse(data if is_small else gzip.decompress(data), content_type="image/svg+xml; charset=utf-8")
        if is_small:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    return answer


@lru_cache(maxsize=32)  # some 50 kB each
def _whole(venue: VenueMap, drawn: LevelMap, _is_chinese: bool) -> bytes:
    return compressed(_text(venue, drawn))


def _text(venue: VenueMap, drawn: LevelMap, at: str = "") -> str:
    ring = outline_of(drawn, at)
    return level_svg(drawn, words_of(venue), around=box_around(ring) if ring else None, marked=at)


def compressed(text: str) -> bytes:
    """A text as it is sent, the same bytes every time."""
    return gzip.compress(text.encode(), mtime=0)


def _facilities(drawn: LevelMap) -> list[tuple[str, str, int]]:
    """Symbol, name and number of each kind of connectors and amenities on a level."""
    counts = Counter(row.kind for row in (*drawn.amenities, *drawn.connectors))
    return [(symbol(kind), kind_name(kind), count) for kind, count in counts.items()]


def _legend(drawn: LevelMap) -> list[tuple[str, str]]:
    """Style and name of what has a color on a level; symbols are told by ``_facilities``."""
    kinds = {row.kind for row in (*drawn.areas, *drawn.stands) if row.outline}
    found = [(f"ground {kind}", kind_name(kind)) for kind in GROUNDS if kind in kinds]
    found += [(f"block {kind}", kind_name(kind)) for kind in BLOCKS if kind in kinds]
    exits = {each.is_exit for each in drawn.openings}
    return found + [(f"opening {kind}", kind_name(kind)) for kind in ("door", "exit") if (kind == "exit") in exits]
