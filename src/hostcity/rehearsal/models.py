"""Rehearsals of an edition, what people say of them, and what they found."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core.models.scoped import EditionRow


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
    plan_number = models.BigIntegerField()  # of the ledger, at the moment of the snapshot: its age in changes
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "by"}

    class Meta:
        indexes = [models.Index(fields=["edition", "-id"], name="rehearsal_latest")]


class Remark(EditionRow):
    """What somebody says of a rehearsal."""

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)


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
            models.CheckConstraint(
                condition=Q(until_s__isnull=True) | Q(from_s__isnull=True) | Q(until_s__gte=models.F("from_s")),
                name="finding_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["edition", "state", "-severity", "-id"], name="finding_open")]
