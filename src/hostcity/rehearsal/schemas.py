"""What the API takes and gives of rehearsals, comparisons and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from hostcity.core.api.schemas import Answer, Body, Change, Listed, Paging, Version
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.rehearsal.compared import PlanLine, Row, said
from hostcity.rehearsal.models import Comparison, Finding, OfPlan, Rehearsal, Remark
from hostcity.rehearsal.queries import is_same
from hostcity.rehearsal.scenarios.queries import MOST_AT_ONCE
from hostcity.rehearsal.services.rehearsals import MOST_DAYS, MOST_RUNS
from hostcity.rehearsal.works import MOST_OVERRIDES, MOST_SEED

NOT_HERE, CHOOSE_ANOTHER = _("There is nobody with this code here."), _("Choose another.")
State = Literal["queued", "running", "done", "failed", "cancelled"]
FindingState = Literal["open", "mended", "accepted"]
Seed = Annotated[int, Field(strict=True, ge=0, le=MOST_SEED, description="Of the draws: the same gives the same day.")]
Severity = Annotated[int, Field(strict=True, ge=1, le=3, description="1 minor, 2 major, 3 critical.")]
Seconds = Annotated[float | None, Field(strict=True, ge=0, le=48 * 3600, description="After the day's midnight.")]
Text = Annotated[str, Field(max_length=4000)]
Owner = Annotated[str, Field(max_length=12, description='Code of a person; "" = nobody.')]
BureauCode = Annotated[str, Field(max_length=40, description='Code of a bureau; "" = none.')]


class OfPlanWanted(Body):
    """What everything that is played on the plan as it stands takes."""

    seed: Seed = 1
    scenarios: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=80)]],
        Field(
            max_length=MOST_AT_ONCE,
            description="Names of scenarios that the edition keeps; they happen in this order, before the overrides.",
        ),
    ] = Field([])
    overrides: Annotated[
        list[Annotated[str, Field(max_length=400)]],
        Field(max_length=MOST_OVERRIDES, description="SHEET.KEY.FIELD[@HH:MM-HH:MM]=VALUE, e.g. stations.W.lanes=40"),
    ] = Field([])


class RehearsalWanted(OfPlanWanted):
    """A rehearsal to be started."""

    title: Annotated[str, Field(max_length=120)] = ""
    runs: Annotated[
        int,
        Field(
            strict=True, ge=1, le=MOST_DAYS, description="1 = the day as planned; more = on so many possible days too."
        ),
    ] = 1


class ScenarioPlayed(Answer):
    """A scenario with which something is played."""

    scenario: UUID = Field(description="Its id.")
    name: str
    sha256: str = Field(description="Of its file's bytes.")


class OfPlanShown(Answer):
    """What everything that is played on a plan shows."""

    id: UUID
    number: int = Field(description="Within the edition, from 1 on.")
    state: State
    plan_sha256: str
    plan_number: int = Field(description="Of the ledger, when the plan was taken.")
    seed: int
    scenarios: list[ScenarioPlayed]
    overrides: list[str]
    by: str
    created_at: datetime


class RehearsalShown(OfPlanShown):
    """A rehearsal."""

    title: str
    verdict: Literal["", "kept", "broken", "invalid", "none"] = Field(description="Of the promise; empty = not played.")
    peak_p99_s: float | None
    changes_since: int = Field(description="How often the plan has been changed since.")
    runs: int
    kept_runs: int | None = Field(description="Possible days on which the promise is kept; null with one run.")


class RehearsalInFull(RehearsalShown):
    """With progress, figures and hash."""

    job: JobShown | None
    results_sha256: str | None
    engine_version: str | None
    repeats: UUID | None = Field(description="The rehearsal of which this is a repetition.")
    is_same: bool | None = Field(description="Whether a repetition gave the very same results.")
    told: dict[str, Any] = Field(description="Verdict and main figures in words, in both languages.")


class RehearsalsPage(Listed):
    """A page of rehearsals."""

    rows: list[RehearsalShown]


class RemarkWanted(Body):
    """Something to be said."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]


class RemarkShown(Answer):
    """Something that was said."""

    id: int
    text: str
    by: str
    name: str
    created_at: datetime


class RemarksPage(Listed):
    """A page of remarks."""

    rows: list[RemarkShown]


class TwoRehearsals(BaseModel):
    """Two played rehearsals."""

    a: UUID
    b: UUID


class FigureShown(Answer):
    """One figure of two days."""

    what: str
    place: str
    figure: str
    a: str
    b: str
    change: str
    differs: bool


class LineShown(Answer):
    """What differs in one row of the plan."""

    verb: Literal["add", "remove", "change", "order"]
    sheet: str
    key: str
    fields: list[dict[str, Any]]


class SideBySide(Answer):
    """Two days and their plans."""

    figures: list[FigureShown]
    plan: list[LineShown]


class ComparisonWanted(Body):
    """A comparison to be started."""

    a: UUID
    b: UUID
    runs: Annotated[int, Field(strict=True, ge=1, le=MOST_RUNS)] = 6
    seed: Seed = 1


class ComparisonShown(Answer):
    """Two plans played with the same draws."""

    id: UUID
    a: UUID
    b: UUID
    runs: int
    seed: int
    state: State
    by: str
    created_at: datetime


class ComparisonInFull(ComparisonShown):
    """With the differences."""

    summary: dict[str, Any] | None


class ComparisonsPage(Listed):
    """A page of comparisons."""

    rows: list[ComparisonShown]


class FindingWanted(Body):
    """A finding to be marked."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    place: Annotated[str, Field(max_length=120, description="SHEET.KEY of the plan.")] = ""
    from_s: Seconds = None
    until_s: Seconds = None
    figure: Annotated[str, Field(max_length=120)] = ""
    severity: Severity = 2
    owner: Owner = ""
    bureau: BureauCode = ""
    note: Text = ""


class FindingChange(Change):
    """Fields to be changed; the others stay."""

    title: Annotated[str, Field(min_length=1, max_length=200)] = ""
    place: Annotated[str, Field(max_length=120, description="SHEET.KEY of the plan.")] = ""
    from_s: Seconds = None
    until_s: Seconds = None
    figure: Annotated[str, Field(max_length=120)] = ""
    severity: Severity = 2
    owner: Owner = ""
    bureau: BureauCode = ""
    state: FindingState = "open"
    note: Text = ""
    version: Version = None


class FindingUndo(Body):
    """The act to be taken back."""

    number: Annotated[int, Field(strict=True, ge=1, le=2**62, description="Of the ledger.")]
    version: Version = None


class FindingShown(Answer):
    """A finding."""

    id: UUID
    rehearsal: UUID
    title: str
    place: str
    from_s: float | None
    until_s: float | None
    figure: str
    severity: int
    state: FindingState
    owner: str
    bureau: str
    note: str
    version: int
    created_at: datetime


class FindingsPage(Listed):
    """A page of findings."""

    rows: list[FindingShown]


class FindingsAsked(Paging):
    """Which findings."""

    state: Literal["", "open", "mended", "accepted"] = ""
    severity: Annotated[int | None, Field(ge=1, le=3)] = None
    mine: bool = Field(False, description="Yours and your bureau's only.")


def shown_of_plan(row: OfPlan) -> dict[str, Any]:
    """What everything that is played on a plan shows."""
    return {
        "id": row.public_id, "number": row.number, "state": row.state, "plan_sha256": row.snapshot.plan_sha256,
        "plan_number": row.plan_number, "seed": row.seed, "scenarios": row.scenarios, "overrides": row.overrides,
        "by": row.by.code, "created_at": row.created_at,
    }  # fmt: skip


def shown(row: Rehearsal, changes: int) -> dict[str, Any]:
    """A rehearsal as lists show it."""
    return shown_of_plan(row) | {
        "title": row.name, "verdict": row.verdict, "peak_p99_s": row.peak_p99_s, "changes_since": changes,
        "runs": row.runs, "kept_runs": row.kept_runs,
    }  # fmt: skip


def in_full(row: Rehearsal) -> dict[str, Any]:
    """What its own page shows more."""
    return {
        "job": shown_job(row.job) if row.job else None,
        "results_sha256": row.result.results_sha256 if row.result else None,
        "engine_version": row.result.engine_version if row.result else None,
        "repeats": row.repeats.public_id if row.repeats else None,
        "is_same": is_same(row),
        "told": row.told,
    }


def shown_remark(remark: Remark) -> dict[str, Any]:
    """A remark as the API shows it."""
    return {
        "id": remark.pk, "text": remark.text, "by": remark.by.code, "name": str(remark.by),
        "created_at": remark.created_at,
    }  # fmt: skip


def side_by_side(figures: Iterable[Row], lines: Iterable[PlanLine]) -> dict[str, Any]:
    """Two days and their plans as the API shows them, in the language of the reader."""
    return {
        "figures": [asdict(each) | {"place": said(each.place), "figure": said(each.figure)} for each in figures],
        "plan": [
            {
                "verb": each.verb, "sheet": each.sheet, "key": each.key,
                "fields": [{"field": said(name), "a": a, "b": b} for name, a, b in each.fields],
            }
            for each in lines
        ],
    }  # fmt: skip


def shown_comparison(row: Comparison) -> dict[str, Any]:
    """A comparison as the API shows it."""
    return {
        "id": row.public_id, "a": row.a.public_id, "b": row.b.public_id, "runs": row.runs, "seed": row.seed,
        "state": row.state, "by": row.by.code, "created_at": row.created_at,
    }  # fmt: skip


def shown_finding(row: Finding) -> dict[str, Any]:
    """A finding as the API shows it."""
    plain = ("title", "place", "from_s", "until_s", "figure", "severity", "state", "note", "version", "created_at")
    return {
        "id": row.public_id, "rehearsal": row.rehearsal.public_id, **{name: getattr(row, name) for name in plain},
        "owner": row.owner.code if row.owner else "", "bureau": row.bureau.code if row.bureau else "",
    }  # fmt: skip
