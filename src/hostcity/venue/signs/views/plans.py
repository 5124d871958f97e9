"""Planning signs: asking for it, what was found, taking it over, two plans beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Several
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.results import bytes_of
from hostcity.core.sayings import said
from hostcity.venue import policy
from hostcity.venue.finding import words_of
from hostcity.venue.replays import kept_days, result_of
from hostcity.venue.signs.drawing import planned_sha256
from hostcity.venue.signs.forms import PlanForm
from hostcity.venue.signs.picture import level_with
from hostcity.venue.signs.plan_shown import arrow_of_face, beside, face_shown, level_of_face, spots_of
from hostcity.venue.signs.planned import FOUND, job_of, kept_plans, plan_by, planned_of
from hostcity.venue.signs.queries import PAGE, Page, signs_of
from hostcity.venue.signs.services.planning import ARRAYS, PLAN_JOB, plan_signs, take_over, with_planned
from hostcity.venue.signs.showing import Teller
from hostcity.venue.signs.views.pictures import sent

Said = Mapping[str, Any]
SHOWS = (
    "faces",
    "unsigned",
    "found",
)  # what a picture shows: the plan's faces, where people get lost without signs, and with them
TYPES = {
    "signs.json": "application/json", "signs.pdf": "application/pdf",
    "signs.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@acting(policy.SEE_MAP)
@require_safe
def list_plans(request: Any) -> HttpResponse:
    """Plans of signs that were made, and the form that asks for another."""
    return _list(request, None)


def _list(request: Any, form: PlanForm | None, status: int = 200) -> HttpResponse:
    edition, job = request.edition, job_of(request.edition, PLAN_JOB)
    values = {
        "tab": "plans", "job": job, "error": for_reader(job.error) if job and job.error else None, "form": form or _form(request, None),
        "may_plan": matrix.may(request.user, policy.PLAN_SIGNS, edition), "kept": kept_plans(edition), "days": dict(_days(request)),
    }  # fmt: skip
    return render(request, "venue/signs/plans.html", values, status=status)


def _days(request: Any) -> list[tuple[int, str]]:
    return [(each.pk, each.title) for each in kept_days(request.edition, request.user)]


def _form(request: Any, data: Any) -> PlanForm:
    days = kept_days(request.edition, request.user)
    known = Result.objects.filter(edition=request.edition, pk__in=[each.pk for each in days], blobs__has_key=ARRAYS)
    usable = set(known.values_list("pk", flat=True))
    return PlanForm(data, days=[each for each in days if each.pk in usable])


@acting(policy.PLAN_SIGNS)
@require_POST
def start(request: Any) -> HttpResponse:
    """Have signs planned."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    given = form.cleaned_data
    try:
        plan_signs(
            edition=request.edition, day=result_of(request.edition, given["result"]) if given["result"] else None,
            recovers=given["recovers"] != "no", afresh=given["afresh"], by=request.user, **form.figures(),
        )  # fmt: skip
    except Refused as refused:
        for each in refused.refusals if isinstance(refused, Several) else (refused,):
            form.add_error(each.field if each.field in form.fields else None, said(each))
        return _list(request, form, status=422)
    return redirect("signs-plans", edition=request.edition.code)


def asked_plan(request: Any, result: Any) -> Result:
    found = plan_by(request.edition, str(result))
    if found is None:
        raise Http404("signs")
    return found


@acting(policy.SEE_MAP)
@require_safe
def show_plan(request: Any, result: int) -> HttpResponse:
    """What was found: beside other plans and the bound, on the map, face by face."""
    return _show(request, asked_plan(request, result))


def _show(request: Any, found: Result, refused: Refused | None = None) -> HttpResponse:
    edition, signs = request.edition, signs_of(request.edition)
    told, teller, plan = planned_of(found), Teller(request.edition, signs.venue), plan_of(request.edition)
    faces = [face_shown(each, teller, signs.venue.level_of) for each in told["faces"]]
    shows = request.GET.get("show", "faces") if request.GET.get("show", "faces") in SHOWS else "faces"
    page = _page(faces, request.GET.get("after", ""))
    there = {each["level"] for each in (faces if shows == "faces" else told["astray"])}
    levels = [
        (each.level.code, teller.levels[each.level.code]) for each in signs.venue.levels if each.level.code in there
    ]
    asked = request.GET.get("level", "")
    nodes = [each for each in told["astray"] if each["level"] in teller.levels][:10]
    is_same = planned_sha256(plan) == found.inputs["made_of"]
    is_taken = not is_same and with_planned(plan, found) == plan
    values = {
        "tab": "plans", "found": found, "told": told, "page": page, "faces": page.rows, "beside": beside(told), "is_walked": told["model"] == "recovery",
        "shows": shows, "levels": levels, "level": asked if asked in dict(levels) else (levels[0][0] if levels else ""),
        "worst": [each | {"level_name": teller.levels[each["level"]]} for each in nodes], "is_taken": is_taken, "is_stale": not (is_same or is_taken),
        "may_take": matrix.may(request.user, matrix.IMPORT_PLAN, edition) and is_same,
        "others": [each for each in kept_plans(edition) if each.pk != found.pk], "day": dict(_days(request)).get(found.inputs["result"], ""),
        "refusals": [said(refused)] if refused else [], "gap": round(100 * told["bound"]["gap"], 1),
    }  # fmt: skip
    return render(request, "venue/signs/plan.html", values, status=refused.status if refused else 200)


def _page(rows: Sequence[Said], after: str) -> Page:
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0
    return Page(rows[start : start + PAGE], str(start + PAGE) if start + PAGE < len(rows) else "")


@acting(policy.SEE_MAP)
@require_safe
def show_level(request: Any, result: int, level: str) -> HttpResponse:
    """A level with the plan's faces, or with where people turn wrong: discs as large as there are many an hour."""
    told, signs = planned_of(asked_plan(request, result)), signs_of(request.edition)
    drawn = signs.venue.level(level)
    if drawn is None:
        raise Http404(level)
    show = request.GET.get("show", "faces")
    arrows = [
        arrow_of_face(each, "approved" if each["is_new"] else "installed") for each in told["faces"] if level_of_face(each, signs) == level
    ] if show == "faces" else []  # fmt: skip
    near = next((each.at for each in arrows if each.mark == request.GET.get("mark", "")), None)
    spots = spots_of(told, level, show) if show in ("unsigned", "found") else []
    return sent(request, level_with(drawn, words_of(signs.venue), arrows=arrows, spots=spots, shown=near))


@acting(policy.SEE_MAP)
@require_safe
def send_file(request: Any, result: int, name: str) -> HttpResponse:
    """Schedule and quantities, as paper, as a workbook, or for programs."""
    found = asked_plan(request, result)
    if name not in TYPES or name not in found.blobs:
        raise Http404(name)
    data = bytes_of(found, name)
    answer = HttpResponse(data, content_type=TYPES[name])
    if name == FOUND:
        answer["Content-Encoding"] = "gzip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


@acting(matrix.IMPORT_PLAN)
@require_POST
def take(request: Any, result: int) -> HttpResponse:
    """Put the new faces into the plan, as proposed ones."""
    found = asked_plan(request, result)
    try:
        acts = take_over(edition=request.edition, result=found, by=request.user)
    except Refused as refused:
        return _show(request, found, refused)
    messages.success(
        request,
        _("Taken over as proposed faces. It can be undone in the plan's history.")
        if acts
        else _("The plan holds these faces already."),
    )
    return redirect("signs", edition=request.edition.code)
