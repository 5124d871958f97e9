"""Pages of exits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.sayings import is_chinese, said
from hostcity.venue import policy
from hostcity.venue.exits.forms import LimitsForm
from hostcity.venue.exits.queries import cards_of, drawing_sha256, last_check, open_check
from hostcity.venue.exits.services import check_exits

#: How the page of cards begins; and as the site says it, whatever language the browser or an earlier page asked for.
BEGINS = b'<html lang="en" data-lang="en"'
ENGLISH, CHINESE = (
    b'<html lang="en" data-lang="en" data-said="en"',
    b'<html lang="zh-Hans" data-lang="zh" data-said="zh"',
)


@acting(policy.SEE_MAP)
@require_safe
def show_exits(request: Any) -> HttpResponse:
    """What the last check found, hall by hall, and whether the drawing is still the same."""
    return _page(request, None)


def _page(request: Any, form: LimitsForm | None, status: int = 200) -> HttpResponse:
    check, going = last_check(request.edition), open_check(request.edition)
    limits = check.answer["limits"] if check and check.answer else None
    values: dict[str, Any] = {
        "form": form or LimitsForm(initial={name: f"{value:g}" for name, value in (limits or {}).items()}),
        "job": going, "error": for_reader(going.error) if going and going.error else None,
        "may_check": matrix.may(request.user, policy.CHECK_EXITS, request.edition),
    }  # fmt: skip
    if check and check.answer:
        plan = plan_of(request.edition)
        names = {each.code: _name(each) for each in plan.areas}
        values |= {
            "check": check, "limits": limits,
            "areas": [_demands(each) | {"name": names.get(each["area"], each["area"])} for each in check.answer["areas"]],
            "is_stale": drawing_sha256(plan) != check.answer["drawing"],
        }  # fmt: skip
    return render(request, "venue/exits/exits.html", values, status=status)


def _demands(area: dict[str, Any]) -> dict[str, Any]:
    """An area with which demand it meets; a check of long ago does not say it."""
    known = {"is_near": area["over_m2"] == 0.0, "is_wide": area["clear_m"] >= area["needed_m"]}
    return known | area | {"over_whole_m2": round(area["over_m2"])}


@acting(policy.SEE_MAP)
@require_safe
def show_cards(request: Any) -> HttpResponse:
    """The cards of the last check, one a sheet of paper, in the language of the reader; in its own policy."""
    check = last_check(request.edition)
    page = cards_of(check) if check else None
    if check is None or page is None:
        raise Http404("cards")
    answer = HttpResponse(page.replace(BEGINS, CHINESE if is_chinese() else ENGLISH, 1))
    answer["Content-Security-Policy"] = check.answer["policy"]
    answer["Cache-Control"] = "private, no-store"
    return answer


@acting(policy.CHECK_EXITS)
@require_POST
def check(request: Any) -> HttpResponse:
    """Have the exits of every hall checked."""
    form = LimitsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        check_exits(edition=request.edition, limits=form.limits(), by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("exits", edition=request.edition.code)


def _name(row: Any) -> str:
    names = (row.name_zh, row.name_en) if is_chinese() else (row.name_en, row.name_zh)
    return next((name for name in names if name), row.code)
