"""Acts on drawings: bringing one in, saying what its layers are, approving its proof, sending it back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.files.checks import MOST_BYTES
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Act, Blob, Edition, Job, Person
from hostcity.core.models.jobs import OPEN, JobState
from hostcity.core.plan_rows.queries import plan_of, rows_of_sheets
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.plan_rows.undo import record_import
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.results import keep_blob, read_blob
from hostcity.plan import Plan
from hostcity.plan.dxf import layer_map_of
from hostcity.venue.drawings.reading import ARCHIVE, DXF, kept_rows, suffix_of

JOB = "venue.drawing"
NETWORK = "venue.network"
KINDS = (JOB, NETWORK)  # of jobs whose answer is a proof
SUBJECT = "venue.drawing"
UPLOAD, MAP, RETURN, DERIVE = "venue.upload", "venue.map", "venue.return", "venue.derive"
MOST_NOTE = 500  # characters


class Outdated(Refused):
    """A proof that does not hold any more: what it touches has changed since."""

    status = 409


def start_reading(*, edition: Edition, name: str, data: bytes, by: Person) -> Job:
    """Have the worker read a drawing. Nothing of the plan changes. Raises ``Refused`` for a file too large or of another kind."""
    policy.require(by, policy.IMPORT_PLAN, edition)
    name = PurePath(name.replace("\\", "/")).name[-200:]
    if suffix_of(name) not in (ARCHIVE, DXF):
        mend = _("Choose a drawing (.dxf) or an IMDF archive (.zip). Save a DWG drawing as DXF first.")
        raise Refused("drawing.file_kind", _("This is no drawing that can be read."), mend, field="file")
    if len(data) > MOST_BYTES:
        raise too_large()
    blob = keep_blob(data)
    return _enqueued(UPLOAD, {"name": name, "sha256": blob.sha256, "size": blob.size, "map": None}, edition, by)


def derive_network(*, edition: Edition, by: Person) -> Job:
    """Have the worker derive the walkable network from the drawing of the plan as it stands, and prove it. Nothing changes.

    Whoever asks meanwhile is given the same job. Raises ``Refused`` where nothing is drawn.
    """
    policy.require(by, policy.IMPORT_PLAN, edition)
    if not any(len(area.outline) >= 3 for area in rows_of_sheets(edition, ("areas",))["areas"]):
        what = _("This plan has no drawing yet.")
        raise Refused("network.drawing", what, _("Draw areas with outlines first."))
    with transaction.atomic(), scope(edition=edition):
        key = f"{NETWORK}:{edition.pk}"
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(NETWORK, arguments={"name": "", "map": None}, edition=edition, by=by, dedupe_key=key)
        record(DERIVE, edition=edition, by=by, subject=(SUBJECT, str(job.public_id)))
        return job


def too_large() -> Refused:
    """What is said of a file that is too large."""
    mend = _("Save a copy with the layers of the floor plan only (PURGE), or give one hall at a time.")
    return Refused("drawing.file_size", _("The file is larger than 10 MiB."), mend, field="file")


def map_layers(*, edition: Edition, job: Job, layer_map: Mapping[str, Any], by: Person) -> Job:
    """Say what the layers of a DXF drawing are, and have it proved. The map is kept for the next drawing.

    Raises ``PlanError`` with every problem of the map, ``Refused`` for an archive, which needs none.
    """
    policy.require(by, policy.IMPORT_PLAN, edition)
    if job.kind != JOB or suffix_of(job.arguments["name"]) != DXF:
        raise Refused("drawing.no_layers", _("An archive has no layers."), _("Look at its proof."))
    body = layer_map_of(dict(layer_map)).body()
    return _again(MAP, edition, job, body, by)


def try_again(*, edition: Edition, job: Job, by: Person) -> Job:
    """Have a drawing proved again, against the plan as it is now; of a network, derived again."""
    if job.kind == NETWORK:
        return derive_network(edition=edition, by=by)
    policy.require(by, policy.IMPORT_PLAN, edition)
    return _again(UPLOAD, edition, job, job.arguments["map"], by)


def approve(*, edition: Edition, job: Job, proof: str, by: Person) -> list[Act]:
    """Make the plan's drawing that of a proof, in one transaction, with a line for each row; it can be undone like an import.

    ``proof`` is the hash that was looked at. Raises ``Refused`` when there is no proof or it is refused, ``Outdated`` when
    what it touches has changed since.
    """
    policy.require(by, policy.IMPORT_PLAN, edition)
    answer = _answer_of(edition, job)
    if "rows" not in answer:
        raise _refused(job)
    if proof != answer["now_sha256"]:
        raise _outdated()
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        plan = plan_of(edition)
        if is_like(plan, answer):
            return []
        if is_outdated(plan, answer):
            raise _outdated()
        would_be = plan.replace(**_kept_rows(answer["rows"]))
        written = replace_plan(edition=edition, plan=would_be, by=by)
        more = {
            "name": job.arguments["name"],
            "kind": job.kind,
            "was_sha256": plan.sha256,
            "plan_sha256": would_be.sha256,
        }
        return [*written, record_import(edition, written, key=str(job.public_id), by=by, more=more)]


def send_back(*, edition: Edition, job: Job, note: str, by: Person) -> Act:
    """Say why a drawing is not taken; the plan stays as it is."""
    policy.require(by, policy.IMPORT_PLAN, edition)
    note = " ".join(note.split())
    if not note or len(note) > MOST_NOTE:
        mend = _("Say in at most 500 characters what is to be mended.")
        raise Refused("drawing.note", _("The note is missing or too long."), mend, field="note")
    _answer_of(edition, job)
    with transaction.atomic(), scope(edition=edition):
        body = {"name": job.arguments["name"], "kind": job.kind, "note": note}
        return record(RETURN, edition=edition, by=by, subject=(SUBJECT, str(job.public_id)), body=body)


def is_like(plan: Plan, answer: Mapping[str, Any]) -> bool:
    """Whether a plan is already what a proof would make of it."""
    return "rows" in answer and plan.sha256_of(answer["sheets"]) == answer["now_sha256"]


def is_outdated(plan: Plan, answer: Mapping[str, Any]) -> bool:
    """Whether a proof does not hold any more: what it touches, or what it was made of, is not what it was."""
    if "made_of" in answer and plan.sha256_of(answer["made_of"]) != answer["made_sha256"]:
        return True
    return plan.sha256_of(answer["sheets"]) not in (answer["was_sha256"], answer.get("now_sha256"))


def _answer_of(edition: Edition, job: Job) -> dict[str, Any]:
    is_proof = job.edition_id == edition.pk and job.kind in KINDS and job.state == JobState.DONE
    if not is_proof or not job.answer or job.answer["step"] != "proof":
        raise Refused(
            "drawing.no_proof",
            _("There is no proof of this drawing yet."),
            _("Wait for it, or say what its layers are."),
        )
    answer: dict[str, Any] = job.answer
    return answer


def _refused(job: Job) -> Refused:
    if job.kind == NETWORK:
        mend = _("Mend the plan, and derive its network again.")
        return Refused("drawing.refused", _("This network cannot be approved."), mend)
    return Refused(
        "drawing.refused", _("This drawing cannot be approved."), _("Mend what is listed, and upload it again.")
    )


def _outdated() -> Outdated:
    mend = _("Have it proved again, and look at what it would change now.")
    return Outdated("drawing.outdated", _("What this drawing touches has been changed since its proof."), mend)


def _again(verb: str, edition: Edition, job: Job, body: Mapping[str, Any] | None, by: Person) -> Job:
    if not Blob.objects.filter(sha256=job.arguments["sha256"]).exists():
        raise Refused("drawing.file_gone", _("The file is not kept any more."), _("Upload it again."))
    keep_blob(read_blob(job.arguments["sha256"]))  # young again
    return _enqueued(verb, job.arguments | {"map": body}, edition, by)


def _enqueued(verb: str, arguments: dict[str, Any], edition: Edition, by: Person) -> Job:
    with transaction.atomic(), scope(edition=edition):
        job = enqueue(JOB, arguments=arguments, edition=edition, by=by)
        record(verb, edition=edition, by=by, subject=(SUBJECT, str(job.public_id)), body=arguments)
        return job


def _kept_rows(sha256: str) -> dict[str, tuple[Any, ...]]:
    try:
        return kept_rows(sha256)
    except Blob.DoesNotExist:
        raise Refused("drawing.file_gone", _("The file is not kept any more."), _("Upload it again.")) from None
