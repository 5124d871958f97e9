"""Feedback by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Path, Query

from hostcity.core.api.operations import Operations
from hostcity.volunteers import policy
from hostcity.volunteers.duty.schemas import OwnSeat
from hostcity.volunteers.feedback import services
from hostcity.volunteers.feedback.queries import feedback_in, own_feedback, sums_of
from hostcity.volunteers.feedback.schemas import (
    Asked,
    FeedbackAnswerGiven,
    FeedbackGiven,
    FeedbackList,
    FeedbackShown,
    OwnFeedback,
)
from hostcity.volunteers.models import Feedback

operations = Operations("feedback")
SUMS = ("count", "came", "rating", "low", "unanswered")


@operations.get("/volunteers/feedback", policy.ANSWER_FEEDBACK, FeedbackList)
def list_feedback(request: Any, asked: Query[Asked]) -> Any:
    """List what volunteers said of their shifts.

    And a summary by post and band.
    """
    sums = [each.cell._asdict() | {name: getattr(each, name) for name in SUMS} for each in sums_of(request.edition)]
    rows = feedback_in(request.edition, waits=asked.waits, post=asked.post)
    return {"rows": [each.feedback for each in rows], "sums": sums}


@operations.put("/volunteers/feedback/{feedback}/answer", policy.ANSWER_FEEDBACK, FeedbackShown)
def answer_feedback(request: Any, feedback: Annotated[int, Path(ge=1, le=2**62)], body: FeedbackAnswerGiven) -> Any:
    """Answer what a volunteer said."""
    row = get_object_or_404(Feedback.objects.filter(edition=request.edition), pk=feedback)
    return services.answer_feedback(edition=request.edition, feedback=row, by=request.person, **body.model_dump())


@operations.get("/volunteers/feedback/own", policy.OWN_FEEDBACK, OwnFeedback)
def list_own_feedback(request: Any) -> Any:
    """List what one said oneself, with the answers."""
    return {"rows": [each.feedback for each in own_feedback(request.edition, request.person) if each.feedback]}


@operations.put("/volunteers/feedback/own", policy.OWN_FEEDBACK, FeedbackShown)
def say_feedback(request: Any, body: FeedbackGiven) -> Any:
    """Say how one's own shift was."""
    return services.say_feedback(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/feedback/own/remove", policy.OWN_FEEDBACK, None, status=204)
def take_feedback_back(request: Any, body: OwnSeat) -> None:
    """Take back what one said."""
    services.take_feedback_back(edition=request.edition, by=request.person, **body.model_dump())
