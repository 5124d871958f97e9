"""The preparation of an edition: the plan's sheets of tasks, and their dates; kept in memory until the plan is changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from hostcity.core.models import Edition
from hostcity.core.plan_rows.bodies import key_of
from hostcity.core.plan_rows.queries import kept_rows_of_sheets, last_act
from hostcity.plan import Plan, PlanError, Problem, problems_of
from hostcity.plan.books import READINESS

if TYPE_CHECKING:
    from hostcity.studies.readiness import DatedPath

SHEETS = (*READINESS.own, "sources")  # directives name where they are written
MOST_KEPT = 4  # editions whose preparation a process keeps


@dataclass(frozen=True, kw_only=True, eq=False)
class Preparation:
    """The sheets, with the dates of the tasks by the plan alone."""

    plan: Plan
    dated: DatedPath | None  # None: the sheets have problems, so there are no dates
    problems: tuple[Problem, ...]
    at: Mapping[str, int]  # places of tasks in their sheet, by the key that stands in addresses
    number: int  # of the last act on the plan
    sha256: str  # its hash


_kept: OrderedDict[int, Preparation] = OrderedDict()
_lock = Lock()


def preparation_of(edition: Edition) -> Preparation:
    """The preparation as it is planned now: one query, and one more after each act on the plan."""
    number, sha256 = last_act(edition)
    with _lock:
        known = _kept.get(edition.pk)
    if known is not None and sha256 and known.sha256 == sha256:
        return known
    made = _made(kept_rows_of_sheets(edition, SHEETS, sha256), number, sha256)
    with _lock:
        _kept[edition.pk] = made
        _kept.move_to_end(edition.pk)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _made(rows: Mapping[str, tuple[Any, ...]], number: int, sha256: str) -> Preparation:
    from hostcity.studies.readiness import date_tasks  # lazily: NumPy, for requests that need it alone

    plan = Plan(edition=(), **rows)
    problems = tuple(each for each in problems_of(plan) if each.sheet in READINESS.own)
    dated = None
    if plan.tasks and not problems:
        try:
            dated = date_tasks(plan)
        except PlanError as error:
            problems = tuple(error.problems)
    at = {key_of(task.code): place for place, task in enumerate(plan.tasks)}
    return Preparation(plan=plan, dated=dated, problems=problems, at=at, number=number, sha256=sha256)
