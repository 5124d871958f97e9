"""V2 and V3 came to a shift."""

from tests.volunteers.duty.conftest import clock, leader, volunteer
from tests.volunteers.hours.conftest import came

__all__ = ["came", "clock", "leader", "volunteer"]
