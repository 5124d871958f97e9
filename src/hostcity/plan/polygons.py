"""Plane geometry of drawings: few rules on rings of corners, without NumPy.

A ring is ((x_m, y_m), ...) without its first corner repeated. What lies within ``NEAR_M`` of a border is on it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
Ring = Sequence[Point]
Box = tuple[float, float, float, float]
NEAR_M = 0.01
SLIVER_M = 0.05  # an outline that is nowhere wider is none
SLIVER_M2 = 0.02
FEW_SIDES = 24  # of a ring whose sides are compared all with all


def area_m2(ring: Ring) -> float:
    """Area of a ring that does not cross itself."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in sides(ring))) / 2


def is_thin(ring: Ring) -> bool:
    """Whether a ring that does not cross itself is so thin or small that nothing can be in it."""
    area = area_m2(ring)
    return area < SLIVER_M2 or 2 * area / sum(math.dist(a, b) for a, b in sides(ring)) < SLIVER_M / 2


def sides(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """From every corner to the next, around."""
    return zip(ring, itertools.chain(ring[1:], ring[:1]), strict=True)


def box_of(ring: Ring) -> Box:
    """West, south, east, north."""
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def crossing_of(ring: Ring) -> Point | None:
    """Where a ring crosses or touches itself; None = nowhere."""
    edges = list(sides(ring))
    for a, b in edges:
        if a == b:
            return a
    for first, second in _near_sides(edges):
        (a, b), (c, d) = edges[first], edges[second]
        is_next = second == first + 1
        if is_next or (first == 0 and second == len(edges) - 1):
            shared, before, after = (b, a, d) if is_next else (a, b, c)
            if _turn(before, shared, after) == 0 and _dot(before, shared, after) > 0:
                return shared  # turns back on itself
        elif _touch(a, b, c, d):
            return _meeting(a, b, c, d)
    return None


def _near_sides(edges: Sequence[tuple[Point, Point]]) -> Iterator[tuple[int, int]]:
    """Pairs of sides that may meet; of a ring with many corners by a sweep from west to east."""
    if len(edges) <= FEW_SIDES:
        yield from itertools.combinations(range(len(edges)), 2)
        return
    boxes = [box_of(edge) for edge in edges]
    open_sides: list[int] = []
    for index in sorted(range(len(edges)), key=lambda each: boxes[each][0]):
        west, south, _east, north = boxes[index]
        open_sides = [each for each in open_sides if boxes[each][2] >= west]
        for each in open_sides:
            if boxes[each][1] <= north and south <= boxes[each][3]:
                yield min(each, index), max(each, index)
        open_sides.append(index)


def is_inside(point: Point, ring: Ring) -> bool:
    """Whether a point is inside of a ring or on its border."""
    return distance_m(point, ring) <= NEAR_M or _winds(point, ring)


def is_near(point: Point, ring: Ring, most_m: float) -> bool:
    """Whether a point is inside of a ring or at most so far out of it."""
    return _winds(point, ring) or distance_m(point, ring) <= most_m


def is_well_inside(point: Point, ring: Ring) -> bool:
    """Whether a point is inside of a ring, and not on its border."""
    return _winds(point, ring) and distance_m(point, ring) > NEAR_M


def point_inside(ring: Ring) -> Point:
    """A place well within a ring: the middle of the widest stretch at the middle height between two corners."""
    heights = sorted({y for _x, y in ring})
    middle = len(heights) // 2
    y = (heights[middle - 1] + heights[middle]) / 2 if len(heights) > 1 else heights[0]
    xs = sorted((b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in sides(ring) if (a[1] > y) != (b[1] > y))
    stretches = list(zip(xs[::2], xs[1::2], strict=False))
    west, east = max(stretches, key=lambda each: each[1] - each[0]) if stretches else (ring[0][0], ring[0][0])
    return (west + east) / 2, y


def hull_of(points: Iterable[Point]) -> tuple[Point, ...]:
    """The convex hull, counterclockwise; fewer than three corners when all points lie on one line."""
    ordered = sorted(set(points))
    halves: list[list[Point]] = []
    for way in (ordered, ordered[::-1]):
        half: list[Point] = []
        for each in way:
            while len(half) > 1 and _turn(half[-2], half[-1], each) <= 0:
                half.pop()
            half.append(each)
        halves.append(half[:-1])
    return tuple(halves[0] + halves[1])


def is_clockwise(ring: Ring) -> bool:
    """Which way around the corners of a ring are given."""
    return sum(x * v - u * y for (x, y), (u, v) in sides(ring)) < 0


def distance_m(point: Point, ring: Ring) -> float:
    """From a point to the nearest border."""
    return min(_to_side(point, a, b) for a, b in sides(ring))


def first_outside(inner: Ring, outer: Ring) -> Point | None:
    """A place of a ring that is outside of another; None = it lies within."""
    if _lies_in_convex(inner, outer):
        return None
    for point in _samples(inner):
        if not is_inside(point, outer):
            return point
    for corner in outer:  # a notch of the outer ring that reaches into the inner
        if is_well_inside(corner, inner):
            return corner
    return None


def overlap_of(one: Ring, other: Ring) -> Point | None:
    """A place that two rings have in common, borders aside; None = they only touch, if that.

    Looked for at corners, at middles of sides, and where sides cross.
    """
    if _are_apart(one, other) or _are_apart(other, one):
        return None
    for inner, outer in ((one, other), (other, one)):
        for point in _samples(inner):
            if is_well_inside(point, outer):
                return point
    for a, b in sides(one):
        for c, d in sides(other):
            if do_cross(a, b, c, d):
                return _meeting(a, b, c, d)
    if sorted(one) == sorted(other):
        return one[0]
    return None


def _are_apart(one: Ring, other: Ring) -> bool:
    """Whether the line of a side of one ring has that ring to one side of it, and the other to the other."""
    for a, b in sides(one):
        turns = [_turn(a, b, corner) for corner in one]
        way = 1.0 if max(turns) > -min(turns) else -1.0
        if all(each * way >= 0 for each in turns) and all(_turn(a, b, corner) * way <= 0 for corner in other):
            return True
    return False


def overlapping_boxes(boxes: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Pairs of boxes that share more than a border, found in a sweep from west to east."""
    open_boxes: list[int] = []
    for index in sorted(range(len(boxes)), key=lambda each: boxes[each][0]):
        west, south, _east, north = boxes[index]
        open_boxes = [each for each in open_boxes if boxes[each][2] > west + NEAR_M]
        for each in open_boxes:
            if boxes[each][1] < north - NEAR_M and south < boxes[each][3] - NEAR_M:
                yield min(each, index), max(each, index)
        open_boxes.append(index)


def _lies_in_convex(inner: Ring, outer: Ring) -> bool:
    """Whether a ring lies within another that bulges everywhere, as most halls do: then its corners tell of all of it."""
    way = 0.0
    before = outer[-2]
    for a, b in sides((outer[-1], *outer[:-1])):
        bend = _turn(before, a, b)
        way = way or bend
        if bend * way <= 0 or any(_turn(a, b, corner) * way < 0 for corner in inner):
            return False
        before = a
    return True


def _samples(ring: Ring) -> Iterator[Point]:
    yield from ring
    for (x, y), (u, v) in sides(ring):
        yield (x + u) / 2, (y + v) / 2


def _winds(point: Point, ring: Ring) -> bool:
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in sides(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _to_side(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    share = 0.0 if length2 == 0 else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length2
    share = min(1.0, max(0.0, share))
    u, v = point[0] - a[0] - share * dx, point[1] - a[1] - share * dy
    return float((u * u + v * v) ** 0.5)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _dot(before: Point, corner: Point, after: Point) -> float:
    return (before[0] - corner[0]) * (after[0] - corner[0]) + (before[1] - corner[1]) * (after[1] - corner[1])


def do_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two sides cross in the midst of both."""
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _touch(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two sides have a point in common."""
    if do_cross(a, b, c, d):
        return True
    return any(
        _turn(u, v, point) == 0 and _in_box(point, u, v) for point, u, v in ((c, a, b), (d, a, b), (a, c, d), (b, c, d))
    )


def _in_box(point: Point, a: Point, b: Point) -> bool:
    return min(a[0], b[0]) <= point[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= point[1] <= max(a[1], b[1])


def _meeting(a: Point, b: Point, c: Point, d: Point) -> Point:
    """Where the lines of two sides meet; an end of one where they are parallel."""
    across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
    if across == 0:
        return next((each for each in (c, d) if _in_box(each, a, b)), a)
    share = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
