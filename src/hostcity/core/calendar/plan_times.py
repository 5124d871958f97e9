"""The day that the plan plays, as entries: when gates open, the last entry, closing, and what its timeline holds.

A demonstration whose dates were moved moves that day with them, and says so in every entry.

Read from stored rows by their fields, not through the whole plan: a calendar is opened often, and two sheets are enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hostcity.core import policy
from hostcity.core.calendar.queries import at_midnight
from hostcity.core.models import Edition, Person, PlanRow
from hostcity.core.registries import CalendarEntry
from hostcity.plan.cells import CellError, clock_seconds


def plan_times(edition: Edition, person: Person) -> Iterator[CalendarEntry]:
    """Moments of the planned day, for whoever may see the plan. One query."""
    if not policy.may(person, policy.SEE_PLAN, edition):
        return
    bodies: dict[str, list[tuple[str, dict[str, Any]]]] = {"edition": [], "timeline": []}
    rows = PlanRow.objects.filter(sheet__in=bodies).order_by("position", "id")
    for sheet, key, body in rows.values_list("sheet", "key", "body"):
        bodies[sheet].append((key, body))
    for _key, day in bodies["edition"][:1]:
        try:
            on = date.fromisoformat(day["date"])
            midnight = at_midnight(edition, _moved(edition, on))
        except (KeyError, TypeError, ValueError, OverflowError):
            return  # a plan in work may have no date yet
        for entry in (*_opening(edition, midnight, day), *_timeline(edition, midnight, bodies["timeline"])):
            yield entry if _moved(edition, on) == on else _said_to_be_moved(entry, on)


def _moved(edition: Edition, on: date) -> date:
    """The day on which a demonstration plays its plan: as long after the opening as on the dates that the plan has.

    Where it is not known when the expo really opened, the plan's day is taken for the opening.
    """
    if not edition.is_demo or edition.opens_on <= on <= edition.closes_on:
        return on
    return edition.opens_on + (on - (edition.really_opened_on or on))


def _said_to_be_moved(entry: CalendarEntry, on: date) -> CalendarEntry:
    title = _("%(title)s (assumed: the plan is of %(date)s)") % {"title": entry.title, "date": date_format(on)}
    return replace(entry, title=title)


def _opening(edition: Edition, midnight: datetime, day: dict[str, Any]) -> Iterator[CalendarEntry]:
    for field, title in _moments().items():
        at = _at(midnight, day.get(field))
        if at:
            yield CalendarEntry(
                key=f"plan-{field}", title=title, starts_at=at, ends_at=at, path=f"/e/{edition.code}/plan/"
            )


def _moments() -> dict[str, str]:
    return {
        "gates_open_at": _("Gates open"),
        "opens_at": _("Halls open"),
        "last_entry_at": _("Last entry"),
        "closes_at": _("Halls close"),
    }


def _timeline(edition: Edition, midnight: datetime, rows: list[tuple[str, dict[str, Any]]]) -> Iterator[CalendarEntry]:
    for key, event in rows:
        start = _at(midnight, event.get("starts_at"))
        says = _actions().get(str(event.get("action")))
        if start is None or says is None:
            continue
        yield CalendarEntry(
            key=f"timeline-{key}",
            title=says % {"target": event.get("target", ""), "value": event.get("value")},
            starts_at=start,
            ends_at=_at(midnight, event.get("ends_at")) or start,
            path=f"/e/{edition.code}/plan/",
        )


def _actions() -> dict[str, str]:
    """What each action of the plan's timeline says."""
    return {
        "lanes": _("Planned: other lanes at %(target)s"),
        "service": _("Planned: other service time at %(target)s"),
        "fail": _("Planned: %(target)s fails"),
        "width": _("Planned: %(target)s narrowed"),
        "close": _("Planned: %(target)s closed"),
        "delay": _("Planned: %(target)s late"),
        "divert": _("Planned: %(target)s diverted"),
        "evacuate": _("Planned: %(target)s evacuated"),
        "advise": _("Planned: %(target)s advised of other gates"),
        "shut": _("Planned: %(target)s out of service"),
    }


def _at(midnight: datetime, clock: Any) -> datetime | None:
    """A moment from HH:MM or HH:MM:SS, which may pass 24:00, as the plan's JSON writes it."""
    if isinstance(clock, str) and ":" in clock:
        try:
            clock = clock_seconds(clock)
        except CellError:  # a plan in work may hold anything
            return None
    return midnight + timedelta(seconds=float(clock)) if isinstance(clock, (int, float)) else None
