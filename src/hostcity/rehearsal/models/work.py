"""What the worker does for an edition, and what of it is done with a plan as it stood."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from hostcity.core.models.jobs import JobState
from hostcity.core.models.scoped import EditionRow
from hostcity.core.plan_rows.writing import lock_plan


class Work(EditionRow):
    """Something that the worker does. Its state is its job's until the result is there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.ForeignKey("core.Job", on_delete=models.PROTECT, null=True, related_name="+")
    result = models.ForeignKey("core.Result", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "by"}

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        """Its name in addresses, the ledger and search."""
        return str(self.public_id)

    @property
    def state(self) -> str:
        """The job's state; done as soon as the result is there."""
        if self.result_id or self.job is None:
            return JobState.DONE if self.result_id else JobState.CANCELLED
        return str(self.job.state)

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return not self.result_id and self.job is not None and self.job.is_open

    @property
    def is_played(self) -> bool:
        """Whether there is a result."""
        return self.result_id is not None


class Numbered(Work):
    """Work that people call by its number."""

    number = models.PositiveIntegerField()  # within its edition and its kind, from 1 on; addresses have the public_id

    class Meta:
        abstract = True

    def save(self, *args: Any, **more: Any) -> None:
        """Store it; a new one gets the next number of its edition, one after the other."""
        if self.number is not None:
            return super().save(*args, **more)
        with transaction.atomic():
            lock_plan(self.edition)
            last = type(self).objects.filter(edition=self.edition).aggregate(last=Max("number"))["last"]
            self.number = (last or 0) + 1
            return super().save(*args, **more)


class OfPlan(Numbered):
    """Work on a snapshot of the plan, on which scenarios happen one after the other and which is then changed."""

    snapshot = models.ForeignKey("core.Snapshot", on_delete=models.PROTECT, related_name="+")
    plan_number = models.BigIntegerField()  # of the ledger, at the moment of the snapshot: its age in changes
    seed = models.BigIntegerField(default=1)
    scenarios = models.JSONField(default=list)  # name, sha256 and title of each; their bytes stay with KeptScenario
    overrides = models.JSONField(default=list)

    class Meta:
        abstract = True

    @property
    def is_plain(self) -> bool:
        """Whether it is of the plan as it stood, and not of what would be."""
        return not self.scenarios and not self.overrides
