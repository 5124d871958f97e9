"""Corrections of when somebody came to a shift and left."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow
from hostcity.volunteers.models.rosters import MOST_CODE

MOST_REASON = 300


class Correction(EditionRow):
    """A coordinator, with a second person, put other times into an attendance, or made it. What was stays readable here.

    The reason stands here alone: the ledger has codes and times. ``was_in`` None = nobody had been checked in.
    """

    volunteer = models.CharField(max_length=MOST_CODE)
    day = models.CharField(max_length=MOST_CODE)
    band = models.CharField(max_length=MOST_CODE)
    was_in = models.DateTimeField(null=True)
    was_out = models.DateTimeField(null=True)
    was_corrected = models.BooleanField(default=False)
    to_in = models.DateTimeField()
    to_out = models.DateTimeField(null=True)
    reason = models.CharField(max_length=MOST_REASON)
    by_code = models.CharField(max_length=12)
    second_code = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(condition=~Q(by_code=models.F("second_code")), name="correction_by_two"),
        ]
        indexes = [models.Index(fields=["edition", "volunteer", "day", "band"], name="correction_by_seat")]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.day} {self.band}"
