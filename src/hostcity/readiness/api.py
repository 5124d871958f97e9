"""Tasks of the preparation by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import File, Form, Path, Query
from ninja.files import UploadedFile

from hostcity.core.api.operations import Operations
from hostcity.core.files.checks import MOST_BYTES
from hostcity.readiness import policy, services
from hostcity.readiness.departments import departments_now
from hostcity.readiness.history import history_of_task
from hostcity.readiness.models import Decision, Evidence, Report, TaskState
from hostcity.readiness.owners import owners_of
from hostcity.readiness.preparation import preparation_of
from hostcity.readiness.queries import Asked, listed
from hostcity.readiness.schemas import (
    AcceptanceGiven,
    DecisionShown,
    DepartmentsShown,
    EvidenceGiven,
    EvidenceShown,
    RefusalGiven,
    ReportGiven,
    ReportShown,
    TasksAsked,
    TasksShown,
    TaskUndoGiven,
    TaskWhole,
)
from hostcity.readiness.standing import Standing, TaskNow, standing_of
from hostcity.readiness.words import told_reason

operations = Operations("readiness")
Key = Annotated[str, Path(max_length=100, description="Key of the task's row in the plan.")]
Number = Annotated[int, Path(ge=1, le=2**62)]
UPLOAD = {"kind": "multipart/form-data", "most_bytes": MOST_BYTES + 64 * 1024}
OF_TASK = ("code", "name_en", "name_zh", "kind", "department", "workstream", "accepted_by", "evidence")


@operations.get("/readiness/tasks", policy.SEE_TASKS, TasksShown)
def list_tasks(request: Any, asked: Query[TasksAsked]) -> Any:
    """List tasks.

    The worst first: by color, then by the day until which they do no harm.
    """
    standing, owners = standing_of(request.edition), owners_of(request.edition)
    given = asked.model_dump(exclude={"after", "size"})
    found = listed(standing, Asked(**given), owners)
    page = found.page(asked.after, asked.size)
    return {"rows": [shown(each) for each in page.rows], "next": page.next, "colors": found.colors}


@operations.get("/readiness/departments", policy.SEE_TASKS, DepartmentsShown)
def list_departments(request: Any) -> Any:
    """List departments.

    The worst first, with their watermelon index: of the tasks that a department calls fine, the share that is red by rule.
    """
    found = departments_now(standing_of(request.edition), owners_of(request.edition))
    names = ("code", "tasks", "colors", "said_fine", "red_inside", "watermelon", "silent", "to_accept")
    rows = [
        {name: getattr(each, name) for name in names} | {"owners": [owner.code for owner in each.owners]}
        for each in found
    ]
    return {"rows": rows}


@operations.get("/readiness/tasks/{task}", policy.SEE_TASKS, TaskWhole)
def show_task(request: Any, task: Key) -> Any:
    """Show a task.

    With what was told, shown and decided of it, and whom it holds up.
    """
    standing = standing_of(request.edition)
    found = standing.task(task)
    if found is None:
        raise Http404(task)
    version = TaskState.objects.filter(edition=request.edition, task=task).values_list("version", flat=True).first()
    history, told = history_of_task(request.edition, task), found.told
    return shown(found) | {
        "version": version or 0, "started_on": told.started_on, "finished_on": told.finished_on, "remaining_d": told.remaining_d,
        "accepted_on": told.accepted_on, "done_en": found.task.done_en, "done_zh": found.task.done_zh,
        "holds_up": _holds_up(standing, found), "reports": [_report(each) for each in history.reports],
        "evidence_shown": [_evidence(each) for each in history.evidence],
        "decisions": [_decision(each) for each in history.decisions],
    }  # fmt: skip


def _holds_up(standing: Standing, found: TaskNow) -> list[str]:
    if standing.now is None:
        return []
    from hostcity.studies.readiness import held_by

    return [standing.tasks[at].task.code for at in held_by(standing.now.network, found.at).waiting]


@operations.post("/readiness/tasks/{task}/reports", policy.REPORT_TASKS, ReportShown)
def report_task(request: Any, task: Key, body: ReportGiven) -> Any:
    """Report on a task.

    Begun, going well, finished or in trouble; the server says when. Nothing is changed later: a further report stands beside it.
    """
    _there(request, task)
    return _report(services.report_task(edition=request.edition, task=task, by=request.person, **body.model_dump()))


@operations.post("/readiness/tasks/{task}/evidence", policy.REPORT_TASKS, EvidenceShown, **UPLOAD)
def submit_evidence(request: Any, task: Key, given: Form[EvidenceGiven], file: File[UploadedFile | None] = None) -> Any:
    """Hand in evidence of a task.

    Of the kind that it demands. A photo has a place, a reading its value, a delivery note its number and the note; the file is hashed and
    stays as long as the evidence does. Of a picture the picture alone is kept.
    """
    _there(request, task)
    data = (file.name or "", file.read(MOST_BYTES + 1)) if file else None
    made = services.submit_evidence(
        edition=request.edition, task=task, by=request.person, file=data, **given.model_dump()
    )
    return _evidence(made)


@operations.post("/readiness/evidence/{evidence}/withdraw", policy.REPORT_TASKS, EvidenceShown, status=200)
def withdraw_evidence(request: Any, evidence: Number) -> Any:
    """Take back evidence that one handed in oneself.

    It stays to be seen, and shows nothing any more.
    """
    found = get_object_or_404(Evidence.objects.filter(edition=request.edition), pk=evidence)
    return _evidence(services.withdraw_evidence(edition=request.edition, evidence=found, by=request.person))


@operations.post("/readiness/tasks/{task}/accept", policy.ACCEPT_TASKS, DecisionShown)
def accept_task(request: Any, task: Key, body: AcceptanceGiven) -> Any:
    """Accept a task of another department.

    One that its owner calls finished, on the evidence that its kind demands; not by who reported on it or handed evidence in.
    """
    _there(request, task)
    return _decision(services.accept_task(edition=request.edition, task=task, by=request.person, **body.model_dump()))


@operations.post("/readiness/tasks/{task}/refuse", policy.ACCEPT_TASKS, DecisionShown)
def refuse_task(request: Any, task: Key, body: RefusalGiven) -> Any:
    """Say that a task is not done, and why.

    It is open again, and what was shown before shows nothing any more.
    """
    _there(request, task)
    return _decision(services.refuse_task(edition=request.edition, task=task, by=request.person, **body.model_dump()))


@operations.post("/readiness/decisions/{decision}/undo", policy.ACCEPT_TASKS, DecisionShown, status=200)
def undo_decision(request: Any, decision: Number, body: TaskUndoGiven) -> Any:
    """Take the last decision on a task back, with a reason.

    What was told before stands again.
    """
    found = get_object_or_404(Decision.objects.filter(edition=request.edition), pk=decision)
    made = services.undo_decision(edition=request.edition, decision=found, by=request.person, reason=body.reason)
    return _decision(made)


def _there(request: Any, task: str) -> None:
    if task not in preparation_of(request.edition).at:
        raise Http404(task)


def _report(row: Report) -> dict[str, Any]:
    same = {name: getattr(row, name) for name in ("word", "remaining_d", "note", "at")}
    return {"id": row.pk, "by": row.by_code, **same}


def _evidence(row: Evidence) -> dict[str, Any]:
    names = ("kind", "sha256", "place", "taken_at", "value", "note", "source", "has_passed", "at", "withdrawn_at")
    same = {name: getattr(row, name) for name in names}
    return {"id": row.pk, "by": row.by_code, "file": str(row.file.public_id) if row.file else None, **same}


def _decision(row: Decision) -> dict[str, Any]:
    names = ("verdict", "department", "reason", "at", "seen", "undone_at", "undone_by", "undone_reason")
    return {"id": row.pk, "by": row.by_code} | {name: getattr(row, name) for name in names}


def shown(each: TaskNow) -> dict[str, Any]:
    """A task as the API says it."""
    planned, now = each.planned, each.now
    return {
        "key": each.key, **{name: getattr(each.task, name) for name in OF_TASK}, "color": each.status.color,
        "reasons": [{"code": reason.code, "said": told_reason(reason)} for reason in each.status.reasons],
        "planned_start": planned and planned.start, "planned_end": planned and planned.end, "starts": now and now.start,
        "ends": now and now.end, "harmless_until": now and now.harmless_end, "spare_d": now and now.spare_d,
        "is_critical": bool(now and now.is_critical),
    }  # fmt: skip
