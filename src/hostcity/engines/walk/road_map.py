"""Shortest ways on a floor, exact: straight from corner to corner."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from hostcity.engines.walk._kernels.graph import Roads, _close, all_lengths, lengths_to_all, pieces_of, ways
from hostcity.engines.walk._kernels.triangles import Triangles, bends
from hostcity.engines.walk.corners import Floats, Ints
from hostcity.engines.walk.floor import GRAIN_M, Floor
from hostcity.engines.walk.points import Points, checked_points
from hostcity.engines.walk.triangles import triangles_of

#: Between as many bends all ways are kept: 12 bytes a pair. With more, each start's are found when they are asked for.
MOST_KEPT = 3000


@dataclass(frozen=True, eq=False)
class RoadMap:
    """All straight pieces between corners that a shortest way on a floor can have. Make it once with `road_map_of`."""

    floor: Floor
    triangles: Triangles
    roads: Roads

    @property
    def bends_m(self) -> Floats:
        """Where ways can bend: ``float64[bends, 2]``. [m]"""
        edges, corners = self.floor.edges, self.roads.corners
        return self.floor.in_meters(np.stack([edges.x[corners], edges.y[corners]], axis=1))


@dataclass(frozen=True, eq=False)
class Route:
    """A shortest way."""

    length_m: float  # inf = there is none
    points_m: Floats  # [k, 2] start, corners, end; empty when there is none


def road_map_of(floor: Floor, most_kept: int = MOST_KEPT) -> RoadMap:
    """The visibility graph of a floor's corners.

    Parameters
    ----------
    most_kept
        Up to so many bends the ways between all of them are kept, and one pair is answered in microseconds.

    Notes
    -----
    Shortest ways bend only at corners that stick out into the floor, and pass them with both walls on one side [1]_: all
    other corners and lines are left out. What a corner sees is found through triangles [2]_, O(what is seen); all ways
    by Dijkstra from each bend. Slow twin: ``tests/naive/ways.py`` (all corners, shapely's ``covers``, SciPy's Dijkstra).

    References
    ----------
    .. [1] T. Lozano-Perez and M. A. Wesley, "An algorithm for planning collision-free paths among polyhedral obstacles",
       Communications of the ACM 22(10), 1979, 560-570. doi 10.1145/359156.359164
    .. [2] F. Bungiu and others, "Efficient computation of visibility polygons", 2014. arXiv 1403.3905
    """
    corners = bends(floor.edges)
    bend_of = np.full(floor.edges.x.size, -1, np.int32)
    places = (floor.edges.x[corners] << 32) + floor.edges.y[corners]
    _, first_there = np.unique(places, return_index=True)
    corners = corners[np.sort(first_there)]
    bend_of[corners] = np.arange(corners.size)
    triangles = triangles_of(floor)
    first, beyond, length = pieces_of(floor.edges, triangles, bend_of, corners)
    far, behind = np.empty((0, corners.size)), np.empty((0, corners.size), np.int32)
    if corners.size <= most_kept:
        far, behind = all_lengths(first, beyond, length)
    return RoadMap(floor, triangles, Roads(corners, bend_of, first, beyond, length, far, behind))


def route(road_map: RoadMap, start: ArrayLike, end: ArrayLike) -> Route:
    """The shortest way between two points.

    Parameters
    ----------
    start, end : float64[2]
        On the floor. [m]

    Raises
    ------
    GeometryError
        With every point that is not on the floor, counted 1 and 2.

    Notes
    -----
    The shortest of all ways from a bend that the start sees to one that the end sees.

    Examples
    --------
    >>> from hostcity.engines.walk import floor_of, road_map_of, route
    >>> room = floor_of([[(0, 0), (9, 0), (9, 9), (0, 9)]], [[(4, 0), (5, 0), (5, 6), (4, 6)]], clearance_m=0.0)
    >>> way = route(road_map_of(room), (1, 2), (8, 2))
    >>> way.length_m, way.points_m.tolist()
    (11.0, [[1.0, 2.0], [4.0, 6.0], [5.0, 6.0], [8.0, 2.0]])
    """
    points = checked_points(road_map.floor, np.array([start, end], np.float64))
    return _routes(road_map, points, 1)[0]


def routes(road_map: RoadMap, starts: ArrayLike, ends: ArrayLike) -> tuple[Route, ...]:
    """Shortest ways, one from each start to its end.

    Raises
    ------
    GeometryError
        With every point that is not on the floor; the ends are counted after the starts.
    ValueError
        When there are not as many ends as starts.
    """
    one, other = np.asarray(starts, np.float64), np.asarray(ends, np.float64)
    if one.shape != other.shape:
        raise ValueError(f"{len(one)} starts and {len(other)} ends make no pairs")
    points = checked_points(road_map.floor, np.concatenate([one, other]))
    return _routes(road_map, points, len(one))


def route_lengths(road_map: RoadMap, starts: ArrayLike, ends: ArrayLike) -> Floats:
    """Lengths of the shortest ways from each start to each end: ``float64[starts, ends]``, inf where there is none. [m]

    Raises
    ------
    GeometryError
        With every start, or else every end, that is not on the floor.

    Notes
    -----
    Dijkstra from each start over the road map, O(pieces log bends); then the corners that each end sees.
    """
    one, other = checked_points(road_map.floor, starts), checked_points(road_map.floor, ends)
    found: Floats = lengths_to_all(
        road_map.floor.edges, road_map.triangles, road_map.roads, one.x, one.y, other.x, other.y
    )
    return found * GRAIN_M


def bends_seen(road_map: RoadMap, points: ArrayLike) -> tuple[Ints, Ints, Floats]:
    """The bends from which a shortest way comes straight to each point: where each point's begin, which, and how far [m].

    Raises
    ------
    GeometryError
        With every point that is not on the floor.
    """
    at = checked_points(road_map.floor, points)
    first, bend, length = _close(road_map.floor.edges, road_map.triangles, road_map.roads, at.x, at.y)
    return first, bend.astype(np.int64), length * GRAIN_M


def _routes(road_map: RoadMap, points: Points, pairs: int) -> tuple[Route, ...]:
    """Ways from each of the first points to as many that follow."""
    start, end = slice(pairs), slice(pairs, None)
    x, y = points.x, points.y
    length, first, way_x, way_y = ways(
        road_map.floor.edges, road_map.triangles, road_map.roads, x[start], y[start], x[end], y[end]
    )
    back = road_map.floor.in_meters(np.stack([way_x, way_y], axis=1))
    length_m = (length * GRAIN_M).tolist()
    return tuple(
        Route(length_m[pair], back[begin:stop][::-1]) for pair, (begin, stop) in enumerate(pairwise(first.tolist()))
    )
