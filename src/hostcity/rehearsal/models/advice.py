"""Advice that was asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hostcity.rehearsal.models.work import OfPlan


class Advice(OfPlan):
    """What could be changed within a budget, tried on several days for a goal."""

    goal = models.CharField(max_length=200)  # a figure as studies.advice reads it
    budget = models.CharField(max_length=200)
    runs = models.PositiveSmallIntegerField(default=10)  # days on which suggestions are compared
    best = models.JSONField(
        default=dict
    )  # the first suggestion in words, for lists; empty: not played, or nothing helps

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="advice_number"),
            models.CheckConstraint(condition=Q(seed__gte=0), name="advice_seed_not_negative"),
            models.CheckConstraint(condition=Q(runs__gte=2, runs__lte=50), name="advice_runs"),
        ]
        indexes = [models.Index(fields=["edition", "-id"], name="advice_latest")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called in lists."""
        return str(_("Advice {number}")).format(number=self.number)
