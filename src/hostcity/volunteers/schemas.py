"""What the API of rosters takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.services.making import MOST_MATE, MOST_SEED

Some = Annotated[str, Field(max_length=100)]
Given = Annotated[str, Field(min_length=1, max_length=100)]


class DraftShown(Answer):
    """A draft of the roster."""

    id: int = Field(description="Number of the result.")
    created_at: datetime
    is_published: bool = Field(description="Whether the roster as it holds is this one.")
    is_stale: bool = Field(description="Whether posts, needs or people have been changed since.")
    inputs: dict[str, Any]
    summary: dict[str, Any] = Field(description="Objective, bound, gap, terms, figures, curves of the search.")


class Drafts(Answer):
    """Drafts that are kept, the latest first."""

    rows: list[DraftShown]


class RosterAsked(Body):
    """A draft to be made."""

    seed: int = Field(1, ge=1, le=MOST_SEED)
    mate: float = Field(0.0, ge=0, le=MOST_MATE, description="What a shift with a team mate is worth.")
    judge: bool = Field(False, description="Judge the roster as it holds, make none.")


class BoardAsked(Answer):
    """Which part of the board."""

    day: Some = ""
    zone: Some = ""
    post_class: Some = ""


class CellShown(Answer):
    """A cell of the board: a post in a band of a day."""

    key: str
    day: str = Field(description="Code.")
    band: str = Field(description="Code.")
    post: str = Field(description="Code.")
    heads: int
    needed: int
    short: float = Field(description="Probability that fewer come than needed, exactly.")
    roles_missing: list[str] = Field(description="Names of roles of which fewer are rostered than needed.")


class Board(Answer):
    """Cells, post by post."""

    cells: list[CellShown]


class RosterLineShown(Answer):
    """What a cell asks for."""

    what: str
    needed: int
    rostered: int
    percent: float
    missing: float
    price: float


class ServerShown(Answer):
    """Somebody in a cell."""

    code: str
    team: str
    roles: list[str]
    attends: float
    is_locked: bool


class ReasonShown(Answer):
    """How many a reason keeps away."""

    code: str
    said: str
    count: int


class ChangeShown(Answer):
    """A change that would bring somebody."""

    code: str
    source: str = Field(description="Name of the post that is left; empty = free that day.")
    saves: float


class CellWhyShown(Answer):
    """Why a cell is as it is."""

    times: str
    lines: list[RosterLineShown]
    servers: list[ServerShown]
    reasons: list[ReasonShown]
    mend: str
    changes: list[ChangeShown]


class SeatShown(Answer):
    """A seat of somebody."""

    day: str
    band: str
    post: str = Field(description="Name of the post.")
    is_locked: bool


class PersonWhyShown(Answer):
    """Somebody's shifts, and why there are no others."""

    code: str
    team: str
    fair: int
    most: int
    served: int
    shifts: list[SeatShown]
    reasons: list[ReasonShown] = Field(description="Of open cells.")
    plan_harm: float
    idle_harm: float
    best_harm: float


class ConflictShown(Answer):
    """A rule that a draft does not keep."""

    code: str
    volunteer: str
    said: str


class Conflicts(Answer):
    """Rules that a draft does not keep, and warnings of its force."""

    conflicts: list[ConflictShown]
    warnings: list[ConflictShown]


class PersonDiffers(Answer):
    """Somebody whose shifts would be others."""

    code: str
    gets: list[list[str]]
    loses: list[list[str]]
    changes: list[list[str]] = Field(description="Day, band, post, and the post of before.")


class RosterDifference(Answer):
    """What publishing a draft would change."""

    number: int = Field(description="Give it when publishing.")
    counts: dict[str, int]
    people: list[PersonDiffers]


class Publication(Body):
    """A difference that was looked at."""

    number: int = Field(ge=0, le=2**62)
    answers_by: AwareDatetime | None = Field(
        None, description="Ask volunteers to accept their shifts by then; null = they are not asked."
    )


class Published(Answer):
    """What was written."""

    number: int | None = Field(description="Number of the act; null = nothing differed.")


class SeatGiven(Body):
    """A seat."""

    volunteer: Given
    day: Given
    band: Given


class LockGiven(SeatGiven):
    """A seat, and where it is."""

    post: Some = Field("", description="Empty = locked free.")


class PinShown(Answer):
    """A seat that the next draft keeps."""

    volunteer: str
    day: str
    band: str
    post: str


class Pins(Answer):
    """All of them."""

    rows: list[PinShown]


class OwnShiftShown(Answer):
    """One of one's own shifts."""

    code: str
    starts_at: datetime
    ends_at: datetime
    band: str
    post: str
    post_code: str
    zone: str


class OwnShifts(Answer):
    """One's own shifts by time."""

    rows: list[OwnShiftShown]
