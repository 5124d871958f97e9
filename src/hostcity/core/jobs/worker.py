"""The worker: takes jobs and has them run."""

from __future__ import annotations

from django.db import transaction

from hostcity.core.jobs import leases
from hostcity.core.jobs.running import run_leased
from hostcity.core.models import Job


def run_now(job: Job) -> Job:
    """Run a waiting job in this very process (for tests). Raises what nobody expected of the job's function."""
    with transaction.atomic():
        leases.take(Job.objects.select_for_update().get(pk=job.pk), "here")
    job = Job.objects.select_related("edition", "by").get(pk=job.pk)
    run_leased(job)
    job.refresh_from_db()
    return job
