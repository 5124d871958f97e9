"""Rooms with obstacles, by chance, and points in them."""

from __future__ import annotations

import numpy as np

from hostcity.engines.walk import Floor, GeometryError, floor_of


def random_room(seed: int, clearance_m: float | None = None) -> Floor | None:
    """A room of 10 m to 40 m with up to 20 obstacles; on a lattice of meters every other time, so that walls and corners meet."""
    rng = np.random.default_rng(seed)
    is_lattice = rng.random() < 0.5
    size = rng.integers(10, 40, 2).astype(float)
    outlines = [[(0, 0), (size[0], 0), size, (0, size[1])]]
    if rng.random() < 0.5:
        outlines.append([(size[0] - 2, -5), (size[0] + 12, -5), (size[0] + 12, 6), (size[0] - 2, 4)])
    obstacles = [_obstacle(rng, size, is_lattice) for _ in range(rng.integers(0, 21))]
    clearance = rng.choice([0.0, 0.25]) if clearance_m is None else clearance_m
    try:
        return floor_of(outlines, [each for each in obstacles if each is not None], clearance_m=clearance)
    except GeometryError:  # nothing is left
        return None


def _obstacle(rng, size, is_lattice):
    at = rng.random(2) * size
    sides = 0.5 + rng.random(2) * 5
    if is_lattice:
        at, sides = np.round(at), np.maximum(1, np.round(sides))
    if rng.random() < 0.6:
        return np.array([at, at + sides * [1, 0], at + sides, at + sides * [0, 1]])
    if rng.random() < 0.5:
        return np.array([at, at + sides * [1, 0], at + sides * [0, 1]])
    return at + sides * np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])


def points_about(floor: Floor, count: int, seed: int):
    """Points anywhere, at corners, on a lattice and along walls, on the floor or not."""
    rng = np.random.default_rng(seed)
    corners = floor.corners_m
    low, high = corners.min(axis=0) - 1, corners.max(axis=0) + 1
    anywhere = low + rng.random((count, 2)) * (high - low)
    share = rng.random((count, 1))
    along = corners[rng.integers(len(corners), size=count)]
    return np.select(
        [share < 0.4, share < 0.6, share < 0.8],
        [anywhere, np.round(anywhere), along],
        np.where(rng.random((count, 2)) < 0.5, anywhere, along),
    )
