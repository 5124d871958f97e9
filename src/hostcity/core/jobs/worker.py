"""The worker: one process without threads that claims jobs, has them run in child processes, and looks after those."""

from __future__ import annotations

import contextlib
import logging
import selectors
import signal
import time
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from hostcity.core.jobs import errors, leases
from hostcity.core.jobs.child import RaiseChild
from hostcity.core.jobs.names import new_name
from hostcity.core.jobs.nursery import Lifeline, Nursery
from hostcity.core.jobs.running import run_leased
from hostcity.core.jobs.watching import Child
from hostcity.core.models import Job
from hostcity.core.models.jobs import JobState, WorkerBeat
from hostcity.core.registries import registries

logger = logging.getLogger("hostcity.jobs")

LOOK_EVERY_S = 0.05
HEARTBEAT_S = leases.LEASE.total_seconds() / 3
LOST_EVERY_S = 5.0  # looks for jobs of workers that are not heard of any more
CANCEL_GRACE_S = 1.0  # for a job that tells its progress to end by itself
DRAIN_S = 25.0  # for running jobs, after SIGTERM
DELIVER = "hostcity.core.deliveries.sending.send_due"
GATHER = "hostcity.core.deliveries.gathering.gather"
WARMING = _("Preparing the engine: once after an installation, a minute or two")


def work(*, slots: int = 2, is_warm: bool = True) -> None:
    """Work until SIGTERM (lets running jobs end) or SIGINT (gives them back)."""
    Worker(slots=slots, is_warm=is_warm).run()


def run_now(job: Job) -> Job:
    """Run a waiting job in this very process (for tests). Raises what nobody expected of the job's function."""
    with transaction.atomic():
        leases.take(Job.objects.select_for_update().get(pk=job.pk), "here")
    job = Job.objects.select_related("edition__expo", "by").get(pk=job.pk)
    run_leased(job)
    job.refresh_from_db()
    return job


class Now:
    """What is done every so many seconds."""

    def __init__(self, every_s: float, act: Callable[[], Any]) -> None:
        self._every_s, self._act, self._next = every_s, act, 0.0

    def __call__(self) -> None:
        """Do it, if it is time."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every_s
            self._act()


class Worker:
    """Slots for jobs and one more for short ones, nurseries for their children, and one loop."""

    def __init__(self, *, slots: int = 2, is_warm: bool = True) -> None:
        self.name = new_name()
        self.slots, self.is_warm = slots, is_warm
        self.children: dict[str, Child] = {}
        self.stop_by: float | None = None
        connection.settings_dict["OPTIONS"].pop("pool", None)  # its threads would not survive a fork
        self._lifeline = Lifeline()
        self._nurseries: dict[str, Nursery] = {}
        self._selector = selectors.DefaultSelector()
        self._claims_from = 0.0
        self._regularly = (
            Now(0.25, self._look_after_cancelled),
            Now(HEARTBEAT_S, self._keep_leases),
            Now(HEARTBEAT_S, self._say_alive),
            Now(LOST_EVERY_S, leases.take_back),
            Now(3600.0, enqueue_housekeeping),
        )

    def run(self) -> None:
        """The loop, until it is told to stop and nothing runs any more."""
        self._nursery("")
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        logger.info("worker %s is ready", self.name)
        try:
            while self.stop_by is None or (self.children and time.monotonic() < self.stop_by):
                try:
                    self._turn()
                except (OperationalError, InterfaceError):
                    logger.exception("the database does not answer; the worker asks again")
                    connection.close()
                    time.sleep(1.0)
                self._wait()
        finally:
            self._close()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _turn(self) -> None:
        for child in list(self.children.values()):
            self._look_after(child)
        for each in self._regularly:
            each()
        if self.stop_by is None:
            has_jobs, has_letters, has_news = look()
            if has_jobs:
                self._claim()
            self._run_task(DELIVER, has_letters)
            self._run_task(GATHER, has_news)
            if self.is_warm:
                self._warm_up()

    def _wait(self) -> None:
        for key, _events in self._selector.select(LOOK_EVERY_S):
            answers = key.data.answers()
            if answers is None:
                self._bury(key.data)
            for order, pid in answers or ():
                if order in self.children:
                    self.children[order].pid = pid

    # Jobs

    def _claim(self) -> None:
        """Take one job, if a slot is free; the next turn takes the next."""
        kinds = self._kinds_to_claim()
        if not kinds or time.monotonic() < self._claims_from:
            return
        job = leases.claim(self.name, kinds)
        if job is None:
            self._claims_from = time.monotonic() + 0.1  # another was faster, long ones wait, the kind is unknown here
        else:
            self._start(job)

    def _kinds_to_claim(self) -> list[str]:
        """All while a slot is free; one more slot is for short kinds, which need not wait for long ones."""
        free = self.slots - sum(child.lease is not None for child in self.children.values())
        return [name for name, kind in registries.job_kinds.items() if free > 0 or (free == 0 and kind.is_short)]

    def _start(self, job: Job) -> None:
        kind, lease = registries.job_kinds[job.kind], leases.lease_of(job)
        child = Child(f"{job.pk}/{lease.attempt}", self._nursery(kind.warm, kind.prepare), lease, kind)
        order = {"key": child.key, "job": job.pk, "by": lease.by, "attempt": lease.attempt, "most_mib": kind.most_mib}
        self.children[child.key] = child
        child.nursery.ask(order)  # a dead nursery is noticed, and the job put back, in the next turn

    def _run_task(self, task: str, is_due: bool) -> None:
        """Have something done that is no job, in a child of its own, one at a time."""
        if is_due and task not in self.children:
            self.children[task] = Child(task, self._nursery(""))
            self.children[task].nursery.ask({"key": task, "task": task})

    def _look_after(self, child: Child) -> None:
        if child.is_gone:
            del self.children[child.key]
            if child.lease:
                leases.try_again(child.lease, errors.worker_lost())  # no row matches when it has ended well
        elif child.has_too_much():
            self._end(child, errors.too_much_memory(child.most_mib))
        elif child.is_out_of_time:
            self._end(child, errors.too_much_time(child.most_seconds))
        elif child.ends_by and time.monotonic() > child.ends_by:
            self._give_up(child)
        elif child.lease and child.is_awaited and not child.is_late:
            child.is_late = leases.tell(child.lease, share=0.0, stage=WARMING)

    def _give_up(self, child: Child) -> None:
        """End who did not end by itself. One that is not born yet finds no lease when it is."""
        child.kill()
        if child.pid is None and child.lease:
            leases.cancel(child.lease)
            del self.children[child.key]

    def _end(self, child: Child, error: dict[str, Any]) -> None:
        child.kill()
        if child.lease:
            leases.fail(child.lease, error, peak_mib=child.peak_mib)

    def _look_after_cancelled(self) -> None:
        """Whoever is cancelled, or works without a lease, is given a moment to end by itself."""
        mine = {child.lease.job_id: child for child in self.children.values() if child.lease}
        if not mine:
            return
        rows = Job.objects.filter(pk__in=mine, state=JobState.RUNNING, leased_by=self.name, is_cancel_asked=False)
        welcome = set(rows.values_list("pk", "attempts"))
        for child in mine.values():
            if child.lease and (child.lease.job_id, child.lease.attempt) not in welcome and child.ends_by is None:
                child.ends_by = time.monotonic() + CANCEL_GRACE_S

    def _keep_leases(self) -> None:
        for child in self.children.values():
            if child.lease:
                leases.renew(child.lease)

    def _say_alive(self) -> None:
        WorkerBeat.objects.update_or_create(name=self.name, defaults={"seen_at": timezone.now()})

    # Nurseries

    def _nursery(self, warm: str, prepare: str = "") -> Nursery:
        if warm not in self._nurseries:
            self._nurseries[warm] = Nursery(self._lifeline, RaiseChild(self._lifeline), warm, prepare)
            self._selector.register(self._nurseries[warm].channel, selectors.EVENT_READ, self._nurseries[warm])
        return self._nurseries[warm]

    def _warm_up(self) -> None:
        for kind in registries.job_kinds.values():
            self._nursery(kind.warm, kind.prepare)

    def _bury(self, nursery: Nursery) -> None:
        """A nursery died: its children end too, and their jobs are put back."""
        self._selector.unregister(nursery.channel)
        nursery.close()
        self._nurseries = {warm: each for warm, each in self._nurseries.items() if each is not nursery}
        for child in [each for each in self.children.values() if each.nursery is nursery]:
            child.kill()
            del self.children[child.key]
            if child.lease:
                leases.try_again(child.lease, errors.worker_lost())

    # The end

    def _stop(self, number: int, _frame: Any) -> None:
        is_patient = number == signal.SIGTERM and self.stop_by is None
        self.stop_by = time.monotonic() + (DRAIN_S if is_patient else 0.0)

    def _close(self) -> None:
        for child in self.children.values():
            child.kill()
            with contextlib.suppress(OperationalError, InterfaceError):  # the lease runs out by itself
                if child.lease:
                    leases.give_back(child.lease)
        with contextlib.suppress(OperationalError, InterfaceError):
            WorkerBeat.objects.filter(name=self.name).delete()
        for nursery in self._nurseries.values():
            nursery.close()
        self._selector.close()
        self._lifeline.close()
        connection.close()


def look() -> tuple[bool, bool, bool]:
    """Whether a job waits, a delivery is due, and a webhook is behind its edition's ledger: one cheap query."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [JobState.QUEUED, now, now, now])
        jobs, letters, news = cursor.fetchone()
    return bool(jobs), bool(letters), bool(news)


_LOOK = """SELECT
    EXISTS(SELECT 1 FROM core_job WHERE state = %s AND run_after <= %s),
    EXISTS(SELECT 1 FROM core_delivery WHERE sent_at IS NULL AND failed_at IS NULL AND next_at <= %s
        AND (leased_until IS NULL OR leased_until <= %s)),
    EXISTS(SELECT 1 FROM core_webhook w JOIN core_ledgerhead h ON h.edition_id = w.edition_id
        WHERE w.is_active AND w.number < h.number)"""


def enqueue_housekeeping() -> None:
    """Once an hour, by whichever worker comes first."""
    from hostcity.core.jobs.housekeeping import KIND, is_due
    from hostcity.core.jobs.services import enqueue

    if is_due():
        enqueue(KIND, arguments={}, edition=None, by=None, dedupe_key=KIND)
