"""Where ways can be barred: openings, connectors, and typed links over ground that is not drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hostcity.engines.network import is_typed_still
from hostcity.engines.wayfinding.book import NARROW, OF_KIND, STEPS, Edge, Portal
from hostcity.engines.wayfinding.profiles import Profile
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Connector, Link, Opening

LINK = "link"  # kind of a portal over ground that is not drawn
OPENING = "opening"


def clear_of(opening: Opening) -> float:
    """Clear width of an opening. [m]"""
    return opening.clear_m if opening.clear_m is not None else math.dist(*opening.line)


def portals_of(plan: Plan, profile: Profile) -> tuple[tuple[Portal, ...], tuple[Edge, ...]]:
    """Portals, openings first, and the other links of the plan's network."""
    found = [*_openings(plan, profile), *_connectors(plan, profile)]
    known = {each.code for each in found}
    typed = [each for each in undrawn_links(plan) if each.code not in known]
    area_of = {node.code: node.area for node in plan.nodes}
    for link in typed:
        kind = LINK if link.kind in ("level", "door") else link.kind
        refused = _refused(profile, kind, link.width_m)
        found.append(Portal(link.code, kind, area_of[link.start], area_of[link.end], refused, True, not link.one_way))
    known |= {each.code for each in typed}
    edges = (Edge(each.code, each.start, each.end) for each in plan.links if each.code not in known)
    return tuple(found), tuple(each for each in edges if {each.start, each.end} <= area_of.keys())


def undrawn_links(plan: Plan) -> list[Link]:
    """Typed links of which the drawing says nothing, and whose areas no opening joins."""
    nodes = {node.code: node for node in plan.nodes}
    drawn = {area.code for area in plan.areas if len(area.outline) >= 3}
    joined = {frozenset((each.area, each.other)) for each in plan.openings}
    connectors = {each.code for each in plan.connectors}
    return [
        each
        for each in plan.links
        if {each.start, each.end} <= nodes.keys()
        and each.code not in connectors
        and is_typed_still(plan, each, nodes, drawn)
        and frozenset((nodes[each.start].area, nodes[each.end].area)) not in joined
    ]


def _openings(plan: Plan, profile: Profile) -> Iterator[Portal]:
    for each in plan.openings:
        if each.other:
            refused = STEPS if profile.is_step_free and not each.step_free else ""
            refused = refused or (NARROW if clear_of(each) < profile.least_clear_m else "")
            forward, backward = each.direction in ("both", "out"), each.direction in ("both", "in")
            yield Portal(each.code, OPENING, each.area, each.other, refused, forward, backward)


def _connectors(plan: Plan, profile: Profile) -> Iterator[Portal]:
    for each in plan.connectors:
        refused = _refused(profile, each.kind, each.width_m)
        yield Portal(each.code, each.kind, each.start, each.end, refused, True, not each.one_way)


def _refused(profile: Profile, kind: str, width_m: float) -> str:
    if profile.refuses(kind):
        return OF_KIND
    return NARROW if width_m < profile.least_clear_m else ""


def rises(plan: Plan, connector: Connector) -> bool:
    """Whether it leads upward from its start."""
    level_of = {area.code: area.level for area in plan.areas}
    height = {level.code: level.elevation_m for level in plan.levels}
    return height[level_of[connector.end]] > height[level_of[connector.start]]
