"""What was told, shown and decided of one task, with the names of who did it."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.core.ledger_queries import names_of
from hostcity.core.models import Edition
from hostcity.readiness.models import Decision, Evidence, Report

MOST_SHOWN = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskHistory:
    """The latest first."""

    reports: list[Report]
    evidence: list[Evidence]
    decisions: list[Decision]
    names: dict[str, str]  # of people, by code

    @property
    def last_decision(self) -> Decision | None:
        """The decision that stands."""
        return next((each for each in self.decisions if each.undone_at is None), None)


def history_of_task(edition: Edition, key: str) -> TaskHistory:
    """All of a task, a hundred of each at most; four queries."""
    of = {"edition": edition, "task": key}
    reports = list(Report.objects.filter(**of).order_by("-pk")[:MOST_SHOWN])
    evidence = list(Evidence.objects.filter(**of).select_related("file").order_by("-pk")[:MOST_SHOWN])
    decisions = list(Decision.objects.filter(**of).order_by("-pk")[:MOST_SHOWN])
    codes = {each.by_code for each in (*reports, *evidence, *decisions)} | {each.undone_by for each in decisions}
    return TaskHistory(reports=reports, evidence=evidence, decisions=decisions, names=names_of(codes))
