"""Two rehearsals side by side: at once from what is stored, or played again under the same draws."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.results import plan_of_snapshot
from hostcity.rehearsal import policy
from hostcity.rehearsal.compared import MOST_SHOWN, plan_lines, rows_of
from hostcity.rehearsal.forms import CompareForm, RunsForm
from hostcity.rehearsal.models import Comparison, Rehearsal
from hostcity.rehearsal.queries import comparison_in_full, comparisons, played
from hostcity.rehearsal.services import compare_rehearsals
from hostcity.rehearsal.views.parts import found, show_refusal

MOST_CHOICES = 100


@acting(policy.SEE_REHEARSALS)
@require_safe
def compare(request: Any) -> HttpResponse:
    return _page(request, RunsForm())


def _page(request: Any, runs: RunsForm, status: int = 200) -> HttpResponse:
    asked = request.GET if "a" in request.GET and "b" in request.GET else None
    rows = played(request.edition, request.user).select_related("result")
    form = CompareForm(
        asked, choices=rows, initial=_first_two(rows, request.GET.get("b", "")) if asked is None else None
    )
    values = {
        "form": form, "runs": runs, "comparisons": comparisons(request.edition)[:10],
        "may_start": matrix.may(request.user, policy.START_REHEARSAL, request.edition),
    }  # fmt: skip
    if asked is not None and form.is_valid():
        values |= _side_by_side(form.cleaned_data["a"], form.cleaned_data["b"])
    return render(request, "rehearsal/compare.html", values, status=status)


def _first_two(rows: Any, wanted: str) -> dict[str, Any]:
    """The last two, or one that is asked for as B and the last of the others."""
    last = [str(each) for each in rows.values_list("public_id", flat=True)[:2]]
    if not last:
        return {}
    b = wanted or last[0]
    return {"a": next((each for each in last if each != b), b), "b": b}


def _side_by_side(a: Rehearsal, b: Rehearsal) -> dict[str, Any]:
    plans = plan_of_snapshot(a.snapshot), plan_of_snapshot(b.snapshot)
    figures = rows_of(plans[0], a.result.summary, b.result.summary)  # type: ignore[union-attr]
    lines = plan_lines(*plans) if a.snapshot_id != b.snapshot_id else []
    return {
        "a": a, "b": b, "figures": figures[:MOST_SHOWN], "more_figures": max(0, len(figures) - MOST_SHOWN),
        "lines": lines[:MOST_SHOWN], "more_lines": max(0, len(lines) - MOST_SHOWN),
        "scenarios_a": _scenarios_only(a, b), "scenarios_b": _scenarios_only(b, a),
        "only_a": [each for each in a.overrides if each not in b.overrides],
        "only_b": [each for each in b.overrides if each not in a.overrides],
    }  # fmt: skip


def _scenarios_only(one: Rehearsal, other: Rehearsal) -> list[dict[str, Any]]:
    """Scenarios of the one that the other has not, by their bytes."""
    hashes = {each["sha256"] for each in other.scenarios}
    return [each for each in one.scenarios if each["sha256"] not in hashes]


@acting(policy.START_REHEARSAL)
@require_POST
def start_comparison(request: Any) -> HttpResponse:
    """Have both plans played several times; the two rehearsals are those of the page that asked."""
    choices = CompareForm(request.POST, choices=played(request.edition, request.user))
    runs = RunsForm(request.POST)
    if choices.is_valid() and runs.is_valid():
        try:
            comparison = compare_rehearsals(by=request.user, runs=runs.cleaned_data["runs"], **choices.cleaned_data)
            return redirect("comparison", edition=request.edition.code, key=comparison.public_id)
        except Refused as error:
            show_refusal(runs, error)
    request.GET = request.POST  # the same two again
    return _page(request, runs, status=422)


@acting(policy.SEE_REHEARSALS)
@require_safe
def show_comparison(request: Any, key: Any) -> HttpResponse:
    comparison: Comparison = found(comparison_in_full, request, key)
    summary = dict(comparison.result.summary) if comparison.result else None
    if summary and summary.get("map"):  # one of an earlier version has none
        summary["map"] = _shown_map(summary["map"])
    return render(request, "rehearsal/comparison.html", {"comparison": comparison, "summary": summary})


def _shown_map(drawn: dict[str, Any]) -> dict[str, Any]:
    """The map with what only its page needs: the key's figures, and what its slider reads."""
    small, some, much = drawn["steps"]
    return drawn | {
        "key": (f"−{much:g}", f"−{some:g}", f"−{small:g}", f"{small:g}", f"+{small:g}", f"+{some:g}", f"+{much:g}"),
        "worst_at": drawn["clocks"][drawn["worst"]],
        "quarters": {name: drawn[name] for name in ("clocks", "colors", "worst")},
    }
