"""Having facilities measured, and keeping what was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity import __version__
from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person, Result, Snapshot
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.core.results import keep_result
from hostcity.plan.wants import wants_with
from hostcity.venue import policy

JOB = "venue.facilities"
KIND = "facilities"  # of a result
MEASURE = "facilities.measure"
ARRAYS = "arrays.npz"  # of a day's bytes: whether it says how long people stood where
MOST_KEPT = 20  # results of an edition


def measure_facilities(
    *, edition: Edition, day: Result, walks: Mapping[str, float], waits: Mapping[str, float], is_step_free: bool, by: Person,
) -> Job:  # fmt: skip
    """Have the worker measure who walks or queues too long: by the drawing as it stands, and by where people were on a kept day.

    ``walks`` are the farthest walks in meters, ``waits`` the longest queues in minutes, by kind of amenity; usual ones for
    the rest. Whoever asks the same meanwhile is given the same job. Raises ``PlanError`` with every limit that is none,
    ``Refused`` where the plan has no amenity, or the day does not tell where people were.
    """
    matrix.require(by, policy.MEASURE_FACILITIES, edition)
    wants_with(_words(walks), _words(waits))
    if day.edition_id != edition.pk or day.kind != "day" or ARRAYS not in day.blobs:
        mend = _("Choose a rehearsal whose day is kept.")
        raise Refused("facilities.day", _("Of this rehearsal it is not known where people were."), mend, field="result")
    if not rows_of_sheets(edition, ("amenities",))["amenities"]:
        mend = _("Put them into sheet Amenities first.")
        raise Refused("facilities.none", _("No seats, toilets or other amenities are in the plan."), mend)
    asked = {"result": day.pk, "walks": dict(walks), "waits": dict(waits), "step_free": is_step_free}
    with transaction.atomic(), scope(edition=edition):
        key = f"{JOB}:{edition.pk}:{sha256_of(asked)}"
        waiting = Job.objects.filter(dedupe_key=key).order_by("-id").first()
        if waiting and waiting.is_open:
            return waiting
        job = enqueue(JOB, arguments=asked, edition=edition, by=by, dedupe_key=key)
        record(MEASURE, edition=edition, by=by, subject=(JOB, ""), body=asked)
        return job


def keep_measure(
    *, edition: Edition, snapshot: Snapshot, inputs: Mapping[str, Any], found: Mapping[str, Any]
) -> Result:
    """Keep what was found, once, and let go of what was found long ago: the effect of the job."""
    sha256 = sha256_of({"inputs": inputs, "found": found})
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND)
        kept = rows.filter(results_sha256=sha256).first()
        if kept is None:
            kept = keep_result(
                edition=edition, kind=KIND, snapshot=snapshot, inputs=inputs, engine_version=__version__,
                results_sha256=sha256, summary=found, blobs={},
            )  # fmt: skip
        old = rows.exclude(pk=kept.pk).order_by("-id").values_list("pk", flat=True)[MOST_KEPT - 1 :]
        Result.objects.filter(pk__in=list(old)).delete()
    return kept


def sha256_of(body: Any) -> str:
    """Hash of data, whatever the order of its names."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _words(limits: Mapping[str, float]) -> list[str]:
    """Limits as the command takes them, so that they are checked once."""
    return [f"{kind}={value:g}" for kind, value in limits.items()]
