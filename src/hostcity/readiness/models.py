"""What was told and shown of tasks, and what those who accept them decided: kept for good, by the key of the task's row in the plan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hostcity.core.models.scoped import EditionRow

MOST_KEY = 100
MOST_NOTE = 2000
MOST_LINE = 200


class Word(models.TextChoices):
    """What an owner says of a task."""

    STARTED = "started", pgettext_lazy("report on a task", "begun")
    GOING = "going", pgettext_lazy("report on a task", "going well")
    FINISHED = "finished", pgettext_lazy("report on a task", "finished")
    TROUBLE = "trouble", pgettext_lazy("report on a task", "in trouble")


class Verdict(models.TextChoices):
    """What a person of another department decided."""

    ACCEPTED = "accepted", pgettext_lazy("task", "accepted")
    REFUSED = "refused", pgettext_lazy("task", "not accepted")


class OfTask(EditionRow):
    """Something about a task, at the time of the server."""

    task = models.CharField(max_length=MOST_KEY)
    on = models.DateField()  # where the expo is
    at = models.DateTimeField(default=timezone.now)
    by_code = models.CharField(max_length=12, blank=True)  # "" = the site itself

    class Meta:
        abstract = True


class Report(OfTask):
    """An owner's word. Never changed: a later one stands beside it."""

    word = models.CharField(max_length=10, choices=Word.choices)
    remaining_d = models.FloatField(null=True, blank=True)  # working days
    note = models.TextField(blank=True, max_length=MOST_NOTE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(word__in=Word.values), name="report_word_known"),
            models.CheckConstraint(
                condition=Q(remaining_d__isnull=True) | Q(remaining_d__gte=0), name="report_remaining_positive"
            ),
        ]
        indexes = [models.Index(fields=["edition", "task", "id"], name="report_of_task")]

    def __str__(self) -> str:
        return f"{self.task} {self.word}"


class Evidence(OfTask):
    """Something that shows that a task is done. Its file stays as long as the row does; who handed it in may take it back."""

    kind = models.CharField(max_length=20)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)  # of the file's bytes as they were handed in
    place = models.CharField(max_length=MOST_LINE, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)  # as who handed it in says
    value = models.CharField(max_length=MOST_LINE, blank=True)  # of a reading, a note's number
    note = models.TextField(blank=True, max_length=MOST_NOTE)
    source = models.CharField(max_length=MOST_LINE, blank=True)  # path of the page of what a capability pushed
    has_passed = models.BooleanField(default=True)  # what failed shows nothing
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["edition", "task", "id"], name="evidence_of_task")]

    def __str__(self) -> str:
        return f"{self.task} {self.kind}"


class Decision(OfTask):
    """A task was accepted or not, by somebody of another department, on the evidence of these hashes."""

    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    department = models.CharField(max_length=MOST_LINE)  # for which it was decided
    reason = models.TextField(blank=True, max_length=MOST_NOTE)
    seen = models.JSONField(default=list)  # id, kind and hash of each piece of evidence that lay there
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=12, blank=True)
    undone_reason = models.TextField(blank=True, max_length=MOST_NOTE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="decision_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict="refused") | ~Q(reason=""), name="decision_refused_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["edition", "task", "id"], name="decision_of_task")]

    def __str__(self) -> str:
        return f"{self.task} {self.verdict}"


class TaskState(EditionRow):
    """What all that was told of a task adds up to, so that a page of thousands asks one row of each."""

    task = models.CharField(max_length=MOST_KEY)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    remaining_d = models.FloatField(null=True)
    remaining_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    is_fine = models.BooleanField(default=False)
    has_trouble = models.BooleanField(default=False)
    evidence_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "task"], name="task_state_once")]

    def __str__(self) -> str:
        return self.task
