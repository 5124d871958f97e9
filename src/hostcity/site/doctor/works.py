"""Whether what has to happen by itself happens: workers, jobs, messages, and what is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from hostcity.core.models import Delivery, Job
from hostcity.core.models.jobs import JobState, WorkerBeat
from hostcity.core.results.orphans import collect_orphans, count_orphans
from hostcity.plan.sentences import Sentence
from hostcity.site.doctor.check import Check, State, ok, warn

PICKED_UP_WITHIN = timedelta(seconds=60)
ALIVE_WITHIN = timedelta(seconds=35)  # it says so every ten seconds, and may wait for a busy database
SENT_WITHIN = timedelta(minutes=10)
START = Sentence("Start one: hostcity serve has one beside it, hostcity worker is one alone.")


def checks(*, for_deployment: bool, is_mending: bool) -> Iterator[Check]:
    """All of them."""
    now = timezone.now()
    yield _worker(now, for_deployment=for_deployment)
    yield from _jobs(now)
    yield from _deliveries(now)
    yield _orphans(is_mending=is_mending)


def _worker(now: datetime, *, for_deployment: bool) -> Check:
    beats = WorkerBeat.objects.order_by("-seen_at")
    alive = beats.filter(seen_at__gt=now - ALIVE_WITHIN)
    last = beats.first()
    waits = Job.objects.filter(state=JobState.QUEUED, run_after__lt=now - PICKED_UP_WITHIN).exists()
    if alive:
        seconds = _seconds(now - alive[0].seen_at)
        what = Sentence("Workers alive: {count}; last heard of {seconds} s ago.", count=len(alive), seconds=seconds)
        return ok("jobs.worker", what)
    state = State.FAIL if waits or for_deployment else State.WARN
    if last is None:
        return Check("jobs.worker", state, Sentence("No worker runs, and none was heard of lately."), START)
    what = Sentence("No worker runs; the last was heard of at {time}.", time=f"{last.seen_at:%Y-%m-%d %H:%M:%S} UTC")
    return Check("jobs.worker", state, what, START)


def _jobs(now: datetime) -> Iterator[Check]:
    oldest = Job.objects.filter(state=JobState.QUEUED, run_after__lte=now).order_by("run_after").first()
    waited = now - oldest.run_after if oldest else timedelta(0)
    if oldest is None:
        yield ok("jobs.waiting", Sentence("No job waits."))
    elif waited < PICKED_UP_WITHIN:
        yield ok("jobs.waiting", Sentence("The oldest job waits for {seconds} s.", seconds=_seconds(waited)))
    else:
        what = Sentence("The oldest job ({kind}) waits for {seconds} s.", kind=oldest.kind, seconds=_seconds(waited))
        yield warn("jobs.waiting", what, Sentence("See that a worker runs; more than one may share the work."))
    failed = Job.objects.filter(state=JobState.FAILED, ended_at__gt=now - timedelta(days=1)).count()
    if failed:
        what = Sentence("{count} jobs failed within a day.", count=failed)
        yield warn("jobs.failed", what, Sentence("Look at them on the edition's page of jobs, or in the worker's log."))


def _deliveries(now: datetime) -> Iterator[Check]:
    mend = Sentence(
        "Check the mail server and the gateways' addresses; the page of messages says why, and sends again."
    )
    failed = Delivery.objects.filter(sent_at=None).exclude(failed_at=None).count()
    if failed:
        yield warn(
            "deliveries.stuck", Sentence("{count} mails or messages could not be delivered.", count=failed), mend
        )
    waiting = Delivery.objects.filter(sent_at=None, failed_at=None)
    late = waiting.filter(created_at__lt=now - SENT_WITHIN).order_by("created_at")
    if late:
        minutes = _seconds(now - late[0].created_at) // 60
        what = Sentence(
            "{count} messages wait to be sent, the oldest for {minutes} min.", count=len(late), minutes=minutes
        )
        yield warn("deliveries.late", what, mend)
    elif not failed:
        yield ok("deliveries.late", Sentence("Messages on their way: {count}; none is late.", count=waiting.count()))


def _orphans(*, is_mending: bool) -> Check:
    if is_mending:
        gone = collect_orphans()
        what = Sentence(
            "Thrown away what nothing needs: {count} files, {size} MB.", count=gone.count, size=_mb(gone.size)
        )
        return ok("files.orphans", what)
    left = count_orphans()
    if not left.count:
        return ok("files.orphans", Sentence("Nothing is kept that nothing needs."))
    what = Sentence("{count} files, {size} MB, are kept and nothing needs them.", count=left.count, size=_mb(left.size))
    mend = Sentence("The worker throws them away within an hour; at once: hostcity doctor --mend.")
    return warn("files.orphans", what, mend)


def _seconds(time: timedelta) -> int:
    return max(int(time.total_seconds()), 0)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f}"
