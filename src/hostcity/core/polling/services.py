"""The key of an edition's polls."""

from __future__ import annotations

import secrets

from django.db import transaction

from hostcity.core import policy
from hostcity.core.ledger import record
from hostcity.core.models import Edition, LedgerHead, Person


def renew_poll_key(*, edition: Edition, by: Person) -> str:
    """Give the edition a new key, as when somebody left who should no longer see that something happens.

    Pages that are open go on when they are loaded again. Raises `NotAllowed`.
    """
    policy.require(by, policy.CHANGE_EDITION, edition)
    with transaction.atomic():
        key = secrets.token_urlsafe(24)
        LedgerHead.objects.filter(edition=edition).update(poll_key=key)
        record("edition.renew-poll-key", edition=edition, by=by, subject=("edition", edition.code))
    return key
