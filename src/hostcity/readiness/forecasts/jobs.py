"""What the worker does for forecasts. Imported in its child only: it needs compiled engines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _
from django_scopes import scope

from hostcity.core.models import Snapshot
from hostcity.core.plan_rows.bodies import key_of
from hostcity.core.results import keep_blob, keep_snapshot, plan_as_it_stands
from hostcity.plan import PlanError, problems_of
from hostcity.plan.books import READINESS
from hostcity.readiness.forecasts.kept import SAID, summary_of
from hostcity.readiness.forecasts.services import keep_forecast, sha256_of
from hostcity.readiness.telling import known_progress
from hostcity.report.forecasts import forecast_data
from hostcity.studies.readiness import network_of, standing
from hostcity.studies.readiness.forecast import forecast_plan

if TYPE_CHECKING:
    from hostcity.core.jobs.at_work import AtWork
    from hostcity.plan import Plan

READING, PLAYING = _("Reading the tasks"), _("Playing the preparation")


def forecast(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Forecast the preparation as it stands today. Raises ``PlanError`` where its sheets have problems."""
    at_work.progress(0.02, READING)
    edition = at_work.edition
    now = plan_as_it_stands(edition)
    snapshot = keep_snapshot(edition=edition, plan=now.plan, number=now.number, by=at_work.job.by)
    if problems := [each for each in problems_of(now.plan) if each.sheet in READINESS.own]:
        raise PlanError(problems)
    told, _number = known_progress(edition)
    today = edition.today()
    data = forecast_now(now.plan, told, today, seed=arguments["seed"], at_work=at_work)
    inputs = {
        "seed": arguments["seed"], "number": now.number, "today": today.isoformat(),
        "told": sha256_of({key: repr(each) for key, each in told.items()}),
    }  # fmt: skip
    blob = keep_blob(as_bytes(data))
    return {"snapshot": snapshot.pk, "inputs": inputs, "summary": summary_of(data), "blobs": {SAID: blob.sha256}}


def forecast_now(
    plan: Plan, told: Mapping[str, Any], today: Any, *, seed: int, samples: int = 10_000, at_work: AtWork | None = None
) -> dict[str, Any]:
    """The forecast of a plan on the morning of a day, after what was told of its tasks, by their keys."""
    codes = {task.code: told[key] for task in plan.tasks if (key := key_of(task.code)) in told}
    network = standing(network_of(plan), codes, today)

    def tell(share: float) -> None:
        if at_work:
            at_work.progress(0.05 + 0.93 * share, PLAYING)

    return forecast_data(forecast_plan(network, samples=samples, seed=seed, progress=tell))


def as_bytes(data: Any) -> bytes:
    """Data as it is kept."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def kept(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Keep it as a result, in the transaction that ends the job."""
    with scope(edition=at_work.edition):
        snapshot = Snapshot.objects.get(pk=answer["snapshot"])
    result = keep_forecast(
        edition=at_work.edition, snapshot=snapshot, inputs=answer["inputs"], summary=answer["summary"], blobs=answer["blobs"]
    )  # fmt: skip
    return {"result": result.pk, "path": f"/e/{at_work.edition.code}/readiness/forecasts/{result.pk}/"}
