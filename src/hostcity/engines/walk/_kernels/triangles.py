"""A floor in triangles, and the corners that are seen through them. See ``hostcity.engines.walk.triangles``."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hostcity.engines.walk._kernels.compiling import entry, kernel
from hostcity.engines.walk._kernels.sight import turn

WALL = -1


class Triangles(NamedTuple):
    """Triangles between the corners of a floor, counterclockwise."""

    corner: Any  # int64[triangles, 3]
    beyond: Any  # int64[triangles, 3] the triangle across the side that begins at each corner, WALL where there is none
    first: Any  # int64[cells + 1]
    triangle: Any  # int64 triangles by cell of the floor: those whose box touches it


@entry
def fill_boxes(edges, corner):
    """Triangles by cell: (first, triangle)."""
    columns, rows, side = edges.shape[0], edges.shape[1], edges.shape[2]
    first = np.zeros(columns * rows + 1, np.int64)
    for fills in range(2):
        triangle = np.empty(first[-1] if fills else 0, np.int64)
        place = first[:-1].copy()
        for each in range(corner.shape[0]):
            x, y = edges.x[corner[each]], edges.y[corner[each]]
            for row in range(y.min() // side, y.max() // side + 1):
                for column in range(x.min() // side, x.max() // side + 1):
                    cell = row * columns + column
                    if fills:
                        triangle[place[cell]] = each
                        place[cell] += 1
                    else:
                        first[cell + 1] += 1
        if not fills:
            first = np.cumsum(first)
    return first, triangle


@kernel
def near_bends(edges, triangles, bend_of, corners, px, py, near, away, stack):
    """Bends that a point sees and passes, and how far they are, written into ``near`` and ``away``; how many.

    Triangular expansion (Bungiu and others, 2014): from the triangles around the point through every side that is seen, by
    the angle that is left of it. Corners seen only past another corner on the same line are left out: the way by that
    corner is as long.
    """
    count = 0
    cell = (py // edges.shape[2]) * edges.shape[0] + px // edges.shape[2]
    for at in range(triangles.first[cell], triangles.first[cell + 1]):
        here = triangles.triangle[at]
        if not _holds(edges, triangles.corner[here], px, py):
            continue
        for side in range(3):
            right, left = triangles.corner[here, side], triangles.corner[here, (side + 1) % 3]
            count = _noted(edges, bend_of, right, px, py, near, away, count)
            if turn(px, py, edges.x[right], edges.y[right], edges.x[left], edges.y[left]) > 0:
                count = _through(
                    edges,
                    triangles,
                    bend_of,
                    triangles.beyond[here, side],
                    right,
                    left,
                    px,
                    py,
                    near,
                    away,
                    count,
                    stack,
                )
    return count


@kernel
def _holds(edges, corner, px, py):
    """Whether a triangle or its border holds the point."""
    for side in range(3):
        a, b = corner[side], corner[(side + 1) % 3]
        if turn(edges.x[a], edges.y[a], edges.x[b], edges.y[b], px, py) < 0:
            return False
    return True


@kernel
def _noted(edges, bend_of, corner, px, py, near, away, count):
    """Note a corner that is seen, if it is a bend that the line passes and it was not noted before."""
    bend = bend_of[corner]
    if bend < 0 or not passes(edges, corner, px, py):
        return count
    for place in range(count):
        if near[place] == bend:
            return count
    near[count] = bend
    away[count] = np.hypot(float(edges.x[corner] - px), float(edges.y[corner] - py))
    return count + 1


@kernel
def _through(edges, triangles, bend_of, behind, right, left, px, py, near, away, count, stack):
    """What is seen through a side between two corners: the triangle behind it, and on through its other two sides."""
    stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3], stack[0, 4] = behind, right, left, right, left
    size = 1
    while size > 0:
        size -= 1
        here, right, left = stack[size, 0], stack[size, 1], stack[size, 2]
        from_corner, to_corner = stack[size, 3], stack[size, 4]  # the ends of the side
        if here == WALL:
            continue
        side = 0
        while triangles.corner[here, side] != to_corner:
            side += 1
        tip_side = (side + 2) % 3  # sides from here: to_corner -> from_corner -> tip -> to_corner
        tip = triangles.corner[here, tip_side]
        tx, ty = edges.x[tip], edges.y[tip]
        of_right = turn(px, py, edges.x[right], edges.y[right], tx, ty)
        of_left = turn(px, py, edges.x[left], edges.y[left], tx, ty)
        if of_right > 0 and of_left < 0:
            count = _noted(edges, bend_of, tip, px, py, near, away, count)
        if of_right > 0:
            stack[size, 0], stack[size, 1] = triangles.beyond[here, (side + 1) % 3], right
            stack[size, 2] = tip if of_left < 0 else left
            stack[size, 3], stack[size, 4] = from_corner, tip
            size += 1
        if of_left < 0:
            stack[size, 0], stack[size, 1] = triangles.beyond[here, tip_side], tip if of_right > 0 else right
            stack[size, 2] = left
            stack[size, 3], stack[size, 4] = tip, to_corner
            size += 1
    return count


@entry
def bends(edges):
    """Corners at which a shortest way can bend: those that stick out into the floor, and where rings meet in a point."""
    found = np.empty(edges.x.size, np.int64)
    count = 0
    for corner in range(edges.x.size):
        back, ahead = edges.before[corner], edges.after[corner]
        cx, cy = edges.x[corner], edges.y[corner]
        turned = turn(edges.x[back], edges.y[back], cx, cy, edges.x[ahead], edges.y[ahead])
        if turned < 0 or edges.twin[corner] != corner:
            found[count] = corner
            count += 1
    return found[:count]


@kernel
def passes(edges, corner, px, py):
    """Whether a line from a point to a corner goes by it: both its walls on one side. Only such a line is in a shortest way."""
    if edges.twin[corner] != corner:
        return True
    back, ahead = edges.before[corner], edges.after[corner]
    cx, cy = edges.x[corner], edges.y[corner]
    one = turn(px, py, cx, cy, edges.x[back], edges.y[back])
    other = turn(px, py, cx, cy, edges.x[ahead], edges.y[ahead])
    return not ((one > 0 and other < 0) or (one < 0 and other > 0))
