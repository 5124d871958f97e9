"""Pages of forecasts: having one made, how the probability went, and all that one of them says."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.core.sayings import said
from hostcity.readiness import policy
from hostcity.readiness.forecasts.charts import chart_of, said_at
from hostcity.readiness.forecasts.kept import RULES, Point, Said, forecast_result, history_of, job_of, moved, said_of
from hostcity.readiness.forecasts.services import JOB, make_forecast
from hostcity.readiness.forecasts.showing import (
    Named,
    curves_of_milestone,
    curves_of_opening,
    day_of,
    groups_of,
    milestones_of,
    slips_of,
)
from hostcity.readiness.forecasts.words import RULES as RULE_NAMES

MOST_LISTED = 25  # milestones; the API gives all
QUANTILES = (0.1, 0.5, 0.9)


@acting(policy.SEE_TASKS)
@require_safe
def list_forecasts(request: Any) -> HttpResponse:
    """The button, the work under way, the history and its list."""
    return _list_page(request)


def _list_page(request: Any, refused: Refused | None = None) -> HttpResponse:
    history, job = history_of(request.edition), job_of(request.edition, JOB)
    values = {
        "history": [(each, moved(history, each)) for each in history], "chart": history_chart(history), "job": job,
        "error": for_reader(job.error) if job and job.error else None, "refusal": said(refused) if refused else "",
        "may_make": matrix.may(request.user, policy.MAKE_FORECAST, request.edition), "rules": RULE_NAMES,
    }  # fmt: skip
    return render(request, "readiness/forecasts.html", values, status=refused.status if refused else 200)


def history_chart(history: list[Point]) -> str:
    """The last forecast of each day; nothing where there are not two days."""
    by_day = {each.day: each for each in reversed(history)}
    if len(by_day) < 2:
        return ""
    curves = {rule: [(day, each.chance[rule]) for day, each in sorted(by_day.items())] for rule in RULES}
    last = max(by_day)
    return chart_of(curves, said_at(last, by_day[last].chance), is_stepped=False)


@acting(policy.MAKE_FORECAST)
@require_POST
def make(request: Any) -> HttpResponse:
    """Have a forecast made."""
    try:
        make_forecast(edition=request.edition, by=request.user)
    except Refused as refused:
        return _list_page(request, refused)
    return redirect("forecasts", edition=request.edition.code)


@acting(policy.SEE_TASKS)
@require_safe
def show_forecast(request: Any, result: int) -> HttpResponse:
    """All that a forecast says, with the curve of the opening or of a milestone."""
    found = forecast_result(request.edition, result)
    if found is None:
        raise Http404("forecast")
    return render(request, "readiness/forecast.html", _values(request, found))


def _values(request: Any, found: Result) -> dict[str, Any]:
    told, names = said_of(found), Named(request.edition)
    milestones = milestones_of(names, told)
    asked = next((each for each in told["milestones"] if each["code"] == request.GET.get("of", "")), None)
    return {
        "found": found, "told": told, "day": day_of(found.inputs["today"]), "opens": day_of(told["opens"]), "rows": _rules(told),
        "chart": _chart(told, asked), "of": asked["code"] if asked else "", "of_name": names.task(asked["code"]) if asked else "",
        "milestones": milestones[:MOST_LISTED], "more": max(0, len(milestones) - MOST_LISTED), "groups": groups_of(names, told),
        "slips": slips_of(names, told),
        "risks": [(each, names.risks.get(each["code"], each["code"])) for each in told["risks"]],
        "effort": [(names.tasks[code][0] if code in names.tasks else "", names.task(code)) for code in told["effort"]["tasks"]],
        "rules": RULE_NAMES,
    }  # fmt: skip


def _rules(told: Said) -> list[dict[str, Any]]:
    """The opening, rule by rule."""
    places = [told["shares"].index(share) for share in QUANTILES]
    return [
        {
            "name": RULE_NAMES[rule], "rule": rule, "chance": told["chance"][rule], "error": told["standard_error"][rule],
            "ends": [day_of(told["ends"][rule][place]) for place in places],
        }
        for rule in RULES
    ]  # fmt: skip


def _chart(told: Said, milestone: Said | None) -> str:
    if milestone:
        due, curves = day_of(milestone["need_by"]), curves_of_milestone(milestone, told["shares"])
        return chart_of(
            curves,
            said_at(due, milestone["chance"]) if due else "",
            due=due,
            due_said=_("needed by") + (f" {due}" if due else ""),
        )
    opens = day_of(told["opens"])
    said = said_at(opens, told["chance"]) if opens else ""
    return chart_of(curves_of_opening(told), said, due=opens, due_said=_("opening") + f" {opens}")
