"""Acts on a task from its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hostcity.core.attempts import tried
from hostcity.core.errors import Refused, Stale
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.readiness import policy, services
from hostcity.readiness.forms import DecisionForm, RefusalForm, ReportForm, UndoForm
from hostcity.readiness.models import Decision, Evidence, Word
from hostcity.readiness.preparation import preparation_of
from hostcity.readiness.views.task import task_page

SHOW = "show"  # instead of a word: evidence alone is handed in


@acting(policy.REPORT_TASKS)
@require_POST
def report(request: Any, key: str) -> HttpResponse:
    """Say how it is, with what shows it."""
    preparation = preparation_of(request.edition)
    if key not in preparation.at:
        raise Http404(key)
    form = ReportForm(preparation.plan.tasks[preparation.at[key]].evidence, request.POST, request.FILES)
    word = request.POST.get("word", "")
    if not form.is_valid() or not tried(form, lambda: _told(request, key, word, form)):
        return task_page(request, key, {"report": form}, status=422)
    messages.success(request, _told_words(word))
    return redirect("my-tasks" if request.POST.get("back") == "mine" else "task", **_address(request, key))


def _told(request: Any, key: str, word: str, form: ReportForm) -> Any:
    given, shown = form.cleaned_data, form.shown()
    of = {"edition": request.edition, "task": key, "by": request.user, "version": given["version"]}
    if word == SHOW:
        if shown is None:
            raise Refused(
                "evidence.file", _("Nothing was handed in."), _("Take a photo or choose a file."), field="file"
            )
        return services.submit_evidence(**of, **{name: getattr(shown, name) for name in shown.__dataclass_fields__})
    return services.report_task(**of, word=word, remaining_d=given["remaining_d"], note=given["note"], shown=shown)


def _told_words(word: str) -> str:
    if word == SHOW:
        return _("Handed in. The department that accepts it sees it.")
    if word == Word.FINISHED:
        return _("Reported. The department that accepts it is told.")
    return _("Reported.")


def _address(request: Any, key: str) -> dict[str, str]:
    return {"edition": request.edition.code} | ({} if request.POST.get("back") == "mine" else {"key": key})


@acting(policy.ACCEPT_TASKS)
@require_POST
def accept(request: Any, key: str) -> HttpResponse:
    """Accept it."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return task_page(request, key, {"accept": form}, status=422)
    version = form.cleaned_data["version"]
    return _decided(request, key, _("Accepted: the task is done."), lambda: services.accept_task(
        edition=request.edition, task=key, by=request.user, version=version))  # fmt: skip


@acting(policy.ACCEPT_TASKS)
@require_POST
def refuse(request: Any, key: str) -> HttpResponse:
    """Say that it is not done, and why."""
    form = RefusalForm(request.POST, prefix="refuse")
    if not form.is_valid():
        return task_page(request, key, {"refuse": form}, status=422)
    given = form.cleaned_data
    return _decided(request, key, _("Not accepted: its owner is told why."), lambda: services.refuse_task(
        edition=request.edition, task=key, by=request.user, **given))  # fmt: skip


@acting(policy.ACCEPT_TASKS)
@require_POST
def undo(request: Any, decision: int) -> HttpResponse:
    """Take a decision back."""
    found = get_object_or_404(Decision.objects.filter(edition=request.edition), pk=decision)
    form = UndoForm(request.POST, prefix="undo")
    if not form.is_valid():
        return task_page(request, found.task, {"undo": form}, status=422)
    return _decided(request, found.task, _("Taken back: what was told before stands again."), lambda: services.undo_decision(
        edition=request.edition, decision=found, by=request.user, reason=form.cleaned_data["reason"]))  # fmt: skip


@acting(policy.REPORT_TASKS)
@require_POST
def withdraw(request: Any, evidence: int) -> HttpResponse:
    """Take evidence back that one handed in."""
    found = get_object_or_404(Evidence.objects.filter(edition=request.edition), pk=evidence)
    return _decided(request, found.task, _("Taken back: it shows nothing any more."), lambda: services.withdraw_evidence(
        edition=request.edition, evidence=found, by=request.user))  # fmt: skip


def _decided(request: Any, key: str, done: str, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except Stale:
        raise
    except Refused as refused:
        if key not in preparation_of(request.edition).at:
            raise Http404(key) from None
        return task_page(request, key, refusal=said(refused), status=refused.status)
    messages.success(request, done)
    return redirect("task", edition=request.edition.code, key=key)
