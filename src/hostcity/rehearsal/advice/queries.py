"""Looking up advice."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from hostcity.core import policy as matrix
from hostcity.core.models import Edition, Person
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Advice


def advices(edition: Edition, person: Person) -> QuerySet[Advice]:
    """Advice that a person may see, latest first, with job, snapshot and who asked."""
    rows = Advice.objects.filter(edition=edition).select_related("job", "snapshot", "by")
    return matrix.allowed(person, policy.SEE_REHEARSALS, edition, rows).order_by("-id")


def advice_in_full(edition: Edition, person: Person, public_id: Any) -> Advice:
    """One with its result; one query. Raises ``Advice.DoesNotExist``."""
    advice = advices(edition, person).select_related("job", "snapshot", "by", "result").get(public_id=public_id)
    advice.edition = edition
    return advice
