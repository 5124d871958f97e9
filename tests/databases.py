"""What is tried whole on the first database and in part on the second; `make test-all` tries the whole on both.

A test that only repeats at full size, or with hundreds of requests, what its smaller cases show on either database.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from django.db import connection

#: Whether this run is the second, of which parts suffice.
IN_PART = connection.vendor == "postgresql" and not os.environ.get("HOSTCITY_TEST_ALL")


def some_of(all_of_them: Sequence[Any], number: int) -> Sequence[Any]:
    """All of them; in the second run every third, from another one for each ``number``."""
    return all_of_them[number % 3 :: 3] if IN_PART else all_of_them
