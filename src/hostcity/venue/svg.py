"""A level of the venue as the text of an SVG: one unit is a meter, and y grows downward as on every screen.

Everything that can be found has its address SHEET.KEY as its id, so that it can be marked. Colors stand in attributes,
which the site's style sheet overrules where the SVG is part of a page.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from hostcity.plan.cells import clock_text
from hostcity.plan.closings import share_left
from hostcity.plan.polygons import Box, Point, area_m2, sides
from hostcity.plan.rows import Area, Connector, Event
from hostcity.venue.labels import labels_of
from hostcity.venue.queries import LevelMap
from hostcity.venue.sights import VISITOR, Sight
from hostcity.venue.symbols import SIGNS, symbol

MARGIN = 0.03  # of the larger side, around a level
EMPTY = (0.0, 0.0, 100.0, 60.0)  # box of a level on which nothing is drawn
MARK = 0.014  # across a symbol, of the width that is shown, until the page's script fits it to the screen
NAME = 0.017  # height of an area's name, likewise
CLOSE_M = 150.0  # width that is shown, below which numbers of stands can be read
NUMBER = 0.8  # height of a stand's number, of what would fill the stand
NEAR_M = 35.0  # shown around a place that is asked for, at least

#: Kinds of areas in the order in which they are drawn, with their colors.
GROUNDS: Mapping[str, str] = {
    "outside": "#f4f6f8", "transport": "#d3dae4", "gate": "#cdebe4", "concourse": "#eceff3", "plaza": "#e6eed9",
    "hall": "#f7f5ef",
}  # fmt: skip
#: The same of what stands on floors.
BLOCKS: Mapping[str, str] = {
    "void": "#ffffff", "barrier": "#cfcac3", "stand": "#d9e6f5", "stage": "#e8dcf3", "counter": "#f3e3c8",
    "column": "#6b7782", "wall": "#6b7782",
}  # fmt: skip
#: The same in the order of their names: where two have no room side by side, the page's script shows the first.
NAMED_FIRST = ("hall", "plaza", "gate", "concourse", "transport", "outside")
NO_ROOM = ' display="none"'  # of a name; on the map the style sheet overrules it, and the script shows what has room
NUMBERED = ("stand", "stage", "counter")
NOTHING_CLOSED: Mapping[str, tuple[Event, ...]] = {}


@dataclass(frozen=True, slots=True)
class Words:
    """In which language an SVG speaks: which names it takes, and what kinds are called."""

    is_chinese: bool
    kinds: Mapping[str, str]
    levels: Mapping[str, str]  # names of levels by the code of an area on them

    def name_of(self, row: Any) -> str:
        """The name of a row in this language, else in the other one, else its code."""
        names = (row.name_zh, row.name_en) if self.is_chinese else (row.name_en, row.name_zh)
        return names[0] or names[1] or row.code

    def connector(self, row: Connector, level: str) -> str:
        """A connector, and which level it leads to from this one; both, where both of its ends are on it."""
        ends = dict.fromkeys(self.levels.get(end, "") for end in (row.start, row.end))
        other = " / ".join(end for end in ends if end and end != level)
        return f"{self.kinds[row.kind]} → {other}" if other else self.kinds[row.kind]


def level_svg(
    drawn: LevelMap,
    words: Words,
    *,
    around: Box | None = None,
    marked: str = "",
    sight: Sight = VISITOR,
    closings: Mapping[str, tuple[Event, ...]] = NOTHING_CLOSED,
    size: float = 1.0,
) -> str:
    """The SVG of a level; of the part ``around`` a place where one is given, with the place of that id marked.

    ``closings`` are drawn by the code of what they name. Symbols and names are ``size`` times as
    large as on a map, where no script fits them to the screen.
    """
    west, south, east, north = around or box_of_level(drawn)
    name = escape(words.name_of(drawn.level))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="level" viewBox="{_cm(west)} {_cm(-north)} '
        f'{_cm(east - west)} {_cm(north - south)}" font-family="sans-serif"><title>{name}</title>',
        f"<defs>{''.join(_symbols(drawn, closings))}</defs>",
        *_grounds(drawn),
        *_blocks(drawn),
        *(_lines(drawn, sight) if sight.has_openings else _openings(drawn)),
        _numbers(drawn, (west, south, east, north)),
        _marks(drawn, words, size * MARK * (east - west), closings),
        _names(drawn, words, size * NAME * (east - west)),
        _pin(drawn, marked, MARK * (east - west), sight),
        "</svg>\n",
    ]
    return "".join(parts)


def box_of_level(drawn: LevelMap) -> Box:
    """What an SVG shows of a level: all that is drawn, with a margin."""
    points = list(_points(drawn))
    if not points:
        return EMPTY
    xs, ys = zip(*points, strict=True)
    west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    margin = MARGIN * max(east - west, north - south, 10.0)
    return west - margin, south - margin, east + margin, north + margin


def box_around(ring: Sequence[Point]) -> Box:
    """A part of the level with a place in its middle, and enough around it to know where it is."""
    xs, ys = zip(*ring, strict=True)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    reach = max(NEAR_M, 0.75 * (max(xs) - min(xs)), 0.75 * (max(ys) - min(ys)))
    return x - reach * 1.5, y - reach, x + reach * 1.5, y + reach


def middle_of(ring: Sequence[Point]) -> Point:
    """Middle of mass of a ring; middle of its corners where it has no area."""
    total = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = ax * by - bx * ay
        total, x, y = total + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not total:
        return sum(px for px, _ in ring) / len(ring), sum(py for _, py in ring) / len(ring)
    return x / (3 * total), y / (3 * total)


def ends_on(row: Connector, drawn: LevelMap) -> list[Point]:
    """Where a connector meets a level."""
    here = {area.code for area in drawn.areas}
    ends = ((row.start, row.start_x_m, row.start_y_m), (row.end, row.end_x_m, row.end_y_m))
    return [(x, y) for area, x, y in ends if area in here]


def _points(drawn: LevelMap) -> Iterator[Point]:
    for row in (*drawn.areas, *drawn.stands):
        yield from row.outline
    for opening in drawn.openings:
        yield from opening.line
    for connector in drawn.connectors:
        yield from ends_on(connector, drawn)
    yield from ((each.x_m, each.y_m) for each in drawn.amenities)


def _grounds(drawn: LevelMap) -> Iterator[str]:
    for kind, rows in _by_kind(drawn.areas, GROUNDS):
        shapes = "".join(_shape("areas", row) for row in rows)
        if shapes:
            yield f'<g class="ground {kind}" fill="{GROUNDS[kind]}" stroke="#77838f" stroke-width=".4">{shapes}</g>'


def _blocks(drawn: LevelMap) -> Iterator[str]:
    for kind, rows in _by_kind(drawn.stands, BLOCKS):
        halls: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            halls[row.area].append(_shape("stands", row))
        shapes = "".join(f"<g>{''.join(shapes)}</g>" for shapes in halls.values())
        yield f'<g class="block {kind}" fill="{BLOCKS[kind]}" stroke="#55616d" stroke-width=".15">{shapes}</g>'


def _openings(drawn: LevelMap) -> Iterator[str]:
    for kind, color in (("door", "#ffffff"), ("exit", "#00655a")):
        lines = "".join(_line(each.line) for each in drawn.openings if each.is_exit == (kind == "exit"))
        if lines:
            yield f'<path class="opening {kind}" fill="none" stroke="{color}" stroke-width="1" d="{lines}"/>'


def _lines(drawn: LevelMap, sight: Sight) -> Iterator[str]:
    """Openings one by one, so that they can be pointed at, and the walkable network for those who change it."""
    for kind, color in (("door", "#ffffff"), ("exit", "#00655a")):
        rows = [each for each in drawn.openings if each.is_exit == (kind == "exit")]
        paths = "".join(f'<path id="openings.{escape(each.code)}" d="{_line(each.line)}"/>' for each in rows)
        if paths:
            yield f'<g class="opening {kind}" fill="none" stroke="{color}" stroke-width="1">{paths}</g>'
    if sight.has_links and drawn.links:
        paths = "".join(f'<path id="links.{escape(each.code)}" d="{_line(each.line)}"/>' for each in drawn.links)
        yield f'<g class="ways" fill="none" stroke="#7a5200" stroke-width=".4" stroke-dasharray="1.5 1">{paths}</g>'


def _symbols(drawn: LevelMap, closings: Mapping[str, tuple[Event, ...]]) -> Iterator[str]:
    kinds = [row.kind for row in (*drawn.connectors, *drawn.amenities)]
    for kind in dict.fromkeys([*kinds, *(SIGNS if closings else ())]):
        yield f'<symbol id="symbol-{kind}" viewBox="0 0 16 16">{symbol(kind)}</symbol>'


def _numbers(drawn: LevelMap, box: Box) -> str:
    """Numbers of the stands within a small part of a level; of a larger one nobody could read them."""
    west, south, east, north = box
    if east - west > CLOSE_M:
        return ""
    texts = []
    for row in drawn.stands:
        x, y = middle_of(row.outline)
        if row.kind in NUMBERED and west < x < east and south < y < north:
            size = NUMBER * min(_shorter_side(row.outline), area_m2(row.outline) ** 0.5 / (0.6 * len(row.code)))
            texts.append(f'<text x="{_cm(x)}" y="{_cm(-y)}" font-size="{_cm(size)}">{escape(row.code)}</text>')
    usual = 'text-anchor="middle" dominant-baseline="central" fill="#17202a"'
    return f'<g class="numbers" {usual}>{"".join(texts)}</g>' if texts else ""


def _shorter_side(ring: Sequence[Point]) -> float:
    return min(math.dist(a, b) for a, b in sides(ring))


def _marks(drawn: LevelMap, words: Words, size_m: float, closings: Mapping[str, tuple[Event, ...]]) -> str:
    level = words.name_of(drawn.level)
    found = []
    for row in drawn.connectors:
        name = words.connector(row, level)
        found += [_mark("connectors", row, end, name, size_m) for end in ends_on(row, drawn)]
    for row in drawn.amenities:
        found.append(_mark("amenities", row, (row.x_m, row.y_m), words.name_of(row), size_m))
    found += _closed(drawn, closings, size_m)
    return f'<g class="marks">{"".join(found)}</g>' if found else ""


def _mark(sheet: str, row: Any, at: Point, name: str, size_m: float) -> str:
    """A symbol in a group of its own, so that it can be made larger and smaller around its middle."""
    half, whole, told = _cm(-size_m / 2), _cm(size_m), escape(name)
    return (
        f'<g transform="translate({_cm(at[0])} {_cm(-at[1])})"><use id="{sheet}.{escape(row.code)}" '
        f'href="#symbol-{row.kind}" x="{half}" y="{half}" width="{whole}" height="{whole}" role="img" '
        f'aria-label="{told}"><title>{told}</title></use></g>'
    )


def _closed(drawn: LevelMap, closings: Mapping[str, tuple[Event, ...]], size_m: float) -> Iterator[str]:
    """A sign over everything that is closed or narrowed at some time, with the time: seen without its color too."""
    for code, places in _places_of(drawn, closings).items():
        for place in places:
            for number, event in enumerate(closings[code]):
                yield _sign(event, place, size_m, number)


def _places_of(drawn: LevelMap, closings: Mapping[str, tuple[Event, ...]]) -> Mapping[str, list[Point]]:
    """Where on a level lies what closings name: an opening or a connector, else the link."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for opening in drawn.openings:
        if opening.code in closings:
            found[opening.code].append(middle_of(opening.line))
    for connector in drawn.connectors:
        if connector.code in closings:
            found[connector.code] += ends_on(connector, drawn)
    for way in drawn.links:
        if way.code in closings and way.code not in found:
            found[way.code].append(middle_of(way.line))
    return found


def _sign(event: Event, at: Point, size_m: float, number: int) -> str:
    """A sign and below it the time; of several at one place, times stand in lines."""
    kind, until = sign_of(event), "" if event.ends_at is None else f' data-to="{event.ends_at:g}"'
    half, whole = _cm(-size_m / 2), _cm(size_m)
    line = _cm(size_m * (1.3 + 0.85 * number))
    return (
        f'<g class="closing" data-from="{event.starts_at:g}"{until} transform="translate({_cm(at[0])} {_cm(-at[1])})">'
        f'<use href="#symbol-{kind}" x="{half}" y="{half}" width="{whole}" height="{whole}"/>'
        f'<text y="{line}" font-size="{_cm(size_m * 0.75)}" text-anchor="middle" fill="#b0241c" stroke="#ffffff" '
        f'stroke-width="{_cm(size_m / 6)}" paint-order="stroke" font-weight="600">{times_of(event)}</text></g>'
    )


def sign_of(event: Event) -> str:
    """The sign of a narrowing or a closure."""
    return "narrowed" if share_left(event) > 0 else "closed"


def times_of(event: Event) -> str:
    """From when to when, as clocks say it."""
    return f"{clock_text(event.starts_at)}–{'' if event.ends_at is None else clock_text(event.ends_at)}"


def _names(drawn: LevelMap, words: Words, size_m: float) -> str:
    outlined = (each for each in drawn.areas if each.outline)
    areas = sorted(outlined, key=lambda each: (NAMED_FIRST.index(each.kind), -area_m2(each.outline)))
    names = [(words.name_of(area), area.outline, middle_of(area.outline)) for area in areas]
    texts = [
        f'<text x="{_cm(each.at[0])}" y="{_cm(-each.at[1])}"{"" if each.is_shown else NO_ROOM}>{escape(each.text)}</text>'
        for each in labels_of(names, size_m)
    ]
    if not texts:
        return ""
    usual = (
        f'font-size="{_cm(size_m)}" text-anchor="middle" dominant-baseline="central" fill="#17202a" stroke="#ffffff" '
        f'stroke-width="{_cm(size_m / 5)}" stroke-linejoin="round" paint-order="stroke" font-weight="600"'
    )
    return f'<g class="names" {usual}>{"".join(texts)}</g>'


def _pin(drawn: LevelMap, marked: str, size_m: float, sight: Sight) -> str:
    """The outline of a place again, on top of all; a ring where it has none."""
    ring = outline_of(drawn, marked, sight) if marked else ()
    usual = f'class="marked" fill="none" stroke="#b0241c" stroke-width="{_cm(size_m / 4)}"'
    if len(ring) > 1:
        return f'<path {usual} d="{_ring(ring) if len(ring) > 2 else _line(ring)}"/>'
    return "".join(f'<circle {usual} cx="{_cm(x)}" cy="{_cm(-y)}" r="{_cm(size_m * 0.75)}"/>' for x, y in ring)


def outline_of(drawn: LevelMap, place: str, sight: Sight = VISITOR) -> Sequence[Point]:
    """The corners of a place SHEET.KEY of a level, one for a point, two for a line; none for what is not on it."""
    sheet, _, code = place.partition(".")
    rows: Sequence[Any] = getattr(drawn, sheet) if sheet in sight.sheets else ()
    row = next((each for each in rows if each.code == code), None)
    if row is None:
        return ()
    if isinstance(row, Connector):
        return ends_on(row, drawn)[:1]
    if sheet in ("openings", "links"):
        return row.line
    return row.outline if sheet in ("areas", "stands") else ((row.x_m, row.y_m),)


def _by_kind(rows: Iterable[Any], kinds: Mapping[str, str]) -> Iterator[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {kind: [] for kind in kinds}
    for row in rows:
        found[row.kind].append(row)
    return ((kind, of_kind) for kind, of_kind in found.items() if of_kind)


def _shape(sheet: str, row: Area | Any) -> str:
    return f'<path id="{sheet}.{escape(row.code)}" d="{_ring(row.outline)}"/>' if row.outline else ""


def _ring(ring: Sequence[Point]) -> str:
    return _line(ring) + "z"


def _line(points: Sequence[Point]) -> str:
    """A path in whole centimeters: the first corner, then steps, which are shorter and add up exactly."""
    corners = [(round(x * 100), round(-y * 100)) for x, y in points]
    steps = [_pair(x - x_before, y - y_before) for (x_before, y_before), (x, y) in itertools.pairwise(corners)]
    return f"M{_pair(*corners[0])}" + (f"l{' '.join(steps)}" if steps else "")


def _pair(x_cm: int, y_cm: int) -> str:
    return f"{_cm(x_cm / 100)} {_cm(y_cm / 100)}"


def _cm(meters: float) -> str:
    """Meters, to the centimeter, as short as can be."""
    text = f"{meters:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
