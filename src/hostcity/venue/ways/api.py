"""Ways by the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import BaseModel, Field

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer
from hostcity.core.errors import Refused
from hostcity.venue import policy
from hostcity.venue.finding import find_places
from hostcity.venue.queries import venue_map
from hostcity.venue.ways.asking import answer_to, question_of
from hostcity.venue.ways.queries import drawing_of
from hostcity.venue.ways.services import make_books

operations = Operations("venue")


class PlaceFound(Answer):
    """A place that can be the start or the end of a way."""

    at: str = Field(description="SHEET.KEY")
    title: str
    kind: str
    area: str
    level: str


class PlacesFound(Answer):
    """Places, best first."""

    count: int = Field(description="How many there are in all.")
    places: list[PlaceFound]


class PlacesAsked(BaseModel):
    """What to look for."""

    q: str = Field(
        min_length=1, max_length=100, description="Number of a stand, exhibitor, hall, or facility; any language."
    )


class WayAsked(BaseModel):
    """From where to where."""

    start: str = Field(alias="from", min_length=1, max_length=200, description="SHEET.KEY, e.g. stands.4.1A05")
    end: str = Field(
        alias="to", min_length=1, max_length=200, description="SHEET.KEY, or nearest:KIND, e.g. nearest:toilets"
    )
    profile: str = Field(
        "walking", pattern="^(walking|step-free|pram|goods)$", description="walking, step-free, pram or goods"
    )
    hour: int | None = Field(None, ge=0, le=47, description="Of the plan's day: what is closed then, and its crowd.")


class WayFound(Answer):
    """A way in steps and legs, or why there is none: as `hostcity way --json` gives it."""

    is_current: bool = Field(description="false = measured in the drawing before its last change.")
    way: dict[str, Any]
    crowded_s: float | None = Field(description="In the crowd of the hour, as the last rehearsal had it.")


class WaysWanted(Answer):
    """What is being made."""

    job: UUID | None = Field(description="Follow it by `show_job`. null = nothing is missing.")
    profiles: list[str] = Field(description="For which a book is made.")


@operations.post("/venue/ways", policy.MAKE_WAYS, WaysWanted, status=202)
def make_venue_ways(request: Any) -> Any:
    """Have the ways of the venue measured.

    As far as they are not, for the drawing as it stands.
    """
    job = make_books(edition=request.edition, by=request.person)
    return {"job": job.public_id if job else None, "profiles": job.arguments["profiles"] if job else []}


@operations.get("/venue/places", policy.SEE_MAP, PlacesFound)
def list_venue_places(request: Any, asked: Query[PlacesAsked]) -> Any:
    """Search places of the venue.

    By number, name, or what is needed, in English and Chinese.
    """
    hits = find_places(venue_map(request.edition), asked.q)
    return {"count": hits.count, "places": hits.places}


@operations.get("/venue/way", policy.SEE_MAP, WayFound)
def show_venue_way(request: Any, asked: Query[WayAsked]) -> Any:
    """Find a way between two places.

    The quickest when nobody is in it, around what the timeline closes.
    """
    from hostcity.report.way_data import way_data

    hour = "" if asked.hour is None else str(asked.hour)
    question = question_of(
        request.edition, {"from": asked.start, "to": asked.end, "profile": asked.profile, "hour": hour}
    )
    for name, is_known in (("from", question.start.place is not None), ("to", question.end.is_known)):
        if not is_known:
            what, mend = _("There is no such place."), _("Search for it: GET …/venue/places?q=")
            raise Refused("way.place.unknown", what, mend, field=name)
    answer = answer_to(request.edition, question)
    if answer.shelf.book is None:
        what, mend = _("Ways of this venue have not been measured yet."), _("Have them measured on the page Ways.")
        raise Refused("ways.book", what, mend)
    if answer.way is None:
        raise Refused("way.place.walled_in", _("Somebody of this profile has no room there."), _("Name another place."))
    crowded_s = None if answer.crowded_s is None else round(answer.crowded_s, 1)
    return {
        "is_current": answer.shelf.is_current, "way": way_data(drawing_of(request.edition).guide, answer.way),
        "crowded_s": crowded_s,
    }  # fmt: skip
