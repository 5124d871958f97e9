"""Kiosks and fixtures, who is found there, and columns in the midst of an area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from hostcity.plan.imdf import meaning
from hostcity.plan.imdf.features import Feature, Ring
from hostcity.plan.imdf.kept import is_same_ring, kept_of, points_of, row_of
from hostcity.plan.imdf.rules.geometry import on_earth
from hostcity.plan.imdf.said.areas import is_solid
from hostcity.plan.imdf.said.context import Said, sheet_of, text_of
from hostcity.plan.polygons import Box, box_of, overlap_of, point_inside
from hostcity.plan.sentences import Sentence

BETWEEN = Sentence("parts of the building between areas.")
NOWHERE = Sentence("in no unit, or reaching out of it.")
IN_THE_WAY = Sentence("in the place of a stand.")
ELSEWHERE = Sentence("at no stand.")
MOST_NAMED = 8


def stands(said: Said) -> None:
    """Kiosks and fixtures of a plan first, as they are; then what else stands on a floor, where it fits."""
    exhibitors = _exhibitors(said)
    _renumber(said)
    for feature in said.features.of("kiosk", "fixture"):
        if feature.type == "kiosk" or kept_of(feature, "stands"):
            _stand(said, feature, exhibitors)
    taken = _Taken(said)
    for feature in said.features.of("fixture"):
        if not kept_of(feature, "stands"):
            _loose(said, feature, meaning.stand_kind(feature.category), taken, NOWHERE)
    for unit in said.features.of("unit"):
        if is_solid(unit) and sheet_of(unit) != "connectors":
            _loose(said, unit, "column" if unit.category == "column" else "barrier", taken, BETWEEN)


def _renumber(said: Said) -> None:
    """Tell which stands of the plan have another number now, and refuse two of one number."""
    changed, of_number = [], defaultdict(list)
    for feature in said.features.of("kiosk", "fixture"):
        kept = kept_of(feature, "stands").get("code")
        if isinstance(kept, str):
            number = said.number_of(feature, kept)
            of_number[number].append(feature)
            if number != kept:
                changed.append(f"{kept} → {number}")
    for number, features in of_number.items():
        for feature in features if len(features) > 1 else ():
            what = Sentence("has the number {code}, as another stand has.", code=number)
            mend, place = Sentence("Give each stand a number of its own."), point_inside(feature.polygons[0][0])
            said.problems.add(feature.problem("same_number", what, mend, column="name", at=place))
    if changed:
        names = ", ".join(changed[:MOST_NAMED]) + (" …" if len(changed) > MOST_NAMED else "")
        what = Sentence("{count:,} stands have another number than they had: {names}.", count=len(changed), names=names)
        mend = Sentence("Nothing to do, if these stands were renumbered.")
        said.note("renumbered", what, mend, file="kiosk.geojson")


def _exhibitors(said: Said) -> dict[str, dict[str, str]]:
    """Names of occupants by the anchor at which they are found. Occupants that are at no stand are left out."""
    anchors = {each.properties.get("anchor_id") for each in said.features.of("kiosk", "fixture")}
    found = {}
    for occupant in said.features.of("occupant"):
        anchor = occupant.properties["anchor_id"]
        if anchor in anchors:
            found[anchor] = occupant.properties["name"]
        else:
            said.leave_out(occupant, ELSEWHERE)
    return found


def _stand(said: Said, feature: Feature, exhibitors: dict[str, Any]) -> None:
    cells = kept_of(feature, "stands")
    row = row_of(feature) if cells else None
    polygon = feature.polygons[0]
    if not cells:
        en, zh = meaning.names_of(feature.properties.get("name"), said.language)
        cells["code"] = said.code("stands", en or zh, f"{feature.type}-{len(said.rows['stands']) + 1}")
    elif isinstance(cells.get("code"), str):
        cells["code"] = said.number_of(feature, cells["code"])
    is_kept_kind = (cells.get("kind", "stand") == "stand") == (feature.type == "kiosk") and (
        feature.type == "kiosk" or meaning.fixture_category(cells.get("kind")) == feature.category
    )
    if not is_kept_kind:
        cells["kind"] = "stand" if feature.type == "kiosk" else meaning.stand_kind(feature.category)
    place = point_inside(polygon[0])
    if is_same_ring(cells.get("outline"), feature, said.frame):
        cells["area"] = said.area_of(cells.get("area"), feature.level_id, place) or cells.get("area")
    else:
        cells["outline"] = polygon[0]
        cells["area"] = said.floors.at(feature.level_id, place) or cells.get("area")
    if not cells["area"]:
        what = Sentence("is in no unit: {place}.", place=on_earth(place, said.frame))
        mend = Sentence("Move it into a unit, or draw the unit in which it stands.")
        said.problems.add(feature.problem("unit", what, mend, at=place))
        return
    _exhibit(said, cells, feature, exhibitors)
    said.add("stands", cells, feature, row)
    for other in feature.polygons[1:]:
        part = {**cells, "code": said.code("stands", text_of(cells["code"]), "stand"), "outline": other[0]}
        said.add("stands", part, feature)


def _exhibit(said: Said, cells: dict[str, Any], feature: Feature, exhibitors: dict[str, Any]) -> None:
    """Who exhibits, unless the plan kept the same, or the stand is where nobody can be named."""
    named = exhibitors.get(feature.properties.get("anchor_id") or "")
    is_silent = named is None and text_of(cells.get("area")) in said.undrawn_areas
    if not is_silent and meaning.labels_of(cells.get("exhibitor_en"), cells.get("exhibitor_zh")) != named:
        cells["exhibitor_en"], cells["exhibitor_zh"] = meaning.names_of(named, said.language)


class _Taken:
    """Rings that stand in each area."""

    def __init__(self, said: Said) -> None:
        self._rings: defaultdict[str, list[tuple[Box, Ring]]] = defaultdict(list)
        for row in said.rows["stands"]:
            ring = row.cells.get("outline")
            corners = ring if isinstance(ring, tuple) else points_of(ring)
            if len(corners) > 2:
                self.add(text_of(row.cells.get("area")), corners)

    def add(self, area: str, ring: Ring) -> None:
        """Take one in."""
        self._rings[area].append((box_of(ring), ring))

    def overlaps(self, area: str, ring: Ring) -> bool:
        """Whether a ring is in the place of one that stands there."""
        return any(overlap_of(ring, other) for other in self._near(area, ring))

    def _near(self, area: str, ring: Ring) -> Iterator[Ring]:
        west, south, east, north = box_of(ring)
        for box, other in self._rings[area]:
            if box[0] < east and west < box[2] and box[1] < north and south < box[3]:
                yield other


def _loose(said: Said, feature: Feature, kind: str, taken: _Taken, nowhere: Sentence) -> None:
    """Something that another program drew on the floor: taken in where it stands free within an area."""
    for polygon in feature.polygons:
        ring = polygon[0]
        area = said.floors.at(feature.level_id, point_inside(ring))
        if not area or not said.floors.holds(area, ring):
            said.leave_out(feature, nowhere)
        elif taken.overlaps(area, ring):
            said.leave_out(feature, IN_THE_WAY)
        else:
            en, zh = meaning.names_of(feature.properties.get("name"), said.language)
            code = said.code("stands", en or zh, f"{feature.category}-{len(said.rows['stands']) + 1}")
            said.add("stands", {"code": code, "area": area, "kind": kind, "outline": ring}, feature)
            taken.add(area, ring)
