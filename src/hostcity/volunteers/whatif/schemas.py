"""What the API of trying changes takes and answers."""

from __future__ import annotations

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.schemas import Given, LockGiven
from hostcity.volunteers.whatif.asking import MOST_CHANGES, MOST_HEADS


class AwayGiven(Body):
    """Somebody is away on a day."""

    volunteer: Given
    day: Given


class CellGiven(Body):
    """A cell."""

    day: Given
    band: Given
    post: Given


class NeedGiven(CellGiven):
    """A cell that needs another number of people."""

    heads: int = Field(ge=1, le=MOST_HEADS)


class ChangesGiven(Body):
    """Changes of a draft."""

    moves: list[LockGiven] = Field([], max_length=MOST_CHANGES, description="Without a post: taken off.")
    absent: list[AwayGiven] = Field([], max_length=MOST_CHANGES)
    closed: list[CellGiven] = Field([], max_length=MOST_CHANGES)
    needs: list[NeedGiven] = Field([], max_length=MOST_CHANGES)


class TermShown(Answer):
    """A piece of the objective. The less the better."""

    name: str
    was: float
    now: float
    change: float


class RuleBroken(Answer):
    """A rule."""

    rule: str
    said: str
    volunteer: str
    day: str = Field(description="Name.")
    band: str = Field(description="Name; empty = of the day.")


class SeatTried(Answer):
    """A seat that would be another's."""

    volunteer: str
    day: str = Field(description="Name.")
    band: str = Field(description="Name.")
    was: str = Field(description="Name of the post; empty = none.")
    now: str = Field(description="Name of the post; empty = none.")


class CellTriedShown(Answer):
    """A cell; pairs are before and after."""

    key: str = Field(description="Empty = it was not open.")
    day: str
    band: str
    post: str
    heads: list[int]
    needed: list[int]
    short: list[float] = Field(
        description="Probability that somebody is missing, exactly: of heads, or of the role where it is likeliest."
    )


class WhatIf(Answer):
    """What changes would do."""

    objective: TermShown
    terms: list[TermShown] = Field(description="Those that change.")
    violations: list[int] = Field(description="Rules that are not kept, before and after.")
    broken: list[RuleBroken] = Field(description="Rules that would be broken, and are not now.")
    mended: list[RuleBroken] = Field(description="Rules that are broken now, and would not be.")
    cells: list[CellTriedShown] = Field(description="Those with other people or another need.")
    seats: list[SeatTried]
