"""Whether what is drawn fits together: rings, stands in their halls, openings in walls, connectors between levels.

Every answer names a place in the drawing, so that it can be shown there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hostcity.plan.check.finding import FILL_IN, RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import (
    NEAR_M,
    Point,
    Ring,
    area_m2,
    box_of,
    crossing_of,
    distance_m,
    first_outside,
    is_inside,
    is_thin,
    overlap_of,
    overlapping_boxes,
)
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

WALL_M = 0.5  # how far from the drawn border of its area the end of an opening may lie: a wall's thickness
MOST_OVERLAPS = 1_000
MOST_TIMES = 50.0  # an outline this many times its gross area, or less than a fiftieth of it, has another unit


def outlines(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Rings that are none, and areas drawn in another unit than meters."""
    levels = _levels(plan)
    for sheet in ("areas", "stands"):
        for index, row in enumerate(getattr(plan, sheet)):
            ring, level = row.outline, levels.get(row.code if sheet == "areas" else row.area, "")
            if sheet == "stands" and len(ring) < 3:
                what, mend = Sentence("has {count} corners.", count=len(ring)), Sentence("Give at least 3.")
                where = _first(ring)
                yield problem_at(sheet, row_of(sheet, index), "outline", "corners", what, mend, level=level, at=where)
            at = crossing_of(ring) if len(ring) >= 3 and _is_finite(ring) else None
            if at:
                what = Sentence("of {code} crosses or touches itself at {place}.", code=row.code, place=_said(at))
                mend = Sentence("Give the corners in order, going around once.")
                yield problem_at(sheet, row_of(sheet, index), "outline", "crosses", what, mend, level=level, at=at)
            elif len(ring) >= 3 and _is_finite(ring) and is_thin(ring):
                what = Sentence(
                    "of {code} is so thin that nothing can be in it, at {place}.", code=row.code, place=_said(ring[0])
                )
                mend = Sentence("Draw it around what it is, at least 5 cm wide.")
                yield problem_at(
                    sheet, row_of(sheet, index), "outline", "sliver", what, mend, level=level, at=_first(ring)
                )
            elif sheet == "areas" and len(ring) >= 3 and row.gross_m2 > 0:
                times = area_m2(ring) / row.gross_m2
                if not 1 / MOST_TIMES <= times <= MOST_TIMES:
                    what = Sentence(
                        "of {code} holds {drawn:,} m², but its gross area is {gross:,} m².",
                        code=row.code, drawn=round(area_m2(ring)), gross=round(row.gross_m2),
                    )  # fmt: skip
                    mend = Sentence("Draw in meters: millimeters give a million times the area.")
                    where = _first(ring)
                    yield problem_at(sheet, row_of(sheet, index), "outline", "unit", what, mend, level=level, at=where)


def stands(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Stands that reach out of their area, or into one another."""
    rings, levels = rings_of(plan), _levels(plan)
    of_area: defaultdict[str, list[int]] = defaultdict(list)
    for index, stand in enumerate(plan.stands):
        if not _is_ring(stand.outline):
            continue
        of_area[stand.area].append(index)
        at = first_outside(stand.outline, rings[stand.area]) if stand.area in rings else None
        if at:
            what = Sentence(
                "of {code} reaches out of {area} at {place}.", code=stand.code, area=stand.area, place=_said(at)
            )
            mend = Sentence("Move it inside, or name the area in which it stands.")
            row, level = row_of("stands", index), levels.get(stand.area, "")
            yield problem_at("stands", row, "outline", "outside", what, mend, level=level, at=at)
    yield from _overlaps(plan, row_of, of_area.values())


def _overlaps(plan: Plan, row_of: RowOf, groups: Iterable[list[int]]) -> Iterator[Problem]:
    """Stands of an area that overlap; no more than anybody would read when all lie in one place."""
    told, levels = 0, _levels(plan)
    for indexes in groups:
        boxes = [box_of(plan.stands[each].outline) for each in indexes]
        for first, second in overlapping_boxes(boxes):
            one, other = sorted((indexes[first], indexes[second]))
            at = overlap_of(plan.stands[one].outline, plan.stands[other].outline)
            if at:
                what = Sentence(
                    "of {code} overlaps {other} at {place}.",
                    code=plan.stands[other].code, other=plan.stands[one].code, place=_said(at),
                )  # fmt: skip
                mend = Sentence("Move one of them.")
                row, level = row_of("stands", other), levels.get(plan.stands[other].area, "")
                yield problem_at("stands", row, "outline", "overlap", what, mend, level=level, at=at)
                told += 1
                if told >= MOST_OVERLAPS:
                    return


def openings(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Openings that are not in the walls that they open."""
    rings, levels = rings_of(plan), _levels(plan)
    barriers = _barriers(plan)
    for index, opening in enumerate(plan.openings):
        row, drawn = row_of("openings", index), {"level": levels.get(opening.area, ""), "at": _first(opening.line)}
        if opening.other and opening.other == opening.area:
            what = Sentence("is {area} on both sides.", area=opening.area)
            mend = Sentence("Name the area on the other side, or none.")
            yield problem_at("openings", row, "other", "itself", what, mend, **drawn)
        if len(opening.line) != 2 or opening.line[0] == opening.line[1]:
            what = Sentence("has {count} ends.", count=len(set(opening.line)))
            mend = Sentence("Give exactly two different ends.")
            yield problem_at("openings", row, "line", "corners", what, mend, **drawn)
            continue
        if not _is_finite(opening.line):
            continue
        length = math.dist(*opening.line)
        if opening.clear_m is not None and opening.clear_m > length + NEAR_M:
            what = Sentence(
                "is {clear} m, wider than the line of {length} m.", clear=f"{opening.clear_m:g}", length=f"{length:.2f}"
            )
            mend = Sentence("Give the clear width, or leave it empty.")
            yield problem_at("openings", row, "clear_m", "wider", what, mend, **drawn)
        for name in ("area", "other"):
            area = getattr(opening, name)
            if area not in rings:
                continue
            off_m, far = wall_distance(opening.line, (rings[area], *barriers.get(area, ())))
            if off_m > WALL_M:
                what = Sentence(
                    "of {code} ends at {place}, {distance} m off the border of {area}.",
                    code=opening.code, place=_said(far), distance=f"{off_m:.1f}", area=area,
                )  # fmt: skip
                mend = Sentence("Move it into the wall, or name the areas that it joins.")
                yield problem_at("openings", row, "line", "wall", what, mend, **{**drawn, "at": far})


def connectors(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Connectors that join no two levels or end outside of their areas; levels that none reaches."""
    rings, level_of = rings_of(plan), {area.code: area.level for area in plan.areas}
    for index, each in enumerate(plan.connectors):
        row = row_of("connectors", index)
        if each.start in level_of and level_of[each.start] == level_of.get(each.end):
            what = Sentence("is on level {level} as the other end is.", level=level_of[each.end])
            where = (each.end_x_m, each.end_y_m)
            mend = Sentence("Join areas of two levels.")
            yield problem_at("connectors", row, "end", "level", what, mend, level=level_of[each.end], at=where)
        for side in ("start", "end"):
            place = (getattr(each, f"{side}_x_m"), getattr(each, f"{side}_y_m"))
            yield from not_in(plan, rings, "connectors", index, row, getattr(each, side), f"{side}_x_m", place)
        for name in ("cabin_persons", "cycle_s"):
            is_given, is_lift = getattr(each, name) is not None, each.kind == "lift"
            if is_lift and not is_given:
                what = Sentence("is empty, but {code} is a lift.", code=each.code)
                yield problem_at("connectors", row, name, "needed", what, FILL_IN)
            if is_given and not is_lift:
                what = Sentence("is given for {kind}.", kind=each.kind)
                yield problem_at(
                    "connectors", row, name, "not_used", what, Sentence("Only a lift has it: leave it empty.")
                )
    yield from _levels_apart(plan, row_of, level_of)


def amenities(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Amenities outside of their areas."""
    rings = rings_of(plan)
    for index, each in enumerate(plan.amenities):
        row = row_of("amenities", index)
        yield from not_in(plan, rings, "amenities", index, row, each.area, "x_m", (each.x_m, each.y_m))


def _levels_apart(plan: Plan, row_of: RowOf, level_of: dict[str, str]) -> Iterator[Problem]:
    """Levels on which something is drawn to walk on, while another has it too, and no connector leads there."""
    areas: set[str] = {each.area for each in plan.stands} | {each.area for each in plan.openings}
    drawn = {level_of[each] for each in areas if each in level_of}
    reached = {level_of.get(end) for each in plan.connectors for end in (each.start, each.end)}
    for index, level in enumerate(plan.levels):
        if len(drawn) > 1 and level.code in drawn - reached:
            what = Sentence("{code} has no connector to another level.", code=level.code)
            mend = Sentence("Add stairs, an escalator, a lift or a ramp that leads to another level.")
            yield problem_at("levels", row_of("levels", index), "code", "connector", what, mend, level=level.code)


def not_in(
    plan: Plan, rings: dict[str, Ring], sheet: str, index: int, row: int, area: str, column: str, place: Point
) -> Iterator[Problem]:
    """A place that is not within its area."""
    if area in rings and _is_finite([place]) and not is_inside(place, rings[area]):
        code: Any = getattr(plan, sheet)[index].code
        what = Sentence("of {code} is {place}, outside of {area}.", code=code, place=_said(place), area=area)
        mend = Sentence("Move it inside, or name the area in which it is.")
        yield problem_at(sheet, row, column, "outside", what, mend, level=_levels(plan).get(area, ""), at=place)


def rings_of(plan: Plan) -> dict[str, Ring]:
    """Areas that are drawn well enough to compare with."""
    return {area.code: area.outline for area in plan.areas if _is_ring(area.outline)}


def _barriers(plan: Plan) -> dict[str, list[Ring]]:
    """Barriers that stand in an area, such as the core around which it lies: an opening may be in their walls too."""
    found: defaultdict[str, list[Ring]] = defaultdict(list)
    for stand in plan.stands:
        if stand.kind == "barrier" and _is_ring(stand.outline):
            found[stand.area].append(stand.outline)
    return found


def wall_distance(line: Ring, walls: Sequence[Ring]) -> tuple[float, Point]:
    """How far the farther end of an opening is from the nearest of some borders, and which end that is. [m]"""
    return min(max((distance_m(end, wall), end) for end in line) for wall in walls)


def _levels(plan: Plan) -> dict[str, str]:
    """The level of each area."""
    return {area.code: area.level for area in plan.areas}


def _first(points: Ring) -> Point | None:
    """Where something is shown of which no place is wrong by itself."""
    return points[0] if points and _is_finite(points[:1]) else None


def _is_ring(ring: Ring) -> bool:
    return len(ring) >= 3 and _is_finite(ring)


def _is_finite(points: Ring) -> bool:
    return all(math.isfinite(x) and math.isfinite(y) for x, y in points)


def _said(place: Point) -> str:
    return f"({place[0]:.2f}, {place[1]:.2f})"
