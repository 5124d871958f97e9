"""Dates and working time: one clock for all tasks of a preparation."""

from __future__ import annotations

import datetime
import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from hostcity.plan import Plan
from hostcity.plan.working_days import MOST_AFTER, as_date, working_days

JUST = 1e-9  # of a day


@dataclass(frozen=True, slots=True)
class Days:
    """The working days of a calendar, in order, from the first day of the preparation until long after the opening.

    A time is a number of working days: 0 is the morning of the first, 1 its evening and the morning of the second.
    """

    dates: tuple[datetime.date, ...]

    def before(self, day: datetime.date) -> float:
        """The time on the morning of a date. [working days]"""
        return float(bisect_left(self.dates, day))

    def after(self, day: datetime.date) -> float:
        """The time on the evening of a date. [working days]"""
        return float(bisect_right(self.dates, day))

    def start(self, time_d: float) -> datetime.date | None:
        """The date on which something begins at a time; None = after all days of the calendar."""
        return self._at(math.floor(time_d + JUST))

    def end(self, time_d: float) -> datetime.date | None:
        """The date on which something ends at a time; what ends at 0 ends on the first day."""
        return self._at(max(0, math.ceil(time_d - JUST) - 1))

    def _at(self, index: int) -> datetime.date | None:
        return self.dates[index] if index < len(self.dates) else None


def days_of(plan: Plan, calendar: str) -> Days:
    """The working days of a calendar of a plan that has a preparation."""
    row = plan.preparation[0]
    first, opens = as_date(row.first_day), as_date(row.opens)
    if not first or not opens:
        raise ValueError(f"the preparation has dates {row.first_day} and {row.opens}, of which one is none")
    return Days(working_days(plan, calendar).between(first, opens + MOST_AFTER))


def time_of_work(clock: Days, own: Days, start_d: float, work_d: float) -> float | None:
    """How long work by a calendar of its own takes on the clock when it may begin at a time. [working days of the clock]

    Parameters
    ----------
    start_d
        Time of the clock.
    work_d
        Working days of its own calendar, more than 0.

    Returns
    -------
    None when its calendar has no days left for it.
    """
    ends = _own_end(clock, own, start_d, work_d)
    last = own.end(ends) if ends is not None else None
    if ends is None or last is None:
        return None
    within = ends - max(0, math.ceil(ends - JUST) - 1)  # of its last day, more than 0 and at most 1
    day = clock.before(last)
    return max(0.0, (day + within if clock.after(last) > day else day) - start_d)


def last_day(clock: Days, own: Days, start_d: float, work_d: float) -> datetime.date | None:
    """The date on which work by a calendar of its own ends; None when its calendar has no days left for it."""
    ends = _own_end(clock, own, start_d, work_d)
    return own.end(ends) if ends is not None else None


def _own_end(clock: Days, own: Days, start_d: float, work_d: float) -> float | None:
    """The time by its own calendar when work ends that may begin at a time of the clock."""
    begins = clock.start(start_d)
    if begins is None:
        return None
    at = bisect_left(own.dates, begins)
    is_that_day = at < len(own.dates) and own.dates[at] == begins
    return at + work_d + (start_d - math.floor(start_d + JUST) if is_that_day else 0.0)


def first_day(clock: Days, own: Days, start_d: float) -> float:
    """The time on the clock when the first day of a calendar of its own begins, at ``start_d`` or later. [working days]

    Where the clock rests on that day, or there is none, it is ``start_d``: to begin with the clock's next day would be too late.
    """
    begins = clock.start(start_d)
    at = bisect_left(own.dates, begins) if begins else len(own.dates)
    if at == len(own.dates):
        return start_d
    opens = clock.before(own.dates[at])
    return max(start_d, opens) if clock.after(own.dates[at]) > opens else start_d
