"""Looking up looks."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from hostcity.core import policy as matrix
from hostcity.core.models import Edition, Person
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Look, Rehearsal


def looks(edition: Edition, person: Person) -> QuerySet[Look]:
    """Looks that a person may see, latest first, with job, rehearsal and who asked."""
    rows = Look.objects.filter(edition=edition).select_related("job", "rehearsal", "by").defer("rehearsal__told")
    return matrix.allowed(person, policy.SEE_REHEARSALS, edition, rows).order_by("-id")


def looks_of(rehearsal: Rehearsal, person: Person) -> QuerySet[Look]:
    """Those at the day of one rehearsal; one query."""
    return looks(rehearsal.edition, person).filter(rehearsal=rehearsal)


def look_in_full(edition: Edition, person: Person, public_id: Any) -> Look:
    """One with its result; one query. Raises ``Look.DoesNotExist``."""
    rows = looks(edition, person).select_related("job", "rehearsal__snapshot", "rehearsal__result", "by", "result")
    look = rows.get(public_id=public_id)
    look.edition = look.rehearsal.edition = edition
    return look
