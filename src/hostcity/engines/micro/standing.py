"""Where people stand when the clock starts: apart from walls and from each other."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from hostcity.engines.micro.library import shapely

Point = tuple[float, float]

APART_M = 0.45  # nobody appears nearer than that to another
WALL_APART_M = 0.3
FURTHEST_M = 25.0  # from where somebody would stand if there was room


class Standing:
    """Places that are taken on a floor."""

    def __init__(self, walkable: Any) -> None:
        self._geometry = shapely()
        self._free = walkable.buffer(-WALL_APART_M)
        self._geometry.prepare(self._free)
        self._taken: defaultdict[tuple[int, int], list[Point]] = defaultdict(list)

    def add(self, place: Point) -> None:
        """Take a place."""
        self._taken[_cell(place)].append(place)

    def nearest(self, wanted: Point) -> Point:
        """The nearest free place to a wanted one. Raises ValueError when there is none within `FURTHEST_M`."""
        x, y = wanted
        for ring in range(int(FURTHEST_M / APART_M * 2)):
            for turn in range(max(1, 6 * ring)):
                angle = math.tau * turn / max(1, 6 * ring)
                place = (x + ring * APART_M / 2 * math.cos(angle), y + ring * APART_M / 2 * math.sin(angle))
                if self._is_apart(place) and self._geometry.contains_xy(self._free, *place):
                    return place
        raise ValueError("more persons are there at the start than find room")

    def _is_apart(self, place: Point) -> bool:
        column, row = _cell(place)
        around = ((column + east, row + north) for east in (-1, 0, 1) for north in (-1, 0, 1))
        return all(math.dist(place, other) >= APART_M for cell in around for other in self._taken.get(cell, ()))


def _cell(place: Point) -> tuple[int, int]:
    return math.floor(place[0] / APART_M), math.floor(place[1] / APART_M)
