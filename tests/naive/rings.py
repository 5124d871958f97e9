"""Rings of queues that block one another, by trying every queue."""

from __future__ import annotations

from collections.abc import Mapping


def rings(wants: Mapping[int, int]) -> list[list[int]]:
    """Every ring of ``wants`` (blocked queue -> the full place its head wants), each beginning at its smallest member."""
    found = []
    for begin in sorted(wants):
        ring, at = [begin], wants[begin]
        while at in wants and at != begin and len(ring) <= len(wants):
            ring.append(at)
            at = wants[at]
        if at == begin and min(ring) == begin:
            found.append(ring)
    return found
