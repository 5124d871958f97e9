"""Two days before the first service day: a clock that stands still, volunteers with accounts."""

from datetime import datetime

import pytest
from django.utils import timezone

from hostcity.core.models.people import Role
from hostcity.volunteers.swaps import services
from tests import people


class Clock:
    """What time it is in May 2026, in the zone of the expo."""

    def __init__(self) -> None:
        self.set("03", "12:00")

    def set(self, day: str, clock: str) -> datetime:
        """Move it."""
        self.now = datetime.fromisoformat(f"2026-05-{day}T{clock}:00+08:00")
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    services.TRIES.forget()
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture
def account(edition):
    """The account of a volunteer, by code."""
    made = {}

    def of(code):
        if code not in made:
            made[code] = people.person(Role.VOLUNTEER, edition, username=code.lower(), name=f"Name of {code}")
        return made[code]

    return of
