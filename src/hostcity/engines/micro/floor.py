"""The walls of a cut-out, made from nothing but widths, lengths, bearings and openings.

Arms stand around a circle about the middle, each with its width as a chord (its mouth). The circle is as small as their
widths allow; arms whose bearings leave them less room than that are turned apart, as little as may be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.micro.cut_out import Arm, Lanes
from hostcity.engines.micro.library import shapely

Floats = NDArray[np.float64]

LEAST_RADIUS_M = 2.0
ROOM = 1.02  # of the circle: arms that touch all around could not be turned
LEAST_ARM_M = 6.0  # behind its mouth, so that people have room to appear and to go
WALL_M = 0.4  # thickness of the wall in which an opening is
RUN_OUT_M = 2.0  # floor behind an arm's end, towards which people walk who are gone at the end
STRIP_M = 1.2  # width of what one of them walks towards
PLACE_M = 0.8  # from one place in a line to the next
BEFORE_LANES_M, BEHIND_LANES_M = 2.0, 3.0  # free floor from the front of the lanes to the mouth, and behind the lines
BESIDE_LANES_M = 1.0


@dataclass(frozen=True, slots=True)
class Way:
    """An arm where it stands."""

    angle_rad: float
    mouth_m: float  # from the middle to the mouth
    end_m: float  # from the middle to its end
    width_m: float
    opening_m: float

    def at(self, along_m: float, left_m: float) -> tuple[float, float]:
        """A point that far from the middle along the arm, and to the left of who walks outward."""
        c, s = math.cos(self.angle_rad), math.sin(self.angle_rad)
        return along_m * c - left_m * s, along_m * s + left_m * c

    def box(self, from_m: float, to_m: float, right_m: float, left_m: float) -> list[tuple[float, float]]:
        """Corners of a rectangle in the arm's own directions."""
        return [self.at(from_m, right_m), self.at(to_m, right_m), self.at(to_m, left_m), self.at(from_m, left_m)]

    @property
    def mouth(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The two ends of the opening."""
        return self.at(self.mouth_m, -self.opening_m / 2), self.at(self.mouth_m, self.opening_m / 2)


@dataclass(frozen=True, slots=True)
class Lane:
    """Where one lane's line stands: places from the front to the back, and where it is joined."""

    places: tuple[tuple[float, float], ...]
    tail: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Floor:
    """Where people can walk."""

    walkable: Any  # shapely polygon
    with_run_outs: Any  # the same with the floor behind the arms' ends
    ways: tuple[Way, ...]
    lanes: tuple[tuple[Lane, ...], ...]  # by row of lanes
    radius_m: float
    turned_rad: float  # most that an arm was turned

    @property
    def area_m2(self) -> float:
        """Walkable floor."""
        return float(self.walkable.area)

    def front_m(self, row: Lanes) -> float:
        """From the middle to the front of a row of lanes."""
        return self.ways[row.ahead].mouth_m - BEFORE_LANES_M


def floor_of(arms: tuple[Arm, ...], lanes: tuple[Lanes, ...] = ()) -> Floor:
    """The walls of a cut-out with these arms and rows of lanes.

    Raises
    ------
    MicroMissingError
        Without the extra.
    """
    geometry = shapely()
    radius = fitting_radius([each.width_m for each in arms])
    while True:  # wider until the lanes find room before the mouth ahead
        angles = turned_apart([each.bearing_rad for each in arms], [each.width_m for each in arms], radius)
        ways = tuple(_way(arm, angle, radius) for arm, angle in zip(arms, angles, strict=True))
        if all(_lanes_fit(row, ways[row.ahead], radius) for row in lanes):
            break
        radius *= 1.05
    fields = [point for row in lanes for point in _field(row, ways[row.ahead])]
    middle = geometry.MultiPoint([*(point for way in ways for point in _corners(way)), *fields]).convex_hull
    walkable, with_run_outs = (
        _joined([middle, *(geometry.Polygon(box) for way in ways for box in _boxes(way, beyond_m))])
        for beyond_m in (0.0, RUN_OUT_M)
    )
    turned = max(abs(_difference(each.bearing_rad, angle)) for each, angle in zip(arms, angles, strict=True))
    rows = tuple(_row(row, ways[row.ahead]) for row in lanes)
    return Floor(walkable, with_run_outs, ways, rows, radius, turned)


def fitting_radius(widths_m: list[float]) -> float:
    """Radius of the smallest circle around which chords of these widths find room, with a little to spare. [m]"""
    low, high = max(widths_m) / 2, sum(widths_m)
    while high - low > 1e-6 * high:
        middle = (low + high) / 2
        takes = sum(math.asin(min(1.0, width / 2 / middle)) for width in widths_m)
        low, high = (middle, high) if takes > math.pi else (low, middle)
    return max(LEAST_RADIUS_M, ROOM * high)


def turned_apart(bearings_rad: list[float], widths_m: list[float], radius_m: float) -> list[float]:
    """Bearings moved as little as needed so that chords of these widths do not overlap on a circle."""
    order = sorted(range(len(bearings_rad)), key=lambda each: (bearings_rad[each] % math.tau, each))
    angle = np.array([bearings_rad[each] % math.tau for each in order])
    half = np.array([math.asin(min(1.0, widths_m[each] / 2 / radius_m)) for each in order])
    need = half + np.roll(half, -1)
    for _ in range(20_000):  # neighbors push each other apart by half of their overlap
        gap = np.diff(angle, append=angle[0] + math.tau)
        overlap = np.maximum(0.0, need - gap)
        if overlap.max() < 1e-9:
            break
        angle += (np.roll(overlap, 1) - overlap) / 2
    found = [0.0] * len(order)
    for place, each in enumerate(order):
        found[each] = float(angle[place])
    return found


def _difference(a: float, b: float) -> float:
    return (a - b + math.pi) % math.tau - math.pi


def _way(arm: Arm, angle: float, radius: float) -> Way:
    mouth = math.sqrt(max(0.0, radius**2 - (arm.width_m / 2) ** 2))
    return Way(angle, mouth, max(arm.length_m, mouth + LEAST_ARM_M), arm.width_m, arm.opening_m)


def _corners(way: Way) -> list[tuple[float, float]]:
    return [way.at(way.mouth_m, -way.width_m / 2), way.at(way.mouth_m, way.width_m / 2)]


def _joined(pieces: list[Any]) -> Any:
    """One polygon of pieces that share edges, which rounding may part by a hair."""
    return shapely().union_all([each.buffer(1e-4, join_style="mitre") for each in pieces])


def _boxes(way: Way, beyond_m: float) -> list[list[tuple[float, float]]]:
    wall = way.mouth_m + (WALL_M if way.opening_m < way.width_m else 0.0)
    boxes = [way.box(wall, way.end_m + beyond_m, -way.width_m / 2, way.width_m / 2)]
    if wall > way.mouth_m:
        boxes.append(way.box(way.mouth_m, wall, -way.opening_m / 2, way.opening_m / 2))
    return boxes


def _field(row: Lanes, ahead: Way) -> list[tuple[float, float]]:
    """Corners of the floor that a row of lanes takes with its lines."""
    front = ahead.mouth_m - BEFORE_LANES_M
    half = row.most * row.pitch_m / 2 + BESIDE_LANES_M
    return ahead.box(front - row.places * PLACE_M - BEHIND_LANES_M, front + BESIDE_LANES_M, -half, half)


def _lanes_fit(row: Lanes, ahead: Way, radius: float) -> bool:
    """Whether its field lies in the circle around which the arms stand."""
    return all(math.hypot(*corner) <= radius for corner in _field(row, ahead))


def _row(row: Lanes, ahead: Way) -> tuple[Lane, ...]:
    front = ahead.mouth_m - BEFORE_LANES_M
    lanes = row.most
    found = []
    for lane in range(lanes):
        left = (lane - (lanes - 1) / 2) * row.pitch_m
        places = tuple(ahead.at(front - place * PLACE_M, left) for place in range(row.places))
        found.append(Lane(places, ahead.at(front - row.places * PLACE_M - PLACE_M, left)))
    return tuple(found)
