"""Verifies a ledger: every number there, every hash that of its line and of the line before, the head that of the last."""

from __future__ import annotations

from dataclasses import dataclass

from django_scopes import scope

from hostcity.core.ledger import hash_of
from hostcity.core.models import Act, Edition, LedgerHead

AT_ONCE = 2000
FIRST = "0" * 64  # what the first line names as the hash before it


@dataclass(frozen=True, slots=True)
class Verified:
    """How far a ledger holds. ``broken_at`` is the number of the first line that does not, None when all do."""

    lines: int
    broken_at: int | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, taken away or put in."""
        return self.broken_at is None


def verify_ledger(edition: Edition) -> Verified:
    """Read the whole ledger of an edition and compute its chain anew."""
    number, sha256 = 0, FIRST
    with scope(edition=edition):
        head = LedgerHead.objects.get(edition=edition)
        for act in Act.objects.filter(number__lte=head.number).order_by("number").iterator(chunk_size=AT_ONCE):
            if act.number != number + 1 or act.previous_sha256 != sha256 or act.sha256 != hash_of(act):
                return Verified(number, number + 1)
            number, sha256 = act.number, act.sha256
    if (number, sha256) != (head.number, head.sha256):
        return Verified(number, number + 1)
    return Verified(number)
