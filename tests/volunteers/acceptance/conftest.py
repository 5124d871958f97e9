"""The clock and the accounts of the tests of swaps."""

from tests.volunteers.swaps.conftest import account, clock

__all__ = ["account", "clock"]
