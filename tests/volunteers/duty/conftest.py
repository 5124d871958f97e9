"""The first day's morning band, 08:00 to 13:00: a clock that stands still, volunteers with accounts, a leader."""

from datetime import datetime

import pytest
from django.utils import timezone

from hostcity.core.models.people import Role
from hostcity.volunteers.duty import services
from tests import people


class Clock:
    """What time it is on 5 May 2026, in the zone of the expo."""

    def __init__(self) -> None:
        self.set("07:30:10")

    def set(self, clock: str, day: str = "05") -> datetime:
        """Move it."""
        self.now = datetime.fromisoformat(f"2026-05-{day}T{clock}+08:00")
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    services.TRIES.forget()
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture
def volunteer(edition):
    """V2: the morning at the north door, without a leader's skill."""
    return people.person(Role.VOLUNTEER, edition, username="v2")


@pytest.fixture
def leader(edition):
    """V1 leads there."""
    return people.person(Role.VOLUNTEER, edition, username="v1")
