"""Jobs of an edition, for pages."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hostcity.core import policy
from hostcity.core.models import Edition, Job, Person
from hostcity.core.models.jobs import OPEN, JobState

STATES = {"open": OPEN, "failed": (JobState.FAILED,), "": tuple(JobState)}


def jobs_of(edition: Edition, person: Person, *, state: str = "") -> QuerySet[Job]:
    """Jobs that the person may see, with who asked for them; "open" or "failed" ones, or all. One query."""
    jobs = Job.objects.filter(edition=edition, state__in=STATES.get(state, STATES[""])).select_related("by")
    return policy.allowed(person, policy.SEE_JOBS, edition, jobs)


def job_of(edition: Edition, person: Person, public_id: UUID) -> Job | None:
    """The job, if the person may see it."""
    return jobs_of(edition, person).filter(public_id=public_id).first()
