"""Rows of the plan out of what is drawn: which row each outline and line is, and which are doubtful."""

from __future__ import annotations

from hostcity.plan.dxf.areas import find_areas
from hostcity.plan.dxf.found import Found
from hostcity.plan.dxf.mapping import LayerMap
from hostcity.plan.dxf.openings import find_openings
from hostcity.plan.dxf.places import find_places
from hostcity.plan.dxf.shapes import Shapes
from hostcity.plan.dxf.stands import find_stands
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Ring


def rows_of(shapes: Shapes, layer_map: LayerMap, plan: Plan) -> Found:
    """The rows that shapes are, seen beside those that the plan has."""
    found = Found(doubts=list(shapes.doubts), refusals=list(shapes.refusals), empty=list(shapes.empty))
    find_areas(shapes, layer_map, plan, found)
    floors = _floors(layer_map, plan, found)
    find_stands(shapes, layer_map, plan, floors, found)
    find_openings(shapes, layer_map, plan, floors, found)
    find_places(shapes, layer_map, plan, floors, found)
    return found


def _floors(layer_map: LayerMap, plan: Plan, found: Found) -> dict[str, Ring]:
    """Outlines of the level's areas, as they will be."""
    rings: dict[str, Ring] = {
        each.code: each.outline for each in plan.areas if each.level == layer_map.level and len(each.outline) > 2
    }
    return rings | {code: area.outline for code, area in found.areas.items()}
