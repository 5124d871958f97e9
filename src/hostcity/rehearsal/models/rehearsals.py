"""Rehearsals of an edition, what people say of them, and two of them beside each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.models.scoped import EditionRow
from hostcity.rehearsal.models.work import OfPlan, Work


class Verdict(models.TextChoices):
    """What a played day says of the promise."""

    KEPT = "kept", pgettext_lazy("verdict", "KEPT")
    BROKEN = "broken", pgettext_lazy("verdict", "BROKEN")
    INVALID = "invalid", pgettext_lazy("verdict", "INVALID")
    NONE = "none", pgettext_lazy("verdict", "NONE")  # nobody joined a queue


class Rehearsal(OfPlan):
    """One day played from a snapshot."""

    title = models.CharField(max_length=120, blank=True)
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")
    runs = models.PositiveSmallIntegerField(default=1)  # 1 = the day as planned only; more = possible days beside it
    kept_runs = models.PositiveSmallIntegerField(null=True)  # of them; null: not played, or one run only
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)  # "" until it is played
    peak_p99_s = models.FloatField(null=True)  # null: not played, or more than 1 in 100 never got in
    told = models.JSONField(default=dict)  # of telling.py: the verdict and the figures in the words of the report

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="rehearsal_number"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="rehearsal_verdict_known"),
            models.CheckConstraint(
                condition=(Q(verdict="") & Q(result__isnull=True)) | (~Q(verdict="") & Q(result__isnull=False)),
                name="rehearsal_verdict_with_result",
            ),
            models.CheckConstraint(condition=Q(seed__gte=0), name="rehearsal_seed_not_negative"),
            models.CheckConstraint(condition=Q(runs__gte=1, runs__lte=200), name="rehearsal_runs"),
            models.CheckConstraint(
                condition=Q(kept_runs__isnull=True) | Q(kept_runs__lte=models.F("runs")), name="rehearsal_kept_of_runs"
            ),
        ]
        indexes = [models.Index(fields=["edition", "-id"], name="rehearsal_latest")]

    def __str__(self) -> str:
        return self.name

    def get_verdict_display(self) -> str:
        """The verdict in words. Django's own translates all of them, for every row of a list."""
        return str(Verdict(self.verdict).label) if self.verdict else ""

    @property
    def kept_percent(self) -> int | None:
        """On how many of a hundred possible days the promise is kept; None while it is not known."""
        return None if self.kept_runs is None else round(100 * self.kept_runs / self.runs)

    @property
    def name(self) -> str:
        """Its title, or its number."""
        return self.title or str(_("Rehearsal {number}")).format(number=self.number)

    @property
    def name_and_number(self) -> str:
        """Its title with its number: titles repeat."""
        return (
            str(_("{title} (rehearsal {number})")).format(title=self.title, number=self.number)
            if self.title
            else self.name
        )


class Remark(EditionRow):
    """What somebody says of a rehearsal."""

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)


class Comparison(Work):
    """Two rehearsals' plans, played several times with the same draws."""

    a = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField(default=1)
    runs = models.PositiveSmallIntegerField(default=6)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(runs__gte=1, runs__lte=50), name="comparison_runs")]
        indexes = [models.Index(fields=["edition", "-id"], name="comparison_latest")]
