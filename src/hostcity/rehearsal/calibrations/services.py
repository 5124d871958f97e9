"""Starting, cancelling and ending calibrations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, refuse
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.results import keep_blob, keep_result, keep_snapshot
from hostcity.plan.cells import CellError, clock_seconds
from hostcity.rehearsal import policy
from hostcity.rehearsal.calibrations.documents import of_calibration
from hostcity.rehearsal.collect import plan_to_rehearse
from hostcity.rehearsal.models import Calibration
from hostcity.rehearsal.models.calibrations import QUESTIONS
from hostcity.rehearsal.scenarios.queries import as_data, as_inputs, scenarios_named
from hostcity.rehearsal.services.news import find_by, tell
from hostcity.rehearsal.works import cancel_work, check_runs, check_seed, checked_overrides, filled

JOB = "rehearsal.calibrate"
MOST_BYTES = 1024**2  # some 20,000 rows
LEAST_RUNS, MOST_RUNS = 6, 50
MOST_FITS, LONGEST = 20, 200
LONGEST_CLOCK = 8
SUFFIX = ".csv"
OF_LOGS = "wrong_turns."  # the figures of which a log of questions tells
FILES = "calibration.zip"  # of the result: the fitted plan, tables, and a page with every series drawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Log:
    """From when until when desks kept the log of their questions, as HH:MM; "" = the whole day."""

    starts: str = ""
    ends: str = ""


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
    log: Log | None = None,
) -> Calibration:
    """Have assumed figures of the plan as it stands fitted to counts of a live fair.

    With ``log`` the file holds questions at information desks, to which the chances of a right turn are fitted, and ``fits``
    names what is fitted beside them.

    Raises ``PlanError`` with every problem of plan, scenarios and overrides, and `Refused` for a file of another kind and
    what is out of range; nothing is written then. Counts and figures are read by the worker: their problems are the job's.
    """
    matrix.require(by, policy.START_REHEARSAL, edition)
    name = name_of_file(name)
    if len(data) > MOST_BYTES:
        raise too_large()
    check_seed(seed)
    check_runs(runs, LEAST_RUNS, MOST_RUNS, "calibration.runs")
    fits = _checked_fits(fits, log)
    if log:
        _check_log(log)
    overrides, kept = checked_overrides(overrides), scenarios_named(edition, scenarios)
    now = plan_to_rehearse(edition, overrides, kept)
    blob = keep_blob(data)
    with transaction.atomic():
        lock_plan(edition)
        snapshot = keep_snapshot(edition=edition, plan=now.plan, number=now.number, by=by)
        calibration = Calibration(
            edition=edition, by=by, snapshot=snapshot, plan_number=now.number, counts=blob, counts_name=name, fits=fits,
            seed=seed, runs=runs, scenarios=[as_data(each) for each in kept], overrides=overrides,
            **({"evidence": QUESTIONS, "starts": log.starts, "ends": log.ends} if log else {}),
        )  # fmt: skip
        calibration.job = enqueue(
            JOB, arguments={"calibration": calibration.key}, edition=edition, by=by, dedupe_key=calibration.key
        )
        calibration.save()
        find_by(edition, of_calibration(calibration))
        body = _inputs(calibration) | {"plan_sha256": snapshot.plan_sha256, "plan_number": now.number}
        record("calibration.start", edition=edition, by=by, subject=("calibration", calibration.key), body=body)
    return calibration


def _checked_fits(fits: Sequence[str], log: Log | None) -> list[str]:
    found = [each.strip() for each in fits if each.strip()]
    if len(found) > MOST_FITS or any(len(each) > LONGEST for each in found):
        mend = filled(_("Name at most {most}, each in a line."), most=MOST_FITS)
        raise Refused("calibration.fits", _("These are too many figures, or too long ones."), mend, field="fits")
    if log and not all(each.startswith(OF_LOGS) for each in found):
        what = _("A log of questions tells only of figures of sheet wrong_turns.")
        raise Refused(
            "calibration.fits", what, _("Name such, e.g. wrong_turns.day.newcomer_share=0.2..0.9."), field="fits"
        )
    return found


def _check_log(log: Log) -> None:
    """Raise ``Refused`` with both times, where they are none."""
    refuse([_no_clock(name) for name in ("starts", "ends") if not _is_clock(getattr(log, name))])


def _is_clock(text: str) -> bool:
    try:
        return len(text) <= LONGEST_CLOCK and (not text or clock_seconds(text) >= 0)
    except CellError:
        return False  # the answer that is asked for


def _no_clock(field: str) -> Refused:
    mend = _("Write a time as HH:MM, e.g. 09:30, or nothing for the whole day.")
    return Refused(f"calibration.{field}", _("This is no time of day."), mend, field=field)


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
    of_log = {"evidence": QUESTIONS, "starts": calibration.starts, "ends": calibration.ends}
    return asked | {"runs": calibration.runs} | (of_log if calibration.is_of_questions else {}) | as_inputs(calibration)


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
