"""Reading what is drawn of an edition's venue."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from hostcity.core.models import Edition
from hostcity.core.plan_rows.queries import kept_rows_of_sheets, last_act
from hostcity.plan.closings import closings_of
from hostcity.plan.polygons import Point
from hostcity.plan.rows import Amenity, Area, Connector, Event, Level, Link, Node, Opening, Stand

DRAWN = ("levels", "areas", "stands", "openings", "connectors", "amenities")
#: What the staff sees beside it: the walkable network, and what is closed when.
WALKED = ("nodes", "links", "timeline")
MOST_KEPT = 8  # drawings that a process keeps; one of 7,200 stands takes some 8 MB


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A link of the walkable network as it lies on a level; between two levels it is on both."""

    code: str
    kind: str
    area: str  # of its end on this level
    line: tuple[Point, Point]
    width_m: float
    is_between: bool


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LevelMap:
    """What is drawn of one level. A connector is on each of its two levels. Coordinates in meters, y to the north."""

    level: Level
    areas: tuple[Area, ...] = ()
    stands: tuple[Stand, ...] = ()
    openings: tuple[Opening, ...] = ()
    connectors: tuple[Connector, ...] = ()
    amenities: tuple[Amenity, ...] = ()
    links: tuple[Way, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be seen: areas without outlines alone make no drawing."""
        shapes = (area.outline for area in self.areas)
        return not (any(shapes) or self.stands or self.openings or self.connectors or self.amenities)


@dataclass(frozen=True, kw_only=True, eq=False)
class VenueMap:
    """What is drawn of a venue, the lowest level first, as the plan was at a number of the ledger or later."""

    number: int
    levels: tuple[LevelMap, ...]
    sha256: str = ""  # of the last act on the plan
    closings: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)  # by the code of what they name

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn at all."""
        return all(each.is_empty for each in self.levels)

    def level(self, code: str) -> LevelMap | None:
        """One level by its code."""
        return next((each for each in self.levels if each.level.code == code), None)

    @cached_property
    def entrance(self) -> LevelMap | None:
        """The drawn level that is nearest to the ground: with which the map opens."""
        drawn = [each for each in self.levels if not each.is_empty] or list(self.levels)
        return min(drawn, key=lambda each: abs(each.level.elevation_m), default=None)

    def has_link(self, code: str) -> bool:
        """Whether the walkable network has a link of this code."""
        return code in self._links

    @cached_property
    def _links(self) -> frozenset[str]:
        return frozenset(way.code for each in self.levels for way in each.links)

    @cached_property
    def level_of(self) -> Mapping[str, Level]:
        """The level of each area, by the area's code."""
        return {area.code: each.level for each in self.levels for area in each.areas}


#: By edition and hash of the last act on its plan: numbers begin anew where a database is put in another's place.
_kept: OrderedDict[tuple[int, str], VenueMap] = OrderedDict()
_lock = Lock()


def venue_map(edition: Edition) -> VenueMap:
    """What is drawn of an edition's venue: one query, and a second one when the plan has changed since the last time."""
    number, sha256 = last_act(edition)
    asked = (edition.pk, sha256)
    with _lock:
        if asked in _kept:
            _kept.move_to_end(asked)
            return _kept[asked]
    made = drawn_of(kept_rows_of_sheets(edition, (*DRAWN, *WALKED), sha256), number, sha256)
    with _lock:
        _kept[asked] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def level_map(edition: Edition, code: str) -> LevelMap | None:
    """One level of an edition's venue; None where there is none of this code. As many queries as `venue_map`."""
    return venue_map(edition).level(code)


def drawn_of(rows: Mapping[str, tuple[Any, ...]], number: int = 0, sha256: str = "") -> VenueMap:
    """The levels with what is on them, out of the rows of the plan's sheets."""
    levels = sorted(rows["levels"], key=lambda each: each.elevation_m)
    level_of = {area.code: area.level for area in rows["areas"]}
    on: dict[str, dict[str, list[Any]]] = {each.code: {sheet: [] for sheet in DRAWN[1:]} for each in levels}
    for sheet in DRAWN[1:]:
        for row in rows[sheet]:
            for code in dict.fromkeys(_levels_of(sheet, row, level_of)):
                if code in on:  # a plan in the making may name levels and areas that it does not have
                    on[code][sheet].append(row)
    ways = _ways(rows.get("nodes", ()), rows.get("links", ()))
    made = (
        LevelMap(
            level=each,
            links=tuple(ways.get(each.code, ())),
            **{sheet: tuple(found) for sheet, found in on[each.code].items()},
        )
        for each in levels
    )
    return VenueMap(number=number, sha256=sha256, levels=tuple(made), closings=closings_of(rows.get("timeline", ())))


def places_closed(venue: VenueMap, drawn: LevelMap) -> list[tuple[str, str]]:
    """Places of a level that are closed or narrowed at some time, with their codes; of places of one code the first."""
    found: dict[str, str] = {}
    for sheet in ("openings", "connectors", "links"):
        for row in getattr(drawn, sheet):
            if venue.closings.get(row.code):
                found.setdefault(row.code, f"{sheet}.{row.code}")
    return [(at, code) for code, at in found.items()]


def _ways(nodes: Iterable[Node], links: Iterable[Link]) -> Mapping[str, list[Way]]:
    """Links by the levels on which they lie. A plan in the making may name nodes that it does not have."""
    node_of = {each.code: each for each in nodes}
    found: defaultdict[str, list[Way]] = defaultdict(list)
    for link in links:
        start, end = node_of.get(link.start), node_of.get(link.end)
        if start and end:
            line = ((start.x_m, start.y_m), (end.x_m, end.y_m))
            for level, area in {end.level: end.area, start.level: start.area}.items():
                is_between = start.level != end.level
                found[level].append(
                    Way(
                        code=link.code,
                        kind=link.kind,
                        area=area,
                        line=line,
                        width_m=link.width_m,
                        is_between=is_between,
                    )
                )
    return found


def _levels_of(sheet: str, row: Any, level_of: Mapping[str, str]) -> tuple[str, ...]:
    if sheet == "areas":
        return (row.level,)
    if sheet == "connectors":
        return level_of.get(row.start, ""), level_of.get(row.end, "")
    return (level_of.get(row.area, ""),)
