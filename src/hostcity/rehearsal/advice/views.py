"""Pages of advice: all of it, asking for it, and what was found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.plan import PlanError
from hostcity.rehearsal import policy
from hostcity.rehearsal.advice.forms import AskForm, values_of
from hostcity.rehearsal.advice.queries import advice_in_full, advices
from hostcity.rehearsal.advice.services import start_advice
from hostcity.rehearsal.compared import said as in_words
from hostcity.rehearsal.models import Advice
from hostcity.rehearsal.queries import changes_since
from hostcity.rehearsal.scenarios.queries import scenarios
from hostcity.rehearsal.views.parts import asked_again, changes_path, found, initial_of, problems_for


@acting(policy.SEE_REHEARSALS)
@require_safe
def list_advice(request: Any) -> HttpResponse:
    page = keyset_page(
        advices(request.edition, request.user), order=("-id",), after=request.GET.get("after", ""), size=50
    )
    may_start = matrix.may(request.user, policy.START_REHEARSAL, request.edition)
    return render(request, "rehearsal/advice/list.html", {"page": page, "may_start": may_start})


@acting(policy.START_REHEARSAL)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any) -> HttpResponse:
    """Ask; with ``again`` in the address the form holds what was asked then."""
    before: Advice | None = asked_again(request, advice_in_full)
    form = AskForm(
        request.POST or None,
        scenarios=list(scenarios(request.edition, request.user)),
        initial=initial_of(before) | values_of(before) if before else {},
    )
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            advice = tried(form, lambda: start_advice(edition=request.edition, by=request.user, **form.cleaned_data))
            if advice:
                return redirect("advice", edition=request.edition.code, key=advice.public_id)
        except PlanError as error:
            problems = problems_for(error)
    status = 422 if problems or form.errors else 200
    return render(request, "rehearsal/advice/start.html", {"form": form, "problems": problems}, status=status)


@acting(policy.SEE_REHEARSALS)
@require_safe
def show(request: Any, key: UUID) -> HttpResponse:
    advice: Advice = found(advice_in_full, request, key)
    summary = advice.result.summary if advice.result else None
    values = {
        "advice": advice, "summary": summary, "told": summary and summary["said"],
        "suggestions": _suggestions(advice, summary) if summary else [],
        "dropped": list(zip(summary["dropped"], summary["said"]["dropped"], strict=False)) if summary else [],
        "changes": changes_since(request.edition, [advice.plan_number])[advice.plan_number],
        "changes_path": changes_path(request.edition, advice.plan_number),
        "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
    }  # fmt: skip
    return render(request, "rehearsal/advice/advice.html", values)


def _suggestions(advice: Advice, summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Each with its words, and with all changes of a rehearsal that plays it."""
    return [
        each
        | said
        | {"overrides": [*advice.overrides, *each["changes"]], "about": "; ".join(map(in_words, said["words"]))}
        for each, said in zip(summary["suggestions"], summary["said"]["suggestions"], strict=True)
    ]
