"""How far it is from everywhere to the nearest amenity of each kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.network import LevelFloor, floor_of_level, of_the_drawing
from hostcity.engines.walk import GeometryError, RoadMap, is_on, road_map_of, route_lengths
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Amenity, Connector
from hostcity.plan.sentences import Sentence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SPACING_M = 4.0
OFF_M = 3.0  # an amenity in a wall, or behind a counter, is reached from the floor before it
INSIDE_M = 0.01  # so far inside of the border a point is on the floor, however it is rounded
LIFT_M = 40.0  # walked in the half minute that a lift takes
SLOPE = {
    "stairs": math.sin(math.radians(30.0)),
    "escalator": math.sin(math.radians(30.0)),
    "ramp": math.sin(math.atan(1 / 12)),
}
STEPS = ("stairs", "escalator")


@dataclass(frozen=True, eq=False)
class Distances:
    """Places of all drawn levels, and from each the nearest amenity of every kind that the plan has."""

    levels: tuple[LevelFloor, ...]
    road_maps: tuple[RoadMap, ...] = field(repr=False)
    points_m: Floats  # [n, 2]
    level_of: Ints  # [n] among the levels
    area_of: Ints  # [n] among `areas`
    areas: tuple[str, ...]  # codes
    kinds: tuple[str, ...]
    distance_m: Floats  # [kinds, n] inf = none can be reached
    nearest: Ints  # [kinds, n] row of sheet amenities on the way's level, -1 = none or on another level
    unreached: tuple[str, ...]  # amenities that no floor is near to


@dataclass(frozen=True, eq=False)
class _Level:
    floor: LevelFloor
    road_map: RoadMap
    places_m: Floats
    amenities: list[int]  # rows
    at_amenities: Floats
    gates: list[int]  # numbers among all ends of connectors
    at_gates: Floats


def distances_of(
    plan: Plan, *, is_step_free: bool = False, progress: Callable[[float], None] | None = None
) -> Distances:
    """Distances on foot to amenities, exact on each level.

    Parameters
    ----------
    is_step_free
        Without stairs and escalators, and to amenities alone that can be used so.

    Raises
    ------
    PlanError
        When nothing is drawn, no amenity can be reached, or outlines make no floor.
    """
    tell = progress or (lambda _share: None)
    ends = _ends(plan, is_step_free)
    wanted = [row for row, each in enumerate(plan.amenities) if each.step_free or not is_step_free]
    try:
        levels = [drawn for level in plan.levels if (drawn := _level(plan, level.code, wanted, ends))]
    except GeometryError as error:
        raise of_the_drawing(error) from error
    reached = {row for level in levels for row in level.amenities}
    if not reached:
        what = Sentence("has no amenity on a floor that is drawn.") if levels else Sentence("have no outline.")
        mend = Sentence("Draw areas, and put amenities in them (sheet amenities).")
        sheet = "amenities" if levels else "areas"
        raise PlanError([Problem(code="facilities.none", what=what, mend=mend, sheet=sheet)])
    kinds = tuple(dict.fromkeys(plan.amenities[row].kind for row in sorted(reached)))
    beyond = _from_gates(plan, levels, ends, kinds)
    found = []
    for number, each in enumerate(levels):
        found.append(_from_places(plan, each, kinds, beyond))
        tell((number + 1) / len(levels))
    return _joined(plan, levels, kinds, found, tuple(plan.amenities[row].code for row in wanted if row not in reached))


def on_floor(floor: LevelFloor, places: Floats, most_m: float) -> tuple[Floats, NDArray[np.bool_]]:
    """The points of the floor that are nearest to places, and which are near enough."""
    import shapely

    lines = shapely.shortest_line(floor.floor.polygon.buffer(-INSIDE_M), shapely.points(places))
    return shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 0], shapely.length(lines) <= most_m


@dataclass(frozen=True)
class _End:
    """One end of a connector."""

    area: str
    place: tuple[float, float]
    other: int  # number of its other end
    on_m: float  # to go through; inf = not from here


def _ends(plan: Plan, is_step_free: bool) -> list[_End]:
    height = {level.code: level.elevation_m for level in plan.levels}
    level_of = {area.code: area.level for area in plan.areas}
    found: list[_End] = []
    for each in plan.connectors:
        if is_step_free and each.kind in STEPS:
            continue
        rise = abs(height[level_of[each.end]] - height[level_of[each.start]])
        through, first = _length(each, rise), len(found)
        found.append(_End(each.start, (each.start_x_m, each.start_y_m), first + 1, through))
        back = math.inf if each.one_way else through
        found.append(_End(each.end, (each.end_x_m, each.end_y_m), first, back))
    return found


def _length(connector: Connector, rise_m: float) -> float:
    """What going through a connector is worth on foot. [m]"""
    if connector.kind == "lift":
        return LIFT_M
    run = math.dist((connector.start_x_m, connector.start_y_m), (connector.end_x_m, connector.end_y_m))
    return max(rise_m / SLOPE[connector.kind], math.hypot(run, rise_m))


def _level(plan: Plan, code: str, wanted: list[int], ends: list[_End]) -> _Level | None:
    floor = floor_of_level(plan, code)
    if floor is None:
        return None
    areas = {area.code for area in floor.areas}
    amenities = [row for row in wanted if plan.amenities[row].area in areas]
    gates = [number for number, end in enumerate(ends) if end.area in areas]
    at_amenities, is_near = on_floor(floor, _places([_of(plan.amenities[row]) for row in amenities]), OFF_M)
    at_gates, is_gate = on_floor(floor, _places([ends[number].place for number in gates]), OFF_M)
    return _Level(
        floor=floor, road_map=road_map_of(floor.floor), places_m=_grid(floor),
        amenities=[row for row, near in zip(amenities, is_near, strict=True) if near], at_amenities=at_amenities[is_near],
        gates=[number for number, near in zip(gates, is_gate, strict=True) if near], at_gates=at_gates[is_gate],
    )  # fmt: skip


def _of(amenity: Amenity) -> tuple[float, float]:
    return amenity.x_m, amenity.y_m


def _places(pairs: list[tuple[float, float]]) -> Floats:
    return np.array(pairs, np.float64).reshape(-1, 2)


def _grid(floor: LevelFloor) -> Floats:
    """Places of a level's floor."""
    corners = floor.floor.corners_m
    low, high = corners.min(axis=0), corners.max(axis=0)
    axes = [np.arange(low[axis] + SPACING_M / 2, high[axis], SPACING_M) for axis in (0, 1)]
    points = np.stack([each.ravel() for each in np.meshgrid(*axes)], axis=-1)
    return points[is_on(floor.floor, points)]


def _least(lengths: Floats, rows: list[int], plan: Plan, kinds: tuple[str, ...]) -> tuple[Floats, Ints]:
    """The least of each kind's rows: ``float64[kinds, n]``, and which row it is."""
    least = np.full((len(kinds), lengths.shape[1]), np.inf)
    which = np.full((len(kinds), lengths.shape[1]), -1)
    for at, kind in enumerate(kinds):
        mine = [number for number, row in enumerate(rows) if plan.amenities[row].kind == kind]
        if mine:
            best = lengths[mine].argmin(axis=0)
            least[at] = lengths[mine].min(axis=0)
            which[at] = np.where(np.isfinite(least[at]), np.array(rows)[mine][best], -1)
    return least, which


def _from_gates(plan: Plan, levels: list[_Level], ends: list[_End], kinds: tuple[str, ...]) -> Floats:
    """From each end of a connector, whichever level the nearest is on: ``float64[kinds, ends]``.

    Ends get the least way over ends until nothing changes: as Bellman and Ford.
    """
    walks = np.full((len(ends), len(ends)), np.inf)
    found = np.full((len(kinds), len(ends)), np.inf)
    for level in levels:
        if level.gates:
            walks[np.ix_(level.gates, level.gates)] = route_lengths(level.road_map, level.at_gates, level.at_gates)
            if level.amenities:
                lengths = route_lengths(level.road_map, level.at_amenities, level.at_gates)
                found[:, level.gates] = _least(lengths, level.amenities, plan, kinds)[0]
    on = np.array([end.on_m for end in ends])
    other = np.array([end.other for end in ends], np.int64)
    while len(ends):
        through = np.minimum(found, found[:, other] + on)
        better = np.minimum(through, (walks[None] + through[:, None]).min(axis=2))
        if (better >= found - 1e-9).all():
            break
        found = better
    return found


def _from_places(plan: Plan, level: _Level, kinds: tuple[str, ...], beyond: Floats) -> tuple[Floats, Ints]:
    lengths = np.full((len(kinds), len(level.places_m)), np.inf)
    which = np.full(lengths.shape, -1)
    if level.amenities:
        there = route_lengths(level.road_map, level.at_amenities, level.places_m)
        lengths, which = _least(there, level.amenities, plan, kinds)
    if level.gates:
        to_gates = route_lengths(level.road_map, level.at_gates, level.places_m)
        for at in range(len(kinds)):
            over = (to_gates + beyond[at, level.gates][:, None]).min(axis=0)
            which[at] = np.where(over < lengths[at], -1, which[at])
            lengths[at] = np.minimum(lengths[at], over)
    return lengths, which


def _joined(
    plan: Plan, levels: list[_Level], kinds: tuple[str, ...], found: list[Any], unreached: tuple[str, ...]
) -> Distances:
    areas = tuple(area.code for level in levels for area in level.floor.areas)
    first, area_of = 0, []
    for level in levels:
        inside = level.floor.area_of(level.places_m)
        area_of.append(np.where(inside >= 0, inside + first, -1))
        first += len(level.floor.areas)
    return Distances(
        levels=tuple(level.floor for level in levels), road_maps=tuple(level.road_map for level in levels),
        points_m=np.concatenate([level.places_m for level in levels]),
        level_of=np.concatenate([np.full(len(level.places_m), number) for number, level in enumerate(levels)]),
        area_of=np.concatenate(area_of), areas=areas, kinds=kinds,
        distance_m=np.concatenate([each[0] for each in found], axis=1),
        nearest=np.concatenate([each[1] for each in found], axis=1), unreached=unreached,
    )  # fmt: skip
