"""The plan of an edition as rows: what the default owner keeps for every sheet."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow


class PlanRow(EditionRow):
    """One row of a sheet, as the plan's JSON form writes it."""

    sheet = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    position = models.PositiveIntegerField()  # place in its sheet, from 0: the workbook's order is part of the plan
    body = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "sheet", "key"], name="plan_row_once")]
        indexes = [models.Index(fields=["edition", "sheet", "position", "id"], name="plan_row_order")]
