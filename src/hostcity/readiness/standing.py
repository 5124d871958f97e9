"""How the preparation stands today: every task with its dates, what was told of it, and its color by rule."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from hostcity.core.models import Edition
from hostcity.plan.rows import Task
from hostcity.readiness.forecasts.chances import Chances, chances_of
from hostcity.readiness.preparation import Preparation, preparation_of
from hostcity.readiness.telling import known_progress

if TYPE_CHECKING:
    from hostcity.studies.readiness import Dated, DatedPath, Progress, Status

MOST_KEPT = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskNow:
    """A task today."""

    at: int  # its place in the sheet
    key: str  # in addresses
    task: Task
    planned: Dated | None  # None: the plan has problems, so there are no dates
    now: Dated | None
    told: Progress
    status: Status


@dataclass(frozen=True, kw_only=True, eq=False)
class Standing:
    """All tasks today, in the order of their sheet."""

    preparation: Preparation
    today: datetime.date
    now: DatedPath | None  # the network as it stands: a forecast begins here
    tasks: tuple[TaskNow, ...]

    def task(self, key: str) -> TaskNow | None:
        """The task of a key."""
        place = self.preparation.at.get(key)
        return None if place is None else self.tasks[place]


_kept: OrderedDict[int, tuple[Any, Standing]] = OrderedDict()
_lock = Lock()


def standing_of(edition: Edition) -> Standing:
    """How the preparation stands: three queries, and none of the work again until somebody tells something, forecasts, or a day ends."""
    preparation, today = preparation_of(edition), edition.today()
    known, number = known_progress(edition)
    chances = chances_of(edition, preparation.number, today)
    key = (preparation.sha256, number, today, chances.pk if chances else 0)
    with _lock:
        kept = _kept.get(edition.pk)
    if kept is not None and preparation.sha256 and kept[0] == key:
        return kept[1]
    made = _made(preparation, known, today, chances)
    with _lock:
        _kept[edition.pk] = (key, made)
        _kept.move_to_end(edition.pk)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _made(
    preparation: Preparation, known: Mapping[str, Progress], today: datetime.date, chances: Chances | None
) -> Standing:
    from hostcity.studies.readiness import Progress, date_network, standing

    planned, nothing = preparation.dated, Progress()
    codes = {preparation.plan.tasks[at].code: known[key] for key, at in preparation.at.items() if key in known}
    now = date_network(standing(planned.network, codes, today)) if planned else None
    tasks = tuple(
        _task_now(preparation, at, key, now, known.get(key, nothing), today, chances)
        for key, at in preparation.at.items()
    )
    return Standing(preparation=preparation, today=today, now=now, tasks=tasks)


def _task_now(
    preparation: Preparation, at: int, key: str, now: DatedPath | None, told: Progress, today: datetime.date, chances: Chances | None,
) -> TaskNow:  # fmt: skip
    from hostcity.studies.readiness import judge, without_dates

    task, planned = preparation.plan.tasks[at], preparation.dated
    if planned is None or now is None:
        return TaskNow(at=at, key=key, task=task, planned=None, now=None, told=told, status=without_dates(told))
    chance = chances.chance(task.code, told) if chances else None
    status = judge(
        planned.tasks[at], now.tasks[at], told, clock=now.network.clock, today=today, opens=planned.opens, chance=chance
    )
    return TaskNow(at=at, key=key, task=task, planned=planned.tasks[at], now=now.tasks[at], told=told, status=status)
