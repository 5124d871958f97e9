"""Where the places of a level are reached: points on the floor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.network import LevelFloor
from hostcity.engines.walk import is_on
from hostcity.engines.wayfinding.portals import OPENING
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import is_clockwise, sides
from hostcity.plan.rows import Opening, Stand

Floats = NDArray[np.float64]

INSIDE_M = 0.01  # so far inside of the border a point is on the floor, however it is rounded
BESIDE_M = 0.06  # of the clearance, from a stand's side or a wall's line: the lattice of the floor and half a wall
REACH_M = 3.0  # what is farther from the floor is not reached
ALONG = (0.5, 0.25, 0.75)  # of a stand's side, where it is looked for its middle, else for a quarter


class Spot(NamedTuple):
    """A point of the floor at which a place is reached, or ``stop``: an end of a portal."""

    place: str  # SHEET.KEY
    stop: str  # e.g. code#0; empty = none
    x_m: float
    y_m: float


class _Asked(NamedTuple):
    """A point that should be on the floor, of an area."""

    place: str
    stop: str
    area: str
    at: tuple[float, float]
    is_strict: bool  # not on the other side of a wall


def stop_of(code: str, end: int) -> str:
    """Name of a portal's end: 0 in its area, 1 on the other side."""
    return f"{code}#{end}"


def node_stop(code: str) -> str:
    """Name of a node at which a typed link ends."""
    return f"#{code}"


class Spots:
    """All spots of one level."""

    def __init__(
        self, plan: Plan, level: LevelFloor, clearance_m: float, link_nodes: set[str], narrow: set[str]
    ) -> None:
        self.plan, self.level, self.clearance_m = plan, level, clearance_m
        self.link_nodes, self.narrow = link_nodes, narrow
        self.areas = {area.code: area for area in level.areas}

    def found(self) -> list[Spot]:
        """On the floor; what has no floor near by is left out."""
        return [*self._stands(), *self._located(list(self._asked()))]

    @cached_property
    def _inner(self) -> Any:
        return self.level.floor.polygon.buffer(-INSIDE_M)

    @cached_property
    def _rooms(self) -> dict[str, Any]:
        import shapely

        return {code: self._inner.intersection(shapely.Polygon(area.outline)) for code, area in self.areas.items()}

    def _asked(self) -> Iterator[_Asked]:
        plan = self.plan
        for each in plan.amenities:
            if each.area in self.areas:
                yield _Asked(f"amenities.{each.code}", "", each.area, (each.x_m, each.y_m), False)
        for opening in plan.openings:
            yield from self._of_opening(opening)
        for connector in plan.connectors:
            ends = (
                (connector.start, connector.start_x_m, connector.start_y_m),
                (connector.end, connector.end_x_m, connector.end_y_m),
            )
            for number, (area, x_m, y_m) in enumerate(ends):
                if area in self.areas:
                    stop = stop_of(connector.code, number)
                    yield _Asked(f"connectors.{connector.code}", stop, area, (x_m, y_m), False)
        for node in plan.nodes:
            if node.area in self.areas and node.level == self.level.level:
                stop = node_stop(node.code) if node.code in self.link_nodes else ""
                yield _Asked(f"nodes.{node.code}", stop, node.area, (node.x_m, node.y_m), False)
        yield from self._of_areas()

    def _of_opening(self, opening: Opening) -> Iterator[_Asked]:
        """Both its sides, or the one that is drawn."""
        if len(opening.line) != 2:
            return
        for number, (area, at) in enumerate(zip((opening.area, opening.other), self._beside(opening), strict=True)):
            if area in self.areas:
                stop = stop_of(opening.code, number) if opening.code in self.narrow else ""
                yield _Asked(f"{OPENING}s.{opening.code}", stop, area, at, True)

    def _beside(self, opening: Opening) -> tuple[tuple[float, float], tuple[float, float]]:
        """Points before and behind the middle of an opening: on the side of its area, and on the other."""
        (x1, y1), (x2, y2) = opening.line
        length = float(np.hypot(x2 - x1, y2 - y1)) or 1.0
        away = (self.clearance_m + BESIDE_M) / length
        left = (x1 + x2) / 2 - (y2 - y1) * away, (y1 + y2) / 2 + (x2 - x1) * away
        right = (x1 + x2) / 2 + (y2 - y1) * away, (y1 + y2) / 2 - (x2 - x1) * away
        return (left, right) if is_left(self.areas, opening) else (right, left)

    def _of_areas(self) -> Iterator[_Asked]:
        """An area is reached behind each of its doors; one without any somewhere in its midst."""
        with_doors = set()
        for opening in self.plan.openings:
            if opening.other and len(opening.line) == 2:
                for area, at in zip((opening.area, opening.other), self._beside(opening), strict=True):
                    if area in self.areas:
                        with_doors.add(area)
                        yield _Asked(f"areas.{area}", "", area, at, True)
        for area in self.areas:
            if area not in with_doors and not self._rooms[area].is_empty:
                at = self._rooms[area].representative_point()
                yield _Asked(f"areas.{area}", "", area, (at.x, at.y), True)

    def _located(self, asked: list[_Asked]) -> Iterator[Spot]:
        """Points on the floor, else the nearest ones of their areas within reach."""
        import shapely

        if not asked:
            return
        points = np.array([each.at for each in asked])
        kept = is_on(self.level.floor, points)
        in_area = self._in_area(points, [each.area for each in asked])
        kept &= in_area | ~np.array([each.is_strict for each in asked])
        for number in np.flatnonzero(~kept).tolist():
            room = self._rooms[asked[number].area]
            if room.is_empty:
                continue
            line = shapely.shortest_line(room, shapely.Point(points[number]))
            if line.length <= REACH_M:
                points[number], kept[number] = shapely.get_coordinates(line)[0], True
        points = self._on_grains(points)
        kept &= is_on(self.level.floor, points)
        for each, (x_m, y_m), is_there in zip(asked, points.tolist(), kept.tolist(), strict=True):
            if is_there:
                yield Spot(each.place, each.stop, x_m, y_m)

    def _stands(self) -> Iterator[Spot]:
        """The middle of every side of a stand that is free; where none is, the nearest floor."""
        stands = [each for each in self.plan.stands if each.area in self.areas and len(each.outline) >= 3]
        tried = [(number, side, at) for number, each in enumerate(stands) for side, at in self._tried(each)]
        if not tried:
            return
        points = np.array([at for _, _, at in tried])
        free = is_on(self.level.floor, points) & self._in_area(points, [stands[each].area for each, _, _ in tried])
        points = self._on_grains(points)
        free &= is_on(self.level.floor, points)
        taken: set[tuple[int, int]] = set()
        for place, (number, side, _) in enumerate(tried):
            if free[place] and (number, side) not in taken:
                taken.add((number, side))
                yield Spot(f"stands.{stands[number].code}", "", float(points[place, 0]), float(points[place, 1]))
        reached = {number for number, _ in taken}
        yield from self._walled_in([each for number, each in enumerate(stands) if number not in reached])

    def _tried(self, stand: Stand) -> Iterator[tuple[int, tuple[float, float]]]:
        turn = -1.0 if is_clockwise(stand.outline) else 1.0
        away = self.clearance_m + BESIDE_M
        for number, ((x1, y1), (x2, y2)) in enumerate(sides(stand.outline)):
            length = float(np.hypot(x2 - x1, y2 - y1))
            if length:
                out_x, out_y = turn * (y2 - y1) / length * away, -turn * (x2 - x1) / length * away
                for share in ALONG:
                    yield number, (x1 + (x2 - x1) * share + out_x, y1 + (y2 - y1) * share + out_y)

    def _walled_in(self, stands: Iterable[Stand]) -> Iterator[Spot]:
        import shapely

        for each in stands:
            room = self._rooms[each.area]
            line = shapely.shortest_line(room, shapely.Polygon(each.outline)) if not room.is_empty else None
            if line is not None and line.length <= REACH_M:
                at = self._on_grains(shapely.get_coordinates(line)[:1])
                if is_on(self.level.floor, at)[0]:
                    yield Spot(f"stands.{each.code}", "", float(at[0, 0]), float(at[0, 1]))

    def _in_area(self, points: Floats, areas: list[str]) -> NDArray[np.bool_]:
        """Whether each point is in its area."""
        import shapely

        found = np.zeros(len(points), bool)
        codes = np.array(areas)
        for code in dict.fromkeys(areas):
            of_area = np.flatnonzero(codes == code)
            ring = shapely.Polygon(self.areas[code].outline)
            shapely.prepare(ring)
            found[of_area] = shapely.contains_xy(ring, points[of_area, 0], points[of_area, 1])
        return found

    def _on_grains(self, points: Floats) -> Floats:
        return self.level.floor.in_meters(self.level.floor.in_grains(points))


def is_left(areas: dict[str, Any], opening: Opening) -> bool:
    """Whether the area of an opening is to the left of who goes along its line."""
    import shapely

    (x1, y1), (x2, y2) = opening.line
    length = float(np.hypot(x2 - x1, y2 - y1)) or 1.0
    nx, ny = -(y2 - y1) / length, (x2 - x1) / length
    left, right = (
        shapely.Point((x1 + x2) / 2 + sign * PROBE_M * nx, (y1 + y2) / 2 + sign * PROBE_M * ny) for sign in (1, -1)
    )
    for code, is_own in ((opening.area, True), (opening.other, False)):
        if code in areas:
            ring = shapely.Polygon(areas[code].outline)
            on_left, on_right = ring.contains(left), ring.contains(right)
            if on_left != on_right:
                return bool(on_left) == is_own
    return True


PROBE_M = 0.6  # an opening may lie half a meter off its wall
