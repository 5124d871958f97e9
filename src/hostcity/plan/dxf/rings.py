"""Closed outlines of lines: polylines whose ends meet, and chains of single lines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hostcity.plan.polygons import Point, hull_of, is_thin

LATTICE_M = 0.01


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of the drawing in the plan's meters."""

    kind: str
    layer: str
    handle: str
    points: tuple[Point, ...]
    is_closed: bool
    is_fill: bool = False  # the inside of an outline that may be drawn as well


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed outline, its corners on the lattice."""

    kind: str
    layer: str
    handle: str
    ring: tuple[Point, ...]
    is_fill: bool = False


def closed_of(strokes: Sequence[Stroke], gap_m: float) -> tuple[list[Outline], list[tuple[Stroke, Point, int]]]:
    """Outlines, and what does not close: a stroke, where its end hangs, and of how many lines it is one.

    Open strokes of one kind and layer close where their ends meet within the gap, alone or one behind the other; where
    three or more meet nobody can say which way around is meant, and they stay open.
    """
    made, open_ends = [], []
    groups: defaultdict[tuple[str, str], list[Stroke]] = defaultdict(list)
    for each in strokes:
        if each.is_closed:
            made.append(Outline(each.kind, each.layer, each.handle, each.points, each.is_fill))
        elif len(each.points) > 2 or math.dist(*each.points) > gap_m:  # shorter lines join nothing
            groups[each.kind, each.layer].append(each)
    for group in groups.values():
        for chain, node in _chains(group, gap_m):
            if node is None:
                made.append(_chained(chain))
            else:
                open_ends.append((chain[0][0], node, len(chain)))
    return made, open_ends


def on_lattice(ring: Sequence[Point]) -> tuple[Point, ...]:
    """The ring with corners in whole centimeters, none of them twice in a row."""
    points = [(round(x / LATTICE_M) / 100, round(y / LATTICE_M) / 100) for x, y in ring]
    kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def is_sliver(ring: Sequence[Point]) -> bool:
    """Whether a ring is so thin or small that nothing can be in it."""
    if len(ring) < 3:
        return True
    ring = hull_of(ring)  # a ring that crosses itself may have no area, and is none the less a fault to be told
    return len(ring) < 3 or is_thin(ring)


Link = tuple[Stroke, bool]  # a stroke, and whether it is gone through backward


def _chains(strokes: Sequence[Stroke], gap_m: float) -> Iterator[tuple[list[Link], Point | None]]:
    """Strokes that hang together, each with None when it goes around once, else with the place of a loose end."""
    spots = _Spots(max(gap_m, LATTICE_M))
    ends = [(spots.number(each.points[0]), spots.number(each.points[-1])) for each in strokes]
    at: defaultdict[int, list[int]] = defaultdict(list)
    for index, (first, last) in enumerate(ends):
        at[first].append(index)
        at[last].append(index)
    seen: set[int] = set()
    for start in range(len(strokes)):
        if start in seen:
            continue
        together = _together(start, ends, at)
        seen |= set(together)
        nodes = {node for index in together for node in ends[index]}
        loose = next((node for node in nodes if len(at[node]) == 1), None)
        if loose is None:
            loose = next((node for node in nodes if len(at[node]) > 2), None)
        if loose is None and sum(len(strokes[index].points) - 1 for index in together) > 2:
            yield _around(start, strokes, ends, at), None
        else:
            node = loose if loose is not None else ends[start][0]
            yield [(strokes[index], False) for index in together], spots.places[node]


def _together(start: int, ends: Sequence[tuple[int, int]], at: dict[int, list[int]]) -> list[int]:
    """The strokes that hang together with one."""
    found, left = [start], [start]
    known = {start}
    while left:
        for node in ends[left.pop()]:
            for other in at[node]:
                if other not in known:
                    known.add(other)
                    found.append(other)
                    left.append(other)
    return found


def _around(
    start: int, strokes: Sequence[Stroke], ends: Sequence[tuple[int, int]], at: dict[int, list[int]]
) -> list[Link]:
    """Once around, from a stroke to where it began; at every node exactly two ends meet."""
    chain: list[Link] = [(strokes[start], False)]
    index, node = start, ends[start][1]
    while node != ends[start][0]:
        index = next(other for other in at[node] if other != index)
        is_backward = ends[index][0] != node
        chain.append((strokes[index], is_backward))
        node = ends[index][0] if is_backward else ends[index][1]
    return chain


def _chained(chain: Sequence[Link]) -> Outline:
    points: list[Point] = []
    for stroke, is_backward in chain:
        points += (stroke.points[::-1] if is_backward else stroke.points)[:-1]
    first = chain[0][0]
    return Outline(first.kind, first.layer, first.handle, tuple(points), first.is_fill)


class _Spots:
    """Places, of which those within a distance of one another are one."""

    def __init__(self, near_m: float) -> None:
        self.near_m = near_m
        self.places: list[Point] = []
        self.cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)

    def number(self, place: Point) -> int:
        column, row = math.floor(place[0] / self.near_m), math.floor(place[1] / self.near_m)
        for across in (column - 1, column, column + 1):
            for up in (row - 1, row, row + 1):
                for number in self.cells.get((across, up), ()):
                    if math.dist(self.places[number], place) <= self.near_m:
                        return number
        self.places.append(place)
        self.cells[column, row].append(len(self.places) - 1)
        return len(self.places) - 1
