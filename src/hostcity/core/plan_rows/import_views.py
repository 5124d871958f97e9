"""Pages of importing a plan: upload, look at what it would change, apply."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.jobs.trials import latest_trials, trial_or_404
from hostcity.core.middleware import acting
from hostcity.core.models import Act, Job
from hostcity.core.models.jobs import JobState
from hostcity.core.plan_rows import imports, queries
from hostcity.core.plan_rows.changes import IMPORT, ORDER
from hostcity.core.plan_rows.forms import ImportForm
from hostcity.core.plan_rows.history import MARKS, cells_of, changed_cells, sheets_in_order, told_acts
from hostcity.core.plan_rows.words import sheet_name
from hostcity.core.sayings import said


@acting(policy.IMPORT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def import_plan(request: Any) -> HttpResponse:
    """Upload a file to be tried."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > imports.MOST_BYTES:  # before it is read
                raise imports.too_large()
            job = imports.start_import(edition=request.edition, name=file.name, data=file.read(), by=request.user)
            return redirect("plan-import-job", edition=request.edition.code, public_id=job.public_id)
        except Refused as refused:
            form.add_error("file", said(refused))
    jobs = latest_trials(request.edition, imports.JOB)
    status = 422 if form.errors else 200
    return render(
        request,
        "core/plan_rows/import.html",
        {"form": form, "jobs": jobs, "job_page": "plan-import-job"},
        status=status,
    )


@acting(policy.IMPORT_PLAN)
@require_safe
def show_import(request: Any, public_id: UUID) -> HttpResponse:
    """How far a trial is; then what is wrong with the file, or what it would change."""
    job = trial_or_404(request.edition, public_id, imports.JOB)
    values: dict[str, Any] = {"job": job, "name": job.arguments["name"]}
    if job.state == JobState.DONE:
        values |= _trial(request, job)
    elif job.error:
        values["error"] = for_reader(job.error)
    return render(request, "core/plan_rows/import_job.html", values)


def _trial(request: Any, job: Job) -> dict[str, Any]:
    answer = job.answer
    now = queries.plan_of(request.edition).sha256
    applied = Act.objects.of(IMPORT, str(job.public_id)).filter(verb=IMPORT).order_by("number")
    return {
        "answer": answer,
        "applied": told_acts(request.edition, list(applied)),
        "is_same": now == answer["plan_sha256"],
        "is_stale": now not in (answer["plan_sha256"], answer["was_sha256"]),
        "counts": sheets_in_order(answer["counts"]),
        "lines": [_line(each) for each in answer["lines"]],
        "notes": [for_reader(each) for each in answer.get("notes", ())],
        "known": [for_reader(each) for each in answer.get("known", ())],
        "more": answer["total"] - len(answer["lines"]),
    }


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": MARKS[line["verb"]],
        "sheet": sheet_name(line["sheet"]),
        "key": line["key"],
        "moved": line.get("moved", 0) if line["verb"] == ORDER else 0,
        "fields": changed_cells(line["sheet"], line.get("fields", {})),
        "cells": cells_of(line["sheet"], line.get("row", {})),
    }


@acting(policy.IMPORT_PLAN)
@require_POST
def apply_import(request: Any, public_id: UUID) -> HttpResponse:
    """Make the plan equal to the file that was tried."""
    job = trial_or_404(request.edition, public_id, imports.JOB)
    try:
        acts = imports.apply_import(edition=request.edition, job=job, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
        return redirect("plan-import-job", edition=request.edition.code, public_id=public_id)
    count = max(len(acts) - 1, 0)
    told = ngettext(
        "The plan has been changed in {count} place.", "The plan has been changed in {count} places.", count
    )
    messages.success(request, told.format(count=count) if count else _("The plan is like the file already."))
    return redirect("plan-import-job", edition=request.edition.code, public_id=public_id)


@acting(policy.IMPORT_PLAN)
@require_POST
def try_again(request: Any, public_id: UUID) -> HttpResponse:
    """Try the same file against the plan as it is now."""
    job = imports.try_again(
        edition=request.edition, job=trial_or_404(request.edition, public_id, imports.JOB), by=request.user
    )
    return redirect("plan-import-job", edition=request.edition.code, public_id=job.public_id)
