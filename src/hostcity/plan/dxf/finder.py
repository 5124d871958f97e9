"""Which outlines lie around a place: by a grid of their boxes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from hostcity.plan.polygons import Point, Ring, area_m2, box_of, is_inside

MOST_CELLS = 40_000  # of one outline: larger ones are looked at for every place


class Finder:
    """Outlines by place; the smallest first."""

    def __init__(self, rings: Sequence[Ring], cell_m: float = 8.0) -> None:
        self.rings, self.cell_m = rings, cell_m
        self.areas = [area_m2(ring) for ring in rings]
        self.cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self.large: list[int] = []
        for index, ring in enumerate(rings):
            west, south, east, north = box_of(ring)
            columns = range(math.floor(west / cell_m), math.floor(east / cell_m) + 1)
            rows = range(math.floor(south / cell_m), math.floor(north / cell_m) + 1)
            if len(columns) * len(rows) > MOST_CELLS:
                self.large.append(index)
                continue
            for column in columns:
                for row in rows:
                    self.cells[column, row].append(index)

    def around(self, place: Point) -> list[int]:
        """Indexes of the outlines in which a place is, the smallest first."""
        cell = (math.floor(place[0] / self.cell_m), math.floor(place[1] / self.cell_m))
        found = [each for each in (*self.cells.get(cell, ()), *self.large) if is_inside(place, self.rings[each])]
        return sorted(found, key=lambda each: self.areas[each])
