"""Who would like to serve, as a list and one by one; the call for volunteers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.volunteers import policy
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.asking import choices_of, language_name
from hostcity.volunteers.joining.forms import OpeningForm
from hostcity.volunteers.joining.queries import (
    ORDER,
    application_in,
    applications_of,
    counts_by_state,
    last_verb,
    opening_of,
    trainings_of,
    twins_of,
)
from hostcity.volunteers.joining.steps import BY_VERB, STEPS, steps_of
from hostcity.volunteers.joining.views.public import times_of
from hostcity.volunteers.joining.views.steps import MORE
from hostcity.volunteers.models import State

SIZES = (50, 200)


@acting(policy.SEE_APPLICATIONS)
@require_safe
def list_applications(request: Any) -> HttpResponse:
    """Applications, filtered, with how many are in each state, and what is done with those that are ticked."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("state", "campus", "training", "text")}
    twins, size = bool(request.GET.get("twins")), 200 if request.GET.get("size") == "200" else 50
    found = applications_of(request.edition, twins=twins, **asked)
    page = keyset_page(found, order=ORDER, after=request.GET.get("after", ""), size=size)
    choices = choices_of(request.edition)
    rows = [(each, choices.name("campuses", each.campus) if each.campus else each.university) for each in page.rows]
    values = {
        "page": page, "rows": rows, "asked": asked | {"twins": twins, "size": str(size)}, "counts": _counted(counts_by_state(request.edition)),
        "campuses": [(code, choices.name("campuses", code)) for code in choices.campuses], "trainings": trainings_of(request.edition),
        "steps": [*((name, each.label) for name, each in STEPS.items()), *MORE.items()], "opening": opening_of(request.edition), "states": State.choices,
        "sizes": SIZES, **rights(request),
    }  # fmt: skip
    return render(request, "volunteers/joining/list.html", values)


def _counted(counts: dict[State, int]) -> list[tuple[str, Any, int]]:
    return [(state.value, state.label, count) for state, count in counts.items()]


def rights(request: Any) -> dict[str, bool]:
    """What somebody may."""
    actions = {"may_open": policy.OPEN_JOINING, "may_step": policy.STEP_APPLICATION, "may_accredit": policy.ACCREDIT}
    return {name: matrix.may(request.user, action, request.edition) for name, action in actions.items()}


@acting(policy.SEE_APPLICATIONS)
@require_safe
def show_application(request: Any, code: str) -> HttpResponse:
    """One application: what was said, where it stands, what became of it, who may be the same person."""
    application = application_in(request.edition, code)
    if application is None:
        raise Http404(code)
    choices = choices_of(request.edition)
    values = {
        "application": application, "campus": choices.name("campuses", application.campus), "times": times_of(application, choices),
        "spoken": [(language_name(each), level) for each, level in application.languages.items()], "twins": twins_of(application),
        "can_erase": application.state == State.REFUSED and bool(application.secret_sha256),
        "zones": [choices.name("zones", each) for each in application.zones], "can_undo": last_verb(application) in BY_VERB,
        "steps": [(name, STEPS[name].label, STEPS[name].after != application.state) for name in steps_of(application)],
        "sees_phone": matrix.may(request.user, matrix.SEE_VOLUNTEER_CONTACTS, request.edition), **rights(request),
    }  # fmt: skip
    return render(request, "volunteers/joining/application.html", values)


@acting(policy.STEP_APPLICATION)
@require_POST
@never_cache
def renew_code(request: Any, code: str) -> HttpResponse:
    """Another code for an applicant who has lost theirs: the only moment at which it can be read."""
    application = application_in(request.edition, code)
    if application is None:
        raise Http404(code)
    fresh = services.renew_code(edition=request.edition, application=application, by=request.user)
    return render(request, "volunteers/joining/fresh_code.html", {"application": application, "fresh": fresh})


@acting(policy.OPEN_JOINING)
@require_http_methods(["GET", "HEAD", "POST"])
def change_opening(request: Any) -> HttpResponse:
    """Open or close sign-up."""
    opening = opening_of(request.edition)
    stored = {"version": 0}
    if opening:
        stored = {
            "is_open": opening.is_open, "closes_on": opening.closes_on, "consent_en": opening.consent.text_en,
            "consent_zh": opening.consent.text_zh, "version": opening.version,
        }  # fmt: skip
    form = OpeningForm(request.POST if request.method == "POST" else None, initial=stored)
    if request.method == "POST" and form.is_valid():
        done = tried(
            form, lambda: services.change_opening(edition=request.edition, by=request.user, **form.cleaned_data)
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("joining-opening", edition=request.edition.code)
    values = {"form": form, "opening": opening}
    return render(request, "volunteers/joining/opening.html", values, status=422 if form.errors else 200)
