"""Scenarios that an edition keeps."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow


class KeptScenario(EditionRow):
    """A scenario's file and what it says of itself. A row never changes: a new file is a new row, the old one is removed.

    Rows and bytes of those removed stay, so that whatever was played with them can be played again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)  # of the file, without .toml
    blob = models.ForeignKey("core.Blob", on_delete=models.PROTECT, related_name="+")
    title_en = models.TextField()
    title_zh = models.TextField()
    teaches_en = models.TextField()
    teaches_zh = models.TextField()
    source_en = models.TextField()
    source_zh = models.TextField()
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    reached_by = {"own": "by"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "name"], condition=Q(removed_at__isnull=True), name="scenario_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_named"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """Its name in addresses, the ledger and search."""
        return str(self.public_id)
