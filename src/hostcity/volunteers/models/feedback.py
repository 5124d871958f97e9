"""What volunteers say of their shifts, and what they are answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow
from hostcity.volunteers.models.rosters import MOST_CODE

MOST_TEXT = 500
RATINGS = range(1, 6)


class Feedback(EditionRow):
    """What somebody said of a shift to which they came: one a seat. Texts stand here alone, the ledger has none."""

    volunteer = models.CharField(max_length=MOST_CODE)
    day = models.CharField(max_length=MOST_CODE)
    band = models.CharField(max_length=MOST_CODE)
    post = models.CharField(max_length=MOST_CODE)
    rating = models.PositiveSmallIntegerField()  # 1 = bad … 5 = good
    text = models.CharField(max_length=MOST_TEXT, blank=True)
    said_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=MOST_TEXT, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "volunteer", "day", "band"], name="feedback_seat_once"),
            models.CheckConstraint(
                condition=Q(rating__gte=RATINGS.start, rating__lt=RATINGS.stop), name="feedback_rating_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="feedback_answer_has_time",
            ),
        ]
        indexes = [models.Index(fields=["edition", "day", "band", "post"], name="feedback_by_cell")]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.day} {self.band}"
