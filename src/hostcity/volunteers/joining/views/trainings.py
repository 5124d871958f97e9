"""Trainings as a list, with places left; adding, changing and removing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.asking import choices_of
from hostcity.volunteers.joining.forms import ChangeTrainingForm, TrainingForm
from hostcity.volunteers.joining.queries import trainings_of
from hostcity.volunteers.joining.services.training import FIELDS
from hostcity.volunteers.models import Training


@acting(policy.STEP_APPLICATION)
@require_http_methods(["GET", "HEAD", "POST"])
def list_trainings(request: Any) -> HttpResponse:
    """Trainings by time, and a form for another one."""
    choices = choices_of(request.edition)
    form = TrainingForm(choices, request.POST if request.method == "POST" else None)
    of = {"edition": request.edition, "by": request.user}
    if request.method == "POST" and form.is_valid() and tried(form, lambda: services.add_training(**of, **form.said())):
        messages.success(request, _("Saved."))
        return redirect("trainings", edition=request.edition.code)
    lines = [
        (each, [choices.name("classes", code) for code in each.training.post_classes])
        for each in trainings_of(request.edition)
    ]
    values = {"form": form, "lines": lines}
    return render(request, "volunteers/joining/trainings.html", values, status=422 if form.errors else 200)


@acting(policy.STEP_APPLICATION)
@require_http_methods(["GET", "HEAD", "POST"])
def change_training(request: Any, code: str) -> HttpResponse:
    """Change a training."""
    training = Training.objects.filter(edition=request.edition, code=code).first()
    if training is None:
        raise Http404(code)
    stored = {name: getattr(training, name) for name in (*FIELDS, "version")}
    form = ChangeTrainingForm(
        choices_of(request.edition), request.POST if request.method == "POST" else None, initial=stored
    )
    if request.method == "POST" and form.is_valid():
        of = {"edition": request.edition, "code": code, "by": request.user}
        if tried(form, lambda: services.change_training(**of, **form.said())):
            messages.success(request, _("Saved."))
            return redirect("trainings", edition=request.edition.code)
    values = {"form": form, "training": training}
    return render(request, "volunteers/joining/training.html", values, status=422 if form.errors else 200)


@acting(policy.STEP_APPLICATION)
@require_POST
def remove_training(request: Any, code: str) -> HttpResponse:
    """Remove a training that no application names."""
    if not Training.objects.filter(edition=request.edition, code=code).exists():
        raise Http404(code)
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        services.remove_training(edition=request.edition, code=code, version=number, by=request.user)
        messages.success(request, _("Removed."))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("trainings", edition=request.edition.code)
