"""The walkable floor of a level: outlines less obstacles, shrunk by a clearance, as arrays that kernels read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hostcity.engines.walk._kernels.cells import fill_cells
from hostcity.engines.walk._kernels.compiling import Edges
from hostcity.engines.walk.checking import OBSTACLE, OUTLINE, check_extent, check_lengths, checked_rings
from hostcity.engines.walk.corners import Floats, Ints, corners_of, linked
from hostcity.engines.walk.problems import GeometryProblem, raise_if_any
from hostcity.plan.sentences import Sentence

#: The unit of all coordinates inside: a power of two, so that meters and grains are turned into each other exactly. [m]
GRAIN_M = 2.0**-16
CELL_M = 2.0
MITRE_LIMIT = 5.0  # corners sharper than 23 degrees are cut off, else their clearance would reach far


@dataclass(frozen=True, eq=False)
class Floor:
    """A closed set of points of a level, its border included.

    Make it with `floor_of`. Coordinates are kept in grains of 1/65,536 m from ``origin_m``; points that are asked about
    are taken to the nearest grain, so that all that follows about sight is exact.
    """

    origin_m: tuple[float, float]
    edges: Edges
    ring_first: Ints  # [rings + 1] where each ring begins among the corners
    part_of: Ints  # [rings] the connected part of the floor that a ring bounds; its outer ring comes first
    clearance_m: float
    outlines_m: tuple[
        Floats, ...
    ]  # as given: what is in one and not on the floor is in an obstacle, or too near to a wall

    @property
    def corners_m(self) -> Floats:
        """All corners, ring by ring, the floor to the left. [m]"""
        return self.in_meters(np.stack([self.edges.x, self.edges.y], axis=1))

    @property
    def area_m2(self) -> float:
        """What can be walked on, by its whole grains."""
        x, y, after = self.edges.x.astype(np.float64), self.edges.y.astype(np.float64), self.edges.after
        return float((x * y[after] - x[after] * y).sum() / 2 * GRAIN_M**2)

    @cached_property
    def polygon(self) -> Any:
        """The same as a shapely MultiPolygon. [m]"""
        import shapely

        rings = np.split(self.corners_m, self.ring_first[1:-1])
        parts: list[list[Floats]] = [[] for _ in range(int(self.part_of[-1]) + 1)]
        for ring, part in zip(rings, self.part_of, strict=True):
            parts[part].append(ring)
        return shapely.MultiPolygon([shapely.Polygon(outer, inner) for outer, *inner in parts])

    def in_grains(self, points_m: Floats) -> Ints:
        """Points in grains from the origin; far ones and those that are no numbers come to lie outside of everything."""
        scaled = (points_m - self.origin_m) / GRAIN_M
        is_near = (np.abs(scaled) < 2.0**29).all(axis=-1, keepdims=True)  # nan is not
        return np.rint(np.where(is_near, scaled, -1.0)).astype(np.int64)

    def in_meters(self, grains: Ints | Floats) -> Floats:
        """The other way."""
        meters: Floats = grains * GRAIN_M + np.array(self.origin_m)
        return meters


def floor_of(
    outlines: Iterable[ArrayLike], obstacles: Iterable[ArrayLike] = (), clearance_m: float = 0.25, snap_m: float = 0.01
) -> Floor:
    """The floor that is left of outlines when obstacles are taken out and the rest is shrunk by a clearance.

    Parameters
    ----------
    outlines : float64[n, 2] each
        Rings around what can be walked on; those that touch or overlap are one floor. [m]
    obstacles : float64[n, 2] each
        Rings around stands and walls, anywhere. Who looks over low ones makes a floor without them for sight. [m]
    clearance_m
        How far from a wall the middle of a person stays; corners keep square ones (mitred). 0 for sight.
    snap_m
        Corners come to lie on a lattice this wide, before and after, so that walls that nearly meet do.

    Raises
    ------
    GeometryError
        With every ring that is no ring (too few points, no numbers, crossing itself), lengths out of range,
        millimeters given for meters, or when nothing is left.

    Notes
    -----
    Set operations by shapely; O(n log n). Exact to half of ``snap_m``: obstacles thinner than that vanish.
    """
    problems: list[GeometryProblem] = []
    outer = checked_rings(OUTLINE, outlines, problems)
    inner = checked_rings(OBSTACLE, obstacles, problems)
    check_lengths(clearance_m, snap_m, problems)
    check_extent(outer, problems)
    if not outer and not problems:
        problems.append(_nothing("walk.outlines.none", Sentence("there is none.")))
    raise_if_any(problems)
    low = np.floor(np.concatenate(outer).min(axis=0))
    polygon = _walkable([ring - low for ring in outer], [ring - low for ring in inner], clearance_m, snap_m)
    if polygon.is_empty:
        raise_if_any([_nothing("walk.floor.nothing", Sentence("obstacles and clearance leave nothing of them."))])
    return _floor(polygon, (float(low[0]), float(low[1])), clearance_m, tuple(outer))


def _nothing(code: str, what: Sentence) -> GeometryProblem:
    mend = Sentence("Give rings in meters, larger than what is taken away.")
    return GeometryProblem(code=code, where=Sentence("all outlines"), what=what, mend=mend)


def _walkable(outlines: list[Floats], obstacles: list[Floats], clearance_m: float, snap_m: float) -> Any:
    """The polygons of the floor in meters, on the lattice of grains, outer rings counterclockwise."""
    import shapely

    def joined(rings: list[Floats]) -> Any:
        return shapely.union_all(shapely.set_precision([shapely.Polygon(ring) for ring in rings], snap_m))

    left = joined(outlines)
    if obstacles:
        left = shapely.difference(left, joined(obstacles))
    if clearance_m > 0:
        left = shapely.buffer(left, -clearance_m, join_style="mitre", mitre_limit=MITRE_LIMIT)
    left = shapely.set_precision(shapely.set_precision(left, snap_m), GRAIN_M)
    pieces = [piece for piece in shapely.get_parts(left) if piece.geom_type == "Polygon" and not piece.is_empty]
    return shapely.orient_polygons(shapely.MultiPolygon(pieces))


def _floor(polygon: Any, origin_m: tuple[float, float], clearance_m: float, outlines: tuple[Floats, ...]) -> Floor:
    lines = [ring for part in polygon.geoms for ring in (part.exterior, *part.interiors)]
    part_of = [number for number, part in enumerate(polygon.geoms) for _ in range(1 + len(part.interiors))]
    rings = corners_of([np.rint(np.array(line.coords)[:-1] / GRAIN_M).astype(np.int64) for line in lines])
    first = np.cumsum([0, *(len(ring) for ring in rings)], dtype=np.int64)
    x, y = np.concatenate(rings).T.copy()
    before, after, twin = linked(x, y, first)
    side = round(CELL_M / GRAIN_M)
    columns, rows = int(x.max()) // side + 1, int(y.max()) // side + 1
    first_edge, edge, first_of_row, edge_of_row = fill_cells(x, y, after, columns, rows, side)
    shape = np.array([columns, rows, side])
    edges = Edges(x, y, before, after, twin, first_edge, edge, first_of_row, edge_of_row, shape)
    for array in (*edges, first):
        array.flags.writeable = False
    return Floor(origin_m, edges, first, np.array(part_of, np.int64), clearance_m, outlines)
