"""Looks through the microscope."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hostcity.rehearsal.models.rehearsals import Rehearsal
from hostcity.rehearsal.models.work import Numbered


class Look(Numbered):
    """A place of a rehearsal's day, some minutes of it, in which its persons walk in the plane."""

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="looks")
    at = models.CharField(max_length=80)  # nodes.CODE, links.CODE or a code, as studies.microscope reads it
    starts = models.CharField(max_length=8)  # HH:MM
    minutes = models.PositiveSmallIntegerField(default=5)
    trials = models.PositiveSmallIntegerField(default=3)  # of the busiest opening
    found = models.JSONField(default=dict)  # in short, for lists; empty until it is done

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="look_number"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=15), name="look_minutes"),
            models.CheckConstraint(condition=Q(trials__gte=0, trials__lte=10), name="look_trials"),
        ]
        indexes = [models.Index(fields=["rehearsal", "-id"], name="look_latest")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called in lists."""
        return str(_("Look {number}")).format(number=self.number)
