"""The preparation of the demonstration: its dates as if it lay ahead, its bureaus with their owners, and how far it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from django_scopes import scope

from hostcity.core.models import Assignment, Bureau, Edition, Person
from hostcity.core.models.people import Role
from hostcity.plan import Plan
from hostcity.plan.books import READINESS
from hostcity.plan.dates import moved
from hostcity.plan.working_days import as_date
from hostcity.readiness.owners import bureau_code
from hostcity.readiness.services import Brought, bring_progress
from hostcity.readiness.standing import TaskNow, standing_of
from hostcity.readiness.telling import known_progress

OWNER = "owner-"  # usernames of owners, who have no password: nobody signs in as one of them
SURNAMES, GIVEN = "陈林黄张李王吴刘蔡杨许郑谢郭洪", "明华芳伟静敏强磊洋艳勇军杰娟涛"
DAYS_TO_ACCEPT = 6
ELSEWHERE = "Kept in the files of the bureau. 存于专班档案。"


def laid_ahead(plan: Plan, opens_on: datetime.date) -> Plan:
    """The plan with the dates of its preparation moved, so that it opens on a day; without a preparation as it is."""
    opened = as_date(plan.preparation[0].opens) if plan.preparation else None
    return moved(plan, (opens_on - opened).days, READINESS.own) if opened else plan


def without_preparation(plan: Plan) -> Plan:
    """The plan of a day alone: for an edition that is over."""
    return plan.replace(**dict.fromkeys(READINESS.own, ()))


def make_bureaus(edition: Edition, plan: Plan) -> None:
    """A bureau for each department of the plan, with an invented owner who has a phone; those that are there stay."""
    with scope(edition=edition):
        known = {each.code: each for each in Bureau.objects.all()}
        owned = set(Assignment.objects.filter(role=Role.BUREAU_OWNER).values_list("bureau__code", flat=True))
        for number, each in enumerate(plan.departments):
            code = bureau_code(each.code)
            bureau = known.get(code) or Bureau.objects.create(edition=edition, code=code, name_en=each.name_en, name_zh=each.name_zh)  # fmt: skip
            if code not in owned:
                Assignment.objects.create(edition=edition, person=_owner(code, number), role=Role.BUREAU_OWNER, bureau=bureau)  # fmt: skip


def _owner(code: str, number: int) -> Person:
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[number * 7 % len(GIVEN)] + GIVEN[(number // 5 + 3) % len(GIVEN)]
    found = Person.objects.filter(username=OWNER + code).first()
    return found or Person.objects.create_user(OWNER + code, name=name, language="zh-hans")


def bring_past(edition: Edition, by: Person) -> None:
    """What was told of tasks until today, as it could have been: most are done, some late, some said fine and red inside."""
    with scope(edition=edition):
        if known_progress(edition)[1] == 0:
            tasks = standing_of(edition)
            brought = [found for each in tasks.tasks if (found := next(_told(each, tasks.today), None))]
            if brought:
                bring_progress(edition=edition, brought=brought, by=by)


def _told(each: TaskNow, today: datetime.date) -> Iterator[Brought]:
    """What was told of a task, by its plan and by chance that its code decides."""
    chance = crc32(each.task.code.encode()) % 100
    start, end = each.planned and each.planned.start, each.planned and each.planned.end
    if start is None or end is None or start > today:
        return
    finished = end + datetime.timedelta(days=chance % 4)
    begun = Brought(task=each.key, started_on=min(start, end))
    if end >= today or finished > today:
        if chance < 85:
            yield replace(begun, reported_on=max(start, today - datetime.timedelta(days=chance % 6)))
    elif chance < 88:
        accepted = finished + datetime.timedelta(days=1 + chance % DAYS_TO_ACCEPT)
        done = replace(begun, finished_on=finished, shown_on=finished, evidence=ELSEWHERE)
        yield replace(done, accepted_on=accepted) if accepted <= today else done
    elif chance < 93:
        yield replace(begun, finished_on=finished, shown_on=finished if chance % 2 else None, evidence=ELSEWHERE if chance % 2 else "")  # fmt: skip
    elif chance < 97:
        yield replace(begun, reported_on=today - datetime.timedelta(days=chance % 3), remaining_d=float(chance - 60))
    elif chance < 99:
        yield replace(
            begun, reported_on=today - datetime.timedelta(days=2), trouble="Waits for a supplier. 等待供应商。"
        )
