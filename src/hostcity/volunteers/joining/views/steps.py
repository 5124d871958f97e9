"""Taking a step with one application or hundreds: what it asks for, then the act; and taking the last steps back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.volunteers import policy
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.asking import choices_of
from hostcity.volunteers.joining.forms import StepForm
from hostcity.volunteers.joining.queries import applications_by_codes, trainings_of
from hostcity.volunteers.joining.services.stepping import MOST
from hostcity.volunteers.joining.steps import STEPS

UNDO, ERASE = "undo", "erase"
MORE = {UNDO: gettext_lazy("Undo the last step"), ERASE: gettext_lazy("Erase the data of who was refused")}


@acting(policy.STEP_APPLICATION)
@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request: Any) -> HttpResponse:
    """First (without ``go``) what a step asks for and for whom it is; then the step. ``step`` undo takes the last ones back, erase empties refused ones."""
    if request.method != "POST":  # as from the page that tells of a stale version
        return redirect("applications", edition=request.edition.code)
    chosen, step = _chosen(request.POST.getlist("chosen")), request.POST.get("step", "")
    if step not in MORE and step not in STEPS:
        raise Refused("joining.step", _("There is no such step."), _("Choose one of the list."), field="step")
    if not chosen or len(chosen) > MOST:
        mend = _("Choose 1 to {most} of them.").format(most=f"{MOST:,}")
        raise Refused("joining.chosen", _("No applications were chosen, or too many."), mend)
    if step in STEPS:
        matrix.require(request.user, STEPS[step].action, request.edition)
    is_sent = bool(request.POST.get("go"))
    choices, trainings = choices_of(request.edition), trainings_of(request.edition)
    form = StepForm(request.edition, step, choices, trainings, request.POST if is_sent else None)
    if is_sent and form.is_valid() and (done := tried(form, lambda: _done(request, chosen, step, form))):
        text = ngettext(
            "{count} application has taken the step.", "{count} applications have taken the step.", len(done)
        )
        messages.success(request, text.format(count=f"{len(done):,}"))
        if len(chosen) == 1:
            return redirect("application", edition=request.edition.code, code=chosen[0][0])
        return redirect("applications", edition=request.edition.code)
    values = {
        "form": form, "step": step, "label": MORE[step] if step in MORE else STEPS[step].label,
        "chosen": [f"{code}:{version}" for code, version in chosen],
        "applications": applications_by_codes(request.edition, [code for code, _version in chosen]),
        "has_trainings": bool(trainings),
    }  # fmt: skip
    return render(request, "volunteers/joining/step.html", values, status=422 if form.errors else 200)


def _done(request: Any, chosen: list[tuple[str, int]], step: str, form: StepForm) -> Any:
    of = {"edition": request.edition, "chosen": chosen, "by": request.user}
    if step == UNDO:
        return services.undo_steps(**of)
    if step == ERASE:
        return services.erase_applications(**of)
    return services.step_applications(step=step, details=form.details(), **of)


def _chosen(values: list[str]) -> list[tuple[str, int]]:
    """Codes and versions of what was ticked; what is neither is left out, and each counts once."""
    found: dict[str, int] = {}
    for each in values:
        code, _colon, version = each.rpartition(":")
        if code and len(code) <= 12 and version.isascii() and version.isdigit() and len(version) < 10:
            found[code] = int(version)
    return list(found.items())
