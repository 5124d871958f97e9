"""Where two plans differ: the floor plan of each level with its walkways colored by how their density changes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Area, Link, Node
from hostcity.report.clocks import minute
from hostcity.report.events import link_name
from hostcity.report.words import Both, named
from hostcity.studies.compare import LinkChanges
from hostcity.studies.promise import QUARTER_S

#: Changes of density from which a walkway gets the next deeper color; below the first it has none. [persons/m²]
STEPS_PER_M2 = (0.02, 0.1, 0.4)
#: How a color travels: less to more; capitals are clear.
LETTERS = "abcdefg"
NO_CHANGE = len(STEPS_PER_M2)
MOST_LINKS = 20
#: Size of the areas' names, and below which one is left out. [share of the map's width]
NAME_SIZE, LEAST_NAME_SIZE = 0.03, 0.018
HAN, LATIN_EM = "\u2e80", 0.58  # from where on a character is as wide as it is high; the mean width of others


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A walkway on a level."""

    at: int  # among the links of the changes
    x1: float
    y1: float
    x2: float
    y2: float
    name: Both


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """The name of an area, in its middle, as large as it fits."""

    x: float
    y: float
    size: float
    name: Both


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelMap:
    """A level: its areas as paths with the names that fit into them, and its walkways."""

    name: Both
    areas: tuple[str, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearLink:
    """A walkway that changes clearly, in the quarter of its largest clear change."""

    name: Both
    at: str
    a_per_m2: float
    change_per_m2: float


@dataclass(frozen=True, kw_only=True, slots=True)
class DifferenceMap:
    """All levels, and the colors of every quarter."""

    view: str  # of every level the same, so that they can be laid over each other
    levels: tuple[LevelMap, ...]
    clocks: tuple[str, ...]  # of the quarters
    colors: tuple[str, ...]  # a letter per link, by quarter
    worst: int  # the quarter in which most changes
    links: tuple[ClearLink, ...]

    def css_class(self, at: int, quarter: int) -> str:
        """Class of a line in a quarter: change-0 … change-6, and whether it is clear."""
        letter = self.colors[quarter][at]
        return f"change change-{LETTERS.index(letter.lower())}{' is-clear' if letter.isupper() else ''}"


def difference_map(plan: Plan, changes: LinkChanges) -> DifferenceMap:
    """Draw the changes of the links that both plans have, on the floor plan of one of them."""
    level = np.searchsorted(np.array(STEPS_PER_M2), np.abs(changes.change_per_m2), side="right")
    signed = np.sign(changes.change_per_m2).astype(int) * level + NO_CHANGE
    is_clear = changes.is_clear & (level > 0)
    some = np.flatnonzero((level > 0).any(axis=1))
    first, last = (int(some[0]), int(some[-1]) + 1) if some.size else (0, len(signed))
    weight = np.where(is_clear, np.abs(changes.change_per_m2), 0.0).sum(axis=1)
    if not weight.any():
        weight = np.abs(changes.change_per_m2).sum(axis=1)
    colors = tuple(
        "".join(LETTERS[each].upper() if clear else LETTERS[each] for each, clear in zip(row, clears, strict=True))
        for row, clears in zip(signed[first:last].tolist(), is_clear[first:last].tolist(), strict=True)
    )
    return DifferenceMap(
        view=_view(plan),
        levels=tuple(_levels(plan, changes.codes)),
        clocks=tuple(minute(changes.starts_s + at * QUARTER_S) for at in range(first, last)),
        colors=colors,
        worst=int(np.argmax(weight[first:last])) if last > first else 0,
        links=tuple(_clear_links(plan, changes, is_clear)),
    )


def _clear_links(plan: Plan, changes: LinkChanges, is_clear: NDArray[np.bool_]) -> Iterator[ClearLink]:
    size = np.where(is_clear, np.abs(changes.change_per_m2), 0.0)
    if not size.size:
        return
    for at in np.argsort(-size.max(axis=0), kind="stable")[:MOST_LINKS].tolist():
        quarter = int(np.argmax(size[:, at]))
        if size[quarter, at]:
            yield ClearLink(
                name=link_name(plan, changes.codes[at]),
                at=minute(changes.starts_s + quarter * QUARTER_S),
                a_per_m2=float(changes.a_per_m2[quarter, at]),
                change_per_m2=float(changes.change_per_m2[quarter, at]),
            )


def _levels(plan: Plan, codes: tuple[str, ...]) -> Iterator[LevelMap]:
    nodes = {row.code: row for row in plan.nodes}
    links = {row.code: row for row in plan.links}
    for level in plan.levels:
        drawn = [(at, links[code]) for at, code in enumerate(codes) if level.code in _levels_of(links[code], nodes)]
        areas = [row for row in plan.areas if row.level == level.code and row.kind != "outside"]
        if drawn:
            yield LevelMap(
                name=named(level),
                areas=tuple(path for row in areas for path in _outlines(plan, row)),
                labels=tuple(_labels(areas, _box(plan)[2])),
                lines=tuple(_line(plan, at, link, nodes) for at, link in drawn),
            )


def _levels_of(link: Link, nodes: dict[str, Node]) -> set[str]:
    return {nodes[link.start].level, nodes[link.end].level}


def _line(plan: Plan, at: int, link: Link, nodes: dict[str, Node]) -> Line:
    start, end = nodes[link.start], nodes[link.end]
    x1, y1, x2, y2 = (round(each, 1) for each in (start.x_m, -start.y_m, end.x_m, -end.y_m))
    return Line(at=at, x1=x1, y1=y1, x2=x2, y2=y2, name=link_name(plan, link.code))


def _outlines(plan: Plan, area: Area) -> Iterator[str]:
    if area.outline:
        yield "M" + "L".join(f"{x:.1f} {-y:.1f}" for x, y in area.outline) + "Z"
        return
    for row in plan.nodes:
        if row.area == area.code and row.floor_m2:
            r = math.sqrt(row.floor_m2 / math.pi)
            yield f"M{row.x_m - r:.1f} {-row.y_m:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"


def _labels(areas: Sequence[Area], width: float) -> Iterator[Label]:
    for row in areas:
        if not row.outline:
            continue
        name = named(row)
        xs, ys = zip(*row.outline, strict=True)
        ems = max(sum(1.0 if each >= HAN else LATIN_EM for each in text) for text in (name.en, name.zh))
        size = min(NAME_SIZE * width, 0.92 * (max(xs) - min(xs)) / ems)
        if size >= LEAST_NAME_SIZE * width:
            x, y = (max(xs) + min(xs)) / 2, -(max(ys) + min(ys)) / 2
            yield Label(x=round(x, 1), y=round(y, 1), size=round(size, 1), name=name)


def _view(plan: Plan) -> str:
    return " ".join(f"{each:.1f}" for each in _box(plan))


def _box(plan: Plan) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is drawn, with a margin."""
    points = [(x, -y) for row in plan.areas for x, y in row.outline] + [(row.x_m, -row.y_m) for row in plan.nodes]
    (left, top), (right, bottom) = map(min, zip(*points, strict=True)), map(max, zip(*points, strict=True))
    margin = 0.04 * max(right - left, bottom - top, 1.0)
    return (left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin)
