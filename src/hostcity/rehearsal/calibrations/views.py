"""Pages of calibrations: all of them, uploading counts, and what they say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.results import bytes_of, read_blob
from hostcity.core.sayings import said
from hostcity.plan import PlanError
from hostcity.rehearsal import policy
from hostcity.rehearsal.calibrations.forms import CountsForm, LogForm
from hostcity.rehearsal.calibrations.queries import calibration_in_full, calibrations
from hostcity.rehearsal.calibrations.services import FILES, MOST_BYTES, Log, start_calibration
from hostcity.rehearsal.calibrations.taking import is_current, is_taken, take_fitted, told_of
from hostcity.rehearsal.models import Calibration
from hostcity.rehearsal.queries import changes_since
from hostcity.rehearsal.scenarios.queries import scenarios
from hostcity.rehearsal.views.parts import asked_again, changes_path, found, initial_of, problems_for


@acting(policy.SEE_REHEARSALS)
@require_safe
def list_calibrations(request: Any) -> HttpResponse:
    page = keyset_page(
        calibrations(request.edition, request.user), order=("-id",), after=request.GET.get("after", ""), size=50
    )
    may_start = matrix.may(request.user, policy.START_REHEARSAL, request.edition)
    return render(request, "rehearsal/calibrations/list.html", {"page": page, "may_start": may_start})


@acting(policy.START_REHEARSAL)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any) -> HttpResponse:
    """Upload counts; with ``again`` in the address those of then are used once more, unless others come."""
    return _start(request, CountsForm, "rehearsal/calibrations/start.html")


@acting(policy.START_REHEARSAL)
@require_http_methods(["GET", "HEAD", "POST"])
def start_log(request: Any) -> HttpResponse:
    """Upload a log of questions at information desks, in the same way."""
    return _start(request, LogForm, "rehearsal/calibrations/start_log.html")


def _start(request: Any, form_type: type[CountsForm], template: str) -> HttpResponse:
    before: Calibration | None = asked_again(request, calibration_in_full)
    form = form_type(
        request.POST or None, request.FILES or None, scenarios=list(scenarios(request.edition, request.user)),
        kept_name=before.counts_name if before else "", initial=_asked_then(before) if before else {},
    )  # fmt: skip
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            calibration = tried(form, lambda: _started(request, form.cleaned_data, before))
            if calibration:
                return redirect("calibration", edition=request.edition.code, key=calibration.public_id)
        except PlanError as error:
            problems = problems_for(error)
    status = 422 if problems or form.errors else 200
    values = {"form": form, "problems": problems, "before": before}
    return render(request, template, values, status=status)


def _asked_then(before: Calibration) -> dict[str, Any]:
    same = ("fits", "runs", "starts", "ends")
    return {name: getattr(before, name) for name in same} | initial_of(before)


def _started(request: Any, given: dict[str, Any], before: Calibration | None) -> Calibration:
    file = given.pop("file")
    if file:
        counts = {"name": file.name, "data": file.read(MOST_BYTES + 1)}
    elif before:
        counts = {"name": before.counts_name, "data": read_blob(before.counts_id)}
    else:
        raise AssertionError("the form asks for a file, unless there is an earlier one")
    if "starts" in given:
        given["log"] = Log(starts=given.pop("starts"), ends=given.pop("ends"))
    return start_calibration(edition=request.edition, by=request.user, **counts, **given)


@acting(policy.SEE_REHEARSALS)
@require_safe
def show(request: Any, key: UUID) -> HttpResponse:
    return _show(request, found(calibration_in_full, request, key))


def _show(request: Any, calibration: Calibration, refused: Refused | None = None) -> HttpResponse:
    summary = calibration.result.summary if calibration.result else None
    values = {
        "calibration": calibration, "summary": summary, "told": summary and summary["said"],
        "overrides": [*calibration.overrides, *summary["changes"]] if summary else [],
        "changes": changes_since(request.edition, [calibration.plan_number])[calibration.plan_number],
        "changes_path": changes_path(request.edition, calibration.plan_number),
        "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
        "refused": said(refused) if refused else "", **_to_take(request, calibration),
    }  # fmt: skip
    status = refused.status if refused else 200
    return render(request, "rehearsal/calibrations/calibration.html", values, status=status)


def _to_take(request: Any, calibration: Calibration) -> dict[str, bool]:
    """Whether the plan could have what was fitted, has it, or has other chances by now."""
    told = told_of(calibration)
    if told is None:
        return {}
    plan = plan_of(request.edition)
    taken, current = is_taken(plan, told), is_current(plan, told)
    may = matrix.may(request.user, matrix.IMPORT_PLAN, request.edition)
    return {"is_taken": taken, "is_stale": not (taken or current), "may_take": may and current and not taken}


@acting(matrix.IMPORT_PLAN)
@require_POST
def take(request: Any, key: UUID) -> HttpResponse:
    """Put fitted chances into the plan."""
    calibration: Calibration = found(calibration_in_full, request, key)
    try:
        acts = take_fitted(calibration=calibration, by=request.user)
    except Refused as refused:
        return _show(request, calibration, refused)
    done = _("Taken into the plan. It can be undone in the plan's history.")
    messages.success(request, done if acts else _("The plan has these chances already."))
    return redirect("calibration", edition=request.edition.code, key=key)


@acting(policy.SEE_REHEARSALS)
@require_safe
def download(request: Any, key: UUID) -> HttpResponse:
    """The fitted plan, tables and a page with every series drawn, in one archive."""
    calibration: Calibration = found(calibration_in_full, request, key)
    if calibration.result is None:
        raise Http404(str(key))
    return archive_of(calibration)


def archive_of(calibration: Calibration) -> HttpResponse:
    """The archive as an answer."""
    answer = HttpResponse(bytes_of(calibration.result, FILES), content_type="application/zip")  # type: ignore[arg-type]
    file = f"{calibration.edition.code}-calibration-{calibration.number}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
