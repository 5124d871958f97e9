"""Faces of an edition with their lines: all of them, those that are asked for, one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hostcity.core.files.queries import files_of
from hostcity.core.models import Edition, Person, PlanRow, StoredFile
from hostcity.core.plan_rows.bodies import key_of
from hostcity.core.plan_rows.queries import kept_rows_of_sheets
from hostcity.plan.rows import EASE_OF_DISTANCE, FACE_STATES, LEAST_OF_DISTANCE, Face, FaceLine
from hostcity.venue.queries import VenueMap, venue_map
from hostcity.venue.signs.states import TO_DO

SHEETS = ("faces", "face_lines")
KIND = "plan.faces"  # of a subject
PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A face with what is written on it."""

    key: str
    face: Face
    lines: tuple[FaceLine, ...]
    level: str  # code; "" = its area is not in the plan

    @property
    def read_from_m(self) -> float:
        """From how far it is read at most."""
        return self.face.letter_mm / 1000 / LEAST_OF_DISTANCE

    @property
    def at_ease_m(self) -> float:
        """From how far it is read at ease."""
        return self.face.letter_mm / 1000 / EASE_OF_DISTANCE

    @property
    def names(self) -> tuple[str, ...]:
        """What it names, in both languages."""
        return tuple(name for line in self.lines for name in (line.name_en, line.name_zh) if name)


@dataclass(frozen=True, eq=False)
class Signs:
    """All faces of an edition, in the order of the plan."""

    venue: VenueMap
    all: tuple[Sign, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Sign]:
        """Each by its key."""
        return {each.key: each for each in self.all}

    @cached_property
    def states(self) -> Mapping[str, int]:
        """How many are how far."""
        counts = Counter(each.face.state for each in self.all)
        return {state: counts[state] for state in FACE_STATES}

    @cached_property
    def faults(self) -> int:
        """How many have a fault."""
        return sum(each.face.fault != "none" for each in self.all)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which faces are asked for; "" = any."""

    state: str = ""
    fault: str = ""  # "any" = with one, whichever
    level: str = ""
    area: str = ""
    words: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Asked()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list; ``next`` is what to ask the next page with, "" = there is none."""

    rows: Sequence[Any]
    next: str = ""


def signs_of(edition: Edition) -> Signs:
    """All faces: one query, and two more when the plan has changed since the last time."""
    venue = venue_map(edition)
    rows = kept_rows_of_sheets(edition, SHEETS, venue.sha256)
    return joined(venue, rows["faces"], rows["face_lines"])


def joined(venue: VenueMap, faces: Iterable[Face], face_lines: Iterable[FaceLine]) -> Signs:
    """Faces with their lines and levels."""
    lines: defaultdict[str, list[FaceLine]] = defaultdict(list)
    for line in face_lines:
        lines[line.face].append(line)
    found = (
        Sign(
            key=key_of(face.code), face=face, lines=tuple(lines.get(face.code, ())),
            level=level.code if (level := venue.level_of.get(face.area)) else "",
        )
        for face in faces
    )  # fmt: skip
    return Signs(venue, tuple(found))


def chosen(signs: Signs, asked: Asked) -> list[Sign]:
    """Those that are asked for: every word stands in the code, a name, or the area."""
    words = asked.words.casefold().split()
    return [
        each for each in signs.all
        if asked.state in ("", each.face.state) and asked.level in ("", each.level) and asked.area in ("", each.face.area)
        and (not asked.fault or each.face.fault == asked.fault or (asked.fault == "any" and each.face.fault != "none"))
        and all(word in _searched(each) for word in words)
    ]  # fmt: skip


def _searched(sign: Sign) -> str:
    return "\n".join((sign.face.code, sign.face.area, *sign.names)).casefold()


def page_after(rows: Sequence[Sign], after: str, size: int = PAGE) -> Page:
    """The page behind a face; the first where that one is not in the list."""
    keys = [each.key for each in rows]
    start = keys.index(after) + 1 if after in keys else 0
    some = rows[start : start + size]
    return Page(some, some[-1].key if start + size < len(rows) else "")


def to_do(signs: Signs, level: str = "", area: str = "") -> list[Sign]:
    """What somebody has to put up, mend or look at, of a level or an area."""
    return [
        each for each in chosen(signs, Asked(level=level, area=area)) if each.face.state in TO_DO or each.face.fault != "none"
    ]  # fmt: skip


def versions_of(edition: Edition, keys: Iterable[str]) -> Mapping[str, int]:
    """The versions of faces by key, so that a form can say which it was made of. One query."""
    rows = PlanRow.objects.filter(edition=edition, sheet="faces", key__in=list(keys))
    return dict(rows.values_list("key", "version"))


def photos_of(edition: Edition, person: Person, key: str) -> list[StoredFile]:
    """Photos of a face, the latest first. One query."""
    rows = files_of(edition, person, subject=(KIND, key)).filter(media_type__startswith="image/")
    return list(rows[:12])
