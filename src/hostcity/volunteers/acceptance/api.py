"""Acceptance by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path

from hostcity.core.api.operations import Operations
from hostcity.core.models import Edition, Person
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance import services
from hostcity.volunteers.acceptance.answers import Asked
from hostcity.volunteers.acceptance.queries import last_ended, own_answers, state_of
from hostcity.volunteers.acceptance.schemas import (
    Accepted,
    AnswerGiven,
    Answers,
    CancelGiven,
    DeadlineGiven,
    DeadlineShown,
    OwnAnswerGiven,
    OwnAnswers,
)
from hostcity.volunteers.models import Deadline
from hostcity.volunteers.schemas import Published

operations = Operations("acceptance")


def _shown(row: Deadline | None) -> dict[str, Any] | None:
    if row is None:
        return None
    names = ("due_at", "state", "version", "promoted", "taken_off", "left")
    return {name: getattr(row, name) for name in names} | {"id": row.pk, "act_number": row.act_number or None}


def _asked(each: Asked) -> dict[str, Any]:
    return {"volunteer": each.volunteer, **each.cell._asdict(), "accepts": each.accepts}


def _own(edition: Edition, person: Person) -> dict[str, Any]:
    deadline, asked = own_answers(edition, person, timezone.now())
    return {"due_at": deadline.due_at if deadline else None, "rows": [_asked(each) for each in asked.values()]}


@operations.get("/volunteers/answers", policy.ASK_ANSWERS, Answers)
def list_answers(request: Any) -> Any:
    """List who has declined and who has not answered.

    And what came of the last deadline.
    """
    state, ended = state_of(request.edition), last_ended(request.edition)
    return {
        "deadline": _shown(state.deadline), "accepted": state.accepted, "declined": [_asked(each.asked) for each in state.declined],
        "silent": [_asked(each.asked) for each in state.silent], "last": _shown(ended.deadline) if ended else None,
    }  # fmt: skip


@operations.put("/volunteers/answers", policy.ASK_ANSWERS, DeadlineShown)
def ask_answers(request: Any, body: DeadlineGiven) -> Any:
    """Ask everybody to accept their shifts by a time, or move that time.

    Then reserves are promoted in place of those who declined or did not answer.
    """
    return _shown(services.ask_answers(edition=request.edition, by=request.person, **body.model_dump()))


@operations.post("/volunteers/answers/cancel", policy.ASK_ANSWERS, DeadlineShown, status=200)
def cancel_answers(request: Any, body: CancelGiven) -> Any:
    """Ask nobody any more."""
    return _shown(services.cancel_answers(edition=request.edition, version=body.version, by=request.person))


@operations.post("/volunteers/answers/for", policy.ASK_ANSWERS, None, status=204)
def answer_for(request: Any, body: AnswerGiven) -> None:
    """Answer for somebody who said so otherwise."""
    services.answer_for(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/answers/{deadline}/undo", policy.ASK_ANSWERS, Published, status=200)
def undo_promotion(request: Any, deadline: Annotated[int, Path(ge=1, le=2**62)]) -> Any:
    """Put everybody back to the shifts of before a promotion.

    Refused when one of them has been changed since.
    """
    row = get_object_or_404(Deadline.objects.filter(edition=request.edition), pk=deadline)
    return {"number": services.undo_promotion(edition=request.edition, deadline=row, by=request.person).number}


@operations.get("/volunteers/answers/own", policy.OWN_ANSWERS, OwnAnswers)
def list_own_answers(request: Any) -> Any:
    """List which of one's own shifts are asked about."""
    return _own(request.edition, request.person)


@operations.post("/volunteers/answers/own", policy.OWN_ANSWERS, OwnAnswers, status=200)
def answer_shift(request: Any, body: OwnAnswerGiven) -> Any:
    """Accept or decline one's own shift."""
    services.answer_shift(edition=request.edition, by=request.person, **body.model_dump())
    return _own(request.edition, request.person)


@operations.post("/volunteers/answers/own/all", policy.OWN_ANSWERS, Accepted, status=200)
def accept_shifts(request: Any) -> Any:
    """Accept all of one's own shifts that are not answered for."""
    return {"count": services.accept_shifts(edition=request.edition, by=request.person)}
