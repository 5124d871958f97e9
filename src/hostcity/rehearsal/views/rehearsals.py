"""Listing, starting, following, repeating and discussing rehearsals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.plan import PlanError
from hostcity.rehearsal import policy
from hostcity.rehearsal.forms import RemarkForm, StartForm
from hostcity.rehearsal.looks.queries import looks_of
from hostcity.rehearsal.models import Rehearsal
from hostcity.rehearsal.queries import (
    changes_since,
    findings_of_rehearsal,
    history_of,
    is_same,
    last_rehearsal,
    rehearsal_in_full,
    rehearsals,
    remarks_on,
)
from hostcity.rehearsal.scenarios.queries import scenarios, scenarios_of
from hostcity.rehearsal.services import add_remark, repeat_rehearsal, start_rehearsal
from hostcity.rehearsal.views.parts import (
    asked_again,
    changes_path,
    initial_of,
    problems_for,
    rehearsal_or_404,
    show_refusal,
)


@acting(policy.SEE_REHEARSALS)
@require_safe
def list_rehearsals(request: Any) -> HttpResponse:
    page = keyset_page(
        rehearsals(request.edition, request.user), order=("-id",), after=request.GET.get("after", ""), size=50
    )
    ages = changes_since(request.edition, (each.plan_number for each in page.rows))
    return render(
        request,
        "rehearsal/list.html",
        {
            "page": page,
            "rows": [(each, ages[each.plan_number]) for each in page.rows],
            "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
        },
    )


@acting(policy.START_REHEARSAL)
def start(request: Any) -> HttpResponse:
    """Start one; with ``again`` in the address the form holds what was asked then."""
    before: Rehearsal | None = asked_again(request, rehearsal_in_full)
    kept = list(scenarios(request.edition, request.user))
    given: dict[str, Any] = {"scenarios": request.GET.getlist("scenario")}
    if before:
        given = initial_of(before) | {"title": before.title, "runs": before.runs}
    form = StartForm(request.POST or None, scenarios=kept, initial=given)
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            rehearsal = start_rehearsal(edition=request.edition, by=request.user, **form.cleaned_data)
            return redirect("rehearsal", edition=request.edition.code, key=rehearsal.public_id)
        except PlanError as error:
            problems = problems_for(error)
        except Refused as error:
            show_refusal(form, error)
    last = last_rehearsal(request.edition)
    values = {
        "form": form,
        "problems": problems,
        "last": last,
        "changes": changes_since(request.edition, [last.plan_number])[last.plan_number] if last else 0,
        "changes_path": changes_path(request.edition, last.plan_number) if last else "",
    }
    is_wrong = bool(problems or form.errors)
    return render(request, "rehearsal/start.html", values, status=422 if is_wrong else 200)


@acting(policy.SEE_REHEARSALS)
@require_safe
def show(request: Any, key: Any) -> HttpResponse:
    return _page(request, rehearsal_or_404(request, key), RemarkForm())


def _page(request: Any, rehearsal: Rehearsal, form: RemarkForm, status: int = 200) -> HttpResponse:
    edition, person = request.edition, request.user
    return render(
        request,
        "rehearsal/rehearsal.html",
        {
            "rehearsal": rehearsal,
            "told": rehearsal.told,
            "marks": sum(rehearsal.told.get("marks", {}).values()),
            "changes": changes_since(edition, [rehearsal.plan_number])[rehearsal.plan_number],
            "changes_path": changes_path(edition, rehearsal.plan_number),
            "scenarios": scenarios_of(rehearsal),
            "is_same": is_same(rehearsal),
            "remarks": remarks_on(rehearsal),
            "findings": findings_of_rehearsal(rehearsal),
            "looks": looks_of(rehearsal, person) if rehearsal.is_played else [],
            "acts": history_of(edition, "rehearsal", rehearsal.key),
            "form": form,
            "may_start": matrix.may(person, policy.START_REHEARSAL, edition),
            "may_remark": matrix.may(person, policy.REMARK, edition),
            "may_find": matrix.may(person, policy.ADD_FINDING, edition),
        },
        status=status,
    )


@acting(policy.SEE_REHEARSALS)
@require_safe
def show_state(request: HttpRequest, key: Any) -> HttpResponse:
    """The state in a line of the list."""
    return render(request, "rehearsal/state.html", {"rehearsal": rehearsal_or_404(request, key)})


@acting(policy.START_REHEARSAL)
@require_POST
def repeat(request: HttpRequest, key: Any) -> HttpResponse:
    again = repeat_rehearsal(rehearsal=rehearsal_or_404(request, key), by=request.user)  # type: ignore[arg-type]
    return redirect("rehearsal", edition=again.edition.code, key=again.public_id)


@acting(policy.REMARK)
@require_POST
def remark(request: HttpRequest, key: Any) -> HttpResponse:
    rehearsal = rehearsal_or_404(request, key)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            add_remark(rehearsal=rehearsal, text=form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
        except Refused as error:
            show_refusal(form, error)
        else:
            page = redirect("rehearsal", edition=rehearsal.edition.code, key=key)
            page["Location"] += "#remarks"
            return page
    return _page(request, rehearsal, form, status=422)
