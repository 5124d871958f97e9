"""Finding places of a venue: stands by number or exhibitor, areas by name, connectors and amenities by what they are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from hostcity.core.plan_rows.bodies import key_of
from hostcity.core.sayings import is_chinese
from hostcity.core.search.words import plain
from hostcity.plan.rows import Connector, Opening
from hostcity.venue.alike import which_of
from hostcity.venue.queries import LevelMap, VenueMap, Way
from hostcity.venue.sights import EDITOR, VISITOR, Sight
from hostcity.venue.svg import Words
from hostcity.venue.words import ALSO_CALLED, KIND_NAMES, kind_name

MOST_HITS = 40
MOST_WORDS = 8  # of a question
FOUND_STANDS = ("stand", "stage", "counter")  # columns and walls are looked for by nobody


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the map as people are told of it."""

    at: str  # SHEET.KEY, also its id in the SVG
    title: str
    kind: str  # in words
    notes: tuple[str, ...]  # what else is known of it
    figures: tuple[str, ...]  # what the plan counts of it: not for visitors
    area: str  # name of the area that it is in; "" = it is one itself
    level: str  # code
    level_name: str
    is_goal: bool = False  # whether people ask for the way to it

    @property
    def sheet(self) -> str:
        """The sheet of its row."""
        return self.at.partition(".")[0]

    @property
    def key(self) -> str:
        """The key of its row."""
        return key_of(self.at.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, best first, and how much there is in all."""

    places: tuple[Place, ...]
    count: int


@dataclass(frozen=True, slots=True)
class _Entry:
    level: LevelMap
    sheet: str
    row: Any
    code: str  # folded, as all that follows
    names: tuple[str, ...]
    text: str


def words_of(venue: VenueMap) -> Words:
    """What an SVG of this venue says, in the language of the reader."""
    kinds = {kind: str(name) for kind, name in KIND_NAMES.items()}
    plain_words = Words(is_chinese(), kinds, {})
    names = {area: plain_words.name_of(level) for area, level in venue.level_of.items()}
    return Words(is_chinese(), kinds, names)


def find_places(venue: VenueMap, question: str, level: str = "", sight: Sight = VISITOR) -> Hits:
    """The places in which every word of a question stands: first those of this very code, then what begins so; within
    each those of the level that is shown first.

    Words are compared without case, accents and widths, in both languages at once; any part of a word will do.
    """
    words = plain(question).split()[:MOST_WORDS]
    if not words:
        return Hits((), 0)
    asked = " ".join(words)
    found = [
        each for each in _entries(venue) if each.sheet in sight.searched and all(word in each.text for word in words)
    ]
    found.sort(key=lambda each: _rank(each, asked, level))
    said = words_of(venue)
    return Hits(tuple(_place(each.level, each.sheet, each.row, said) for each in found[:MOST_HITS]), len(found))


def place_at(venue: VenueMap, at: str, level: str = "", sight: Sight = VISITOR) -> Place | None:
    """A place by SHEET.KEY, on a level if it is on that one; None where the map has no such place."""
    sheet, _dot, code = at.partition(".")
    if sheet not in sight.sheets:
        return None
    levels = sorted(venue.levels, key=lambda each: each.level.code != level)
    for each in levels:
        row = next((row for row in getattr(each, sheet) if row.code == code), None)
        if row is not None:
            return _place(each, sheet, row, words_of(venue))
    return None


def places_on(drawn: LevelMap, venue: VenueMap) -> list[Place]:
    """The named areas of a level, in the order of the plan: what the map shows, for those who do not see it."""
    said = words_of(venue)
    return [_place(drawn, "areas", row, said) for row in drawn.areas if row.outline]


def _place(drawn: LevelMap, sheet: str, row: Any, said: Words) -> Place:
    level_name = said.name_of(drawn.level)
    area = next((each for each in drawn.areas if each.code == getattr(row, "area", "")), None)
    return Place(
        at=f"{sheet}.{row.code}",
        title=_title(sheet, row, said, level_name),
        kind=kind_name(kind_of(row)),
        notes=tuple(_notes(sheet, row, drawn)),
        figures=tuple(_figures(sheet, row)),
        area=said.name_of(area) if area else "",
        level=drawn.level.code,
        level_name=level_name,
        is_goal=sheet in VISITOR.sheets and (sheet != "stands" or row.kind in FOUND_STANDS),
    )


def _title(sheet: str, row: Any, said: Words, level_name: str) -> str:
    if sheet in ("stands", "openings", "links"):
        return row.code
    return said.connector(row, level_name) if isinstance(row, Connector) else said.name_of(row)


def kind_of(row: Any) -> str:
    """What a row is, as a kind that has a name."""
    return ("exit" if row.is_exit else "door") if isinstance(row, Opening) else str(row.kind)


def width_of(row: Any) -> float | None:
    """The clear width of a way; None = it is none. [m]"""
    if isinstance(row, Opening):
        return (
            row.clear_m if row.clear_m is not None else round(math.dist(*row.line), 2) if len(row.line) == 2 else None
        )
    return row.width_m if isinstance(row, Connector | Way) else None


def _notes(sheet: str, row: Any, drawn: LevelMap) -> Iterator[str]:
    if sheet == "stands":
        names = (row.exhibitor_zh, row.exhibitor_en) if is_chinese() else (row.exhibitor_en, row.exhibitor_zh)
        yield from filter(None, dict.fromkeys(names))
    if sheet == "areas" and (count := sum(each.area == row.code and each.kind == "stand" for each in drawn.stands)):
        yield _("{count} stands").format(count=f"{count:,}")
    if sheet in ("amenities", "connectors"):
        yield from which_of(row, drawn)
    if sheet == "amenities" and not row.step_free:
        yield _("not step-free")


def _figures(sheet: str, row: Any) -> Iterator[str]:
    width_m = width_of(row)
    if width_m is not None:
        yield _("{width} m wide").format(width=f"{width_m:.10g}")
    if sheet == "amenities" and row.places:
        yield _("{count} places").format(count=f"{row.places:,}")


@lru_cache(maxsize=8)
def _entries(venue: VenueMap) -> Sequence[_Entry]:
    kinds = {kind: " ".join([*_in_both(name), ALSO_CALLED.get(kind, "")]) for kind, name in KIND_NAMES.items()}
    made, told = [], set[str]()
    for drawn in venue.levels:
        for sheet in EDITOR.searched:
            rows = getattr(drawn, sheet)
            if sheet == "connectors":  # on both of its levels: told once, on that where it begins
                here = {area.code for area in drawn.areas}
                rows = [row for row in rows if row.start in here]
            if sheet == "links":  # likewise, on the lower one
                rows = [row for row in rows if row.code not in told]
                told |= {row.code for row in rows}
            made += [_entry(drawn, sheet, row, kinds) for row in rows if _is_found(sheet, row)]
    return made


def _is_found(sheet: str, row: Any) -> bool:
    return bool(row.outline) if sheet == "areas" else sheet != "stands" or row.kind in FOUND_STANDS


def _entry(drawn: LevelMap, sheet: str, row: Any, kinds: dict[str, str]) -> _Entry:
    given = ("exhibitor_en", "exhibitor_zh") if sheet == "stands" else ("name_en", "name_zh")
    names = tuple(plain(getattr(row, field, "")) for field in given)
    code = plain(row.code)
    # "stand" and its like stand in no entry of a stand: nobody asks for all 7,000 of them
    kind = plain(kinds[kind_of(row)]) if kind_of(row) != "stand" else ""
    return _Entry(drawn, sheet, row, code, names, "\n".join((code, *names, kind)))


def _in_both(name: Any) -> Iterator[str]:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            yield str(name)


def _rank(entry: _Entry, asked: str, level: str) -> tuple[bool, bool, bool, bool, int, str]:
    is_it = asked in (entry.code, *entry.names)
    begins = entry.code.startswith(asked) or any(name.startswith(asked) for name in entry.names)
    is_elsewhere = entry.level.level.code != level
    return not is_it, not begins, entry.sheet != "areas", is_elsewhere, EDITOR.searched.index(entry.sheet), entry.code
