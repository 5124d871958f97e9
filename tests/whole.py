"""How much of a test is tried: all of it with `make test-all`, a part that finds most faults with `make test`."""

from __future__ import annotations

import os

#: Whether everything is tried.
IS_WHOLE = bool(os.environ.get("HOSTCITY_TEST_ALL"))


def tries(few: int, many: int) -> int:
    """So many examples by chance: ``many`` where everything is tried."""
    return many if IS_WHOLE else few
