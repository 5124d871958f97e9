"""Acts on jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person
from hostcity.core.models.jobs import OPEN, JobState
from hostcity.core.registries import registries


def enqueue(
    kind: str,
    *,
    arguments: Mapping[str, Any],
    edition: Edition | None,
    by: Person | None,
    dedupe_key: str = "",
    run_after: datetime | None = None,
) -> Job:
    """Have work done; call it in the transaction of the act that needs it, which asks whether the person may.

    With ``run_after`` it waits until then. With a key, the job that is open under this key already is given instead of a second one.
    """
    most_attempts = registries.job_kinds[kind].most_attempts
    while True:
        waiting = Job.objects.filter(dedupe_key=dedupe_key, state__in=OPEN).first() if dedupe_key else None
        if waiting:
            return waiting
        try:
            with transaction.atomic():
                return Job.objects.create(
                    kind=kind, arguments=dict(arguments), edition=edition, by=by, dedupe_key=dedupe_key,
                    most_attempts=most_attempts, run_after=run_after or timezone.now(),
                )  # fmt: skip
        except IntegrityError:
            if not dedupe_key:
                raise  # else somebody else was first


@transaction.atomic
def cancel_job(*, job: Job, by: Person) -> Job:
    """End a job that waits, or ask a running one to end. Raises `Refused` when it has ended."""
    if job.edition is None:
        if not by.is_superuser:
            raise NotAllowed(policy.CANCEL_JOBS)
    else:
        policy.require(by, policy.CANCEL_JOBS, job.edition, job)
    job = Job.objects.select_for_update(of=("self",)).select_related("edition", "by").get(pk=job.pk)
    if not job.is_open:
        raise Refused("job.ended", _("The work has ended already."), _("Look at its answer."))
    if job.is_cancel_asked:
        return job
    job.is_cancel_asked = True
    if job.state == JobState.QUEUED:
        job.state, job.ended_at = JobState.CANCELLED, timezone.now()
    job.save(update_fields=["is_cancel_asked", "state", "ended_at"])
    if job.edition:
        body = {"kind": job.kind}
        record("job.cancel", edition=job.edition, by=by, subject=("job", str(job.public_id)), body=body)
    return job
