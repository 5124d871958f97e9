"""What the API of feedback takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.duty.schemas import OwnSeat
from hostcity.volunteers.models.feedback import MOST_TEXT
from hostcity.volunteers.schemas import Some

Text = Annotated[str, Field(max_length=MOST_TEXT)]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Asked(Answer):
    """Which."""

    waits: bool = Field(False, description="Texts without an answer only.")
    post: Some = ""


class FeedbackShown(Answer):
    """What somebody said of a shift."""

    id: int
    volunteer: str
    post: str
    day: str
    band: str
    rating: int = Field(description="1 = bad … 5 = very good.")
    text: str
    said_at: datetime
    answer: str
    answered_at: datetime | None
    version: int


class SumShown(Answer):
    """What was said of a post in a band of a day."""

    post: str
    day: str
    band: str
    count: int
    came: int
    rating: float = Field(description="Mean.")
    low: int = Field(description="How many gave 1 or 2.")
    unanswered: int


class FeedbackList(Answer):
    """The latest 200, and the sums of all, the worst first."""

    rows: list[FeedbackShown]
    sums: list[SumShown]


class OwnFeedback(Answer):
    """What one said oneself."""

    rows: list[FeedbackShown]


class FeedbackGiven(OwnSeat):
    """How a shift was."""

    rating: int = Field(ge=1, le=5)
    text: Text = ""
    version: Version = Field(0, description="0 = nothing was said before.")


class FeedbackAnswerGiven(Body):
    """The answer; empty takes it back."""

    answer: Text
    version: Version
