"""Listing, marking, changing and settling findings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Stale
from hostcity.core.ledger_queries import names_of
from hostcity.core.lookup import answer, asked
from hostcity.core.middleware import acting
from hostcity.core.models import Act
from hostcity.core.paging import keyset_page
from hostcity.core.sayings import said
from hostcity.rehearsal import policy
from hostcity.rehearsal.forms import ChangeFindingForm, FindingForm, values_of
from hostcity.rehearsal.models import Finding, FindingState, Severity
from hostcity.rehearsal.queries import filtered, finding_in_full, findings, history_of, place_name_of, places_of
from hostcity.rehearsal.services import add_finding, change_finding, undo_state
from hostcity.rehearsal.services.findings import OF_OWNER
from hostcity.rehearsal.views.parts import found, rehearsal_or_404, show_refusal
from hostcity.rehearsal.words import field_name, value_text

#: What a link may fill in beforehand, as text.
PREFILLED = ("title", "place", "from_s", "until_s", "figure", "severity")


@acting(policy.SEE_FINDINGS)
@require_safe
def list_findings(request: Any) -> HttpResponse:
    state = request.GET.get("state", FindingState.OPEN)
    severity, mine = request.GET.get("severity", ""), request.GET.get("owner") == "mine"
    rows = filtered(
        findings(request.edition, request.user), person=request.user, state=state, severity=severity, mine=mine
    )
    page = keyset_page(rows, order=("-severity", "-id"), after=request.GET.get("after", ""), size=50)
    values = {
        "page": page, "state": state, "severity": severity, "mine": mine, "states": FindingState.choices,
        "severities": Severity.choices, "is_filtered": mine or severity or state != FindingState.OPEN,
    }  # fmt: skip
    return render(request, "rehearsal/findings.html", values)


@acting(policy.ADD_FINDING)
def mark(request: Any, key: Any) -> HttpResponse:
    rehearsal = rehearsal_or_404(request, key)
    given = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    form = FindingForm(request.POST or None, rehearsal=rehearsal, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            finding = add_finding(rehearsal=rehearsal, by=request.user, **form.cleaned_data)
        except Refused as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The finding is marked."))
            return redirect("finding", edition=request.edition.code, key=finding.public_id)
    return render(
        request, "rehearsal/mark.html", {"rehearsal": rehearsal, "form": form}, status=422 if form.errors else 200
    )


@acting(policy.SEE_FINDINGS)
@require_safe
def find_places(request: Any, key: Any) -> HttpResponse:
    """Places of the rehearsed plan in which a text stands, for whoever types one."""
    text = asked(request).casefold()
    places = places_of(rehearsal_or_404(request, key))
    return answer(request, (each for each in places if text in " ".join(each).casefold()))


@acting(policy.SEE_FINDINGS)
@require_safe
def show(request: Any, key: Any) -> HttpResponse:
    finding: Finding = found(finding_in_full, request, key)
    acts = list(history_of(request.edition, "finding", finding.key))
    may_change = matrix.may(request.user, policy.CHANGE_FINDING, request.edition, finding)
    return render(
        request,
        "rehearsal/finding.html",
        {
            "finding": finding,
            "acts": _history(acts),
            "place_name": place_name_of(finding) if finding.place else "",
            "undone_by": _undoable(acts, finding) if may_change else None,
            "may_change": may_change,
        },
    )


def _history(acts: list[Act]) -> list[dict[str, Any]]:
    """The acts in words, latest first."""
    changes = [act.body.get("changes", {}) for act in acts]
    codes = [code for each in changes for code in each.get("owner", ()) if code]
    names = names_of([*(act.by_code for act in acts), *codes])
    return [
        {
            "act": act,
            "by": names.get(act.by_code, act.by_code),
            "changes": [
                (field_name(name), value_text(name, old, names), value_text(name, new, names))
                for name, (old, new) in each.items()
            ],
            "texts": [field_name(name) for name in act.body.get("texts", ())],
        }
        for act, each in zip(acts, changes, strict=True)
    ]


def _undoable(acts: list[Act], finding: Finding) -> int | None:
    """The act that gave the finding its state, if it can be taken back: one that changed it last, and is no undoing."""
    last = next((act for act in acts if "state" in act.body.get("changes", {})), None)
    if last is None or last.verb == "finding.undo" or last.body["changes"]["state"][1] != finding.state:
        return None
    return last.number


@acting(policy.CHANGE_FINDING)
def change(request: Any, key: Any) -> HttpResponse:
    finding: Finding = found(finding_in_full, request, key)
    matrix.require(request.user, policy.CHANGE_FINDING, request.edition, finding)
    is_whole = matrix.may(request.user, policy.ASSIGN_FINDING, request.edition, finding)
    form = ChangeFindingForm(
        request.POST or None, rehearsal=finding.rehearsal, only=() if is_whole else OF_OWNER, initial=values_of(finding)
    )
    status, diff = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                changes = {name: value for name, value in form.cleaned_data.items() if name != "version"}
                version = form.cleaned_data["version"]
                change_finding(finding=finding, changes=changes, version=version, by=request.user)
                messages.success(request, _("The finding is changed."))
                return redirect("finding", edition=request.edition.code, key=key)
            except Stale as error:
                status, diff = 409, _told(error)
                form.data = form.data.copy() | {"version": str(error.version)}
                form.add_error(None, said(error))
            except Refused as error:
                show_refusal(form, error)
    values = {"finding": finding, "form": form, "diff": diff}
    return render(request, "rehearsal/change_finding.html", values, status=status)


def _told(error: Stale) -> list[tuple[Any, Any, Any]]:
    names = names_of([value for name, *values in error.diff if name == "owner" for value in values if value])
    return [
        (field_name(name), value_text(name, now, names), value_text(name, given, names))
        for name, now, given in error.diff
    ]


@acting(policy.CHANGE_FINDING)
@require_POST
def undo(request: Any, key: Any) -> HttpResponse:
    """Take back the last change of the state."""
    finding: Finding = found(finding_in_full, request, key)
    try:
        number, version = int(request.POST["number"]), int(request.POST["version"])
    except (KeyError, ValueError) as error:
        raise Http404(str(key)) from error
    act = history_of(request.edition, "finding", finding.key).filter(number=number).first()
    if act is None:
        raise Http404(str(number))
    undo_state(finding=finding, act=act, version=version, by=request.user)
    messages.success(request, _("The state is what it was before."))
    return redirect("finding", edition=request.edition.code, key=key)
