"""Advice by the API."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Query
from pydantic import Field

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Listed, Paging, page_of
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.rehearsal import policy
from hostcity.rehearsal.advice import queries, services
from hostcity.rehearsal.models import Advice
from hostcity.rehearsal.schemas import OfPlanShown, OfPlanWanted, shown_of_plan

operations = Operations("advice")


class AdviceWanted(OfPlanWanted):
    """Advice to be asked for."""

    goal: Annotated[
        str,
        Field(
            min_length=1,
            max_length=services.LONGEST,
            description="Figure that shall become smaller; max:FIGURE = larger.",
        ),
    ] = "promise.share_over_peak_limit"
    budget: Annotated[
        str, Field(min_length=1, max_length=services.LONGEST, description="RESOURCE=AMOUNT,… e.g. lanes=10, staff=30")
    ]
    runs: Annotated[int, Field(strict=True, ge=services.LEAST_RUNS, le=services.MOST_RUNS)] = 10


class AdviceShown(OfPlanShown):
    """Advice."""

    goal: str
    budget: str
    runs: int


class AdviceInFull(AdviceShown):
    """With progress and what was found."""

    job: JobShown | None
    summary: dict[str, Any] | None = Field(
        description="As the command's --json, and `said` in words of both languages. `changes` of a suggestion, behind "
        "the overrides that were asked with, are the overrides of a rehearsal that plays it."
    )


class AdvicesPage(Listed):
    """A page of advice."""

    rows: list[AdviceShown]


def shown(row: Advice) -> dict[str, Any]:
    """Advice as lists show it."""
    return shown_of_plan(row) | {"goal": row.goal, "budget": row.budget, "runs": row.runs}


def in_full(row: Advice) -> dict[str, Any]:
    """With its result."""
    job = shown_job(row.job) if row.job else None
    return shown(row) | {"job": job, "summary": row.result.summary if row.result else None}


def _advice(request: Any, advice: UUID) -> Advice:
    return queries.advice_in_full(request.edition, request.person, advice)


@operations.get("/advice", policy.SEE_REHEARSALS, AdvicesPage)
def list_advice(request: Any, paging: Query[Paging]) -> Any:
    """List advice.

    Latest first.
    """
    return page_of(queries.advices(request.edition, request.person), paging, order=("-id",), shown=shown)


@operations.post("/advice", policy.START_REHEARSAL, AdviceInFull, status=202)
def start_advice(request: Any, body: AdviceWanted) -> Any:
    """Ask what to change within a budget.

    The worker tries changes of the plan as it stands and ranks them by what they do; follow it by `show_advice`. What is
    wrong with plan, scenarios or overrides is told at once; what is wrong with goal or budget is the job's error.
    """
    return in_full(services.start_advice(edition=request.edition, by=request.person, **body.model_dump()))


@operations.get("/advice/{advice}", policy.SEE_REHEARSALS, AdviceInFull)
def show_advice(request: Any, advice: UUID) -> Any:
    """Show advice.

    Its progress, and when it is done suggestions with their 95 % half-widths, the best first.
    """
    return in_full(_advice(request, advice))


@operations.post("/advice/{advice}/cancel", policy.CANCEL_REHEARSAL, AdviceInFull, status=200)
def cancel_advice(request: Any, advice: UUID) -> Any:
    """Cancel advice that waits or runs.

    One that runs ends within a second or two.
    """
    services.cancel_advice(advice=_advice(request, advice), by=request.person)
    return in_full(_advice(request, advice))
