"""Distances on a grid by fast marching. See ``hostcity.engines.walk.fields``."""

from __future__ import annotations

import numpy as np

from hostcity.engines.walk._kernels.compiling import entry, kernel
from hostcity.engines.walk._kernels.heap import rises, taken
from hostcity.engines.walk._kernels.sight import OUTSIDE, is_seen, place_of

EAST, NORTH, WEST, SOUTH = 1, 2, 4, 8  # ways out of a cell
FREE = 16  # its middle is on the floor
KNOWN = 32  # its distance is final, while a field is filled


@entry
def fill_ways(edges, columns, rows, step, ways):
    """Fill ``ways[rows * columns]``: whether the middle of a cell is on the floor, and sees the middles beside it."""
    half = step // 2
    for row in range(rows):
        for column in range(columns):
            if place_of(edges, column * step + half, row * step + half) != OUTSIDE:
                ways[row * columns + column] = FREE
    for row in range(rows):
        for column in range(columns):
            cell = row * columns + column
            if ways[cell] == 0:
                continue
            x, y = column * step + half, row * step + half
            if column + 1 < columns and ways[cell + 1] and is_seen(edges, x, y, x + step, y):
                ways[cell] |= EAST
                ways[cell + 1] |= WEST
            if row + 1 < rows and ways[cell + columns] and is_seen(edges, x, y, x, y + step):
                ways[cell] |= NORTH
                ways[cell + columns] |= SOUTH


@entry
def around(edges, ways, columns, rows, step, px, py, reach, cell, away, count):
    """Note cells whose middles a point sees within reach, and how far they are in cells; how many there are then."""
    half = step // 2
    low_column, high_column = max(0, (px - reach) // step), min(columns - 1, (px + reach) // step)
    for row in range(max(0, (py - reach) // step), min(rows - 1, (py + reach) // step) + 1):
        for column in range(low_column, high_column + 1):
            here = row * columns + column
            x, y = column * step + half, row * step + half
            dx, dy = x - px, y - py
            if ways[here] and dx * dx + dy * dy <= reach * reach and is_seen(edges, px, py, x, y):
                cell[count] = here
                away[count] = np.hypot(float(dx), float(dy)) / step
                count += 1
    return count


@kernel
def _along(ways, far, is_known, cell, back_way, forth_way, step):
    """Of a cell's two neighbors on an axis the nearer known one: (its distance, value and weight of its difference)."""
    nearest, value, weight = np.inf, np.inf, 1.0
    for sign in (-1, 1):
        way = back_way if sign < 0 else forth_way
        if ways[cell] & way == 0:
            continue
        one = cell + sign * step
        if is_known[one] == 0 or far[one] >= nearest:
            continue
        nearest, value, weight = far[one], far[one], 1.0
        if ways[one] & way:
            two = one + sign * step
            if is_known[two] and far[two] <= far[one]:
                value, weight = (4.0 * far[one] - far[two]) / 3.0, 2.25
    return nearest, value, weight


@kernel
def _solved(near_x, value_x, weight_x, near_y, value_y, weight_y):
    """Where the squares of both differences add up to one; along the nearer axis alone where that is no way onward."""
    if near_x < np.inf and near_y < np.inf:
        total = weight_x + weight_y
        middle = (weight_x * value_x + weight_y * value_y) / total
        apart = value_x - value_y
        inner = total - weight_x * weight_y * apart * apart
        if inner >= 0.0:
            found = middle + np.sqrt(inner) / total
            if found >= max(near_x, near_y):
                return found
    if near_x <= near_y:
        return value_x + 1.0 / np.sqrt(weight_x)
    return value_y + 1.0 / np.sqrt(weight_y)


@entry
def march(ways, columns, cell, away, origin, far, origin_of):
    """Fill ``far`` [cells] from cells whose distance is known, and ``origin_of`` with where the nearest way comes from."""
    far[:] = np.inf
    origin_of[:] = -1
    is_known = np.zeros(ways.size, np.uint8)
    least = np.full(ways.size, np.inf)  # what a straight distance gives way to: the rim's differences fall short of it
    heap, place_of = np.empty(ways.size, np.int32), np.empty(ways.size, np.int32)
    size = 0
    for at in range(cell.size):
        here = cell[at]
        if away[at] < far[here]:
            if far[here] == np.inf:
                place_of[here] = size
                heap[size] = here
                size += 1
            far[here], origin_of[here], least[here] = away[at], origin[at], away[at] - 0.5
            rises(heap, place_of, far, place_of[here])
    while size > 0:
        here = taken(heap, place_of, far, size)
        size -= 1
        is_known[here] = 1
        for way in (EAST, NORTH, WEST, SOUTH):
            if ways[here] & way == 0:
                continue
            step = 1 if way == EAST else columns if way == NORTH else -1 if way == WEST else -columns
            there = here + step
            if is_known[there]:
                continue
            near_x, value_x, weight_x = _along(ways, far, is_known, there, WEST, EAST, 1)
            near_y, value_y, weight_y = _along(ways, far, is_known, there, SOUTH, NORTH, columns)
            found = _solved(near_x, value_x, weight_x, near_y, value_y, weight_y)
            if found < far[there] and found < least[there]:
                if far[there] == np.inf:
                    place_of[there] = size
                    heap[size] = there
                    size += 1
                far[there], origin_of[there] = found, origin_of[here]
                rises(heap, place_of, far, place_of[there])


@entry
def read(edges, ways, columns, rows, step, far, px, py):
    """Distances at points of the floor, in cells: between four middles, or past the nearest one that the point sees."""
    half = step // 2
    found = np.full(px.size, np.inf)
    for point in range(px.size):
        column, row = (px[point] - half) // step, (py[point] - half) // step
        u, v = (px[point] - half) / step - column, (py[point] - half) / step - row
        inside = column >= 0 and column + 1 < columns and row >= 0 and row + 1 < rows
        here = row * columns + column
        if (
            inside
            and far[here] < np.inf
            and ways[here] & EAST
            and ways[here] & NORTH
            and ways[here + columns] & EAST
            and ways[here + 1] & NORTH
        ):
            low = far[here] * (1 - u) + far[here + 1] * u
            high = far[here + columns] * (1 - u) + far[here + columns + 1] * u
            found[point] = low * (1 - v) + high * v
            continue
        for reach in range(1, 4):  # farther around only where nothing nearer is seen
            for y in range(max(0, row + 1 - reach), min(rows, row + 1 + reach)):
                for x in range(max(0, column + 1 - reach), min(columns, column + 1 + reach)):
                    there = y * columns + x
                    to_x, to_y = x * step + half, y * step + half
                    past = far[there] + np.hypot(float(to_x - px[point]), float(to_y - py[point])) / step
                    if past < found[point] and is_seen(edges, px[point], py[point], to_x, to_y):
                        found[point] = past
            if found[point] < np.inf:
                break
    return found
