"""Waiting for the workers of a cluster."""

import time

import pytest

from hostcity.studies.runs.cluster import DaskPool
from hostcity.studies.runs.pool import PoolError


def joined(scheduler: str, count: int) -> DaskPool:
    """A pool, once so many workers have joined."""
    for _ in range(300):
        try:
            pool = DaskPool(scheduler)
        except PoolError:
            time.sleep(0.1)
            continue
        if len(pool.workers) >= count:
            return pool
        pool.close()
        time.sleep(0.1)
    return pytest.fail(f"{count} workers did not join")
