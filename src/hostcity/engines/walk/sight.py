"""Who sees what: straight lines that stay on the floor."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hostcity.engines.walk._kernels.horizon import seen_from
from hostcity.engines.walk._kernels.sight import seen_pairs
from hostcity.engines.walk.floor import GRAIN_M, Floor
from hostcity.engines.walk.points import points_of

MOST_REACH = 2**30  # grains: farther than any floor is long


def sees(floor: Floor, a: ArrayLike, b: ArrayLike) -> NDArray[np.bool_]:
    """Whether each point of a sees its point of b: the line between them, ends included, is on the closed floor.

    A line that touches a corner or slides along a wall is on the floor; so is one through the single point where two
    obstacles meet corner to corner. From a point that is not on the floor nothing is seen, not even itself.

    Parameters
    ----------
    a, b : float64[n, 2]
        Taken to the nearest grain (1/65,536 m). [m]

    Notes
    -----
    Whole numbers decide: orientation of three points and the angle at a corner, for the edges in the cells along the
    line, so the answer is exact and the same in both directions. Slow twin: ``tests/naive/sight.py`` (shapely's
    ``covers``).

    Examples
    --------
    >>> from hostcity.engines.walk import floor_of, sees
    >>> room = floor_of([[(0, 0), (9, 0), (9, 9), (0, 9)]], [[(4, 4), (5, 4), (5, 5), (4, 5)]], clearance_m=0.0)
    >>> sees(room, [(1, 4), (1, 4), (3, 5)], [(8, 4), (8, 5), (5, 3)]).tolist()
    [True, False, True]
    """
    starts, ends = points_of(floor, a), points_of(floor, b)
    if starts.x.size != ends.x.size:
        raise ValueError(f"{starts.x.size} points cannot look at {ends.x.size}, one at one")
    found = starts.is_on & ends.is_on
    both = np.flatnonzero(found)
    found[both] = seen_pairs(floor.edges, starts.x[both], starts.y[both], ends.x[both], ends.y[both])
    return found


def visible(floor: Floor, viewpoints: ArrayLike, targets: ArrayLike, reach_m: float = math.inf) -> NDArray[np.bool_]:
    """Which targets each viewpoint sees: ``bool[viewpoints, targets]``, by the definition of `sees`.

    Parameters
    ----------
    viewpoints, targets : float64[n, 2]
        Those that are not on the floor see nothing and are not seen. [m]
    reach_m
        Nothing farther away is seen; what is exactly as far is.

    Raises
    ------
    ValueError
        When the reach is negative or no number.
    """
    one, other = points_of(floor, viewpoints), points_of(floor, targets)
    reach = grains_of_reach(reach_m)
    found: NDArray[np.bool_] = seen_from(floor.edges, *one, *other, reach)
    return found


def grains_of_reach(reach_m: float) -> int:
    """A reach in whole grains, rounded down."""
    if not reach_m >= 0:
        raise ValueError(f"reach_m is 0 or more, not {reach_m}")
    return min(MOST_REACH, math.floor(min(reach_m, 1e6) / GRAIN_M))
