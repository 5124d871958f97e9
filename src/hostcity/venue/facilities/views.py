"""Pages of facilities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.sayings import said
from hostcity.venue import policy
from hostcity.venue.facilities.forms import MeasureForm
from hostcity.venue.facilities.picture import marked_level
from hostcity.venue.facilities.queries import (
    SHEETS,
    Listed,
    Marked,
    asked_kind,
    kept_measures,
    last_job,
    listed,
    measure_of,
)
from hostcity.venue.facilities.services import ARRAYS, measure_facilities
from hostcity.venue.finding import words_of
from hostcity.venue.queries import VenueMap, venue_map
from hostcity.venue.replays import clock_of, kept_days, result_of
from hostcity.venue.words import kind_name


@acting(policy.SEE_MAP)
@require_safe
def show_facilities(request: Any) -> HttpResponse:
    """What was measured: how far everybody is from the nearest of each kind, what lacks where, and where one more would help."""
    return _page(request, None)


@acting(policy.MEASURE_FACILITIES)
@require_POST
def measure(request: Any) -> HttpResponse:
    """Have it measured by a rehearsal's day."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    day = result_of(request.edition, form.cleaned_data["result"])
    if day is None:
        raise Http404("result")
    try:
        measure_facilities(
            edition=request.edition, day=day, walks=form.limits("walk"), waits=form.limits("wait"),
            is_step_free=form.cleaned_data["step_free"], by=request.user,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("facilities", edition=request.edition.code)


@acting(policy.SEE_MAP)
@require_safe
def show_level(request: Any, measure: int, level: str) -> HttpResponse:
    """A level with what lacks on it as SVG; the part around a mark, if one is asked for."""
    found, venue = measure_of(request.edition, str(measure)), venue_map(request.edition)
    drawn = venue.level(level)
    if found is None or drawn is None:
        raise Http404(level)
    marks = _listed(request, found, venue).marks
    shown = next((each for each in marks if each.mark == request.GET.get("mark", "") and each.level == level), None)
    answer = HttpResponse(
        marked_level(drawn, words_of(venue), marks, shown), content_type="image/svg+xml; charset=utf-8"
    )
    answer["Cache-Control"] = "private, max-age=60"  # the drawing under it may change
    return answer


def _page(request: Any, form: MeasureForm | None, status: int = 200) -> HttpResponse:
    edition, job = request.edition, last_job(request.edition)
    may = matrix.may(request.user, policy.MEASURE_FACILITIES, edition)
    values: dict[str, Any] = {
        "job": job, "error": for_reader(job.error) if job and job.error else None, "may_measure": may,
        "form": form or _form(request, None), "kept": [],
    }  # fmt: skip
    found = measure_of(edition, request.GET.get("measured", ""))
    if found:
        values |= _shown(request, found) | {"kept": kept_measures(edition)}
    return render(request, "venue/facilities/facilities.html", values, status=status)


def _form(request: Any, data: Any) -> MeasureForm:
    days = kept_days(request.edition, request.user)
    known = Result.objects.filter(edition=request.edition, pk__in=[each.pk for each in days], blobs__has_key=ARRAYS)
    usable = set(known.values_list("pk", flat=True))
    return MeasureForm(data, days=[each for each in days if each.pk in usable])


def _shown(request: Any, found: Result) -> dict[str, Any]:
    venue, plan = venue_map(request.edition), plan_of(request.edition)
    said = words_of(venue)
    names = {area.code: said.name_of(area) for area in plan.areas}
    shown = _listed(request, found, venue)
    mark = next((each for each in shown.marks if each.mark == request.GET.get("mark", "") and each.level), None)
    first = next(
        (each.level for each in shown.marks if each.level), venue.entrance.level.code if venue.entrance else ""
    )
    asked = venue.level(request.GET.get("level", ""))
    level = mark.level if mark else asked.level.code if asked else first
    marked = {each.level for each in shown.marks}
    kept = {name: value for name in ("measured", "kind") if (value := request.GET.get(name))}
    summary = found.summary
    return {
        "found": found, "summary": summary, "day": _day_of(request, found),
        "is_stale": found.inputs["drawing"] != plan.sha256_of(SHEETS),
        "kind": asked_kind(request.GET.get("kind", "")),
        "served": [
            each | {"name": kind_name(each["kind"]), "percent": round(100 * each["beyond_share"])} for each in summary["served"]
        ],
        "persons_h": round(summary["persons_h"]),
        "often": [_row(each, names) for each in shown.often], "more_often": shown.more_often,
        "seldom": [_row(each, names) for each in shown.seldom], "more_seldom": shown.more_seldom,
        "places": [_row(each, names) for each in shown.next_places],
        "level": level, "mark": mark.mark if mark else "",
        "levels": [(each.level.code, said.name_of(each.level)) for each in venue.levels if each.level.code in marked],
        "picture_query": urlencode({"kind": kept["kind"]} if "kind" in kept else {}),
        "kept_query": "".join(f"{urlencode({name: value})}&" for name, value in kept.items()),
        "left_out": [names.get(each, each) for each in summary["left_out"]],
    }  # fmt: skip


def _listed(request: Any, found: Result, venue: VenueMap) -> Listed:
    return listed(found.summary, venue.level_of, asked_kind(request.GET.get("kind", "")))


def _day_of(request: Any, found: Result) -> Any:
    return next((each for each in kept_days(request.edition, request.user) if each.pk == found.inputs["result"]), None)


def _row(each: Marked, names: dict[str, str]) -> dict[str, Any]:
    """A line of a list as a page says it."""
    row = each.said
    at_s = row.get("worst_at_s")
    return {
        **row, "mark": each.mark, "sign": each.sign, "level": each.level, "name": kind_name(row["kind"]),
        "area_name": names.get(each.area, each.area), "percent": round(100 * row["share"]),
        "uses": round(row.get("uses", 0)), "persons_h": round(row.get("persons_h", 0)),
        "minutes": round(row["wait_p95_s"] / 60) if row.get("wait_p95_s") is not None else None,
        "clock": clock_of(at_s) if at_s is not None else "",
    }  # fmt: skip
