"""Editions and people for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django_scopes import scope

from hostcity.core.ledger import open_ledger
from hostcity.core.models import Assignment, Bureau, Edition, Expo, Person
from hostcity.core.models.people import Role

PASSWORD = "correct-horse-battery"  # noqa: S105 -- of people who exist in tests only


class QuickHasher(Argon2PasswordHasher):
    """The site's, at the least cost that it knows: hashing is slow by design, and tests sign in hundreds of times."""

    time_cost, memory_cost, parallelism = 1, 8, 1


HASHED = QuickHasher().encode(PASSWORD, "salt-of-tests")


def edition(code: str = "fair", **fields: Any) -> Edition:
    """A new edition with its ledger."""
    expo, _ = Expo.objects.get_or_create(code="expo", defaults={"name_en": "Expo", "name_zh": "博览会"})
    made = Edition.objects.create(
        **{
            "expo": expo, "code": code, "name_en": f"The {code}", "name_zh": f"展会 {code}",
            "opens_on": date(2027, 11, 5), "closes_on": date(2027, 11, 10),
        } | fields
    )  # fmt: skip
    open_ledger(made)
    return made


def person(
    role: Role | None = None, of: Edition | None = None, *, bureau: Bureau | None = None, **fields: Any
) -> Person:
    """A new person, with a role in an edition if one is given."""
    count = Person.objects.count()
    made = Person.objects.create(
        **{"username": f"{role or 'nobody'}-{count}", "name": f"Person {count}", "password": HASHED} | fields
    )
    if role is not None and of is not None:
        with scope(edition=of):
            if role is Role.BUREAU_OWNER and bureau is None:
                bureau, _ = Bureau.objects.get_or_create(edition=of, code="venue", defaults={"name_en": "Venue bureau"})
            Assignment.objects.create(edition=of, person=made, role=role, bureau=bureau)
    return made


def signed_in(who: Person, **more: Any) -> Client:
    """A browser without scripts in which somebody has signed in."""
    client = Client(**more)
    client.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    return client
