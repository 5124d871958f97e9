"""Feedback on pages: said by volunteers, answered by coordinators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.feedback import services
from hostcity.volunteers.feedback.forms import AnswerForm, SayForm
from hostcity.volunteers.feedback.queries import MOST_SHOWN, feedback_in, own_feedback, sums_of
from hostcity.volunteers.models import Feedback


@acting(policy.ANSWER_FEEDBACK)
@require_safe
def show_all(request: Any) -> HttpResponse:
    """A summary by post and band, and what waits for an answer, or all of it."""
    post, is_all = request.GET.get("post", "")[:100], "all" in request.GET or bool(request.GET.get("post"))
    values = {
        "sums": sums_of(request.edition), "lines": feedback_in(request.edition, waits=not is_all, post=post), "is_all": is_all, "post": post,
        "most": MOST_SHOWN,
    }  # fmt: skip
    return render(request, "volunteers/feedback/all.html", values)


@acting(policy.ANSWER_FEEDBACK)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Any, feedback: int) -> HttpResponse:
    """Answer one."""
    row = get_object_or_404(Feedback.objects.filter(edition=request.edition), pk=feedback)
    form = (
        AnswerForm(request.POST)
        if request.method == "POST"
        else AnswerForm(initial={"answer": row.answer, "version": row.version})
    )
    if form.is_valid():
        given = {"edition": request.edition, "feedback": row, "by": request.user, **form.cleaned_data}
        if tried(form, lambda: services.answer_feedback(**given)):
            messages.success(
                request,
                _("Kept. The volunteer sees the answer.") if given["answer"] else _("The answer is taken back."),
            )
            return redirect("feedback", edition=request.edition.code)
    return render(
        request, "volunteers/feedback/answer.html", {"row": row, "form": form}, status=422 if form.errors else 200
    )


@acting(policy.OWN_FEEDBACK)
@require_safe
def show_own(request: Any) -> HttpResponse:
    """One's own shifts, what one said of them, and the answers."""
    return render(request, "volunteers/feedback/mine.html", {"own": own_feedback(request.edition, request.user)})


@acting(policy.OWN_FEEDBACK)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: Any) -> HttpResponse:
    """Say how a shift was."""
    day, band = (request.GET.get(name, "")[:100] for name in ("day", "band"))
    found = [
        each
        for each in own_feedback(request.edition, request.user)
        if (each.attendance.day, each.attendance.band) == (day, band)
    ]
    if not found:
        raise Http404("shift")
    one, row = found[0], found[0].feedback
    initial = {"rating": row.rating, "text": row.text, "version": row.version} if row else {"version": 0}
    form = SayForm(request.POST) if request.method == "POST" else SayForm(initial=initial)
    if form.is_valid():
        given = {"edition": request.edition, "day": day, "band": band, "by": request.user, **form.cleaned_data}
        if tried(form, lambda: services.say_feedback(**given)):
            messages.success(request, _("Thank you. The coordinators read it."))
            return redirect("my-feedback", edition=request.edition.code)
    return render(
        request, "volunteers/feedback/say.html", {"one": one, "form": form}, status=422 if form.errors else 200
    )


@acting(policy.OWN_FEEDBACK)
@require_POST
def take_back(request: Any) -> HttpResponse:
    """Take back what one said."""
    day, band = (request.POST.get(name, "")[:100] for name in ("day", "band"))
    try:
        services.take_feedback_back(edition=request.edition, day=day, band=band, by=request.user)
        messages.success(request, _("Taken back: nobody reads it any more."))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("my-feedback", edition=request.edition.code)
