"""What the API of coming to a shift takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.schemas import Given, SeatGiven, Some


class BandAsked(Answer):
    """Which band; empty = the one that runs or comes next."""

    day: Some = ""
    band: Some = ""
    zone: Some = ""


class CellAsked(Answer):
    """A post in a band of a day, by codes."""

    post: Given
    day: Given
    band: Given


class AttendanceShown(Answer):
    """Somebody came to a shift."""

    volunteer: str
    day: str
    band: str
    post: str = Field(description="Where they were checked in.")
    checked_in_at: datetime
    checked_out_at: datetime | None
    how: Literal["code", "qr", "leader", "self", "synced"]


class Checked(Answer):
    """An attendance as it stands now."""

    attendance: AttendanceShown
    is_new: bool = Field(description="False = it was so already, and nothing was written.")


class SeenShown(Answer):
    """Somebody rostered at a post."""

    volunteer: str
    attends: float = Field(description="Probability of coming that the plan gives.")
    is_there: bool
    attendance: AttendanceShown | None


class DutyLineShown(Answer):
    """A post in a band of a day."""

    post: str
    name: str
    zone: str
    is_critical: bool
    needed: int
    rostered: int
    came: int
    there: int
    missing: list[str] = Field(description="Codes of who has not come.")
    short: float = Field(description="Probability that fewer are there than needed, exactly; 0 once the band is over.")
    is_at_risk: bool


class BandShown(Answer):
    """The posts of a band: those at risk first."""

    day: str
    band: str
    starts_at: datetime | None
    ends_at: datetime | None
    posts: list[DutyLineShown]


class PostShown(DutyLineShown):
    """A post with its people."""

    people: list[SeenShown]


class CodeShown(Answer):
    """The code of a post."""

    code: str
    token: str = Field(description="What a scan gives instead of the code.")
    seconds: int = Field(description="Until there is another.")


class ComingGiven(Body):
    """A code that was typed, or a token that was scanned."""

    code: str = Field("", max_length=20, description="Six digits.")
    token: str = Field("", max_length=2000)


class OwnSeat(Body):
    """A band of a day."""

    day: Given
    band: Given


class UndoGiven(SeatGiven):
    """What is to be taken back."""

    what: Literal["in", "out"]


class OwnDutyShown(Answer):
    """One of one's own shifts."""

    post: str
    day: str
    band: str
    starts_at: datetime
    ends_at: datetime
    is_open: bool = Field(description="Whether one can check in now.")
    is_leader: bool
    attendance: AttendanceShown | None


class OwnDutyList(Answer):
    """One's own shifts by time."""

    rows: list[OwnDutyShown]
