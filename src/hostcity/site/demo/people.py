"""People of the demonstration: one per role, with random passwords that a file in the home keeps."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django_scopes import scope

from hostcity.core.models import Assignment, Bureau, Edition, Organization, Person
from hostcity.core.models.people import LETTERS, Role
from hostcity.site.demo.preparing import OWNER

PREFIX = "demo-"
FILE = "demo-logins.txt"
PASSWORD_LETTERS = 14
BELONGING = (Role.EXHIBITOR, Role.BUYER)


@dataclass(frozen=True, slots=True)
class Login:
    """What somebody types to sign in."""

    role: Role
    username: str
    password: str


def demo_people() -> QuerySet[Person]:
    """Everybody who belongs to a demonstration."""
    return Person.objects.filter(username__startswith=PREFIX)


def make_logins(home: Path, editions: Iterable[Edition]) -> list[Login]:
    """One login per role, the same in all editions. Those that are there and written down stay as they are."""
    kept = _kept(home / FILE)
    logins = [_login(role, kept) for role in Role]
    for edition in editions:
        _assign(edition)
    _write(home / FILE, logins)
    return logins


def end_demo(home: Path) -> int:
    """Let no login of the demonstration work any more; how many did."""
    with transaction.atomic():
        working = list(demo_people().filter(is_active=True))
        for person in working:
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
    (home / FILE).unlink(missing_ok=True)
    return len(working)


def _login(role: Role, kept: dict[str, str]) -> Login:
    username = PREFIX + role.value
    person = Person.objects.filter(username=username).first() or Person(username=username, name=_name(role))
    password = kept.get(username, "")
    if not person.is_active or not password or not person.check_password(password):
        password = "".join(secrets.choice(LETTERS.lower()) for _ in range(PASSWORD_LETTERS))
        person.set_password(password)
        person.is_active = True
        person.is_superuser = role is Role.ADMINISTRATOR
        person.save()
    return Login(role, username, password)


def _name(role: Role) -> str:
    return f"Demo {role.value.replace('-', ' ')}"


def _assign(edition: Edition) -> None:
    with scope(edition=edition):
        # One with tasks: the first that the demonstration has beside the departments of the plan may have none.
        of_tasks = Bureau.objects.filter(
            assignments__role=Role.BUREAU_OWNER, assignments__person__username__startswith=OWNER
        )
        bureau = of_tasks.order_by("id").first() or Bureau.objects.order_by("id").first()
        organization = Organization.objects.order_by("id").first()
        for person in demo_people():
            role = Role(person.username.removeprefix(PREFIX))
            Assignment.objects.get_or_create(
                edition=edition, person=person, role=role,
                defaults={
                    "bureau": bureau if role is Role.BUREAU_OWNER else None,
                    "organization": organization if role in BELONGING else None,
                },
            )  # fmt: skip


def _kept(path: Path) -> dict[str, str]:
    """Passwords by username of an earlier start."""
    if not path.exists():
        return {}
    lines = [line.split() for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {words[1]: words[2] for words in lines if len(words) == 3}


def _write(path: Path, logins: list[Login]) -> None:
    lines = ["# role, name, password: of the demonstration on this machine"]
    lines += [f"{each.role.value:16} {each.username:22} {each.password}" for each in logins]
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
