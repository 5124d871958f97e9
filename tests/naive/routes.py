"""Shortest ways by trying again until nothing gets shorter."""

from __future__ import annotations

from collections.abc import Sequence


def distances(nodes: int, ways: Sequence[tuple[int, int, float]], dest: int) -> list[float]:
    """Cost from every node to ``dest`` over directed ``ways`` (from, to, cost): Bellman (1958) and Ford."""
    cost = [float("inf")] * nodes
    cost[dest] = 0.0
    changed = True
    while changed:
        changed = False
        for start, end, step in ways:
            if cost[end] + step < cost[start]:
                cost[start] = cost[end] + step
                changed = True
    return cost
