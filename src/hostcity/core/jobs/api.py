"""Work in the background by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.problems import Place
from hostcity.core.api.schemas import Answer, Listed, Paging, page_of
from hostcity.core.jobs import queries, services
from hostcity.core.models import Job

operations = Operations("jobs")


class JobError(Answer):
    """Why a job failed, as problem details say it."""

    code: str
    what: str
    mend: str
    problems: list[Place] = Field([])


class JobShown(Answer):
    """A piece of work for the worker."""

    id: UUID
    kind: str
    title: str = Field(description="In the language of the reader.")
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float = Field(ge=0, le=1)
    stage: str = Field(description="What it is doing, in the language of the reader.")
    is_cancel_asked: bool
    attempts: int
    by: str = Field(description="Code of the person who asked for it.")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    answer: dict[str, Any] | None
    error: JobError | None


class JobsPage(Listed):
    """A page of jobs."""

    rows: list[JobShown]


class JobsAsked(Paging):
    """Which jobs."""

    state: Literal["", "open", "failed"] = Field("", description="Open or failed ones only.")


def shown(job: Job) -> dict[str, Any]:
    """A job as the API shows it."""
    return {
        "id": job.public_id, "kind": job.kind, "title": str(job.title), "state": job.state, "progress": job.progress,
        "stage": job.said, "is_cancel_asked": job.is_cancel_asked, "attempts": job.attempts,
        "by": job.by.code if job.by else "", "created_at": job.created_at, "started_at": job.started_at,
        "ended_at": job.ended_at, "answer": job.answer, "error": job.said_error,
    }  # fmt: skip


def found(request: Any, job: UUID) -> Job:
    """The job, if the caller may see it; else 404."""
    return get_object_or_404(queries.jobs_of(request.edition, request.person), public_id=job)


@operations.get("/jobs", policy.SEE_JOBS, JobsPage)
def list_jobs(request: Any, asked: Query[JobsAsked]) -> Any:
    """List jobs.

    Latest first.
    """
    rows = queries.jobs_of(request.edition, request.person, state=asked.state)
    return page_of(rows, asked, order=("-pk",), shown=shown)


@operations.get("/jobs/{job}", policy.SEE_JOBS, JobShown)
def show_job(request: Any, job: UUID) -> Any:
    """Show a job.

    Ask again until its state is done, failed or cancelled; half a second between is enough.
    """
    return shown(found(request, job))


@operations.post("/jobs/{job}/cancel", policy.CANCEL_JOBS, JobShown, status=200)
def cancel_job(request: Any, job: UUID) -> Any:
    """Cancel a job.

    One that waits ends at once, one that runs within a second or two.
    """
    return shown(services.cancel_job(job=found(request, job), by=request.person))
