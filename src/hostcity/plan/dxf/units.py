"""In which unit a drawing is drawn: what the map says, what the file says, and whether either can be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from hostcity.plan.dxf.mapping import UNITS, LayerMap
from hostcity.plan.dxf.told import DOUBTS, REFUSALS, told
from hostcity.plan.polygons import Point, area_m2, box_of, hull_of
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

#: Sizes that can be: of a stand in the middle of all by size, and of all that is drawn. [m2, m]
STAND_M2 = (2.0, 3_000.0)
WIDE_M = (4.0, 5_000.0)
#: Units in the order in which they are tried for a drawing that says none.
USUAL = ("m", "mm", "cm", "in", "ft")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large things are in a file's own units."""

    stand: float | None  # area of a stand in the middle of all by size; None = there are no stands
    wide: float  # the longer side of the box around everything
    largest: Point  # a corner of the largest outline, to show it

    def can_be(self, unit: str) -> bool:
        """Whether things have the sizes of things of a venue in this unit."""
        scale = UNITS[unit]
        is_wide = WIDE_M[0] <= self.wide * scale <= WIDE_M[1]
        return is_wide and (self.stand is None or STAND_M2[0] <= self.stand * scale**2 <= STAND_M2[1])


def sizes_of(stands: Sequence[Sequence[Point]], others: Sequence[Sequence[Point]]) -> Sizes | None:
    """Sizes of closed outlines of stands and of all else that is read; None when there is nothing."""
    every = [points for points in (*stands, *others) if len(points) > 1]
    if not every:
        return None
    boxes = [box_of(points) for points in every]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    areas = [area_m2(hull) for points in stands if len(hull := hull_of(points)) > 2]
    largest = max(range(len(every)), key=lambda index: _size(boxes[index]))
    return Sizes(median(areas) if areas else None, max(east - west, north - south), every[largest][0])


def _size(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def unit_of(layer_map: LayerMap, file_unit: str, sizes: Sizes | None) -> tuple[str, list[Problem], list[Problem]]:
    """The unit that is taken, with doubts and refusals: the map's word holds, the file's only where it can be."""
    asked = layer_map.unit or file_unit
    if sizes is None:
        return asked or "m", [], []
    likely = [unit for unit in USUAL if sizes.can_be(unit)]
    if layer_map.unit:
        return asked, list(_unusual(asked, sizes, likely)), []
    if file_unit and sizes.can_be(file_unit):
        return file_unit, [], []
    if not likely:
        mend = Sentence(
            "Say which one it is: {setting}. Choices: {units}.", setting='unit = "…"', units=", ".join(UNITS)
        )
        return asked or "m", [], [_told("unknown", asked or "m", sizes, mend, REFUSALS)]
    mend = Sentence(
        "Say so in the map: {setting}. Or draw it in the unit that the file says.", setting=f'unit = "{likely[0]}"'
    )
    if file_unit:
        return likely[0], [], [_told("impossible", file_unit, sizes, mend, REFUSALS)]
    what = Sentence(
        "the file says no unit: taken to be {unit}, so that all is {wide} m wide.",
        unit=likely[0],
        wide=_wide(sizes, likely[0]),
    )
    mend = Sentence("Say it in the map: {setting}.", setting=f'unit = "{likely[0]}"')
    at = _scaled(sizes.largest, likely[0])
    return likely[0], [told("dxf.unit.guessed", what, mend, DOUBTS, at=at)], []


def _unusual(unit: str, sizes: Sizes, likely: Sequence[str]) -> Iterator[Problem]:
    if sizes.can_be(unit):
        return
    mend = Sentence("Look whether the unit of the map is right.")
    if likely:
        setting = f'unit = "{likely[0]}"'
        mend = Sentence("Look whether the unit of the map is right: {setting} would be usual.", setting=setting)
    yield _told("unusual", unit, sizes, mend, DOUBTS)


def _told(kind: str, unit: str, sizes: Sizes, mend: Sentence, codes: Sequence[str]) -> Problem:
    if sizes.stand is None:
        what = Sentence("in {unit} all would be {wide} m wide.", unit=unit, wide=_wide(sizes, unit))
    else:
        what = Sentence(
            "in {unit} all would be {wide} m wide, and a usual stand would have {stand} m².",
            unit=unit, wide=_wide(sizes, unit), stand=_round(sizes.stand * UNITS[unit] ** 2),
        )  # fmt: skip
    return told(f"dxf.unit.{kind}", what, mend, codes, at=_scaled(sizes.largest, unit))


def _wide(sizes: Sizes, unit: str) -> str:
    return _round(sizes.wide * UNITS[unit])


def _round(value: float) -> str:
    """A figure to three digits, with thousands apart."""
    if value <= 0 or not math.isfinite(value):
        return f"{value:g}"
    digits = max(0, 2 - math.floor(math.log10(value)))
    return f"{round(value, digits):,.0f}" if digits == 0 else f"{value:.{digits}f}"


def _scaled(place: Point, unit: str) -> Point:
    return place[0] * UNITS[unit], place[1] * UNITS[unit]
