"""What the API of hours takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.models.hours import MOST_REASON
from hostcity.volunteers.schemas import Given

Words = Annotated[str, Field(max_length=MOST_REASON)]


class PersonAsked(Answer):
    """Whose hours."""

    volunteer: Given


class TotalShown(Answer):
    """What somebody has served."""

    volunteer: str
    team: str
    campus: str
    shifts: int
    minutes: int
    open: int = Field(description="Shifts without an end, which count nothing yet.")


class Totals(Answer):
    """What everybody has served, by code."""

    rows: list[TotalShown]


class ServedShown(Answer):
    """Somebody came to a shift."""

    post: str
    day: str
    band: str
    checked_in_at: datetime
    checked_out_at: datetime | None
    minutes: int = Field(description="Whole ones that count: inside of the shift; of a correction, all.")
    is_corrected: bool
    stamp: str = Field(description="Of these times, for a correction.")


class CorrectionShown(Answer):
    """Times that were put right."""

    id: int
    day: str
    band: str
    was_in: datetime | None
    was_out: datetime | None
    to_in: datetime
    to_out: datetime | None
    reason: str
    by_code: str
    second_code: str
    undone_at: datetime | None


class ServedSheet(Answer):
    """What one person has served."""

    volunteer: str
    minutes: int
    rows: list[ServedShown]
    corrections: list[CorrectionShown]


class OwnHours(Answer):
    """What one has served oneself."""

    minutes: int
    rows: list[ServedShown]


class WitnessedGiven(Body):
    """Why, and who says so too."""

    day: Given
    band: Given
    reason: Words
    second: str = Field(max_length=100, description="Code or sign-in name of a second person.")


class CorrectionGiven(WitnessedGiven):
    """When somebody came and left."""

    volunteer: Given
    checked_in_at: AwareDatetime
    checked_out_at: AwareDatetime | None = None
    stamp: str = Field(
        "", max_length=60, description="Of the times that were looked at; empty = nobody was checked in."
    )


class Closed(Answer):
    """How many have left."""

    count: int
