"""Rings as they were given: checked one by one, every problem found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hostcity.engines.walk.problems import GeometryProblem
from hostcity.plan.sentences import Sentence

Floats = NDArray[np.float64]

LARGEST_M = 5000.0  # from side to side
FARTHEST_M = 1e8  # from the origin of the coordinates: beyond it they have no room for a floor's grains
MOST_CLEARANCE_M, MOST_SNAP_M = 5.0, 1.0

OUTLINE, OBSTACLE = "outline", "obstacle"


def checked_rings(kind: str, given: Iterable[ArrayLike], problems: list[GeometryProblem]) -> list[Floats]:
    """The rings that can be used; what is wrong with the others is added to ``problems``."""
    found = []
    for number, points in enumerate(given, 1):
        where = (
            Sentence("outline {number}", number=number)
            if kind == OUTLINE
            else Sentence("obstacle {number}", number=number)
        )
        ring, problem = _checked_ring(points, where)
        if problem:
            problems.append(problem)
        else:
            found.append(ring)
    return found


def check_lengths(clearance_m: float, snap_m: float, problems: list[GeometryProblem]) -> None:
    """Clearance and snap."""
    for name, value, is_right, most in (
        ("clearance_m", clearance_m, 0 <= clearance_m <= MOST_CLEARANCE_M, MOST_CLEARANCE_M),
        ("snap_m", snap_m, 0 < snap_m <= MOST_SNAP_M, MOST_SNAP_M),
    ):
        if not is_right:  # nan neither
            problems.append(
                GeometryProblem(
                    code=f"walk.{name}", where=Sentence("{name}", name=name),
                    what=Sentence("is {value} m.", value=f"{value:g}"),
                    mend=Sentence("Give meters, at most {most}.", most=f"{most:g}"),
                )
            )  # fmt: skip


def _checked_ring(points: ArrayLike, where: Sentence) -> tuple[Floats, GeometryProblem | None]:
    ring = _as_ring(points)
    if ring is None:
        what = Sentence("is no list of points with two coordinates each.")
        return np.empty((0, 2)), _problem("points", where, what, Sentence("Give x and y of every corner, in meters."))
    if not np.isfinite(ring).all():
        point = int(np.argmin(np.isfinite(ring).all(axis=1)))
        what = Sentence(
            "point {point} is ({x}, {y}).", point=point + 1, x=f"{ring[point, 0]:g}", y=f"{ring[point, 1]:g}"
        )
        return ring, _problem("number", where, what, Sentence("Give numbers."))
    if len(ring) and len(ring) > 1 and (ring[0] == ring[-1]).all():
        ring = ring[:-1]
    corners = len(np.unique(ring, axis=0))
    if corners < 3:
        what = Sentence("has {corners} different points.", corners=corners)
        return ring, _problem("corners", where, what, Sentence("Give at least 3 corners, or leave the ring out."))
    return ring, _size_problem(ring, where) or _shape_problem(ring, where)


def _as_ring(points: ArrayLike) -> Floats | None:
    try:
        ring = np.array(points, np.float64)
    except (TypeError, ValueError):
        return None
    if ring.size == 0:
        return np.empty((0, 2))
    return ring if ring.ndim == 2 and ring.shape[1] == 2 else None


def _size_problem(ring: Floats, where: Sentence) -> GeometryProblem | None:
    size = float(np.ptp(ring, axis=0).max())
    if size > LARGEST_M:
        what = Sentence("is {size:,} m from side to side.", size=round(size))
        mend = Sentence(
            "Give meters, at most {most:,} from side to side: are these millimeters?", most=round(LARGEST_M)
        )
        return _problem("size", where, what, mend)
    if np.abs(ring).max() > FARTHEST_M:
        what = Sentence("lies {far:,} m from the origin.", far=round(float(np.abs(ring).max())))
        return _problem("far", where, what, Sentence("Move the origin of the coordinates near the venue."))
    return None


def _shape_problem(ring: Floats, where: Sentence) -> GeometryProblem | None:
    import shapely

    polygon = shapely.Polygon(ring - ring.min(axis=0))
    if shapely.is_valid(polygon) and polygon.area > 0:
        return None
    reason = shapely.is_valid_reason(polygon)
    place = re.search(r"\[(\S+) (\S+)\]", reason)
    x, y = (ring.min(axis=0) + [float(each) for each in place.groups()]) if place else ring[0]
    what = Sentence("crosses or touches itself near ({x}, {y}).", x=f"{x:.2f}", y=f"{y:.2f}")
    return _problem("crossing", where, what, Sentence("Give the corners in order around the ring, each once."))


def _problem(word: str, where: Sentence, what: Sentence, mend: Sentence) -> GeometryProblem:
    return GeometryProblem(code=f"walk.ring.{word}", where=where, what=what, mend=mend)


def check_extent(rings: Sequence[Floats], problems: list[GeometryProblem]) -> None:
    """All outlines together, once each by itself is right."""
    if not rings:
        return
    corners: Any = np.concatenate(rings)
    size = float(np.ptp(corners, axis=0).max())
    if size > LARGEST_M:
        what = Sentence("are {size:,} m from side to side, taken together.", size=round(size))
        mend = Sentence("Make a floor of each part by itself: at most {most:,} m.", most=round(LARGEST_M))
        problems.append(
            GeometryProblem(code="walk.outlines.size", where=Sentence("all outlines"), what=what, mend=mend)
        )
