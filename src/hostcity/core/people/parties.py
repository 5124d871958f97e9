"""Acts on bureaus and organizations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.errors import Refused, Stale
from hostcity.core.ledger import record
from hostcity.core.models import Bureau, Edition, Organization, Person
from hostcity.core.models.editions import CODE
from hostcity.core.people.searching import party_document
from hostcity.core.search.services import index

Party = TypeVar("Party", Bureau, Organization)
NAMES = ("name_en", "name_zh")


def add_party(kind: type[Party], *, edition: Edition, code: str, name_en: str, name_zh: str = "", by: Person) -> Party:
    """Add a bureau or an organization."""
    policy.require(by, policy.CHANGE_BUREAUS, edition)
    code, names = code.strip().lower(), _names({"name_en": name_en, "name_zh": name_zh})
    if not CODE.regex.match(code):
        raise Refused("party.code", _("This is no code."), CODE.message, field="code")
    try:
        with transaction.atomic():
            made: Party = kind.objects.create(edition=edition, code=code, **names)
            index(edition, [party_document(edition, made)])
            record(f"{word_of(kind)}.add", edition=edition, by=by, subject=(word_of(kind), code), body=names)
    except IntegrityError:
        raise Refused("party.twice", _("This code is used already."), _("Choose another."), field="code") from None
    return made


def change_party(*, party: Party, changes: Mapping[str, str], version: int, by: Person) -> Party:
    """Change the names. Raises ``Stale`` when somebody else did meanwhile."""
    edition, kind = party.edition, type(party)
    policy.require(by, policy.CHANGE_BUREAUS, edition)
    names = _names({name: changes[name] for name in NAMES if name in changes})
    with transaction.atomic():
        if not kind.objects.filter(pk=party.pk, version=version).update(version=F("version") + 1, **names):
            stored = kind.objects.get(pk=party.pk)
            raise Stale(
                "party.stale",
                _("Somebody changed this since you opened the page."),
                _("Look at what is stored now, then change it again."),
                diff=[
                    (name, getattr(stored, name), new) for name, new in names.items() if getattr(stored, name) != new
                ],
                version=stored.version,
            )
        body = {name: [getattr(party, name), new] for name, new in names.items() if getattr(party, name) != new}
        index(edition, [party_document(edition, kind.objects.get(pk=party.pk))])
        record(f"{word_of(kind)}.change", edition=edition, by=by, subject=(word_of(kind), party.code), body=body)
    party.refresh_from_db()
    return party


def word_of(kind: type[Any]) -> str:
    """bureau or organization."""
    return kind.__name__.lower()


def _names(names: Mapping[str, str]) -> dict[str, str]:
    found = {name: value.strip() for name, value in names.items()}
    for name, value in found.items():
        if len(value) > 200 or not value.isprintable():
            raise Refused(f"party.{name}", _("The name is too long."), _("Give at most 200 letters."), field=name)
    if "name_en" in found and not found["name_en"]:
        raise Refused("party.name_en", _("The English name is missing."), _("Give it."), field="name_en")
    return found
