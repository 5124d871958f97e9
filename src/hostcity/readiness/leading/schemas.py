"""What the API of the leader's screen answers."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from hostcity.core.api.schemas import Answer
from hostcity.readiness.forecasts.schemas import ByRule, GroupShown, Two


class Answering(Answer):
    """Somebody who answers for a task."""

    code: str
    name: str
    phone: str


class CostShown(Answer):
    """A task whose delay costs most."""

    code: str
    department: str = Field(description="Its name, in the language that was asked for.")
    people: list[Answering]
    points: Two


class DrillShown(Answer):
    """A drill that is not held yet."""

    key: str
    name: str
    department: str
    starts: datetime.date | None


class ReadyChangeShown(Answer):
    """Since a forecast that is a week older."""

    since: datetime.date
    by: ByRule


class OverviewShown(Answer):
    """The leader's screen."""

    today: datetime.date
    days_left: int = Field(description="Counts neither today nor the opening; below 0 = it has opened.")
    forecast: int | None = Field(description="Number of the forecast that the rest is of; null = none has been made.")
    day: datetime.date | None
    chance: ByRule | None
    span: list[float] | None = Field(description="The least and the greatest of the rules that count hands.")
    change: ReadyChangeShown | None = Field(description="null = there is no forecast of a week ago.")
    departments: list[GroupShown] = Field(description="The worst first.")
    costs: list[CostShown]
    drills: list[DrillShown]
    colors: dict[Literal["red", "amber", "grey", "green", "done"], int]
