"""The working days of a calendar: its usual week, its special days, and those of the calendar that it follows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Calendar

ONE_DAY = datetime.timedelta(days=1)
#: Days of the week on which work is done, Monday is 0.
WEEKDAYS: dict[str, frozenset[int]] = {
    "mon_fri": frozenset(range(5)), "mon_sat": frozenset(range(6)), "every_day": frozenset(range(7)), "none": frozenset(),
}  # fmt: skip
MOST_AFTER = datetime.timedelta(days=1_100)  # the opening: how late a late preparation may be
MOST_SPAN = 1_500  # days of one row: more are told by the checks, and not looked at


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """On which days a calendar has work done. ``special`` says so of the days that differ from the usual week."""

    weekdays: frozenset[int]
    special: dict[datetime.date, bool]

    def has(self, day: datetime.date) -> bool:
        """Whether work is done on a day."""
        return self.special.get(day, day.weekday() in self.weekdays)

    def between(self, first: datetime.date, last: datetime.date) -> tuple[datetime.date, ...]:
        """The working days from the first to the last day, both included, in order."""
        return tuple(day for day in days_between(first, last) if self.has(day))


def working_days(plan: Plan, code: str) -> WorkingDays:
    """The working days of a calendar; special days of its own come before those of the calendar that it follows.

    Raises ``KeyError`` when there is no such calendar. Dates that cannot be read are passed over: the checks tell of them.
    """
    calendars = {each.code: each for each in plan.calendars}
    own = calendars[code]
    followed = calendars.get(own.follows)
    special = {**(_special(plan, followed) if followed else {}), **_special(plan, own)}
    return WorkingDays(WEEKDAYS.get(own.week, frozenset()), special)


def _special(plan: Plan, calendar: Calendar) -> dict[datetime.date, bool]:
    rows = (row for row in plan.calendar_days if row.calendar == calendar.code)
    return {day: row.is_working for row in rows for day in days_of(row.first, row.last)}


def days_of(first: str, last: str) -> Iterator[datetime.date]:
    """The days of a row: the first alone where no last one is given; none where it is turned round or can't be read."""
    start, end = as_date(first), as_date(last or first)
    if start and end and (end - start).days < MOST_SPAN:
        yield from days_between(start, end)


def days_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Every day from the first to the last, both included."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield datetime.date.fromordinal(number)


def as_date(text: str) -> datetime.date | None:
    """The date of a text as YYYY-MM-DD; None = it is none."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
