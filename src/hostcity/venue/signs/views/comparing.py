"""Two plans of signs beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.venue import policy
from hostcity.venue.finding import words_of
from hostcity.venue.signs.picture import level_with
from hostcity.venue.signs.plan_shown import Said, arrow_of_face, face_shown, level_of_face
from hostcity.venue.signs.planned import difference, kept_plans, planned_of
from hostcity.venue.signs.queries import signs_of
from hostcity.venue.signs.showing import Teller
from hostcity.venue.signs.views.pictures import sent
from hostcity.venue.signs.views.plans import asked_plan


@acting(policy.SEE_MAP)
@require_safe
def compare(request: Any) -> HttpResponse:
    """Two plans of signs, the last two where none is named: their figures, and the faces that differ, on the map and as lists."""
    if not (pair := _pair(request)):
        return redirect("signs-plans", edition=request.edition.code)
    a, b = pair
    signs = signs_of(request.edition)
    teller, differs = Teller(request.edition, signs.venue), difference(planned_of(a), planned_of(b))

    def told(faces: Sequence[Said]) -> list[dict[str, Any]]:
        return [face_shown(each, teller, signs.venue.level_of) for each in faces]

    gone, new = told(differs["gone"]), told(differs["new"])
    other = [told(pair) for pair in differs["other"]]
    there = {each["level"] for each in (*gone, *new, *(pair[1] for pair in other))}
    levels = [
        (each.level.code, teller.levels[each.level.code]) for each in signs.venue.levels if each.level.code in there
    ]
    asked = request.GET.get("level", "")
    values = {
        "tab": "plans", "a": a, "b": b, "gone": gone, "new": new, "other": other, "same": len(differs["same"]), "levels": levels,
        "level": asked if asked in dict(levels) else (levels[0][0] if levels else ""), "rows": _beside_one_another(a, b),
        "is_alike": a.summary["model"] == b.summary["model"],
    }  # fmt: skip
    return render(request, "venue/signs/compare.html", values)


def _pair(request: Any) -> list[Result]:
    """The two plans that are named, else the last two, the older first; empty = there are not two."""
    if "a" in request.GET or "b" in request.GET:
        return [asked_plan(request, request.GET.get("a", "")), asked_plan(request, request.GET.get("b", ""))]
    last = kept_plans(request.edition)[:2]
    return last[::-1] if len(last) > 1 else []


def _beside_one_another(a: Result, b: Result) -> list[tuple[Any, Any, Any]]:
    def of(result: Result) -> dict[str, Any]:
        said = result.summary
        return {
            _("faces"): said["found"]["faces"], _("names"): said["found"]["names"], _("no signs"): said["unsigned"],
            _("at the busiest corners"): said["corners"]["value"], _("this plan"): said["found"]["value"],
            _("no plan does better than"): said["bound"]["value"],
        }  # fmt: skip

    of_a, of_b = of(a), of(b)
    return [(name, of_a[name], of_b[name]) for name in of_a]


@acting(policy.SEE_MAP)
@require_safe
def show_difference(request: Any, level: str) -> HttpResponse:
    """A level with the faces that two plans do not share."""
    signs, pair = signs_of(request.edition), _pair(request)
    drawn = signs.venue.level(level)
    if drawn is None or not pair:
        raise Http404(level)
    a, b = pair
    differs = difference(planned_of(a), planned_of(b))
    rows = [
        *((each, "gone", f"a-{each['code']}") for each in differs["gone"]), *((each, "new", f"b-{each['code']}") for each in differs["new"]),
        *((pair[1], "made", f"b-{pair[1]['code']}") for pair in differs["other"]),
    ]  # fmt: skip
    arrows = [arrow_of_face(each, style, mark) for each, style, mark in rows if level_of_face(each, signs) == level]
    return sent(request, level_with(drawn, words_of(signs.venue), arrows=arrows))
