"""The body of the table of people. Made without a template, where each of its cells would cost ten times as much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hostcity.core.models import Assignment, Edition, Person
from hostcity.core.models.people import Role

LISTED = ("code", "username", "name", "phone", "email", "is_active")  # what of a person it shows


def table_body(edition: Edition, rows: Iterable[tuple[Person, bool]], *, has_contacts: bool) -> SafeString:
    """A table row for each person, with phone and mail of those who may be seen, if anybody's may."""
    people = reverse("people", args=[edition.code])
    names = {role.value: str(role.label) for role in Role}
    deactivated = escape(_("deactivated"))
    gone = f' <span class="badge text-bg-secondary">{deactivated}</span>'
    return mark_safe(  # noqa: S308 -- every text in it is escaped
        "".join(
            f'<tr><th scope="row"><a href="{people}{person.code}/">{escape(str(person))}</a>'
            f"{'' if person.is_active else gone}</th><td>{escape(person.username)}</td><td>{_roles(person, names)}</td>"
            f"{_contacts(person, is_seen=is_seen) if has_contacts else ''}"
            f'<td class="text-nowrap">{person.code}</td></tr>'
            for person, is_seen in rows
        )
    )


def _roles(person: Person, names: Mapping[str, str]) -> str:
    return escape(_(", ").join([_role(each, names) for each in person.roles_here]))  # type: ignore[attr-defined]


def _role(given: Assignment, names: Mapping[str, str]) -> str:
    parts = [_(" ({place})").format(place=each) for each in (given.bureau, given.organization) if each]
    return "".join([names[given.role], *parts])


def _contacts(person: Person, *, is_seen: bool) -> str:
    phone, mail = (escape(person.phone) or "–", escape(person.email) or "–") if is_seen else ("", "")
    return f'<td>{phone}</td><td class="text-break">{mail}</td>'
