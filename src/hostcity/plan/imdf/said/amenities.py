"""Amenities that people of a plan look for."""

from __future__ import annotations

from hostcity.plan.imdf import meaning
from hostcity.plan.imdf.kept import is_same_line, kept_of, row_of
from hostcity.plan.imdf.said.context import Said
from hostcity.plan.sentences import Sentence

NO_KIND = Sentence("of a kind that a plan does not have.")
NOWHERE = Sentence("in no unit.")


def amenities(said: Said) -> None:
    """Every amenity whose kind a plan has; it is in the area in which it is drawn."""
    for feature in said.features.of("amenity"):
        cells = kept_of(feature, "amenities")
        row = row_of(feature) if cells else None
        kind = meaning.amenity_kind(feature.category)
        if not cells and not kind:
            said.leave_out(feature, NO_KIND)
            continue
        place = feature.points[0]
        levels = {said.by_id[each].level_id: each for each in feature.properties["unit_ids"]}
        if is_same_line([[cells.get("x_m"), cells.get("y_m")]], feature, said.frame):
            level_id = next(iter(levels))
            cells["area"] = said.area_of(cells.get("area"), level_id, place) or cells.get("area")
        else:
            area = next((code for level_id in levels if (code := said.floors.at(level_id, place))), "")
            if not area and not cells.get("area"):
                said.leave_out(feature, NOWHERE)
                continue
            cells |= {"x_m": place[0], "y_m": place[1], "area": area or cells.get("area")}
        if "code" not in cells:
            en, zh = meaning.names_of(feature.properties.get("name"), said.language)
            cells["code"] = said.code("amenities", en or zh, f"{kind}-{len(said.rows['amenities']) + 1}")
        if meaning.amenity_category(cells.get("kind")) != feature.category and kind:
            cells["kind"] = kind
        if meaning.labels_of(cells.get("name_en"), cells.get("name_zh")) != feature.properties.get("name"):
            cells |= said.names(feature)
        if meaning.accessibility_of(cells) != feature.properties.get("accessibility") and row is not None:
            cells["step_free"] = meaning.WHEELCHAIR[0] in (feature.properties.get("accessibility") or ())
        said.add("amenities", cells, feature, row)
