"""Telling people, and marking what they have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_scopes import scope

from hostcity.core.models import Act, Delivery, Edition, Notice, Person
from hostcity.core.models.deliveries import Channel
from hostcity.core.notices.queries import words_of


def notify(
    *, edition: Edition, people: Iterable[Person], kind: str, values: Mapping[str, Any], path: str, act: Act
) -> int:
    """Tell people of an act, once each; part of the service that recorded the act, right after it.

    ``kind`` names the message in `registries.notice_words`, ``values`` are what it is filled with. Who acted is not
    told of their own act, nor who has left. Who wants mail gets a copy, in their own language. Gives how many are told.
    """
    told = [each for each in _once(people) if each.is_active and each.code != act.by_code]
    notices = [
        Notice(edition=edition, person=each, kind=kind, values=dict(values), path=path, number=act.number)
        for each in told
    ]
    with scope(edition=edition):
        Notice.objects.bulk_create(notices, batch_size=500, ignore_conflicts=True)
    mails = [_mail(each) for each in notices if each.person.wants_mail and each.person.email]
    Delivery.objects.bulk_create(mails, batch_size=500, ignore_conflicts=True)
    return len(told)


def mark_read(*, edition: Edition, by: Person, keys: Iterable[int] | None = None) -> int:
    """Mark these notices of a person as read, or all of them; others' are left alone. Gives how many were unread."""
    with scope(edition=edition):
        unread = Notice.objects.filter(person=by, read_at=None)
        if keys is not None:
            unread = unread.filter(pk__in=list(keys))
        return unread.update(read_at=timezone.now())


def choose_mail(*, wants_mail: bool, by: Person) -> None:
    """Whether a person gets their notices by mail too. Their own affair, in all editions: no line in a ledger."""
    Person.objects.filter(pk=by.pk).update(wants_mail=wants_mail)


def _once(people: Iterable[Person]) -> Iterable[Person]:
    return {each.pk: each for each in people}.values()


def _mail(notice: Notice) -> Delivery:
    """The copy by mail. What people wrote stands in the text only, never in the subject."""
    person, edition = notice.person, notice.edition
    with translation.override(person.language):
        subject = _("Notice: {edition}").format(edition=edition.name)
        lines = [words_of(notice), f"{settings.SITE_ADDRESS}{notice.path}" if notice.path else ""]
        lines.append(_("You can stop these mails on the page of your notices."))
    return Delivery(
        edition=edition,
        channel=Channel.MAIL,
        address=person.email,
        body={"subject": subject, "text": "\n\n".join(line for line in lines if line)},
        dedupe_key=f"{Channel.MAIL}/notice/{edition.pk}/{notice.number}/{notice.kind}/{person.pk}",
    )
