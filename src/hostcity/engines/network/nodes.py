"""Nodes for areas that have none: about 40 m apart, at the free place nearest to the middle of their cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.network.walls import LevelFloor
from hostcity.engines.walk import Grid
from hostcity.plan.rows import Area, Node

APART_M = 40.0


def nodes_for(level: LevelFloor, grid: Grid, areas: set[str]) -> Iterator[Node]:
    """Nodes for the areas of a level that are asked for; an area without free floor gets none."""
    if not areas:
        return
    free = grid.middles_m[grid.is_free]
    area_of = level.area_of(free)
    for index, area in enumerate(level.areas):
        points = free[area_of == index]
        if area.code in areas and len(points):
            yield from _of_area(area, points)


def _of_area(area: Area, points: NDArray[np.float64]) -> Iterator[Node]:
    """Cells along the longest side of the outline."""
    corners = np.array(area.outline)
    sides = np.roll(corners, -1, axis=0) - corners
    along = sides[np.argmax(np.hypot(sides[:, 0], sides[:, 1]))]
    along = along / np.hypot(*along)
    turn = np.array([along, [-along[1], along[0]]])
    turned = points @ turn.T
    low, size = turned.min(axis=0), np.ptp(turned, axis=0)
    count = np.maximum(1, np.rint(size / APART_M)).astype(int)
    cell = np.minimum(((turned - low) / np.maximum(size, 1e-9) * count).astype(int), count - 1)
    number = 0
    for column in range(count[0]):
        for row in range(count[1]):
            inside = np.flatnonzero((cell[:, 0] == column) & (cell[:, 1] == row))
            if not inside.size:
                continue
            middle = low + (np.array([column, row]) + 0.5) * size / count
            best = inside[np.argmin(np.hypot(*(turned[inside] - middle).T))]
            number += 1
            x_m, y_m = (round(float(each), 2) for each in points[best])
            yield Node(code=f"{area.code}-n{number}", level=area.level, area=area.code, x_m=x_m, y_m=y_m)


def with_floor(node: Node, region_m2: float) -> Node:
    """A node whose standing floor is its region; one that says its own keeps it."""
    if node.floor_m2 is not None:
        return node
    return replace(node, floor_m2=max(1.0, round(float(region_m2), 1)))
