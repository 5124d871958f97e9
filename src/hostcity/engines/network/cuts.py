"""How wide the ways between two nodes are: cuts along the shortest way, until a wall or somebody else's region."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.network._kernels.crossing import (
    BORDER,
    WAY,
    cuts_along,
    free_from_border,
    mark_inside,
    mark_regions,
)
from hostcity.engines.network.regions import Regions
from hostcity.engines.walk import is_on

SQUARE_M = 0.25
Floats = NDArray[np.float64]


class Widths(NamedTuple):
    """Of a link. [m]"""

    median_m: float
    narrowest_m: float


class Turned(NamedTuple):
    """Squares along a direction: where the first has its middle, and how points of the drawing come to lie in it."""

    turn: Floats  # [2, 2]
    low: Floats  # [2]
    columns: int
    rows: int

    def squares_of(self, points_m: Floats) -> NDArray[np.int64]:
        """Column and row of points: ``int64[n, 2]``."""
        return np.rint((points_m @ self.turn.T - self.low) / SQUARE_M).astype(np.int64)

    def middles_m(self, row: NDArray[np.int64], column: NDArray[np.int64]) -> Floats:
        """Middles of squares: ``float64[n, 2]``. [m]"""
        return np.asarray((np.stack([column, row], axis=-1) * SQUARE_M + self.low) @ self.turn)


def widths_between(regions: Regions, pair: tuple[int, int], way_m: Floats) -> Widths:
    """Widths of the ways between the regions of two nodes.

    Parameters
    ----------
    way_m : float64[k, 2]
        The shortest way between the nodes. [m]

    Notes
    -----
    Dijkstra over squares from the border, O(squares log squares), with the way as a wall; each cut is the sum of both
    sides. A curve that crosses the way once and ends on the border parts the two nodes, and none that parts them is
    shorter than the least. Slow twin: ``tests/naive/cuts.py`` (SciPy's largest flow).
    """
    turned = _along(way_m[-1] - way_m[0], np.concatenate([regions.middles_of(each) for each in pair]))
    kind = _kinds(regions, pair, turned)
    column, row = _squares_along(turned.squares_of(_dense(way_m))).T.copy()
    kind[row, column] = WAY
    mark_inside(kind)
    far, origin = free_from_border(kind)
    cuts, is_across = cuts_along(kind, far, origin, row, column)
    # A cut around a node that stands near a wall parts a point from the rest, and nobody is a point: its ends lie behind.
    median_m = float(np.median(cuts[np.isfinite(cuts)])) * SQUARE_M
    return Widths(median_m, float(cuts[is_across].min()) * SQUARE_M if is_across.any() else median_m)


def _along(direction: Floats, points: Floats) -> Turned:
    """Squares along a direction, around points, with a rim."""
    along = direction / np.hypot(*direction)
    turn = np.array([along, [-along[1], along[0]]])
    local = points @ turn.T
    low = local.min(axis=0) - 3 * SQUARE_M
    columns, rows = (np.ceil((local.max(axis=0) - low) / SQUARE_M).astype(int) + 4).tolist()
    return Turned(turn, low, columns, rows)


def _kinds(regions: Regions, pair: tuple[int, int], turned: Turned) -> NDArray[np.uint8]:
    """What each square is: free floor of the two regions, or border."""
    grid = regions.grid
    kind = np.full((turned.rows, turned.columns), BORDER, np.uint8)
    mark_regions(
        regions.field.nearest,
        grid.spacing_m,
        *grid.floor.origin_m,
        np.array(pair),
        turned.turn,
        turned.low,
        SQUARE_M,
        kind,
    )
    row, column = np.nonzero(kind)
    off = ~is_on(grid.floor, turned.middles_m(row, column))
    kind[row[off], column[off]] = BORDER
    return kind


def _dense(way_m: Floats) -> Floats:
    """Points along a way, closer than squares."""
    pieces = []
    for start, end in pairwise(way_m):
        steps = max(1, int(np.ceil(np.hypot(*(end - start)) / SQUARE_M * 2)))
        pieces.append(start + (end - start) * np.linspace(0, 1, steps, endpoint=False)[:, None])
    return np.concatenate([*pieces, way_m[-1:]])


def _squares_along(squares: NDArray[np.int64]) -> NDArray[np.int64]:
    """Squares of a way, each beside the next by a side, so that nothing slips through between two corners."""
    found = [squares[0].tolist()]
    for column, row in squares.tolist():
        if [column, row] == found[-1]:
            continue
        if column != found[-1][0] and row != found[-1][1]:
            found.append([column, found[-1][1]])
        found.append([column, row])
    return np.array(found)
