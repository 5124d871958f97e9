"""The ledger's lines by who, what and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import get_language
from django_scopes import scope

from hostcity.core.models import Act, Edition, Person
from hostcity.core.models.ledger import ActQuerySet
from hostcity.core.registries import registries

MOST_PEOPLE = 100  # that a name may mean
BATCH = 1000


def acts_by(
    edition: Edition,
    *,
    who: str = "",
    verb: str = "",
    kind: str = "",
    key: str = "",
    day: date | None = None,
    numbers: tuple[int, int] | None = None,
) -> ActQuerySet:
    """The acts of an edition that fit. ``who`` is a part of a name, or a code; ``day`` is one of the expo's days;
    ``numbers`` are the first and the last that are wanted.

    No query unless ``who`` is given, then one.
    """
    found: ActQuerySet = Act.objects.filter(edition=edition)
    if who:
        found = found.filter(by_code__in=_codes_of(who))
    if verb:
        found = found.filter(verb=verb)
    if kind:
        found = found.filter(subject_kind=kind)
    if key:
        found = found.filter(subject_key=key)
    if numbers:
        found = found.filter(number__range=numbers)
    if day:
        start = datetime.combine(day, time.min, edition.zone)
        end = datetime.combine(day + timedelta(days=1), time.min, edition.zone)
        found = found.filter(at__gte=start, at__lt=end)
    return found


def kinds() -> tuple[tuple[str, str], ...]:
    """Kinds of objects that have pages and a name, with what people call them, by that."""
    return _kinds(get_language() or "", len(registries.kind_words))


@lru_cache(maxsize=16)
def _kinds(_language: str, _count: int) -> tuple[tuple[str, str], ...]:
    named = ((kind, str(words)) for kind, words in registries.kind_words.items() if kind in registries.subject_urls)
    return tuple(sorted(named, key=lambda each: each[1]))


def as_lines(edition: Edition) -> Iterator[bytes]:
    """The whole ledger as JSON lines, in order, as its hashes are taken of it; read in batches."""
    number = 0
    while True:
        with scope(edition=edition):
            acts = list(Act.objects.filter(edition=edition, number__gt=number).order_by("number")[:BATCH])
        if not acts:
            return
        yield b"".join(_line(act) for act in acts)
        number = acts[-1].number


def _line(act: Act) -> bytes:
    said = {
        "edition": act.edition_id,
        "number": act.number,
        "at": act.at.isoformat(timespec="microseconds"),
        "by": act.by_code,
        "verb": act.verb,
        "subject": {"kind": act.subject_kind, "key": act.subject_key},
        "body": act.body,
        "previous_sha256": act.previous_sha256,
        "sha256": act.sha256,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _codes_of(who: str) -> list[str]:
    named = Q(name__icontains=who) | Q(username__iexact=who) | Q(code__iexact=who)
    return list(Person.objects.filter(named).values_list("code", flat=True)[:MOST_PEOPLE])
