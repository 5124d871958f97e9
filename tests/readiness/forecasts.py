"""Forecasts for tests, made and kept without a job."""

from __future__ import annotations

import datetime
import functools
from typing import Any

from django.utils import timezone
from examples.tiny.readiness import build_preparation

from hostcity.core.models import Result
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.results import keep_blob
from hostcity.readiness.forecasts.jobs import as_bytes, forecast_now
from hostcity.readiness.forecasts.kept import SAID, summary_of
from hostcity.readiness.forecasts.services import keep_forecast
from hostcity.readiness.telling import known_progress

SAMPLES = 300


@functools.cache
def of_tiny(seed: int) -> dict[str, Any]:
    """The forecast of the made-up fair, from its first day."""
    return forecast_now(build_preparation(), {}, datetime.date(2019, 9, 30), seed=seed, samples=SAMPLES)


def keep(edition: Any, snapshot: Any, *, days_ago: int = 0, seed: int = 1, of_now: bool = False) -> Result:
    """A forecast of some days ago: of the made-up fair, or of the edition's own tasks as they stand."""
    today = edition.today() - datetime.timedelta(days=days_ago)
    if of_now:
        data = forecast_now(plan_of(edition), known_progress(edition)[0], today, seed=seed, samples=SAMPLES)
    else:
        data = of_tiny(seed)
    inputs = {"seed": seed, "number": 0, "today": today.isoformat(), "told": ""}
    blobs = {SAID: keep_blob(as_bytes(data)).sha256}
    made = keep_forecast(edition=edition, snapshot=snapshot, inputs=inputs, summary=summary_of(data), blobs=blobs)
    made.created_at = timezone.now() - datetime.timedelta(days=days_ago)
    made.save(update_fields=["created_at"])
    return made
