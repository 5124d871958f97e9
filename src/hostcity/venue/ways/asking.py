"""A question for a way as the address has it, and its answer: for pages of the staff and of visitors, and for the API."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hostcity.core.models import Edition
from hostcity.core.sayings import is_chinese
from hostcity.core.search.words import plain
from hostcity.plan.problems import PlanError
from hostcity.plan.rows.drawing import AMENITY_KINDS
from hostcity.venue.finding import Place, find_places, place_at, words_of
from hostcity.venue.queries import VenueMap, venue_map
from hostcity.venue.ways.queries import Shelf, book_of, crowd_of, drawing_of
from hostcity.venue.words import ALSO_CALLED, kind_name

if TYPE_CHECKING:
    from hostcity.engines.wayfinding import Book, Closed, NoWay, Way

PROFILE_NAMES = {
    "walking": _("On foot"),
    "step-free": _("Step-free (wheelchair)"),
    "pram": _("With a pram"),
    "goods": _("With goods on wheels"),
}
MOST_ASKED = 100  # characters
MOST_CHOICES = 8
NEAREST = "nearest:"  # before a kind of amenity
NODE = "nodes."  # before the code of one
HOUR_S = 3600.0


@dataclass(frozen=True, kw_only=True)
class End:
    """Start or end as it was asked for: found, or what it could be."""

    text: str
    place: Place | None = None
    nearest: str = ""  # kind of amenity, of which the nearest is asked for
    choices: tuple[Place, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()  # that the text could mean, with their names

    @property
    def is_known(self) -> bool:
        """Whether a way can be looked for."""
        return bool(self.place or self.nearest)

    @property
    def shown(self) -> str:
        """What stands in the field."""
        if self.nearest:
            return str(kind_name(self.nearest))
        return self.place.title if self.place else self.text


@dataclass(frozen=True, kw_only=True)
class Question:
    """All that was asked."""

    start: End
    end: End
    profile: str
    hour: int | None

    @property
    def is_whole(self) -> bool:
        """Whether a way can be looked for."""
        return self.start.place is not None and self.end.is_known


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A way or none, with what is told beside it."""

    shelf: Shelf
    way: Way | NoWay | None = None
    problems: tuple[Any, ...] = ()  # places that the book does not reach
    crowded_s: float | None = None
    rehearsed_at: Any = None


def question_of(edition: Edition, asked: Mapping[str, str]) -> Question:
    """What the address asks: names that are no place are searched for."""
    venue = venue_map(edition)
    profile, hour = asked.get("profile", ""), asked.get("hour", "")
    return Question(
        start=_end(edition, venue, asked.get("from", "")), end=_goal(edition, venue, asked.get("to", "")),
        profile=profile if profile in PROFILE_NAMES else "walking",
        hour=int(hour) if hour.isascii() and hour.isdecimal() and int(hour[:3]) < 48 else None,
    )  # fmt: skip


def _goal(edition: Edition, venue: VenueMap, text: str) -> End:
    """An end that may also be the nearest of a kind."""
    kind = text.removeprefix(NEAREST)
    if text.startswith(NEAREST) and kind in AMENITY_KINDS:
        return End(text=text, nearest=kind)
    end = _end(edition, venue, text)
    if end.place or not end.choices:
        return end
    known = [kind for kind, _name in kinds_of(venue)]
    return replace(end, kinds=tuple((kind, kind_name(kind)) for kind in known if _is_called(kind, text)))


def kinds_of(venue: VenueMap) -> list[tuple[str, str]]:
    """Kinds of amenities that are drawn, with their names."""
    drawn = {row.kind for level in venue.levels for row in level.amenities}
    return [(kind, kind_name(kind)) for kind in AMENITY_KINDS if kind in drawn]


def _is_called(kind: str, text: str) -> bool:
    """Whether a text is the beginning of what a kind is called, in any language."""
    asked = plain(text).strip()
    with translation.override("en"):
        names = [kind_name(kind)]
    with translation.override("zh-hans"):
        names.append(kind_name(kind))
    words = [plain(each) for each in (*names, *ALSO_CALLED.get(kind, "").split())]
    return len(asked) > 1 and any(word.startswith(asked) for word in words)


def _end(edition: Edition, venue: VenueMap, text: str) -> End:
    text = text.strip()[:MOST_ASKED]
    if not text:
        return End(text="")
    place = place_at(venue, text) or (_node(edition, venue, text) if text.startswith(NODE) else None)
    if place:
        return End(text=text, place=place)
    hits = (*find_places(venue, text).places, *_undrawn(venue, text))
    same = [each for each in hits if text.casefold() in (each.at.partition(".")[2].casefold(), each.title.casefold())]
    if not same and (place := _node(edition, venue, text)):
        return End(text=text, place=place)
    if len(same) == 1 or len(hits) == 1:
        return End(text=text, place=(same or list(hits))[0])
    return End(text=text, choices=hits[:MOST_CHOICES])


def _node(edition: Edition, venue: VenueMap, text: str) -> Place | None:
    """A node of the walkable network by its code, such as one in front of a gate: nothing marks it on the map."""
    code = text.removeprefix(NODE)
    node = next((each for each in drawing_of(edition).nodes if each.code == code), None)
    level = venue.level(node.level) if node else None
    if node is None or level is None:
        return None
    said = words_of(venue)
    area = next((each for each in level.areas if each.code == node.area), None)
    return Place(
        at=f"{NODE}{code}", title=code, kind=kind_name("level"), notes=(), figures=(), area=said.name_of(area) if area else "",
        level=level.level.code, level_name=said.name_of(level.level),
    )  # fmt: skip


def _undrawn(venue: VenueMap, text: str) -> Iterator[Place]:
    """Areas without an outline, such as stations, which a map cannot show but typed links lead to."""
    words = plain(text).split()
    for level in venue.levels:
        for area in level.areas:
            said = plain(f"{area.code} {area.name_en} {area.name_zh}")
            if not area.outline and words and all(word in said for word in words):
                place = place_at(venue, f"areas.{area.code}")
                if place:
                    yield place


def answer_to(edition: Edition, question: Question) -> Answer:
    """The way that was asked for, in the newest book there is."""
    shelf = book_of(edition, question.profile)
    if shelf.book is None or question.start.place is None or not question.end.is_known:
        return Answer(shelf=shelf)
    from hostcity.engines.wayfinding import Way, crowded_s

    drawing = drawing_of(edition)
    try:
        way = _way(drawing, shelf.book, question, question.hour)
    except PlanError as error:
        return Answer(shelf=shelf, problems=tuple(error.problems))
    answer = Answer(shelf=shelf, way=way)
    crowd = crowd_of(edition) if question.hour is not None and isinstance(way, Way) else None
    if crowd and question.hour is not None and isinstance(way, Way):
        seconds = crowded_s(way, crowd.crowding, drawing.areas, question.hour)
        answer = replace(answer, crowded_s=seconds, rehearsed_at=crowd.result.created_at)
    return answer


def _way(drawing: Any, book: Book, question: Question, hour: int | None) -> Way | NoWay:
    """The way at an hour, or by what is never closed. Raises ``PlanError`` where no floor reaches a place."""
    from hostcity.engines.wayfinding import find_nearest

    place, end = question.start.place, question.end
    ends = [end.place.at] if end.place else _all_of(drawing, end.nearest, book)
    return find_nearest(book, place.at if place else "", ends, closed_now(book, drawing, hour))


def open_hours(edition: Edition, question: Question, answer: Answer) -> list[int]:
    """The hours of the day in which there is a way, where only what is closed for a time bars it."""
    book, way = answer.shelf.book, answer.way
    if book is None or way is None or way.is_found or not way.closed:
        return []
    drawing = drawing_of(edition)
    return [hour for hour in drawing.hours if _way(drawing, book, question, hour).is_found]


def _all_of(drawing: Any, kind: str, book: Book) -> list[str]:
    """Amenities of a kind; for who needs it only those that are step-free, where there are any."""
    found = [each for each in drawing.amenities if each.kind == kind]
    usable = [each for each in found if each.step_free or not book.profile.is_step_free]
    return [f"amenities.{each.code}" for each in usable or found] or [f"amenities.{kind}"]


def closed_now(book: Book, drawing: Any, hour: int | None) -> Closed:
    """What the plan's timeline closes for some of the hour that is asked for; without one, for some of the day."""
    from hostcity.engines.wayfinding import closed_between, known_of

    codes = closed_between(drawing) if hour is None else closed_between(drawing, hour * HOUR_S, (hour + 1) * HOUR_S)
    return known_of(book, codes)


def minutes(seconds: float) -> int:
    """Whole minutes, one at least."""
    return max(1, math.ceil(seconds / 60 - 0.25))


def text_of(sentence: Any) -> str:
    """A sentence or a name of the engine in the reader's language."""
    from hostcity.report.way_data import both

    said = both(sentence)
    return str(said.zh if is_chinese() else said.en)
