"""A calendar as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hostcity.core.calendar.queries import last_day_of
from hostcity.core.models import Edition
from hostcity.core.registries import CalendarEntry


def calendar_of(edition: Edition, entries: Iterable[CalendarEntry], *, at: datetime, site: str) -> bytes:
    """The entries as a calendar file; times carry the expo's zone, whose rules stand in the file."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//hostcity//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", edition.name)
    calendar.add("x-wr-calname", edition.name)
    calendar.add("x-wr-timezone", edition.time_zone)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{edition.code}.hostcity")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("summary", str(entry.title))
        if entry.is_all_day:
            event.add("dtstart", entry.starts_at.astimezone(edition.zone).date())
            event.add("dtend", last_day_of(edition, entry) + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
        else:
            event.add("dtstart", entry.starts_at.astimezone(edition.zone))
            if entry.ends_at > entry.starts_at:  # a moment has no end (RFC 5545, 3.8.2.2)
                event.add("dtend", entry.ends_at.astimezone(edition.zone))
        if entry.place:
            event.add("location", entry.place)
        if entry.path:
            event.add("url", f"{site}{entry.path}")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
