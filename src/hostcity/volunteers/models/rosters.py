"""The roster as rows: somebody serves at a post in a band of a day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow, scoped_manager

SHEET = "shifts"
FIELDS = ("code", "volunteer", "day", "band", "post", "is_locked")  # as the plan's row has them
MOST_CODE = 100


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Shifts of a roster."""

    def of_volunteers(self, codes: list[str]) -> ShiftQuerySet:
        """Those of some volunteers."""
        return self.filter(volunteer__in=codes)


class Shift(EditionRow):
    """A row of the roster as it holds. Volunteers, days, bands and posts are rows of the plan, which it names by their codes.

    Nobody has two seats in one band of a day; a seat without a post is one that is kept free, and so it is locked.
    """

    code = models.CharField(max_length=MOST_CODE)
    position = models.PositiveIntegerField()  # ascends in the workbook's order, with gaps
    volunteer = models.CharField(max_length=MOST_CODE)
    day = models.CharField(max_length=MOST_CODE)
    band = models.CharField(max_length=MOST_CODE)
    post = models.CharField(max_length=MOST_CODE, blank=True)
    is_locked = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = scoped_manager(ShiftQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="shift_code_once"),
            models.UniqueConstraint(fields=["edition", "volunteer", "day", "band"], name="shift_seat_once"),
            models.CheckConstraint(condition=~Q(post="") | Q(is_locked=True), name="shift_free_is_locked"),
        ]
        indexes = [
            models.Index(fields=["edition", "position", "id"], name="shift_order"),
            models.Index(fields=["edition", "post", "day", "band"], name="shift_by_cell"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def sheet(self) -> str:
        """The plan's sheet."""
        return SHEET

    @property
    def key(self) -> str:
        """What it is called in addresses."""
        return self.code

    @property
    def body(self) -> dict[str, Any]:
        """The row as the plan's JSON form writes it."""
        return {name: getattr(self, name) for name in FIELDS}


class Pin(EditionRow):
    """A seat that stays when the next draft is made: somebody at a post, or free, in a band of a day.

    It is part of no roster until a draft that keeps it is published; then its shift is locked, and the pin is gone.
    """

    volunteer = models.CharField(max_length=MOST_CODE)
    day = models.CharField(max_length=MOST_CODE)
    band = models.CharField(max_length=MOST_CODE)
    post = models.CharField(max_length=MOST_CODE, blank=True)  # "" = free
    by_code = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "volunteer", "day", "band"], name="pin_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.day} {self.band}"
