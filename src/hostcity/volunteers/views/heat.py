"""The posts of a draft on the drawing of the venue."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.venue.finding import words_of
from hostcity.venue.queries import VenueMap, venue_map
from hostcity.volunteers import policy
from hostcity.volunteers.board import Spot
from hostcity.volunteers.drafts import named
from hostcity.volunteers.heat import Place, has_places, level_with, places_of
from hostcity.volunteers.views.drafts import asked_draft, of_draft


@acting(policy.SEE_ROSTER)
@require_safe
def show_map(request: Any, result: int) -> HttpResponse:
    """A level with its posts in a band of a day, and the same as a table."""
    found, draft = asked_draft(request, result)
    days, bands = (draft.said[name] for name in ("days", "bands"))
    day, band = (
        draft.at[name].get(request.GET.get(field, ""), 0) for name, field in (("days", "day"), ("bands", "band"))
    )
    nodes = {each.code: each for each in rows_of_sheets(request.edition, ("nodes",))["nodes"]}
    places, venue = places_of(draft, nodes, day, band), venue_map(request.edition)
    level, levels = _levels(venue, places, request.GET.get("level", ""))
    values: dict[str, Any] = {
        "day": days[day]["code"], "band": bands[band]["code"], "level": level, "levels": levels,
        "days": [(each["code"], named(each)) for each in days], "bands": [(each["code"], named(each)) for each in bands],
        "places": [(each.spot, words_of(venue).name_of(venue.level(each.level).level) if each.level and venue.level(each.level) else "") for each in places],
        "has_places": has_places(draft), **of_draft(request, found, "map"),
    }  # fmt: skip
    drawn = venue.level(level)
    if drawn is not None:
        values["picture"] = _picture(request, found.pk, venue, level, places)
        values["level_name"] = words_of(venue).name_of(drawn.level)
    return render(request, "volunteers/map.html", values)


def _levels(venue: VenueMap, places: list[Place], asked: str) -> tuple[str, list[tuple[str, str, int]]]:
    """The level that is shown, and all with posts on them: code, name, how many."""
    many = Counter(each.level for each in places if each.level)
    said = words_of(venue)
    known = [
        (each.level.code, said.name_of(each.level), many[each.level.code])
        for each in venue.levels
        if many[each.level.code]
    ]
    first = next((each.level for each in places if each.level in {code for code, _name, _many in known}), "")
    return (asked if any(asked == code for code, _name, _many in known) else first), known


def _picture(request: Any, result: int, venue: VenueMap, level: str, places: list[Place]) -> Any:
    drawn = venue.level(level)
    path = reverse("roster-cell", args=[request.edition.code, result])
    names = {each.spot.key: _title(each.spot) for each in places}
    text = level_with(drawn, words_of(venue), places, names=names, path=path) if drawn else ""
    return mark_safe(text)  # noqa: S308 -- every text in it is escaped


def _title(spot: Spot) -> str:
    """What a mark is called."""
    said = _("{post}: {heads} of {needed}, {percent}% likely short").format(
        post=spot.post, heads=spot.heads, needed=spot.needed, percent=spot.worst_percent
    )
    return " · ".join([said, *(_("no {role}").format(role=role) for role in spot.roles)])
