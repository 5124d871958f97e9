"""What was found of exits."""

from __future__ import annotations

import gzip
from typing import Any

from hostcity.core.models import Blob, Edition, Job
from hostcity.core.models.jobs import OPEN, JobState
from hostcity.core.results import read_blob
from hostcity.plan import Plan
from hostcity.venue.exits.services import JOB

#: Sheets of which a check of exits is made.
SHEETS = ("levels", "areas", "stands", "openings", "timeline")


def drawing_sha256(plan: Plan) -> str:
    """Hash of what a check of exits is made of: it holds as long as this is the same."""
    return plan.sha256_of(SHEETS)


def last_check(edition: Edition) -> Job | None:
    """The latest check that came to its end. One query."""
    return Job.objects.filter(edition=edition, kind=JOB, state=JobState.DONE).order_by("-id").first()


def open_check(edition: Edition) -> Job | None:
    """The check that waits or runs, or the one that failed last, if nothing came after it. One query."""
    job = Job.objects.filter(edition=edition, kind=JOB).order_by("-id").first()
    return job if job and (job.state in OPEN or job.state == JobState.FAILED) else None


def cards_of(job: Job) -> bytes | None:
    """The page of a check's cards; None where it is not kept any more."""
    answer: dict[str, Any] = job.answer or {}
    try:
        return gzip.decompress(read_blob(answer["page"]))
    except (KeyError, Blob.DoesNotExist):
        return None
