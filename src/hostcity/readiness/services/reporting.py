"""An owner says how a task is, perhaps with evidence in the same act."""

from __future__ import annotations

import math
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.models import Edition, Person
from hostcity.plan.rows.tasks import MOST_DAYS
from hostcity.readiness.models import Report, Word
from hostcity.readiness.services.acting import (
    checked_note,
    ended,
    locked_state,
    refuse_accepted,
    refuse_stale,
    task_of,
    tell,
)
from hostcity.readiness.services.showing import Shown, checked, evidence_body, keep_evidence, require_report

REPORT = "task.report"
FINISHED = "task.finished"  # kind of notice
WHOLE = 1.0


def report_task(
    *, edition: Edition, task: str, word: str, by: Person, remaining_d: float | None = None, share: float | None = None, note: str = "",
    shown: Shown | None = None, version: int | None = None,
) -> Report:  # fmt: skip
    """Say how a task is: begun, going well, finished, in trouble; by its department or the planner.

    What remains is said in working days, or as the share of the likely time that is done. Evidence that is handed in with the report is part
    of the act. The server says when. Raises ``Refused`` for what cannot be, an unknown or an accepted task; `NotAllowed`, ``Stale``.
    """
    of = checked(shown) if shown else None
    note = checked_note(note)
    _refuse_wrong(word, remaining_d, share, note)
    with transaction.atomic(), scope(edition=edition):
        found = task_of(edition, task)
        require_report(edition, found, by)
        state = locked_state(edition, task)
        refuse_stale(state, version)
        refuse_accepted(state)
        if share is not None and remaining_d is None:
            remaining_d = round((WHOLE - share) * (found.likely_d or 0.0), 3)
        body: dict[str, Any] = {"word": word} | ({"remaining_d": remaining_d} if remaining_d is not None else {})
        if of:
            body |= evidence_body(keep_evidence(edition, found, state, of, by))
        made = Report.objects.create(
            edition=edition,
            task=task,
            on=edition.today(),
            by_code=by.code,
            word=word,
            remaining_d=remaining_d,
            note=note,
        )
        act = ended(REPORT, edition=edition, by=by, state=state, body=body)
        if word == Word.FINISHED:
            tell(edition, found.accepted_by, FINISHED, act)
        return made


def _refuse_wrong(word: str, remaining_d: float | None, share: float | None, note: str) -> None:
    if word not in Word.values:
        raise Refused("report.word", _("This is no report."), _("Say how the task is."), field="word")
    if remaining_d is not None and not (math.isfinite(remaining_d) and 0 <= remaining_d <= MOST_DAYS):
        raise Refused("report.remaining", _("This is no number of working days."), _("Give 0 to 1000."), field="remaining_d")  # fmt: skip
    if share is not None and not 0 <= share <= WHOLE:
        raise Refused("report.share", _("This is no share."), _("Give 0 to 100 %."), field="share")
    if word == Word.TROUBLE and not note:
        raise Refused("report.trouble", _("It does not say what the trouble is."), _("Say it, and whom you need."), field="note")  # fmt: skip
