"""Calibrations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hostcity.rehearsal.models.work import OfPlan

COUNTS, QUESTIONS = "counts", "questions"  # what figures are fitted to: counts of people, or what they asked at desks


class Calibration(OfPlan):
    """Counts of a live fair, or a log of questions at its desks, to which assumed figures of a plan are fitted."""

    counts = models.ForeignKey("core.Blob", on_delete=models.PROTECT, related_name="+")  # the file as it was uploaded
    counts_name = models.CharField(max_length=120)
    fits = models.JSONField(default=list)  # what is to be fitted, as --fit takes it; empty = what the counts can see
    evidence = models.CharField(max_length=10, default=COUNTS)
    starts = models.CharField(
        max_length=8, blank=True, default=""
    )  # HH:MM from when the log was kept; "" = the whole day
    ends = models.CharField(max_length=8, blank=True, default="")  # and until when
    runs = models.PositiveSmallIntegerField(default=20)  # days by which plan and counts are compared
    found = models.JSONField(default=dict)  # in short, for lists; empty until it is done

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="calibration_number"),
            models.CheckConstraint(condition=Q(seed__gte=0), name="calibration_seed_not_negative"),
            models.CheckConstraint(condition=Q(runs__gte=6, runs__lte=50), name="calibration_runs"),
            models.CheckConstraint(condition=Q(evidence__in=[COUNTS, QUESTIONS]), name="calibration_evidence"),
        ]
        indexes = [models.Index(fields=["edition", "-id"], name="calibration_latest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_questions(self) -> bool:
        """Whether figures are fitted to questions at information desks."""
        return self.evidence == QUESTIONS

    @property
    def name(self) -> str:
        """What it is called in lists."""
        return str(_("Calibration {number}")).format(number=self.number)
