"""Idempotency-Key: a request that is sent again has no second effect and gets the same answer.

Claim, effect and answer are one transaction: a crash leaves all of them or none, so that nothing is ever "half answered".
A repeat that comes while the first is at work is told so on PostgreSQL; SQLite makes it wait for its turn.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core.api.errors import InFlight, OtherRequest
from hostcity.core.errors import Refused
from hostcity.core.models import IdempotentAnswer, Person

HEADER = "Idempotency-Key"
KEPT = timedelta(days=2)
FORM = re.compile(r"[\x21-\x7e]{1,100}\Z")


def answer_once(request: HttpRequest, person: Person, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a request, or give the answer again that it got before.

    Only what had an effect is kept: after a refusal the same key may be tried again. Raises `OtherRequest` and
    `InFlight`.
    """
    key, sha256 = request.headers[HEADER], _hash_of(request)
    if not FORM.match(key):
        what = _("An Idempotency-Key is 1 to 100 visible ASCII characters.")
        raise Refused("idempotency.key", what, _("Use a random UUID."), field=HEADER)
    with transaction.atomic():
        _claim(person, key)
        before = IdempotentAnswer.objects.filter(person=person, key=key).first()
        if before and before.created_at > timezone.now() - KEPT:
            if before.request_sha256 != sha256:
                raise OtherRequest
            return _again(before)
        IdempotentAnswer.objects.filter(person=person, created_at__lt=timezone.now() - KEPT).delete()
        given = answer()
        if given.status_code < 400:
            body = {"text": given.content.decode(), "headers": dict(given.headers)}
            IdempotentAnswer.objects.create(
                person=person, key=key, request_sha256=sha256, status=given.status_code, body=body
            )
        return given


def _claim(person: Person, key: str) -> None:
    """Hold the key until the transaction ends. On SQLite the transaction itself excludes others."""
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(f"{person.pk} {key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise InFlight


def _hash_of(request: HttpRequest) -> str:
    """SHA-256 of method, address and body; of a JSON body what it says, however it is written."""
    body = request.body
    if request.content_type == "application/json":
        with contextlib.suppress(ValueError, RecursionError):  # refused later, and never kept
            body = json.dumps(json.loads(body), sort_keys=True).encode()
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + body).hexdigest()


def _again(before: IdempotentAnswer) -> HttpResponse:
    given = HttpResponse(before.body["text"], status=before.status, headers=before.body["headers"])
    given["Idempotency-Replayed"] = "true"
    return given
