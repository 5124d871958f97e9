"""A plan's drawing as an IMDF archive.

The same plan gives the same bytes: ids are made from the codes of edition, sheet and row, and nothing tells the time of
writing. What IMDF cannot say of a row stands in the member `hostcity` of its feature's properties.
"""

from __future__ import annotations

import dataclasses
import io
import json
import math
import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hostcity import __version__
from hostcity.plan.columns import columns_of
from hostcity.plan.imdf import meaning
from hostcity.plan.imdf.archive import FEATURE_TYPES, MANIFEST
from hostcity.plan.imdf.categories import EXHIBITOR, UNIT_OF_CONNECTOR
from hostcity.plan.imdf.drawing import DRAWN
from hostcity.plan.imdf.features import KEPT
from hostcity.plan.imdf.frame import Frame
from hostcity.plan.imdf.rules.geometry import FAR_M
from hostcity.plan.plan import Plan, one_form
from hostcity.plan.polygons import Point, hull_of, is_clockwise, point_inside
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Area, Connector, Grounds, Stand
from hostcity.plan.sentences import Sentence

NAMES = uuid.UUID("0d6f1c7e-52b4-5c1c-9d0e-6a3c2f7b9e41")  # of this program's ids
EXTENSION = "imdf:extension:hostcity:plan#1.0.0"
DEPTH_M = 1.0  # of the place that a connector takes on each of its levels
ZIP_DATE = (2019, 1, 1, 0, 0, 0)
NEEDED_CORNERS = 3


def write_archive(plan: Plan, path: Path) -> None:
    """Write the drawing of a plan that has no problems. Raises PlanError when it is not tied to the earth, or is empty."""
    path.write_bytes(archive_of(plan))


def archive_of(plan: Plan) -> bytes:
    """The bytes of the archive."""
    files = _Writer(plan).files()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            part = zipfile.ZipInfo(name, ZIP_DATE)
            part.create_system, part.external_attr = 3, 0o644 << 16  # on every system as on Unix
            archive.writestr(part, text.encode(), zipfile.ZIP_DEFLATED, 9)
    return written.getvalue()


def cells_of(row: Any) -> dict[str, Any]:
    """The fields of a row that are not what an empty cell means; equal rows have the same."""
    columns = columns_of(type(row))
    return {
        each.name: one_form(columns[each.name].kind, getattr(row, each.name))
        for each in dataclasses.fields(row)
        if getattr(row, each.name) != each.default
    }


def connector_place(connector: Connector, side: str) -> tuple[Point, ...]:
    """The place that a connector takes at one of its ends: as wide as it is, across its way."""
    x, y = getattr(connector, f"{side}_x_m"), getattr(connector, f"{side}_y_m")
    along = (connector.end_x_m - connector.start_x_m, connector.end_y_m - connector.start_y_m)
    length = math.hypot(*along)
    u, v = (along[0] / length, along[1] / length) if length > DEPTH_M else (0.0, 1.0)
    a, b = DEPTH_M / 2, connector.width_m / 2
    return tuple(
        (x + s * a * u - t * b * v, y + s * a * v + t * b * u) for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    )


def ring_of(ring: Sequence[Point], frame: Frame) -> list[list[float]]:
    """A ring as GeoJSON has it: closed and counterclockwise."""
    ordered = ring[::-1] if is_clockwise(ring) else ring
    places = [list(frame.to_degrees(*corner)) for corner in ordered]
    return [*places, places[0]]


class _Writer:
    """The features of a plan, by type."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.grounds = _grounds(plan)
        self.frame = Frame(self.grounds.latitude, self.grounds.longitude, self.grounds.bearing_deg)
        self.edition = plan.edition[0].code if plan.edition else self.grounds.code
        self.level_of = {area.code: area.level for area in plan.areas}
        self.features: dict[str, list[dict[str, Any]]] = {each: [] for each in FEATURE_TYPES}
        self.undrawn: dict[str, list[Any]] = defaultdict(list)
        self.hulls = {
            code: hull for code, points in self._points().items() if len(hull := hull_of(points)) >= NEEDED_CORNERS
        }
        self.areas = {area.code: area for area in plan.areas if _is_drawn(area) and area.level in self.hulls}
        if not self.areas:
            what, mend = Sentence("has no area with an outline."), Sentence("Draw at least one: IMDF needs a unit.")
            raise PlanError([Problem(code="imdf.unit.none", sheet="areas", what=what, mend=mend)])
        far = _span_m(self.hulls.values())
        if far > FAR_M:
            what = Sentence("measures {distance:,} km.", distance=round(far / 1e3))
            mend = Sentence("Draw in meters, all of it within {most:,} km.", most=round(FAR_M / 1e3))
            raise PlanError([Problem(code="imdf.venue.far", what=what, mend=mend)], Sentence("the drawing"))

    def files(self) -> dict[str, str]:
        """The text of every file that has something to say."""
        self._levels()
        self._areas()
        self._stands()
        self._openings()
        self._connectors()
        self._amenities()
        self._venue()
        day = self.plan.edition[0].date if self.plan.edition else "2000-01-01"
        manifest = {
            "version": "1.0.0", "created": f"{day}T00:00:00Z", "generated_by": f"hostcity {__version__}",
            "language": meaning.ENGLISH, "extensions": [EXTENSION],
        }  # fmt: skip
        files = {MANIFEST: json.dumps(manifest, indent=1) + "\n"}
        for name, features in self.features.items():
            if features:
                files[f"{name}.geojson"] = _collection(features)
        return files

    def id(self, sheet: str, code: str, part: str = "") -> str:
        """The id of a feature: the same for the same row of the same edition."""
        return str(uuid.uuid5(NAMES, "\n".join((self.edition, sheet, code, part))))

    def _points(self) -> dict[str, list[Point]]:
        """What is drawn on each level."""
        points: dict[str, list[Point]] = {level.code: [] for level in self.plan.levels}
        unknown: list[Point] = []
        for area in self.plan.areas:
            points.get(area.level, unknown).extend(area.outline if _is_drawn(area) else ())
        for stand in self.plan.stands:
            points.get(self.level_of.get(stand.area, ""), unknown).extend(stand.outline)
        for opening in self.plan.openings:
            points.get(self.level_of.get(opening.area, ""), unknown).extend(opening.line)
        for connector in self.plan.connectors:
            for side in ("start", "end"):
                level = self.level_of.get(getattr(connector, side), "")
                points.get(level, unknown).extend(connector_place(connector, side))
        return points

    def _add(self, type_: str, code: str, geometry: Any, properties: dict[str, Any], kept: Any = None) -> str:
        said = properties if kept is None else {**properties, KEPT: kept}
        self.features[type_].append(
            {"id": code, "type": "Feature", "feature_type": type_, "geometry": geometry, "properties": said}
        )
        return code

    def _polygon(self, ring: Sequence[Point]) -> dict[str, Any]:
        return {"type": "Polygon", "coordinates": [ring_of(ring, self.frame)]}

    def _point(self, place: Point) -> dict[str, Any]:
        return {"type": "Point", "coordinates": list(self.frame.to_degrees(*place))}

    def _keep(self, sheet: str, index: int, row: Any) -> None:
        """A row that cannot be drawn: it is kept with the venue."""
        self.undrawn[sheet].append({"row": index, "cells": cells_of(row)})

    def _level_id(self, area: str) -> str | None:
        level = self.level_of.get(area, "")
        return self.id("levels", level) if level in self.hulls else None

    def _levels(self) -> None:
        indoors = {area.level for area in self.areas.values() if area.kind in ("hall", "concourse", "gate")}
        building = self.id("grounds", self.grounds.code, "building")
        address = self.id("grounds", self.grounds.code, "address")
        ordinals = _ordinals([level.elevation_m for level in self.plan.levels])
        for index, level in enumerate(self.plan.levels):
            if level.code not in self.hulls:
                self._keep("levels", index, level)
                continue
            hull = self.hulls[level.code]
            is_indoors = level.code in indoors
            properties = {
                "category": "unspecified", "restriction": None, "outdoor": not is_indoors,
                "ordinal": ordinals[level.elevation_m],
                "name": meaning.labels_of(level.name_en, level.name_zh, level.code),
                "short_name": meaning.labels_of(level.code, ""), "display_point": self._point(point_inside(hull)),
                "address_id": None, "building_ids": [building] if is_indoors else None,
            }  # fmt: skip
            self._add(
                "level", self.id("levels", level.code), self._polygon(hull), properties, _kept("levels", index, level)
            )
        if indoors:
            hull = hull_of(point for code in self.hulls if code in indoors for point in self.hulls[code])
            names = meaning.labels_of(self.grounds.name_en, self.grounds.name_zh, self.grounds.code)
            properties = {
                "category": "unspecified", "restriction": None, "name": names, "alt_name": None,
                "display_point": self._point(point_inside(hull)), "address_id": address,
            }  # fmt: skip
            self._add("building", building, None, properties)
            footprint = {"category": "ground", "name": None, "building_ids": [building]}
            self._add("footprint", self.id("grounds", self.grounds.code, "footprint"), self._polygon(hull), footprint)

    def _areas(self) -> None:
        for index, area in enumerate(self.plan.areas):
            if area.code not in self.areas:
                self._keep("areas", index, area)
                continue
            polygon, shown = self._polygon(area.outline), self._point(point_inside(area.outline))
            common = {
                "restriction": None, "accessibility": None, "name": meaning.labels_of(area.name_en, area.name_zh),
                "alt_name": None, "display_point": shown, "level_id": self._level_id(area.code),
            }  # fmt: skip
            unit = {"category": meaning.unit_category(area.kind), **common}
            self._add("unit", self.id("areas", area.code), polygon, unit, _kept("areas", index, area))
            if area.kind == "hall":
                section = {
                    "category": "exhibition", **common, "address_id": None, "correlation_id": None, "parents": None,
                }  # fmt: skip
                self._add("section", self.id("areas", area.code, "section"), polygon, section, {"sheet": "areas"})

    def _stands(self) -> None:
        for index, stand in enumerate(self.plan.stands):
            level_id = self._level_id(stand.area)
            if level_id is None:
                self._keep("stands", index, stand)
                continue
            shown = self._point(point_inside(stand.outline))
            properties = {
                "name": {meaning.ENGLISH: stand.code}, "alt_name": None,
                "anchor_id": self._occupant(stand, shown), "level_id": level_id, "display_point": shown,
            }  # fmt: skip
            type_ = "kiosk" if stand.kind == "stand" else "fixture"
            if type_ == "fixture":
                properties = {"category": meaning.fixture_category(stand.kind), **properties}
            polygon = self._polygon(stand.outline)
            self._add(type_, self.id("stands", stand.code), polygon, properties, _kept("stands", index, stand))

    def _occupant(self, stand: Stand, shown: dict[str, Any]) -> str | None:
        """The anchor at which the exhibitor of a stand is found."""
        name = meaning.labels_of(stand.exhibitor_en, stand.exhibitor_zh)
        if name is None or stand.area not in self.areas:
            return None
        anchor = {"address_id": None, "unit_id": self.id("areas", stand.area)}
        anchor_id = self._add("anchor", self.id("stands", stand.code, "anchor"), shown, anchor)
        occupant = {
            "name": name, "category": EXHIBITOR, "anchor_id": anchor_id, "hours": None, "phone": None, "website": None,
            "validity": None, "correlation_id": None,
        }  # fmt: skip
        self._add("occupant", self.id("stands", stand.code, "occupant"), None, occupant)
        return anchor_id

    def _openings(self) -> None:
        for index, opening in enumerate(self.plan.openings):
            level_id = self._level_id(opening.area)
            if level_id is None:
                self._keep("openings", index, opening)
                continue
            cells = cells_of(opening)
            line = {"type": "LineString", "coordinates": [list(self.frame.to_degrees(*end)) for end in opening.line]}
            properties = {
                "category": meaning.opening_category(cells), "accessibility": meaning.accessibility_of(cells),
                "access_control": None, "door": None, "name": None, "alt_name": None, "display_point": None,
                "level_id": level_id,
            }  # fmt: skip
            self._add("opening", self.id("openings", opening.code), line, properties, _kept("openings", index, opening))

    def _connectors(self) -> None:
        for index, connector in enumerate(self.plan.connectors):
            category = UNIT_OF_CONNECTOR[connector.kind]
            ends = {}
            if self._level_id(connector.start) is None or self._level_id(connector.end) is None:
                self._keep("connectors", index, connector)
                continue
            for side in ("start", "end"):
                place = connector_place(connector, side)
                properties = {
                    "category": category, "restriction": None, "accessibility": None,
                    "name": {meaning.ENGLISH: connector.code}, "alt_name": None, "display_point": None,
                    "level_id": self._level_id(getattr(connector, side)),
                }  # fmt: skip
                code = self.id("connectors", connector.code, side)
                self._add("unit", code, self._polygon(place), properties, {"sheet": "connectors"})
                ends[side] = {"id": code, "feature_type": "unit"}
            relationship = {
                "category": category, "direction": "directed" if connector.one_way else "undirected",
                "origin": ends["start"], "intermediary": None, "destination": ends["end"], "hours": None,
            }  # fmt: skip
            kept = _kept("connectors", index, connector)
            self._add("relationship", self.id("connectors", connector.code), None, relationship, kept)

    def _amenities(self) -> None:
        for index, amenity in enumerate(self.plan.amenities):
            if amenity.area not in self.areas:
                self._keep("amenities", index, amenity)
                continue
            cells = cells_of(amenity)
            properties = {
                "category": meaning.amenity_category(amenity.kind), "accessibility": meaning.accessibility_of(cells),
                "name": meaning.labels_of(amenity.name_en, amenity.name_zh), "alt_name": None, "hours": None,
                "phone": None, "website": None, "unit_ids": [self.id("areas", amenity.area)], "address_id": None,
                "correlation_id": None,
            }  # fmt: skip
            place = self._point((amenity.x_m, amenity.y_m))
            self._add(
                "amenity", self.id("amenities", amenity.code), place, properties, _kept("amenities", index, amenity)
            )

    def _venue(self) -> None:
        grounds = self.grounds
        address = self._add(
            "address", self.id("grounds", grounds.code, "address"), None, meaning.address_of(cells_of(grounds))
        )
        hull = hull_of(point for each in self.hulls.values() for point in each)
        properties = {
            "category": "conventioncenter", "restriction": None,
            "name": meaning.labels_of(grounds.name_en, grounds.name_zh, grounds.code), "alt_name": None, "hours": None,
            "phone": None, "website": None, "display_point": self._point(point_inside(hull)), "address_id": address,
        }  # fmt: skip
        kept = {
            **_kept("grounds", 0, grounds),
            "undrawn": {each: self.undrawn[each] for each in DRAWN if each in self.undrawn},
        }
        self._add("venue", self.id("grounds", grounds.code), self._polygon(hull), properties, kept)


def _grounds(plan: Plan) -> Grounds:
    if not plan.grounds:
        what = Sentence("has no row: the drawing is not tied to the earth.")
        mend = Sentence("Give latitude and longitude of its origin.")
        raise PlanError([Problem(code="imdf.venue.grounds", sheet="grounds", what=what, mend=mend)])
    return plan.grounds[0]


def _kept(sheet: str, index: int, row: Any) -> dict[str, Any]:
    return {"sheet": sheet, "row": index, "cells": cells_of(row)}


def _is_drawn(area: Area) -> bool:
    return len(area.outline) >= NEEDED_CORNERS


def _ordinals(elevations: Sequence[float]) -> dict[float, int]:
    """Floors counted from the ground, which is the lowest that is not below it."""
    below = sorted({each for each in elevations if each < 0}, reverse=True)
    above = sorted({each for each in elevations if each >= 0})
    return {
        **{each: -number for number, each in enumerate(below, 1)},
        **{each: number for number, each in enumerate(above)},
    }


def _span_m(hulls: Iterable[Sequence[Point]]) -> float:
    """From the first corner to the farthest."""
    corners = [corner for hull in hulls for corner in hull]
    return max(math.dist(corners[0], each) for each in corners)


def _collection(features: list[dict[str, Any]]) -> str:
    """A feature on each line, so that two archives can be compared."""
    lines = [json.dumps(each, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for each in features]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
