"""Whom a coordinator may let in, and what keeps that from becoming a way to more than a crowd may do."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import F

from hostcity.core import policy
from hostcity.core.models import Assignment, Edition, Person, SignInCode
from hostcity.core.models.people import Role
from hostcity.core.people.queries import CHUNK, managed, roles_anywhere


def let_in(by: Person, people: Iterable[Person], edition: Edition) -> list[Person]:
    """Those of ``people`` for whom ``by`` may make codes with which one signs in as them.

    Those whose accounts ``by`` may change; and, for who may make codes here, who has roles of a crowd here and no other
    role anywhere: a code is a key to everything that its person may do in any edition.
    """
    people = list(people)
    mine = {person.pk for person in managed(by, people, edition)}
    if policy.may(by, policy.MAKE_CODES, edition):
        roles = roles_anywhere(people)
        mine |= {each.pk for each in people if not each.is_superuser and _is_crowd(roles.get(each.pk, []), edition)}
    return [person for person in people if person.pk in mine]


def close_ways_in(people: Iterable[Person], role: Role) -> None:
    """Whoever is given more than a crowd's role signs in anew; part of the act that gives it, before the role is there.

    A coordinator may make codes for a crowd, and so may have come in as one of it, set a password, written a phone number
    of their own, and waited. Codes and sessions end, the phone number has to be confirmed; with a role of staff, passwords and second factors too.
    """
    if role in policy.CROWD:
        return
    people = _of_crowds_only(people)
    for start in range(0, len(people), CHUNK):
        some = [person.pk for person in people[start : start + CHUNK]]
        rows = Person.objects.filter(pk__in=some)
        rows.update(
            sessions_ended=F("sessions_ended") + 1, phone_confirmed=False
        )  # before codes: who makes one holds the person's row
        SignInCode.objects.filter(person__in=some, used_at=None).delete()
        if role in policy.STAFF:
            rows.update(password=make_password(None))
            Authenticator.objects.filter(user__in=some).delete()


def hold_back_phones(people: Iterable[Person]) -> None:
    """People whose phone number somebody else has changed: where an account is in use, they confirm it first.

    Codes that are on their way went to the old number. An account in which nobody has been yet has nothing to guard.
    """
    ids = [person.pk for person in people]
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        Person.objects.filter(pk__in=some, last_login__isnull=False).update(phone_confirmed=False)
        SignInCode.objects.filter(person__in=some, made_by="", used_at=None).delete()


def _is_crowd(roles: list[Assignment], edition: Edition) -> bool:
    is_here = any(each.edition_id == edition.pk for each in roles)
    return is_here and all(each.role in policy.CROWD for each in roles)


def _of_crowds_only(people: Iterable[Person]) -> list[Person]:
    """Those who have been of the crowd only so far, whom a coordinator may have let in."""
    people = list(people)
    roles = roles_anywhere(people)
    return [each for each in people if roles.get(each.pk) and all(one.role in policy.CROWD for one in roles[each.pk])]
