"""Reading the ledger: its lines as sentences, with the names of those who acted, and of those whom an act was on.

Every look-up takes two queries; one more where it has acts on people and a reader who may see people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models import Act, Assignment, Edition, LedgerHead, Person
from hostcity.core.models.ledger import ActQuerySet
from hostcity.core.registries import registries

PERSON = "person"  # kind of the subject of acts on people


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One line of the ledger as people read it."""

    number: int
    at: datetime
    by_code: str  # "" = the site itself
    by: Any  # the name, or the code of somebody who was erased
    verb: str
    words: Any  # what was done, without who and when
    kind: str
    key: str
    path: str  # of the object's page, "" = it has none


def acts_since(edition: Edition, number: int, limit: int = 200, *, reader: Person | None = None) -> list[Told]:
    """What was done after a number of the ledger, in order; at most ``limit`` lines."""
    return told(edition, _acts(edition).since(number).order_by("number")[:limit], reader=reader)


def history_of(edition: Edition, kind: str, key: str, limit: int = 50, *, reader: Person | None = None) -> list[Told]:
    """What was done to one object, latest first; at most ``limit`` lines."""
    return told(edition, _acts(edition).of(kind, key).order_by("-number")[:limit], reader=reader)


def number_of(edition: Edition) -> int:
    """The number of the last act; one query."""
    return LedgerHead.objects.values_list("number", flat=True).get(edition=edition)


def told(edition: Edition, acts: Iterable[Act], *, reader: Person | None = None) -> list[Told]:
    """Acts as people read them; one query for all names, and one for acts that were not fetched yet.

    Whom an act was on is named to a ``reader`` who may see that person, for one query more.
    """
    with scope(edition=edition):
        lines = list(acts)
    names = names_of({each.by_code for each in lines})
    acted_on = _names_of_acted_on(edition, lines, reader)
    return [
        Told(
            number=each.number,
            at=each.at,
            by_code=each.by_code,
            by=names.get(each.by_code, each.by_code) if each.by_code else _("the site"),
            verb=each.verb,
            words=_about(words_of(each), acted_on.get(each.subject_key, "") if each.subject_kind == PERSON else ""),
            kind=each.subject_kind,
            key=each.subject_key,
            path=path_of(edition, each.subject_kind, each.subject_key),
        )
        for each in lines
    ]


def _names_of_acted_on(edition: Edition, lines: Iterable[Act], reader: Person | None) -> dict[str, str]:
    """Names of people whom others acted on, as far as the reader may see these people."""
    codes = {each.subject_key for each in lines if each.subject_kind == PERSON and each.subject_key != each.by_code}
    reach = policy.reach_of(reader, policy.SEE_PEOPLE, edition) if codes else ()
    if not reach:
        return {}
    if policy.Reach.EDITION in reach:  # who has no role any more is named as well
        return names_of(codes)
    with scope(edition=edition):
        seen = policy.allowed(reader, policy.SEE_PEOPLE, edition, Assignment.objects.all()).values("person")
        return names_of(codes, Person.objects.filter(pk__in=seen))


def _about(words: Any, name: str) -> Any:
    return format_lazy(_("{said} ({name})"), said=words, name=name) if name else words


def names_of(codes: Iterable[str], people: QuerySet[Person] | None = None) -> dict[str, str]:
    """Names by code, of these ``people`` or of all; one query, none when nobody is asked for."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    rows = Person.objects.all() if people is None else people
    return {each.code: str(each) for each in rows.only("code", "name", "username").filter(code__in=wanted)}


def words_of(act: Act) -> Any:
    """What an act says, by its verb; a plain sentence for verbs that nobody gave words to."""
    said = registries.act_words.get(act.verb)
    if said is not None:
        return said(act)
    return format_lazy("{verb}: {kind} {key}", verb=act.verb, kind=act.subject_kind, key=act.subject_key)


def path_of(edition: Edition, kind: str, key: str) -> str:
    """The page of an object, "" when its kind has none."""
    found = registries.subject_urls.get(kind)
    return found(edition, key) if found else ""


def _acts(edition: Edition) -> ActQuerySet:
    with scope(edition=edition):
        return Act.objects.filter(edition=edition)
