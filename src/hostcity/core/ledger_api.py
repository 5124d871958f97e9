"""The ledger by the API: what was done, from any number on; whether its chain holds; polling for news."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query
from pydantic import BaseModel, Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer
from hostcity.core.changes.queries import as_lines
from hostcity.core.ledger_queries import acts_since, history_of, number_of, told
from hostcity.core.ledger_verify import verify_ledger
from hostcity.core.models import Act, LedgerHead
from hostcity.core.paging import MOST
from hostcity.core.polling.services import renew_poll_key as renew

operations = Operations("ledger")
Number = Annotated[int, Field(ge=0, le=2**62)]


class ActShown(Answer):
    """A line of the ledger, in words."""

    number: int
    at: datetime
    by_code: str = Field(description="Code of the person; empty = the site itself.")
    by: str
    verb: str
    words: str = Field(description="What was done, in the language of the reader.")
    kind: str = Field(description="Of the object.")
    key: str
    path: str = Field(description="Of the object's page; empty = none.")


class Acts(Answer):
    """Acts in the order of their numbers."""

    rows: list[ActShown]
    number: int = Field(description="Of the last act in the ledger.")


class ActsAsked(BaseModel):
    """From which number on."""

    since: Number = Field(0, description="Acts with greater numbers only.")
    size: int = Field(50, ge=1, le=MOST)


class HistoryAsked(BaseModel):
    """Of which object."""

    kind: str = Field(max_length=40, description="E.g. plan.gates, person, finding.")
    key: str = Field("", max_length=120)
    size: int = Field(50, ge=1, le=MOST)


class ActInFull(ActShown):
    """A line of the ledger with its body and its place in the chain."""

    body: dict[str, Any]
    previous_sha256: str
    sha256: str


class Chain(Answer):
    """How far the chain holds."""

    is_whole: bool
    verified: int = Field(description="The last number up to which everything holds.")
    broken: int | None = Field(description="The first number that does not.")
    code: str
    why: str


class PollAddress(Answer):
    """Where to ask whether something is new, at no cost."""

    path: str = Field(description="GET it with ?since=NUMBER: 204 = nothing new.")
    number: int


def shown(told: Any) -> dict[str, Any]:
    """A line as the API shows it."""
    said = {name: getattr(told, name) for name in ActShown.model_fields}
    return said | {"by": str(told.by), "words": str(told.words)}


@operations.get("/ledger", policy.SEE_LEDGER, Acts)
def list_acts(request: Any, asked: Query[ActsAsked]) -> Any:
    """List acts from a number on.

    In their order, which is the order in which they were committed: whoever remembers the last number and asks from
    there misses nothing.
    """
    lines = acts_since(request.edition, asked.since, asked.size, reader=request.person)
    return {"rows": [shown(each) for each in lines], "number": number_of(request.edition)}


@operations.get("/ledger/history", policy.SEE_LEDGER, Acts)
def list_history(request: Any, asked: Query[HistoryAsked]) -> Any:
    """List what was done to one object.

    Latest first.
    """
    lines = history_of(request.edition, asked.kind, asked.key, asked.size, reader=request.person)
    return {"rows": [shown(each) for each in lines], "number": number_of(request.edition)}


@operations.get("/ledger/chain", policy.CHECK_LEDGER, Chain)
def verify_chain(request: Any) -> Any:
    """Verify the ledger's hash chain.

    Every line against its hash, its neighbor and the head; as long as the ledger is.
    """
    verdict = verify_ledger(request.edition)
    return {
        "is_whole": verdict.is_whole, "verified": verdict.verified, "broken": verdict.broken, "code": verdict.code,
        "why": str(verdict.why),
    }  # fmt: skip


@operations.get("/ledger/export", policy.CHECK_LEDGER, None, gives="application/x-ndjson")
def export_ledger(request: Any) -> HttpResponse:
    """Download the whole ledger.

    One JSON line per act, as its hashes are taken of it, so that the chain can be verified elsewhere.
    """
    return HttpResponse(b"".join(as_lines(request.edition)), content_type="application/x-ndjson")


@operations.get("/ledger/poll", policy.SEE_EDITION, PollAddress)
def show_poll(request: Any) -> Any:
    """Say where to poll.

    The address costs a database look-up of one number; its key is the edition's, so keep it to yourself.
    """
    head = LedgerHead.objects.get(edition=request.edition)
    return {"path": reverse("poll", args=[head.poll_key]), "number": head.number}


@operations.post("/ledger/poll/renew", policy.CHANGE_EDITION, PollAddress, status=200, is_secret=True)
def renew_poll_key(request: Any) -> Any:
    """Give the edition a new key for polling.

    The old address answers 404 from then on.
    """
    key = renew(edition=request.edition, by=request.person)
    return {"path": reverse("poll", args=[key]), "number": number_of(request.edition)}


@operations.get("/ledger/{number}", policy.SEE_LEDGER, ActInFull)
def show_act(request: Any, number: Number) -> Any:
    """Show a line of the ledger.

    With its body and its place in the chain.
    """
    act = Act.objects.get(edition=request.edition, number=number)
    (line,) = told(request.edition, [act], reader=request.person)
    return shown(line) | {"body": act.body, "previous_sha256": act.previous_sha256, "sha256": act.sha256}
