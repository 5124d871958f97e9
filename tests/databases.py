"""What is tried in part: by each of two databases, or as one of each kind; `make test-all` tries the whole on both."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from tests.whole import IS_WHOLE

#: Whether this run is the second, of which parts suffice.
IN_PART = connection.vendor == "postgresql" and not IS_WHOLE


def of_each_kind(all_of_them: Sequence[Any], name: str, kind: Callable[[Any], Any]) -> Sequence[Any]:
    """One of each kind, by a hash with ``name``: others for each, so that all are tried; with `make test-all` all."""
    if IS_WHOLE:
        return all_of_them
    return list({kind(each): each for each in reversed(shuffled(all_of_them, name))}.values())


def shuffled(all_of_them: Sequence[Any], name: str) -> list[Any]:
    """In an order that ``name`` alone decides."""
    return sorted(all_of_them, key=lambda each: zlib.crc32(f"{name} {each}".encode()))
