"""Rings of places that block one another, by trying every place."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def on_rings(wants: Mapping[int, Collection[int]]) -> list[int]:
    """Every place from which ``wants`` (blocked place -> the full places it may move on to) lead back to itself."""
    found = []
    for begin in sorted(wants):
        reached, ahead = set(), list(wants[begin])
        while ahead:
            at = ahead.pop()
            if at not in reached:
                reached.add(at)
                ahead += wants.get(at, ())
        if begin in reached:
            found.append(begin)
    return found
