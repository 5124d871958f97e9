"""Whether a straight line stays on a floor, by NumPy alone: the rule of ``hostcity.engines.walk.sight``, for one line.

Whole numbers of grains decide, so that the answer is the same as there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.wayfinding.book import GRAIN_M, Book

Ints = NDArray[np.int64]
Point = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Borders:
    """The rings of one level's floor, the floor to the left. An edge has the number of the corner where it begins."""

    x: Ints
    y: Ints
    before: Ints
    after: Ints
    twin: Ints
    origin_m: tuple[float, float]

    def grains(self, x_m: float, y_m: float) -> Point:
        """The nearest grain."""
        return round((x_m - self.origin_m[0]) / GRAIN_M), round((y_m - self.origin_m[1]) / GRAIN_M)


def borders_of(book: Book, level: int) -> Borders:
    """The rings of a level."""
    begin, end = book.floor_first[level : level + 2].tolist()
    x, y, before, after, twin = (
        each[begin:end].astype(np.int64)
        for each in (book.floor_x, book.floor_y, book.floor_before, book.floor_after, book.floor_twin)
    )
    west, south = book.floor_origin_m[level].tolist()
    return Borders(x, y, before, after, twin, (west, south))


def is_clear(borders: Borders, a: Point, b: Point) -> bool:
    """Whether the line between two points of the closed floor stays on it."""
    return first_bar(borders, a, b) is None


def first_bar(borders: Borders, a: Point, b: Point) -> float | None:
    """At which share of the way from a to b a line is barred first; None = it is not."""
    (ax, ay), (bx, by) = a, b
    px, py = borders.x, borders.y
    qx, qy = px[borders.after], py[borders.after]
    is_near = (np.maximum(px, qx) >= min(ax, bx)) & (np.minimum(px, qx) <= max(ax, bx))
    is_near &= (np.maximum(py, qy) >= min(ay, by)) & (np.minimum(py, qy) <= max(ay, by))
    edge = np.flatnonzero(is_near)
    px, py, qx, qy = px[edge], py[edge], qx[edge], qy[edge]
    dx, dy = bx - ax, by - ay
    of_p = dx * (py - ay) - dy * (px - ax)
    of_q = dx * (qy - ay) - dy * (qx - ax)
    of_a = (qx - px) * (ay - py) - (qy - py) * (ax - px)
    of_b = (qx - px) * (by - py) - (qy - py) * (bx - px)
    crosses = (of_p != 0) & (of_q != 0) & ((of_p > 0) != (of_q > 0))
    crosses &= np.where(of_a == 0, of_b < 0, (of_b != 0) & ((of_a > 0) != (of_b > 0)))
    found = [of_a[each] / (of_a[each] - of_b[each]) for each in np.flatnonzero(crosses).tolist()]
    along = (px - ax) * dx + (py - ay) * dy
    whole = dx * dx + dy * dy
    on_line = np.flatnonzero((of_p == 0) & (along >= 0) & (along < whole)).tolist()
    found += [along[each] / whole for each in on_line if not _leads_on(borders, int(edge[each]), dx, dy)]
    return float(min(found)) if found else None


def _leads_on(borders: Borders, corner: int, dx: int, dy: int) -> bool:
    """Whether the way (dx, dy) from a corner begins on the closed floor."""
    here = corner
    while True:
        after, before = int(borders.after[here]), int(borders.before[here])
        ahead = int(borders.x[after] - borders.x[here]), int(borders.y[after] - borders.y[here])
        back = int(borders.x[before] - borders.x[here]), int(borders.y[before] - borders.y[here])
        from_next, to_last = ahead[0] * dy - ahead[1] * dx, dx * back[1] - dy * back[0]
        if ahead[0] * back[1] - ahead[1] * back[0] >= 0:
            is_between = from_next >= 0 and to_last >= 0
        else:
            is_between = from_next >= 0 or to_last >= 0
        if is_between:
            return True
        here = int(borders.twin[here])
        if here == corner:
            return False
