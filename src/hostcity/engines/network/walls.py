"""The floor of a level: what its areas enclose, less walls with gaps for openings, less what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.walk import Floor, GeometryError, floor_of
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Area, Opening
from hostcity.plan.sentences import Sentence

WALL_M = 0.04  # drawn walls have no thickness; twice the lattice, so that they don't vanish
REACH_M = 0.5  # an opening may lie so far off the outline (plan/check/drawing.py)


@dataclass(frozen=True, eq=False)
class LevelFloor:
    """One level as engines read it."""

    level: str
    areas: tuple[Area, ...]  # with outlines
    floor: Floor

    def area_of(self, points_m: NDArray[np.float64]) -> NDArray[np.int64]:
        """The area in which each point is, the smallest where some lie in others; -1 = none: ``int64[n]``."""
        import shapely

        found = np.full(len(points_m), -1)
        points = shapely.points(points_m)
        rings = [shapely.Polygon(area.outline) for area in self.areas]
        for index in sorted(range(len(rings)), key=lambda each: -rings[each].area):
            shapely.prepare(rings[index])
            found[shapely.intersects(rings[index], points)] = index
        return found


def floor_of_level(plan: Plan, level: str, clearance_m: float = 0.25, least_height_m: float = 0.0) -> LevelFloor | None:
    """The floor of one level; None when no area of it has an outline.

    Parameters
    ----------
    clearance_m
        How far from walls and stands the middle of a person stays. [m]
    least_height_m
        What is lower does not stand in the way: an eye's height for lines of sight. [m]

    Raises
    ------
    GeometryError
        When the outlines make no floor.
    """
    areas = tuple(area for area in plan.areas if area.level == level and len(area.outline) >= 3)
    if not areas:
        return None
    codes = {area.code for area in areas}
    standing = [each.outline for each in plan.stands if each.area in codes and each.height_m >= least_height_m]
    openings = [each for each in plan.openings if each.area in codes or each.other in codes]
    walls = list(_walls(areas, openings))
    outlines = [area.outline for area in areas]
    return LevelFloor(level, areas, floor_of([*outlines, *_thresholds(openings)], [*walls, *standing], clearance_m))


def of_the_drawing(error: GeometryError) -> PlanError:
    """What is wrong with rings, told as problems of the plan that drew them."""
    return PlanError(
        [
            Problem(code=each.code, what=Sentence("{where}: {what}", where=each.where, what=each.what), mend=each.mend)
            for each in error.problems
        ],
        Sentence("the drawing"),
    )


def _walls(areas: tuple[Area, ...], openings: list[Opening]) -> Iterator[Any]:
    """Thin rings along outlines, with gaps where openings are; not where an outline lies inside of another area."""
    import shapely

    rings = [shapely.Polygon(area.outline) for area in areas]
    shapely.prepare(rings)
    for index, area in enumerate(areas):
        wall: Any = rings[index].exterior
        for other in rings[:index] + rings[index + 1 :]:
            if other.intersects(wall):
                wall = wall.difference(other.buffer(-WALL_M))
        for each in openings:
            if area.code in (each.area, each.other):
                wall = wall.difference(gap_of(each))
        for piece in shapely.get_parts(wall.buffer(WALL_M / 2, cap_style="flat", join_style="mitre")):
            if not piece.is_empty:
                yield from _without_holes(piece)


def _without_holes(piece: Any) -> Iterator[Any]:
    """Rings that cover a piece of wall: cut in two where it closes around the floor."""
    import shapely

    if not piece.interiors:
        yield np.array(piece.exterior.coords)[:-1]
        return
    west, south, east, north = piece.bounds
    middle = (west + east) / 2
    for half in (shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)):
        for part in shapely.get_parts(piece.intersection(half)):
            if part.geom_type == "Polygon":
                yield from _without_holes(part)


def gap_of(opening: Opening) -> Any:
    """The rectangle through a wall that an opening clears, as wide as it is clear."""
    import shapely
    import shapely.ops

    line = shapely.LineString(opening.line)
    if opening.clear_m is not None and opening.clear_m < line.length:
        spare = (line.length - opening.clear_m) / 2
        line = shapely.ops.substring(line, spare, line.length - spare)
    return line.buffer(REACH_M, cap_style="flat")


def _thresholds(openings: list[Opening]) -> list[Any]:
    """What is walked on between two areas whose outlines leave room for a wall between them."""
    return [np.array(gap_of(each).exterior.coords)[:-1] for each in openings if each.other]
