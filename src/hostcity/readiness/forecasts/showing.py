"""A forecast as pages show it: with names of the plan as it is now, and with people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hostcity.core.models import Edition, Person
from hostcity.plan.rows import Task
from hostcity.readiness.forecasts.kept import RULES, Said
from hostcity.readiness.owners import Owners, owners_of
from hostcity.readiness.preparation import Preparation, preparation_of
from hostcity.readiness.words import named

LIKELY = 0.95  # milestones below it are listed
MIDDLE = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipLine:
    """What the delay of a task costs, with who answers for it; nobody is named of a task that the plan has not any more."""

    code: str
    key: str  # "" = the plan does not have it any more
    name: str
    department: str
    people: tuple[Person, ...]
    order: float
    dispatch: float
    days: float


@dataclass(frozen=True, kw_only=True, slots=True)
class EndLine:
    """A milestone, or the opening."""

    code: str
    name: str
    need_by: datetime.date | None
    chance: Mapping[str, float]
    half_by: Mapping[str, datetime.date | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupLine:
    """A department."""

    code: str
    name: str
    tasks: int
    chance: Mapping[str, float]
    span: tuple[float, float]
    late_d: float


class Named:
    """Names of the plan, in the language of the reader."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.preparation: Preparation = preparation_of(edition)

    @cached_property
    def owners(self) -> Owners:
        """Who answers for departments; one query."""
        return owners_of(self.edition)

    @cached_property
    def tasks(self) -> dict[str, tuple[str, Task]]:
        """Key and task by code."""
        plan = self.preparation.plan
        return {plan.tasks[at].code: (key, plan.tasks[at]) for key, at in self.preparation.at.items()}

    @cached_property
    def departments(self) -> dict[str, str]:
        """What departments are called, by code."""
        return {each.code: named(each) for each in self.preparation.plan.departments}

    @cached_property
    def risks(self) -> dict[str, str]:
        """What risks are called, by code."""
        return {each.code: named(each) for each in self.preparation.plan.risk_drivers}

    def task(self, code: str) -> str:
        """What a task is called."""
        return named(self.tasks[code][1]) if code in self.tasks else code


def slips_of(names: Named, told: Said, most: int | None = None) -> list[SlipLine]:
    """Tasks whose delay costs most."""
    return [_slip(names, each) for each in told["slips"][:most]]


def _slip(names: Named, each: Said) -> SlipLine:
    key, task = names.tasks.get(each["code"], ("", None))
    return SlipLine(
        code=each["code"], key=key, name=named(task) if task else each["code"],
        department=names.departments.get(task.department, task.department) if task else "",
        people=names.owners.department(task.department) if task else (), order=each["points"]["order"], dispatch=each["points"]["dispatch"],
        days=each["days"]["dispatch"],
    )  # fmt: skip


def groups_of(names: Named, told: Said) -> list[GroupLine]:
    """Departments, the worst first."""
    return [
        GroupLine(
            code=each["code"], name=names.departments.get(each["code"], each["code"]), tasks=each["tasks"], chance=each["chance"],
            span=(each["span"][0], each["span"][1]), late_d=each["late_d"]["dispatch"],
        )
        for each in told["departments"]
    ]  # fmt: skip


def milestones_of(names: Named, told: Said) -> list[EndLine]:
    """Milestones that are not all but certain, the least likely first."""
    rows = [each for each in told["milestones"] if each["need_by"] and min(each["chance"].values()) < LIKELY]
    return [end_line(names, each, told["shares"]) for each in sorted(rows, key=_worst)]


def _worst(each: Said) -> tuple[float, float, str]:
    return each["chance"]["dispatch"], each["chance"]["order"], each["code"]


def end_line(names: Named, each: Said, shares: Iterable[float]) -> EndLine:
    """A milestone in a list."""
    at = [*shares].index(MIDDLE)
    return EndLine(
        code=each["code"], name=names.task(each["code"]), need_by=day_of(each["need_by"]), chance=each["chance"],
        half_by={rule: day_of(each["ends"][rule][at]) for rule in RULES},
    )  # fmt: skip


def curves_of_opening(told: Said) -> dict[str, list[tuple[datetime.date, float]]]:
    """Probability that all is ready on the evening of each day."""
    return {
        rule: [(datetime.date.fromisoformat(row[0]), row[1 + at]) for row in told["by_day"]]
        for at, rule in enumerate(RULES)
    }


def curves_of_milestone(each: Said, shares: Iterable[float]) -> dict[str, list[tuple[datetime.date, float]]]:
    """The same of a milestone, from its quantiles; days after all days of the calendar are left out."""
    found: dict[str, list[tuple[datetime.date, float]]] = {}
    for rule in RULES:
        by_day: dict[datetime.date, float] = {}
        for day, share in zip(each["ends"][rule], shares, strict=True):
            if day:
                by_day[datetime.date.fromisoformat(day)] = share
        found[rule] = list(by_day.items())
    return found


def day_of(text: Any) -> datetime.date | None:
    """A day of the data."""
    return datetime.date.fromisoformat(text) if text else None
