"""Distance, width and load of a hall's exits."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.egress.assign import assigned
from hostcity.engines.network import LevelFloor, floor_of_level, of_the_drawing
from hostcity.engines.walk import Floor, GeometryError, is_on, road_map_of, route_lengths
from hostcity.plan.closings import closings_of, share_left
from hostcity.plan.evacuations import EXIT_LIMITS
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Area, Opening
from hostcity.plan.sentences import Sentence

Floats = NDArray[np.float64]
SPACING_M = 1.0
INSIDE_M = 0.01  # so far inside of the border a point is on the floor, however it is rounded
OFF_M = 1.0  # a point of an exit farther from the floor than this is blocked by what stands there
ALONG_M = 2.0  # points of an exit from which distances are taken lie no farther apart


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What is asked of exits; the usual figures are from secondary sources, see the README."""

    distance_m: float = EXIT_LIMITS["distance_m"].usual
    persons_per_m2: float = EXIT_LIMITS["persons_per_m2"].usual
    persons_per_m: float = EXIT_LIMITS["persons_per_m"].usual


@dataclass(frozen=True, kw_only=True)
class ExitUse:
    """An exit, and who would take it."""

    code: str
    clear_m: float  # less what is blocked by something that stands before it
    step_free: bool
    nearest_persons: int  # to whom it is the nearest
    assigned_persons: int
    pass_s: float  # that they need to pass at the plan's flow, one after the other


@dataclass(frozen=True, kw_only=True, eq=False)
class Egress:
    """What an area's exits are good for."""

    area: Area
    limits: Limits
    load_persons: int
    free_m2: float
    exits: tuple[ExitUse, ...]
    closed: tuple[str, ...]  # exits that the plan closes for some of the day: not counted
    farthest_m: float  # inf = some place reaches no exit
    farthest_at: tuple[float, float]
    over_m2: float  # floor farther from an exit than the limit, unreached floor included
    unreached_m2: float
    assigned_farthest_m: float
    level: LevelFloor
    points_m: Floats = field(repr=False)  # [n, 2]
    distance_m: Floats = field(repr=False)  # [n] to the nearest exit
    nearest: NDArray[np.int64] = field(repr=False)  # [n] exit; -1 = none

    @property
    def clear_m(self) -> float:
        """All exits together."""
        return math.fsum(each.clear_m for each in self.exits)

    @property
    def needed_m(self) -> float:
        """Clear width that the load asks for."""
        return self.load_persons / self.limits.persons_per_m

    @property
    def pass_s(self) -> float:
        """Until the last has passed, were all at their exits at once: a bound from below on any evacuation."""
        return max((each.pass_s for each in self.exits), default=math.inf)

    @property
    def is_near(self) -> bool:
        """Whether an exit is within the limit from everywhere."""
        return self.over_m2 == 0.0

    @property
    def is_wide(self) -> bool:
        """Whether the exits together are as wide as the load asks for."""
        return self.clear_m >= self.needed_m

    @property
    def is_met(self) -> bool:
        """Whether distance and width are as the limits ask."""
        return self.is_near and self.is_wide


def check_egress(plan: Plan, area: str, limits: Limits | None = None) -> Egress:
    """Check the exits of one area by its drawing, each as narrow as the plan's timeline makes it at any time of the day.

    Raises
    ------
    PlanError
        When there is no such area, it has no outline or no exit, the plan closes all of them, or what stands there leaves
        no floor.
    """
    limits = limits or Limits()
    row, exits = _asked(plan, area)
    left = {code: min(map(share_left, events)) for code, events in closings_of(plan.timeline).items()}
    openings = [each for each in exits if left.get(each.code, 1.0) > 0.0]
    closed = tuple(each.code for each in exits if each not in openings)
    if not openings:
        what, mend = (
            Sentence("{area} has no exit that is not closed.", area=area),
            Sentence("Leave one open in sheet timeline."),
        )
        raise PlanError([Problem(code="egress.exits", what=what, mend=mend, sheet="timeline", column="target")])
    alone = plan.replace(
        areas=(row,), openings=tuple(each for each in plan.openings if area in (each.area, each.other))
    )
    try:
        level = floor_of_level(alone, row.level)
    except GeometryError as error:
        raise of_the_drawing(error) from error
    if level is None:
        raise AssertionError("the area has an outline")
    points = _places(level.floor)
    distance, open_share = _distances(level.floor, openings, points)
    clear = np.array([clear_of(each) * left.get(each.code, 1.0) for each in openings]) * open_share
    load = max(math.ceil(row.gross_m2 * limits.persons_per_m2), row.capacity_persons or 0)
    nearest = np.where(np.isfinite(distance.min(axis=0)), distance.argmin(axis=0), -1)
    near = distance.min(axis=0)
    reached = np.isfinite(near)
    leaving = round(load * float(reached.mean()))
    found = assigned(points[reached], distance[:, reached], leaving, clear)
    by_nearest = np.bincount(nearest[nearest >= 0], minlength=len(openings)) * load / len(points)
    worst = int(near.argmax())
    each_m2 = level.floor.area_m2 / len(points)
    return Egress(
        area=row, limits=limits, closed=closed, load_persons=load, free_m2=level.floor.area_m2,
        exits=tuple(
            ExitUse(
                code=each.code, clear_m=round(float(clear[number]), 2), step_free=each.step_free,
                nearest_persons=round(float(by_nearest[number])), assigned_persons=int(found.persons[number]),
                pass_s=_passing(int(found.persons[number]), float(clear[number] * plan.model[0].flow_per_m_per_s)),
            )
            for number, each in enumerate(openings)
        ),
        farthest_m=float(near[worst]), farthest_at=(float(points[worst, 0]), float(points[worst, 1])),
        over_m2=float((near > limits.distance_m).sum() * each_m2), unreached_m2=float(np.isinf(near).sum() * each_m2),
        assigned_farthest_m=found.farthest_m, level=level, points_m=points, distance_m=near, nearest=nearest,
    )  # fmt: skip


def clear_of(opening: Opening) -> float:
    """Clear width of an opening. [m]"""
    return opening.clear_m if opening.clear_m is not None else math.dist(*opening.line)


def _asked(plan: Plan, area: str) -> tuple[Area, list[Opening]]:
    """The area and its exits; all that is missing is told."""
    row = next((each for each in plan.areas if each.code == area), None)
    if row is None or len(row.outline) < 3:
        known = ", ".join(each.code for each in plan.areas if len(each.outline) >= 3) or "-"
        what = Sentence("{area} is no area with an outline.", area=area)
        raise PlanError(
            [Problem(code="egress.area", what=what, mend=Sentence("Areas with one: {known}.", known=known))]
        )
    exits = [each for each in plan.openings if each.is_exit and area in (each.area, each.other)]
    if not exits:
        what, mend = Sentence("{area} has no exit.", area=area), Sentence("Mark openings as exits in sheet openings.")
        raise PlanError([Problem(code="egress.exits", what=what, mend=mend, sheet="openings", column="is_exit")])
    return row, exits


def _places(floor: Floor) -> Floats:
    """Places at most a meter apart that are on the floor."""
    corners = floor.corners_m
    low, high = corners.min(axis=0), corners.max(axis=0)
    count = np.ceil((high - low) / SPACING_M).astype(int)
    x, y = np.meshgrid(
        *(low[axis] + (np.arange(count[axis]) + 0.5) * (high - low)[axis] / count[axis] for axis in (0, 1))
    )
    points = np.stack([x.ravel(), y.ravel()], axis=-1)
    found = points[is_on(floor, points)]
    return found if len(found) else np.array([floor.polygon.representative_point().coords[0]])


def _passing(persons: int, per_s: float) -> float:
    """How long so many take through an exit. [s]"""
    return persons / per_s if persons else 0.0


def _distances(floor: Floor, openings: list[Opening], points: Floats) -> tuple[Floats, Floats]:
    """On foot from each exit to each place: ``float64[exits, n]`` [m]; and what share of each exit nothing stands before."""
    import shapely

    road_map, found, shares = road_map_of(floor), [], []
    inner = floor.polygon.buffer(-INSIDE_M)
    for each in openings:
        steps = max(1, math.ceil(clear_of(each) / ALONG_M))
        start, end = np.array(each.line)
        gates = start + (end - start) * ((np.arange(steps) + 0.5) / steps)[:, None]
        lines = shapely.shortest_line(inner, shapely.points(gates))
        off_m, begins = shapely.length(lines), shapely.get_coordinates(lines)[::2]
        is_open = off_m <= OFF_M
        shares.append(float(is_open.mean()))
        if not is_open.any():
            found.append(np.full(len(points), np.inf))
            continue
        ways = route_lengths(road_map, begins[is_open], points) + off_m[is_open][:, None]
        found.append(ways.min(axis=0))
    return np.stack(found), np.array(shares)
