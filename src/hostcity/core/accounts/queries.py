"""What pages ask about accounts."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django_scopes import scopes_disabled

from hostcity.core.models import Assignment, Person
from hostcity.core.models.people import Role


def is_urged_to_second_factor(person: Person) -> bool:
    """Whether somebody may change everything with a password alone, on a site that is no demonstration."""
    if settings.IS_DEMO or is_mfa_enabled(person):
        return False
    return may_change_much(person)


def may_change_much(person: Person) -> bool:
    """Whether somebody is the administrator of the site, or of an edition that is no demonstration."""
    return person.is_superuser or is_administrator_somewhere(person)


def is_administrator_somewhere(person: Person) -> bool:
    """Whether a person is the administrator of an edition that is no demonstration."""
    with scopes_disabled():
        return Assignment.objects.filter(person=person, role=Role.ADMINISTRATOR, edition__is_demo=False).exists()
