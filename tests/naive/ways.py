"""Shortest ways by brute force: every corner joined with every corner that it sees, in shapely's words."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tests.naive.sight import sees, to_grains


def lengths(polygon, starts, ends):
    """From each start to each end; inf where there is no way."""
    corners = np.unique(shapely.get_coordinates(polygon), axis=0)
    points = np.concatenate([to_grains(starts), to_grains(ends), corners])
    one, other = np.triu_indices(len(points), 1)
    kept = sees(polygon, points[one], points[other])
    one, other = one[kept], other[kept]
    away = np.hypot(*(points[one] - points[other]).T)
    # Zero stands for no edge in a sparse array: points at one place are a hair apart.
    graph = csr_array((np.maximum(away, 1e-12), (one, other)), shape=(len(points), len(points)))
    found = dijkstra(graph, directed=False, indices=np.arange(len(starts)))
    return found[:, len(starts) : len(starts) + len(ends)]
