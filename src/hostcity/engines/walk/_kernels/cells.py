"""Which edges lie in which cell."""

from __future__ import annotations

import numpy as np

from hostcity.engines.walk._kernels.compiling import entry, kernel

#: Grains by which a cell reaches beyond its border: far more than a ray's walk through cells is rounded.
MARGIN = 64


@entry
def fill_cells(x, y, after, columns, rows, side):
    """Edges by cell and by row of cells: (first, edge, first_of_row, edge_of_row), in ascending order."""
    first = np.zeros(columns * rows + 1, np.int64)
    first_of_row = np.zeros(rows + 1, np.int64)
    _go_through(x, y, after, columns, rows, side, first, first_of_row, first[:0], first_of_row[:0])
    first = _summed(first)
    first_of_row = _summed(first_of_row)
    edge = np.empty(first[-1], np.int64)
    edge_of_row = np.empty(first_of_row[-1], np.int64)
    _go_through(x, y, after, columns, rows, side, first.copy(), first_of_row.copy(), edge, edge_of_row)
    return first, edge, first_of_row, edge_of_row


@kernel
def _summed(counts):
    total = np.empty_like(counts)
    total[0] = 0
    for at in range(counts.size - 1):
        total[at + 1] = total[at] + counts[at]
    return total


@kernel
def _go_through(x, y, after, columns, rows, side, place, place_of_row, edge, edge_of_row):
    """Count edges where there is no room to write them, else write them where ``place`` says."""
    for here in range(x.size):
        there = after[here]
        low = here if y[here] <= y[there] else there
        high = there if low == here else here
        lowest = max(0, (y[low] - MARGIN) // side)
        for row in range(lowest, min(rows - 1, (y[high] + MARGIN) // side) + 1):
            if edge_of_row.size:
                edge_of_row[place_of_row[row]] = here
            place_of_row[row] += 1
            left, right = _span(x[low], y[low], x[high], y[high], row * side - MARGIN, (row + 1) * side + MARGIN)
            leftmost = max(0, int(np.floor((left - MARGIN) / side)))
            for column in range(leftmost, min(columns - 1, int(np.floor((right + MARGIN) / side))) + 1):
                cell = row * columns + column
                if edge.size:
                    edge[place[cell]] = here
                place[cell] += 1


@kernel
def _span(low_x, low_y, high_x, high_y, from_y, to_y):
    """From where to where along x an edge goes between two heights."""
    if high_y == low_y:
        return float(min(low_x, high_x)), float(max(low_x, high_x))
    slope = (high_x - low_x) / (high_y - low_y)
    one = low_x + slope * (max(from_y, low_y) - low_y)
    other = low_x + slope * (min(to_y, high_y) - low_y)
    return min(one, other), max(one, other)
