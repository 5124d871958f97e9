"""How far free floor reaches to both sides of a way, and what stands in it costs nothing. See ``..cuts``."""

from __future__ import annotations

import numpy as np

from hostcity.engines.compiling import called_by_kernels, called_by_python

kernel = called_by_kernels(error_model="numpy", cache=True)
entry = called_by_python(error_model="numpy", cache=True)

BORDER, FREE, INSIDE, WAY = 0, 1, 2, 3
DIAGONAL = np.sqrt(2.0)
NEAR = 4  # squares before and after that give the direction of a way


@entry
def mark_regions(nearest, spacing, origin_x, origin_y, pair, turn, low, square, kind):
    """Mark as ``FREE`` all squares whose middle lies in the region of one of two nodes."""
    rows, columns = kind.shape
    for row in range(rows):
        for column in range(columns):
            along, aside = low[0] + column * square, low[1] + row * square
            x = along * turn[0, 0] + aside * turn[1, 0] - origin_x
            y = along * turn[0, 1] + aside * turn[1, 1] - origin_y
            if x < 0 or y < 0:
                continue
            across, down = int(x / spacing), int(y / spacing)
            if down < nearest.shape[0] and across < nearest.shape[1]:
                near = nearest[down, across]
                if near == pair[0] or near == pair[1]:
                    kind[row, column] = FREE


@entry
def mark_inside(kind):
    """Turn squares that the free ones enclose from ``BORDER`` into ``INSIDE``: flood from the rim, eight ways."""
    rows, columns = kind.shape
    outer = np.zeros(kind.size, np.uint8)
    stack = np.empty(kind.size, np.int64)
    size = 0
    for row in range(rows):
        for column in range(columns):
            rim = row == 0 or column == 0 or row == rows - 1 or column == columns - 1
            if rim and kind[row, column] == BORDER:
                outer[row * columns + column] = 1
                stack[size] = row * columns + column
                size += 1
    while size > 0:
        size -= 1
        row, column = stack[size] // columns, stack[size] % columns
        for down in range(max(0, row - 1), min(rows, row + 2)):
            for right in range(max(0, column - 1), min(columns, column + 2)):
                there = down * columns + right
                if kind[down, right] == BORDER and outer[there] == 0:
                    outer[there] = 1
                    stack[size] = there
                    size += 1
    for row in range(rows):
        for column in range(columns):
            if kind[row, column] == BORDER and outer[row * columns + column] == 0:
                kind[row, column] = INSIDE


@kernel
def _up(heap, key, at):
    entry, value = heap[at], key[at]
    while at > 0:
        parent = (at - 1) >> 1
        if key[parent] <= value:
            break
        heap[at], key[at] = heap[parent], key[parent]
        at = parent
    heap[at], key[at] = entry, value


@kernel
def _down(heap, key, size):
    entry, value = heap[size], key[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and key[child + 1] < key[child]:
            child += 1
        if key[child] >= value:
            break
        heap[at], key[at] = heap[child], key[child]
        at = child
    heap[at], key[at] = entry, value


@entry
def free_from_border(kind):
    """Least free length from the border to every square, never across the way, and where it begins (Dijkstra).

    ``float64[rows, columns]`` and the border's square as ``int64[rows, columns]``, -1 where there is none. A step costs
    half of each of its two squares that is free; an entry may be in the heap more than once.
    """
    rows, columns = kind.shape
    far, origin = np.full((rows, columns), np.inf), np.full((rows, columns), -1)
    heap, key = np.empty(9 * kind.size, np.int64), np.empty(9 * kind.size)
    size = 0
    for row in range(rows):
        for column in range(columns):
            if kind[row, column] == BORDER:
                far[row, column], origin[row, column] = 0.0, row * columns + column
                heap[size], key[size] = row * columns + column, 0.0
                size += 1  # equal keys are a heap as they come
    while size > 0:
        cell, value = heap[0], key[0]
        size -= 1
        _down(heap, key, size)
        row, column = cell // columns, cell % columns
        if value > far[row, column]:
            continue
        here = 0.5 if kind[row, column] == FREE else 0.0
        for down in range(max(0, row - 1), min(rows, row + 2)):
            for right in range(max(0, column - 1), min(columns, column + 2)):
                if kind[down, right] == WAY or kind[down, right] == BORDER:
                    continue
                there = 0.5 if kind[down, right] == FREE else 0.0
                length = DIAGONAL if down != row and right != column else 1.0
                if value + length * (here + there) < far[down, right]:
                    far[down, right], origin[down, right] = value + length * (here + there), origin[row, column]
                    heap[size], key[size] = down * columns + right, far[down, right]
                    _up(heap, key, size)
                    size += 1
    return far, origin


@entry
def cuts_along(kind, far, origin, row, column):
    """Least cut through each square of a way, in squares, and whether both its ends lie to the side rather than ahead or behind.

    ``float64[squares of the way]``, inf where a side has no end, and ``bool[squares of the way]``.
    """
    rows, columns = kind.shape
    found, is_across = np.full(row.size, np.inf), np.zeros(row.size, np.bool_)
    for at in range(row.size):
        before, after = max(0, at - NEAR), min(row.size - 1, at + NEAR)
        dx, dy = column[after] - column[before], row[after] - row[before]
        left = right = np.inf
        left_end = right_end = -1
        for down in range(max(0, row[at] - 1), min(rows, row[at] + 2)):
            for across in range(max(0, column[at] - 1), min(columns, column[at] + 2)):
                if kind[down, across] == WAY:
                    continue
                here = 0.5 if kind[down, across] == FREE else 0.0
                length = DIAGONAL if down != row[at] and across != column[at] else 1.0
                value = far[down, across] + length * (here + 0.5)
                side = dx * (down - row[at]) - dy * (across - column[at])
                if side > 0 and value < left:
                    left, left_end = value, origin[down, across]
                elif side < 0 and value < right:
                    right, right_end = value, origin[down, across]
        found[at] = left + right
        if left_end >= 0 and right_end >= 0:
            is_across[at] = True
            for sign, end in ((1, left_end), (-1, right_end)):
                down, across = end // columns - row[at], end % columns - column[at]
                if abs(dx * across + dy * down) >= sign * (dx * down - dy * across):
                    is_across[at] = False  # ahead, behind, or around the way's end on its other side
    return found, is_across
