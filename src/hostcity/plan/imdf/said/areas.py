"""Units: the areas that people walk in."""

from __future__ import annotations

from typing import Any

from hostcity.plan.imdf import meaning
from hostcity.plan.imdf.categories import CONNECTOR_OF_UNIT, SOLID_UNITS
from hostcity.plan.imdf.features import Feature, Ring
from hostcity.plan.imdf.floors import Floor
from hostcity.plan.imdf.kept import is_same_ring, kept_of, row_of
from hostcity.plan.imdf.said.context import Said, sheet_of, text_of
from hostcity.plan.polygons import area_m2, point_inside
from hostcity.plan.sentences import Sentence


def areas(said: Said) -> None:
    """Every unit that is an area. Stairs and the like are one where no other area holds them."""
    units = [each for each in said.features.of("unit") if sheet_of(each) != "connectors"]
    ways = [each for each in units if is_way(each) and not kept_of(each, "areas")]
    for unit in units:
        if kept_of(unit, "areas") or not (is_solid(unit) or is_way(unit)):
            _area(said, unit)
    holders = {each.id: said.floors.at(each.level_id, point_inside(each.polygons[0][0])) for each in ways}
    for unit in ways:
        if holders[unit.id]:
            said.area_codes[unit.id] = holders[unit.id]
        else:
            _area(said, unit)


def is_solid(unit: Feature) -> bool:
    """Whether a unit is a part of the building that nobody walks in."""
    return unit.category in SOLID_UNITS and not kept_of(unit, "areas")


def is_way(unit: Feature) -> bool:
    """Whether a unit leads to another level."""
    return unit.category in CONNECTOR_OF_UNIT


def _area(said: Said, unit: Feature) -> None:
    """One area for each polygon; a hole in it is a barrier, around which people walk."""
    kept = kept_of(unit, "areas")
    names = said.names(unit)
    first = unit.polygons[0]
    cells = dict(kept)
    if not kept:
        said_name = names["name_en"] or names["name_zh"]
        cells["code"] = said.code("areas", said_name, f"{unit.category}-{len(said.rows['areas']) + 1}")
    if meaning.unit_category(cells.get("kind")) != unit.category:
        cells["kind"] = meaning.area_kind(unit.category)
    if meaning.labels_of(cells.get("name_en"), cells.get("name_zh")) != unit.properties.get("name"):
        cells |= names
    cells["level"] = said.level_codes[unit.level_id]
    if not is_same_ring(cells.get("outline"), unit, said.frame):
        cells["outline"] = first[0]
        cells["gross_m2"] = cells.get("gross_m2") or _size_m2(first)
    said.area_codes[unit.id] = text_of(cells.get("code"))
    _take(said, unit, cells, first, row_of(unit) if kept else None)
    for polygon in unit.polygons[1:]:
        part = {
            **cells, "code": said.code("areas", cells.get("code"), unit.category), "outline": polygon[0],
            "gross_m2": _size_m2(polygon), "capacity_persons": None,
        }  # fmt: skip
        _take(said, unit, part, polygon, None)
    if len(unit.polygons) > 1:
        what = Sentence(
            "of {code} there are {count} parts: each is an area.", code=cells["code"], count=len(unit.polygons)
        )
        said.note("parts", what, Sentence("Join them, if people walk from one to the other."), unit.file)


def _take(said: Said, unit: Feature, cells: dict[str, Any], polygon: list[Ring], row: int | None) -> None:
    said.add("areas", cells, unit, row)
    code = text_of(cells.get("code"))
    said.floors.add(Floor(code, unit.level_id, polygon[0], tuple(polygon[1:])))
    for hole in polygon[1:]:
        core = said.code("stands", f"{code}-core", "core")
        said.add("stands", {"code": core, "area": code, "kind": "barrier", "outline": hole}, unit)
    if polygon[1:]:
        what = Sentence("of {code} there are holes ({count}): each is a barrier.", code=code, count=len(polygon) - 1)
        said.note("holes", what, Sentence("Nothing to do: people walk around it."), unit.file)


def _size_m2(polygon: list[Ring]) -> float:
    return round(area_m2(polygon[0]) - sum(area_m2(hole) for hole in polygon[1:]), 1)
