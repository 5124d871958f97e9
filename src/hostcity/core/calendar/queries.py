"""Look-ups of an edition's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from hostcity.core import policy
from hostcity.core.calendar.secrets import hash_of
from hostcity.core.models import CalendarAddress, Edition, Person
from hostcity.core.registries import CalendarEntry, registries


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the expo's zone with its entries, those of the whole day first."""

    on: date
    entries: tuple[CalendarEntry, ...]
    is_today: bool


def entries_of(
    edition: Edition, person: Person, *, since: date | None = None, until: date | None = None
) -> list[CalendarEntry]:
    """Everything that the person may know of, in order of time; days are the expo's, both ends included."""
    return entries_and_next(edition, person, since=since, until=until)[0]


def entries_and_next(
    edition: Edition, person: Person, *, since: date | None = None, until: date | None = None
) -> tuple[list[CalendarEntry], CalendarEntry | None]:
    """The same, and the first entry that begins after those days; None = nothing is known of any."""
    policy.require(person, policy.SEE_CALENDAR, edition)
    first = at_midnight(edition, since) if since else None
    end = at_midnight(edition, until + timedelta(days=1)) if until else None
    found = [entry for source in registries.calendar_sources for entry in source(edition, person)]
    found.sort(key=lambda entry: (entry.starts_at, not entry.is_all_day, entry.key))
    later = next((entry for entry in found if end is not None and entry.starts_at >= end), None)
    return [
        entry
        for entry in found
        if (first is None or entry.ends_at > first or entry.starts_at >= first)
        and (end is None or entry.starts_at < end)
    ], later


def days_of(edition: Edition, entries: Sequence[CalendarEntry], *, since: date, until: date) -> list[Day]:
    """The days between, today even when nothing happens on it; an entry stands on every day that it touches."""
    today = edition.today()
    by_day: dict[date, list[CalendarEntry]] = {today: []} if since <= today <= until else {}
    for entry in entries:
        on = max(entry.starts_at.astimezone(edition.zone).date(), since)
        last = min(last_day_of(edition, entry), until)
        while on <= last:
            by_day.setdefault(on, []).append(entry)
            on += timedelta(days=1)
    return [
        Day(on, tuple(sorted(by_day[on], key=lambda each: (not each.is_all_day, each.starts_at))), on == today)
        for on in sorted(by_day)
    ]


def last_day_of(edition: Edition, entry: CalendarEntry) -> date:
    """The last day on which it happens: what ends at midnight does not touch the day that begins then."""
    end = entry.ends_at - timedelta(microseconds=1) if entry.ends_at > entry.starts_at else entry.ends_at
    return end.astimezone(edition.zone).date()


def at_midnight(edition: Edition, on: date) -> datetime:
    """The moment at which a day begins at the expo."""
    return datetime.combine(on, time.min, edition.zone)


def edition_days(edition: Edition, person: Person) -> list[CalendarEntry]:
    """Core's own entries: opening, the days between, closing."""
    opens, closes = at_midnight(edition, edition.opens_on), at_midnight(edition, edition.closes_on + timedelta(days=1))
    path = f"/e/{edition.code}/"
    title = _("%(name)s is open") % {"name": edition.name}
    return [
        CalendarEntry(
            key="edition-open", title=title, starts_at=opens, ends_at=closes, place=edition.city, path=path,
            is_all_day=True,
        )
    ]  # fmt: skip


def address_of(secret: str) -> CalendarAddress | None:
    """The address that a secret belongs to. Outside of every edition: the secret alone says which."""
    with scopes_disabled():
        found = CalendarAddress.objects.select_related("person", "edition__expo").filter(sha256=hash_of(secret)).first()
    return found if found and policy.may(found.person, policy.SEE_CALENDAR, found.edition) else None
