"""What visitors are told of doors and lifts that are shut: signs over what is so now, and the hours of all of them in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hostcity.core.models import Edition
from hostcity.plan.closings import share_left
from hostcity.plan.lanes import holds
from hostcity.plan.rows import Connector, Event, Opening
from hostcity.venue.finding import Place, kind_of, words_of
from hostcity.venue.queries import LevelMap, VenueMap
from hostcity.venue.showing import Shut
from hostcity.venue.svg import times_of
from hostcity.venue.words import kind_name


def shut_now(edition: Edition, venue: VenueMap, now: datetime | None = None) -> Shut:
    """Doors and connectors over which visitors see a sign: on a day of the fair those that are shut at this time of the day.

    On any other day, when people look up what awaits them, all that the planned day shuts. Narrowings are the staff's.
    """
    local = timezone.localtime(now, edition.zone)
    is_fair = edition.opens_on <= local.date() <= edition.closes_on
    at_s = local.hour * 3600 + local.minute * 60 + local.second
    found = []
    for code, events in _shut(venue).items():
        lasting = tuple(event for event in events if not is_fair or holds(event, at_s))
        if lasting:
            found.append((code, lasting))
    return tuple(found)


def shut_places(venue: VenueMap, drawn: LevelMap) -> list[tuple[str, str, list[str]]]:
    """What the planned day shuts on a level: its place ("" = it cannot be pointed at), what it is, and when."""
    shut, said = _shut(venue), words_of(venue)
    names = {area.code: said.name_of(area) for area in drawn.areas}
    found = []
    for row in (*drawn.openings, *drawn.connectors):
        if row.code not in shut:
            continue
        if isinstance(row, Opening):
            at, area = "", names.get(row.area, "")
            title = f"{kind_name(kind_of(row))} · {area}" if area else kind_name(kind_of(row))
        else:
            at, title = f"connectors.{row.code}", said.connector(row, said.name_of(drawn.level))
        found.append((at, title, [_told(row, event) for event in shut[row.code]]))
    return found


def told_of(venue: VenueMap, place: Place | None) -> list[str]:
    """When a place is shut, for its card."""
    if place is None or place.sheet != "connectors":
        return []
    code = place.at.partition(".")[2]
    row = next((row for drawn in venue.levels for row in drawn.connectors if row.code == code), None)
    return [_told(row, event) for event in _shut(venue).get(code, ())] if row else []


def _shut(venue: VenueMap) -> dict[str, tuple[Event, ...]]:
    """Closures of doors and connectors, by code, whether the timeline names the drawn thing or its link."""
    whole = {
        code: tuple(each for each in venue.closings.get(code, ()) if share_left(each) == 0)
        for code in dict.fromkeys(_codes(venue))
    }
    return {code: events for code, events in whole.items() if events}


def _codes(venue: VenueMap) -> Iterator[str]:
    for drawn in venue.levels:
        yield from (row.code for row in (*drawn.openings, *drawn.connectors))


def _told(row: Opening | Connector, event: Event) -> str:
    what = _("closed") if isinstance(row, Opening) else _("out of service")
    return f"{what} {times_of(event)}"
