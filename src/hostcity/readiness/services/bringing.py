"""What was told of tasks elsewhere is brought in, once, when an edition begins to use the site in the middle of its preparation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.models import Act, Edition, Person
from hostcity.plan.rows import Task
from hostcity.readiness import policy
from hostcity.readiness.models import Decision, Evidence, OfTask, Report, TaskState, Verdict, Word
from hostcity.readiness.preparation import preparation_of
from hostcity.readiness.services.acting import SUBJECT
from hostcity.readiness.telling import FIELDS

BRING = "task.bring"
MORNING, NOON, EVENING = (datetime.time(hour) for hour in (9, 12, 17))


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What is known of a task from elsewhere, by the key of its row. Days are past ones; None = it has not come to that."""

    task: str
    started_on: datetime.date | None = None
    reported_on: datetime.date | None = None  # the last word, where it is not finished
    remaining_d: float | None = None
    trouble: str = ""  # which, if the last word was of trouble
    finished_on: datetime.date | None = None
    shown_on: datetime.date | None = None
    accepted_on: datetime.date | None = None
    evidence: str = ""  # where the evidence is kept


def bring_progress(*, edition: Edition, brought: Sequence[Brought], by: Person) -> Act:
    """Write down what was told of tasks before the site was used, in one act that is told as such; by an administrator.

    Raises ``Refused`` for unknown tasks, days that are not past, and tasks on which something was told here already; `NotAllowed`.
    """
    matrix.require(by, policy.BRING_PROGRESS, edition)
    with transaction.atomic(), scope(edition=edition):
        _refuse_wrong(edition, brought)
        tasks = preparation_of(edition)
        rows = [row for each in brought for row in _rows(edition, tasks.plan.tasks[tasks.at[each.task]], each, by)]
        for model in (Report, Evidence, Decision):
            model.objects.bulk_create([row for row in rows if isinstance(row, model)], batch_size=500)
        TaskState.objects.bulk_create([_state(edition, each) for each in brought], batch_size=500)
        counts = {"tasks": len(brought), "accepted": sum(each.accepted_on is not None for each in brought)}
        return record(BRING, edition=edition, by=by, subject=(SUBJECT, ""), body=counts)


def _refuse_wrong(edition: Edition, brought: Sequence[Brought]) -> None:
    known, keys, today = preparation_of(edition).at, {each.task for each in brought}, edition.today()
    if unknown := sorted(keys - set(known)):
        what = _("{count} tasks are not in the plan, the first of them {key}.").format(
            count=len(unknown), key=unknown[0]
        )
        raise Refused("progress.unknown", what, _("Bring in what is known of tasks of the plan."))
    if TaskState.objects.filter(edition=edition, task__in=keys).exists() or len(keys) < len(brought):
        what = _("Something was told of these tasks already.")
        raise Refused("progress.known", what, _("Leave them out: what is told here is never written over."))
    if any(day > today for each in brought for day in _days(each)):
        raise Refused("progress.ahead", _("A day lies ahead."), _("Bring in what has happened."))


def _days(each: Brought) -> Iterator[datetime.date]:
    for day in (each.started_on, each.reported_on, each.finished_on, each.shown_on, each.accepted_on):
        if day:
            yield day


def _rows(edition: Edition, task: Task, each: Brought, by: Person) -> Iterable[OfTask]:
    """Its events, at hours of the day in the order in which they happen."""

    def of(day: datetime.date, hour: datetime.time) -> dict[str, object]:
        at = datetime.datetime.combine(day, hour, edition.zone)
        return {"edition": edition, "task": each.task, "on": day, "at": at, "by_code": by.code}

    if each.started_on:
        yield Report(**of(each.started_on, MORNING), word=Word.STARTED)
    if each.reported_on:
        word = Word.TROUBLE if each.trouble else Word.GOING
        yield Report(**of(each.reported_on, NOON), word=word, remaining_d=each.remaining_d, note=each.trouble)
    if each.finished_on:
        yield Report(**of(each.finished_on, NOON), word=Word.FINISHED)
    if each.shown_on:
        yield Evidence(**of(each.shown_on, NOON), kind=task.evidence, note=each.evidence)
    if each.accepted_on:
        yield Decision(**of(each.accepted_on, EVENING), verdict=Verdict.ACCEPTED, department=task.accepted_by)


def _state(edition: Edition, each: Brought) -> TaskState:
    from hostcity.studies.readiness import Told, progress_of

    told = [Told(word="started", on=each.started_on)] if each.started_on else []
    if each.reported_on:
        told.append(
            Told(word="trouble" if each.trouble else "going", on=each.reported_on, remaining_d=each.remaining_d)
        )
    told += [Told(word="finished", on=each.finished_on)] if each.finished_on else []
    told += [Told(word="evidence", on=each.shown_on)] if each.shown_on else []
    told += [Told(word="accepted", on=each.accepted_on)] if each.accepted_on else []
    progress = progress_of(told)
    return TaskState(edition=edition, task=each.task, version=1, **{name: getattr(progress, name) for name in FIELDS})
