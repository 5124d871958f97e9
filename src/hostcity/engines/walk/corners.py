"""Rings as linked corners, also where rings meet in a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def corners_of(rings: list[Ints]) -> list[Ints]:
    """Rings without points in the middle of a straight wall, but with all points where rings meet."""
    _, place_of, count = np.unique(np.concatenate(rings), axis=0, return_inverse=True, return_counts=True)
    is_meeting = np.split(count[place_of.ravel()] > 1, np.cumsum([len(ring) for ring in rings])[:-1])
    return [_without_straight(ring, kept) for ring, kept in zip(rings, is_meeting, strict=True)]


def linked(x: Ints, y: Ints, first: Ints) -> tuple[Ints, Ints, Ints]:
    """For each corner the one before, the one after, and the next one at the same place (itself if there is no other).

    From the wall to the corner after, turning left, to the wall to the corner before, there is floor. Where rings meet in
    a point, that is not the corner before on the same ring but the first that the turn comes to.
    """
    before, after = np.arange(x.size, dtype=np.int64) - 1, np.arange(x.size, dtype=np.int64) + 1
    before[first[:-1]], after[first[1:] - 1] = first[1:] - 1, first[:-1]
    twin = np.arange(x.size, dtype=np.int64)
    for group in _meetings(x, y):
        twin[group] = np.roll(group, -1)
        behind = before[group].tolist()
        for corner in group.tolist():
            before[corner] = _first_to_the_left(x, y, corner, int(after[corner]), behind)
    return before, after, twin


def _without_straight(ring: Ints, is_kept: NDArray[np.bool_]) -> Ints:
    while True:
        ahead, back = np.roll(ring, -1, axis=0) - ring, ring - np.roll(ring, 1, axis=0)
        stays = is_kept | (back[:, 0] * ahead[:, 1] != back[:, 1] * ahead[:, 0])
        if stays.all():
            return ring
        ring, is_kept = ring[stays], is_kept[stays]


def _meetings(x: Ints, y: Ints) -> list[Ints]:
    """Groups of corners at one place."""
    order = np.lexsort((np.arange(x.size), y, x))
    is_new = (np.diff(x[order]) != 0) | (np.diff(y[order]) != 0)
    return [group for group in np.split(order, np.flatnonzero(is_new) + 1) if group.size > 1]


def _first_to_the_left(x: Ints, y: Ints, corner: int, ahead: int, others: list[int]) -> int:
    """Of some corners the first that who stands at a corner, looks ahead and turns left comes to face."""

    def toward(other: int) -> tuple[int, int]:
        return int(x[other]) - int(x[corner]), int(y[other]) - int(y[corner])

    def cross(a: tuple[int, int], b: tuple[int, int]) -> int:
        return a[0] * b[1] - a[1] * b[0]

    def half(other: int) -> int:
        return 1 - (cross(toward(ahead), toward(other)) > 0) + (cross(toward(ahead), toward(other)) < 0)

    best = others[0]
    for other in others[1:]:
        if (half(other), -cross(toward(other), toward(best))) < (half(best), 0):
            best = other
    return best
