"""How far one sees in a direction. See ``hostcity.engines.walk.isovist``."""

from __future__ import annotations

import numpy as np

from hostcity.engines.walk._kernels.compiling import entry, kernel
from hostcity.engines.walk._kernels.sight import is_between, is_seen, strides, turn


@entry
def corners_seen(edges, px, py, reach):
    """Corners that a point sees within reach."""
    found = np.empty(edges.x.size, np.int64)
    count = 0
    for corner in range(edges.x.size):
        dx, dy = edges.x[corner] - px, edges.y[corner] - py
        if dx * dx + dy * dy <= reach * reach and is_seen(edges, px, py, edges.x[corner], edges.y[corner]):
            found[count] = corner
            count += 1
    return found[:count]


@entry
def walls_reached(edges, px, py, reach):
    """Directions of points in which edges cross the circle of reach."""
    found = np.empty(2 * edges.x.size)
    count = 0
    for edge in range(edges.x.size):
        there = edges.after[edge]
        ax, ay = float(edges.x[edge] - px), float(edges.y[edge] - py)
        dx, dy = float(edges.x[there] - edges.x[edge]), float(edges.y[there] - edges.y[edge])
        square = dx * dx + dy * dy
        half = ax * dx + ay * dy
        inner = half * half - square * (ax * ax + ay * ay - reach * reach)
        if inner <= 0:
            continue
        for sign in (-1.0, 1.0):
            along = (-half + sign * np.sqrt(inner)) / square
            if 0.0 <= along <= 1.0:
                found[count] = np.arctan2(ay + along * dy, ax + along * dx)
                count += 1
    return found[:count]


@entry
def first_walls(edges, px, py, reach, angles):
    """The edge that one looks at in each direction: -1 = none within reach, -2 = off the floor at once."""
    found = np.empty(angles.size, np.int64)
    touching = _touching(edges, px, py)
    for ray in range(angles.size):
        dx, dy = np.cos(angles[ray]), np.sin(angles[ray])
        found[ray] = _first_wall(edges, px, py, reach, dx, dy) if _begins(edges, touching, px, py, dx, dy) else -2
    return found


@kernel
def _touching(edges, px, py):
    """Edges on which the point is, those included that begin there; those that end there are left out."""
    found = np.empty(edges.x.size, np.int64)
    count = 0
    for edge in range(edges.x.size):
        there = edges.after[edge]
        ax, ay, bx, by = edges.x[edge], edges.y[edge], edges.x[there], edges.y[there]
        if (px == bx and py == by) or turn(ax, ay, bx, by, px, py) != 0:
            continue
        if min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by):
            found[count] = edge
            count += 1
    return found[:count]


@kernel
def _begins(edges, touching, px, py, dx, dy):
    """Whether a direction leads from the point onto the floor: between two walls that it touches, or from one to its left."""
    if touching.size == 0:
        return True
    for edge in touching:
        there, back = edges.after[edge], edges.before[edge]
        next_x, next_y = edges.x[there] - px, edges.y[there] - py
        if px == edges.x[edge] and py == edges.y[edge]:
            last_x, last_y = edges.x[back] - px, edges.y[back] - py
        else:
            last_x, last_y = edges.x[edge] - px, edges.y[edge] - py
        if is_between(next_x, next_y, last_x, last_y, dx, dy):
            return True
    return False


@kernel
def _first_wall(edges, px, py, reach, dx, dy):
    """The nearest edge along a ray that begins on the floor and passes no corner; edges through its beginning are left out."""
    columns, rows, side = edges.shape[0], edges.shape[1], edges.shape[2]
    column, row = px // side, py // side
    step_x, next_x, per_x = strides(px, column, dx, side)
    step_y, next_y, per_y = strides(py, row, dy, side)
    nearest, wall = float(reach), -1
    entered = 0.0
    while entered <= nearest and 0 <= column < columns and 0 <= row < rows:
        cell = row * columns + column
        for at in range(edges.first[cell], edges.first[cell + 1]):
            edge = edges.edge[at]
            away = distance_along(edges, edge, px, py, dx, dy)
            if 0.0 < away < nearest:
                nearest, wall = away, edge
        if next_x < next_y:
            entered, column, next_x = next_x, column + step_x, next_x + per_x
        else:
            entered, row, next_y = next_y, row + step_y, next_y + per_y
    return wall


@kernel
def distance_along(edges, edge, px, py, dx, dy):
    """How far along a ray its crossing with an edge is; below 0 = none."""
    there = edges.after[edge]
    ax, ay = edges.x[edge] - px, edges.y[edge] - py
    bx, by = edges.x[there] - px, edges.y[there] - py
    offset = ax * by - ay * bx  # 0 when the ray begins on the edge's line
    if offset == 0:
        return -1.0
    of_a, of_b = dx * ay - dy * ax, dx * by - dy * bx
    if (of_a > 0) == (of_b > 0):
        return -1.0
    return offset / (dx * (by - ay) - dy * (bx - ax))
