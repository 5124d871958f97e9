"""Acts on tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person, Token
from hostcity.core.sayings import Joined

MOST_DAYS = 365
MOST_TOKENS = 50  # in force, of one person in one edition
BEGINNING = "hc_"
SHOWN = 10  # letters of a token that stay to be seen


@transaction.atomic
def make_token(*, edition: Edition, name: str, actions: Iterable[str], days: int, by: Person) -> tuple[Token, str]:
    """Make a key for a program; the text that is given beside it exists nowhere else, show it once.

    Raises ``Refused`` for actions that the person may not do, no action, more than a year, too many tokens.
    """
    policy.require(by, policy.OWN_TOKENS, edition)
    wanted = sorted(set(actions))
    _check(edition, wanted, days, by)
    secret = BEGINNING + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=by, edition=edition, name=name, prefix=secret[:SHOWN], sha256=hash_of(secret), actions=wanted,
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    body = {"actions": wanted, "days": days}
    record("token.make", edition=edition, by=by, subject=("token", str(token.public_id)), body=body)
    return token, secret


def _check(edition: Edition, wanted: list[str], days: int, by: Person) -> None:
    if not wanted:
        raise Refused("token.actions", _("A token without actions opens nothing."), _("Choose one."), field="actions")
    foreign = [each for each in wanted if each not in policy.MATRIX or not policy.may(by, each, edition)]
    if foreign:
        what = _("You may not do this yourself: {actions}.").format(actions=Joined(foreign))
        raise Refused("token.actions", what, _("Leave it out."), field="actions")
    if not 1 <= days <= MOST_DAYS:
        what = _("A token is good for 1 to {most} days.").format(most=MOST_DAYS)
        raise Refused("token.days", what, _("Give fewer; make a new one then."), field="days")
    if Token.objects.filter(person=by, edition=edition, revoked_at=None, expires_at__gt=timezone.now()).count() >= (
        MOST_TOKENS
    ):
        what = _("You have {most} tokens in force.").format(most=MOST_TOKENS)
        raise Refused("token.many", what, _("Revoke those that no program needs any more."))


@transaction.atomic
def revoke_token(*, token: Token, by: Person) -> Token:
    """End a token now. One that has been revoked stays so, without a second line in the ledger."""
    policy.require(by, policy.OWN_TOKENS, token.edition, token)
    token = Token.objects.select_for_update(of=("self",)).select_related("edition").get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record("token.revoke", edition=token.edition, by=by, subject=("token", str(token.public_id)))
    return token


def hash_of(secret: str) -> str:
    """What is kept of a token. It has 256 random bits, so that a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
