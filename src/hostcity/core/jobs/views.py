"""Pages of jobs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.jobs import queries, services
from hostcity.core.middleware import acting
from hostcity.core.models import Job
from hostcity.core.paging import keyset_page
from hostcity.core.sayings import said


@acting(policy.SEE_JOBS)
@require_GET
def list_jobs(request: Any) -> HttpResponse:
    state = request.GET.get("state", "")
    found = queries.jobs_of(request.edition, request.user, state=state)
    page = keyset_page(found, order=("-id",), after=request.GET.get("after", ""))
    states = [("", _("All")), ("open", _("Not finished")), ("failed", _("Failed"))]
    return render(request, "core/jobs/list.html", {"page": page, "state": state, "states": states})


@acting(policy.SEE_JOBS)
@require_GET
def show_job(request: Any, public_id: UUID) -> HttpResponse:
    """The page; or only its changing part, for a page that polls."""
    job = _job(request, public_id)
    if "fragment" not in request.GET:
        return render(request, "core/jobs/page.html", {"job": job})
    reload = "reload" in request.GET
    has_news = request.GET.get("seen") != job.said
    answer = render(request, "core/jobs/fragment.html", {"job": job, "reload": reload, "has_news": has_news})
    if reload and not job.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@acting(policy.CANCEL_JOBS)
@require_POST
def cancel_job(request: Any, public_id: UUID) -> HttpResponse:
    job = _job(request, public_id)
    try:
        services.cancel_job(job=job, by=request.user)
        messages.success(request, _("The work is being cancelled."))
    except Refused as refused:
        messages.warning(request, said(refused))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("job", edition=request.edition.code, public_id=job.public_id)


def _job(request: Any, public_id: UUID) -> Job:
    job = queries.job_of(request.edition, request.user, public_id)
    if job is None:
        raise Http404(public_id)
    return job
