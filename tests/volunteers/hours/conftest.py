"""The clock and the people of the tests of duty."""

import pytest

from hostcity.volunteers.duty import services as duty
from tests.volunteers.duty.conftest import clock, leader, volunteer

__all__ = ["clock", "leader", "volunteer"]


@pytest.fixture
def came(edition, coordinator, clock):
    """V2 came at 07:30 and left at 12:10:30; V3 came at 08:20, and has not left."""
    seat = {"edition": edition, "day": "D1", "band": "early", "by": coordinator}
    duty.check_in_by_hand(volunteer="V2", **seat)
    clock.set("08:20:00")
    duty.check_in_by_hand(volunteer="V3", **seat)
    clock.set("12:10:30")
    duty.check_out_by_hand(volunteer="V2", **seat)
    clock.set("18:00:00")
    return edition
