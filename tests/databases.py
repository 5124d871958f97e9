"""What is tried whole on the first database and in part on the second; `make test-all` tries the whole on both.

A test that only repeats at full size, or with hundreds of requests, what its smaller cases show on either database.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from tests.whole import IS_WHOLE

#: Whether this run is the second, of which parts suffice.
IN_PART = connection.vendor == "postgresql" and not IS_WHOLE


def some_of(all_of_them: Sequence[Any], name: str) -> Sequence[Any]:
    """All of them; in the second run every sixth, by a hash with ``name``: others for each, so that all are tried."""
    if not IN_PART:
        return all_of_them
    return shuffled(all_of_them, name)[: -(-len(all_of_them) // 6)]


def of_each_kind(all_of_them: Sequence[Any], name: str, kind: Callable[[Any], Any]) -> Sequence[Any]:
    """One of each kind, by a hash with ``name``; in the second run of every sixth; with `make test-all` all."""
    if IS_WHOLE:
        return all_of_them
    first = {kind(each): each for each in reversed(shuffled(all_of_them, name))}
    return some_of(list(first.values()), name)


def shuffled(all_of_them: Sequence[Any], name: str) -> list[Any]:
    """In an order that ``name`` alone decides."""
    return sorted(all_of_them, key=lambda each: zlib.crc32(f"{name} {each}".encode()))
