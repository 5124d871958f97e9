"""Where a point is and what it sees, decided by whole numbers alone.

A straight line stays on the closed floor unless at some point of it, its end left out, the way ahead leads off the floor:
across an edge, or at a corner out of the angle between its two edges. See ``hostcity.engines.walk.sight``.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.walk._kernels.compiling import entry, kernel

OUTSIDE, ON_EDGE, INSIDE = 0, 1, 2
NEVER = 1e300


@kernel
def turn(ax, ay, bx, by, cx, cy):
    """Above 0 when c is to the left of who goes from a to b, 0 when it is on the line."""
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)


@kernel
def place_of(edges, px, py):
    """OUTSIDE, ON_EDGE or INSIDE, by the edges that a line to the right crosses."""
    side = edges.shape[2]
    row = py // side
    if px < 0 or row < 0 or row >= edges.shape[1]:
        return OUTSIDE
    is_inside = False
    for at in range(edges.first_of_row[row], edges.first_of_row[row + 1]):
        here = edges.edge_of_row[at]
        there = edges.after[here]
        ay, by = edges.y[here], edges.y[there]
        if (ay > py and by > py) or (ay < py and by < py):
            continue
        ax, bx = edges.x[here], edges.x[there]
        if ax < px and bx < px:
            continue
        to_left = turn(ax, ay, bx, by, px, py)
        if to_left == 0 and min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by):
            return ON_EDGE
        if (ay > py) != (by > py) and (to_left > 0) == (by > ay):
            is_inside = not is_inside
    return INSIDE if is_inside else OUTSIDE


@entry
def places_of(edges, px, py):
    """`place_of` for many."""
    found = np.empty(px.size, np.int8)
    for point in range(px.size):
        found[point] = place_of(edges, px[point], py[point])
    return found


@kernel
def is_between(next_x, next_y, last_x, last_y, dx, dy):
    """Whether a direction lies in the angle of the floor, from the next wall of a corner on to the left to its last."""
    from_next = next_x * dy - next_y * dx
    to_last = dx * last_y - dy * last_x
    if next_x * last_y - next_y * last_x >= 0:
        return from_next >= 0 and to_last >= 0
    return from_next >= 0 or to_last >= 0


@kernel
def strides(at, cell, ahead, side):
    """Along one axis: which way a line goes on, when it leaves its cell, and how long it takes through one."""
    if ahead == 0:
        return 1, NEVER, NEVER
    return 1 if ahead > 0 else -1, ((cell + (ahead > 0)) * side - at) / ahead, side / abs(ahead)


@kernel
def leads_on(edges, corner, dx, dy):
    """Whether the way (dx, dy) from a corner begins on the closed floor."""
    here = corner
    while True:
        next_x = edges.x[edges.after[here]] - edges.x[here]
        next_y = edges.y[edges.after[here]] - edges.y[here]
        last_x = edges.x[edges.before[here]] - edges.x[here]
        last_y = edges.y[edges.before[here]] - edges.y[here]
        if is_between(next_x, next_y, last_x, last_y, dx, dy):
            return True
        here = edges.twin[here]
        if here == corner:
            return False


@kernel
def bars(edges, edge, ax, ay, bx, by):
    """Whether the line from a to b leaves the floor across this edge, or at the corner where it begins."""
    there = edges.after[edge]
    px, py, qx, qy = edges.x[edge], edges.y[edge], edges.x[there], edges.y[there]
    of_p = turn(ax, ay, bx, by, px, py)
    of_q = turn(ax, ay, bx, by, qx, qy)
    if (of_p > 0 and of_q > 0) or (of_p < 0 and of_q < 0):
        return False
    if of_p == 0:
        dx, dy = bx - ax, by - ay
        along = (px - ax) * dx + (py - ay) * dy
        return 0 <= along < dx * dx + dy * dy and not leads_on(edges, edge, dx, dy)
    if of_q == 0:  # the next edge begins there
        return False
    of_a = turn(px, py, qx, qy, ax, ay)
    of_b = turn(px, py, qx, qy, bx, by)
    if of_a == 0:  # a is on the edge itself
        return of_b < 0
    return of_b != 0 and (of_a > 0) != (of_b > 0)


@entry
def is_seen(edges, ax, ay, bx, by):
    """Whether the line between two points of the floor stays on it: a walk from cell to cell (Amanatides and Woo, 1987)."""
    columns = edges.shape[0]
    side = edges.shape[2]
    column, row = ax // side, ay // side
    last_column, last_row = bx // side, by // side
    dx, dy = bx - ax, by - ay
    step_x, next_x, per_x = strides(ax, column, dx, side)
    step_y, next_y, per_y = strides(ay, row, dy, side)
    while True:
        cell = row * columns + column
        for at in range(edges.first[cell], edges.first[cell + 1]):
            if bars(edges, edges.edge[at], ax, ay, bx, by):
                return False
        if column == last_column and row == last_row:
            return True
        if row == last_row or (column != last_column and next_x < next_y):
            column += step_x
            next_x += per_x
        else:
            row += step_y
            next_y += per_y


@entry
def seen_pairs(edges, ax, ay, bx, by):
    """Whether each a sees its b; both on the floor."""
    found = np.empty(ax.size, np.bool_)
    for pair in range(ax.size):
        found[pair] = is_seen(edges, ax[pair], ay[pair], bx[pair], by[pair])
    return found
