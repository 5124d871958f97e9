"""Whose tokens there are."""

from __future__ import annotations

from django.db.models import QuerySet

from hostcity.core import policy
from hostcity.core.models import Edition, Person, Token
from hostcity.core.tokens.services import BEGINNING, hash_of


def tokens_of(person: Person, edition: Edition) -> QuerySet[Token]:
    """A person's own tokens in an edition, those that ended too, latest first."""
    if not policy.may(person, policy.OWN_TOKENS, edition):
        return Token.objects.none()
    return Token.objects.filter(edition=edition, person=person).select_related("edition").order_by("-id")


def person_of_token(secret: str) -> Person | None:
    """The active person in whose name a token in force acts, bound to what the token may do; one query."""
    if not secret.startswith(BEGINNING):
        return None
    token = Token.objects.select_related("person", "edition__expo").filter(sha256=hash_of(secret)).first()
    if token is None or not token.is_in_force() or not token.person.is_active:
        return None
    person = token.person
    person.token = token
    return person


def own_actions(person: Person, edition: Edition) -> list[str]:
    """The actions that a person may give to a token, in the matrix's order."""
    return [action for action in policy.MATRIX if policy.may(person, action, edition)]
