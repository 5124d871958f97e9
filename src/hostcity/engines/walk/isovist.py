"""What is seen from a point: the isovist (Benedikt, 1979)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hostcity.engines.walk._kernels.sweep import corners_seen, first_walls, walls_reached
from hostcity.engines.walk.corners import Floats, Ints
from hostcity.engines.walk.floor import GRAIN_M, Floor
from hostcity.engines.walk.points import checked_points
from hostcity.engines.walk.sight import MOST_REACH, grains_of_reach

NOTHING, OFF = -1, -2
LEAST_RAD = 1e-12  # between two directions: less is one
ARC_RAD = math.radians(2)  # of the arc between two points of the polygon


@dataclass(frozen=True, eq=False)
class Isovist:
    """All that is seen from a point within reach, as sectors between directions in which corners are seen."""

    point_m: tuple[float, float]
    reach_m: float
    from_rad: Floats  # [sectors] counterclockwise from east
    to_rad: Floats  # [sectors]
    from_m: Floats  # [sectors] how far one sees at its beginning; equal to the reach where no wall is
    to_m: Floats  # [sectors]
    is_open: NDArray[np.bool_]  # [sectors] where it ends at the reach and not at a wall

    @property
    def area_m2(self) -> float:
        """Exact: triangles, and sectors of the circle."""
        width = self.to_rad - self.from_rad
        triangles = self.from_m * self.to_m * np.sin(width) / 2
        return float(np.where(self.is_open, self.reach_m**2 * width / 2, triangles).sum())

    @property
    def polygon_m(self) -> Floats:
        """Corners around, counterclockwise; arcs as chords of at most 2 degrees, the point itself where floor ends. [m]"""
        corners, last_rad = [], math.nan
        for sector in range(self.from_rad.size):
            start, stop = float(self.from_rad[sector]), float(self.to_rad[sector])
            if abs(start - last_rad) > LEAST_RAD:
                corners.append(np.zeros((1, 2)))
            last_rad = stop
            parts = max(1, math.ceil((stop - start) / ARC_RAD)) if self.is_open[sector] else 1
            around = np.linspace(start, stop, parts + 1)
            away = np.linspace(self.from_m[sector], self.to_m[sector], parts + 1)
            corners.append(away[:, None] * np.stack([np.cos(around), np.sin(around)], axis=1))
        if self.from_rad.size and abs(self.from_rad[0] + 2 * math.pi - last_rad) > LEAST_RAD:
            corners.append(np.zeros((1, 2)))
        found: Floats = np.array(self.point_m) + np.concatenate([np.zeros((0, 2)), *corners])
        return found


def isovist_of(floor: Floor, point: ArrayLike, reach_m: float = math.inf) -> Isovist:
    """What is seen from a point of the floor.

    Parameters
    ----------
    point : float64[2]
        On the floor; it may be on a wall. [m]
    reach_m
        Nothing farther away is seen. [m]

    Raises
    ------
    GeometryError
        When the point is not on the floor: where the nearest point of it is.

    Notes
    -----
    Angular sweep: which wall one looks at changes only where a corner is seen (`sees`) or a wall meets the circle of
    reach; between two such directions one ray tells the wall, and the sector up to it is a triangle. No direction is
    sampled, so the area is exact but for rounding. O(corners in reach x cells along a line). Slow twin:
    ``tests/naive/isovist.py``.

    References
    ----------
    .. [1] M. L. Benedikt, "To take hold of space: isovists and isovist fields", Environment and Planning B 6, 1979,
       47-65. doi 10.1068/b060047

    Examples
    --------
    >>> from hostcity.engines.walk import floor_of, isovist_of
    >>> room = floor_of([[(0, 0), (9, 0), (9, 9), (0, 9)]], clearance_m=0.0)
    >>> round(isovist_of(room, (2, 3)).area_m2, 9)
    81.0
    """
    points = checked_points(floor, np.reshape(np.asarray(point, np.float64), (-1, 2)))
    px, py = int(points.x[0]), int(points.y[0])
    reach = grains_of_reach(reach_m)
    edges = floor.edges
    seen = corners_seen(edges, px, py, reach)
    seen = seen[(edges.x[seen] != px) | (edges.y[seen] != py)]
    angles = np.arctan2(edges.y[seen] - py, edges.x[seen] - px)
    axes = np.arange(-4, 4) * (math.pi / 4)  # no sector is wider than what a triangle can have
    if reach < MOST_REACH:
        angles = np.concatenate([angles, walls_reached(edges, px, py, reach)])
    around = np.unique(np.concatenate([angles, axes, _along_walls(floor, px, py)]))
    start, stop = around, np.append(around[1:], around[0] + 2 * math.pi)
    is_wide = stop - start > LEAST_RAD
    start, stop = start[is_wide], stop[is_wide]
    wall = first_walls(edges, px, py, reach, (start + stop) / 2)
    kept = wall != OFF
    return _isovist(floor, (px, py), reach, start[kept], stop[kept], wall[kept])


def _along_walls(floor: Floor, px: int, py: int) -> Floats:
    """Directions of walls on which the point is: floor ends there."""
    x, y, after = floor.edges.x, floor.edges.y, floor.edges.after
    ax, ay, bx, by = x - px, y - py, x[after] - px, y[after] - py
    on = (ax * by == ay * bx) & (ax * bx <= 0) & (ay * by <= 0)
    away = np.concatenate([np.stack([ax, ay], axis=1)[on], np.stack([bx, by], axis=1)[on]])
    away = away[(away != 0).any(axis=1)]
    angles: Floats = np.arctan2(away[:, 1], away[:, 0])
    return angles


def _isovist(floor: Floor, point: tuple[int, int], reach: int, start: Floats, stop: Floats, wall: Ints) -> Isovist:
    is_open = wall == NOTHING
    far = np.where(is_open, float(reach), 0.0)
    x, y, after = floor.edges.x, floor.edges.y, floor.edges.after
    ax, ay = (x[wall] - point[0]).astype(np.float64), (y[wall] - point[1]).astype(np.float64)
    bx, by = (x[after[wall]] - point[0]).astype(np.float64), (y[after[wall]] - point[1]).astype(np.float64)

    def away(angle: Floats) -> Floats:
        across = np.cos(angle) * (by - ay) - np.sin(angle) * (bx - ax)
        found: Floats = np.where(is_open, far, (ax * by - ay * bx) / np.where(across == 0, np.inf, across)) * GRAIN_M
        return found

    here = floor.in_meters(np.array(point))
    return Isovist((float(here[0]), float(here[1])), reach * GRAIN_M, start, stop, away(start), away(stop), is_open)
