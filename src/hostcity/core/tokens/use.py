"""When a token was last used: noted at most once an hour, and only after the answer has gone out."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone

from hostcity.core.models import Token

EVERY = timedelta(hours=1)
LOG = logging.getLogger("hostcity.api")


def note_use(token: Token | None, answer: HttpResponse) -> None:
    """Have it noted when the answer has been sent."""
    if token is not None and (token.last_used_at is None or token.last_used_at < timezone.now() - EVERY):
        answer._resource_closers.append(lambda: _note(token.pk))


def _note(pk: int) -> None:
    """One statement. That it fails while the database is busy harms nobody: the next request notes it."""
    now = timezone.now()
    try:
        Token.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=now - EVERY), pk=pk).update(last_used_at=now)
    except DatabaseError:
        LOG.warning("the last use of token %s was not noted", pk, exc_info=True)
