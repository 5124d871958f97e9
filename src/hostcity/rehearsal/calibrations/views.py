"""Pages of calibrations: all of them, uploading counts, and what they say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.core.results import bytes_of, read_blob
from hostcity.plan import PlanError
from hostcity.rehearsal import policy
from hostcity.rehearsal.calibrations.forms import CountsForm
from hostcity.rehearsal.calibrations.queries import calibration_in_full, calibrations
from hostcity.rehearsal.calibrations.services import FILES, MOST_BYTES, start_calibration
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
    before: Calibration | None = asked_again(request, calibration_in_full)
    initial = {"fits": before.fits, "runs": before.runs} | initial_of(before) if before else {}
    form = CountsForm(
        request.POST or None, request.FILES or None, scenarios=list(scenarios(request.edition, request.user)),
        kept_name=before.counts_name if before else "", initial=initial,
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
    return render(request, "rehearsal/calibrations/start.html", values, status=status)


def _started(request: Any, given: dict[str, Any], before: Calibration | None) -> Calibration:
    file = given.pop("file")
    if file:
        counts = {"name": file.name, "data": file.read(MOST_BYTES + 1)}
    elif before:
        counts = {"name": before.counts_name, "data": read_blob(before.counts_id)}
    else:
        raise AssertionError("the form asks for a file, unless there is an earlier one")
    return start_calibration(edition=request.edition, by=request.user, **counts, **given)


@acting(policy.SEE_REHEARSALS)
@require_safe
def show(request: Any, key: UUID) -> HttpResponse:
    calibration: Calibration = found(calibration_in_full, request, key)
    summary = calibration.result.summary if calibration.result else None
    values = {
        "calibration": calibration, "summary": summary, "told": summary and summary["said"],
        "overrides": [*calibration.overrides, *summary["changes"]] if summary else [],
        "changes": changes_since(request.edition, [calibration.plan_number])[calibration.plan_number],
        "changes_path": changes_path(request.edition, calibration.plan_number),
        "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
    }  # fmt: skip
    return render(request, "rehearsal/calibrations/calibration.html", values)


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
