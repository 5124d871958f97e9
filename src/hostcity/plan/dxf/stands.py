"""What stands on floors out of what is drawn: by its number, or by its place."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from hostcity.plan.dxf.finder import Finder
from hostcity.plan.dxf.found import Found, NewCodes, say_elsewhere
from hostcity.plan.dxf.joining import joined
from hostcity.plan.dxf.mapping import AREA_KINDS, LayerMap
from hostcity.plan.dxf.numbers import NUMBERED, by_place, numbered
from hostcity.plan.dxf.rings import Outline
from hostcity.plan.dxf.shapes import Shapes
from hostcity.plan.dxf.told import REFUSALS, said, told
from hostcity.plan.picture import Shape
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point, Ring, box_of, point_inside
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Stand
from hostcity.plan.same_shape import is_same_ring, middle_of
from hostcity.plan.sentences import Sentence

AT_PLACE_M = 0.5  # within which what has no number is taken to be what the plan has there


def find_stands(shapes: Shapes, layer_map: LayerMap, plan: Plan, floors: dict[str, Ring], found: Found) -> None:
    """Stands, and all else that is on floors, that are drawn."""
    outlines = [each for each in shapes.outlines if each.kind not in AREA_KINDS]
    rings, moved = joined([each.ring for each in outlines], list(floors.values()), layer_map.join_m)
    outlines = [dataclasses.replace(each, ring=tuple(ring)) for each, ring in zip(outlines, rings, strict=True)]
    _say_joined(outlines, moved, found)
    present = {each.code: each for each in plan.stands}
    got = numbered(
        outlines,
        shapes.texts.get("stand_number", ()),
        {code: middle_of(each.outline) for code, each in present.items() if each.outline},
    )
    found.doubts += got.doubts
    found.refusals += got.refusals
    found.written |= got.written
    areas = _areas_of(outlines, layer_map, floors)
    if outlines and not any(areas):
        found.refusals.append(_far(outlines, got.numbers, layer_map, plan, floors))
        return
    for index in [index for index, area in enumerate(areas) if not area]:
        number = got.numbers.pop(index, "")
        _say_nowhere(outlines[index], number, found)
        if number and outlines[index].kind in NUMBERED:
            got.left_out[index] = number
    found.refused += [
        Shape("stand", layer_map.level, outlines[index].ring, number, "refused")
        for index, number in got.left_out.items()
    ]
    got.without = [index for index in got.without if areas[index]]
    _name_by_place(outlines, areas, got, present, layer_map, plan, found)
    for index in sorted(got.numbers):
        outline, code, area = outlines[index], got.numbers[index], areas[index]
        if code in present and present[code].area != area and present[code].area in {each.code for each in plan.areas}:
            say_elsewhere("stands", code, present[code].area, outline, found)
        found.stands[code] = _stand(present.get(code), code, outline, area)
        found.sources["stands", code] = (outline.layer, outline.handle)
        found.scope.add(area)


def _say_nowhere(outline: Outline, number: str, found: Found) -> None:
    """What lies in no area is left out, but for a stand with a number: one that the plan has would be lost."""
    at = point_inside(outline.ring)
    mend = Sentence("Draw the area's outline, name one in the map, or move it.")
    where: dict[str, Any] = {"at": at, "layer": outline.layer, "feature": outline.handle}
    if number and outline.kind in NUMBERED:
        what = Sentence("{number} at {place} stands in no area.", number=number, place=said(at))
        found.refusals.append(told("dxf.stand.nowhere", what, mend, REFUSALS, **where))
    else:
        what = Sentence(
            "{number} at {place} stands in no area: it is left out.", number=number or outline.kind, place=said(at)
        )
        found.doubts.append(told("dxf.area.none", what, mend, **where))


def _say_joined(outlines: Sequence[Outline], moved: set[int], found: Found) -> None:
    found.joined += len(moved)
    if moved:
        first = outlines[min(moved)]
        one = Sentence("{count:,} outline nearly met another, and was made to meet it.", count=len(moved))
        many = Sentence("{count:,} outlines nearly met others, and were made to meet.", count=len(moved))
        what = one if len(moved) == 1 else many
        mend = Sentence("Nothing to do; the map's join_m says how far corners may be moved.")
        found.doubts.append(
            told("dxf.outline.joined", what, mend, at=first.ring[0], layer=first.layer, feature=first.handle)
        )


def _areas_of(outlines: Sequence[Outline], layer_map: LayerMap, floors: dict[str, Ring]) -> list[str]:
    """The area of each: that of the map, else the smallest in which its middle lies; "" = none."""
    if layer_map.area:
        return [layer_map.area] * len(outlines)
    codes = list(floors)
    finder = Finder(list(floors.values()), cell_m=50.0)
    around = [finder.around(point_inside(each.ring)) for each in outlines]
    return [codes[each[0]] if each else "" for each in around]


def _far(
    outlines: Sequence[Outline], numbers: dict[int, str], layer_map: LayerMap, plan: Plan, floors: dict[str, Ring]
) -> Problem:
    """What is said when nothing lies in any area: most likely the drawing has another origin. With the way to the plan's."""
    if not floors:
        what = Sentence(
            "level {level} has no area with an outline, in which what is drawn could stand.", level=layer_map.level
        )
        mend = Sentence("Draw the outlines of halls, or name the area in the map: {setting}.", setting='area = "…"')
        return told("dxf.far", what, mend, REFUSALS, at=outlines[0].ring[0])
    known = {each.code: middle_of(each.outline) for each in plan.stands if each.outline}
    steps = [_step(middle_of(outlines[index].ring), known[code]) for index, code in numbers.items() if code in known]
    step = _usual(steps) if steps else _step(_middle([each.ring for each in outlines]), _middle(list(floors.values())))
    what = Sentence(
        "nothing that is drawn lies in an area of level {level}: it is about {east} m east and {north} m north of them.",
        level=layer_map.level, east=f"{-step[0]:.1f}", north=f"{-step[1]:.1f}",
    )  # fmt: skip
    mend = Sentence("Say where the drawing's origin lies: {setting}.", setting=_move(layer_map, step))
    return told("dxf.far", what, mend, REFUSALS, at=outlines[0].ring[0])


def _move(layer_map: LayerMap, step: Point) -> str:
    return f"move_m = [{layer_map.move_m[0] + step[0]:.2f}, {layer_map.move_m[1] + step[1]:.2f}]"


def _middle(rings: Sequence[Ring]) -> Point:
    west, south, east, north = box_of([point for ring in rings for point in ring])
    return (west + east) / 2, (south + north) / 2


def _step(one: Point, other: Point) -> Point:
    return other[0] - one[0], other[1] - one[1]


def _usual(steps: Sequence[Point]) -> Point:
    """The step in the middle of all by size, east and north apart."""
    middle = len(steps) // 2
    return sorted(x for x, _ in steps)[middle], sorted(y for _, y in steps)[middle]


def _name_by_place(
    outlines: Sequence[Outline],
    areas: Sequence[str],
    got: Any,
    present: dict[str, Stand],
    layer_map: LayerMap,
    plan: Plan,
    found: Found,
) -> None:
    """Codes for what has no number: those of rows that are there already, else new ones where a number is not needed."""
    level_of = {each.code: each.level for each in plan.areas}
    taken = set(got.numbers.values())
    for kind in dict.fromkeys(outlines[index].kind for index in got.without):
        rows = [
            (each.code, each.outline) for each in present.values()
            if each.kind == kind and each.code not in taken and level_of.get(each.area) == layer_map.level
        ]  # fmt: skip
        rings = {index: outlines[index].ring for index in got.without if outlines[index].kind == kind}
        for index, code in by_place(rings, rows, AT_PLACE_M):
            got.numbers[index] = code
            taken.add(code)
            if kind in NUMBERED:
                _say_unnumbered(outlines[index], code, found)
    new = NewCodes({*present, *taken})
    for index in got.without:
        if index in got.numbers:
            continue
        if outlines[index].kind in NUMBERED:
            _say_unnumbered(outlines[index], "", found)
        else:
            got.numbers[index] = new.code(areas[index], outlines[index].kind)


def _say_unnumbered(outline: Outline, code: str, found: Found) -> None:
    at = point_inside(outline.ring)
    mend = Sentence("Write its number inside of it.")
    if code:
        what = Sentence(
            "has no number at {place}: taken to be {code}, which the plan has there.", place=said(at), code=code
        )
        found.doubts.append(told("dxf.number.by_place", what, mend, at=at, layer=outline.layer, feature=outline.handle))
    else:
        what = Sentence("has no number at {place}: it is left out.", place=said(at))
        found.doubts.append(told("dxf.number.none", what, mend, at=at, layer=outline.layer, feature=outline.handle))


def _stand(present: Stand | None, code: str, outline: Outline, area: str) -> Stand:
    if present is None:
        return Stand(code=code, area=area, kind=outline.kind, outline=outline.ring)
    ring = present.outline if is_same_ring(present.outline, outline.ring) else outline.ring
    return dataclasses.replace(present, area=area, kind=outline.kind, outline=ring)
