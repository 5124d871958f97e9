"""Openings between areas, and connectors between levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hostcity.plan.imdf import meaning
from hostcity.plan.imdf.categories import CONNECTOR_OF_UNIT, PASSABLE_OPENINGS, UNIT_OF_CONNECTOR, head_of
from hostcity.plan.imdf.features import Feature
from hostcity.plan.imdf.kept import is_same_line, is_same_ring, kept_of, row_of
from hostcity.plan.imdf.rules.geometry import rounded
from hostcity.plan.imdf.said.areas import is_way
from hostcity.plan.imdf.said.context import Said, sheet_of, text_of
from hostcity.plan.imdf.write import connector_place
from hostcity.plan.polygons import Point, box_of, is_inside, point_inside
from hostcity.plan.rows import Connector
from hostcity.plan.sentences import Sentence

NO_WALL = Sentence("in the wall of no area.")
NOT_FOR_PEOPLE = Sentence("not for people on foot.")
NO_END = Sentence("from or to no area, or within one level.")
CABIN_PERSONS, CYCLE_S = 20, 90.0  # of a lift of which an archive tells nothing
LEAST_WIDTH_M, MOST_WIDTH_M = 0.6, 100.0


def openings(said: Said) -> None:
    """Every opening that people walk through; the areas beside it are those in whose walls it is."""
    for feature in said.features.of("opening"):
        cells = kept_of(feature, "openings")
        row = row_of(feature) if cells else None
        if not cells and head_of(feature.category) not in PASSABLE_OPENINGS:
            said.leave_out(feature, NOT_FOR_PEOPLE)
            continue
        if not is_same_line(cells.get("line"), feature, said.frame):
            cells["line"] = (feature.points[0], feature.points[-1])
            areas = said.floors.beside(feature.level_id, cells["line"])
            if not areas and not cells.get("area"):
                said.leave_out(feature, NO_WALL)
                continue
            if areas:
                cells["area"], cells["other"] = areas[0], areas[1] if len(areas) > 1 else ""
        if "code" not in cells:
            en, zh = meaning.names_of(feature.properties.get("name"), said.language)
            cells["code"] = said.code("openings", en or zh, f"opening-{len(said.rows['openings']) + 1}")
        if row is None or meaning.opening_category(cells) != feature.category:
            _use(cells, feature.category)
        if meaning.accessibility_of(cells) != feature.properties.get("accessibility") and row is not None:
            cells["step_free"] = meaning.WHEELCHAIR[0] in (feature.properties.get("accessibility") or ())
        said.add("openings", cells, feature, row)


def _use(cells: dict[str, Any], category: str) -> None:
    """What an opening is for, by its category."""
    is_emergency = category == "emergencyexit"
    cells["is_exit"] = is_emergency or (category == "pedestrian.principal" and not cells.get("other"))
    cells["direction"] = "out" if is_emergency else "both"


def connectors(said: Said) -> None:
    """Relationships between units of two levels; where none tells of stairs, those that lie above one another."""
    joined = set()
    for each in said.features.of("relationship"):
        ends = [_unit_of(said, each.properties.get(name)) for name in ("origin", "destination")]
        kept = kept_of(each, "connectors")
        kind = CONNECTOR_OF_UNIT.get(each.category) or (CONNECTOR_OF_UNIT.get(ends[0].category) if ends[0] else None)
        if ends[0] is None or ends[1] is None or kind is None:
            said.leave_out(each, NO_END)
            continue
        if kept:
            _kept(said, each, kept, kind, (ends[0], ends[1]))
        else:
            joined.add(frozenset((ends[0].id, ends[1].id)))
            _connector(said, each, kind, (ends[0], ends[1]), each.properties["direction"] == "directed")
    for lower, upper in _above_one_another(said):
        if frozenset((lower.id, upper.id)) not in joined:
            _connector(said, lower, CONNECTOR_OF_UNIT[lower.category], (lower, upper), is_one_way=False)


def _unit_of(said: Said, reference: Any) -> Feature | None:
    unit = said.by_id.get(reference["id"]) if isinstance(reference, dict) else None
    return unit if unit and unit.type == "unit" else None


def _kept(said: Said, each: Feature, cells: dict[str, Any], kind: str, ends: tuple[Feature, Feature]) -> None:
    """A connector of a plan; an end that another program has moved is where it is now."""
    if UNIT_OF_CONNECTOR.get(text_of(cells.get("kind"))) != each.category:
        cells["kind"] = kind
    places = _places(cells)
    for side, unit in zip(("start", "end"), ends, strict=True):
        place = point_inside(unit.polygons[0][0])
        written = [list(corner) for corner in places[side]] if places else None
        if is_same_ring(written, unit, said.frame):
            cells[side] = said.area_of(cells.get(side), unit.level_id, place) or cells.get(side)
        else:
            x, y = rounded(place)
            cells |= {f"{side}_x_m": x, f"{side}_y_m": y, side: said.floors.at(unit.level_id, place) or cells.get(side)}
    if bool(cells.get("one_way")) != (each.properties["direction"] == "directed"):
        cells["one_way"] = each.properties["direction"] == "directed"
    said.add("connectors", cells, each, row_of(each))


def _places(cells: dict[str, Any]) -> dict[str, tuple[Point, ...]] | None:
    """The places that a kept connector was written with; None where its figures are none."""
    figures: dict[str, Any] = {
        name: cells.get(name) for name in ("start_x_m", "start_y_m", "end_x_m", "end_y_m", "width_m")
    }
    if not all(type(each) in (int, float) and abs(each) < 1e6 for each in figures.values()):
        return None
    connector = Connector(code="", kind="stairs", start="", end="", **figures)
    return {side: connector_place(connector, side) for side in ("start", "end")}


def _connector(said: Said, feature: Feature, kind: str, ends: tuple[Feature, Feature], is_one_way: bool) -> None:
    """A connector that another program drew: its width is the short side of its place, a lift one as usual."""
    areas = [said.area_codes.get(each.id) or said.floors.at(each.level_id, _middle(each)) for each in ends]
    if not all(areas) or ends[0].level_id == ends[1].level_id:
        said.leave_out(feature, NO_END)
        return
    (x, y), (u, v) = (rounded(_middle(each)) for each in ends)
    west, south, east, north = box_of(ends[0].polygons[0][0])
    en, zh = meaning.names_of(ends[0].properties.get("name"), said.language)
    cells = {
        "code": said.code("connectors", en or zh, f"{kind}-{len(said.rows['connectors']) + 1}"), "kind": kind,
        "start": areas[0], "start_x_m": x, "start_y_m": y, "end": areas[1], "end_x_m": u, "end_y_m": v,
        "width_m": round(min(max(min(east - west, north - south), LEAST_WIDTH_M), MOST_WIDTH_M), 2),
        "one_way": is_one_way,
    }  # fmt: skip
    if kind == "lift":
        cells |= {"cabin_persons": CABIN_PERSONS, "cycle_s": CYCLE_S}
        what = Sentence(
            "tells nothing of {code}: a cabin of {persons} every {cycle:g} s is assumed.",
            code=cells["code"],
            persons=CABIN_PERSONS,
            cycle=CYCLE_S,
        )
        said.note("lift", what, Sentence("Correct cabin and cycle in sheet connectors."), feature.file)
    said.add("connectors", cells, feature)


def _middle(unit: Feature) -> Point:
    return point_inside(unit.polygons[0][0])


def _above_one_another(said: Said) -> Iterator[tuple[Feature, Feature]]:
    """Units of one category that lead up, each with the next that lies over it."""
    units = [each for each in said.features.of("unit") if is_way(each) and not sheet_of(each)]
    ordinal = {each.id: said.by_id[each.level_id].properties["ordinal"] for each in units}
    for lower in units:
        over = [
            each for each in units
            if each.category == lower.category and ordinal[each.id] > ordinal[lower.id] and _overlap(lower, each)
        ]  # fmt: skip
        if over:
            yield lower, min(over, key=lambda each: ordinal[each.id])


def _overlap(one: Feature, other: Feature) -> bool:
    ring, above = one.polygons[0][0], other.polygons[0][0]
    return is_inside(_middle(one), above) or is_inside(_middle(other), ring)
