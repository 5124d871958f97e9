"""A plan without those rows of its drawing that cannot be used yet: a way is asked for while others are still drawing."""

from __future__ import annotations

import math
from typing import Any

from hostcity.plan.plan import Plan


def sound(plan: Plan) -> Plan:
    """The same without rows that name what is not there, and openings and connectors without two ends."""
    levels = {each.code for each in plan.levels}
    areas = tuple(each for each in plan.areas if each.level in levels)
    level_of = {each.code: each.level for each in areas}
    nodes = tuple(each for each in plan.nodes if each.area in level_of and each.level in levels and _is_place(each))
    known = {each.code for each in nodes}
    return plan.replace(
        areas=areas,
        nodes=nodes,
        links=tuple(each for each in plan.links if {each.start, each.end} <= known and each.start != each.end),
        stands=tuple(each for each in plan.stands if each.area in level_of),
        openings=tuple(each for each in plan.openings if _is_opening(each, level_of)),
        connectors=tuple(
            each
            for each in plan.connectors
            if {each.start, each.end} <= level_of.keys() and level_of[each.start] != level_of[each.end]
        ),
        amenities=tuple(each for each in plan.amenities if each.area in level_of and _is_place(each)),
    )


def _is_place(row: Any) -> bool:
    return math.isfinite(row.x_m) and math.isfinite(row.y_m)


def _is_opening(row: Any, level_of: dict[str, str]) -> bool:
    is_known = row.area in level_of and (not row.other or (row.other in level_of and row.other != row.area))
    return is_known and len(row.line) == 2 and row.line[0] != row.line[1]
