"""Acts on one's own secret calendar address."""

from __future__ import annotations

from django.db import transaction

from hostcity.core import policy
from hostcity.core.calendar.secrets import hash_of, new_secret
from hostcity.core.ledger import record
from hostcity.core.models import CalendarAddress, Edition, Person


def renew_address(*, edition: Edition, by: Person) -> str:
    """A new secret for one's calendar in this edition; the one before stops working. It is shown this once only."""
    policy.require(by, policy.SEE_CALENDAR, edition)
    secret = new_secret()
    with transaction.atomic():
        CalendarAddress.objects.update_or_create(edition=edition, person=by, defaults={"sha256": hash_of(secret)})
        record("calendar.renew", edition=edition, by=by, subject=("person", by.code))
    return secret


def revoke_address(*, edition: Edition, by: Person) -> None:
    """One's secret address stops working; nothing happens when there is none."""
    policy.require(by, policy.SEE_CALENDAR, edition)
    with transaction.atomic():
        removed, _ = CalendarAddress.objects.filter(person=by).delete()
        if removed:
            record("calendar.revoke", edition=edition, by=by, subject=("person", by.code))
