"""Pages of scenarios: all of them, one, trying a file, keeping it, removing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.jobs.trials import latest_trials, trial_or_404
from hostcity.core.middleware import acting
from hostcity.core.models.jobs import JobState
from hostcity.core.plan_rows.history import cells_of
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.results import read_blob
from hostcity.core.sayings import said
from hostcity.plan import PlanError
from hostcity.plan.scenarios import SUFFIX, try_scenario
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import KeptScenario
from hostcity.rehearsal.scenarios import services
from hostcity.rehearsal.scenarios.forms import UploadForm
from hostcity.rehearsal.scenarios.queries import scenario_in_full, scenarios
from hostcity.rehearsal.scenarios.trials import JOB, told
from hostcity.rehearsal.views.parts import found, problems_for


@acting(policy.SEE_REHEARSALS)
@require_safe
def list_scenarios(request: Any) -> HttpResponse:
    values = {
        "scenarios": scenarios(request.edition, request.user),
        "may_keep": matrix.may(request.user, policy.KEEP_SCENARIO, request.edition),
        "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
    }
    return render(request, "rehearsal/scenarios/list.html", values)


@acting(policy.SEE_REHEARSALS)
@require_safe
def show(request: Any, key: UUID) -> HttpResponse:
    """What a scenario teaches and changes, and whether it can happen on the plan as it stands."""
    scenario: KeptScenario = found(scenario_in_full, request, key)
    values: dict[str, Any] = {
        "scenario": scenario,
        "may_keep": matrix.may(request.user, policy.KEEP_SCENARIO, request.edition, scenario),
        "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
    }
    try:
        _plan, read = try_scenario(plan_of(request.edition), scenario.name, read_blob(scenario.blob_id))
    except PlanError as error:
        values["problems"] = problems_for(error)
    else:
        values |= _changes(told(read))
    return render(request, "rehearsal/scenarios/scenario.html", values)


def _changes(answer: dict[str, Any]) -> dict[str, Any]:
    return {"changes": answer["changes"], "events": [cells_of("timeline", each) for each in answer["events"]]}


@acting(policy.SEE_REHEARSALS)
@require_safe
def download(request: Any, key: UUID) -> HttpResponse:
    """The file, byte by byte; also of a scenario that was removed."""
    scenario: KeptScenario = found(scenario_in_full, request, key)
    answer = HttpResponse(read_blob(scenario.blob_id), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, scenario.name + SUFFIX) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@acting(policy.KEEP_SCENARIO)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Any) -> HttpResponse:
    """Upload a file to be tried."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        given = {"name": file.name, "data": file.read(services.MOST_BYTES + 1)}
        job = tried(form, lambda: services.try_file(edition=request.edition, by=request.user, **given))
        if job:
            return redirect("scenario-trial", edition=request.edition.code, public_id=job.public_id)
    values = {
        "form": form, "jobs": latest_trials(request.edition, JOB), "job_page": "scenario-trial",
        "cancel": reverse("scenarios", args=[request.edition.code]),
    }  # fmt: skip
    return render(request, "rehearsal/scenarios/upload.html", values, status=422 if form.errors else 200)


@acting(policy.KEEP_SCENARIO)
@require_safe
def show_trial(request: Any, public_id: UUID) -> HttpResponse:
    """How far a trial is; then what is wrong with the file, or what the scenario would change."""
    job = trial_or_404(request.edition, public_id, JOB)
    values: dict[str, Any] = {"job": job, "name": job.arguments["name"], "kept_name": job.arguments["scenario"]}
    if job.state == JobState.DONE:
        same_name = scenarios(request.edition, request.user).filter(name=job.arguments["scenario"]).first()
        is_kept = same_name is not None and same_name.blob_id == job.answer["sha256"]
        values |= {"answer": job.answer, "same_name": same_name, "is_kept": is_kept, **_changes(job.answer)}
    elif job.error:
        values["error"] = for_reader(job.error)
    return render(request, "rehearsal/scenarios/trial.html", values)


@acting(policy.KEEP_SCENARIO)
@require_POST
def keep(request: Any, public_id: UUID) -> HttpResponse:
    """Keep the scenario of a trial."""
    job = trial_or_404(request.edition, public_id, JOB)
    try:
        scenario = services.keep_scenario(edition=request.edition, job=job, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
        return redirect("scenario-trial", edition=request.edition.code, public_id=public_id)
    messages.success(request, _("The scenario is kept: it can be chosen when a rehearsal is started."))
    return redirect("scenario", edition=request.edition.code, key=scenario.public_id)


@acting(policy.KEEP_SCENARIO)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Any, key: UUID) -> HttpResponse:
    """Asks first, so that it needs no script."""
    scenario: KeptScenario = found(scenario_in_full, request, key)
    if request.method != "POST":
        return render(request, "rehearsal/scenarios/remove.html", {"scenario": scenario})
    services.remove_scenario(scenario=scenario, by=request.user)
    messages.success(request, _("Removed: {name}").format(name=scenario.name))
    return redirect("scenarios", edition=request.edition.code)
