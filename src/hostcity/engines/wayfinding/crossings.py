"""Which doors straight lines go through, and in which direction."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Crossings(NamedTuple):
    """One row for each line and each door that it goes through, by line and then along it."""

    line: Ints
    door: Ints
    from_left: NDArray[np.bool_]  # from the left of who goes along the door from its first end to its second
    share: Floats  # of the line, from its start


def crossings(doors_m: Floats, starts_m: Floats, ends_m: Floats) -> Crossings:
    """Every crossing of lines with doors.

    A point on the line of a door is on its right: who goes to it and on from it crosses once.

    Parameters
    ----------
    doors_m : float64[doors, 4]
        x and y of both ends. [m]
    starts_m, ends_m : float64[n, 2]
        Ends of the lines. [m]
    """
    low, high = np.minimum(starts_m, ends_m), np.maximum(starts_m, ends_m)
    found: list[tuple[Ints, Ints, NDArray[np.bool_], Floats]] = []
    for door, (x1, y1, x2, y2) in enumerate(doors_m.tolist()):
        is_near = (high[:, 0] >= min(x1, x2)) & (low[:, 0] <= max(x1, x2))
        is_near &= (high[:, 1] >= min(y1, y2)) & (low[:, 1] <= max(y1, y2))
        near = np.flatnonzero(is_near)
        a, b = starts_m[near], ends_m[near]
        of_a = (x2 - x1) * (a[:, 1] - y1) - (y2 - y1) * (a[:, 0] - x1)
        of_b = (x2 - x1) * (b[:, 1] - y1) - (y2 - y1) * (b[:, 0] - x1)
        of_1 = (b[:, 0] - a[:, 0]) * (y1 - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x1 - a[:, 0])
        of_2 = (b[:, 0] - a[:, 0]) * (y2 - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x2 - a[:, 0])
        goes = np.flatnonzero(((of_a > 0) != (of_b > 0)) & (of_1 * of_2 <= 0))
        share = of_a[goes] / (of_a[goes] - of_b[goes])
        found.append((near[goes], np.full(goes.size, door), of_a[goes] > 0, share))
    if not found:
        return Crossings(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.bool_), np.empty(0))
    line, of_door, from_left, share = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.lexsort((share, line))
    return Crossings(line[order], of_door[order], from_left[order], share[order])
