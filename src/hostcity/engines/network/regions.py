"""Whose floor is whose: regions of nodes by walking distance, and which of them touch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.walk import Field, Grid, field_to

LEAST_CONTACT_M = 0.8  # narrower nobody passes
MEETING_M = 2.0  # regions that touch no longer than this, and next to a third, meet in a point


@dataclass(frozen=True, eq=False)
class Regions:
    """The floor of a level by nearest node."""

    field: Field
    pairs: tuple[tuple[int, int], ...]  # nodes whose regions touch, ascending

    @property
    def grid(self) -> Grid:
        """The squares that are told apart."""
        return self.field.grid

    @cached_property
    def _by_node(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All squares in the order of their nodes, and where each node's begin."""
        nearest = self.field.nearest.ravel()
        order = np.argsort(nearest, kind="stable")
        first: NDArray[np.int64] = np.searchsorted(nearest[order], np.arange(len(self.field.destinations_m) + 1))
        return order, first

    def middles_of(self, node: int) -> NDArray[np.float64]:
        """Middles of the squares of a region: ``float64[n, 2]``. [m]"""
        order, first = self._by_node
        row, column = np.divmod(order[first[node] : first[node + 1]], self.grid.columns)
        squares = np.stack([column, row], axis=-1) + 0.5
        return np.asarray(squares * self.grid.spacing_m + np.array(self.grid.floor.origin_m))

    def area_m2(self, nodes: int) -> NDArray[np.float64]:
        """Floor of each region: ``float64[nodes]``. [m2]"""
        nearest = self.field.nearest
        counted = np.bincount(nearest[nearest >= 0], minlength=nodes)
        return np.asarray(counted * self.grid.spacing_m**2, np.float64)


def regions_of(grid: Grid, nodes_m: NDArray[np.float64]) -> Regions:
    """Regions of nodes on a floor.

    Raises
    ------
    GeometryError
        With every node that is not on the floor.
    """
    field = field_to(grid, nodes_m)
    return Regions(field, _touching(field))


def _touching(field: Field) -> tuple[tuple[int, int], ...]:
    """Pairs of nodes whose regions touch by more than a point."""
    near, spacing = field.nearest, field.grid.spacing_m
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for axis in (0, 1):
        one, other = (near[:-1], near[1:]) if axis == 0 else (near[:, :-1], near[:, 1:])
        for row, column in np.argwhere((one >= 0) & (other >= 0) & (one != other)).tolist():
            pair = sorted((int(one[row, column]), int(other[row, column])))
            found.setdefault((pair[0], pair[1]), []).append((row, column))
    reach = max(1, round(MEETING_M / spacing))
    return tuple(
        sorted(
            pair
            for pair, cells in found.items()
            if len(cells) * spacing >= LEAST_CONTACT_M
            and (len(cells) * spacing > 2 * MEETING_M or not _meets_a_third(near, cells, pair, reach))
        )
    )


def _meets_a_third(near: NDArray[np.int32], cells: list[tuple[int, int]], pair: tuple[int, int], reach: int) -> bool:
    """Whether a short contact lies next to the region of another node."""
    for row, column in cells:
        around = near[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1]
        if ((around >= 0) & (around != pair[0]) & (around != pair[1])).any():
            return True
    return False
