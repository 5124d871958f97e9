"""Measures of trajectories by their definitions. Never optimised."""

from __future__ import annotations

import itertools
import math

STEP_M = 0.05  # of the raster
BESIDE_M = 0.3

Point = tuple[float, float]


def square_density(people: list[Point], is_floor, west: float, south: float, side_m: float, cut_off_m: float) -> float:
    """Voronoi density of a square: every piece of floor belongs to the person nearest to it, if near enough."""

    def owned(x: float, y: float) -> int:
        if not is_floor(x, y):
            return -1
        nearest = min(range(len(people)), key=lambda each: math.dist(people[each], (x, y)))
        return nearest if math.dist(people[nearest], (x, y)) <= cut_off_m else -1

    whole = [0] * len(people)
    inside = [0] * len(people)
    floor = 0
    reach = round((cut_off_m * 2 + side_m) / STEP_M)
    for column in range(-reach, reach):
        for row in range(-reach, reach):
            x, y = west + (column + 0.5) * STEP_M, south + (row + 0.5) * STEP_M
            in_square = west <= x < west + side_m and south <= y < south + side_m
            floor += in_square and is_floor(x, y)
            owner = owned(x, y)
            if owner >= 0:
                whole[owner] += 1
                inside[owner] += in_square
    shares = sum(part / of for part, of in zip(inside, whole, strict=True) if of)
    return shares / (floor * STEP_M**2)


def crossings(path: list[tuple[float, float, float]], mouth_m: float, opening_m: float) -> list[tuple[float, bool]]:
    """When a path (time, along, left) crossed a mouth within its opening, and whether outward."""
    found = []
    for (before_s, before, left), (after_s, after, later) in itertools.pairwise(path):
        if (before > mouth_m) != (after > mouth_m):
            share = (mouth_m - before) / (after - before)
            if abs(left + share * (later - left)) <= opening_m / 2 + BESIDE_M:
                found.append((before_s + share * (after_s - before_s), after > mouth_m))
    return found


def queueing(
    paths: list[dict[int, Point]], in_line: list[dict[int, bool]], slow_m: float, frames: int
) -> list[set[int]]:
    """Who stands in a queue, by person and frame: moved little since some frames ago, or did so once before a lane."""
    found = []
    for path, lined in zip(paths, in_line, strict=True):
        stands, once = set(), False
        for frame in sorted(path):
            slow = frame - frames in path and math.dist(path[frame], path[frame - frames]) < slow_m
            once = once or slow
            if slow or (lined[frame] and once):
                stands.add(frame)
        found.append(stands)
    return found
