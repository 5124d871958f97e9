"""Pages of importing people: upload, look at what it would change, apply."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.jobs.trials import latest_trials, trial_or_404
from hostcity.core.middleware import acting
from hostcity.core.models import Job
from hostcity.core.models.jobs import JobState
from hostcity.core.models.people import Role
from hostcity.core.people import imports, lists
from hostcity.core.people.forms import ImportForm
from hostcity.core.people.import_checks import MOST_PROBLEMS
from hostcity.core.people.registered import FIELDS
from hostcity.core.sayings import is_chinese, said


@acting(policy.ADD_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request: Any) -> HttpResponse:
    """Upload a list to be tried."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(lists.MOST_BYTES + 1)
        given = {"edition": request.edition, "name": file.name, "data": data, "by": request.user}
        job = tried(form, lambda: imports.start_import(**given))
        if job:
            return _to_job(job)
    jobs = latest_trials(request.edition, imports.JOB)
    may_all = policy.may(request.user, policy.CHANGE_PEOPLE, request.edition)
    roles = list(Role) if may_all else [Role.VOLUNTEER]
    said_roles = [str(role.label) if is_chinese() else role.value for role in roles]
    more = {"columns": lists.columns_said(chinese=is_chinese()), "roles": said_roles, "jobs": jobs}
    more |= {"job_page": "people-import-job", "cancel": reverse("people", args=[request.edition.code])}
    return render(request, "people/import.html", {"form": form, **more}, status=422 if form.errors else 200)


@acting(policy.ADD_VOLUNTEERS)
@require_safe
def show_import(request: Any, public_id: UUID) -> HttpResponse:
    """How far a trial is; then what is wrong with the list, or what it would change."""
    job = trial_or_404(request.edition, public_id, imports.JOB)
    values: dict[str, Any] = {"job": job, "name": job.arguments["name"], "is_kept": bool(job.arguments["sha256"])}
    if job.state == JobState.DONE:
        names = imports.kept_names(job)
        lines = [_line(each, names) for each in job.answer["lines"]]
        applying = imports.latest_apply(job)
        values |= {"applying": applying, "apply_error": applying and applying.said_error}
        values |= {"answer": job.answer, "lines": lines, "more": job.answer["total"] - len(lines)}
    elif job.error:
        values |= {"error": for_reader(job.error), "most": MOST_PROBLEMS}
    return render(request, "people/import_job.html", values)


def _line(line: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    fields = [FIELDS[each] for each in line["fields"]]
    role = Role(line["role"]).label if line["role"] else ""
    return {**line, "fields": fields, "role": role, "name": names.get(line["row"], "")}


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def apply_import(request: Any, public_id: UUID) -> HttpResponse:
    """Have people added and changed as the trial said."""
    job = trial_or_404(request.edition, public_id, imports.JOB)
    try:
        imports.apply_import(edition=request.edition, job=job, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
    return _to_job(job)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def try_again(request: Any, public_id: UUID) -> HttpResponse:
    """Try the same file against the people as they are now."""
    job = trial_or_404(request.edition, public_id, imports.JOB)
    try:
        job = imports.try_again(edition=request.edition, job=job, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
    return _to_job(job)


def _to_job(job: Job) -> HttpResponse:
    return redirect("people-import-job", edition=job.edition.code, public_id=job.public_id)
