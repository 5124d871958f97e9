"""Whether two shapes are the same, and how far one has been moved."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hostcity.plan.polygons import Point, area_m2, box_of, sides

SAME_M = 0.011  # a step of the lattice: places are rounded to it


def is_same_ring(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two rings have the same corners in the same order, wherever they begin and whichever way they go."""
    return _fits(one, other, (0.0, 0.0))


def is_same_line(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two lines have the same ends."""
    return len(one) == len(other) and any(
        all(math.dist(a, b) <= SAME_M for a, b in zip(one, each, strict=True)) for each in (other, other[::-1])
    )


def moved_by(one: Sequence[Point], other: Sequence[Point]) -> tuple[Point, bool]:
    """From one ring's middle to the other's, and whether that is all: the ring is the same but for its place. [m]"""
    (x, y), (u, v) = middle_of(one), middle_of(other)
    step = (u - x, v - y)
    return step, _fits(one, other, step)


def middle_of(ring: Sequence[Point]) -> Point:
    """Middle of mass of a ring; middle of its corners where it has no area, or crosses itself so that this lies beside it."""
    total = x = y = 0.0
    west, south = ring[0]  # near to the ring, or small areas far from the origin lose all digits
    for (ax, ay), (bx, by) in sides([(x - west, y - south) for x, y in ring]):
        cross = ax * by - bx * ay
        total, x, y = total + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if len(ring) >= 3 and abs(total) >= 1e-9 and area_m2(ring) > 0.0:
        middle = west + x / (3 * total), south + y / (3 * total)
        left, bottom, right, top = box_of(ring)
        if left <= middle[0] <= right and bottom <= middle[1] <= top:
            return middle
    return sum(px for px, _ in ring) / len(ring), sum(py for _, py in ring) / len(ring)


def _fits(one: Sequence[Point], other: Sequence[Point], step: Point) -> bool:
    """Whether a ring, moved by a step, has the corners of another in their order."""
    if len(one) != len(other) or not one:
        return False
    moved = [(x + step[0], y + step[1]) for x, y in one]
    for way in (list(other), list(other)[::-1]):
        for start, corner in enumerate(way):
            if math.dist(corner, moved[0]) <= SAME_M:
                turned = way[start:] + way[:start]
                if all(math.dist(a, b) <= SAME_M for a, b in zip(moved, turned, strict=True)):
                    return True
    return False
