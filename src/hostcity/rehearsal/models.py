"""Rehearsals of an edition, what people say of them, and what they found."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.models.jobs import JobState
from hostcity.core.models.scoped import EditionRow


class Verdict(models.TextChoices):
    """What a played day says of the promise."""

    KEPT = "kept", pgettext_lazy("verdict", "KEPT")
    BROKEN = "broken", pgettext_lazy("verdict", "BROKEN")
    INVALID = "invalid", pgettext_lazy("verdict", "INVALID")
    NONE = "none", pgettext_lazy("verdict", "NONE")  # nobody joined a queue


class Rehearsal(EditionRow):
    """One day played from a snapshot. Its state is its job's until the result is there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120, blank=True)
    snapshot = models.ForeignKey("core.Snapshot", on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField(default=1)
    overrides = models.JSONField(default=list)
    job = models.ForeignKey("core.Job", on_delete=models.PROTECT, null=True, related_name="+")
    result = models.ForeignKey("core.Result", on_delete=models.PROTECT, null=True, related_name="+")
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")
    runs = models.PositiveSmallIntegerField(default=1)  # 1 = the day as planned only; more = possible days beside it
    kept_runs = models.PositiveSmallIntegerField(null=True)  # of them; null: not played, or one run only
    plan_number = models.BigIntegerField()  # of the ledger, at the moment of the snapshot: its age in changes
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)  # "" until it is played
    peak_p99_s = models.FloatField(null=True)  # null: not played, or more than 1 in 100 never got in
    told = models.JSONField(default=dict)  # of telling.py: the verdict and the figures in the words of the report
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "by"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="rehearsal_verdict_known"),
            models.CheckConstraint(
                condition=(Q(verdict="") & Q(result__isnull=True)) | (~Q(verdict="") & Q(result__isnull=False)),
                name="rehearsal_verdict_with_result",
            ),
            models.CheckConstraint(condition=Q(seed__gte=0), name="rehearsal_seed_not_negative"),
            models.CheckConstraint(condition=Q(runs__gte=1, runs__lte=200), name="rehearsal_runs"),
            models.CheckConstraint(
                condition=Q(kept_runs__isnull=True) | Q(kept_runs__lte=models.F("runs")), name="rehearsal_kept_of_runs"
            ),
        ]
        indexes = [models.Index(fields=["edition", "-id"], name="rehearsal_latest")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """Its name in addresses, the ledger and search."""
        return str(self.public_id)

    def get_verdict_display(self) -> str:
        """The verdict in words. Django's own translates all of them, for every row of a list."""
        return str(Verdict(self.verdict).label) if self.verdict else ""

    @property
    def kept_percent(self) -> int | None:
        """On how many of a hundred possible days the promise is kept; None while it is not known."""
        return None if self.kept_runs is None else round(100 * self.kept_runs / self.runs)

    @property
    def name(self) -> str:
        """Its title, or its number."""
        return self.title or str(_("Rehearsal {number}")).format(number=self.pk)

    @property
    def name_and_number(self) -> str:
        """Its title with its number: titles repeat."""
        return (
            str(_("{title} (rehearsal {number})")).format(title=self.title, number=self.pk) if self.title else self.name
        )

    @property
    def state(self) -> str:
        """The job's state; done as soon as the result is there."""
        if self.result_id or self.job is None:
            return JobState.DONE if self.result_id else JobState.CANCELLED
        return str(self.job.state)

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return not self.result_id and self.job is not None and self.job.is_open

    @property
    def is_played(self) -> bool:
        """Whether there is a result."""
        return self.result_id is not None


class Remark(EditionRow):
    """What somebody says of a rehearsal."""

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)


class Comparison(EditionRow):
    """Two rehearsals' plans, played several times with the same draws."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    a = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField(default=1)
    runs = models.PositiveSmallIntegerField(default=5)
    job = models.ForeignKey("core.Job", on_delete=models.PROTECT, null=True, related_name="+")
    result = models.ForeignKey("core.Result", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "by"}

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(runs__gte=1, runs__lte=50), name="comparison_runs")]
        indexes = [models.Index(fields=["edition", "-id"], name="comparison_latest")]

    @property
    def key(self) -> str:
        """Its name in addresses and the ledger."""
        return str(self.public_id)

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return not self.result_id and self.job is not None and self.job.is_open


class Severity(models.IntegerChoices):
    """How bad a finding is."""

    MINOR = 1, _("minor")
    MAJOR = 2, _("major")
    CRITICAL = 3, _("critical")


class FindingState(models.TextChoices):
    """States of a finding."""

    OPEN = "open", _("open")
    MENDED = "mended", _("mended")
    ACCEPTED = "accepted", _("accepted")


class Finding(EditionRow):
    """Something a rehearsal showed that has to be mended: place, time, figure, severity, owner."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="findings")
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)  # SHEET.KEY of the plan
    from_s = models.FloatField(null=True, blank=True)  # after the day's midnight
    until_s = models.FloatField(null=True, blank=True)
    figure = models.CharField(max_length=120, blank=True)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.MAJOR)
    owner = models.ForeignKey("core.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bureau = models.ForeignKey("core.Bureau", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    note = models.TextField(blank=True, max_length=4000)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "owner", "bureau": "bureau"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="finding_severity_known"),
            models.CheckConstraint(
                condition=Q(until_s__isnull=True) | Q(from_s__isnull=True) | Q(until_s__gte=models.F("from_s")),
                name="finding_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["edition", "state", "-severity", "-id"], name="finding_open")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """Its name in addresses, the ledger and search."""
        return str(self.public_id)

    def get_state_display(self) -> str:
        """The state in words. Django's own translates all of them, for every row of a list."""
        return str(FindingState(self.state).label)

    def get_severity_display(self) -> str:
        """How bad it is, in words; see `get_state_display`."""
        return str(Severity(self.severity).label)

    def value_of(self, field: str) -> Any:
        """A field as forms and the ledger carry it: people and bureaus by code."""
        value = getattr(self, field)
        return value.code if field in ("owner", "bureau") and value is not None else value
