"""Having a forecast made, and keeping what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity import __version__
from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person, Result, Snapshot
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.queries import counts_of_rows
from hostcity.core.results import keep_result
from hostcity.readiness import policy
from hostcity.readiness.forecasts.kept import KIND, MOST_KEPT

JOB = "readiness.forecast"
MAKE = "task.forecast"
SUBJECT = "forecast"
MOST_SEED = 2**31 - 1


def make_forecast(*, edition: Edition, by: Person, seed: int = 1) -> Job:
    """Have the worker forecast the preparation as it stands. Whoever asks the same meanwhile is given the same job.

    Raises ``Refused`` for a seed that cannot be, and where the plan has no tasks.
    """
    matrix.require(by, policy.MAKE_FORECAST, edition)
    if not 1 <= seed <= MOST_SEED:
        mend = format_lazy(_("Give a number from {low} to {high}."), low="1", high=f"{MOST_SEED:,}")
        raise Refused("forecast.seed", _("This cannot be."), mend, field="seed")
    with transaction.atomic(), scope(edition=edition):
        if not counts_of_rows(edition).get("tasks"):
            mend = _("Import a workbook with the sheets of the preparation: readiness.xlsx.")
            raise Refused("forecast.no_tasks", _("The plan has no tasks to forecast."), mend)
        key = f"{JOB}:{edition.pk}:{seed}"
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(JOB, arguments={"seed": seed}, edition=edition, by=by, dedupe_key=key)
        record(MAKE, edition=edition, by=by, subject=(SUBJECT, ""), body={"seed": seed})
        return job


def keep_forecast(
    *, edition: Edition, snapshot: Snapshot, inputs: Mapping[str, Any], summary: Mapping[str, Any], blobs: Mapping[str, str]
) -> Result:  # fmt: skip
    """Keep a forecast, once, and let go of those of long ago: the effect of the job."""
    same = {name: value for name, value in inputs.items() if name != "number"}  # asking for it is an act, too
    sha256 = sha256_of({"inputs": same, "found": dict(blobs)})
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND)
        kept = rows.filter(results_sha256=sha256).first() or keep_result(
            edition=edition, kind=KIND, snapshot=snapshot, inputs=inputs, engine_version=__version__, results_sha256=sha256, summary=summary,
            blobs=blobs,
        )  # fmt: skip
        old = rows.exclude(pk=kept.pk).order_by("-id").values_list("pk", flat=True)[MOST_KEPT - 1 :]
        Result.objects.filter(pk__in=list(old)).delete()
    return kept


def sha256_of(body: Any) -> str:
    """Hash of data, whatever the order of its names."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
