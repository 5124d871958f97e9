"""The visibility graph of corners, and shortest ways on it. See ``hostcity.engines.walk.road_map``."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hostcity.engines.walk._kernels.compiling import entry, kernel
from hostcity.engines.walk._kernels.heap import rises, taken
from hostcity.engines.walk._kernels.sight import is_seen
from hostcity.engines.walk._kernels.triangles import near_bends, passes

FROM_START, NOWHERE = -1, -2


class Roads(NamedTuple):
    """What the kernels read of a road map."""

    corners: Any  # int64[bends] the corners of the floor at which a way can bend
    bend_of: Any  # int32[corners of the floor] -1 = no bend; corners at one place are one bend
    first: Any  # int64[bends + 1] where the pieces of each begin
    beyond: Any  # int32[pieces] the bend at the other end
    length: Any  # float64[pieces] in grains
    far: Any  # float64[bends, bends] lengths of shortest ways, in grains; no rows when there are too many bends
    behind: Any  # int32[bends, bends] the bend before each on the way from the row's bend


@entry
def pieces_of(edges, triangles, bend_of, corners):
    """Straight pieces between bends that see and pass each other: (first, beyond, length)."""
    near, away, stack = _room(edges)
    first = np.zeros(corners.size + 1, np.int64)
    beyond, length = np.empty(1024, np.int32), np.empty(1024)
    count = 0
    for bend in range(corners.size):
        x, y = edges.x[corners[bend]], edges.y[corners[bend]]
        found = near_bends(edges, triangles, bend_of, corners, x, y, near, away, stack)
        for at in range(found):
            if near[at] == bend or not _passes_both(edges, corners, bend, near[at]):
                continue
            if count == beyond.size:
                beyond, length = _twice(beyond), _twice(length)
            beyond[count], length[count] = near[at], away[at]
            count += 1
        first[bend + 1] = count
    return first, beyond[:count], length[:count]


@kernel
def _passes_both(edges, corners, one, other):
    return passes(edges, corners[one], edges.x[corners[other]], edges.y[corners[other]])


@kernel
def _room(edges):
    """Working space of `near_bends`."""
    size = edges.x.size
    # A line crosses a triangle once, and there are fewer than two to a corner: so deep a stack is enough.
    return np.empty(size, np.int32), np.empty(size), np.empty((2 * size + 16, 5), np.int32)


@kernel
def _twice(array):
    larger = np.empty(2 * array.size, array.dtype)
    larger[: array.size] = array
    return larger


@kernel
def fill_lengths(first, beyond, length, key, behind):
    """Shortest ways to every bend, and the bend before on each: Dijkstra (1959).

    ``key`` holds how far the bends are that are reached straight away, inf for the others, and in the end all lengths.
    """
    heap, place_of = np.empty(key.size, np.int32), np.full(key.size, -1, np.int32)
    size = 0
    for node in range(key.size):
        behind[node] = NOWHERE
        if key[node] < np.inf:
            behind[node] = FROM_START
            heap[size] = node
            rises(heap, place_of, key, size)
            size += 1
    while size > 0:
        node = taken(heap, place_of, key, size)
        size -= 1
        for at in range(first[node], first[node + 1]):
            there = beyond[at]
            longer = key[node] + length[at]
            if longer < key[there]:
                if behind[there] == NOWHERE:
                    place_of[there] = size
                    heap[size] = there
                    size += 1
                key[there] = longer
                behind[there] = node
                rises(heap, place_of, key, place_of[there])


@entry
def all_lengths(first, beyond, length):
    """Shortest ways between all bends: (far, behind)."""
    count = first.size - 1
    far, behind = np.full((count, count), np.inf), np.empty((count, count), np.int32)
    for bend in range(count):
        far[bend, bend] = 0.0
        fill_lengths(first, beyond, length, far[bend], behind[bend])
    return far, behind


@entry
def ways(edges, triangles, roads, ax, ay, bx, by):
    """Shortest ways, one from each a to its b: lengths in grains, and (first, x, y) of their points from the end back."""
    near, away, stack = _room(edges)
    close, still = np.empty_like(near), np.empty_like(away)
    key, before = np.empty(roads.corners.size), np.empty(roads.corners.size, np.int32)
    length = np.full(ax.size, np.inf)
    first, x, y = np.zeros(ax.size + 1, np.int64), np.empty(64, np.int64), np.empty(64, np.int64)
    count = 0
    for pair in range(ax.size):
        last = NOWHERE
        if is_seen(edges, ax[pair], ay[pair], bx[pair], by[pair]):
            length[pair] = np.hypot(float(bx[pair] - ax[pair]), float(by[pair] - ay[pair]))
        else:
            starts = near_bends(edges, triangles, roads.bend_of, roads.corners, ax[pair], ay[pair], near, away, stack)
            ends = near_bends(edges, triangles, roads.bend_of, roads.corners, bx[pair], by[pair], close, still, stack)
            length[pair], last = _shortest(roads, near[:starts], away, close[:ends], still, key, before)
        if length[pair] < np.inf:
            begin = count
            x, y, count = _put(x, y, count, begin, bx[pair], by[pair])
            while last >= 0:
                x, y, count = _put(x, y, count, begin, edges.x[roads.corners[last]], edges.y[roads.corners[last]])
                last = before[last]
            x, y, count = _put(x, y, count, begin, ax[pair], ay[pair])
        first[pair + 1] = count
    return length, first, x[:count], y[:count]


@kernel
def _shortest(roads, near, away, close, still, key, before):
    """The shortest way from a near bend to a close one: (length, last bend), those before it in ``before``."""
    best, begin, last = np.inf, NOWHERE, NOWHERE
    if roads.far.shape[0] == 0:
        _fill_from(roads, near, away, near.size, key, before)
        for other in range(close.size):
            if key[close[other]] + still[other] < best:
                best, last = key[close[other]] + still[other], close[other]
        return best, last
    for one in range(near.size):
        for other in range(close.size):
            total = away[one] + roads.far[near[one], close[other]] + still[other]
            if total < best:
                best, begin, last = total, near[one], close[other]
    node = last
    while node >= 0:
        before[node] = roads.behind[begin, node]
        node = before[node]
    return best, last


@kernel
def _put(x, y, count, begin, px, py):
    """One point more, unless it is where the one before it is."""
    if count > begin and x[count - 1] == px and y[count - 1] == py:
        return x, y, count
    if count == x.size:
        x, y = _twice(x), _twice(y)
    x[count], y[count] = px, py
    return x, y, count + 1


@kernel
def _fill_from(roads, near, away, starts, key, before):
    key[:] = np.inf
    for one in range(starts):
        key[near[one]] = away[one]
    fill_lengths(roads.first, roads.beyond, roads.length, key, before)


@entry
def lengths_to_all(edges, triangles, roads, ax, ay, bx, by):
    """Lengths of shortest ways from each a to each b, in grains."""
    near, away, stack = _room(edges)
    key, before = np.empty(roads.corners.size), np.empty(roads.corners.size, np.int32)
    close_first, close, still = _close(edges, triangles, roads, bx, by)
    found = np.empty((ax.size, bx.size))
    for one in range(ax.size):
        starts = near_bends(edges, triangles, roads.bend_of, roads.corners, ax[one], ay[one], near, away, stack)
        _fill_from(roads, near, away, starts, key, before)
        for other in range(bx.size):
            best = np.inf
            for at in range(close_first[other], close_first[other + 1]):
                best = min(best, key[close[at]] + still[at])
            straight = np.hypot(float(bx[other] - ax[one]), float(by[other] - ay[one]))
            if straight < best and is_seen(edges, ax[one], ay[one], bx[other], by[other]):
                best = straight
            found[one, other] = best
    return found


@entry
def _close(edges, triangles, roads, px, py):
    """The bends that each point sees and passes: (first, bend, length)."""
    near, away, stack = _room(edges)
    first = np.zeros(px.size + 1, np.int64)
    bend, length = np.empty(1024, np.int32), np.empty(1024)
    count = 0
    for point in range(px.size):
        found = near_bends(edges, triangles, roads.bend_of, roads.corners, px[point], py[point], near, away, stack)
        for at in range(found):
            if count == bend.size:
                bend, length = _twice(bend), _twice(length)
            bend[count], length[count] = near[at], away[at]
            count += 1
        first[point + 1] = count
    return first, bend[:count], length[:count]
