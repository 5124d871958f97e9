"""A way from place to place, or why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from hostcity.engines.wayfinding.book import Portal

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Passed:
    """An opening that a leg goes through."""

    portal: Portal
    is_forward: bool  # from its area to the other side
    at_m: Point
    after_m: float  # meters of the leg before it

    @property
    def into(self) -> str:
        """The area behind it."""
        return self.portal.other if self.is_forward else self.portal.area

    @property
    def out_of(self) -> str:
        """The area before it."""
        return self.portal.area if self.is_forward else self.portal.other


@dataclass(frozen=True, slots=True)
class Leg:
    """On foot over the floor of one level."""

    level: str
    points_m: tuple[Point, ...]
    length_m: float
    free_s: float
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Ride:
    """Through a connector, or along a typed link over ground that is not drawn."""

    portal: Portal
    is_forward: bool
    level: str
    to_level: str
    points_m: tuple[Point, Point]
    length_m: float
    free_s: float

    @property
    def into(self) -> str:
        """The area at its end."""
        return self.portal.other if self.is_forward else self.portal.area


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """The quickest way when nobody is in it."""

    start: str  # SHEET.KEY
    end: str
    profile_code: str
    parts: tuple[Leg | Ride, ...]
    is_found: Literal[True] = True

    @property
    def length_m(self) -> float:
        """On foot; a lift's shaft is none."""
        return math.fsum(each.length_m for each in self.parts)

    @property
    def free_s(self) -> float:
        """Walking, riding and waiting for lifts."""
        return math.fsum(each.free_s for each in self.parts)

    @property
    def portals(self) -> tuple[Portal, ...]:
        """All that it passes, in order."""
        found: list[Portal] = []
        for each in self.parts:
            found += [each.portal] if isinstance(each, Ride) else [passed.portal for passed in each.passed]
        return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoWay:
    """That there is none, and what would open one."""

    start: str
    end: str
    profile_code: str
    closed: tuple[str, ...] = ()  # what is closed and would have to be open; empty = opening all would not help
    needed: tuple[Portal, ...] = ()  # what the profile cannot use and would have to
    is_found: Literal[False] = False
