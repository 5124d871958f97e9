"""Who comes first: as a stable sort, whatever sort is used."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.sorting import BUCKETS, sort_by_time
from hostcity.engines.day.ordering import order_in_time


def test_order_in_time_is_that_of_a_stable_sort_with_equal_times_and_nan() -> None:
    rng = np.random.default_rng(3)
    for at_s in (rng.random(1000), rng.integers(0, 50, 1000).astype(float), np.array([2.0, np.nan, 1.0, 1.0, np.nan])):
        assert order_in_time(at_s).tolist() == np.argsort(at_s, kind="stable").tolist()
    assert order_in_time(np.empty(0)).tolist() == []


def test_rows_of_a_step_are_sorted_by_time_then_by_person() -> None:
    rng = np.random.default_rng(5)
    for size, times in ((0, 1), (1, 1), (300, 10**9), (4000, 3), (4000, 10**9)):
        # A step from 100 to 102; some ended before it, all at one time, or after it.
        at = 99.5 + rng.integers(0, times, size) / times * 3.0
        row = rng.permutation(size).astype(np.int32)
        who = rng.permutation(size).astype(np.int32)
        order, order_at = np.empty(size, np.int32), np.empty(size)
        sort_by_time(row, at, who, size, 100.0, 2.0, np.empty(BUCKETS + 1, np.int32), order, order_at)
        wanted = np.lexsort((who[row], at))
        assert order.tolist() == row[wanted].tolist()
        assert order_at.tolist() == at[wanted].tolist()
