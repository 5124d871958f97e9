"""What the API of mending a day takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.mending.asking import MOST_FACTOR, MOST_TOLD
from hostcity.volunteers.schemas import Given, Some

MOST_PEOPLE, MOST_POSTS = 20_000, 2_000
Factor = Annotated[float, Field(gt=1, le=MOST_FACTOR)]


class MendAsked(Body):
    """A day to be mended."""

    day: Given = Field(description="Code of a service day.")
    band: Some = Field("", description="Code of the first band that may be changed; empty = the whole day.")
    absent: list[Given] = Field([], max_length=MOST_PEOPLE, description="Codes of volunteers who do not come.")
    closed: list[Given] = Field([], max_length=MOST_POSTS, description="Codes of posts that are closed.")
    factors: dict[Given, Factor] = Field(
        {}, max_length=MOST_POSTS, description="Post -> how many times as many people it needs."
    )
    most_told: int | None = Field(
        None,
        ge=0,
        le=MOST_TOLD,
        description="People, besides those whose post is closed; null = as many as it pays for.",
    )


class ShortHeads(Answer):
    """Heads short at posts on that day."""

    before: int
    without: int = Field(description="Without the absent, with what is closed and needed now.")
    after: int


class MendedBrief(Answer):
    """A mended day in short."""

    id: int = Field(description="Number of the result.")
    created_at: datetime
    day: str
    band: str
    short: ShortHeads
    told: int = Field(description="People who are told of a change, besides the absent.")
    absent: int
    idle: int = Field(description="Of the absent, who had no shift that could be changed.")
    repeated: int = Field(description="Codes that were named more than once.")
    taken_off: int = Field(description="Shifts of the absent.")


class MendedDays(Answer):
    """Those that are kept, the latest first."""

    rows: list[MendedBrief]


class ToldShown(Answer):
    """Somebody who is told, and what."""

    volunteer: str
    kind: str
    band: str = Field(description="Code.")
    source: str = Field(description="Name of the post of before; empty = was off.")
    target: str = Field(description="Name of the post; empty = is free.")
    en: str
    zh: str


class AbsentSeat(Answer):
    """A shift that is taken off somebody who does not come."""

    volunteer: str
    band: str
    source: str = Field(description="Code of the post.")


class LackingShown(Answer):
    """A post that is short all the same."""

    band: str
    post: str
    heads: int
    needed: int


class MendedShown(MendedBrief):
    """A mended day."""

    is_roster: bool = Field(description="Whether it was made the roster, and nothing has changed that since.")
    has_moved_on: bool = Field(description="Whether the roster has been changed since it was mended.")
    people: list[ToldShown]
    absent_seats: list[AbsentSeat]
    lacking: list[LackingShown]
