"""One's own notices by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Listed, Paging, Yes, page_of
from hostcity.core.models import Notice
from hostcity.core.notices import queries, services

operations = Operations("notices")


class NoticeShown(Answer):
    """A notice to you."""

    id: int
    kind: str
    words: str = Field(description="In the language of the reader.")
    path: str
    number: int = Field(description="Of the act that it tells of.")
    created_at: datetime
    read_at: datetime | None


class NoticesPage(Listed):
    """A page of notices."""

    rows: list[NoticeShown]


class NoticesAsked(Paging):
    """Which notices."""

    unread: bool = Field(False, description="Unread ones only.")


class NoticesRead(Body):
    """Which notices have been read; null = all."""

    ids: Annotated[list[Annotated[int, Field(strict=True, ge=1, le=2**62)]] | None, Field(max_length=500)] = None


class Marked(Answer):
    """How many were unread."""

    marked: int


def shown(notice: Notice) -> dict[str, Any]:
    """A notice as the API shows it."""
    return {
        "id": notice.pk, "kind": notice.kind, "words": queries.words_of(notice), "path": notice.path,
        "number": notice.number, "created_at": notice.created_at, "read_at": notice.read_at,
    }  # fmt: skip


@operations.get("/notices", policy.SEE_NOTICES, NoticesPage)
def list_notices(request: Any, asked: Query[NoticesAsked]) -> Any:
    """List your notices.

    Latest first.
    """
    rows = queries.notices_of(request.edition, request.person)
    return page_of(rows.filter(read_at=None) if asked.unread else rows, asked, order=("-pk",), shown=shown)


@operations.post("/notices/read", policy.SEE_NOTICES, Marked, status=200)
def mark_notices_read(request: Any, body: NoticesRead) -> Any:
    """Mark notices of yours as read.

    Those named, or all; others' are left alone.
    """
    return {"marked": services.mark_read(edition=request.edition, by=request.person, keys=body.ids)}


class MailChoice(Body):
    """Whether notices come by mail too."""

    wants_mail: Yes


@operations.put("/me/mail", None, MailChoice, of_site=True, for_tokens=False)
def choose_mail(request: Any, body: MailChoice) -> Any:
    """Choose whether your notices come by mail too.

    In all editions; signed in, not with a token.
    """
    services.choose_mail(wants_mail=body.wants_mail, by=request.person)
    return {"wants_mail": body.wants_mail}
