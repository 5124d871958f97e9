"""Whether tasks can be done as they are written: their times, their people, who accepts them, what waits for what."""

from __future__ import annotations

import datetime
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from hostcity.plan.check.calendars import span_of
from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import MOST_OF_A_KIND, Problem
from hostcity.plan.rows import Task
from hostcity.plan.sentences import Sentence
from hostcity.plan.working_days import MOST_AFTER, as_date, working_days

MOST_NAMED = 12  # tasks of a circle that are named


def risks(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Factors of a risk that do not ascend."""
    for index, each in enumerate(plan.risk_drivers):
        if not each.factor_low <= each.factor_likely <= each.factor_high:
            what = Sentence("{code} has factors that do not ascend.", code=each.code)
            mend = Sentence("Give the mildest, the likely and the worst factor in this order.")
            yield problem_at("risk_drivers", row_of("risk_drivers", index), "factor_likely", "order", what, mend)


def estimates(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Work without a duration, milestones with one, and estimates that do not ascend."""
    for index, task in enumerate(plan.tasks):
        row = row_of("tasks", index)
        likely = task.likely_d
        if task.kind == "milestone":
            if any((task.optimistic_d, likely, task.pessimistic_d)):
                what = Sentence("{code} is a milestone and takes time.", code=task.code)
                yield problem_at(
                    "tasks",
                    row,
                    "likely_d",
                    "not_used",
                    what,
                    Sentence("Leave its estimates empty, or give it another kind."),
                )
        elif likely is None:
            what = Sentence("{code} has no likely time.", code=task.code)
            yield problem_at(
                "tasks",
                row,
                "likely_d",
                "needed",
                what,
                Sentence("Estimate it in working days, or make it a milestone."),
            )
        elif not shortest(task) <= likely <= longest(task):
            what = Sentence("{code} has estimates that do not ascend.", code=task.code)
            mend = Sentence("Give the optimistic, the likely and the pessimistic time in this order.")
            yield problem_at("tasks", row, "likely_d", "order", what, mend)


def shortest(task: Task) -> float:
    """Its time if all goes well. [working days]"""
    return task.optimistic_d if task.optimistic_d is not None else task.likely_d or 0.0


def longest(task: Task) -> float:
    """Its time if much goes wrong. [working days]"""
    return task.pessimistic_d if task.pessimistic_d is not None else task.likely_d or 0.0


def dates(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Tasks that are needed before they can begin, or begin after all is over, or have too few working days in between."""
    span = span_of(plan)
    known = {each.code for each in plan.calendars}
    days: dict[str, tuple[datetime.date, ...]] = {}
    for index, task in enumerate(plan.tasks):
        row = row_of("tasks", index)
        begin, end = as_date(task.earliest_start), as_date(task.need_by)
        if begin and end and end < begin:
            what = Sentence(
                "{code} is needed by {end}, before it can begin on {begin}.",
                code=task.code,
                end=task.need_by,
                begin=task.earliest_start,
            )
            yield problem_at(
                "tasks", row, "need_by", "order", what, Sentence("Give a later day, or let it begin earlier.")
            )
        elif span:
            code = task.calendar or plan.preparation[0].calendar
            window = (max(begin or span[0], span[0]), end or span[1])
            if code in known:
                if code not in days:
                    days[code] = working_days(plan, code).between(span[0], span[1] + MOST_AFTER)
                yield from _room(task, row, window, days[code])


def _room(
    task: Task,
    row: int,
    window: tuple[datetime.date, datetime.date],
    days: tuple[datetime.date, ...],
) -> Iterator[Problem]:
    """The problem of a task that has not enough working days of its calendar between two dates."""
    first, end = window
    room = max(0, bisect_right(days, end) - bisect_left(days, first))
    takes = math.ceil(shortest(task))
    if room >= takes:
        return
    values = {"code": task.code, "first": first.isoformat(), "last": end.isoformat()}
    if room == 0 and first <= end and task.calendar:
        what = Sentence("{code} has no working day between {first} and {last}.", **values)
        yield problem_at(
            "tasks",
            row,
            "calendar",
            "dead",
            what,
            Sentence("Name another calendar, or add days of work on sheet calendar_days."),
        )
        return
    what = Sentence(
        "{code} takes {takes} working days at least, and has {room} between {first} and {last}.",
        takes=takes,
        room=room,
        **values,
    )
    yield problem_at(
        "tasks", row, "need_by", "late", what, Sentence("Give it more time, let it begin earlier, or make it shorter.")
    )


def people(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Tasks that take more people than their crew has on any day, and departments that would accept what they did themselves."""
    most = {each.code: each.capacity for each in plan.crews}
    for some in plan.crew_days:
        if some.crew in most:
            most[some.crew] = max(most[some.crew], some.capacity)
    for index, task in enumerate(plan.tasks):
        row = row_of("tasks", index)
        if task.demand > most.get(task.crew, task.demand):
            what = Sentence(
                "{code} takes {demand:,} people; crew {crew} has {most:,} at most.",
                code=task.code,
                demand=task.demand,
                crew=task.crew,
                most=most[task.crew],
            )
            yield problem_at("tasks", row, "demand", "too_many", what, Sentence("Take fewer, or give the crew more."))
        if task.accepted_by and task.accepted_by == task.department:
            what = Sentence(
                "{code} would be accepted by the department that does it, {department}.",
                code=task.code,
                department=task.department,
            )
            yield problem_at("tasks", row, "accepted_by", "itself", what, Sentence("Name another department, or none."))


def links(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Tasks that wait for themselves, links said twice, and circles, each named by its tasks at one of its links."""
    first: dict[tuple[str, str, str], str] = {}
    at: dict[tuple[str, str], int] = {}
    for index, link in enumerate(plan.task_links):
        row = row_of("task_links", index)
        key = (link.before, link.after, link.kind)
        if link.before == link.after:
            what = Sentence("{code} lets {task} wait for itself.", code=link.code, task=link.after)
            yield problem_at("task_links", row, "after", "itself", what, Sentence("Remove it, or name another task."))
        elif key in first:
            what = Sentence("{code} says again what {other} says.", code=link.code, other=first[key])
            yield problem_at("task_links", row, "after", "twice", what, Sentence("Keep one of them."))
        first.setdefault(key, link.code)
        at.setdefault((link.before, link.after), row)
    for circle in _circles(set(at)):
        named = circle if len(circle) <= MOST_NAMED else (*circle[: MOST_NAMED - 1], "…", circle[-1])
        what = Sentence("tasks wait for one another: {tasks}.", tasks=" → ".join((*named, named[0])))
        mend = Sentence("Remove one of these links.")
        yield problem_at("task_links", at[circle[-1], circle[0]], "after", "circle", what, mend)


def _circles(pairs: set[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Circles until none is left of tasks that are in no circle told before, each from its least task on."""
    left = {pair for pair in pairs if pair[0] != pair[1]}
    for _ in range(MOST_OF_A_KIND):
        graph: TopologicalSorter[str] = TopologicalSorter()
        for before, after in sorted(left):
            graph.add(after, before)
        try:
            graph.prepare()
        except CycleError as found:
            circle = found.args[1][:-1]
        else:
            return
        start = circle.index(min(circle))
        told = (*circle[start:], *circle[:start])
        yield told
        left = {pair for pair in left if pair[0] not in told and pair[1] not in told}
