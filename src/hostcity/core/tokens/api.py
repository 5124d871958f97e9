"""Tokens by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Listed, Paging, page_of
from hostcity.core.models import Token
from hostcity.core.tokens import queries, services

operations = Operations("tokens")


class TokenShown(Answer):
    """A token, without its secret."""

    id: UUID
    name: str
    prefix: str = Field(description="Its first letters.")
    actions: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = Field(description="To the hour.")
    revoked_at: datetime | None


class TokenMade(TokenShown):
    """A new token. ``secret`` is shown this once."""

    secret: str


class TokensPage(Listed):
    """A page of tokens."""

    rows: list[TokenShown]


class TokenWanted(Body):
    """A token to be made."""

    name: Annotated[str, Field(min_length=1, max_length=100, description="What it is for.")]
    actions: Annotated[list[str], Field(min_length=1, max_length=200, description="Actions that you may do yourself.")]
    days: Annotated[int, Field(strict=True, ge=1, le=services.MOST_DAYS, description="After which it ends.")] = 90


def shown(token: Token) -> dict[str, Any]:
    """A token as the API shows it."""
    return {
        "id": token.public_id,
        **{name: getattr(token, name) for name in ("name", "prefix", "actions", "created_at", "expires_at")},
        "last_used_at": token.last_used_at,
        "revoked_at": token.revoked_at,
    }


@operations.get("/tokens", policy.OWN_TOKENS, TokensPage)
def list_tokens(request: HttpRequest, paging: Query[Paging]) -> Any:
    """List your own tokens.

    Latest first, those that were revoked or have ended too.
    """
    return page_of(queries.tokens_of(request.person, request.edition), paging, order=("-pk",), shown=shown)


@operations.post("/tokens", policy.OWN_TOKENS, TokenMade, is_secret=True)
def make_token(request: HttpRequest, body: TokenWanted) -> Any:
    """Make a token for a program.

    The secret is in this answer only; the site keeps no more than its SHA-256. It may do the chosen actions as far as
    you may do them yourself at that moment.
    """
    token, secret = services.make_token(edition=request.edition, by=request.person, **body.model_dump())
    return shown(token) | {"secret": secret}


@operations.delete("/tokens/{token}", policy.OWN_TOKENS)
def revoke_token(request: HttpRequest, token: UUID) -> None:
    """Revoke a token of yours.

    It opens nothing from this moment on.
    """
    found = get_object_or_404(queries.tokens_of(request.person, request.edition), public_id=token)
    services.revoke_token(token=found, by=request.person)
