"""Forecasts of the preparation by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import Path

from hostcity.core.api.operations import Operations
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.readiness import policy
from hostcity.readiness.forecasts.kept import forecast_result, history_of, said_of
from hostcity.readiness.forecasts.schemas import ForecastAsked, Forecasts, ForecastShown
from hostcity.readiness.forecasts.services import make_forecast

operations = Operations("readiness")
Number = Annotated[int, Path(ge=1, le=2**62, description="Number of the forecast.")]


@operations.get("/readiness/forecasts", policy.SEE_TASKS, Forecasts)
def list_forecasts(request: Any) -> Any:
    """List forecasts.

    The latest first, with the probability by each rule.
    """
    return {
        "rows": [
            {"id": each.pk, "created_at": each.made_at, "day": each.day, "number": each.number, "chance": each.chance, "span": each.span}
            for each in history_of(request.edition)
        ]
    }  # fmt: skip


@operations.post("/readiness/forecasts", policy.MAKE_FORECAST, JobShown, status=202)
def make_a_forecast(request: Any, body: ForecastAsked) -> Any:
    """Have a forecast made.

    Of the preparation as it stands. Follow the job: its answer has the number of the forecast.
    """
    return shown_job(make_forecast(edition=request.edition, by=request.person, seed=body.seed))


@operations.get("/readiness/forecasts/{result}", policy.SEE_TASKS, ForecastShown)
def show_a_forecast(request: Any, result: Number) -> Any:
    """Show a forecast.

    All that it says, by every rule.
    """
    found = forecast_result(request.edition, result)
    if found is None:
        raise Http404("forecast")
    brief = {
        "id": found.pk,
        "created_at": found.created_at,
        "day": found.inputs["today"],
        "number": found.inputs["number"],
    }
    return {**said_of(found), **brief}
