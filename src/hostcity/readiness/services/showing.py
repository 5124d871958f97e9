"""Evidence is handed in, and taken back by who handed it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core.errors import Refused, refuse
from hostcity.core.files.pictures import is_picture
from hostcity.core.files.services import Checked, checked_file, keep_file
from hostcity.core.models import Edition, Person
from hostcity.core.policy import NotAllowed
from hostcity.plan.rows import Task
from hostcity.readiness import policy
from hostcity.readiness.evidence_kinds import DEMANDS
from hostcity.readiness.models import MOST_LINE, Evidence, TaskState
from hostcity.readiness.rights import rights_of
from hostcity.readiness.services.acting import (
    SUBJECT,
    checked_note,
    ended,
    locked_state,
    refuse_accepted,
    refuse_stale,
    task_of,
    tell,
)

SHOW, WITHDRAW = "task.show", "task.withdraw"
SHOWN = "task.shown"  # kind of notice
CLOCKS_APART = timedelta(minutes=5)  # of a phone


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What is handed in."""

    kind: str
    file: tuple[str, bytes] | None = None  # name, bytes
    place: str = ""
    taken_at: datetime | None = None
    value: str = ""
    note: str = ""
    source: str = ""  # path of the page of what a capability pushes
    has_passed: bool = True


@dataclass(frozen=True, slots=True)
class CheckedEvidence:
    """What can be handed in: its file is drawn anew and hashed, which takes a second for a large photo, before anything is locked."""

    of: Shown
    file: Checked | None
    note: str


def checked(shown: Shown, *, by_hand: bool = True) -> CheckedEvidence:
    """Evidence of its kind. Raises ``Refused`` with everything that it lacks."""
    refuse(list(_faults(shown, by_hand=by_hand)))
    file = checked_file(*shown.file) if shown.file else None
    if DEMANDS[shown.kind].is_picture and file and not is_picture(file.media_type):
        mend = _("Take a photo, or choose a JPEG, PNG or WebP file.")
        raise Refused("evidence.photo", _("This file is no photo."), mend, field="file")
    return CheckedEvidence(shown, file, checked_note(shown.note))


def _faults(shown: Shown, *, by_hand: bool) -> Iterator[Refused]:
    demand = DEMANDS.get(shown.kind)
    if demand is None or (by_hand and not demand.by_hand):
        yield Refused("evidence.kind", _("Evidence of this kind is not handed in."), _("Choose another kind."), field="kind")  # fmt: skip
        return
    if demand.file and not shown.file:
        yield Refused("evidence.file", _("The file that shows it is missing."), _("Take a photo or choose a file."), field="file")  # fmt: skip
    if demand.place and not shown.place.strip():
        yield Refused("evidence.place", _("It does not say where."), _("Name the place."), field="place")
    if demand.value and not shown.value.strip():
        yield Refused("evidence.value", _("The reading or number is missing."), _("Write what is read."), field="value")
    for name in ("place", "value", "source"):
        if len(getattr(shown, name)) > MOST_LINE:
            yield Refused("evidence.long", _("The text is too long."), _("Give at most 200 letters."), field=name)
    if shown.taken_at and shown.taken_at > timezone.now() + CLOCKS_APART:
        yield Refused("evidence.taken_at", _("This time lies ahead."), _("Say when it was taken."), field="taken_at")


def submit_evidence(
    *, edition: Edition, task: str, kind: str, by: Person, file: tuple[str, bytes] | None = None, place: str = "",
    taken_at: datetime | None = None, value: str = "", note: str = "", source: str = "", has_passed: bool = True, version: int | None = None,
) -> Evidence:  # fmt: skip
    """Hand in evidence of a task, by the key of its row: by its department, or, with a ``source``, by a capability.

    What a capability pushes (``kind="rehearsal"``) names the path of its page; whose act it was there may do it here.
    The server says when; what did not pass is kept and shows nothing. Raises ``Refused`` with everything that it lacks,
    for an unknown or accepted task; `NotAllowed`, ``Stale``.
    """
    of = checked(
        Shown(
            kind=kind, file=file, place=place, taken_at=taken_at, value=value, note=note, source=source, has_passed=has_passed
        ),
        by_hand=not source,
    )  # fmt: skip
    with transaction.atomic(), scope(edition=edition):
        found = task_of(edition, task)
        if not (source and not DEMANDS[kind].by_hand):
            require_report(edition, found, by)
        state = locked_state(edition, task)
        refuse_stale(state, version)
        made = keep_evidence(edition, found, state, of, by)
        act = ended(SHOW, edition=edition, by=by, state=state, body=evidence_body(made))
        if state.finished_on:
            tell(edition, found.accepted_by, SHOWN, act)
        return made


def require_report(edition: Edition, task: Task, by: Person) -> None:
    """Raise `NotAllowed` for who may not report on a task."""
    if not rights_of(edition, by).may_report(task.department):
        raise NotAllowed(policy.REPORT_TASKS)


def keep_evidence(edition: Edition, task: Task, state: TaskState, of: CheckedEvidence, by: Person) -> Evidence:
    """Evidence at its task, and its file among those of the edition; part of an act. Raises ``Refused`` for another kind than the task's."""
    refuse_accepted(state)
    if task.evidence not in ("none", of.of.kind):
        what, mend = _("This task is shown by evidence of another kind."), _("Hand in what the task asks for.")
        raise Refused("evidence.other", what, mend, field="kind")
    file = keep_file(edition=edition, file=of.file, by=by, subject=(SUBJECT, state.task)) if of.file else None
    shown = of.of
    return Evidence.objects.create(
        edition=edition, task=state.task, on=edition.today(), by_code=by.code, kind=shown.kind, file=file,
        sha256=file.blob_id if file else "", place=shown.place.strip(), taken_at=shown.taken_at, value=shown.value.strip(),
        note=of.note, source=shown.source, has_passed=shown.has_passed,
    )  # fmt: skip


def evidence_body(made: Evidence) -> dict[str, object]:
    """What the ledger says of a piece of evidence: its hash, never its words."""
    said = {"evidence": made.pk, "kind": made.kind, "sha256": made.sha256, "source": made.source}
    return {name: value for name, value in said.items() if value} | ({} if made.has_passed else {"has_passed": False})


def withdraw_evidence(*, edition: Edition, evidence: Evidence, by: Person) -> Evidence:
    """Take back evidence that one handed in oneself; it stays to be seen. Raises ``Refused`` once the task is accepted; `NotAllowed`."""
    with transaction.atomic(), scope(edition=edition):
        found = task_of(edition, evidence.task)
        require_report(edition, found, by)
        state = locked_state(edition, evidence.task)
        refuse_accepted(state)
        evidence = Evidence.objects.get(edition=edition, pk=evidence.pk)
        if evidence.by_code != by.code:
            raise NotAllowed(policy.REPORT_TASKS)
        if evidence.withdrawn_at:
            raise Refused("evidence.withdrawn", _("It is taken back already."), _("Hand in other evidence."))
        evidence.withdrawn_at = timezone.now()
        evidence.save(update_fields=["withdrawn_at"])
        ended(WITHDRAW, edition=edition, by=by, state=state, body={"evidence": evidence.pk})
        return evidence
