"""Who has which job: every change of a job's state, each one conditional UPDATE.

A lease is the worker's name and the number of the attempt. Whoever has lost it (the worker stood still, the lease ran
out, another has the job) changes nothing any more, because no row matches: so a job has one effect.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from hostcity.core.jobs.errors import worker_lost
from hostcity.core.jobs.names import is_dead
from hostcity.core.models import Job
from hostcity.core.models.jobs import JobState

LEASE = timedelta(seconds=30)
FIRST_PAUSE = timedelta(seconds=0.5)  # before the second attempt; four times as long before each further one


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work at a job."""

    job_id: int
    by: str
    attempt: int

    @property
    def rows(self) -> QuerySet[Job]:
        """The job, as long as the lease holds."""
        return Job.objects.filter(
            pk=self.job_id, state=JobState.RUNNING, leased_by=self.by, attempts=self.attempt
        ).order_by()


def claim(worker: str, kinds: Collection[str], now: datetime | None = None) -> Job | None:
    """Take the job that has waited longest; None when nothing waits."""
    now = now or timezone.now()
    waiting = Job.objects.filter(state=JobState.QUEUED, run_after__lte=now, kind__in=kinds)
    with transaction.atomic():
        job = waiting.select_for_update(skip_locked=True).order_by("run_after", "id").first()
        return job and take(job, worker, now)


def take(job: Job, worker: str, now: datetime | None = None) -> Job:
    """Make a waiting job the worker's; its row is locked."""
    now = now or timezone.now()
    job.state, job.leased_by, job.leased_until = JobState.RUNNING, worker, now + LEASE
    job.attempts += 1
    job.started_at, job.progress, job.stage = now, 0.0, ""
    job.save(update_fields=["state", "leased_by", "leased_until", "attempts", "started_at", "progress", "stage"])
    return job


def lease_of(job: Job) -> Lease:
    """The lease under which a job runs."""
    return Lease(job.pk, job.leased_by, job.attempts)


def renew(lease: Lease) -> bool:
    """Keep the lease; False when it is lost."""
    return bool(lease.rows.update(leased_until=timezone.now() + LEASE))


def is_cancelled(lease: Lease) -> bool:
    """Whether the job is still ours and somebody asked for its end."""
    return lease.rows.filter(is_cancel_asked=True).exists()


def tell(lease: Lease, *, share: float, stage: str, figures: Sequence[Any] | None = None) -> bool:
    """Write how far the job is; False when it is to stop."""
    more = {} if figures is None else {"figures": list(figures)}
    return bool(lease.rows.filter(is_cancel_asked=False).update(progress=share, stage=stage[:80], **more))


def finish(
    lease: Lease, answer: Mapping[str, Any], *, peak_mib: float, effects: Callable[[], Mapping[str, Any] | None]
) -> bool:
    """Mark the job as done and have its effects, in one transaction; False (and no effect) when it is to stop."""
    done = {"state": JobState.DONE, "progress": 1.0, "stage": "", "answer": dict(answer), "error": None}
    with transaction.atomic():
        ours = lease.rows.filter(is_cancel_asked=False)
        if not ours.update(**done, peak_mib=peak_mib, ended_at=timezone.now(), leased_until=None):
            return False
        changed = effects()
        if changed is not None:
            Job.objects.filter(pk=lease.job_id).update(answer=dict(changed))
    return True


def fail(lease: Lease, error: Mapping[str, Any], *, peak_mib: float | None = None) -> bool:
    """End the job as failed; False when it is not ours."""
    return _end(lease, JobState.FAILED, error=dict(error), peak_mib=peak_mib)


def cancel(lease: Lease) -> bool:
    """End the job as cancelled; False when it is not ours."""
    return _end(lease, JobState.CANCELLED)


def _end(lease: Lease, state: JobState, **fields: Any) -> bool:
    return bool(lease.rows.update(state=state, stage="", ended_at=timezone.now(), leased_until=None, **fields))


def try_again(lease: Lease, error: Mapping[str, Any]) -> bool:
    """Put the job back after it broke, with a growing pause; failed after its last attempt. False when not ours."""
    pause = FIRST_PAUSE * 4 ** (lease.attempt - 1)
    again = lease.rows.filter(attempts__lt=F("most_attempts"), is_cancel_asked=False)
    if again.update(**_WAITING, run_after=timezone.now() + pause, error=dict(error)):
        return True
    if lease.rows.filter(is_cancel_asked=True).exists():
        return cancel(lease)
    return fail(lease, error)


def give_back(lease: Lease) -> bool:
    """Put the job back untried, because the worker stops; the attempt does not count."""
    return bool(lease.rows.update(**_WAITING, attempts=F("attempts") - 1))


_WAITING = {
    "state": JobState.QUEUED,
    "leased_by": "",
    "leased_until": None,
    "progress": 0.0,
    "stage": "",
    "figures": [],
}


def take_back(now: datetime | None = None) -> int:
    """Put back, or end, every job whose worker is dead, or not heard of any more. How many."""
    now = now or timezone.now()
    running = Job.objects.filter(state=JobState.RUNNING).order_by()
    dead = [name for name in set(running.values_list("leased_by", flat=True)) if is_dead(name)]
    lost = running.filter(Q(leased_until__lt=now) | Q(leased_by__in=dead))
    ended = {"ended_at": now, "leased_until": None, "stage": ""}
    count = lost.filter(is_cancel_asked=True).update(state=JobState.CANCELLED, **ended)
    count += lost.filter(attempts__gte=F("most_attempts")).update(state=JobState.FAILED, error=worker_lost(), **ended)
    return count + lost.filter(Q(attempts__lt=F("most_attempts"))).update(**_WAITING, run_after=now)
