"""The ledger: the one append-only record of acts, hash-chained, numbered per edition in commit order.

Every service writes its line as the last thing in its transaction. The head's row is locked then, so that whoever
commits first has the lower number, on both databases; what has a lower number can be read when a higher one can.
"""

from __future__ import annotations

import hashlib
import json
import math
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from hostcity.core.models import Act, Edition, LedgerHead, Person

WHOLE_FROM = 1e16  # from here on floats have exponents in JSON, and PostgreSQL gives back whole numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An act to be recorded. ``body`` carries person codes only, never names."""

    verb: str
    subject_kind: str
    subject_key: str
    body: Mapping[str, Any] = field(default_factory=dict)


def open_ledger(edition: Edition) -> LedgerHead:
    """The head of a new edition's ledger."""
    return LedgerHead.objects.create(edition=edition, poll_key=secrets.token_urlsafe(24))


def record(
    verb: str,
    *,
    edition: Edition,
    by: Person | None,
    subject: tuple[str, str],
    body: Mapping[str, Any] | None = None,
) -> Act:
    """Append one line. Call it last in the transaction."""
    kind, key = subject
    return record_lines([Line(verb=verb, subject_kind=kind, subject_key=key, body=body or {})], edition=edition, by=by)[
        0
    ]


def record_lines(lines: Iterable[Line], *, edition: Edition, by: Person | None) -> list[Act]:
    """Append lines in order. Call it last in the transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the ledger is written inside the transaction of its act")
    head = LedgerHead.objects.select_for_update().get(edition=edition)
    at = timezone.now()
    acts = []
    for line in lines:
        act = Act(
            edition=edition,
            number=head.number + 1,
            at=at,
            by_code=by.code if by else "",
            verb=line.verb,
            subject_kind=line.subject_kind,
            subject_key=line.subject_key,
            body=_as_kept(line.body),
            previous_sha256=head.sha256,
        )
        act.sha256 = hash_of(act)
        head.number, head.sha256 = act.number, act.sha256
        acts.append(act)
    Act.objects.bulk_create(acts, batch_size=500)
    head.save(update_fields=["number", "sha256"])
    return acts


def _as_kept(value: Any) -> Any:
    """JSON as both databases give it back: PostgreSQL keeps numbers as decimals, where 1e16 is a whole number.

    What is hashed must be what is read, so those that it would change are written in the form that it gives them.
    """
    if isinstance(value, Mapping):
        return {str(name): _as_kept(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_kept(each) for each in value]
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if abs(value) >= WHOLE_FROM else value + 0.0  # -0.0 becomes 0.0
    return value


def hash_of(act: Act) -> str:
    """SHA-256 over the canonical form of a line and the hash of the line before."""
    said = [
        act.edition_id, act.number, _instant(act.at), act.by_code, act.verb, act.subject_kind, act.subject_key,
        act.body, act.previous_sha256,
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
