"""Rehearsals in the calendar: drills that were held, on the day on which they were."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from hostcity.core import policy as matrix
from hostcity.core.models import Edition, Person
from hostcity.core.registries import CalendarEntry
from hostcity.rehearsal import policy
from hostcity.rehearsal.queries import played

MOST = 50  # the latest; all of them are listed on their own page


def rehearsal_times(edition: Edition, person: Person) -> Iterator[CalendarEntry]:
    """The latest rehearsals that have a result, for whoever may see them. One query."""
    if not matrix.may(person, policy.SEE_REHEARSALS, edition):
        return
    for row in played(edition, person)[:MOST]:
        yield CalendarEntry(
            key=f"rehearsal-{row.key}", title=_("Rehearsal: %(name)s") % {"name": row.name_and_number},
            starts_at=row.created_at, ends_at=row.created_at,
            path=reverse("rehearsal", kwargs={"edition": edition.code, "key": row.public_id}),
        )  # fmt: skip
