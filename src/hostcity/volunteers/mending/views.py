"""Mending a day: asking for it, what would change for whom, making it so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.drafts import job_of, named
from hostcity.volunteers.mending import services
from hostcity.volunteers.mending.forms import MendForm
from hostcity.volunteers.mending.mended import (
    has_moved_on,
    is_made_so,
    mended_day,
    mended_days,
    said_of,
    still_lacking,
    who_is_told,
)

MOST_LISTED = 300  # people
MOST_SHORT = 50  # posts that are still short


@acting(policy.MEND_ROSTER)
@require_safe
def list_mended(request: Any) -> HttpResponse:
    """The form, the work under way, and days that were mended."""
    return _list_page(request, MendForm(request.edition))


def _list_page(request: Any, form: MendForm, status: int = 200) -> HttpResponse:
    job = job_of(request.edition, services.JOB)
    values = {
        "job": job, "error": for_reader(job.error) if job and job.error else None, "form": form,
        "kept": [(each, named(each.summary["day"])) for each in mended_days(request.edition)],
    }  # fmt: skip
    return render(request, "volunteers/mend.html", values, status=status)


@acting(policy.MEND_ROSTER)
@require_POST
def ask(request: Any) -> HttpResponse:
    """Have a day mended."""
    form = MendForm(request.edition, request.POST)
    if form.is_valid() and tried(
        form, lambda: services.mend_day(edition=request.edition, by=request.user, **form.asked())
    ):
        return redirect("roster-mend", edition=request.edition.code)
    return _list_page(request, form, status=422)


@acting(policy.MEND_ROSTER)
@require_safe
def show_mended(request: Any, result: int) -> HttpResponse:
    """What would change for whom, with what to send to each."""
    return _page(request, _found(request, result))


def _found(request: Any, result: int) -> Result:
    found = mended_day(request.edition, result)
    if found is None:
        raise Http404("mended")
    return found


def _page(request: Any, found: Result, refused: Refused | None = None) -> HttpResponse:
    kept, summary = said_of(found), found.summary
    told, lacking = who_is_told(kept), still_lacking(kept)
    values = {
        "found": found, "day": named(kept["day"]), "band": named(summary["band"]) if summary["band"] else "",
        "short": dict(zip(("before", "without", "after"), summary["short"], strict=True)), "count": summary, "told": told[:MOST_LISTED],
        "more": max(len(told) - MOST_LISTED, 0), "lacking": lacking[:MOST_SHORT], "more_lacking": max(len(lacking) - MOST_SHORT, 0),
        "differs": bool(kept["changes"]), "is_made": is_made_so(request.edition, found), "has_moved_on": has_moved_on(request.edition, found),
        "may_publish": matrix.may(request.user, policy.PUBLISH_ROSTER, request.edition), "refusal": said(refused) if refused else "",
    }  # fmt: skip
    return render(request, "volunteers/mended.html", values, status=refused.status if refused else 200)


@acting(policy.PUBLISH_ROSTER)
@require_POST
def make_so(request: Any, result: int) -> HttpResponse:
    """Make the roster what a mended day says, if it is still the roster that was mended."""
    found = _found(request, result)
    try:
        services.make_it_so(edition=request.edition, result=found, by=request.user)
    except Refused as refused:
        return _page(request, found, refused)
    messages.success(
        request,
        _(
            "Done: whose shifts changed and who has an account has a notice; send the others their messages. It can be undone."
        ),
    )
    return redirect("rosters", edition=request.edition.code)
