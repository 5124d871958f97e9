"""Departments with the colors of their tasks, and how far their own words lie from the rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hostcity.core.models import Person
from hostcity.readiness.owners import Owners
from hostcity.readiness.standing import Standing, TaskNow
from hostcity.readiness.words import named


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentNow:
    """A department today."""

    code: str
    name: str
    owners: Sequence[Person]
    tasks: int
    colors: Mapping[str, int]
    said_fine: int  # open tasks of which its last word is that all is well
    red_inside: int  # those of them that are red by rule
    silent: int  # tasks that should be under way, of which nobody said anything for days
    to_accept: int  # tasks of others that wait for it

    @property
    def watermelon(self) -> float | None:
        """Share of what it calls fine that is red by rule; None = it calls nothing fine."""
        return self.red_inside / self.said_fine if self.said_fine else None

    @property
    def red_share(self) -> float:
        """Of its open tasks."""
        open_ = self.tasks - self.colors.get("done", 0)
        return self.colors.get("red", 0) / open_ if open_ else 0.0


def departments_now(standing: Standing, owners: Owners) -> list[DepartmentNow]:
    """All departments of the plan, the worst first: by their share of red tasks, then by how many are red and amber; no query."""
    own: defaultdict[str, list[TaskNow]] = defaultdict(list)
    waiting: Counter[str] = Counter()
    for each in standing.tasks:
        own[each.task.department].append(each)
        if each.told.is_open and each.told.finished_on:
            waiting[each.task.accepted_by] += 1
    found = [
        _department(row.code, named(row), owners.department(row.code), own[row.code], waiting[row.code])
        for row in standing.preparation.plan.departments
    ]
    return sorted(found, key=lambda each: (-each.red_share, -each.colors.get("red", 0), -each.colors.get("amber", 0)))


def _department(
    code: str, name: str, owners: Sequence[Person], tasks: Sequence[TaskNow], waiting: int
) -> DepartmentNow:
    from hostcity.studies.readiness import watermelon

    found = watermelon([(each.told, each.status) for each in tasks])
    silent = sum(any(reason.code in ("silent", "not_begun") for reason in each.status.reasons) for each in tasks)
    return DepartmentNow(
        code=code, name=name, owners=owners, tasks=len(tasks), colors=Counter(str(each.status.color) for each in tasks),
        said_fine=found.said_fine, red_inside=found.red_inside, silent=silent, to_accept=waiting,
    )  # fmt: skip
