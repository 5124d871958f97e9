"""A person of another department accepts a task, or not; and takes that back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.models import Edition, Person
from hostcity.core.policy import NotAllowed
from hostcity.plan.rows import Task
from hostcity.readiness import policy
from hostcity.readiness.evidence_kinds import DEMANDS
from hostcity.readiness.models import Decision, Evidence, Report, TaskState, Verdict
from hostcity.readiness.rights import rights_of
from hostcity.readiness.services.acting import (
    checked_note,
    ended,
    locked_state,
    refuse_accepted,
    refuse_stale,
    task_of,
    tell,
)

ACCEPT, REFUSE, UNDO = "task.accept", "task.refuse", "task.undo"
ACCEPTED, REFUSED, UNDONE = "task.accepted", "task.refused", "task.undone"  # kinds of notices


def accept_task(*, edition: Edition, task: str, by: Person, version: int, note: str = "") -> Decision:
    """Accept a task that its owner calls finished, on the evidence that its kind demands.

    ``version`` is that of the task as it was looked at. Raises ``Refused`` where it is not finished, nothing of its kind was shown, or
    who accepts has reported on it or handed evidence in; `NotAllowed` for their own department's, ``Stale``.
    """
    return _decide(Verdict.ACCEPTED, edition, task, by, version, checked_note(note))


def refuse_task(*, edition: Edition, task: str, by: Person, version: int, reason: str) -> Decision:
    """Say that a task is not done after all, and why: it is open again, and what was shown shows nothing any more. Raises as `accept_task`."""
    reason = checked_note(reason, "reason")
    if not reason:
        raise Refused("decision.reason", _("It does not say why."), _("Say what is missing."), field="reason")
    return _decide(Verdict.REFUSED, edition, task, by, version, reason)


def _decide(verdict: Verdict, edition: Edition, task: str, by: Person, version: int, reason: str) -> Decision:
    with transaction.atomic(), scope(edition=edition):
        found = task_of(edition, task)
        _require_other(edition, found, by)
        state = locked_state(edition, task)
        refuse_stale(state, version)
        refuse_accepted(state)
        _refuse_hands(edition, task, by)
        _refuse_unfinished(found, state, verdict)
        seen = [
            [each.pk, each.kind, each.sha256]
            for each in Evidence.objects.filter(edition=edition, task=task, withdrawn_at=None).order_by("pk")
        ]
        made = Decision.objects.create(
            edition=edition, task=task, on=edition.today(), by_code=by.code, verdict=verdict, department=found.accepted_by,
            reason=reason, seen=seen,
        )  # fmt: skip
        is_accepted = verdict == Verdict.ACCEPTED
        verb = ACCEPT if is_accepted else REFUSE
        act = ended(verb, edition=edition, by=by, state=state, body={"decision": made.pk, "seen": seen})
        tell(edition, found.department, ACCEPTED if is_accepted else REFUSED, act)
        return made


def _require_other(edition: Edition, task: Task, by: Person) -> None:
    if not rights_of(edition, by).may_accept(task.department, task.accepted_by):
        raise NotAllowed(policy.ACCEPT_TASKS)


def _refuse_hands(edition: Edition, task: str, by: Person) -> None:
    """Two people close a task: who had a hand in it is not the second. What capabilities pushed has been judged by a machine."""
    of: dict[str, Any] = {"edition": edition, "task": task, "by_code": by.code}
    if Report.objects.filter(**of).exists() or Evidence.objects.filter(**of, source="").exists():
        what = _("You reported on this task or handed evidence in, so you cannot close it.")
        raise Refused("decision.hands", what, _("Have somebody else accept it."))


def _refuse_unfinished(task: Task, state: TaskState, verdict: Verdict) -> None:
    if verdict == Verdict.REFUSED:
        if not (state.finished_on or state.evidence_on):
            what = _("Nothing was handed in that could be refused.")
            raise Refused("decision.nothing", what, _("Wait until its owner calls it finished."))
        return
    if not state.finished_on and DEMANDS[task.evidence].by_hand:
        raise Refused(
            "decision.unfinished", _("Its owner has not said that it is finished."), _("Wait for the report.")
        )
    if task.evidence != "none" and not state.evidence_on:
        what = _("Nothing of the kind that this task demands has been shown.")
        raise Refused("decision.evidence", what, _("Ask its owner for the evidence."))


def undo_decision(*, edition: Edition, decision: Decision, by: Person, reason: str) -> Decision:
    """Take the last decision on a task back, with a reason; what was told before stands again.

    Raises ``Refused`` where another came after it or it is undone already; `NotAllowed` for who could not have decided.
    """
    reason = checked_note(reason, "reason")
    if not reason:
        raise Refused("decision.reason", _("It does not say why."), _("Say what changed."), field="reason")
    with transaction.atomic(), scope(edition=edition):
        found = task_of(edition, decision.task)
        _require_other(edition, found, by)
        state = locked_state(edition, decision.task)
        last = Decision.objects.filter(edition=edition, task=decision.task, undone_at=None).order_by("-pk").first()
        if last is None or last.pk != decision.pk:
            what = _("This is not the last decision on the task any more.")
            raise Refused("decision.gone", what, _("Look at the task again."))
        last.undone_at, last.undone_by, last.undone_reason = timezone.now(), by.code, reason
        last.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        act = ended(UNDO, edition=edition, by=by, state=state, body={"decision": last.pk, "verdict": last.verdict})
        tell(edition, found.department, UNDONE, act)
        return last
