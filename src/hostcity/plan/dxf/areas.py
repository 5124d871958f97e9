"""Areas out of what is drawn: by the code or the name that is written in them, or by their place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from hostcity.plan.dxf.found import Found, say_elsewhere
from hostcity.plan.dxf.joining import joined
from hostcity.plan.dxf.mapping import AREA_KINDS, LayerMap
from hostcity.plan.dxf.numbers import by_place, numbered
from hostcity.plan.dxf.rings import Outline
from hostcity.plan.dxf.shapes import Shapes
from hostcity.plan.dxf.texts import as_number
from hostcity.plan.dxf.told import said, told
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Ring, area_m2, point_inside
from hostcity.plan.rows import Area
from hostcity.plan.same_shape import is_same_ring, middle_of
from hostcity.plan.sentences import Sentence


def find_areas(shapes: Shapes, layer_map: LayerMap, plan: Plan, found: Found) -> None:
    """Areas of the level that are drawn."""
    outlines = [each for each in shapes.outlines if each.kind in AREA_KINDS]
    if not outlines:
        return
    present = {each.code: each for each in plan.areas}
    names = _names(plan.areas)
    texts = [
        dataclasses.replace(each, text=names.get(as_number(each.text).casefold(), each.text))
        for each in shapes.texts.get("area_number", ())
    ]
    places = {each.code: middle_of(each.outline) for each in plan.areas if each.outline}
    got = numbered(outlines, texts, places)
    found.doubts += got.doubts
    level = [each for each in plan.areas if each.level == layer_map.level]
    rings = {index: outlines[index].ring for index in got.without}
    free = [(each.code, each.outline) for each in level if each.code not in got.numbers.values()]
    for index, code in by_place(rings, free, near_m=5.0):
        got.numbers[index] = code
        got.without.remove(index)
    if layer_map.area and len(outlines) == 1 and got.without:  # the one that everything stands in
        got.numbers[got.without.pop()] = layer_map.area
    for index in got.without:
        _leave_area(outlines[index], found)
    fixed = [each.outline for each in level if each.outline and each.code not in got.numbers.values()]
    kept = sorted(got.numbers)
    rings_now, moved = joined([outlines[index].ring for index in kept], fixed, layer_map.join_m)
    found.joined += len(moved)
    for index, ring in zip(kept, rings_now, strict=True):
        outline, code = outlines[index], got.numbers[index]
        if code in present and present[code].level != layer_map.level:
            say_elsewhere("areas", code, present[code].level, outline, found)
            continue
        found.areas[code] = _area(present.get(code), code, outline.kind, ring, layer_map.level)
        found.sources["areas", code] = (outline.layer, outline.handle)
        found.scope.add(code)


def _names(areas: Iterable[Area]) -> dict[str, str]:
    """Codes by names in either language, and by themselves, in small letters; names that two areas have name none."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for area in areas:
        for name in {as_number(each).casefold() for each in (area.name_en, area.name_zh) if each}:
            if name in found:
                twice.add(name)
            found[name] = area.code
    return {name: code for name, code in found.items() if name not in twice} | {
        each.code.casefold(): each.code for each in areas
    }


def _area(present: Area | None, code: str, kind: str, ring: Ring, level: str) -> Area:
    if present is None:
        return Area(code=code, kind=kind, level=level, gross_m2=round(area_m2(ring), 1), outline=tuple(ring))
    if present.outline and is_same_ring(present.outline, ring):
        ring = present.outline
    return dataclasses.replace(present, kind=kind, outline=tuple(ring))


def _leave_area(outline: Outline, found: Found) -> None:
    at = point_inside(outline.ring)
    what = Sentence(
        "an area of {area:,} m² at {place} has no name that the plan has: it is left out.",
        area=round(area_m2(outline.ring)),
        place=said(at),
    )
    mend = Sentence("Write its code or its name inside of it, on a layer of area_number.")
    found.doubts.append(told("dxf.area.unnamed", what, mend, at=at, layer=outline.layer, feature=outline.handle))
