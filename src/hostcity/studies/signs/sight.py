"""Who sees a face from where: over stands that are lower than the line of sight, through no wall."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.network import floor_of_level, of_the_drawing
from hostcity.engines.walk import Floor, GeometryError, is_on, sees
from hostcity.plan.plan import Plan
from hostcity.plan.rows import EYE_HEIGHT_M
from hostcity.studies.signs.network import SignNetwork

Floats = NDArray[np.float64]
NO_STAND_M = 1e9  # higher than anything: a floor with walls alone
LEAST_M = 0.01


@dataclass(frozen=True, eq=False)
class Sights:
    """What hides faces on one level."""

    walls: Floor | None  # None = nothing is drawn
    outlines: Any  # shapely polygons of what stands
    height_m: Floats
    codes: tuple[str, ...]

    def hides(self, eyes_m: Floats, faces_m: Floats, height_m: Floats) -> list[str | None]:
        """What hides each face from each eye: the code of a stand, "" = a wall, None = nothing does.

        Where the drawing has no floor nothing is known to hide anything. What an eye or a face is within is not in its way.

        Parameters
        ----------
        eyes_m, faces_m : float64[n, 2]
        height_m : float64[n]
            Of the faces' middles above the floor. [m]
        """
        import shapely

        found: list[str | None] = [None] * len(eyes_m)
        if self.walls is not None and len(eyes_m):
            known = is_on(self.walls, eyes_m) & is_on(self.walls, faces_m)
            hidden = np.zeros(len(eyes_m), bool)
            hidden[known] = ~sees(self.walls, eyes_m[known], faces_m[known])
            found = ["" if each else None for each in hidden.tolist()]
        far = np.hypot(*(faces_m - eyes_m).T) if len(eyes_m) else np.zeros(0)
        lines = shapely.linestrings(np.stack([eyes_m, faces_m], axis=1)) if len(eyes_m) else np.empty(0, object)
        line, stand = shapely.STRtree(self.outlines).query(lines, predicate="intersects")
        eyes = shapely.points(eyes_m[line])
        begins_m = shapely.distance(eyes, shapely.intersection(lines[line], self.outlines[stand]))
        is_within = (begins_m < LEAST_M) | shapely.intersects(self.outlines[stand], shapely.points(faces_m[line]))
        rises = height_m[line] - EYE_HEIGHT_M
        share = np.where(rises >= 0, begins_m / np.maximum(far[line], LEAST_M), 1.0)
        over_m = EYE_HEIGHT_M + share * rises  # lowest over the stand, where the line rises towards the face
        for at in np.flatnonzero(~is_within & (self.height_m[stand] > over_m)).tolist():
            found[line[at]] = found[line[at]] or self.codes[stand[at]]
        return found

    def stands_free(self, places_m: Floats) -> NDArray[np.bool_]:
        """Which places are in no high stand: ``bool[n]``."""
        import shapely

        free = np.ones(len(places_m), bool)
        free[shapely.STRtree(self.outlines).query(shapely.points(places_m), predicate="within")[0]] = False
        return free


def sights_of(plan: Plan, level: str) -> Sights:
    """What hides faces on a level: walls, and what stands higher than an eye. Raises ``PlanError`` where outlines make no floor."""
    import shapely

    try:
        drawn = floor_of_level(plan, level, 0.0, least_height_m=NO_STAND_M)
    except GeometryError as error:
        raise of_the_drawing(error) from error
    areas = {area.code for area in plan.areas if area.level == level}
    high = [
        each for each in plan.stands
        if each.area in areas and each.height_m > EYE_HEIGHT_M and each.kind != "void" and len(each.outline) >= 3
    ]  # fmt: skip
    outlines = np.array([shapely.Polygon(each.outline) for each in high], object)
    return Sights(
        drawn.floor if drawn else None,
        outlines,
        np.array([each.height_m for each in high]),
        tuple(each.code for each in high),
    )


def nodes_seen(network: SignNetwork, reach_m: float, height_m: float) -> NDArray[np.bool_]:
    """From which nodes a face over each node is seen: ``bool[N, N]``, eye by face, no farther than the reach."""
    places = network.places_m
    near = reach_m >= np.hypot(*(places[:, None] - places[None]).T).T
    near &= network.level_of[:, None] == network.level_of[None]
    found = np.eye(len(places), dtype=bool)
    for number, level in enumerate(network.plan.levels):
        eye, face = np.nonzero(near & (network.level_of == number)[:, None])
        other = eye != face
        eye, face = eye[other], face[other]
        if eye.size:
            heights = np.full(eye.size, height_m)
            hidden = sights_of(network.plan, level.code).hides(places[eye], places[face], heights)
            found[eye, face] = [each is None for each in hidden]
    return found


def unit(bearing_deg: float) -> tuple[float, float]:
    """East and north of a bearing, clockwise from the y axis."""
    return math.sin(math.radians(bearing_deg)), math.cos(math.radians(bearing_deg))


def bearing(east: float, north: float) -> float:
    """The bearing of a direction, 0 to 360."""
    return math.degrees(math.atan2(east, north)) % 360.0
