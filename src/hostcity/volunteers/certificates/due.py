"""Who has served and could have a certificate; who could not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hostcity.core.models import Edition, Person
from hostcity.volunteers.hours.counted import Served, served_in
from hostcity.volunteers.models import CertificateState, ServiceCertificate
from hostcity.volunteers.services.publishing import people_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What somebody has served by now."""

    volunteer: str
    minutes: int
    shifts: int
    first_date: date
    last_date: date


@dataclass(slots=True)
class Due:
    """Who would get a certificate now, and codes of who would not."""

    ready: list[tuple[Record, Person]] = field(default_factory=list)
    have: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)  # a shift of theirs has no end
    few: list[str] = field(default_factory=list)  # too few minutes
    unnamed: list[str] = field(default_factory=list)  # no account, or none with a name


def due_in(edition: Edition, least_minutes: int, volunteers: Iterable[str] | None = None) -> Due:
    """Everybody who has served, or some of them, by code. Five queries for each 400 people."""
    of: dict[str, list[Served]] = {}
    for each in served_in(edition, volunteers):
        of.setdefault(each.volunteer, []).append(each)
    valid = ServiceCertificate.objects.filter(edition=edition, state=CertificateState.VALID)
    have, held = set(valid.values_list("volunteer", flat=True)), set(valid.values_list("person_id", flat=True))
    people = {name: person for person in people_of(edition, of) for name in (person.username.lower(), person.code.lower())}  # fmt: skip
    due = Due()
    for volunteer, served in sorted(of.items()):
        record, person = record_of(volunteer, served), people.get(volunteer.lower())
        if volunteer in have or (person and person.pk in held):
            due.have.append(volunteer)
        elif any(each.is_open for each in served):
            due.open.append(volunteer)
        elif record.minutes < max(least_minutes, 1):
            due.few.append(volunteer)
        elif person is None or not person.name.strip():
            due.unnamed.append(volunteer)
        else:
            held.add(person.pk)
            due.ready.append((record, person))
    return due


def record_of(volunteer: str, served: list[Served]) -> Record:
    """What somebody has served, of shifts that count."""
    counted = [each for each in served if each.minutes] or served
    dates = sorted(_date(each) for each in counted)
    return Record(
        volunteer=volunteer, minutes=sum(each.minutes for each in served), shifts=sum(each.minutes > 0 for each in served),
        first_date=dates[0], last_date=dates[-1],
    )  # fmt: skip


def _date(each: Served) -> date:
    """The day of the shift; of coming, where the plan has the day no more."""
    try:
        return date.fromisoformat(each.date)
    except ValueError:
        return each.checked_in_at.date()
