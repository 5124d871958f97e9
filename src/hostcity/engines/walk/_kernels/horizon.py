"""What one point sees of many: most are told by the bearing in which they lie, the rest one by one.

Around the point lie buckets of bearings. An edge that covers a bucket hides what is farther there than all of it; before
the nearest edge of a bucket nothing hides. What lies between is followed through cells, exactly. Bearing and
distance are those of the taxicab: along a straight edge its distance rises or falls with the bearing within a quadrant, so
its least and most in a bucket are at the bucket's ends. Rounding is far below the margins, so no answer hangs on it.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.walk._kernels.compiling import entry, kernel
from hostcity.engines.walk._kernels.sight import is_seen, turn

QUARTER = 512  # buckets of a quadrant
BUCKETS = 4 * QUARTER
AWRY = 1e-6  # buckets by which a bearing may be rounded, and far more
FAR = 1.0 + 1e-5  # ratio by which a distance may be rounded, and far more
FLAT = 1e-5  # sine of the least angle between a bearing and an edge at which their crossing is told well enough
LEAST_MANY = 64  # fewer points are looked at one by one


@kernel
def bearing_of(dx, dy):
    """From 0 in the east, counterclockwise, to ``BUCKETS``."""
    if dy >= 0:
        if dx > 0:
            return QUARTER * (dy / (dx + dy))
        return QUARTER * (1.0 + -dx / (dy - dx))
    if dx < 0:
        return QUARTER * (2.0 + dy / (dx + dy))
    return QUARTER * (3.0 + dx / (dx - dy))


@kernel
def way_of(bucket):
    """The way (x, y), of taxicab length 1, along which a bucket begins."""
    quadrant, share = bucket // QUARTER, (bucket % QUARTER) / QUARTER
    if quadrant == 0:
        return 1.0 - share, share
    if quadrant == 1:
        return -share, 1.0 - share
    if quadrant == 2:
        return share - 1.0, -share
    return share, share - 1.0


@kernel
def mark(nearest, bearing, far):
    """Something is in the bucket of a bearing, or in the one beside it when it is about at their border."""
    for bucket in range(int(np.floor(bearing - AWRY)), int(np.floor(bearing + AWRY)) + 1):
        nearest[bucket % BUCKETS] = min(nearest[bucket % BUCKETS], far)


@kernel
def crossing(bucket, ex, ey, area, size):
    """How far a line in direction e is along the beginning of a bucket; -1 when they hardly cross."""
    ux, uy = way_of(bucket % BUCKETS)
    sine = ux * ey - uy * ex
    return area / sine if sine > FLAT * size else -1.0


@kernel
def add_edge(nearest, hidden, px, py, qx, qy, area):
    """Take in an edge from p to q that has the point in which one stands to its left."""
    ex, ey = float(qx - px), float(qy - py)
    size = abs(ex) + abs(ey)
    begin, end = bearing_of(px, py), bearing_of(qx, qy)
    for bearing in (begin, end):
        if np.floor(bearing - AWRY) != np.floor(bearing + AWRY):
            mark(nearest, bearing, area / size)  # no farther than the line; the piece beyond a border may be very short
    if end < begin:
        end += BUCKETS
    first, last = int(np.floor(begin + AWRY)), int(np.floor(end - AWRY))
    here, far = float(abs(px) + abs(py)), float(abs(qx) + abs(qy))
    for bucket in range(first, last + 1):
        there = far if bucket == last else crossing(bucket + 1, ex, ey, area, size)
        at = bucket % BUCKETS
        if here < 0.0 or there < 0.0:
            nearest[at] = 0.0
        else:
            nearest[at] = min(nearest[at], here, there)
            if first < bucket < last:
                hidden[at] = min(hidden[at], max(here, there))
        here = there


@kernel
def look_around(edges, x, y, reach, seen_by, number, nearest, hidden):
    """Fill the buckets by what is within reach; False when the point is on a wall, where one side is no floor."""
    nearest[:] = np.inf
    hidden[:] = np.inf
    columns, rows, side = edges.shape
    left, right = max(0, (x - reach) // side), min(columns - 1, (x + reach) // side)
    for row in range(max(0, (y - reach) // side), min(rows - 1, (y + reach) // side) + 1):
        for at in range(edges.first[row * columns + left], edges.first[row * columns + right + 1]):
            edge = edges.edge[at]
            if seen_by[edge] == number:
                continue
            seen_by[edge] = number
            there = edges.after[edge]
            px, py, qx, qy = edges.x[edge] - x, edges.y[edge] - y, edges.x[there] - x, edges.y[there] - y
            side_of = turn(px, py, qx, qy, 0, 0)
            if side_of > 0:
                add_edge(nearest, hidden, px, py, qx, qy, float(side_of))
            elif side_of == 0:
                if px * qx <= 0 and py * qy <= 0:
                    return False
                least = float(min(abs(px) + abs(py), abs(qx) + abs(qy)))
                mark(nearest, bearing_of(px, py), least)
                mark(nearest, bearing_of(qx, qy), least)
    return True


@kernel
def by_cell(edges, x, y, is_on):
    """Points of the floor in the order of their cells: (first of each cell, points)."""
    columns, rows, side = edges.shape
    first = np.zeros(columns * rows + 2, np.int64)
    for point in range(x.size):
        if is_on[point]:
            first[y[point] // side * columns + x[point] // side + 2] += 1
    for cell in range(1, first.size):
        first[cell] += first[cell - 1]
    points = np.empty(first[-1], np.int64)
    for point in range(x.size):
        if is_on[point]:
            cell = y[point] // side * columns + x[point] // side + 1
            points[first[cell]] = point
            first[cell] += 1
    return first, points


@kernel
def points_near(edges, x, y, reach, bx, by, first, points, near):
    """Write those within reach of a point: how many they are, and how far the farthest is along an axis."""
    columns, rows, side = edges.shape
    left, right = max(0, (x - reach) // side), min(columns - 1, (x + reach) // side)
    count, farthest = 0, 0
    for row in range(max(0, (y - reach) // side), min(rows - 1, (y + reach) // side) + 1):
        for other in points[first[row * columns + left] : first[row * columns + right + 1]]:
            dx, dy = bx[other] - x, by[other] - y
            if dx * dx + dy * dy <= reach * reach:
                near[count] = other
                count += 1
                farthest = max(farthest, abs(dx), abs(dy))
    return count, farthest


@entry
def seen_from(edges, ax, ay, is_a, bx, by, is_b, reach):
    """Whether each a sees each b not farther away than ``reach`` grains; False for who is not on the floor."""
    found = np.zeros((ax.size, bx.size), np.bool_)
    seen_by = np.full(edges.x.size, -1, np.int64)
    nearest, hidden = np.empty(BUCKETS), np.empty(BUCKETS)
    first, points = by_cell(edges, bx, by, is_b)
    near = np.empty(points.size, np.int64)
    for one in range(ax.size):
        if not is_a[one]:
            continue
        x, y = ax[one], ay[one]
        count, farthest = points_near(edges, x, y, reach, bx, by, first, points, near)
        is_told = count >= LEAST_MANY and look_around(edges, x, y, farthest, seen_by, one, nearest, hidden)
        for other in near[:count]:
            if is_told:
                dx, dy = bx[other] - x, by[other] - y
                far, bucket = float(abs(dx) + abs(dy)), int(bearing_of(dx, dy)) if dx or dy else 0
                if far * FAR < nearest[bucket]:
                    found[one, other] = True
                    continue
                if far > hidden[bucket] * FAR:
                    continue
            found[one, other] = is_seen(edges, x, y, bx[other], by[other])
    return found
