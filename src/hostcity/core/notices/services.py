"""Telling people, and marking what they have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django_scopes import scope

from hostcity.core.models import Act, Edition, Notice, Person


def notify(
    *, edition: Edition, people: Iterable[Person], kind: str, values: Mapping[str, Any], path: str, act: Act
) -> int:
    """Tell people of an act, once each; part of the service that recorded the act, right after it.

    ``kind`` names the message in `registries.notice_words`, ``values`` are what it is filled with. Who acted is not
    told of their own act, nor who has left. Gives how many are told.
    """
    told = [each for each in _once(people) if each.is_active and each.code != act.by_code]
    with scope(edition=edition):
        Notice.objects.bulk_create(
            [
                Notice(edition=edition, person=each, kind=kind, values=dict(values), path=path, number=act.number)
                for each in told
            ],
            batch_size=500,
            ignore_conflicts=True,
        )
    return len(told)


def mark_read(*, edition: Edition, by: Person, keys: Iterable[int] | None = None) -> int:
    """Mark these notices of a person as read, or all of them; others' are left alone. Gives how many were unread."""
    with scope(edition=edition):
        unread = Notice.objects.filter(person=by, read_at=None)
        if keys is not None:
            unread = unread.filter(pk__in=list(keys))
        return unread.update(read_at=timezone.now())


def _once(people: Iterable[Person]) -> Iterable[Person]:
    return {each.pk: each for each in people}.values()
