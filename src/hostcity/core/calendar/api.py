"""The calendar by the API."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer
from hostcity.core.calendar import queries, services
from hostcity.core.errors import Refused

operations = Operations("calendar")
MOST_DAYS = 400
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


class EntryShown(Answer):
    """Something with a time."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    path: str
    is_all_day: bool


class Entries(Answer):
    """Entries in order of time."""

    rows: list[EntryShown]


class CalendarAsked(Answer):
    """Which days of the expo, both included."""

    since: date | None = Field(None, ge=FIRST, le=LAST, description="Absent = today at the expo.")
    until: date | None = Field(None, ge=FIRST, le=LAST, description="Absent = 30 days later.")


class CalendarAddressMade(Answer):
    """A secret address for calendar programs, shown this once."""

    url: str


@operations.get("/calendar", policy.SEE_CALENDAR, Entries)
def list_calendar(request: Any, asked: Query[CalendarAsked]) -> Any:
    """List what happens.

    Everything that you may know of between two days of the expo.
    """
    since = asked.since or request.edition.today()
    until = asked.until or since + timedelta(days=30)
    if not timedelta(0) <= until - since <= timedelta(days=MOST_DAYS):
        what = _("The days are in the wrong order, or more than {most} apart.").format(most=MOST_DAYS)
        raise Refused("calendar.days", what, _("Ask for fewer."), field="until")
    entries = queries.entries_of(request.edition, request.person, since=since, until=until)
    return {"rows": [{**_plain(each), "title": str(each.title)} for each in entries]}


def _plain(entry: Any) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in EntryShown.model_fields}


@operations.post("/calendar/address", policy.SEE_CALENDAR, CalendarAddressMade, is_secret=True)
def renew_calendar_address(request: Any) -> Any:
    """Make a new secret address of your calendar.

    For calendar programs (iCalendar). The one before stops working; this one is shown this once.
    """
    secret = services.renew_address(edition=request.edition, by=request.person)
    return {"url": request.build_absolute_uri(reverse("calendar-feed", args=[secret]))}


@operations.delete("/calendar/address", policy.SEE_CALENDAR)
def revoke_calendar_address(request: Any) -> None:
    """Take the secret address of your calendar back.

    It stops working; nothing happens when there is none.
    """
    services.revoke_address(edition=request.edition, by=request.person)
