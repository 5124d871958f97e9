"""The tasks of somebody: in the order of harm, with whom each holds up."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from hostcity.core.sayings import Joined
from hostcity.readiness.rights import Rights
from hostcity.readiness.standing import Standing, TaskNow
from hostcity.readiness.words import named


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocks:
    """Whom a task holds up."""

    tasks: int  # one after the other
    departments: str  # of those that wait for it directly, but its own


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """Somebody's tasks."""

    is_owner: bool  # of any department
    open: list[TaskNow]  # those that harm first, first
    blocked: list[Blocks]  # of each of them
    done: int
    to_accept: list[TaskNow]  # of others, finished as their owners say


def own_tasks(standing: Standing, rights: Rights, departments: Collection[str]) -> Own:
    """What the owner of some departments answers for, and what waits for their acceptance; no query.

    In the order of harm: by working days to spare, then by how many wait; what has ended but for its acceptance comes last.
    """
    own = [each for each in standing.tasks if each.task.department in departments]
    counts = _counts(standing)
    open_ = sorted((each for each in own if each.told.is_open), key=lambda each: _harm(each, counts))
    to_accept = [
        each
        for each in standing.tasks
        if each.told.is_open and each.told.finished_on
        and (each.task.accepted_by in departments or rights.accepts_for_any())
        and rights.may_accept(each.task.department, each.task.accepted_by)
    ]  # fmt: skip
    return Own(
        is_owner=bool(departments), open=open_, blocked=_blocked(standing, open_, counts),
        done=len(own) - len(open_), to_accept=sorted(to_accept, key=lambda each: _harm(each, counts)),
    )  # fmt: skip


def _counts(standing: Standing) -> tuple[int, ...]:
    from hostcity.studies.readiness import waiting_counts

    return waiting_counts(standing.now.network) if standing.now else (0,) * len(standing.tasks)


def _harm(each: TaskNow, counts: tuple[int, ...]) -> tuple[bool, float, int, datetime.date, int]:
    spare = each.now.spare_d if each.now else 0.0
    end = (each.now and each.now.end) or datetime.date.max
    return bool(each.told.finished_on), spare, -counts[each.at], end, each.at


def _blocked(standing: Standing, tasks: list[TaskNow], counts: tuple[int, ...]) -> list[Blocks]:
    names = {each.code: named(each) for each in standing.preparation.plan.departments}
    department = {each.task.code: each.task.department for each in standing.tasks}
    after: dict[str, list[str]] = {}
    for link in standing.preparation.plan.task_links:
        after.setdefault(link.before, []).append(department.get(link.after, ""))
    found = []
    for each in tasks:
        others = dict.fromkeys(code for code in after.get(each.task.code, ()) if code not in ("", each.task.department))
        found.append(Blocks(tasks=counts[each.at], departments=str(Joined(names.get(code, code) for code in others))))
    return found
