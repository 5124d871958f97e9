"""A hall of 270 m by 108 m with 600 stands in 120 blocks, and points in it."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.walk import Floor, floor_of, is_on

Floats = NDArray[np.float64]

WIDE_M, DEEP_M = 270.0, 108.0
BLOCKS_WIDE, BLOCKS_DEEP, STANDS_OF_BLOCK = 20, 6, 5
AISLE_M, MAIN_M, BORDER_M = 3.0, 6.0, 5.0
UNEVEN_M = 0.8  # most that a stand stays behind the front of its block
CLEARANCE_M = 0.25


def outline() -> Floats:
    """The walls."""
    return np.array([(0.0, 0.0), (WIDE_M, 0.0), (WIDE_M, DEEP_M), (0.0, DEEP_M)])


def stands(seed: int = 3) -> list[Floats]:
    """Five stands to a block, back to back in no straight line: every stand has a depth of its own."""
    rng = np.random.default_rng(seed)
    found = []
    for left, right in _blocks(WIDE_M, BLOCKS_WIDE):
        for low, high in _blocks(DEEP_M, BLOCKS_DEEP):
            fronts = np.linspace(low, high, STANDS_OF_BLOCK + 1).round(2)
            for bottom, top in itertools.pairwise(fronts):
                west, east = np.round([left + rng.random() * UNEVEN_M, right - rng.random() * UNEVEN_M], 2)
                found.append(np.array([(west, bottom), (east, bottom), (east, top), (west, top)]))
    return found


def hall(clearance_m: float = CLEARANCE_M) -> Floor:
    """The floor between them."""
    return floor_of([outline()], stands(), clearance_m=clearance_m)


def points_in(floor: Floor, count: int, seed: int) -> Floats:
    """Points evenly over the floor, at least a decimeter from its border so that every program takes them."""
    rng = np.random.default_rng(seed)
    inner = hall(floor.clearance_m + 0.1)
    points = rng.random((8 * count, 2)) * [WIDE_M, DEEP_M]
    found: Floats = points[is_on(inner, points)][:count]
    return found


def _blocks(length_m: float, count: int) -> list[tuple[float, float]]:
    """Where blocks begin and end: aisles between them, a main aisle in the middle, a border around."""
    aisles = np.full(count + 1, AISLE_M)
    aisles[[0, -1]], aisles[count // 2] = BORDER_M, MAIN_M
    block = (length_m - aisles.sum()) / count
    begins = np.cumsum(aisles[:-1]) + np.arange(count) * block
    return [(float(begin), float(begin + block)) for begin in begins]
