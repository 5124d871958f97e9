"""What a page of the map shows of a venue, and a level as it is sent: for the staff, and for visitors."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from hostcity.core.sayings import is_chinese
from hostcity.plan.rows import Event
from hostcity.venue.finding import Place, find_places, place_at, places_on, words_of
from hostcity.venue.queries import LevelMap, VenueMap, places_closed
from hostcity.venue.sights import VISITOR, Sight
from hostcity.venue.svg import BLOCKS, GROUNDS, box_around, level_svg, outline_of, times_of
from hostcity.venue.symbols import symbol
from hostcity.venue.words import kind_name, what_happens

MOST_ASKED = 100  # characters of a question
SHORTEST_GZIP = 500  # bytes

#: The address of a level's SVG, by the level's code.
PathOf = Callable[[str], str]
#: What is shut, by the code of what the timeline names.
Shut = tuple[tuple[str, tuple[Event, ...]], ...]


def shown_of(venue: VenueMap, asked: Mapping[str, str], path_of: PathOf, sight: Sight = VISITOR) -> dict[str, Any]:
    """What a page shows: a level of the venue; what was found; the place that is pointed at. ``asked`` is the address's."""
    question = asked.get("q", "").strip()[:MOST_ASKED]
    place = place_at(venue, asked.get("at", ""), asked.get("level", ""), sight)
    drawn = venue.level(place.level if place else asked.get("level", "")) or venue.entrance
    values: dict[str, Any] = {"is_empty": venue.is_empty, "question": question, "place": place}
    if drawn is None or venue.is_empty:
        return values
    said, path = words_of(venue), path_of(drawn.level.code)
    return values | {
        "drawn": drawn,
        "level_name": said.name_of(drawn.level),
        "level_path": path,
        "image_path": _with(path, {"at": place.at}) if place else path,
        "levels": [(each.level.code, said.name_of(each.level)) for each in reversed(venue.levels)],
        "hits": find_places(venue, question, drawn.level.code, sight) if question else None,
        "areas": places_on(drawn, venue),
        "facilities": _facilities(drawn),
        "legend": _legend(drawn),
        "number": venue.number,
    }


def _with(path: str, values: Mapping[str, str]) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(values)}"


def level_data(venue: VenueMap, drawn: LevelMap, at: str, sight: Sight = VISITOR, shut: Shut | None = None) -> bytes:
    """A level as a compressed SVG, or the part of it around a place; signs stand over ``shut``, None = all that ever closes."""
    if outline_of(drawn, at, sight):
        return compressed(_text(venue, drawn, sight, shut, at))
    return _whole(venue, drawn, sight, shut, is_chinese())


def tag_of(data: bytes) -> str:
    """An ETag: weak, since it is sent compressed or not."""
    return f'W/"{hashlib.sha256(data).hexdigest()[:20]}"'


def answer_with(request: HttpRequest, data: bytes) -> HttpResponse:
    """An SVG in the form that the browser takes."""
    is_small = "gzip" in request.headers.get("Accept-Encoding", "") and len(data) > SHORTEST_GZIP
    answer = HttpResponse(data if is_small else gzip.decompress(data), content_type="image/svg+xml; charset=utf-8")
    if is_small:
        answer["Content-Encoding"] = "gzip"
    return answer


@lru_cache(maxsize=32)  # some 50 kB each
def _whole(venue: VenueMap, drawn: LevelMap, sight: Sight, shut: Shut | None, _is_chinese: bool) -> bytes:
    return compressed(_text(venue, drawn, sight, shut))


def _text(venue: VenueMap, drawn: LevelMap, sight: Sight, shut: Shut | None, at: str = "") -> str:
    ring = outline_of(drawn, at, sight)
    around = box_around(ring) if ring else None
    closings = venue.closings if shut is None else dict(shut)
    return level_svg(drawn, words_of(venue), around=around, marked=at, sight=sight, closings=closings)


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


def closed_places(venue: VenueMap, drawn: LevelMap) -> list[tuple[str, str, list[str]]]:
    """What is closed or narrowed on a level at some time: its place, what it is called, and the times."""
    return [(at, code, [_closed(event) for event in venue.closings[code]]) for at, code in places_closed(venue, drawn)]


def _closed(event: Event) -> str:
    return f"{what_happens(event)} {times_of(event)}"


def line_of(drawn: LevelMap, place: Place) -> str:
    """The ends of a walkway that the drawing does not show, for the page's script; "" = of no walkway."""
    way = next((each for each in drawn.links if place.at == f"links.{each.code}"), None)
    return " ".join(f"{x:g} {-y:g}" for x, y in way.line) if way else ""
