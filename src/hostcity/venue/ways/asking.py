"""A question for a way as the address has it, and its answer: for pages of the staff and of visitors, and for the API."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from hostcity.core.models import Edition
from hostcity.core.sayings import is_chinese
from hostcity.plan.problems import PlanError
from hostcity.venue.finding import Place, find_places, place_at
from hostcity.venue.queries import VenueMap, venue_map
from hostcity.venue.ways.queries import Shelf, book_of, crowd_of, drawing_of

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
HOUR_S = 3600.0


@dataclass(frozen=True, kw_only=True)
class End:
    """Start or end as it was asked for: found, or what it could be."""

    text: str
    place: Place | None = None
    choices: tuple[Place, ...] = ()

    @property
    def shown(self) -> str:
        """What stands in the field."""
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
        return self.start.place is not None and self.end.place is not None


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
        start=_end(venue, asked.get("from", "")), end=_end(venue, asked.get("to", "")),
        profile=profile if profile in PROFILE_NAMES else "walking",
        hour=int(hour) if hour.isascii() and hour.isdecimal() and int(hour[:3]) < 48 else None,
    )  # fmt: skip


def _end(venue: VenueMap, text: str) -> End:
    text = text.strip()[:MOST_ASKED]
    if not text:
        return End(text="")
    place = place_at(venue, text)
    if place:
        return End(text=text, place=place)
    hits = find_places(venue, text).places
    same = [each for each in hits if text.casefold() in (each.at.partition(".")[2].casefold(), each.title.casefold())]
    if len(same) == 1 or len(hits) == 1:
        return End(text=text, place=(same or list(hits))[0])
    return End(text=text, choices=hits[:MOST_CHOICES])


def answer_to(edition: Edition, question: Question) -> Answer:
    """The way that was asked for, in the newest book there is."""
    shelf = book_of(edition, question.profile)
    if shelf.book is None or question.start.place is None or question.end.place is None:
        return Answer(shelf=shelf)
    from hostcity.engines.wayfinding import Way, crowded_s, find_way

    drawing = drawing_of(edition)
    try:
        way = find_way(
            shelf.book, question.start.place.at, question.end.place.at, closed_now(shelf.book, drawing, question.hour)
        )
    except PlanError as error:
        return Answer(shelf=shelf, problems=tuple(error.problems))
    answer = Answer(shelf=shelf, way=way)
    crowd = crowd_of(edition) if question.hour is not None and isinstance(way, Way) else None
    if crowd and question.hour is not None and isinstance(way, Way):
        seconds = crowded_s(way, crowd.crowding, drawing.areas, question.hour)
        answer = replace(answer, crowded_s=seconds, rehearsed_at=crowd.result.created_at)
    return answer


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
