"""A picture of a drawing with what is wrong in it: levels one below the other, faults marked and numbered (SVG)."""

from __future__ import annotations

import html
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point, Ring, point_inside
from hostcity.plan.problems import Problem

WIDTH, MARGIN, HEAD, LINE = 1000, 24, 34, 18  # px
MOST_HEIGHT = 1400
CHARACTERS = 140  # of a line of the list below; a Chinese one takes the room of two
MARK_RADIUS = 9
MOST_LABELS = 400  # of a level: more are a gray cloud
STYLE = (
    "text{font:13px sans-serif;fill:#1f2933}.level{font-weight:bold;font-size:15px}"
    ".area{fill:#eef2f7;stroke:#52606d}.stand{fill:#d9e2ec;stroke:#829ab1}.opening{stroke:#2f855a;stroke-width:4;fill:none}"
    ".place{fill:#2b6cb0}.name{font-size:10px;fill:#52606d;text-anchor:middle}"
    ".new{fill:#9ae6b4;stroke:#276749}.moved{fill:#fbd38d;stroke:#9c4221}.changed{fill:#fefcbf;stroke:#975a16}"
    ".gone{fill:url(#gone);stroke:#c53030}.before{fill:none;stroke:#9c4221;stroke-dasharray:3 2}"
    ".refused{fill:#fed7d7;stroke:#c53030}"
    "polyline.new{stroke:#276749;fill:none}polyline.moved,polyline.changed{stroke:#dd6b20;fill:none}polyline.gone{stroke:#c53030;fill:none;stroke-dasharray:3 2}"
    ".mark{fill:#c53030;stroke:#fff}.number{fill:#fff;font-size:11px;font-weight:bold;text-anchor:middle}"
    "polygon,polyline{vector-effect:non-scaling-stroke;stroke-width:1}"
)

#: Hatching of what is gone.
GONE = (
    '<defs><pattern id="gone" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0v6" stroke="#c53030" stroke-width="2"/></pattern></defs>'
)

_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """Something that is drawn on a level. [m]"""

    kind: Literal["area", "stand", "opening", "place", "link", "node"]
    level: str
    points: Ring
    name: str = ""
    mark: str = ""  # what becomes of it: new, moved, changed, gone, before (where it was), refused


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn: shapes, the names of levels in the order in which they are shown, the highest first, and what marks mean."""

    levels: dict[str, str]
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[str, str], ...] = ()


def sheet_of(plan: Plan) -> Sheet:
    """What is drawn of a plan, as far as it is drawn."""
    level_of = {area.code: area.level for area in plan.areas}
    levels = sorted(plan.levels, key=lambda level: -level.elevation_m)
    shapes = [
        *(Shape("area", each.level, each.outline, each.code) for each in plan.areas),
        *(Shape("stand", level_of.get(each.area, ""), each.outline, each.code) for each in plan.stands),
        *(Shape("opening", level_of.get(each.area, ""), each.line) for each in plan.openings),
        *(
            Shape("place", level_of.get(each.start, ""), ((each.start_x_m, each.start_y_m),))
            for each in plan.connectors
        ),
        *(Shape("place", level_of.get(each.end, ""), ((each.end_x_m, each.end_y_m),)) for each in plan.connectors),
        *(Shape("place", level_of.get(each.area, ""), ((each.x_m, each.y_m),)) for each in plan.amenities),
        *(Shape("place", level_of.get(each.area, ""), ((each.x_m, each.y_m),), each.code) for each in plan.faces),
    ]
    return Sheet(
        {level.code: level.code for level in levels}, tuple(each for each in shapes if _is_drawable(each.points))
    )


def _is_drawable(points: Ring) -> bool:
    return bool(points) and all(math.isfinite(x) and math.isfinite(y) for x, y in points)


def picture_of(sheet: Sheet, problems: Sequence[Problem], tell: Callable[[Problem], str] = str) -> str:
    """An SVG of every level on which something is wrong; of all levels when that is none.

    Problems are numbered as they stand. ``tell`` says one in the reader's language.
    """
    on_level: defaultdict[str, list[tuple[int, Problem]]] = defaultdict(list)
    for number, problem in enumerate(problems, 1):
        on_level[problem.level].append((number, problem))
    shown = [level for level in sheet.levels if on_level[level]] or list(sheet.levels)
    parts: list[str] = []
    height = MARGIN
    if sheet.legend:
        parts.append(_legend(sheet.legend, height))
        height += LINE + MARGIN
    for level in shown:
        shapes = [each for each in sheet.shapes if each.level == level]
        part, tall = _panel(sheet.levels[level], shapes, on_level[level])
        parts.append(f'<g transform="translate(0 {height})">{part}</g>')
        height += tall + MARGIN
    for number, problem in enumerate(problems, 1):
        for line in _wrapped(f"{number}  {tell(problem)}"):
            height += LINE
            parts.append(f'<text x="{MARGIN}" y="{height}">{_text(line)}</text>')
    height += MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<style>{STYLE}</style>{GONE if sheet.legend else ""}<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _legend(legend: Sequence[tuple[str, str]], height: int) -> str:
    """What marks mean, in one line."""
    parts, west = [], MARGIN
    for mark, name in legend:
        corners = " ".join(
            f"{x},{y}" for x, y in ((west, height), (west + 24, height), (west + 24, height + 12), (west, height + 12))
        )
        parts.append(
            f'<polygon class="stand {mark}" points="{corners}"/><text x="{west + 30}" y="{height + 11}">{_text(name)}</text>'
        )
        west += 60 + sum(8 if each.isascii() else 14 for each in name)
    return "".join(parts)


def _panel(name: str, shapes: Sequence[Shape], marked: Sequence[tuple[int, Problem]]) -> tuple[str, int]:
    """A level as wide as the page, and its height."""
    places = [each.at for _, each in marked if each.at]
    points = [point for each in shapes for point in each.points] + places
    title = f'<text class="level" x="{MARGIN}" y="{HEAD - 14}">{_text(name)}</text>'
    if not points:
        return title + "".join(_marks(marked, lambda _place: (0.0, 0.0))), HEAD
    west, north = min(x for x, _ in points), max(y for _, y in points)
    wide, tall = max(x for x, _ in points) - west, north - min(y for _, y in points)
    scale = min((WIDTH - 2 * MARGIN) / max(wide, 1e-6), MOST_HEIGHT / max(tall, 1e-6))
    if wide == tall == 0:
        scale = 1.0

    def on_page(place: Point) -> Point:
        return MARGIN + (place[0] - west) * scale, HEAD + (north - place[1]) * scale

    drawn = "".join(_drawn(each, on_page) for each in shapes)
    names = "".join(_names([each for each in shapes if each.name], on_page))
    return f"{title}{drawn}{names}{''.join(_marks(marked, on_page))}", math.ceil(HEAD + tall * scale)


def _drawn(shape: Shape, on_page: Callable[[Point], Point]) -> str:
    places = [on_page(point) for point in shape.points]
    if shape.kind == "place":
        return "".join(f'<circle class="place" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places)
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    style = f"{shape.kind} {shape.mark}".rstrip()
    return f'<{"polyline" if shape.kind == "opening" else "polygon"} class="{style}" points="{listed}"/>'


def _names(shapes: Sequence[Shape], on_page: Callable[[Point], Point]) -> Iterator[str]:
    """Codes in the middle of what they name: of stands only where they can be read."""
    named = shapes if len(shapes) <= MOST_LABELS else [each for each in shapes if each.kind == "area"]
    for each in named:
        places = [on_page(point) for point in each.points]
        x, y = point_inside(places)
        wide = max(x for x, _ in places) - min(x for x, _ in places)
        if wide > 6 * len(each.name):
            yield f'<text class="name" x="{x:.1f}" y="{y + 3:.1f}">{_text(each.name)}</text>'


def _marks(marked: Iterable[tuple[int, Problem]], on_page: Callable[[Point], Point]) -> Iterator[str]:
    """Numbers at the places of problems, side by side where they are at one place; beside the title where they have none."""
    taken: defaultdict[tuple[int, int], int] = defaultdict(int)
    for number, problem in marked:
        x, y = on_page(problem.at) if problem.at else (WIDTH / 2, HEAD - 18.0)
        spot = (round(x / MARK_RADIUS), round(y / MARK_RADIUS))
        x += 2 * MARK_RADIUS * taken[spot]
        taken[spot] += 1
        yield (
            f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="{MARK_RADIUS}"/>'
            f'<text class="number" x="{x:.1f}" y="{y + 4:.1f}">{number}</text>'
        )


def _text(text: str) -> str:
    """A text as XML holds it: a file may have any, and some characters it cannot hold."""
    return html.escape(_NO_CHARACTER.sub("?", text))


def _wrapped(text: str) -> Iterator[str]:
    """Lines that fit the page."""
    line, room = "", CHARACTERS
    for mark in text:
        room -= 1 if mark.isascii() else 2
        if room < 0:
            cut = line.rfind(" ") + 1 if mark.isascii() and " " in line.strip() else len(line)
            yield line[:cut]
            line = f"    {line[cut:]}"
            room = CHARACTERS - sum(1 if each.isascii() else 2 for each in line) - 1
        line += mark
    yield line
