"""Findings: what a rehearsal showed and has to be mended."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core.models.scoped import EditionRow
from hostcity.rehearsal.models.rehearsals import Rehearsal


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
