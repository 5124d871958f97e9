"""V2 has served 250 minutes, V3 has not left."""

from tests.volunteers.duty.conftest import clock, leader, volunteer
from tests.volunteers.hours.conftest import came

__all__ = ["came", "clock", "leader", "volunteer"]
