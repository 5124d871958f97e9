"""What the API of forecasts takes and answers."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body

Rule = Literal["unlimited", "order", "dispatch"]
ByRule = dict[Rule, float]
Two = dict[Literal["order", "dispatch"], float]


class ForecastAsked(Body):
    """What a forecast is made with."""

    seed: int = Field(1, ge=1, le=2**31 - 1, description="Of the draws.")


class ForecastBrief(Answer):
    """A forecast in the list."""

    id: int
    created_at: datetime.datetime
    day: datetime.date = Field(description="On the morning of which the preparation stood so.")
    number: int = Field(description="Of the ledger: the plan that it is of.")
    chance: ByRule = Field(
        description="Probability that all is ready for the opening: unlimited counts nobody's hands; order, hands in the plan's order; dispatch, whoever can begins."
    )
    span: list[float] = Field(description="The least and the greatest of those that count hands.")


class Forecasts(Answer):
    """Forecasts, the latest first."""

    rows: list[ForecastBrief]


class EndsShown(Answer):
    """When a milestone ends."""

    code: str
    need_by: datetime.date | None
    chance: ByRule
    ends: dict[Rule, list[datetime.date | None]] = Field(
        description="At each of `shares`; null = after all days of the calendar."
    )


class GroupShown(Answer):
    """A department: all its open tasks by their need-by dates."""

    code: str
    tasks: int
    chance: ByRule
    span: list[float]
    late_d: ByRule = Field(description="Greatest lateness in the mean. [working days]")


class SlipShown(Answer):
    """What a delay of a task costs, or a risk that does not happen gains."""

    code: str
    points: Two = Field(description="Of the probability of the opening, 0 to 1.")
    days: Two = Field(description="Of lateness in the mean. [working days]")


class EffortShown(Answer):
    """The best use of some working days."""

    tasks: list[str]
    saved_d: float
    budget_d: float
    shorter: float = Field(description="By which share each task is shortened.")
    rule: Rule
    before: float
    after: float


class ChancesShown(Answer):
    """A task that may be late, or that the end of all may wait for."""

    code: str
    chance: list[float] = Field(description="That it ends by its need-by date, by `rules`.")
    criticality: list[float] = Field(description="Share of draws in which the end of all waited for it, by `rules`.")


class ForecastShown(ForecastBrief):
    """All that a forecast says, as `hostcity tasks forecast --json` does."""

    seed: int
    samples: int
    rules: list[Rule]
    opens: datetime.date
    tasks_of: int
    open_of: int = Field(description="Tasks that are not done.")
    standard_error: ByRule = Field(description="By chance of the draws alone.")
    shares: list[float]
    ends: dict[Rule, list[datetime.date | None]]
    by_day: list[list[Any]] = Field(
        description="Day, and the probability that all is ready on its evening, by `rules`."
    )
    milestones: list[EndsShown]
    departments: list[GroupShown] = Field(description="The worst first.")
    slip_d: float
    slips: list[SlipShown]
    risks: list[SlipShown]
    effort: EffortShown
    tasks: list[ChancesShown]
