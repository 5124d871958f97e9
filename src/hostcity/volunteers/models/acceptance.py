"""By when volunteers accept their shifts, and what they answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hostcity.core.models.scoped import EditionRow
from hostcity.volunteers.models.rosters import MOST_CODE


class DeadlineState(models.TextChoices):
    """How far it is."""

    OPEN = "open", pgettext_lazy("deadline", "open")
    DONE = "done", pgettext_lazy("deadline", "over")
    CANCELLED = "cancelled", pgettext_lazy("deadline", "taken back")
    UNDONE = "undone", pgettext_lazy("deadline", "over, promotion undone")


class Deadline(EditionRow):
    """A date by which shifts are to be accepted."""

    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeadlineState.choices, default=DeadlineState.OPEN)
    left = models.JSONField(
        default=list
    )  # [volunteer, day, band, post] of who did not answer and stays, for want of a reserve
    promoted = models.JSONField(default=list)  # [reserve, day, band, post, in whose place]
    taken_off = models.JSONField(default=list)  # [volunteer, day, band, post] of who declined, and nobody came
    act_number = models.PositiveBigIntegerField(default=0)  # of the ledger's line that promoted
    by_code = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition"], condition=Q(state="open"), name="deadline_open_once"),
            models.CheckConstraint(condition=Q(state__in=DeadlineState.values), name="deadline_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M}"


class Answer(EditionRow):
    """Somebody accepts or declines the shift of a seat, as long as it is at this post."""

    volunteer = models.CharField(max_length=MOST_CODE)
    day = models.CharField(max_length=MOST_CODE)
    band = models.CharField(max_length=MOST_CODE)
    post = models.CharField(max_length=MOST_CODE)
    accepts = models.BooleanField()
    by_code = models.CharField(max_length=12)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "volunteer", "day", "band"], name="answer_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.day} {self.band}"
