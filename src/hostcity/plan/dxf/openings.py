"""Openings out of lines: by the code that is written beside them, or by their place."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence

from hostcity.plan.check.drawing import WALL_M, wall_distance
from hostcity.plan.dxf.contents import Text
from hostcity.plan.dxf.finder import Finder
from hostcity.plan.dxf.found import Found, NewCodes
from hostcity.plan.dxf.mapping import LayerMap
from hostcity.plan.dxf.rings import LATTICE_M, Stroke
from hostcity.plan.dxf.shapes import Shapes
from hostcity.plan.dxf.texts import as_number
from hostcity.plan.dxf.told import said, told
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point, Ring, box_of, distance_m
from hostcity.plan.rows import Opening
from hostcity.plan.same_shape import is_same_line
from hostcity.plan.sentences import Sentence

AT_PLACE_M = 0.5  # within which both ends lie of an opening that the plan has
AT_LINE_M = 1.5  # from an opening to the text with its number


def find_openings(shapes: Shapes, layer_map: LayerMap, plan: Plan, floors: dict[str, Ring], found: Found) -> None:
    """Openings in the walls of the level that are drawn."""
    lines = [each for each in shapes.lines if _is_line(each, found)]
    level_of = {each.code: each.level for each in plan.areas}
    present = {each.code: each for each in plan.openings if level_of.get(each.area) == layer_map.level}
    numbers = _numbers_of(lines, shapes.texts.get("opening_number", ()), found)
    numbers |= dict(_lines_by_place(lines, numbers, present))
    new = NewCodes({each.code for each in plan.openings} | set(numbers.values()))
    walls = _walls(plan, found, floors)
    for index, line in enumerate(lines):
        ends = _on_lattice(line.points)
        sides = _sides(ends, walls, layer_map.area)
        code = numbers.get(index)
        row = present.get(code) if code else None
        if row is None and not sides:
            what = Sentence("the opening at {place} is in no area's wall: it is left out.", place=said(ends[0]))
            mend = Sentence("Move it into the wall, or draw the area's outline.")
            found.doubts.append(told("dxf.opening.wall", what, mend, at=ends[0], layer=line.layer, feature=line.handle))
            continue
        is_exit = line.kind == "exit"
        if row is not None:
            now = row.line if is_same_line(row.line, ends) else ends
            opening = dataclasses.replace(row, line=now, is_exit=is_exit)
        else:
            code = code or new.code(sides[0], line.kind)
            opening = Opening(
                code=code, area=sides[0], other=sides[1] if len(sides) > 1 else "", line=ends, is_exit=is_exit
            )
        found.openings[opening.code] = opening
        found.sources["openings", opening.code] = (line.layer, line.handle)
        found.scope.add(opening.area)


def _is_line(stroke: Stroke, found: Found) -> bool:
    if len(stroke.points) == 2 and not stroke.is_closed and math.dist(*_on_lattice(stroke.points)) > LATTICE_M:
        return True
    at = stroke.points[0]
    what = Sentence("the opening at {place} is no straight line: it is left out.", place=said(at))
    mend = Sentence("Draw one line from jamb to jamb.")
    found.doubts.append(told("dxf.opening.shape", what, mend, at=at, layer=stroke.layer, feature=stroke.handle))
    return False


def _on_lattice(points: Sequence[Point]) -> tuple[Point, ...]:
    return tuple((round(x / LATTICE_M) / 100, round(y / LATTICE_M) / 100) for x, y in points)


def _numbers_of(lines: Sequence[Stroke], texts: Iterable[Text], found: Found) -> dict[int, str]:
    """Numbers of openings: the texts that are nearest to them."""
    boxes = Finder([_box_around(each.points) for each in lines]) if lines else None
    numbers: dict[int, str] = {}
    for text in texts:
        number = as_number(text.text)
        near = [
            (distance_m(text.at, lines[index].points), index) for index in (boxes.around(text.at) if boxes else ())
        ]  # fmt: skip
        near = [each for each in near if each[0] <= AT_LINE_M]
        if not near:
            what = Sentence("{number} at {place} is beside no opening.", number=number, place=said(text.at))
            mend = Sentence("Move the text to the line that it names.")
            found.doubts.append(
                told("dxf.number.outside", what, mend, at=text.at, layer=text.layer, feature=text.handle)
            )
        elif number in numbers.values():
            what = Sentence("{number} is written at several openings: only the first is taken.", number=number)
            mend = Sentence("Give each outline a number of its own.")
            found.doubts.append(told("dxf.number.twice", what, mend, at=text.at, layer=text.layer, feature=text.handle))
        else:
            numbers.setdefault(min(near)[1], number)
    return numbers


def _box_around(line: Sequence[Point]) -> Ring:
    west, south, east, north = box_of(line)
    west, south, east, north = west - AT_LINE_M, south - AT_LINE_M, east + AT_LINE_M, north + AT_LINE_M
    return ((west, south), (east, south), (east, north), (west, north))


def _lines_by_place(
    lines: Sequence[Stroke], numbers: dict[int, str], present: dict[str, Opening]
) -> Iterable[tuple[int, str]]:
    """Openings without a number that are where the plan has one."""
    free = {code: row for code, row in present.items() if code not in numbers.values() and len(row.line) == 2}
    for index, line in enumerate(lines):
        if index in numbers:
            continue
        off = {code: _apart(line.points, row.line) for code, row in free.items()}
        code = min(off, key=lambda each: off[each], default="")
        if code and off[code] <= AT_PLACE_M:
            del free[code]
            yield index, code


def _apart(one: Sequence[Point], other: Sequence[Point]) -> float:
    """How far the farther ends of two lines are apart, whichever way they go. [m]"""
    return min(max(math.dist(a, b) for a, b in zip(one, each, strict=True)) for each in (other, other[::-1]))


def _walls(plan: Plan, found: Found, floors: dict[str, Ring]) -> dict[str, list[Ring]]:
    """Borders of areas, and of the barriers that stand in them."""
    walls: dict[str, list[Ring]] = {code: [ring] for code, ring in floors.items()}
    for stand in {**{each.code: each for each in plan.stands}, **found.stands}.values():
        if stand.kind == "barrier" and stand.area in walls and len(stand.outline) > 2:
            walls[stand.area].append(stand.outline)
    return walls


def _sides(line: Ring, walls: dict[str, list[Ring]], first: str) -> list[str]:
    """The areas in whose walls a line is, the nearest first; that of the map before others."""
    off = {code: wall_distance(line, rings)[0] for code, rings in walls.items()}
    return sorted((code for code in off if off[code] <= WALL_M), key=lambda code: (code != first, off[code]))
