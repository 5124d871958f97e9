"""Forecasts that are kept: one of them, the last, and how the probability went. No request imports the engine for them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hostcity.core.models import Edition, Job, Result
from hostcity.core.models.jobs import OPEN, JobState
from hostcity.core.results import read_blob

KIND = "forecast"  # of a result
SAID = "forecast"  # name of its bytes
MOST_KEPT = 200  # of an edition
RULES = ("unlimited", "order", "dispatch")  # as the study has them
WEEK = datetime.timedelta(days=7)
#: Names of the data that stand in the row too, so that lists and the leader's screen read no bytes.
SUMMED = (
    "seed", "samples", "opens", "tasks_of", "open_of", "chance", "standard_error", "span", "departments", "slip_d", "slips", "effort",
)  # fmt: skip
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """A forecast in the history."""

    pk: int
    made_at: datetime.datetime
    day: datetime.date  # on the morning of which it was made
    number: int  # of the ledger
    chance: Said  # by rule
    span: Sequence[float]


@dataclass(frozen=True, slots=True)
class Moved:
    """How a probability changed since an earlier forecast, by rule."""

    since: datetime.date
    by: Said  # by rule: points from -1 to 1


def summary_of(data: Said) -> dict[str, Any]:
    """What stands in the row of a result."""
    return {name: data[name] for name in SUMMED}


def forecast_result(edition: Edition, pk: int) -> Result | None:
    """One of them. One query."""
    return Result.objects.filter(edition=edition, kind=KIND, pk=pk).first()


def last_forecast(edition: Edition) -> Result | None:
    """The newest. One query."""
    return Result.objects.filter(edition=edition, kind=KIND).order_by("-id").first()


def said_of(result: Result) -> Said:
    """All that a forecast says; results never change, so a process reads it once."""
    return _said(result.blobs[SAID])


@lru_cache(maxsize=4)  # some 5 MB each with 2,000 tasks
def _said(sha256: str) -> Said:
    found: Said = json.loads(read_blob(sha256))
    return found


def history_of(edition: Edition) -> list[Point]:
    """All that are kept, the latest first. One query."""
    rows = Result.objects.filter(edition=edition, kind=KIND).order_by("-id")
    told = rows.values_list("pk", "created_at", "inputs", "summary__chance", "summary__span")[:MOST_KEPT]
    return [
        Point(pk, made_at, datetime.date.fromisoformat(inputs["today"]), inputs["number"], chance, span)
        for pk, made_at, inputs, chance, span in told
    ]


def moved(history: Sequence[Point], at: Point | None = None) -> Moved | None:
    """How the probability changed in a week: since the newest forecast that is a week older; None = there is none.

    Forecasts of other draws would differ by chance, by a point at most.
    """
    now = at or (history[0] if history else None)
    before = now and next((each for each in history if each.day <= now.day - WEEK), None)
    if not now or not before:
        return None
    return Moved(before.day, {rule: now.chance[rule] - before.chance[rule] for rule in RULES})


def job_of(edition: Edition, kind: str) -> Job | None:
    """The job that waits, runs, or has failed last, if nothing came after it. One query."""
    job = Job.objects.filter(edition=edition, kind=kind).order_by("-id").first()
    return job if job and (job.state in OPEN or job.state == JobState.FAILED) else None
