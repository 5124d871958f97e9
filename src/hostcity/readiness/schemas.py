"""What the API of tasks takes and answers."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from hostcity.core.api.schemas import Answer, Listed, Paging

ColorGiven = Literal["", "red", "amber", "grey", "green", "done"]
ColorShown = Literal["red", "amber", "grey", "green", "done"]


class TasksAsked(Paging):
    """Which tasks, and which page of them."""

    department: str = Field("", max_length=200, description="Code of the department that answers for them.")
    workstream: str = Field("", max_length=200, description="Code of the workstream.")
    owner: str = Field("", max_length=12, description="Code of a person who answers for them; - = nobody does.")
    color: ColorGiven = ""
    text: str = Field("", max_length=100, description="Part of the code or of a name.")


class ReasonShown(Answer):
    """Why a task has its color."""

    code: str
    said: str = Field(description="In the language that was asked for.")


class TaskShown(Answer):
    """A task today."""

    key: str = Field(description="In addresses.")
    code: str
    name_en: str
    name_zh: str
    kind: str
    department: str
    workstream: str
    accepted_by: str = Field(description="Department that accepts it; empty = nobody is named.")
    evidence: str = Field(description="Kind of evidence that shows that it is done.")
    color: ColorShown = Field(description="By rule; nobody types it.")
    reasons: list[ReasonShown]
    planned_start: datetime.date | None = Field(description="By the plan alone; null = the plan has problems.")
    planned_end: datetime.date | None
    starts: datetime.date | None = Field(description="As all stands today.")
    ends: datetime.date | None
    harmless_until: datetime.date | None = Field(
        description="Last day of its end with which it and what waits for it are in time; null = it is too late already."
    )
    spare_d: float | None = Field(description="Working days until then; below 0 = too late.")
    is_critical: bool


class TasksShown(Listed):
    """Tasks, the worst first."""

    rows: list[TaskShown]
    colors: dict[ColorShown, int] = Field(description="How many of what was asked for, whatever their color.")
