"""How far tasks are by what was told of them: of one, of all, and of all on an earlier day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hostcity.core.models import Edition
from hostcity.readiness.models import Decision, Evidence, Report, TaskState

if TYPE_CHECKING:
    from hostcity.studies.readiness import Progress, Told

FIELDS = (
    "started_on", "finished_on", "remaining_d", "remaining_on", "reported_on", "is_fine", "has_trouble", "evidence_on", "refused_on",
    "accepted_on",
)  # fmt: skip


def known_progress(edition: Edition) -> tuple[dict[str, Progress], int]:
    """How far tasks are, by key, and a number that grows with everything that is told; one query."""
    from hostcity.studies.readiness import Progress

    rows = TaskState.objects.filter(edition=edition).values_list("task", "version", *FIELDS)
    found, number = {}, 0
    for key, version, *values in rows:
        number += version
        found[key] = Progress(**dict(zip(FIELDS, values, strict=True)))
    return found, number


def progress_until(edition: Edition, day: datetime.date) -> dict[str, Progress]:
    """How far tasks were at the end of an earlier day, by key: all that was told until then, as it stood then. Three queries."""
    from hostcity.studies.readiness import progress_of

    return {key: progress_of(told) for key, told in _told(edition, day=day).items()}


def progress_now(edition: Edition, task: str) -> Progress:
    """How far a task is by all that was told of it; three queries."""
    from hostcity.studies.readiness import progress_of

    return progress_of(_told(edition, task=task).get(task, ()))


def keep_state(edition: Edition, state: TaskState) -> None:
    """Write down what all that was told of a task adds up to, after something was."""
    progress = progress_now(edition, state.task)
    for name in FIELDS:
        setattr(state, name, getattr(progress, name))
    state.version += 1
    state.save()


def _told(edition: Edition, *, task: str = "", day: datetime.date | None = None) -> Mapping[str, list[Told]]:
    """Everything that counts, by task, in the order in which it was told."""
    from hostcity.studies.readiness import Told

    of: dict[str, Any] = {"edition": edition} | ({"task": task} if task else {}) | ({"on__lte": day} if day else {})
    evidence = _standing(Evidence.objects.filter(**of, has_passed=True), "withdrawn_at", edition, day)
    decisions = _standing(Decision.objects.filter(**of), "undone_at", edition, day)
    rows: list[tuple[datetime.datetime, str, Told]] = [
        *((row.at, row.task, Told(word=row.word, on=row.on, remaining_d=row.remaining_d)) for row in Report.objects.filter(**of)),  # type: ignore[arg-type]
        *((row.at, row.task, Told(word="evidence", on=row.on)) for row in evidence),
        *((row.at, row.task, Told(word=row.verdict, on=row.on)) for row in decisions),
    ]  # fmt: skip
    found = defaultdict(list)
    for _at, key, told in sorted(rows, key=lambda row: row[0]):
        found[key].append(told)
    return found


def _standing(rows: Iterable[Any], taken_back: str, edition: Edition, day: datetime.date | None) -> Iterable[Any]:
    """Rows that had not been taken back: by now, or by the end of a day."""
    for row in rows:
        at = getattr(row, taken_back)
        if at is None or (day is not None and at.astimezone(edition.zone).date() > day):
            yield row
