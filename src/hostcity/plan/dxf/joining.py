"""Edges of neighbors that nearly meet are made to meet: gaps and overlaps of centimeters break whoever plans ways there."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hostcity.plan.dxf.rings import is_sliver, on_lattice
from hostcity.plan.polygons import Point, Ring, area_m2, box_of, crossing_of, sides
from hostcity.plan.same_shape import is_same_ring

CELL_M = 2.0
WIDEST_M = 5_000.0  # of a ring that is joined: what is wider is no venue's, and would fill the grid


def joined(rings: Sequence[Ring], fixed: Sequence[Ring], join_m: float) -> tuple[list[Ring], set[int]]:
    """The rings with corners moved onto corners and edges of others that are at most so far off, and which were moved.

    ``fixed`` rings, such as the outlines of halls, are never moved, and win. Corners go to corners first, then onto
    edges, each by at most ``join_m``. A ring that would cross itself or shrink to nothing stays as it was.
    """
    if join_m <= 0.0:
        return list(rings), set()
    fixed = [ring for ring in fixed if _is_usual(ring)]
    corners = _Corners(fixed, join_m)
    at_corners = [
        tuple(corners.place(corner, index) for corner in ring) if _is_usual(ring) else ()
        for index, ring in enumerate(rings)
    ]
    edges = _Edges([*fixed, *at_corners], join_m)
    made: list[Ring] = []
    moved: set[int] = set()
    for index, ring in enumerate(rings):
        if not at_corners[index]:
            made.append(ring)
            continue
        own = len(fixed) + index
        new = on_lattice([edges.place(corner, own) for corner in at_corners[index]])
        if new == tuple(ring) or is_sliver(new) or not _is_same_shape(new, ring, join_m):
            made.append(ring)
            continue
        made.append(new)
        if not is_same_ring(new, ring):
            moved.add(index)
    return made, moved


def _is_usual(ring: Ring) -> bool:
    west, south, east, north = box_of(ring)
    return max(east - west, north - south) <= WIDEST_M


def _is_same_shape(new: Ring, ring: Ring, join_m: float) -> bool:
    """Whether a ring is still one, and of about the same area."""
    around = sum(math.dist(a, b) for a, b in sides(ring))
    return crossing_of(new) is None and abs(area_m2(new) - area_m2(ring)) <= 2 * join_m * around


class _Corners:
    """Corners met so far: a later one of another ring that is near to one becomes it."""

    def __init__(self, fixed: Iterable[Ring], join_m: float) -> None:
        self.join_m = join_m
        self.cells: defaultdict[tuple[int, int], list[tuple[Point, int]]] = defaultdict(list)
        for ring in fixed:
            for corner in ring:
                self._add(corner, -1)

    def place(self, corner: Point, ring: int) -> Point:
        near = [
            (math.dist(place, corner), place) for place, of in self._around(corner)
            if of != ring and math.dist(place, corner) <= self.join_m
        ]  # fmt: skip
        found = min(near)[1] if near else corner
        self._add(found, ring)
        return found

    def _add(self, place: Point, ring: int) -> None:
        self.cells[_cell(place, self.join_m)].append((place, ring))

    def _around(self, place: Point) -> Iterator[tuple[Point, int]]:
        column, row = _cell(place, self.join_m)
        for across in (column - 1, column, column + 1):
            for up in (row - 1, row, row + 1):
                yield from self.cells.get((across, up), ())


class _Edges:
    """Edges of rings by the cells that they run through."""

    def __init__(self, rings: Sequence[Ring], join_m: float) -> None:
        self.join_m = join_m
        self.cells: defaultdict[tuple[int, int], list[tuple[Point, Point, int]]] = defaultdict(list)
        for index, ring in enumerate(rings):
            for a, b in sides(ring) if len(ring) > 2 else ():
                for cell in _cells(a, b, join_m):
                    self.cells[cell].append((a, b, index))

    def place(self, corner: Point, ring: int) -> Point:
        """The nearest place of another ring's edge, where that is near but not at the corner; else the corner."""
        best, found = self.join_m, corner
        for a, b, of in self.cells.get(_cell(corner, CELL_M), ()):
            if of == ring:
                continue
            foot = _foot(corner, a, b)
            off = math.dist(foot, corner)
            if off < 1e-9:
                return corner
            if off <= best and min(math.dist(foot, a), math.dist(foot, b)) > 1e-9:
                best, found = off, foot
        return found


def _foot(place: Point, a: Point, b: Point) -> Point:
    """The place of an edge that is nearest to another place."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    share = 0.0 if length2 == 0.0 else ((place[0] - a[0]) * dx + (place[1] - a[1]) * dy) / length2
    share = min(1.0, max(0.0, share))
    return a[0] + share * dx, a[1] + share * dy


def _cell(place: Point, size_m: float) -> tuple[int, int]:
    return math.floor(place[0] / size_m), math.floor(place[1] / size_m)


def _cells(a: Point, b: Point, join_m: float) -> Iterator[tuple[int, int]]:
    """Cells within reach of an edge: it is gone along in pieces shorter than a cell."""
    pieces = max(1, math.ceil(math.dist(a, b) / CELL_M))
    seen = set()
    for piece in range(pieces):
        (x, y), (u, v) = (
            (a[0] + (b[0] - a[0]) * s / pieces, a[1] + (b[1] - a[1]) * s / pieces) for s in (piece, piece + 1)
        )
        west, south = _cell((min(x, u) - join_m, min(y, v) - join_m), CELL_M)
        east, north = _cell((max(x, u) + join_m, max(y, v) + join_m), CELL_M)
        for across in range(west, east + 1):
            for up in range(south, north + 1):
                if (across, up) not in seen:
                    seen.add((across, up))
                    yield across, up
