"""Pages of drawings: bring one in, say what its layers are, look at its proof, approve it or send it back; take one out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.jobs.trials import latest_trials, trial_or_404
from hostcity.core.ledger_queries import told
from hostcity.core.middleware import acting
from hostcity.core.models import Blob, Job
from hostcity.core.models.jobs import JobState
from hostcity.core.plan_rows.history import told_acts
from hostcity.core.plan_rows.queries import plan_of, rows_of_sheets
from hostcity.core.plan_rows.words import sheet_name
from hostcity.core.sayings import is_chinese, said
from hostcity.plan import SHEETS, PlanError
from hostcity.plan.problems import Problem
from hostcity.report.words import in_chinese
from hostcity.venue.drawings import services
from hostcity.venue.drawings.export import archive_of_plan, level_of_plan
from hostcity.venue.drawings.forms import DrawingForm, LayersForm, NoteForm, initial_of
from hostcity.venue.drawings.links import listed
from hostcity.venue.drawings.queries import decisions_on, kept_map
from hostcity.venue.drawings.reading import kept
from hostcity.venue.drawings.svg import around, framed
from hostcity.venue.drawings.words import VERBS


@acting(policy.IMPORT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def list_drawings(request: Any) -> HttpResponse:
    """Bring a drawing in; the latest ones; the present plan as drawings."""
    form = DrawingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > services.MOST_BYTES:  # before it is read
                raise services.too_large()
            job = services.start_reading(edition=request.edition, name=file.name, data=file.read(), by=request.user)
            return redirect("drawing", edition=request.edition.code, public_id=job.public_id)
        except Refused as refused:
            form.add_error("file", said(refused))
    levels = rows_of_sheets(request.edition, ("levels",))["levels"]
    values = {
        "form": form, "jobs": latest_trials(request.edition, *services.KINDS),
        "levels": [(level.code, _in_language(level)) for level in levels],
    }  # fmt: skip
    return render(request, "venue/drawings/list.html", values, status=422 if form.errors else 200)


@acting(policy.IMPORT_PLAN)
@require_POST
def derive_network(request: Any) -> HttpResponse:
    """Have the walkable network derived from the plan's drawing, and proved."""
    try:
        job = services.derive_network(edition=request.edition, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
        return redirect("drawings", edition=request.edition.code)
    return redirect("drawing", edition=request.edition.code, public_id=job.public_id)


@acting(policy.IMPORT_PLAN)
@require_safe
def show_drawing(request: Any, public_id: UUID) -> HttpResponse:
    """How far a drawing is read; then its layers, or what is wrong with it, or its proof."""
    job = trial_or_404(request.edition, public_id, *services.KINDS)
    values: dict[str, Any] = {"job": job, "name": job.arguments["name"], "is_network": job.kind == services.NETWORK}
    if job.state == JobState.DONE and job.answer["step"] == "layers":
        values |= {"form": _layers_form(request, job)}
    elif job.state == JobState.DONE:
        values |= _proof(request, job)
    elif job.error:
        values["error"] = for_reader(job.error)
    return render(request, "venue/drawings/drawing.html", values)


@acting(policy.IMPORT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def map_layers(request: Any, public_id: UUID) -> HttpResponse:
    """Say what the layers of a drawing are, for the first time or once more."""
    job = trial_or_404(request.edition, public_id, services.JOB)
    form = _layers_form(request, _with_layers(job))
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = services.map_layers(edition=request.edition, job=job, layer_map=form.layer_map(), by=request.user)
            return redirect("drawing", edition=request.edition.code, public_id=made.public_id)
        except PlanError as error:
            problems = [_told(each) for each in error.problems]
        except Refused as refused:
            problems = [said(refused)]
    values = {"job": job, "name": job.arguments["name"], "form": form, "wrong": problems}
    return render(request, "venue/drawings/drawing.html", values, status=422 if problems or form.errors else 200)


@acting(policy.IMPORT_PLAN)
@require_safe
def show_picture(request: Any, public_id: UUID, level: str) -> HttpResponse:
    """A level of a proof as SVG; the part around a problem, or a row, with its number."""
    job = trial_or_404(request.edition, public_id, *services.KINDS)
    answer = job.answer or {}
    try:
        pictures = kept(answer["picture"]) if job.state == JobState.DONE and "picture" in answer else {}
    except Blob.DoesNotExist:
        pictures = {}
    if level not in pictures:
        raise Http404(level)
    problems = list(enumerate(answer["problems"], 1))
    marks = [
        (number, each["at"], each["is_refusal"]) for number, each in problems if each["at"] and each["level"] == level
    ]
    asked = request.GET.get("mark", "")
    place = next((at for number, at, _is in marks if str(number) == asked), None)
    text = framed(pictures[level], marks, around(place) if place else None, all_names=request.GET.get("names") == "all")
    answer = HttpResponse(text, content_type="image/svg+xml; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@acting(policy.IMPORT_PLAN)
@require_POST
def approve(request: Any, public_id: UUID) -> HttpResponse:
    """Make the plan's drawing that of the proof that was looked at."""
    job = trial_or_404(request.edition, public_id, *services.KINDS)
    try:
        acts = services.approve(edition=request.edition, job=job, proof=request.POST.get("proof", ""), by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
        return redirect("drawing", edition=request.edition.code, public_id=public_id)
    count = max(len(acts) - 1, 0)
    text = ngettext(
        "The plan has been changed in {count} place.", "The plan has been changed in {count} places.", count
    )
    messages.success(request, text.format(count=count) if count else _("The plan is like the drawing already."))
    return redirect("drawing", edition=request.edition.code, public_id=public_id)


@acting(policy.IMPORT_PLAN)
@require_POST
def send_back(request: Any, public_id: UUID) -> HttpResponse:
    """Say what is to be mended in the drawing."""
    job = trial_or_404(request.edition, public_id, *services.KINDS)
    try:
        services.send_back(edition=request.edition, job=job, note=request.POST.get("note", ""), by=request.user)
        messages.success(request, _("The drawing has been sent back. The plan is as it was."))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("drawing", edition=request.edition.code, public_id=public_id)


@acting(policy.IMPORT_PLAN)
@require_POST
def try_again(request: Any, public_id: UUID) -> HttpResponse:
    """Have the same drawing proved against the plan as it is now."""
    job = trial_or_404(request.edition, public_id, *services.KINDS)
    try:
        job = services.try_again(edition=request.edition, job=job, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("drawing", edition=request.edition.code, public_id=job.public_id)


@acting(policy.SEE_PLAN)
@require_safe
def download_archive(request: Any) -> HttpResponse:
    """The drawing of the present plan as an IMDF archive."""
    return _file(archive_of_plan(request.edition), "application/zip", f"{request.edition.code}.imdf.zip")


@acting(policy.SEE_PLAN)
@require_safe
def download_level(request: Any, level: str) -> HttpResponse:
    """A level of the present plan as a DXF drawing."""
    data = level_of_plan(request.edition, level)
    if data is None:
        raise Http404(level)
    return _file(data, "image/vnd.dxf", f"{request.edition.code}-{level}.dxf")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    from django.utils.http import content_disposition_header

    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _with_layers(job: Job) -> Job:
    """A job whose answer has the layers: the first one of this file, where this one has its proof already."""
    if job.answer and job.answer["step"] == "layers":
        return job
    same = Job.objects.filter(edition=job.edition, kind=services.JOB, state=JobState.DONE, answer__step="layers")
    found = same.filter(arguments__sha256=job.arguments["sha256"]).order_by("-id").first()
    if found is None:
        raise Http404(str(job.public_id))
    return found


def _layers_form(request: Any, job: Job) -> LayersForm:
    rows = rows_of_sheets(request.edition, ("levels", "areas"))
    layers = job.answer["layers"]
    return LayersForm(
        request.POST or None, layers=layers,
        levels=[(level.code, _in_language(level)) for level in rows["levels"]],
        areas=[(area.code, f"{area.code} · {_in_language(area)}") for area in rows["areas"]],
        initial=initial_of(layers, kept_map(request.edition), job.arguments["map"]),
    )  # fmt: skip


def _proof(request: Any, job: Job) -> dict[str, Any]:
    answer = job.answer
    plan = plan_of(request.edition)
    names = {each.code: _in_language(each) for each in plan.levels}
    decisions = decisions_on(request.edition, job)
    level = request.GET.get("level", "")
    levels = [code for code, _name in answer["levels"]]
    mark = request.GET.get("mark", "")
    problems = [for_reader(each) | {"number": number} for number, each in enumerate(answer["problems"], 1)]
    marked = next((each for each in problems if str(each["number"]) == mark and each["at"]), None)
    shown = marked["level"] if marked else level if level in levels else (levels or [""])[0]
    return {
        "answer": answer, "levels": [(code, names.get(code, name)) for code, name in answer["levels"]],
        "problems": problems,
        "refused": [each for each in problems if each["is_refusal"]],
        "doubts": [each for each in problems if not each["is_refusal"]],
        "more_problems": answer["refused"] + answer["doubts"] - len(problems),
        "counts": [
            (sheet_name(sheet), [counts.get(verb, 0) for verb in VERBS])
            for sheet in SHEETS if (counts := answer["counts"].get(sheet))
        ],
        "verbs": VERBS.values(),
        "changes": [each | {"sheet": sheet_name(each["sheet"]), "said": VERBS[each["verb"]]} for each in answer["changes"]],
        "more": answer["total"] - len(answer["changes"]),
        "level": shown, "mark": mark if marked else "", "can_map": job.arguments["map"] is not None,
        "is_same": services.is_like(plan, answer),
        "is_stale": services.is_outdated(plan, answer),
        "links": listed(
            answer.get("links", ()), request.GET.get("change", ""), request.GET.get("order", ""),
            is_all="all" in request.GET,
        ),
        "applied": told_acts(request.edition, [each for each in decisions if each.verb == "plan.import"]),
        "returned": told(request.edition, [each for each in decisions if each.verb == services.RETURN]),
        "note_form": NoteForm(),
    }  # fmt: skip


def _in_language(row: Any) -> str:
    names = (row.name_zh, row.name_en) if is_chinese() else (row.name_en, row.name_zh)
    return next((name for name in names if name), row.code)


def _told(problem: Problem) -> str:
    """A problem of a map, in the language of the reader."""
    say = in_chinese if is_chinese() else str
    return f"{say(problem.what)} {say(problem.mend)}"
