"""Sight by its definition: whether a straight line is covered by the floor, in shapely's words."""

from __future__ import annotations

import numpy as np
import shapely


def to_grains(points):
    """Points on the lattice of 1/65,536 m, where sight is defined."""
    return np.rint(np.asarray(points, float) * 65536.0) / 65536.0


def sees(polygon, a, b):
    """Whether each line from a to b, ends included, is on the closed polygon."""
    a, b = to_grains(a), to_grains(b)
    is_point = (a == b).all(axis=1)
    lines = shapely.linestrings(np.stack([a, np.where(is_point[:, None], b + 1.0, b)], axis=1))
    shapely.prepare(polygon)
    return np.where(is_point, shapely.covers(polygon, shapely.points(a)), shapely.covers(polygon, lines))


def visible(polygon, viewpoints, targets, reach_m):
    """The same for all of one with all of the other, not farther away than a whole number of meters."""
    viewpoints, targets = to_grains(viewpoints), to_grains(targets)
    a, b = np.repeat(viewpoints, len(targets), axis=0), np.tile(targets, (len(viewpoints), 1))
    away = np.rint((b - a) * 65536.0).astype(np.int64)
    is_near = (away**2).sum(axis=1) <= (reach_m * 65536) ** 2
    return (sees(polygon, a, b) & is_near).reshape(len(viewpoints), len(targets))
