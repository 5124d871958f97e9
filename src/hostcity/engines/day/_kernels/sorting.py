"""Rows in order of time, for what happens within one step."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import entry, spliced

U = np.uintp
BUCKETS = 256


@entry
def sort_by_time(row, at, who, size, begin_s, length_s, end, order, order_at):
    """Sort rows by time, then by whose they are: into buckets of time, then each bucket by itself.

    ``row`` and ``at`` [size] are what to sort, ``who`` [rows] the persons, ``order`` and ``order_at`` [size] get it
    sorted, ``end`` [BUCKETS + 1] is working space. Times outside the span of ``length_s`` from ``begin_s`` go into its first and last bucket.
    """
    per_s = BUCKETS / length_s
    for bucket in range(BUCKETS + 1):
        end[U(bucket)] = 0
    for place in range(size):
        end[U(_bucket(at[U(place)], begin_s, per_s) + 1)] += 1
    for bucket in range(BUCKETS):
        end[U(bucket + 1)] += end[U(bucket)]
    for place in range(size):
        bucket = _bucket(at[U(place)], begin_s, per_s)
        slot = np.int64(end[U(bucket)])
        end[U(bucket)] = slot + 1
        order[U(slot)] = row[U(place)]
        order_at[U(slot)] = at[U(place)]
    begin = np.int64(0)
    for bucket in range(BUCKETS):
        after = np.int64(end[U(bucket)])
        if after - begin > 1:
            _sort_part(order, order_at, who, begin, after)
        begin = after


@spliced
def _bucket(at, begin_s, per_s):
    return np.int64(min(max((at - begin_s) * per_s, 0.0), BUCKETS - 1.0))


@spliced
def _sort_part(order, order_at, who, first, after):
    """Sort the rows of one bucket (Shell 1959, doi 10.1145/368370.368387): some, or thousands that leave at once."""
    gap = np.int64(1)
    while gap < (after - first) // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for begin in range(first + gap, after):
            row = order[U(begin)]
            at = order_at[U(begin)]
            slot = np.int64(begin)
            while slot >= first + gap and (
                order_at[U(slot - gap)] > at
                or (order_at[U(slot - gap)] == at and who[U(order[U(slot - gap)])] > who[U(row)])
            ):
                order[U(slot)] = order[U(slot - gap)]
                order_at[U(slot)] = order_at[U(slot - gap)]
                slot -= gap
            order[U(slot)] = row
            order_at[U(slot)] = at
        gap //= 3
