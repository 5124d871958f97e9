"""Places as people name them: SHEET.KEY, or the code alone."""

from __future__ import annotations

import difflib

from hostcity.engines.wayfinding.book import Book
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence

SHEETS = ("stands", "amenities", "areas", "openings", "connectors", "nodes")  # the first that has the code
THE_WAY = Sentence("the way that was asked for")
MOST_NAMED = 5


def found_places(book: Book, *names: str) -> tuple[int, ...]:
    """Numbers of places in a book.

    Raises
    ------
    PlanError
        With every name that is unknown (and the nearest ones), and every place that no floor reaches.
    """
    problems = [problem for name in names if (problem := _problem(book, name))]
    if problems:
        raise PlanError(problems, THE_WAY)
    return tuple(_number(book, name) for name in names)


def place_key(book: Book, name: str) -> str | None:
    """The place of a name; None where there is none."""
    if name in book.place_of:
        return name
    return next((key for sheet in SHEETS if (key := f"{sheet}.{name}") in book.place_of), None)


def is_reached(book: Book, number: int) -> bool:
    """Whether there is floor at a place."""
    return bool(book.access_of[number + 1] > book.access_of[number])


def _number(book: Book, name: str) -> int:
    key = place_key(book, name)
    if key is None:
        raise AssertionError("names were checked")
    return book.place_of[key]


def _problem(book: Book, name: str) -> Problem | None:
    key = place_key(book, name)
    if key is None:
        what = Sentence("There is no place {name}.", name=name[:100])
        near = nearest_names(book, name)
        mend = (
            Sentence("Did you mean {names}?", names=", ".join(near))
            if near
            else Sentence("Give the code of a stand, an amenity, an area, an opening, a connector or a node.")
        )
        return Problem(code="way.place.unknown", what=what, mend=mend)
    if not is_reached(book, book.place_of[key]):
        what = Sentence("{name} has no floor near by on which somebody of this profile has room.", name=name)
        mend = Sentence("Move what stands around it, or name another place.")
        return Problem(code="way.place.walled_in", what=what, mend=mend)
    return None


def nearest_names(book: Book, name: str) -> list[str]:
    """Codes that look like a name."""
    codes = list(dict.fromkeys(key.split(".", 1)[1] for key in book.places))
    by_lower = {code.lower(): code for code in codes}
    asked = name.split(".", 1)[1] if name.split(".", 1)[0] in SHEETS and "." in name else name
    near = difflib.get_close_matches(asked[:100].lower(), list(by_lower), MOST_NAMED, cutoff=0.5)
    return [by_lower[each] for each in near]
