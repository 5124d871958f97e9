"""Work that is too long for a request, in a table of leases."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import registries


class WorkerBeat(models.Model):
    """That a worker is alive: it says so every ten seconds, and takes its row away when it ends."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)


class JobState(models.TextChoices):
    """States of a job. Ended: done, failed, cancelled."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


OPEN = (JobState.QUEUED, JobState.RUNNING)


class Job(models.Model):
    """One piece of work. Not scoped: the worker serves every edition; whoever shows jobs filters by edition."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("core.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dedupe_key = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=3)
    run_after = models.DateTimeField(default=timezone.now)
    leased_by = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    progress = models.FloatField(default=0.0)  # share done, 0 to 1
    stage = models.CharField(max_length=80, blank=True)  # what it is doing, a message id
    figures = models.JSONField(default=list)  # curves of how far it is: [name, [[x, y], …]] of each
    is_cancel_asked = models.BooleanField(default=False)
    answer = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # of jobs/errors.py: code, what, mend, problems; in each language
    peak_mib = models.FloatField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    reached_by = {"own": "by"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"], condition=Q(state__in=OPEN) & ~Q(dedupe_key=""), name="job_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes = [models.Index(fields=["state", "run_after", "id"], name="job_next")]

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def title(self) -> Any:
        """What kind of work it is, in words."""
        kind = registries.job_kinds.get(self.kind)
        return kind.title if kind else self.kind

    def get_state_display(self) -> str:
        """The state in words. Django's own translates all of them, for every row of a list."""
        return str(JobState(self.state).label)

    @property
    def percent(self) -> int:
        """How far it is."""
        return int(self.progress * 100)

    @property
    def said(self) -> str:
        """What is going on, in the language of the reader."""
        if self.is_open and self.is_cancel_asked:
            return gettext("being cancelled")
        if self.state == JobState.RUNNING and self.stage:
            return gettext(self.stage)
        return self.get_state_display()

    @property
    def said_error(self) -> dict[str, Any] | None:
        """Why it failed, in the language of the reader."""
        from hostcity.core.jobs.errors import for_reader

        return for_reader(self.error) if self.error and self.state == JobState.FAILED else None

    @property
    def path(self) -> str:
        """The page of what it made, if its answer names one."""
        path = str((self.answer or {}).get("path", ""))
        return path if path.startswith("/") and not path.startswith("//") else ""

    @property
    def took_s(self) -> float | None:
        """How long the last attempt took."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at and self.started_at else None
