"""Lists of the force on a page, and as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.volunteers import policy
from hostcity.volunteers.joining.lists import KINDS, as_csv, as_workbook, force_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 300  # rows on the page; files have all


@acting(policy.SEE_APPLICATIONS)
@require_safe
def show_lists(request: Any) -> HttpResponse:
    """One of the lists, and files of all."""
    name = request.GET.get("list", "uniforms")
    if name not in KINDS:
        raise Http404(name)
    force = force_of(request.edition)
    rows = list(KINDS[name].rows(force))
    values = {
        "name": name, "kind": KINDS[name], "kinds": [(each, kind.title) for each, kind in KINDS.items()], "rows": rows[:MOST_SHOWN],
        "count": len(rows), "more": max(len(rows) - MOST_SHOWN, 0), "has_roster": bool(force.shifts),
    }  # fmt: skip
    return render(request, "volunteers/joining/lists.html", values)


@acting(policy.SEE_APPLICATIONS)
@require_safe
def download_list(request: Any, name: str) -> HttpResponse:
    """A list as CSV, or all of them as a workbook."""
    kind, _dot, ending = name.rpartition(".")
    force = force_of(request.edition)
    if name == "volunteers.xlsx":
        answer = HttpResponse(as_workbook(force), content_type=XLSX)
    elif ending == "csv" and kind in KINDS:
        text = as_csv(KINDS[kind].headings, list(KINDS[kind].rows(force)))
        answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    else:
        raise Http404(name)
    answer["Content-Disposition"] = f'attachment; filename="{request.edition.code}-{name}"'
    answer["Cache-Control"] = "no-store"  # it holds names
    return answer
