"""Tasks as lists show them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.readiness.owners import Owners
from hostcity.readiness.standing import Standing, TaskNow
from hostcity.readiness.words import named

PAGE = 50
NOT_OWNED = "-"  # instead of the code of an owner: nobody answers for them


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which tasks; "" = whatever they have."""

    department: str = ""
    workstream: str = ""
    owner: str = ""  # code of a person
    color: str = ""
    text: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether anything is asked."""
        return any((self.department, self.workstream, self.owner, self.color, self.text))


@dataclass(frozen=True, slots=True)
class Page:
    """Some tasks of a list, with what to ask the next page with; "" = there is none."""

    rows: Sequence[TaskNow]
    next: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Tasks that were asked for, the worst first."""

    tasks: Sequence[TaskNow]
    colors: Mapping[str, int] = field(default_factory=dict)  # of all that were asked for, whatever their color

    def page(self, after: str = "", size: int = PAGE) -> Page:
        """The page behind the task of a key. Raises ``Refused`` where that is none of the list any more."""
        begin = 0
        if after:
            place = next((place for place, each in enumerate(self.tasks) if each.key == after), None)
            if place is None:
                what = _("This is not where a page of this list ended.")
                raise Refused("page.cursor", what, _("Begin with the first page again."), field="after")
            begin = place + 1
        rows = self.tasks[begin : begin + size]
        return Page(rows, rows[-1].key if begin + size < len(self.tasks) else "")


def listed(standing: Standing, asked: Asked, owners: Owners) -> Listed:
    """Tasks by color, the worst first, then by the day until which they do no harm, then by their place in the sheet."""
    found = list(_asked(standing, asked, owners))
    colors: dict[str, int] = {}
    for each in found:
        colors[each.status.color] = colors.get(each.status.color, 0) + 1
    shown = [each for each in found if asked.color in ("", each.status.color)]
    return Listed(tasks=sorted(shown, key=harm), colors=colors)


def harm(each: TaskNow) -> tuple[int, datetime.date, int]:
    """The order in which tasks are looked at: color, then the day until which they do no harm; what harms already comes first."""
    from hostcity.studies.readiness.status import ORDER

    return ORDER[each.status.color], (each.now and each.now.harmless_end) or datetime.date.min, each.at


def _asked(standing: Standing, asked: Asked, owners: Owners) -> Iterable[TaskNow]:
    departments = _departments(standing, asked, owners)
    text = asked.text.casefold()
    for each in standing.tasks:
        task = each.task
        if departments is not None and task.department not in departments:
            continue
        if asked.workstream not in ("", task.workstream):
            continue
        if text and not any(text in part.casefold() for part in (task.code, task.name_en, task.name_zh)):
            continue
        yield each


def _departments(standing: Standing, asked: Asked, owners: Owners) -> frozenset[str] | None:
    """Of which departments; None = of all."""
    found = None
    codes = [each.code for each in standing.preparation.plan.departments]
    if asked.owner == NOT_OWNED:
        found = frozenset(code for code in codes if not owners.department(code))
    elif asked.owner:
        found = owners.departments_of(asked.owner, codes)
    if asked.department:
        found = frozenset({asked.department}) if found is None else found & {asked.department}
    return found


def names_of(rows: Iterable[object]) -> dict[str, str]:
    """What rows of the plan are called, by code."""
    return {each.code: named(each) for each in rows}  # type: ignore[attr-defined]
