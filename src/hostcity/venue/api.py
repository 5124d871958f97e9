"""The venue by the API: its levels, what is drawn of one, and changing what people pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path
from pydantic import Field

from hostcity.core import policy as matrix
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Version
from hostcity.core.api.versions import say_version, version_of
from hostcity.core.models import PlanRow
from hostcity.core.plan_rows.api import Key, RowShown, shown
from hostcity.plan.cells import clock_text
from hostcity.plan.closings import share_left
from hostcity.plan.polygons import Point
from hostcity.plan.rows import Connector
from hostcity.venue import policy, services
from hostcity.venue.queries import LevelMap, VenueMap, places_closed, venue_map
from hostcity.venue.services import MOST_MOVE_M, WIDTHS
from hostcity.venue.svg import ends_on

operations = Operations("venue")
LevelCode = Annotated[str, Path(description="Code of the level.", max_length=200)]
SHEETS = ("areas", "stands", "openings", "connectors", "amenities")
Changed = Annotated[str, Path(description="Sheet of the place.", enum=list(WIDTHS), pattern=f"^({'|'.join(WIDTHS)})$")]
#: Fields that are said by the feature itself, and those of a connector's ends, of which each feature is one.
SAID_ELSEWHERE = frozenset(("outline", "line", "x_m", "y_m", "start_x_m", "start_y_m", "end_x_m", "end_y_m"))


class Closing(Answer):
    """A place that is narrowed, closed or out of service for a time; at all other times it is as drawn."""

    at: str = Field(description="SHEET.KEY of the opening, connector or link.")
    event: str = Field(description="Code of the row of sheet timeline that says so.")
    left: float = Field(ge=0, le=1, description="Share of its width that is left; 0 = nobody enters.")
    starts_at: str = Field(description="HH:MM of the plan's day, past 24:00 is the night after.")
    ends_at: str | None = Field(description="null = to the end of the day.")


class LevelListed(Answer):
    """A level, and how much is drawn on it."""

    code: str
    name_en: str
    name_zh: str
    elevation_m: float
    areas: int
    stands: int
    openings: int
    connectors: int = Field(description="A connector is counted on each of its two levels.")
    amenities: int
    closings: list[Closing] = Field(description="By place, and as they begin. What joins two levels is listed on both.")


class LevelsListed(Answer):
    """The levels, the lowest first."""

    number: int = Field(description="Number of the ledger at which the plan was so.")
    levels: list[LevelListed]


class Geometry(Answer):
    """Where something is, as GeoJSON writes it, but in meters."""

    type: Literal["Polygon", "LineString", "Point"]
    coordinates: list[Any] = Field(description="Meters east and north of the plan's origin, not degrees.")


class Feature(Answer):
    """An area, a stand, an opening, an end of a connector, or an amenity."""

    type: Literal["Feature"] = "Feature"
    id: str = Field(description="SHEET.KEY of its row, also its id in the SVG.")
    geometry: Geometry | None = Field(description="null = an area without an outline.")
    properties: dict[str, Any] = Field(
        description="`sheet`, and the other fields of its row as in the schema Row_SHEET."
    )


class LevelDrawn(Answer):
    """What is drawn of a level: a collection of features."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    number: int = Field(description="Number of the ledger at which the plan was so.")
    code: str
    name_en: str
    name_zh: str
    elevation_m: float
    features: list[Feature]


@operations.get("/venue/levels", policy.SEE_MAP, LevelsListed)
def list_venue_levels(request: Any) -> Any:
    """List the levels of the venue.

    The lowest first, with how much is drawn on each, and what is closed there at which times.
    """
    venue = venue_map(request.edition)
    levels = [_level(each) | _counts(each) | {"closings": list(_closings(venue, each))} for each in venue.levels]
    return {"number": venue.number, "levels": levels}


@operations.get("/venue/levels/{level}", policy.SEE_MAP, LevelDrawn)
def show_venue_level(request: Any, level: LevelCode) -> Any:
    """Show what is drawn of a level.

    As a GeoJSON feature collection, but in meters: x to the east, y to the north of the plan's origin, which the sheet
    `grounds` ties to the earth. Areas and stands are polygons, openings lines, ends of connectors and amenities points.
    """
    venue = venue_map(request.edition)
    drawn = venue.level(level)
    if drawn is None:
        raise Http404(level)
    return _level(drawn) | {"number": venue.number, "features": list(_features(drawn))}


def _level(drawn: LevelMap) -> dict[str, Any]:
    level = drawn.level
    return {
        "code": level.code, "name_en": level.name_en, "name_zh": level.name_zh, "elevation_m": level.elevation_m,
    }  # fmt: skip


def _counts(drawn: LevelMap) -> dict[str, int]:
    return {sheet: len(getattr(drawn, sheet)) for sheet in SHEETS}


def _closings(venue: VenueMap, drawn: LevelMap) -> Iterator[dict[str, Any]]:
    for at, code in places_closed(venue, drawn):
        for event in venue.closings[code]:
            yield {
                "at": at, "event": event.code, "left": share_left(event), "starts_at": clock_text(event.starts_at),
                "ends_at": None if event.ends_at is None else clock_text(event.ends_at),
            }  # fmt: skip


def _features(drawn: LevelMap) -> Iterator[dict[str, Any]]:
    for sheet in SHEETS:
        for row in getattr(drawn, sheet):
            properties = {"sheet": sheet} | {
                name: getattr(row, name) for name in row.__dataclass_fields__ if name not in SAID_ELSEWHERE
            }
            for geometry in _geometries(row, drawn):
                yield {"id": f"{sheet}.{row.code}", "geometry": geometry, "properties": properties}


def _geometries(row: Any, drawn: LevelMap) -> Iterator[dict[str, Any] | None]:
    if isinstance(row, Connector):
        yield from (_geometry("Point", end) for end in ends_on(row, drawn))
    elif hasattr(row, "line"):
        yield _geometry("LineString", row.line)
    elif hasattr(row, "x_m"):
        yield _geometry("Point", (row.x_m, row.y_m))
    else:
        yield _geometry("Polygon", [[*row.outline, row.outline[0]]]) if row.outline else None


def _geometry(kind: str, coordinates: Sequence[Point] | Sequence[Sequence[Point]] | Point) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


class OpeningMove(Body):
    """How far an opening is moved along its wall."""

    by_m: float = Field(
        ge=-MOST_MOVE_M, le=MOST_MOVE_M,
        description="Toward the second end of its line; less than 0 = toward the first. [m]",
    )  # fmt: skip
    version: Version = None


class ClosingWanted(Body):
    """From when to when a place is closed, as clocks of the plan's day."""

    starts_at: str = Field(min_length=1, max_length=20, description="HH:MM, past 24:00 is the night after.")
    ends_at: str = Field("", max_length=20, description="Empty = to the end of the day.")
    left: float | None = Field(
        None, ge=0, le=1, description="Share of a link's width that is left; null = nobody passes."
    )


@operations.post("/venue/openings/{key}/move", matrix.CHANGE_PLAN, RowShown, status=200)
def move_opening(request: Any, key: Key, body: OpeningMove, response: HttpResponse) -> Any:
    """Move an opening along its wall.

    Refused with the place at which it would leave the wall; 409 when somebody changed the row since the given version.
    """
    _row(request, "openings", key)
    row = services.move_opening(
        edition=request.edition, key=key, by_m=body.by_m, version=version_of(request, body.version), by=request.person
    )
    say_version(response, row.version)
    return shown(row)


@operations.post("/venue/{sheet}/{key}/closings", matrix.CHANGE_PLAN, RowShown)
def close_place(request: Any, sheet: Changed, key: Key, body: ClosingWanted) -> Any:
    """Close an opening, a connector or a link for a time.

    Adds a row to the sheet timeline and answers it: `close` or `width` of the link of this code where the network has one,
    else `shut`, which maps and routes know and a rehearsal cannot. Removing that row opens it again.
    """
    _row(request, sheet, key)
    return shown(
        services.close_place(edition=request.edition, sheet=sheet, key=key, by=request.person, **body.model_dump())
    )


def _row(request: Any, sheet: str, key: str) -> PlanRow:
    return get_object_or_404(PlanRow.objects.filter(edition=request.edition, sheet=sheet), key=key)
