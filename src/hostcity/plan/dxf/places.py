"""Stairs, escalators, lifts, ramps and amenities out of blocks, points and outlines: by their code, or by their place.

A block's attributes are called after the fields of the row; they say what a place alone does not. Of a connector a drawing of
one level shows one end: where its other one is, the attributes say, or the plan knows.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hostcity.plan.cells import CellError, is_empty, read_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.dxf.contents import Place, Text
from hostcity.plan.dxf.finder import Finder
from hostcity.plan.dxf.found import Found, NewCodes
from hostcity.plan.dxf.mapping import CONNECTOR_KINDS, LayerMap
from hostcity.plan.dxf.shapes import Shapes
from hostcity.plan.dxf.texts import as_number
from hostcity.plan.dxf.told import REFUSALS, said, told
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point, Ring, is_inside
from hostcity.plan.rows import Amenity, Connector
from hostcity.plan.sentences import Sentence

AT_PLACE_M = 0.5  # within which what has no code is taken to be what the plan has there
AT_TEXT_M = 1.5  # from a place to the text with its code
SAME_M = 0.005  # a place that is no farther off is the same
#: Fields of rows that attributes say, by their tags in capitals.
SAID_OF = {
    Connector: ("width_m", "one_way", "cabin_persons", "cycle_s"),
    Amenity: ("name_en", "name_zh", "places", "station", "step_free"),
}
SIDES = ("start", "end")


def find_places(shapes: Shapes, layer_map: LayerMap, plan: Plan, floors: dict[str, Ring], found: Found) -> None:
    """Connectors' ends and amenities that are drawn on the level."""
    codes = [each.values.get("CODE", "") for _kind, each in shapes.places]
    texts = _nearest_texts(shapes.places, codes, shapes.texts.get("place_number", ()), found)
    new = NewCodes({each.code for each in plan.amenities} | {*codes, *texts.values()})
    finder = Finder(list(floors.values()), cell_m=50.0)
    here = _Here(layer_map, plan, floors, finder)
    for index, (kind, place) in enumerate(shapes.places):
        area = here.area_of(place)
        code = codes[index] or texts.get(index, "") or here.code_at(kind, place.at, found)
        if not area:
            _say_nowhere(code, kind, place, here, found)
        elif kind in CONNECTOR_KINDS:
            _take_connector(kind, code, area, place, here, found)
        else:
            _take_amenity(kind, code or new.code(area, kind), area, place, here, found)


class _Here:
    """The level that is drawn, as the plan knows it."""

    def __init__(self, layer_map: LayerMap, plan: Plan, floors: Mapping[str, Ring], finder: Finder) -> None:
        self.layer_map, self.plan, self.floors, self.finder = layer_map, plan, floors, finder
        self.areas = {each.code for each in plan.areas if each.level == layer_map.level} | set(floors)
        self.all_areas = {each.code for each in plan.areas} | set(floors)
        self.amenities = {each.code: each for each in plan.amenities}
        self.connectors = {each.code: each for each in plan.connectors}
        self.taken: dict[tuple[str, str], Place] = {}  # what is drawn already: sheet or end of a connector, and code

    def area_of(self, place: Place) -> str:
        """The area that its attributes name, that of the map, or the smallest around it; "" = none."""
        named = place.values.get("AREA", "")
        if named in self.areas and (named not in self.floors or is_inside(place.at, self.floors[named])):
            return named
        if self.layer_map.area:
            return self.layer_map.area
        around = self.finder.around(place.at)
        return list(self.floors)[around[0]] if around else ""

    def code_at(self, kind: str, at: Point, found: Found) -> str:
        """The code of what the plan has of a kind at a place; "" = nothing."""
        known = [
            (math.dist(at, (each.x_m, each.y_m)), each.code)
            for each in self.plan.amenities
            if each.kind == kind and each.area in self.areas and each.code not in found.amenities
        ]
        known += [
            (math.dist(at, _end_of(each, side)), each.code)
            for each in self.plan.connectors for side in SIDES
            if each.kind == kind and getattr(each, side) in self.areas
        ]  # fmt: skip
        off, code = min(known, default=(math.inf, ""))
        return code if off <= AT_PLACE_M else ""


def _nearest_texts(
    places: Sequence[tuple[str, Place]], codes: Sequence[str], texts: Iterable[Text], found: Found
) -> dict[int, str]:
    """The texts that are nearest to places without a code of their own."""
    taken: dict[int, str] = {}
    free = [index for index, code in enumerate(codes) if not code]
    for text in texts:
        near = [(math.dist(text.at, places[index][1].at), index) for index in free if index not in taken]
        off, index = min(near, default=(math.inf, -1))
        number = as_number(text.text)
        if number and off <= AT_TEXT_M:
            taken[index] = number
        elif number:
            what = Sentence(
                "{number} at {place} is beside nothing that it could name.", number=number, place=said(text.at)
            )
            mend = Sentence("Move the text to what it names.")
            found.doubts.append(
                told("dxf.number.outside", what, mend, at=text.at, layer=text.layer, feature=text.handle)
            )
    return taken


def _say_nowhere(code: str, kind: str, place: Place, here: _Here, found: Found) -> None:
    """What is in no area is left out, but for what the plan has: it would be lost."""
    mend = Sentence("Draw the area's outline, name one in the map, or move it.")
    if code in here.amenities or code in here.connectors:
        what = Sentence("{number} at {place} stands in no area.", number=code, place=said(place.at))
        _refuse(found, "dxf.stand.nowhere", what, mend, place)
    else:
        what = Sentence(
            "{number} at {place} stands in no area: it is left out.", number=code or kind, place=said(place.at)
        )
        _doubt(found, "dxf.area.none", what, mend, place)


def _is_double(known_by: tuple[str, str], code: str, place: Place, here: _Here, found: Found) -> bool:
    """Whether something with a code is drawn already: at another place, and the code of another one may be meant; or twice."""
    first = here.taken.setdefault(known_by, place)
    if first is place:
        return False
    mend = Sentence("Give each a code of its own.")
    if math.dist(first.at, place.at) > AT_PLACE_M:
        for one, other in ((first, place), (place, first)):
            what = Sentence("{number} is here and at {place} as well.", number=code, place=said(other.at))
            _refuse(found, "dxf.number.double", what, mend, one)
    else:
        what = Sentence(
            "{number} is here and at {place} as well: this one is left out.", number=code, place=said(first.at)
        )
        _doubt(found, "dxf.number.twice", what, mend, place)
    return True


def _take_amenity(kind: str, code: str, area: str, place: Place, here: _Here, found: Found) -> None:
    if _is_double(("amenities", code), code, place, here, found):
        return
    (x_m, y_m), row = place.at, here.amenities.get(code)
    if row is None:
        row = Amenity(code=code, kind=kind, area=area, x_m=round(x_m, 3), y_m=round(y_m, 3))
    elif math.dist(place.at, (row.x_m, row.y_m)) > SAME_M:
        row = dataclasses.replace(row, x_m=round(x_m, 3), y_m=round(y_m, 3))
    values = _values(Amenity, code, place, found)
    if values.get("station", "") not in {"", *(each.code for each in here.plan.stations)}:
        del values["station"]
    found.amenities[code] = dataclasses.replace(row, kind=kind, area=area, **values)
    found.sources["amenities", code] = (place.layer, place.handle)
    found.scope.add(area)


def _take_connector(kind: str, code: str, area: str, place: Place, here: _Here, found: Found) -> None:
    row = found.connectors.get(code) or here.connectors.get(code)
    values = _values(Connector, code, place, found)
    if row is None:
        row = _new_connector(kind, code, area, place, values, here)
    if row is None:
        what = Sentence("{code} at {place} leads nowhere: it is left out.", code=code or kind, place=said(place.at))
        mend = Sentence(
            "Add it to sheet connectors first, or give its block the attributes {tags}.", tags=", ".join(NEEDED)
        )
        _doubt(found, "dxf.connector.other", what, mend, place)
        return
    side = _side_of(row, area, place, here)
    if _is_double((side, code), code, place, here, found):
        return
    x_m, y_m = place.at
    moved: dict[str, Any] = {side: area, "kind": kind}
    if math.dist(place.at, _end_of(row, side)) > SAME_M:
        moved |= {f"{side}_x_m": round(x_m, 3), f"{side}_y_m": round(y_m, 3)}
    found.connectors[code] = dataclasses.replace(row, **moved, **values)
    found.sources["connectors", code] = (place.layer, place.handle)
    found.scope.add(area)


NEEDED = ("CODE", "OTHER_AREA", "OTHER_X_M", "OTHER_Y_M", "WIDTH_M")


def _new_connector(
    kind: str, code: str, area: str, place: Place, values: Mapping[str, Any], here: _Here
) -> Connector | None:
    """A connector that the plan does not have, out of its attributes; None where they do not say where it leads."""
    other = place.values.get("OTHER_AREA", "")
    other_x_m, other_y_m = (_number(place.values.get(tag, "")) for tag in ("OTHER_X_M", "OTHER_Y_M"))
    if not code or other not in here.all_areas or other_x_m is None or other_y_m is None or "width_m" not in values:
        return None
    x_m, y_m = round(place.at[0], 3), round(place.at[1], 3)
    if place.values.get("SIDE", "").casefold() == "end":
        return Connector(
            code=code, kind=kind, start=other, start_x_m=other_x_m, start_y_m=other_y_m, end=area, end_x_m=x_m, end_y_m=y_m,
            width_m=values["width_m"],
        )  # fmt: skip
    return Connector(
        code=code, kind=kind, start=area, start_x_m=x_m, start_y_m=y_m, end=other, end_x_m=other_x_m, end_y_m=other_y_m,
        width_m=values["width_m"],
    )  # fmt: skip


def _side_of(row: Connector, area: str, place: Place, here: _Here) -> str:
    """Which end a place is: the one that its attribute says, the only one on this level, else the nearer one."""
    said_side = place.values.get("SIDE", "").casefold()
    if said_side in SIDES:
        return said_side
    on_level = [side for side in SIDES if getattr(row, side) in here.areas] or list(SIDES)
    return min(on_level, key=lambda side: (getattr(row, side) != area, math.dist(place.at, _end_of(row, side))))


def _end_of(row: Connector, side: str) -> Point:
    return getattr(row, f"{side}_x_m"), getattr(row, f"{side}_y_m")


def _values(row_type: type[Connector] | type[Amenity], code: str, place: Place, found: Found) -> dict[str, Any]:
    """The fields that a block's attributes say; what cannot be read is doubted and left out."""
    columns, values = columns_of(row_type), {}
    for name in SAID_OF[row_type]:
        raw = place.values.get(name.upper(), "")
        if is_empty(raw):
            continue
        try:
            values[name] = read_cell(columns[name], raw)
        except CellError:
            what = Sentence(
                "{tag} of {code} is {value}: it is left out.", tag=name.upper(), code=code, value=repr(raw[:40])
            )
            _doubt(found, "dxf.place.value", what, Sentence("Correct the attribute of its block."), place)
    return values


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _refuse(found: Found, code: str, what: Sentence, mend: Sentence, place: Place) -> None:
    found.refusals.append(told(code, what, mend, REFUSALS, at=place.at, layer=place.layer, feature=place.handle))


def _doubt(found: Found, code: str, what: Sentence, mend: Sentence, place: Place) -> None:
    found.doubts.append(told(code, what, mend, at=place.at, layer=place.layer, feature=place.handle))
