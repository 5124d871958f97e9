"""Look-ups of editions."""

from __future__ import annotations

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from hostcity.core.models import Assignment, Edition, Person


def editions_for(person: Person) -> QuerySet[Edition]:
    """The editions in which a person has a part, those that open last first; one query. A superuser has one in all."""
    found = Edition.objects.select_related("expo").order_by("-opens_on", "code")
    if person.is_superuser:
        return found
    with scopes_disabled():  # a person's own roles, whatever the edition
        mine = Assignment.objects.filter(person=person).values("edition")
    return found.filter(pk__in=mine)


def edition_to_open(person: Person, *, seen: str = "") -> Edition | None:
    """The edition that a person wants first: the one seen last, else what runs or opens next, else what closed last."""
    mine = list(editions_for(person))
    last = [each for each in mine if each.code == seen]
    coming = sorted((each for each in mine if each.closes_on >= each.today()), key=lambda each: each.opens_on)
    return next(iter([*last, *coming, *mine]), None)
