"""A way told in steps, as sentences for both languages."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hostcity.engines.wayfinding.way import Leg, Passed, Point, Ride, Way
from hostcity.plan.polygons import area_m2, is_inside
from hostcity.plan.sentences import Both, Sentence

SMOOTH_M = 3.0  # bends that lead aside by less are not told: about an aisle
TURN_DEG = 30.0  # a turn by less is none
AROUND_DEG = 150.0
BEND_DEG = 60.0  # who turns by as much bit by bit follows something round
SHORT_M = 3.0  # what is walked between two things that are told, and not worth a step
AMENITY_M, STAND_M = 12.0, 6.0  # so near to a turn something is a landmark
AHEAD_DEG = 30.0
FAR_M, LOOK_M = 300.0, 2.0  # so far, in steps of so much, whoever sets off looks ahead for an area to go toward
SIGN = 8  # characters of a code that can be on a sign


@dataclass(frozen=True, slots=True)
class Told:
    """One step."""

    text: Sentence
    level: str
    at_m: Point  # where it begins
    length_m: float


class Guide:
    """What is told of a drawing. It has the sheets of a ``Plan`` as tuples of rows; a plan is one."""

    def __init__(self, drawing: Any) -> None:
        self.drawing = drawing
        self.areas = {each.code: each for each in drawing.areas}
        self.levels = {each.code: each for each in drawing.levels}

    def steps(self, way: Way) -> list[Told]:
        """All steps of a way, the last one says where the place is."""
        found: list[Told] = []
        begins: Sentence | Both = self.name_of(way.start)
        parts = _as_told(way.parts)
        for number, each in enumerate(parts):
            if isinstance(each, Ride):
                found.append(self._ride(each))
                begins = self.portal_name(each)
            else:
                after = parts[number + 1] if number + 1 < len(parts) else None
                goal = self.portal_name(after) if isinstance(after, Ride) else self.name_of(way.end)
                found += self._leg(each, begins, goal)
        return [*found, self._arrival(way)]

    def name_of(self, place: str) -> Sentence | Both:
        """What a place SHEET.KEY is called."""
        sheet, _, code = place.partition(".")
        row = self._rows.get(place)
        if row is None:
            return Both(code, code)
        if sheet == "stands" and row.kind != "stand":
            return Both(code, code)  # gardens, stages and walls are no stands
        if sheet == "stands":
            exhibitor = Both(row.exhibitor_en or row.exhibitor_zh, row.exhibitor_zh or row.exhibitor_en)
            return (
                Sentence("stand {code} ({exhibitor})", code=code, exhibitor=exhibitor) if exhibitor.en else _stand(code)
            )
        if sheet == "openings":
            return Sentence("door {code}", code=code)
        if sheet == "connectors":
            return _connector(row.kind, code)
        if sheet == "nodes":
            return self.area_name(row.area)
        return _named(row)

    def barred_name(self, code: str) -> Sentence:
        """An opening, a connector or a link by what it leads from and to; its code only where that can be on a sign."""
        row = self._rows.get(f"openings.{code}")
        if row is not None:
            door = Sentence("door {code}", code=code) if _is_on_a_sign(code) else Sentence("the door")
            if not row.other:
                return Sentence("{door} of {area}", door=door, area=self.area_name(row.area))
            return self._between(door, row.area, row.other)
        row = self._rows.get(f"connectors.{code}")
        if row is not None:
            return self._between(_connector(row.kind, code), row.start, row.end)
        return Sentence("way {code}", code=code)

    def _between(self, what: Sentence, one: str, other: str) -> Sentence:
        return Sentence(
            "{what} between {one} and {other}", what=what, one=self.area_name(one), other=self.area_name(other)
        )

    def area_name(self, code: str) -> Both:
        """The name of an area; its code where it has none."""
        return _named(self.areas[code]) if code in self.areas else Both(code, code)

    def portal_name(self, ride: Ride) -> Sentence | Both:
        """A connector; of a typed link the area in which it ends."""
        kind = ride.portal.kind
        return self.area_name(ride.into) if kind in ("link", "opening") else _connector(kind, ride.portal.code)

    @cached_property
    def _rows(self) -> dict[str, Any]:
        sheets = ("stands", "amenities", "areas", "openings", "connectors", "nodes")
        return {f"{sheet}.{row.code}": row for sheet in sheets for row in getattr(self.drawing, sheet)}

    @cached_property
    def _landmarks(self) -> dict[str, list[tuple[float, float, float, Any]]]:
        """By level: x, y, how near it must be, row."""
        found: dict[str, list[tuple[float, float, float, Any]]] = {}
        for reach_m, rows in ((AMENITY_M, self.drawing.amenities), (STAND_M, self.drawing.stands)):
            for row in rows:
                if row.area not in self.areas or (reach_m == STAND_M and row.kind != "stand"):
                    continue
                x, y = (row.x_m, row.y_m) if reach_m == AMENITY_M else _middle(row.outline)
                found.setdefault(self.areas[row.area].level, []).append((x, y, reach_m, row))
        return found

    def _landmark(self, level: str, at: Point) -> Sentence | Both | None:
        """An amenity near a place, else a stand."""
        near = [
            (-reach_m, math.hypot(x - at[0], y - at[1]), row.code, row)
            for x, y, reach_m, row in self._landmarks.get(level, ())
            if abs(x - at[0]) <= reach_m and abs(y - at[1]) <= reach_m
        ]
        if not near:
            return None
        row = min(near, key=lambda each: each[:3])[3]
        return _stand(row.code) if hasattr(row, "outline") else _named(row)

    def _ride(self, ride: Ride) -> Told:
        names = {
            "connector": self.portal_name(ride),
            "meters": _meters(ride.length_m),
            "area": self.area_name(ride.into),
        }
        if _is_outside(ride) or ride.level == ride.to_level:
            text = Sentence("Walk {meters} m outside to {area}.", meters=names["meters"], area=names["area"])
        else:
            ends = (self.levels[each] for each in (ride.level, ride.to_level))
            low, high = (each.elevation_m for each in ends)
            level = _named(self.levels[ride.to_level])
            text = (
                Sentence("Take {connector} up to level {level}.", connector=names["connector"], level=level)
                if high > low
                else Sentence("Take {connector} down to level {level}.", connector=names["connector"], level=level)
            )
        return Told(text, ride.level, ride.points_m[0], ride.length_m)

    def _leg(self, leg: Leg, begins: Sentence | Both, goal: Sentence | Both) -> Iterator[Told]:
        """One step from each thing that is told to the next."""
        marks = _marks(leg)
        toward = self._toward(leg, marks[1]) if len(marks) > 1 else goal
        toward = None if str(toward) == str(begins) else toward  # a stand is beside itself
        for number, mark in enumerate(marks):
            end_m = marks[number + 1].after_m if number + 1 < len(marks) else leg.length_m
            text = self._stretch(leg, mark, end_m - mark.after_m, begins, toward)
            if text:
                yield Told(text, leg.level, mark.at_m, end_m - mark.after_m)

    def _toward(self, leg: Leg, mark: _Mark) -> Sentence | Both | None:
        """What whoever sets off sees at the first thing that is told, or else behind it."""
        if mark.passed:
            code = mark.passed.portal.code
            if _is_on_a_sign(code):
                return Sentence("door {code}", code=code)
            return Sentence("the door to {area}", area=self.area_name(mark.passed.into))
        return self._landmark(leg.level, mark.at_m) or self._ahead(leg.level, leg.points_m[0], mark.at_m)

    def _ahead(self, level: str, here: Point, there: Point) -> Both | None:
        """The first other area in the line of sight, as long as the floor plan goes on."""
        length_m = math.dist(here, there)
        if length_m == 0.0:
            return None
        east, north = (there[0] - here[0]) / length_m, (there[1] - here[1]) / length_m
        own = {area_at(self.drawing.areas, level, here), area_at(self.drawing.areas, level, there)}
        for number in range(1, round(FAR_M / LOOK_M)):
            far_m = length_m + number * LOOK_M
            code = area_at(self.drawing.areas, level, (here[0] + east * far_m, here[1] + north * far_m))
            if code not in own:
                return self.area_name(code) if code else None
        return None

    def _stretch(
        self, leg: Leg, mark: _Mark, length_m: float, begins: Sentence | Both, toward: Sentence | Both | None
    ) -> Sentence | None:
        meters = _meters(length_m)
        if mark.passed:
            code = mark.passed.portal.code
            door = Sentence("door {code}", code=code) if _is_on_a_sign(code) else Sentence("the door")
            values = {"door": door, "area": self.area_name(mark.passed.into)}
            if length_m < SHORT_M:
                return Sentence("Go through {door} into {area}.", **values)
            if abs(mark.turn_deg) > TURN_DEG:
                if mark.turn_deg > 0:
                    return Sentence(
                        "Go through {door} into {area}, turn left and go {meters} m.", **values, meters=meters
                    )
                return Sentence("Go through {door} into {area}, turn right and go {meters} m.", **values, meters=meters)
            if mark.is_round:
                return Sentence("Go through {door} into {area} and follow it for {meters} m.", **values, meters=meters)
            return Sentence("Go through {door} into {area} and on for {meters} m.", **values, meters=meters)
        if mark.turn_deg == 0:
            if length_m < SHORT_M:
                return None
            if mark.is_round and (area := self._area_at(leg.level, mark.at_m)):
                return Sentence("From {place} follow {area} for {meters} m.", place=begins, area=area, meters=meters)
            if toward is not None:
                return Sentence("From {place} go {meters} m toward {goal}.", place=begins, meters=meters, goal=toward)
            return Sentence("From {place} go {meters} m.", place=begins, meters=meters)
        if mark.is_round and abs(mark.turn_deg) < AROUND_DEG and (area := self._area_at(leg.level, mark.at_m)):
            if mark.turn_deg > 0:
                return Sentence("Turn left and follow {area} for {meters} m.", area=area, meters=meters)
            return Sentence("Turn right and follow {area} for {meters} m.", area=area, meters=meters)
        return _turn(mark.turn_deg, meters, self._landmark(leg.level, mark.at_m))

    def _area_at(self, level: str, at: Point) -> Both | None:
        code = area_at(self.drawing.areas, level, at)
        return self.area_name(code) if code else None

    def _arrival(self, way: Way) -> Told:
        """Where the place is, seen by who comes to it."""
        name = self.name_of(way.end)
        last = way.parts[-1] if way.parts else None
        row = self._rows.get(way.end)
        here = last.points_m[-1] if last else (0.0, 0.0)
        level = (last.level if isinstance(last, Leg) else last.to_level) if last else ""
        text = Sentence("You are at {place}.", place=name)
        if isinstance(last, Leg) and row is not None and (target := _place_of(row)):
            away = _degrees(last.points_m[-2:], target) if len(last.points_m) > 1 else None
            if away is None:
                pass
            elif abs(away) <= AHEAD_DEG:
                text = Sentence("Straight ahead: {place}.", place=name)
            elif away > 0:
                text = Sentence("On your left: {place}.", place=name)
            else:
                text = Sentence("On your right: {place}.", place=name)
        return Told(text, level, here, 0.0)


def _as_told(parts: tuple[Leg | Ride, ...]) -> list[Leg | Ride]:
    """Parts of a way; what is walked outside in a row is one, for nothing on the way is drawn."""
    found: list[Leg | Ride] = []
    for each in parts:
        before = found[-1] if found else None
        if isinstance(each, Ride) and isinstance(before, Ride) and _is_outside(before) and _is_outside(each):
            found[-1] = replace(
                each, level=before.level, points_m=(before.points_m[0], each.points_m[1]), length_m=before.length_m + each.length_m,
                free_s=before.free_s + each.free_s,
            )  # fmt: skip
        else:
            found.append(each)
    return found


def _is_outside(ride: Ride) -> bool:
    return ride.portal.kind == "link"


def area_at(areas: Any, level: str, at: Point) -> str | None:
    """The area of a level in which a point is, the smallest where some lie in others."""
    found = [each for each in areas if each.level == level and len(each.outline) >= 3 and is_inside(at, each.outline)]
    return min(found, key=lambda each: area_m2(each.outline)).code if found else None


@dataclass(slots=True)
class _Mark:
    """Something along a leg that is told: its beginning, a turn, or a door."""

    after_m: float
    at_m: Point
    turn_deg: float = 0.0  # to the left is positive; 0 = none
    passed: Passed | None = None
    is_round: bool = False  # what follows turns bit by bit


def _marks(leg: Leg) -> list[_Mark]:
    """In order; those too near to one another are one."""
    corners, after = _smooth(leg)
    marks = [_Mark(0.0, leg.points_m[0]), *(_Mark(each.after_m, each.at_m, passed=each) for each in leg.passed)]
    bends = []
    for before, here, there, at in zip(corners, corners[1:], corners[2:], after[1:], strict=False):
        turn = _degrees((before, here), there)
        if turn is not None and abs(turn) > TURN_DEG:
            marks.append(_Mark(at, here, turn_deg=turn))
        elif turn is not None:
            bends.append((at, turn))
    marks.sort(key=lambda each: each.after_m)
    marks = _without_near(marks)
    for number, mark in enumerate(marks):
        end = marks[number + 1].after_m if number + 1 < len(marks) else leg.length_m
        mark.is_round = abs(sum(turn for at, turn in bends if mark.after_m <= at < end)) >= BEND_DEG
    return marks


def _without_near(marks: list[_Mark]) -> list[_Mark]:
    """A turn right beside a door is told with it; two turns near one another are one or none."""
    kept: list[_Mark] = []
    for mark in marks:
        before = kept[-1] if kept else None
        if before is None or mark.after_m - before.after_m >= SHORT_M or (mark.passed and before.passed):
            kept.append(mark)
        elif mark.passed:
            if before.turn_deg:
                mark.turn_deg = before.turn_deg
                kept.pop()
            kept.append(mark)
        elif before.passed or before.turn_deg:
            before.turn_deg = _turned(before.turn_deg + mark.turn_deg)
            if not before.passed and abs(before.turn_deg) <= TURN_DEG:
                kept.pop()
        else:
            kept.append(mark)
    return kept


def _turned(degrees: float) -> float:
    return (degrees + 180.0) % 360.0 - 180.0


def _smooth(leg: Leg) -> tuple[list[Point], list[float]]:
    """Corners of a leg without those that lead aside by little (Ramer, Douglas and Peucker), and how far along they are."""
    points = leg.points_m
    along = [0.0]
    for a, b in itertools.pairwise(points):
        along.append(along[-1] + math.dist(a, b))
    kept = {0, len(points) - 1}
    open_parts = [(0, len(points) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        aside = [(_aside(points[at], points[first], points[last]), at) for at in range(first + 1, last)]
        if aside and max(aside)[0] > SMOOTH_M:
            at = max(aside)[1]
            kept.add(at)
            open_parts += [(first, at), (at, last)]
    order = sorted(kept)
    return [points[at] for at in order], [along[at] for at in order]


def _aside(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    share = 0.0 if length2 == 0 else min(1.0, max(0.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length2))
    return math.hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy)


def _degrees(line: Any, there: Point) -> float | None:
    """By how much who comes along a line turns to go on there, to the left positive; None = it is where they are."""
    (ax, ay), (bx, by) = line
    ahead, then = (bx - ax, by - ay), (there[0] - bx, there[1] - by)
    if math.hypot(*ahead) == 0 or math.hypot(*then) == 0:
        return None
    return math.degrees(math.atan2(ahead[0] * then[1] - ahead[1] * then[0], ahead[0] * then[0] + ahead[1] * then[1]))


def _turn(degrees: float, meters: int, landmark: Sentence | Both | None) -> Sentence:
    if abs(degrees) >= AROUND_DEG:
        return Sentence("Turn around and go {meters} m.", meters=meters)
    if landmark is None:
        if degrees > 0:
            return Sentence("Turn left and go {meters} m.", meters=meters)
        return Sentence("Turn right and go {meters} m.", meters=meters)
    if degrees > 0:
        return Sentence("Turn left near {landmark} and go {meters} m.", landmark=landmark, meters=meters)
    return Sentence("Turn right near {landmark} and go {meters} m.", landmark=landmark, meters=meters)


def _meters(length_m: float) -> int:
    """As people say lengths: by tens from 100 m on, by fives from 20 m on."""
    step = 10 if length_m >= 100 else 5 if length_m >= 20 else 1
    return round(length_m / step) * step


def _connector(kind: str, code: str) -> Sentence:
    """With its code where that is short enough to stand on a sign."""
    if not _is_on_a_sign(code):
        return {
            "stairs": Sentence("the stairs"), "escalator": Sentence("the escalator"), "lift": Sentence("the lift"),
        }.get(kind, Sentence("the ramp"))  # fmt: skip
    if kind == "stairs":
        return Sentence("stairs {code}", code=code)
    if kind == "escalator":
        return Sentence("escalator {code}", code=code)
    if kind == "lift":
        return Sentence("lift {code}", code=code)
    return Sentence("ramp {code}", code=code)


def _is_on_a_sign(code: str) -> bool:
    return len(code) <= SIGN


def _stand(code: str) -> Sentence:
    return Sentence("stand {code}", code=code)


def _named(row: Any) -> Both:
    return Both(row.name_en or row.name_zh or row.code, row.name_zh or row.name_en or row.code)


def _middle(ring: Any) -> Point:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def _place_of(row: Any) -> Point | None:
    """Where something is that is seen from beside it."""
    if getattr(row, "kind", "") and hasattr(row, "outline") and hasattr(row, "exhibitor_en"):
        return _middle(row.outline)
    return (row.x_m, row.y_m) if hasattr(row, "places") else None
