"""Calibrations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hostcity.rehearsal.models.work import OfPlan


class Calibration(OfPlan):
    """Counts of a live fair to which assumed figures of a plan are fitted."""

    counts = models.ForeignKey("core.Blob", on_delete=models.PROTECT, related_name="+")  # the file as it was uploaded
    counts_name = models.CharField(max_length=120)
    fits = models.JSONField(default=list)  # what is to be fitted, as --fit takes it; empty = what the counts can see
    runs = models.PositiveSmallIntegerField(default=20)  # days by which plan and counts are compared
    found = models.JSONField(default=dict)  # in short, for lists; empty until it is done

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="calibration_number"),
            models.CheckConstraint(condition=Q(seed__gte=0), name="calibration_seed_not_negative"),
            models.CheckConstraint(condition=Q(runs__gte=6, runs__lte=50), name="calibration_runs"),
        ]
        indexes = [models.Index(fields=["edition", "-id"], name="calibration_latest")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called in lists."""
        return str(_("Calibration {number}")).format(number=self.number)
