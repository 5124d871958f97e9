"""What the API of swaps takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.schemas import Given, Some

State = Literal["open", "waiting", "done", "declined", "withdrawn", "undone"]


class BandGiven(Body):
    """A band of a day, by codes."""

    day: Given
    band: Given


class OfferGiven(BandGiven):
    """A shift of one's own that is offered."""

    named: Some = Field("", description="Code of the volunteer who alone may take it; empty = anybody.")
    wanted: list[BandGiven] = Field(
        [], max_length=100, description="A trade: bands of which a shift would do in return. None = it is given away."
    )


class TakeGiven(Body):
    """What goes back for it."""

    back: BandGiven | None = Field(None, description="Of a trade: the band of one's own shift that goes back.")


class SwapCellShown(Answer):
    """A post in a band of a day, by codes."""

    post: str
    day: str
    band: str


class OfferShown(Answer):
    """A shift that is offered."""

    id: int
    state: State
    can_happen: bool = Field(description="Whether something can come of it yet: no shift of it has begun.")
    shift: SwapCellShown
    starts_at: datetime | None
    ends_at: datetime | None
    giver: str = Field(description="Name of who gives it; where there is no account, the code.")
    wanted: list[list[str]] = Field(description="Day and band of each shift that would do in return.")
    backs: list[SwapCellShown] = Field(description="One's own shifts that would do; of offers that one could take.")


class OwnSwaps(Answer):
    """Offers to oneself, and one's own."""

    offered: list[OfferShown] = Field(description="Those that one could take: no rule would be broken.")
    own: list[OfferShown]


class RiseShown(Answer):
    """A post that would be short more likely than the rule allows."""

    shift: SwapCellShown
    was: float = Field(description="Probability that fewer come than needed.")
    now: float


class SwapShown(OfferShown):
    """A swap as the coordinator sees it."""

    giver_code: str
    taker_code: str
    back: SwapCellShown | None
    rises: list[RiseShown]
    version: int
    act_number: int | None = Field(description="Of the ledger's line that made it so; null = it is not.")


class Swaps(Answer):
    """What waits, by time, and what came of others, the latest first."""

    waiting: list[SwapShown]
    past: list[SwapShown]


class RuleShown(Answer):
    """The rule by which swaps hold."""

    is_automatic: bool
    most_short: float
    version: int = Field(description="0 = nobody has set it, and the usual one holds.")


class RuleGiven(Body):
    """A rule."""

    is_automatic: bool = Field(
        description="Whether a swap holds at once when no rule is broken and no post gets too risky."
    )
    most_short: float = Field(ge=0, le=1, description="Probability that a post is short, above which it may not rise.")
    version: int = Field(ge=0, le=2**31 - 1)
