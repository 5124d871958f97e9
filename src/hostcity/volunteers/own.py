"""What a volunteer sees: their own shifts of the roster that holds, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models import Edition, Person
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.core.registries import CalendarEntry
from hostcity.core.sayings import is_chinese
from hostcity.plan.cells import clock_text
from hostcity.volunteers.models import Shift, ShiftQuerySet
from hostcity.volunteers.policy import OWN_SHIFTS

SHEETS = ("service_days", "bands", "posts", "zones")


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnShift:
    """One of them."""

    code: str
    volunteer: str
    day: str
    band_code: str
    starts_at: datetime
    ends_at: datetime
    times: str
    band: str
    post: str
    post_code: str
    zone: str


def own_shifts(edition: Edition, person: Person) -> list[OwnShift]:
    """A person's shifts by time: of the volunteer whose code is theirs, or their sign-in name. Two queries.

    Shifts whose day, band or post the plan does not have any more are left out.
    """
    rows = list(rows_of(edition, person))
    if not rows:
        return []
    sheets = rows_of_sheets(edition, SHEETS)
    days, bands, posts, zones = ({each.code: each for each in sheets[name]} for name in SHEETS)
    found = []
    for row in rows:
        if row.day in days and row.band in bands and row.post in posts:
            day, band, post = days[row.day], bands[row.band], posts[row.post]
            midnight = datetime.fromisoformat(day.date).replace(tzinfo=edition.zone)
            zone = zones.get(post.zone)
            found.append(
                OwnShift(
                    code=row.code, volunteer=row.volunteer, day=row.day, band_code=row.band, starts_at=midnight + timedelta(seconds=band.start_s), ends_at=midnight + timedelta(seconds=band.end_s),
                    times=f"{clock_text(band.start_s)}–{clock_text(band.end_s)}", band=name_of(band), post=name_of(post), post_code=post.code,
                    zone=name_of(zone) if zone else post.zone,
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: each.starts_at)


def rows_of(edition: Edition, person: Person) -> ShiftQuerySet:
    """The rows of a person's shifts."""
    of_them = Q(volunteer=person.code) | Q(in_lower=person.username.lower())  # sign-in names are kept in lower case
    shifts: ShiftQuerySet = Shift.objects.filter(edition=edition).annotate(in_lower=Lower("volunteer"))
    return shifts.filter(of_them).exclude(post="")


def name_of(row: object) -> str:
    zh, en = getattr(row, "name_zh", ""), getattr(row, "name_en", "")
    return str((zh if is_chinese() else en) or en or zh or getattr(row, "code", ""))


def own_times(edition: Edition, person: Person) -> Iterable[CalendarEntry]:
    """Their times for the calendar, and whatever subscribes to it."""
    if not policy.may(person, OWN_SHIFTS, edition):
        return []
    with scope(edition=edition):
        shifts = own_shifts(edition, person)
    path = reverse("my-shifts", args=[edition.code])
    return [
        CalendarEntry(
            key=f"shift-{each.code}",
            title=each.post,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            place=each.zone,
            path=path,
        )
        for each in shifts
    ]
