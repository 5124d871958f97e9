"""Faces, and what was found of them, as pages tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hostcity.core.models import Edition
from hostcity.plan.rows import FACE_STATES
from hostcity.venue.finding import words_of
from hostcity.venue.queries import VenueMap
from hostcity.venue.signs.queries import Asked, Sign, Signs
from hostcity.venue.signs.states import next_of
from hostcity.venue.signs.words import (
    ARROW_NAMES,
    FAULT_NAMES,
    MOUNTING_NAMES,
    STATE_NAMES,
    STEP_NAMES,
    side_of,
)
from hostcity.venue.svg import Words

#: Colors of badges by state, as everywhere on the site.
BADGES = {"proposed": "secondary", "approved": "info", "made": "primary", "installed": "warning", "checked": "success"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a face."""

    kind: str  # of its arrow
    arrow: Any
    name: str
    other: str  # its name in the other language
    to: str  # place on the map; "" = it leads to none that is drawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A face as a list tells it."""

    key: str
    code: str
    path: str
    lines: tuple[Line, ...]
    area: str
    level: str
    level_code: str
    state: str
    state_name: Any
    badge: str
    fault: str
    fault_name: Any
    next: str
    step: Any  # what the button of the next step says
    side: Any
    mounting: Any
    sign: Sign


class Teller:
    """Tells faces of an edition in the language of the reader."""

    def __init__(self, edition: Edition, venue: VenueMap) -> None:
        self.edition, self.words = edition, words_of(venue)
        self.areas = {area.code: self.words.name_of(area) for each in venue.levels for area in each.areas}
        self.levels = {each.level.code: self.words.name_of(each.level) for each in venue.levels}

    def shown(self, signs: Iterable[Sign]) -> list[Shown]:
        """Faces as lists tell them."""
        return [self._shown(each) for each in signs]

    def _shown(self, sign: Sign) -> Shown:
        face, following = sign.face, next_of(sign.face)
        return Shown(
            key=sign.key, code=face.code, path=path_of(self.edition, sign.key), lines=tuple(line_of(self.words, each) for each in sign.lines),
            area=self.areas.get(face.area, face.area), level=self.levels.get(sign.level, ""), level_code=sign.level, state=face.state,
            state_name=STATE_NAMES[face.state], badge=BADGES[face.state], fault="" if face.fault == "none" else face.fault,
            fault_name=FAULT_NAMES[face.fault], next=following, step=STEP_NAMES[following] if following else "", side=side_of(face.bearing_deg),
            mounting=MOUNTING_NAMES[face.mounting], sign=sign,
        )  # fmt: skip


def line_of(words: Words, line: Any) -> Line:
    """A line of a face of the plan."""
    names = (line.name_zh, line.name_en) if words.is_chinese else (line.name_en, line.name_zh)
    to = f"areas.{line.area}" if line.area else ""
    return Line(
        kind=line.arrow,
        arrow=ARROW_NAMES[line.arrow],
        name=names[0] or names[1],
        other=names[1] if names[0] else "",
        to=to,
    )


def path_of(edition: Edition, key: str) -> str:
    """The page of a face."""
    return reverse("sign", args=[edition.code, key])


def asked_in(given: Mapping[str, str], signs: Signs) -> Asked:
    """What an address asks for; what it cannot ask for is any."""
    levels = {each.level.code for each in signs.venue.levels}
    areas = signs.venue.level_of
    return Asked(
        state=given.get("state", "") if given.get("state", "") in FACE_STATES else "",
        fault=given.get("fault", "") if given.get("fault", "") in (*FAULT_NAMES, "any") else "",
        level=given.get("level", "") if given.get("level", "") in levels else "",
        area=given.get("area", "") if given.get("area", "") in areas else "",
        words=given.get("q", "").strip()[:100],
    )  # fmt: skip


def level_of(signs: Signs, rows: Iterable[Sign], asked: str) -> str:
    """The level that a picture shows: that which is asked for, else that of most faces; "" = nothing is drawn."""
    if signs.venue.level(asked):
        return asked
    counts: dict[str, int] = {}
    for each in rows:
        if each.level:
            counts[each.level] = counts.get(each.level, 0) + 1
    if counts:
        return max(counts, key=lambda level: counts[level])
    return signs.venue.entrance.level.code if signs.venue.entrance else ""


def levels_with(signs: Signs, rows: Iterable[Sign], teller: Teller) -> list[tuple[str, str]]:
    """Code and name of the levels on which faces are."""
    there = {each.level for each in rows}
    return [
        (each.level.code, teller.levels[each.level.code]) for each in signs.venue.levels if each.level.code in there
    ]


def state_counts(signs: Signs) -> list[tuple[str, Any, int]]:
    """Each state with its name and how many faces are so far."""
    return [(state, STATE_NAMES[state], count) for state, count in signs.states.items()]


def fault_choices() -> list[tuple[str, Any]]:
    """Faults that can be asked for."""
    return [("any", _("with a fault")), *((each, name) for each, name in FAULT_NAMES.items() if each != "none")]
