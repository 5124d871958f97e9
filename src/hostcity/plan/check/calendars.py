"""Whether the preparation has days: its calendars, their special days, and those of its crews."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.working_days import MOST_SPAN, ONE_DAY, as_date, days_of, working_days

Span = tuple[datetime.date, datetime.date]


def preparation(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Tasks without a preparation, and one that ends before it begins or is too long."""
    if plan.tasks and not plan.preparation:
        what = Sentence("has no rows, but there are tasks.")
        mend = Sentence("Add one row: the first day, the opening, and the calendar.")
        yield Problem(code="preparation.rows", sheet="preparation", what=what, mend=mend)
    for index, row in enumerate(plan.preparation):
        first, opens = as_date(row.first_day), as_date(row.opens)
        if first and opens and not 0 < (opens - first).days <= MOST_SPAN:
            what = Sentence(
                "{opens} is not within {most:,} days after {first}.",
                opens=row.opens,
                most=MOST_SPAN,
                first=row.first_day,
            )
            mend = Sentence("Give the day of the opening, after the first day.")
            yield problem_at("preparation", row_of("preparation", index), "opens", "order", what, mend)


def span_of(plan: Plan) -> Span | None:
    """The first and the last day of the preparation, the day before the opening; None = they cannot be told."""
    if not plan.preparation:
        return None
    first, opens = as_date(plan.preparation[0].first_day), as_date(plan.preparation[0].opens)
    is_good = first and opens and 0 < (opens - first).days <= MOST_SPAN
    return (first, opens - ONE_DAY) if is_good and first and opens else None


def calendars(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Calendars that follow themselves or a chain of others, and dead ones, on which no day is worked."""
    known = {each.code: each for each in plan.calendars}
    span = span_of(plan)
    for index, each in enumerate(plan.calendars):
        row = row_of("calendars", index)
        followed = known.get(each.follows)
        if followed and (followed.follows or followed is each):
            what = Sentence(
                "{code} follows {other}, which follows a calendar itself.", code=each.code, other=each.follows
            )
            mend = Sentence("Name a calendar that follows none.")
            yield problem_at("calendars", row, "follows", "loop", what, mend)
        elif span and not working_days(plan, each.code).between(*span):
            first, last = span
            what = Sentence(
                "{code} has no working day between {first} and {last}.",
                code=each.code,
                first=first.isoformat(),
                last=last.isoformat(),
            )
            mend = Sentence("Give it another usual week, or days of work on sheet calendar_days.")
            yield problem_at("calendars", row, "week", "dead", what, mend)


def special_days(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Special days of calendars and crews that are turned round, too many, or said twice."""
    for sheet, whose in (("calendar_days", "calendar"), ("crew_days", "crew")):
        said: dict[tuple[str, datetime.date], str] = {}
        for index, each in enumerate(getattr(plan, sheet)):
            row = row_of(sheet, index)
            yield from _turned_round(sheet, row, each)
            cells = [(getattr(each, whose), day) for day in days_of(each.first, each.last)]
            twice = next((cell for cell in cells if cell in said), None)
            if twice:
                what = Sentence(
                    "{code} says again what {other} says of {day}.",
                    code=each.code,
                    other=said[twice],
                    day=twice[1].isoformat(),
                )
                mend = Sentence("Name each day in one row only.")
                yield problem_at(sheet, row, "first", "overlap", what, mend)
            said |= dict.fromkeys(cells, each.code)


def _turned_round(sheet: str, row: int, each: Any) -> Iterator[Problem]:
    first, last = as_date(each.first), as_date(each.last or each.first)
    if first and last and not 0 <= (last - first).days < MOST_SPAN:
        what = Sentence(
            "{last} is not within {most:,} days after {first}.", last=each.last, most=MOST_SPAN, first=each.first
        )
        mend = Sentence("Give a last day that is not before the first.")
        yield problem_at(sheet, row, "last", "order", what, mend)
