"""Looks by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Query
from pydantic import Field

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Listed, Paging, page_of
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.rehearsal import policy
from hostcity.rehearsal.looks import queries, services
from hostcity.rehearsal.looks.views import archive_of
from hostcity.rehearsal.models import Look
from hostcity.rehearsal.queries import rehearsal_in_full
from hostcity.rehearsal.schemas import State

operations = Operations("looks")


class LookWanted(Body):
    """A place and minutes of a rehearsal's day."""

    at: Annotated[
        str,
        Field(
            min_length=1,
            max_length=services.LONGEST_AT,
            description="Code of a node or a link; links.CODE where both have it.",
        ),
    ]
    starts: Annotated[str, Field(min_length=1, max_length=services.LONGEST_CLOCK, description="HH:MM of the day.")]
    minutes: Annotated[int, Field(strict=True, ge=services.LEAST_MINUTES, le=services.MOST_MINUTES)] = 5
    trials: Annotated[
        int, Field(strict=True, ge=0, le=services.MOST_TRIALS, description="Of the busiest opening; 0 = not tried.")
    ] = 3


class LookShown(Answer):
    """A look."""

    id: UUID
    number: int = Field(description="Within the edition, from 1 on.")
    rehearsal: UUID
    state: State
    at: str
    starts: str
    minutes: int
    trials: int
    by: str
    created_at: datetime


class LookInFull(LookShown):
    """With progress and what was seen."""

    job: JobShown | None
    summary: dict[str, Any] | None = Field(
        description="As the command's --json, and `said` in words of both languages. `offer.change`, behind the overrides "
        "of the rehearsal, is an override of a rehearsal that plays it."
    )


class LooksPage(Listed):
    """A page of looks."""

    rows: list[LookShown]


def shown(row: Look) -> dict[str, Any]:
    """A look as lists show it."""
    return {
        "id": row.public_id, "number": row.number, "rehearsal": row.rehearsal.public_id, "state": row.state, "at": row.at, "starts": row.starts,
        "minutes": row.minutes, "trials": row.trials, "by": row.by.code, "created_at": row.created_at,
    }  # fmt: skip


def in_full(row: Look) -> dict[str, Any]:
    """With its result."""
    job = shown_job(row.job) if row.job else None
    return shown(row) | {"job": job, "summary": row.result.summary if row.result else None}


def _look(request: Any, look: UUID) -> Look:
    return queries.look_in_full(request.edition, request.person, look)


@operations.get("/rehearsals/{rehearsal}/looks", policy.SEE_REHEARSALS, LooksPage)
def list_looks(request: Any, rehearsal: UUID, paging: Query[Paging]) -> Any:
    """List looks at a rehearsal's day through the microscope.

    Latest first.
    """
    rows = queries.looks_of(rehearsal_in_full(request.edition, request.person, rehearsal), request.person)
    return page_of(rows, paging, order=("-id",), shown=shown)


@operations.post("/rehearsals/{rehearsal}/looks", policy.START_REHEARSAL, LookInFull, status=202)
def start_look(request: Any, rehearsal: UUID, body: LookWanted) -> Any:
    """Look at a place of a rehearsal's day through the microscope.

    The worker plays the day again, lets those who pass the place in these minutes walk in the plane, and puts the figures
    of both beside each other; follow it by `show_look`. What is wrong with place or time is the job's error. Refused with
    `micro.missing` where the extra is not installed.
    """
    row = rehearsal_in_full(request.edition, request.person, rehearsal)
    return in_full(services.start_look(rehearsal=row, by=request.person, **body.model_dump()))


@operations.get("/looks/{look}", policy.SEE_REHEARSALS, LookInFull)
def show_look(request: Any, look: UUID) -> Any:
    """Show a look.

    Its progress, and when it is done flow, queue and density of the day and of the plane, and the override that is offered.
    """
    return in_full(_look(request, look))


@operations.get("/looks/{look}/files", policy.SEE_REHEARSALS, None, gives="application/zip")
def download_look(request: Any, look: UUID) -> HttpResponse:
    """Download what was seen.

    One archive: a page with the replay, the picture in both languages, microscope.json, trajectories.npz and walls.wkt.
    """
    row = _look(request, look)
    if row.result is None:
        raise Http404(str(look))
    return archive_of(row, row.result)


@operations.post("/looks/{look}/cancel", policy.CANCEL_REHEARSAL, LookInFull, status=200)
def cancel_look(request: Any, look: UUID) -> Any:
    """Cancel a look that waits or runs.

    One that runs ends within a second or two.
    """
    services.cancel_look(look=_look(request, look), by=request.person)
    return in_full(_look(request, look))
