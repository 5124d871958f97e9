"""What the API of tasks takes and answers."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body, Listed, Paging
from hostcity.plan.characters import LINES
from hostcity.plan.rows.tasks import MOST_DAYS
from hostcity.readiness.models import MOST_LINE, MOST_NOTE

ColorGiven = Literal["", "red", "amber", "grey", "green", "done"]
ColorShown = Literal["red", "amber", "grey", "green", "done"]


class TasksAsked(Paging):
    """Which tasks, and which page of them."""

    department: str = Field("", max_length=200, description="Code of the department that answers for them.")
    workstream: str = Field("", max_length=200, description="Code of the workstream.")
    owner: str = Field("", max_length=12, description="Code of a person who answers for them; - = nobody does.")
    color: ColorGiven = ""
    text: str = Field("", max_length=100, description="Part of the code or of a name.")


class TaskReasonShown(Answer):
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
    reasons: list[TaskReasonShown]
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


class DepartmentShown(Answer):
    """A department today."""

    code: str
    owners: list[str] = Field(description="Codes of the people who answer for it.")
    tasks: int
    colors: dict[ColorShown, int]
    said_fine: int = Field(description="Open tasks of which its last word is that all is well.")
    red_inside: int = Field(description="Those of them that are red by rule.")
    watermelon: float | None = Field(description="Share of the two; null = it calls nothing fine.")
    silent: int = Field(description="Tasks that should be under way, of which nobody said anything for days.")
    to_accept: int = Field(description="Tasks of others that wait for it.")


class DepartmentsShown(Answer):
    """All departments, the worst first."""

    rows: list[DepartmentShown]


class ReportShown(Answer):
    """An owner's word."""

    id: int
    word: Literal["started", "going", "finished", "trouble"]
    remaining_d: float | None = Field(description="Working days.")
    note: str
    at: datetime.datetime = Field(description="By the server's clock.")
    by: str = Field(description="Code of the person.")


class EvidenceShown(Answer):
    """Something that shows that a task is done."""

    id: int
    kind: str
    file: str | None = Field(description="Id among the edition's files.")
    sha256: str = Field(description="Of the file's bytes as they were handed in.")
    place: str
    taken_at: datetime.datetime | None = Field(description="As who handed it in says.")
    value: str
    note: str
    source: str = Field(description="Page of what a capability pushed.")
    has_passed: bool
    at: datetime.datetime = Field(description="By the server's clock.")
    by: str
    withdrawn_at: datetime.datetime | None


class DecisionShown(Answer):
    """What somebody of another department decided."""

    id: int
    verdict: Literal["accepted", "refused"]
    department: str
    reason: str
    at: datetime.datetime
    by: str
    seen: list[list[int | str]] = Field(description="Id, kind and hash of each piece of evidence that lay there.")
    undone_at: datetime.datetime | None
    undone_by: str
    undone_reason: str


class TaskWhole(TaskShown):
    """A task with what was told, shown and decided of it, the latest first; a hundred of each at most."""

    version: int = Field(description="Of what was told; give it to acts that stand on it.")
    started_on: datetime.date | None
    finished_on: datetime.date | None = Field(description="As its owner says.")
    remaining_d: float | None
    accepted_on: datetime.date | None
    done_en: str
    done_zh: str
    holds_up: list[str] = Field(
        description="Codes of all that wait for it, one after the other, by their earliest starts."
    )
    reports: list[ReportShown]
    evidence_shown: list[EvidenceShown]
    decisions: list[DecisionShown]


Seen = Field(None, ge=0, le=2**31 - 1, description="Version of the task as it was looked at; else nobody looked.")
Text = Field("", max_length=MOST_NOTE, pattern=LINES)


class ReportGiven(Body):
    """How a task is."""

    word: Literal["started", "going", "finished", "trouble"]
    remaining_d: float | None = Field(None, ge=0, le=MOST_DAYS, description="Working days.")
    share: float | None = Field(None, ge=0, le=1, description="Instead: share of the likely time that is done.")
    note: str = Text
    version: int | None = Seen


class EvidenceGiven(Body):
    """What shows it; beside the file."""

    kind: Literal["photo", "reading", "delivery_note", "document", "signature", "test_run", "drill_result"]
    place: str = Field("", max_length=MOST_LINE)
    taken_at: datetime.datetime | None = None
    value: str = Field("", max_length=MOST_LINE, description="A reading, or a note's number.")
    note: str = Text
    has_passed: bool = True


class AcceptanceGiven(Body):
    """That a task is accepted."""

    version: int = Field(ge=0, le=2**31 - 1, description="Of the task as it was looked at.")
    note: str = Text


class RefusalGiven(Body):
    """That it is not, and why."""

    version: int = Field(ge=0, le=2**31 - 1, description="Of the task as it was looked at.")
    reason: str = Field(min_length=1, max_length=MOST_NOTE, pattern=LINES)


class TaskUndoGiven(Body):
    """Why a decision is taken back."""

    reason: str = Field(min_length=1, max_length=MOST_NOTE, pattern=LINES)
