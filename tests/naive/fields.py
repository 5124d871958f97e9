"""Distances on a grid by their definition: the nearest cell that is not final becomes final, and tells its neighbors how far they are."""

from __future__ import annotations

import math

import numpy as np

from tests.naive.sight import sees, to_grains

STRAIGHT_CELLS = 12  # around a destination distances are straight
SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))  # row, column


def distances(polygon, middles_m, spacing_m, destinations):
    """How far the middle of each cell is from the nearest destination, in meters; inf = no way, or not on the floor."""
    rows, columns, _ = middles_m.shape
    flat = middles_m.reshape(-1, 2)
    free = sees(polygon, flat, flat).reshape(rows, columns)
    straight = straight_distances(polygon, middles_m, spacing_m, destinations)
    far = {cell: away for cell, away in straight.items() if free[cell]}
    joined = {cell: neighbors(polygon, middles_m, free, cell) for cell in zip(*np.nonzero(free), strict=True)}
    final: dict[tuple[int, int], float] = {}
    while left := {cell: away for cell, away in far.items() if cell not in final}:
        here = min(left, key=left.__getitem__)
        final[here] = far[here]
        for there in joined[here]:
            if there in final:
                continue
            found = solved(*(along(joined, final, there, axis) for axis in (1, 0)))
            if found < far.get(there, math.inf) and found < straight.get(there, math.inf) - 0.5 * (there in straight):
                far[there] = found
    whole = np.full((rows, columns), np.inf)
    for cell, away in final.items():
        whole[cell] = away * spacing_m
    return whole


def straight_distances(polygon, middles_m, spacing_m, destinations):
    """Of each cell whose middle a near destination sees, how far it is, in cells."""
    found: dict[tuple[int, int], float] = {}
    flat = middles_m.reshape(-1, 2)
    for destination in to_grains(destinations):
        seen = sees(polygon, np.tile(destination, (len(flat), 1)), flat)
        away = np.hypot(*(flat - destination).T) / spacing_m
        for number in np.flatnonzero(seen & (away <= STRAIGHT_CELLS)).tolist():
            cell = divmod(number, middles_m.shape[1])
            found[cell] = min(found.get(cell, math.inf), float(away[number]))
    return found


def neighbors(polygon, middles_m, free, cell):
    """The free cells on the four sides whose middles are seen."""
    found = []
    for row, column in ((cell[0] + up, cell[1] + right) for up, right in SIDES):
        inside = 0 <= row < free.shape[0] and 0 <= column < free.shape[1]
        if inside and free[row, column] and sees(polygon, middles_m[cell][None], middles_m[row, column][None])[0]:
            found.append((row, column))
    return found


def along(joined, final, cell, axis):
    """On an axis the nearer of both final neighbors: (its distance, value and weight of the difference); second order where two lie in line."""
    nearest, value, weight = math.inf, math.inf, 1.0
    for sign in (-1, 1):
        step = (sign, 0) if axis == 0 else (0, sign)
        one = (cell[0] + step[0], cell[1] + step[1])
        two = (one[0] + step[0], one[1] + step[1])
        if one in joined[cell] and one in final and final[one] < nearest:
            nearest, value, weight = final[one], final[one], 1.0
            if two in joined[one] and two in final and final[two] <= final[one]:
                value, weight = (4 * final[one] - final[two]) / 3, 9 / 4
    return nearest, value, weight


def solved(x, y):
    """The distance whose differences along both axes have squares that add up to one; along the nearer axis where there is none."""
    (near_x, value_x, weight_x), (near_y, value_y, weight_y) = x, y
    if max(near_x, near_y) < math.inf:
        # weight_x (t - value_x)^2 + weight_y (t - value_y)^2 = 1
        a = weight_x + weight_y
        b = weight_x * value_x + weight_y * value_y
        c = weight_x * value_x**2 + weight_y * value_y**2 - 1
        if b * b >= a * c:
            found = (b + math.sqrt(b * b - a * c)) / a
            if found >= max(near_x, near_y):
                return found
    return value_x + 1 / math.sqrt(weight_x) if near_x <= near_y else value_y + 1 / math.sqrt(weight_y)
