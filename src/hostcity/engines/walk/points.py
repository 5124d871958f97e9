"""Points that are asked about: taken to grains, and told apart from those that are not on the floor."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hostcity.engines.walk._kernels.sight import OUTSIDE, places_of
from hostcity.engines.walk.corners import Floats, Ints
from hostcity.engines.walk.floor import Floor
from hostcity.engines.walk.problems import GeometryProblem, raise_if_any
from hostcity.plan.sentences import Sentence


class Points(NamedTuple):
    """Points in grains, and whether each is on the floor."""

    x: Ints
    y: Ints
    is_on: NDArray[np.bool_]


def points_of(floor: Floor, points_m: ArrayLike) -> Points:
    """Any points; raises ValueError when they are no pairs of numbers."""
    given = np.asarray(points_m, np.float64)
    if given.size == 0:
        given = given.reshape(0, 2)
    if given.ndim != 2 or given.shape[1] != 2:
        raise ValueError(f"points are an array of shape [n, 2], not {list(given.shape)}")
    grains = floor.in_grains(given)
    x, y = np.ascontiguousarray(grains[:, 0]), np.ascontiguousarray(grains[:, 1])
    return Points(x, y, places_of(floor.edges, x, y) != OUTSIDE)


def is_on(floor: Floor, points_m: ArrayLike) -> NDArray[np.bool_]:
    """Whether each point is on the floor, its border included.

    Parameters
    ----------
    points_m : float64[n, 2]
        Anything: what is no number is not on the floor. [m]
    """
    return points_of(floor, points_m).is_on


def checked_points(floor: Floor, points_m: ArrayLike) -> Points:
    """Points that all have to be on the floor.

    Raises
    ------
    GeometryError
        With every point that is not: how far the floor is, and which of its points is nearest.
    """
    points = points_of(floor, points_m)
    if not points.is_on.all():
        given = np.asarray(points_m, np.float64).reshape(-1, 2)
        raise_if_any(
            [_off_the_floor(floor, number, given[number]) for number in np.flatnonzero(~points.is_on).tolist()]
        )
    return points


def _off_the_floor(floor: Floor, number: int, point: Floats) -> GeometryProblem:
    import shapely

    where = Sentence("point {number} ({x}, {y})", number=number + 1, x=f"{point[0]:g}", y=f"{point[1]:g}")
    if not np.isfinite(point).all():
        return GeometryProblem(
            code="walk.point.number", where=where, what=Sentence("is no place."), mend=Sentence("Give numbers.")
        )
    here = shapely.Point(point)
    nearest = shapely.get_coordinates(shapely.shortest_line(floor.polygon, here))[0]
    far = float(np.hypot(*(nearest - point)))
    values = {"far": f"{far:.2f}", "clearance": f"{floor.clearance_m:g}"}
    is_within = any(shapely.Polygon(outline).covers(here) for outline in floor.outlines_m)
    if is_within:
        what = Sentence(
            "is in an obstacle or too near to a wall, {far} m from the floor (clearance {clearance} m).", **values
        )
    else:
        what = Sentence("is outside, {far} m from the floor (clearance {clearance} m).", **values)
    mend = Sentence("The nearest point of the floor is ({x}, {y}).", x=f"{nearest[0]:.2f}", y=f"{nearest[1]:.2f}")
    code = "walk.point.obstacle" if is_within else "walk.point.outside"
    return GeometryProblem(code=code, where=where, what=what, mend=mend)
