"""Starting, cancelling and ending calibrations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.results import keep_blob, keep_result, keep_snapshot
from hostcity.rehearsal import policy
from hostcity.rehearsal.calibrations.documents import of_calibration
from hostcity.rehearsal.collect import plan_to_rehearse
from hostcity.rehearsal.models import Calibration
from hostcity.rehearsal.scenarios.queries import as_data, as_inputs, scenarios_named
from hostcity.rehearsal.services.news import find_by, tell
from hostcity.rehearsal.works import cancel_work, check_runs, check_seed, checked_overrides, filled

JOB = "rehearsal.calibrate"
MOST_BYTES = 1024**2  # some 20,000 rows
LEAST_RUNS, MOST_RUNS = 6, 50
MOST_FITS, LONGEST = 20, 200
SUFFIX = ".csv"
FILES = "calibration.zip"  # of the result: the fitted plan, tables, and a page with every series drawn


def start_calibration(
    *,
    edition: Edition,
    by: Person,
    name: str,
    data: bytes,
    fits: Sequence[str] = (),
    seed: int = 1,
    runs: int = 20,
    scenarios: Sequence[str] = (),
    overrides: Sequence[str] = (),
) -> Calibration:
    """Have assumed figures of the plan as it stands fitted to counts of a live fair.

    Raises ``PlanError`` with every problem of plan, scenarios and overrides, and `Refused` for a file of another kind and
    what is out of range; nothing is written then. Counts and figures are read by the worker: their problems are the job's.
    """
    matrix.require(by, policy.START_REHEARSAL, edition)
    name = name_of_file(name)
    if len(data) > MOST_BYTES:
        raise too_large()
    check_seed(seed)
    check_runs(runs, LEAST_RUNS, MOST_RUNS, "calibration.runs")
    fits = [each.strip() for each in fits if each.strip()]
    if len(fits) > MOST_FITS or any(len(each) > LONGEST for each in fits):
        mend = filled(_("Name at most {most}, each in a line."), most=MOST_FITS)
        raise Refused("calibration.fits", _("These are too many figures, or too long ones."), mend, field="fits")
    overrides, kept = checked_overrides(overrides), scenarios_named(edition, scenarios)
    now = plan_to_rehearse(edition, overrides, kept)
    blob = keep_blob(data)
    with transaction.atomic():
        lock_plan(edition)
        snapshot = keep_snapshot(edition=edition, plan=now.plan, number=now.number, by=by)
        calibration = Calibration(
            edition=edition, by=by, snapshot=snapshot, plan_number=now.number, counts=blob, counts_name=name, fits=fits,
            seed=seed, runs=runs, scenarios=[as_data(each) for each in kept], overrides=overrides,
        )  # fmt: skip
        calibration.job = enqueue(
            JOB, arguments={"calibration": calibration.key}, edition=edition, by=by, dedupe_key=calibration.key
        )
        calibration.save()
        find_by(edition, of_calibration(calibration))
        body = _inputs(calibration) | {"plan_sha256": snapshot.plan_sha256, "plan_number": now.number}
        record("calibration.start", edition=edition, by=by, subject=("calibration", calibration.key), body=body)
    return calibration


def name_of_file(name: str) -> str:
    """The name of a file of counts, safe everywhere. Raises ``Refused`` for a file of another kind."""
    path = PurePath(unicodedata.normalize("NFC", name.replace("\\", "/")))
    plain = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")[:80]
    if path.suffix.lower() != SUFFIX or not plain:
        what, mend = _("This is no file of counts."), _("Save the table as CSV: its name ends with .csv.")
        raise Refused("calibration.file_kind", what, mend, field="file")
    return plain + SUFFIX


def too_large() -> Refused:
    """What is said of a file that is too large."""
    mend = _("Add counts up to longer intervals, or remove what is no count.")
    return Refused("calibration.file_size", _("The file is larger than 1 MiB."), mend, field="file")


def _inputs(calibration: Calibration) -> dict[str, Any]:
    asked = {"counts_sha256": calibration.counts_id, "fits": calibration.fits, "seed": calibration.seed}
    return asked | {"runs": calibration.runs} | as_inputs(calibration)


def cancel_calibration(*, calibration: Calibration, by: Person) -> None:
    """End a calibration that waits or runs. `Refused` when it has ended."""
    cancel_work(calibration, by)


@transaction.atomic
def end_calibration(*, calibration: Calibration, answer: Mapping[str, Any]) -> Calibration:
    """Link the result to its question: the effect of the job, in the transaction that ends it."""
    rows = Calibration.objects.select_for_update(of=("self",)).select_related("snapshot", "by")
    calibration = rows.get(pk=calibration.pk)
    if calibration.is_played:
        return calibration
    edition = calibration.edition
    calibration.result = keep_result(
        edition=edition, kind="calibration", snapshot=calibration.snapshot, inputs=_inputs(calibration),
        engine_version=answer["engine_version"], results_sha256=answer["results_sha256"], summary=answer["summary"],
        blobs=answer["blobs"],
    )  # fmt: skip
    calibration.found = answer["found"]
    calibration.save(update_fields=["result", "found"])
    body = {"results_sha256": calibration.result.results_sha256}
    subject = ("calibration", calibration.key)
    act = record("calibration.end", edition=edition, by=None, subject=subject, body=body)
    tell(calibration.by, "calibration.ended", {"number": calibration.number}, calibration, act)
    return calibration
