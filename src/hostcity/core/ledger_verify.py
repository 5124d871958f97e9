"""Whether the ledger is whole: walks the chain from its first line and tells where it breaks, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core.ledger import hash_of
from hostcity.core.models import Act, Edition, LedgerHead

BATCH = 1000
NOTHING = "0" * 64  # the hash before the first line


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """How far the chain holds."""

    verified: int  # the last number up to which everything holds
    broken: int | None = None  # the first number that does not
    code: str = ""  # ledger.gap, ledger.link, ledger.hash, ledger.cut, ledger.head
    why: Any = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is broken."""
        return self.broken is None


def verify_ledger(edition: Edition) -> Verdict:
    """Check every line of an edition's ledger against its hash, its neighbor and the head.

    Lines that are written meanwhile are left for the next time: the head is read first.
    """
    head = LedgerHead.objects.get(edition=edition)
    number, sha256 = 0, NOTHING
    while number < head.number:
        with scope(edition=edition):
            acts = list(Act.objects.filter(number__gt=number, number__lte=head.number).order_by("number")[:BATCH])
        for act in acts:
            broken = _fault(act, number, sha256)
            if broken:
                return Verdict(verified=number, broken=number + 1, code=broken[0], why=broken[1])
            number, sha256 = act.number, act.sha256
        if not acts:
            return Verdict(verified=number, broken=number + 1, code="ledger.cut", why=_("The last lines are missing."))
    if sha256 != head.sha256:
        return Verdict(
            verified=max(number - 1, 0), broken=number, code="ledger.head", why=_("It is not the line that came last.")
        )
    return Verdict(verified=number)


def _fault(act: Act, number: int, sha256: str) -> tuple[str, Any] | None:
    """What is wrong with the line that should follow ``number``."""
    if act.number != number + 1:
        return "ledger.gap", _("The line is missing.")
    if act.previous_sha256 != sha256:
        return "ledger.link", _("It does not follow the line before it.")
    if hash_of(act) != act.sha256:
        return "ledger.hash", _("It was changed after it was written.")
    return None
