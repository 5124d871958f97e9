"""Importing a whole plan from a file: uploaded, tried by the worker, looked at, then applied in one transaction."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.jobs.at_work import AtWork
from hostcity.core.jobs.errors import of_problem
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import Line, record
from hostcity.core.models import Act, Blob, Edition, Job, Person
from hostcity.core.models.jobs import JobState
from hostcity.core.plan_rows.bodies import bodies_by_key, key_of, row_from_body
from hostcity.core.plan_rows.changes import IMPORT, ORDER, lines_between, sheet_of
from hostcity.core.plan_rows.problems import Found, known_and_new, plan_problems
from hostcity.core.plan_rows.queries import last_number, plan_of
from hostcity.core.plan_rows.readers import READERS, Read
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.plan_rows.undo import record_import
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.results import keep_blob, read_blob
from hostcity.plan import SHEETS, Plan, PlanError, Problem, plan_to_json
from hostcity.plan.by_key import as_told
from hostcity.plan.tables import InWork

JOB = "plan.import"
MOST_BYTES = 10 * 1024**2
MOST_LISTED = 500  # changes that the answer of a trial lists; all are counted


def start_import(*, edition: Edition, name: str, data: bytes, by: Person) -> Job:
    """Have the worker try a file: what is wrong with it, or what it would change. Nothing of the plan changes yet.

    Raises ``Refused`` for a file too large or of another kind.
    """
    policy.require(by, policy.IMPORT_PLAN, edition)
    name = PurePath(name.replace("\\", "/")).name[-200:]
    if PurePath(name).suffix.lower() not in READERS:
        mend = _(
            "Choose the expo workbook (.xlsx), a plan as .json, tasks of Microsoft Project (.xml), or a sheet as .csv."
        )
        raise Refused("plan.file_kind", _("This is no file of a plan."), mend, field="file")
    if len(data) > MOST_BYTES:
        raise too_large()
    blob = keep_blob(data)
    with transaction.atomic(), scope(edition=edition):
        arguments = {"name": name, "sha256": blob.sha256, "size": blob.size}
        job = enqueue(JOB, arguments=arguments, edition=edition, by=by)
        record("plan.upload", edition=edition, by=by, subject=(IMPORT, str(job.public_id)), body=arguments)
        return job


def too_large() -> Refused:
    """What is said of a file that is too large."""
    mend = _("Remove what does not belong to the plan.")
    return Refused("plan.file_size", _("The file is larger than 10 MiB."), mend, field="file")


def try_again(*, edition: Edition, job: Job, by: Person) -> Job:
    """Try the file of an import again, against the plan as it is now."""
    return start_import(edition=edition, name=job.arguments["name"], data=_kept(job.arguments["sha256"]), by=by)


def run(arguments: dict[str, Any], at_work: AtWork) -> dict[str, Any]:
    """The job: read the file, compare it with the plan. Raises ``PlanError`` with every problem that the file brings."""
    at_work.progress(0.1, gettext_noop("Reading the file"))
    read = read_uploaded(at_work.edition, arguments["name"], read_blob(arguments["sha256"]))
    at_work.progress(0.6, gettext_noop("Comparing with the plan"))
    trial = trial_of(at_work.edition, *admitted(at_work.edition, read.in_work, arguments["name"]))
    return trial | {"notes": [of_problem(each) for each in read.notes]}


def read_uploaded(edition: Edition, name: str, data: bytes) -> Read:
    """The plan in a file's bytes; only within the worker, whose memory is limited."""
    with tempfile.TemporaryDirectory() as folder:
        suffix = PurePath(name).suffix.lower()
        path = Path(folder) / f"plan{suffix}"
        path.write_bytes(data)
        try:
            return READERS[suffix](edition, path, name)
        except PlanError as error:
            raise PlanError(error.problems, name) from None


def admitted(edition: Edition, read: InWork, name: str) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of a file, and its problems that the edition's plan has as well: those are no reason to refuse it.

    Raises ``PlanError`` with every problem that the file brings.
    """
    if read.plan.sha256 != plan_of(edition).sha256:  # a plan without a model goes out and comes in without one
        read = read.with_usual_model()
    found = (Found(problem, key_of(read.code_of(problem))) for problem in read.problems)
    known, new = known_and_new(found, plan_problems(edition))
    if new:
        raise PlanError([as_told(each.problem) for each in new], name, read.plan)
    return read.plan, tuple(each.problem for each in known)


def trial_of(edition: Edition, plan: Plan, known: Sequence[Problem] = ()) -> dict[str, Any]:
    """What a plan would change: counts by sheet, and the first changes one by one. The plan itself is kept as a blob."""
    number, now = last_number(edition), plan_of(edition)
    lines = _lines_between(now, plan)
    return {
        "number": number,
        "was_sha256": now.sha256,
        "plan_sha256": plan.sha256,
        "blob": keep_blob(gzip.compress(plan_to_json(plan).encode(), mtime=0)).sha256,
        "lines": [_listed(line) for line in lines[:MOST_LISTED]],
        "known": [of_problem(problem) for problem in known],
        **counted(lines),
    }


def changes_to(edition: Edition, plan: Plan) -> list[Line]:
    """Every line that making the edition's plan equal to another would write."""
    return _lines_between(plan_of(edition), plan)


def counted(lines: Sequence[Line]) -> dict[str, Any]:
    """How many lines there are, of each verb in each sheet."""
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        counts.setdefault(sheet_of(line.subject_kind), Counter())[line.verb] += 1
    return {"counts": counts, "total": len(lines)}


def _lines_between(now: Plan, plan: Plan) -> list[Line]:
    return [
        line
        for sheet in SHEETS
        for line in lines_between(
            sheet, bodies_by_key(sheet, getattr(now, sheet)), bodies_by_key(sheet, getattr(plan, sheet))
        )
    ]


def _listed(line: Line) -> dict[str, Any]:
    """A line, short: of an order only how many rows it moves."""
    body = {"moved": len(line.body["is"])} if line.verb == ORDER else line.body
    return {"verb": line.verb, "sheet": sheet_of(line.subject_kind), "key": line.subject_key} | dict(body)


def apply_import(*, edition: Edition, job: Job, by: Person) -> list[Act]:
    """Make the plan equal to the file of a trial, in one transaction.

    Raises ``Refused`` when the plan has been changed since the trial: what was looked at is not what would happen.
    """
    policy.require(by, policy.IMPORT_PLAN, edition)
    if job.edition_id != edition.pk or job.kind != JOB or job.state != JobState.DONE or not job.answer:
        raise Refused("plan.no_trial", _("This file has not been tried."), _("Upload it again."))
    plan = _kept_plan(job.answer["blob"])
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        now = plan_of(edition).sha256
        if now == plan.sha256:
            return []
        if now != job.answer["was_sha256"]:
            mend = _("Try the file again, and look at what it would change now.")
            raise Refused("plan.changed_since", _("The plan has been changed since the file was tried."), mend)
        written = replace_plan(edition=edition, plan=plan, by=by)
        more = {"name": job.arguments["name"], "was_sha256": now, "plan_sha256": plan.sha256}
        return [*written, record_import(edition, written, key=str(job.public_id), by=by, more=more)]


def import_plan(*, edition: Edition, plan: Plan, name: str, by: Person | None) -> list[Act]:
    """Make the plan equal to one that was read already, without a trial: for the command line."""
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        was = plan_of(edition).sha256
        written = replace_plan(edition=edition, plan=plan, by=by)
        if not written:
            return []
        more = {"name": name, "was_sha256": was, "plan_sha256": plan.sha256}
        return [*written, record_import(edition, written, key=plan.sha256, by=by, more=more)]


def _kept_plan(sha256: str) -> Plan:
    sheets = json.loads(gzip.decompress(_kept(sha256)))
    return Plan(**{sheet: tuple(row_from_body(sheet, body) for body in rows) for sheet, rows in sheets.items()})


def _kept(sha256: str) -> bytes:
    """Bytes of an earlier trial. Raises ``Refused`` when somebody removed the file meanwhile."""
    try:
        return read_blob(sha256)
    except Blob.DoesNotExist:
        raise Refused("plan.file_gone", _("The file is not kept any more."), _("Upload it again.")) from None
