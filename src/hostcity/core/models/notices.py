"""What a person is told inside the site, and the secret address of their calendar."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow


class Notice(EditionRow):
    """A line for one person: a message id with its values, told in the language of the reader."""

    person = models.ForeignKey("core.Person", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)  # of the page it leads to
    number = models.BigIntegerField()  # of the act that it tells of
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    reached_by = {"own": "person"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "person", "kind", "number"], name="notice_once"),
        ]
        indexes = [models.Index(fields=["person", "edition", "-id"], name="notice_of_person")]


class CalendarAddress(EditionRow):
    """A secret address under which a calendar program reads a person's entries. Only its hash is kept."""

    person = models.ForeignKey("core.Person", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="calendar_address_once")]
