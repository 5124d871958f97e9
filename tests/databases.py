"""What is tried whole on the first database and in part on the second; `make test-all` tries the whole on both.

A test that only repeats at full size, or with hundreds of requests, what its smaller cases show on either database.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from typing import Any

from django.db import connection

#: Whether this run is the second, of which parts suffice.
IN_PART = connection.vendor == "postgresql" and not os.environ.get("HOSTCITY_TEST_ALL")


def some_of(all_of_them: Sequence[Any], name: str) -> Sequence[Any]:
    """All of them; in the second run every sixth, by a hash with ``name``: others for each, so that all are tried."""
    if not IN_PART:
        return all_of_them
    shuffled = sorted(all_of_them, key=lambda each: zlib.crc32(f"{name} {each}".encode()))
    return shuffled[: -(-len(shuffled) // 6)]
