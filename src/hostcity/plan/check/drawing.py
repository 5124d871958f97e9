"""Whether what is drawn fits together: rings, stands in their halls, openings in walls, connectors between levels.

Every answer names a place in the drawing, so that it can be shown there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    for sheet in ("areas", "stands"):
        for index, row in enumerate(getattr(plan, sheet)):
            ring = row.outline
            if sheet == "stands" and len(ring) < 3:
                what = Sentence("has {count} corners.", count=len(ring))
                yield problem_at(sheet, row_of(sheet, index), "outline", "corners", what, Sentence("Give at least 3."))
            at = crossing_of(ring) if len(ring) >= 3 and _is_finite(ring) else None
            if at:
                what = Sentence("of {code} crosses or touches itself at {place}.", code=row.code, place=_said(at))
                mend = Sentence("Give the corners in order, going around once.")
                yield problem_at(sheet, row_of(sheet, index), "outline", "crosses", what, mend)
            elif sheet == "areas" and len(ring) >= 3 and row.gross_m2 > 0:
                times = area_m2(ring) / row.gross_m2
                if not 1 / MOST_TIMES <= times <= MOST_TIMES:
                    what = Sentence(
                        "of {code} holds {drawn:,} m², but its gross area is {gross:,} m².",
                        code=row.code, drawn=round(area_m2(ring)), gross=round(row.gross_m2),
                    )  # fmt: skip
                    mend = Sentence("Draw in meters: millimeters give a million times the area.")
                    yield problem_at(sheet, row_of(sheet, index), "outline", "unit", what, mend)


def stands(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Stands that reach out of their area, or into one another."""
    rings = _rings(plan)
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
            yield problem_at("stands", row_of("stands", index), "outline", "outside", what, mend)
    yield from _overlaps(plan, row_of, of_area.values())


def _overlaps(plan: Plan, row_of: RowOf, groups: Iterable[list[int]]) -> Iterator[Problem]:
    """Stands of an area that overlap; no more than anybody would read when all lie in one place."""
    told = 0
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
                yield problem_at("stands", row_of("stands", other), "outline", "overlap", what, mend)
                told += 1
                if told >= MOST_OVERLAPS:
                    return


def openings(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Openings that are not in the walls that they open."""
    rings = _rings(plan)
    for index, opening in enumerate(plan.openings):
        row = row_of("openings", index)
        if opening.other and opening.other == opening.area:
            what = Sentence("is {area} on both sides.", area=opening.area)
            yield problem_at(
                "openings", row, "other", "itself", what, Sentence("Name the area on the other side, or none.")
            )
        if len(opening.line) != 2 or opening.line[0] == opening.line[1]:
            what = Sentence("has {count} ends.", count=len(set(opening.line)))
            yield problem_at("openings", row, "line", "corners", what, Sentence("Give exactly two different ends."))
            continue
        if not _is_finite(opening.line):
            continue
        length = math.dist(*opening.line)
        if opening.clear_m is not None and opening.clear_m > length + NEAR_M:
            what = Sentence(
                "is {clear} m, wider than the line of {length} m.", clear=f"{opening.clear_m:g}", length=f"{length:.2f}"
            )
            yield problem_at(
                "openings", row, "clear_m", "wider", what, Sentence("Give the clear width, or leave it empty.")
            )
        for name in ("area", "other"):
            ring = rings.get(getattr(opening, name))
            far = max(opening.line, key=lambda end: distance_m(end, ring)) if ring else None
            if ring and far and distance_m(far, ring) > WALL_M:
                what = Sentence(
                    "of {code} ends at {place}, {distance} m off the border of {area}.", code=opening.code,
                    place=_said(far), distance=f"{distance_m(far, ring):.1f}", area=getattr(opening, name),
                )  # fmt: skip
                mend = Sentence("Move it into the wall, or name the areas that it joins.")
                yield problem_at("openings", row, "line", "wall", what, mend)


def connectors(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Connectors that join no two levels or end outside of their areas; levels that none reaches."""
    rings, level_of = _rings(plan), {area.code: area.level for area in plan.areas}
    for index, each in enumerate(plan.connectors):
        row = row_of("connectors", index)
        if each.start in level_of and level_of[each.start] == level_of.get(each.end):
            what = Sentence("is on level {level} as the other end is.", level=level_of[each.end])
            yield problem_at("connectors", row, "end", "level", what, Sentence("Join areas of two levels."))
        for side in ("start", "end"):
            place = (getattr(each, f"{side}_x_m"), getattr(each, f"{side}_y_m"))
            yield from _not_in(plan, rings, "connectors", index, row, getattr(each, side), f"{side}_x_m", place)
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
    rings = _rings(plan)
    for index, each in enumerate(plan.amenities):
        row = row_of("amenities", index)
        yield from _not_in(plan, rings, "amenities", index, row, each.area, "x_m", (each.x_m, each.y_m))


def _levels_apart(plan: Plan, row_of: RowOf, level_of: dict[str, str]) -> Iterator[Problem]:
    """Levels on which something is drawn to walk on, while another has it too, and no connector leads there."""
    areas: set[str] = {each.area for each in plan.stands} | {each.area for each in plan.openings}
    drawn = {level_of[each] for each in areas if each in level_of}
    reached = {level_of.get(end) for each in plan.connectors for end in (each.start, each.end)}
    for index, level in enumerate(plan.levels):
        if len(drawn) > 1 and level.code in drawn - reached:
            what = Sentence("{code} has no connector to another level.", code=level.code)
            mend = Sentence("Add stairs, an escalator, a lift or a ramp to sheet connectors.")
            yield problem_at("levels", row_of("levels", index), "code", "connector", what, mend)


def _not_in(
    plan: Plan, rings: dict[str, Ring], sheet: str, index: int, row: int, area: str, column: str, place: Point
) -> Iterator[Problem]:
    """A place that is not within its area."""
    if area in rings and _is_finite([place]) and not is_inside(place, rings[area]):
        code: Any = getattr(plan, sheet)[index].code
        what = Sentence("of {code} is {place}, outside of {area}.", code=code, place=_said(place), area=area)
        mend = Sentence("Move it inside, or name the area in which it is.")
        yield problem_at(sheet, row, column, "outside", what, mend)


def _rings(plan: Plan) -> dict[str, Ring]:
    """Areas that are drawn well enough to compare with."""
    return {area.code: area.outline for area in plan.areas if _is_ring(area.outline)}


def _is_ring(ring: Ring) -> bool:
    return len(ring) >= 3 and _is_finite(ring)


def _is_finite(points: Ring) -> bool:
    return all(math.isfinite(x) and math.isfinite(y) for x, y in points)


def _said(place: Point) -> str:
    return f"({place[0]:.2f}, {place[1]:.2f})"
