"""What every act on a task begins and ends with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused, Stale
from hostcity.core.ledger import record
from hostcity.core.models import Act, Assignment, Edition, Person
from hostcity.core.models.people import Role
from hostcity.core.notices.services import notify
from hostcity.plan.rows import Task
from hostcity.readiness.models import MOST_NOTE, TaskState
from hostcity.readiness.owners import bureau_code
from hostcity.readiness.preparation import preparation_of
from hostcity.readiness.telling import keep_state

SUBJECT = "task"  # kind of subject, by the key of the task's row


def task_of(edition: Edition, key: str) -> Task:
    """The task of a key. Raises ``Refused`` [task.unknown]."""
    preparation = preparation_of(edition)
    if key not in preparation.at:
        raise Refused("task.unknown", _("There is no such task in the plan."), _("Look at the list of tasks again."))
    return preparation.plan.tasks[preparation.at[key]]


def locked_state(edition: Edition, key: str) -> TaskState:
    """What a task adds up to, until the act's end for this act alone."""
    TaskState.objects.get_or_create(edition=edition, task=key)
    return TaskState.objects.select_for_update().get(edition=edition, task=key)


def refuse_stale(state: TaskState, version: int | None) -> None:
    """Raise ``Stale`` where something was told of the task since it was looked at; without a version nobody looked."""
    if version is not None and version != state.version:
        what = _("Something was reported or shown on this task since you opened the page.")
        raise Stale("task.stale", what, _("Look at it again, then decide."), diff=(), version=state.version)


def refuse_accepted(state: TaskState) -> None:
    """Raise ``Refused`` where a task is closed."""
    if state.accepted_on:
        mend = _("Have its acceptance undone first, with a reason.")
        raise Refused("task.accepted", _("This task is accepted, so nothing is added to it."), mend)


def checked_note(text: str, field: str = "note") -> str:
    """What somebody wrote. Raises ``Refused`` where it is too long."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > MOST_NOTE:
        raise Refused("task.note", _("The text is too long."), _("Give at most 2000 letters."), field=field)
    return text


def ended(verb: str, *, edition: Edition, by: Person | None, state: TaskState, body: Mapping[str, Any]) -> Act:
    """Add up what is told now, and write the act down: the last thing of its transaction."""
    keep_state(edition, state)
    return record(verb, edition=edition, by=by, subject=(SUBJECT, state.task), body=body)


def owners_of_department(edition: Edition, department: str) -> list[Person]:
    """Who answers for a department."""
    rows = Assignment.objects.filter(edition=edition, role=Role.BUREAU_OWNER, bureau__code=bureau_code(department))
    return [each.person for each in rows.select_related("person")]


def tell(edition: Edition, department: str, kind: str, act: Act) -> None:
    """Tell who answers for a department of an act on a task."""
    people, path = owners_of_department(edition, department), reverse("task", args=[edition.code, act.subject_key])
    notify(edition=edition, people=people, kind=kind, values={"task": act.subject_key}, path=path, act=act)
