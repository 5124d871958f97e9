"""A level of a plan as a DXF drawing: a layer for each kind, numbers as texts. Reading it again gives the same rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hostcity.plan.dxf.finder import Finder
from hostcity.plan.dxf.mapping import AREA_KINDS, DRAWN_KINDS, OPENING_KINDS, LayerMap
from hostcity.plan.dxf.places import SAID_OF
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point, Ring, box_of, point_inside, sides
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Amenity, Connector
from hostcity.plan.rows.drawing import STAND_KINDS
from hostcity.plan.sentences import Sentence

METERS = 6  # $INSUNITS
#: Colors of AutoCAD's index by kind; others are white or black.
COLORS = {
    "stand": 5,
    "stage": 6,
    "counter": 30,
    "barrier": 94,
    "column": 8,
    "wall": 8,
    "hall": 7,
    "opening": 3,
    "exit": 1,
}
SYMBOL_M = 0.6  # radius of a block's circle
TEXT_M = 1.0  # highest
SAMPLES = 12


def write_dxf(plan: Plan, level: str, path: Path) -> None:
    """Write a level of a plan. Raises PlanError when the plan has no such level."""
    path.write_bytes(dxf_of(plan, level))


def dxf_of(plan: Plan, level: str) -> bytes:
    """A level of a plan as the bytes of a DXF file (2010), in meters: the same plan gives the same bytes."""
    import ezdxf
    from ezdxf import options

    if level not in {each.code for each in plan.levels}:
        what = Sentence("has no level {level}.", level=repr(level))
        mend = Sentence("Levels: {levels}.", levels=", ".join(each.code for each in plan.levels[:20]))
        raise PlanError([Problem(code="dxf.level", what=what, mend=mend)])
    was = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True  # no time of writing in the file
    try:
        document = ezdxf.new("R2010", units=METERS)
        _draw(document, plan, level)
        written = io.StringIO()
        document.write(written)
    finally:
        options.write_fixed_meta_data_for_testing = was
    return written.getvalue().encode("utf-8", "replace")


def own_map(plan: Plan, level: str) -> LayerMap:
    """The map of a level that was written here: layers are called after kinds, and there are those that are drawn on."""
    areas = {area.code: area for area in plan.areas if area.level == level}
    on_level: list[Any] = [
        *(area for area in areas.values() if area.outline),
        *(each for each in plan.stands if each.area in areas),
    ]
    drawn = {row.kind for row in on_level}
    drawn |= {"exit" if each.is_exit else "opening" for each in plan.openings if each.area in areas}
    drawn |= {kind for kind, *_rest in _places_of(plan, set(areas))}
    numbers = (("stand_number", STAND_KINDS), ("area_number", AREA_KINDS), ("opening_number", OPENING_KINDS))
    kinds = [each for each in DRAWN_KINDS if each in drawn]
    kinds += [number for number, of in numbers if drawn.intersection(of)]
    return LayerMap(level=level, unit="m", layers={kind.upper(): kind for kind in kinds})


def _draw(document: Any, plan: Plan, level: str) -> None:
    space = document.modelspace()
    areas = [area for area in plan.areas if area.level == level and area.outline]
    codes = {area.code for area in plan.areas if area.level == level}
    stands = [stand for stand in plan.stands if stand.area in codes]
    _outlines(document, space, areas, "area_number")
    _outlines(document, space, stands, "stand_number")
    for opening in plan.openings:
        if opening.area in codes:
            kind = "exit" if opening.is_exit else "opening"
            space.add_line(*opening.line, dxfattribs={"layer": _layer(document, kind)})
            (x, y), (u, v) = opening.line
            _text(document, space, opening.code, ((x + u) / 2, (y + v) / 2), 0.5, "opening_number")
    for kind, place, values in _places_of(plan, codes):
        _block(document, space, kind, place, values)


def _outlines(document: Any, space: Any, rows: list[Any], number_kind: str) -> None:
    if not rows:
        return
    finder = Finder([row.outline for row in rows])
    for index, row in enumerate(rows):
        space.add_lwpolyline(row.outline, close=True, dxfattribs={"layer": _layer(document, row.kind)})
        west, south, east, north = box_of(row.outline)
        height = max(0.05, min(TEXT_M, 0.3 * min(east - west, north - south), 1.2 * (east - west) / len(row.code)))
        _text(document, space, row.code, label_place(index, row.outline, finder), height, number_kind)


def label_place(index: int, ring: Ring, finder: Finder) -> Point:
    """A place in a ring that is in no smaller one, so that what is written there is its own; its middle, if there is one."""
    for place in _places(ring):
        around = finder.around(place)
        if around and around[0] == index:
            return place
    return point_inside(ring)


def _places(ring: Ring) -> Iterator[Point]:
    yield point_inside(ring)
    west, south, east, north = box_of(ring)
    for column in range(1, SAMPLES):
        for row in range(1, SAMPLES):
            yield west + (east - west) * column / SAMPLES, south + (north - south) * row / SAMPLES
    middle = point_inside(ring)
    for (x, y), (u, v) in sides(ring):  # close to the border
        yield 0.48 * (x + u) + 0.04 * middle[0], 0.48 * (y + v) + 0.04 * middle[1]


def _places_of(plan: Plan, codes: set[str]) -> Iterator[tuple[str, Point, dict[str, Any]]]:
    """Ends of connectors and amenities of some areas: kind, place, and what a block's attributes say of them."""
    for each in plan.connectors:
        ends = {
            "start": (each.start, each.start_x_m, each.start_y_m), "end": (each.end, each.end_x_m, each.end_y_m),
        }  # fmt: skip
        for side, (area, x_m, y_m) in ends.items():
            if area in codes:
                other, other_x_m, other_y_m = ends["end" if side == "start" else "start"]
                more = {"area": area, "side": side, "other_area": other, "other_x_m": other_x_m, "other_y_m": other_y_m}
                yield each.kind, (x_m, y_m), _said(each) | more
    for amenity in plan.amenities:
        if amenity.area in codes:
            yield amenity.kind, (amenity.x_m, amenity.y_m), _said(amenity) | {"area": amenity.area}


def _said(row: Connector | Amenity) -> dict[str, Any]:
    return {"code": row.code} | {name: getattr(row, name) for name in SAID_OF[type(row)]}


def _block(document: Any, space: Any, kind: str, place: Point, values: dict[str, Any]) -> None:
    """A circle as a block, with a code that is seen and attributes that are not."""
    layer = _layer(document, kind)
    if layer not in document.blocks:
        document.blocks.new(layer).add_circle((0, 0), SYMBOL_M)
    made = space.add_blockref(layer, place, dxfattribs={"layer": layer})
    for name, value in values.items():
        if value is not None and value != "":
            text = (
                ("yes" if value else "no")
                if isinstance(value, bool)
                else repr(value)
                if isinstance(value, float)
                else str(value)
            )
            written = made.add_attrib(name.upper(), text, place, dxfattribs={"layer": layer, "height": 0.5})
            written.is_invisible = name != "code"


def _layer(document: Any, kind: str) -> str:
    name = kind.upper()
    if name not in document.layers:
        document.layers.add(name, color=COLORS.get(kind, 7))
    return name


def _text(document: Any, space: Any, text: str, place: Point, height_m: float, kind: str) -> None:
    from ezdxf.enums import TextEntityAlignment

    made = space.add_text(text, height=height_m, dxfattribs={"layer": _layer(document, kind)})
    made.set_placement(place, align=TextEntityAlignment.MIDDLE_CENTER)
