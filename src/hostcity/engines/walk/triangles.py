"""A floor cut into triangles."""

from __future__ import annotations

import numpy as np

from hostcity.engines.walk._kernels.triangles import WALL, Triangles, fill_boxes
from hostcity.engines.walk.corners import Ints
from hostcity.engines.walk.floor import GRAIN_M, Floor


def triangles_of(floor: Floor) -> Triangles:
    """The constrained Delaunay triangles of a floor, all of whose corners are the floor's, by shapely.

    Raises
    ------
    ArithmeticError
        When they do not cover the floor, side to side. No floor is known on which that happens.
    """
    import shapely

    pieces = shapely.get_parts(shapely.constrained_delaunay_triangles(floor.polygon))
    points = shapely.get_coordinates(pieces).reshape(-1, 4, 2)[:, :3]
    grains = floor.in_grains(points.reshape(-1, 2))
    corner = _corner_at(floor, grains).reshape(-1, 3)
    x, y = floor.edges.x[corner], floor.edges.y[corner]
    is_left = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) > (y[:, 1] - y[:, 0]) * (x[:, 2] - x[:, 0])
    corner = np.where(is_left[:, None], corner, corner[:, ::-1])
    beyond = _beyond(corner)
    if abs(float(shapely.area(pieces).sum()) - floor.area_m2) > GRAIN_M or (beyond == WALL).sum() != floor.edges.x.size:
        raise ArithmeticError("the triangles of a floor do not cover it")
    return Triangles(corner, beyond, *fill_boxes(floor.edges, corner))


def _corner_at(floor: Floor, grains: Ints) -> Ints:
    """The first corner of the floor at each place."""
    keys = (floor.edges.x << 32) + floor.edges.y
    known, first = np.unique(keys, return_index=True)
    wanted = (grains[:, 0] << 32) + grains[:, 1]
    place = np.searchsorted(known, wanted)
    if (known[np.minimum(place, known.size - 1)] != wanted).any():
        raise ArithmeticError("the triangles of a floor have corners of their own")
    found: Ints = first[place].astype(np.int64)
    return found


def _beyond(corner: Ints) -> Ints:
    """The triangle across each side: a side is gone along the other way by its neighbor."""
    start, stop = corner.ravel(), np.roll(corner, -1, axis=1).ravel()
    there, back = (start << 32) + stop, (stop << 32) + start
    order = np.argsort(there, kind="stable")
    place = np.minimum(np.searchsorted(there[order], back), there.size - 1)
    is_shared = there[order][place] == back
    found: Ints = np.where(is_shared, order[place] // 3, WALL).reshape(-1, 3)
    return found
