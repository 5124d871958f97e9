"""Cards of the day: today's calendar, and what changed since yesterday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from hostcity.core.calendar.queries import at_midnight, entries_and_next
from hostcity.core.changes.summed import summed_since
from hostcity.core.registries import CalendarEntry, OnPaper

MOST_CHANGES = 8


def calendar(request: Any) -> Mapping[str, Any]:
    """Today's entries in order of time; where there are none, what comes next."""
    today = request.edition.today()
    entries, following = entries_and_next(request.edition, request.user, since=today, until=today)
    return {
        "today": today,
        "entries": [(_clock_of(each), each) for each in entries],
        "following": None if entries else following,
    }


def calendar_on_paper(values: Mapping[str, Any]) -> OnPaper:
    """The same in the brief."""
    rows = [(clock, each.title, each.place) for clock, each in values["entries"]]
    lines = () if rows else (_("Nothing stands in the calendar today."), *_next(values["following"]))
    return OnPaper(heading=_("Today, {date}").format(date=date_format(values["today"])), lines=lines, rows=rows)


def _next(entry: CalendarEntry | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    on = date_format(timezone.localtime(entry.starts_at), "DATE_FORMAT")
    return (_("Next, on {date}: {title}").format(date=on, title=entry.title),)


def _clock_of(entry: CalendarEntry) -> str:
    if entry.is_all_day:
        return _("all day")
    start, end = (time_format(timezone.localtime(at)) for at in (entry.starts_at, entry.ends_at))
    return start if start == end else f"{start}–{end}"


def changes(request: Any) -> Mapping[str, Any]:
    """What was done since the beginning of yesterday, latest first, an import as one line; five queries at most.

    The wall does not name people on whom others acted.
    """
    since = at_midnight(request.edition, request.edition.today() - timedelta(days=1))
    reader = None if getattr(request, "is_wall", False) else request.user
    told = summed_since(request.edition, since, MOST_CHANGES + 1, reader=reader)
    return {"changes": told[:MOST_CHANGES], "are_more": len(told) > MOST_CHANGES}


def changes_on_paper(values: Mapping[str, Any]) -> OnPaper:
    """The same in the brief."""
    rows = [
        (date_format(timezone.localtime(each.at), "SHORT_DATETIME_FORMAT"), f"{each.by} {each.words}")
        for each in values["changes"]
    ]
    lines = [] if rows else [_("Nothing has been changed since yesterday.")]
    rows += [("", _("Further changes stand in the ledger."))] if values["are_more"] else []
    return OnPaper(heading=_("Changes since yesterday"), lines=lines, rows=rows)
