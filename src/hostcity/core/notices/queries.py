"""Looking up notices."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from hostcity.core import policy
from hostcity.core.models import Edition, Notice, Person
from hostcity.core.registries import registries


class _Missing(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def notices_of(edition: Edition, person: Person) -> QuerySet[Notice]:
    """A person's notices. One query."""
    return policy.allowed(person, policy.SEE_NOTICES, edition, Notice.objects.filter(edition=edition, person=person))


def words_of(notice: Notice) -> str:
    """What a notice says, in the language of the moment; values that were not given are left open."""
    return str(registries.notice_words.get(notice.kind, notice.kind)).format_map(_Missing(notice.values))
