"""Milestones, drills and need-by dates of a preparation as iCalendar (RFC 5545), for whoever answers for them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from hostcity.studies.readiness import Dated, DatedPath

ONE_DAY = datetime.timedelta(days=1)


def preparation_calendar(
    dated: DatedPath, *, at: datetime.datetime, departments: Collection[str] = (), chinese: bool = False
) -> bytes:
    """Whole days: each milestone and drill as it is to be expected now, and each need-by date.

    ``departments`` are those whose tasks are wanted; empty = all. The same task keeps its key, so that a calendar that is
    brought in again moves what it brought before.
    """
    from icalendar import Calendar, Event

    plan = dated.network.plan
    edition = plan.edition[0].code if plan.edition else plan.preparation[0].code
    names = {each.code: _name(each, chinese) for each in plan.departments}
    calendar = Calendar()
    calendar.add("prodid", "-//hostcity//preparation//EN")
    calendar.add("version", "2.0")
    for each in dated.tasks:
        task = each.task
        if departments and task.department not in departments:
            continue
        for key, title, first, last in _days(each, chinese):
            event = Event()
            event.add("uid", f"{task.code}-{key}@{edition}.hostcity")
            event.add("dtstamp", at.astimezone(datetime.UTC))
            event.add("summary", title)
            event.add("dtstart", first)
            event.add("dtend", last + ONE_DAY)
            event.add("transp", "TRANSPARENT")
            event.add("categories", [names.get(task.department, task.department), task.kind])
            if done := (task.done_zh or task.done_en) if chinese else (task.done_en or task.done_zh):
                event.add("description", done)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _days(each: Dated, chinese: bool) -> Iterator[tuple[str, str, datetime.date, datetime.date]]:
    """Key, title, first and last day of what a task is in a calendar."""
    task, name = each.task, _name(each.task, chinese)
    if task.kind in ("milestone", "drill") and each.start and each.end:
        yield "is", name, each.end if task.kind == "milestone" else each.start, each.end
    if task.need_by:
        day = datetime.date.fromisoformat(task.need_by)
        yield "by", f"须完成：{name}" if chinese else f"Needed by today: {name}", day, day


def _name(row: object, chinese: bool) -> str:
    en, zh = getattr(row, "name_en", ""), getattr(row, "name_zh", "")
    return str(((zh or en) if chinese else (en or zh)) or getattr(row, "code", ""))
