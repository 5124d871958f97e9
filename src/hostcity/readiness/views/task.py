"""One task: what done means, whom it holds up, what was told and shown of it, and what may be said now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hostcity.core.ledger_queries import history_of
from hostcity.core.middleware import acting
from hostcity.core.plan_rows.words import choice_name
from hostcity.core.sayings import Joined, is_chinese
from hostcity.readiness import policy
from hostcity.readiness.evidence_kinds import DEMANDS
from hostcity.readiness.forms import DecisionForm, RefusalForm, ReportForm, UndoForm
from hostcity.readiness.history import TaskHistory, history_of_task
from hostcity.readiness.models import Evidence, TaskState
from hostcity.readiness.owners import Owners, owners_of
from hostcity.readiness.queries import names_of
from hostcity.readiness.rights import Rights, rights_of
from hostcity.readiness.services.acting import SUBJECT
from hostcity.readiness.showing import lines_of
from hostcity.readiness.standing import Standing, TaskNow, standing_of
from hostcity.readiness.words import done_means, named, told_reason

MOST_LISTED = 12  # neighbors of a task on its page


@acting(policy.SEE_TASKS)
@require_safe
def show_task(request: Any, key: str) -> HttpResponse:
    """A task."""
    return task_page(request, key)


def task_page(
    request: Any, key: str, forms: Mapping[str, Any] | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of a task; ``forms`` are those that were filled in wrongly."""
    edition = request.edition
    standing = standing_of(edition)
    found = standing.task(key)
    if found is None:
        raise Http404(key)
    owners, rights, history = owners_of(edition), rights_of(edition, request.user), history_of_task(edition, key)
    version = TaskState.objects.filter(edition=edition, task=key).values_list("version", flat=True).first() or 0
    (line,) = lines_of(standing, [found], owners)
    values = {
        "line": line, "found": found, "task": found.task, "done_means": done_means(found.task), "refusal": refusal,
        "reasons": [told_reason(each) for each in found.status.reasons], "evidence_kind": choice_name(found.task.evidence),
        "history": history, "lines": history_of(edition, SUBJECT, key), "is_open": found.told.is_open,
        **_may(found, rights, request.user.code, history), **_forms(request, found, version), **_plan(standing, found, owners),
        **_neighbors(standing, found, owners),
    } | dict(forms or {})  # fmt: skip
    return render(request, "readiness/task.html", values, status=status)


def _may(found: TaskNow, rights: Rights, code: str, history: TaskHistory) -> dict[str, Any]:
    task, has_hands = found.task, any(each.by_code == code for each in (*history.reports, *history.evidence) if not getattr(each, "source", ""))  # fmt: skip
    may_accept = rights.may_accept(task.department, task.accepted_by)
    awaits = bool(found.told.finished_on or found.told.evidence_on) and found.told.is_open
    return {
        "may_report": found.told.is_open and rights.may_report(task.department),
        "may_accept": may_accept and awaits and not has_hands,
        "may_undo": may_accept and history.last_decision is not None,
        "waits_for_evidence": task.evidence != "none" and not found.told.evidence_on,
    }  # fmt: skip


def _forms(request: Any, found: TaskNow, version: int) -> dict[str, Any]:
    place = ""
    if DEMANDS[found.task.evidence].place:  # most often the same as last time
        mine = Evidence.objects.filter(edition=request.edition, by_code=request.user.code).exclude(place="")
        place = mine.order_by("-pk").values_list("place", flat=True).first() or ""
    first = {"version": version}
    return {
        "report": ReportForm(found.task.evidence, initial=first | {"place": place}), "accept": DecisionForm(initial=first),
        "refuse": RefusalForm(initial=first, prefix="refuse"), "undo": UndoForm(prefix="undo"),
    }  # fmt: skip


def _plan(standing: Standing, found: TaskNow, owners: Owners) -> dict[str, Any]:
    plan, task = standing.preparation.plan, found.task
    directives = {each.code: each for each in plan.directives}
    departments, calendars = names_of(plan.departments), names_of(plan.calendars)
    return {
        "accepted_by": departments.get(task.accepted_by, task.accepted_by),
        "acceptors": str(Joined(owners.department(task.accepted_by))),
        "calendar": calendars.get(task.calendar, task.calendar),
        "directives": [_text(directives[code]) for code in task.directives if code in directives],
    }  # fmt: skip


def _text(directive: Any) -> str:
    texts = (directive.text_zh, directive.text_en) if is_chinese() else (directive.text_en, directive.text_zh)
    return texts[0] or texts[1]


def _neighbors(standing: Standing, found: TaskNow, owners: Owners) -> dict[str, Any]:
    """What it waits for, and whom it holds up."""
    before = [link.before for link in standing.preparation.plan.task_links if link.after == found.task.code]
    after = [link.after for link in standing.preparation.plan.task_links if link.before == found.task.code]
    of = {each.task.code: each for each in standing.tasks}
    values: dict[str, Any] = {
        name: lines_of(standing, [of[code] for code in codes if code in of][:MOST_LISTED], owners)
        for name, codes in (("waits_for", before), ("holds_up", after))
    }  # fmt: skip
    values |= {"more_before": max(0, len(before) - MOST_LISTED), "more_after": max(0, len(after) - MOST_LISTED)}
    if standing.now is None:
        return values
    from hostcity.studies.readiness import held_by

    held = held_by(standing.now.network, found.at)
    names = names_of(standing.preparation.plan.departments)
    departments = dict.fromkeys(standing.tasks[at].task.department for at in held.waiting)
    first = standing.tasks[held.first_harmed] if held.first_harmed >= 0 else None
    return values | {
        "held": len(held.waiting), "held_departments": [names.get(code, code) for code in departments],
        "first_harmed": named(first.task) if first else "", "first_key": first.key if first else "",
    }  # fmt: skip
