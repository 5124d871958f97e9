"""What the API of acceptance takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.schemas import Given

Version = Annotated[int, Field(ge=0, le=2**31 - 1, description="Of the deadline that runs; 0 = none does.")]


class DeadlineGiven(Body):
    """By when shifts are to be accepted."""

    due_at: AwareDatetime
    version: Version


class CancelGiven(Body):
    """The deadline that is taken back."""

    version: Version


class OwnAnswerGiven(Body):
    """An answer for one's own shift."""

    day: Given
    band: Given
    accepts: bool


class AnswerGiven(OwnAnswerGiven):
    """An answer for somebody."""

    volunteer: Given


class DeadlineShown(Answer):
    """A deadline."""

    id: int
    due_at: datetime
    state: Literal["open", "done", "cancelled", "undone"]
    version: int
    act_number: int | None = Field(description="Of the ledger's line that promoted; null = nothing was changed.")
    promoted: list[list[str]] = Field(description="Reserve, day, band, post, in whose place.")
    taken_off: list[list[str]] = Field(description="Who declined and nobody came: volunteer, day, band, post.")
    left: list[list[str]] = Field(description="Who did not answer and stays, for want of a reserve.")


class AskedShown(Answer):
    """A shift that is asked about."""

    volunteer: str
    day: str
    band: str
    post: str
    accepts: bool | None = Field(description="null = not answered.")


class Answers(Answer):
    """How far the deadline is that runs, and what came of the last one."""

    deadline: DeadlineShown | None
    accepted: int
    declined: list[AskedShown]
    silent: list[AskedShown]
    last: DeadlineShown | None


class OwnAnswers(Answer):
    """What one is asked about."""

    due_at: datetime | None = Field(description="null = nothing is asked.")
    rows: list[AskedShown]


class Accepted(Answer):
    """How many shifts were accepted."""

    count: int
