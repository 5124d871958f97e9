"""Where names of areas stand on a level, so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hostcity.plan.dxf.finder import Finder
from hostcity.plan.dxf.write import label_place
from hostcity.plan.polygons import Point, Ring, area_m2

#: As the page's script measures them (`frontend/src/map/names.ts`), of the height of the letters.
NARROW, WIDE, HIGH = 0.56, 1.0, 1.25
#: How far up or down a name may be moved to have room, of its height.
STEPS = (0.0, 1.3, -1.3, 2.6, -2.6)


@dataclass(frozen=True, slots=True)
class Label:
    """A name and its middle; one that has no room is not shown, but by a script that shows less of the level."""

    text: str
    at: Point
    is_shown: bool


def labels_of(names: Iterable[tuple[str, Ring, Point]], size_m: float) -> Iterator[Label]:
    """Names of areas, with their outlines and middles, the most wanted first. Letters are ``size_m`` high."""
    given = list(names)
    finder = Finder([ring for _text, ring, _middle in given], cell_m=50.0)
    shown: list[tuple[Point, float]] = []
    for index, (text, ring, middle) in enumerate(given):
        x, y = middle
        if area_m2(ring) > 0 and finder.around(middle)[:1] != [index]:
            x, y = label_place(index, ring, finder)  # in the middle of a ring lies what it goes around
        half = size_m * _width(text) / 2
        for step in STEPS:
            at = (x, y + step * size_m)
            if _has_room(at, half, size_m, shown):
                shown.append((at, half))
                yield Label(text, at, is_shown=True)
                break
        else:
            yield Label(text, (x, y), is_shown=False)


def _has_room(at: Point, half: float, size_m: float, shown: Sequence[tuple[Point, float]]) -> bool:
    return not any(
        abs(at[0] - x) < half + other and abs(at[1] - y) < HIGH * size_m for (x, y), other in shown
    )  # fmt: skip


def _width(text: str) -> float:
    return sum(WIDE if letter > "\u2e7f" else NARROW for letter in text)
