"""The part of a level that a way goes through, with the way on it, as the text of an SVG."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from hostcity.plan.polygons import Box, Point, box_of
from hostcity.venue.queries import LevelMap
from hostcity.venue.svg import Words, ends_on, level_svg

if TYPE_CHECKING:
    from hostcity.engines.wayfinding import Way

AROUND_M = 20.0  # shown around a way, at least
SIZE = 1.7  # of symbols and names: a picture is read on a phone
LEAST_M = 60.0  # of the larger side
LINE, END = 0.008, 0.016  # width of the line and radius of its ends, of the width that is shown


def levels_of(way: Way) -> list[str]:
    """Codes of the levels on which the way goes on foot, in the order of the way."""
    return list(dict.fromkeys(level for level, _ in _lines(way)))


def way_svg(drawn: LevelMap, way: Way, words: Words) -> str:
    """A level around the part of a way that is on it."""
    lines = _lines(way)
    here = [line for level, line in lines if level == drawn.level.code]
    box = _box(here)
    text = level_svg(_within(drawn, box), words, around=box, size=SIZE)
    width = box[2] - box[0]
    marks = [
        f'<path d="{_path(line)}" fill="none" stroke="#ffffff" stroke-width="{width * LINE * 1.8:.2f}" '
        f'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<path class="way" d="{_path(line)}" fill="none" stroke="#b0241c" stroke-width="{width * LINE:.2f}" '
        f'stroke-linejoin="round" stroke-linecap="round"/>'
        for line in here
    ]
    if lines[0][0] == drawn.level.code:
        marks.append(_end(lines[0][1][0], width, "#ffffff"))
    if lines[-1][0] == drawn.level.code:
        marks.append(_end(lines[-1][1][-1], width, "#b0241c"))
    return text.replace("</svg>\n", f'<g class="ways">{"".join(marks)}</g></svg>\n')


def _lines(way: Way) -> list[tuple[str, Sequence[Point]]]:
    """Level and points of everything that is walked, links over undrawn ground included."""
    return [(part.level, part.points_m) for part in way.parts if getattr(part, "to_level", part.level) == part.level]


def _box(lines: Iterable[Sequence[Point]]) -> Box:
    west, south, east, north = box_of([point for line in lines for point in line])
    wide = max(LEAST_M, east - west + 2 * AROUND_M)
    tall = max(LEAST_M * 2 / 3, north - south + 2 * AROUND_M)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


def _within(drawn: LevelMap, box: Box) -> LevelMap:
    """What of a level can be seen in a box: of 4,000 stands a way passes a few hundred."""

    def seen(points: Sequence[Point]) -> bool:
        if not points:
            return False
        west, south, east, north = box_of(points)
        return west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1]

    kept: dict[str, Any] = {
        "areas": tuple(each for each in drawn.areas if seen(each.outline)),
        "stands": tuple(each for each in drawn.stands if seen(each.outline)),
        "openings": tuple(each for each in drawn.openings if seen(each.line)),
        "connectors": tuple(each for each in drawn.connectors if seen(ends_on(each, drawn))),
        "amenities": tuple(each for each in drawn.amenities if seen([(each.x_m, each.y_m)])),
    }
    # Ends of connectors are told apart by the areas of their level, so all areas stay; those out of sight without outlines.
    hidden = tuple(dataclasses.replace(each, outline=()) for each in drawn.areas if each not in kept["areas"])
    kept["areas"] = (*kept["areas"], *hidden)
    return dataclasses.replace(drawn, **kept)


def _path(line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {-y:.2f}" for x, y in line)


def _end(at: Point, width: float, color: str) -> str:
    return (
        f'<circle cx="{at[0]:.2f}" cy="{-at[1]:.2f}" r="{width * END:.2f}" fill="{color}" stroke="#b0241c" '
        f'stroke-width="{width * LINE:.2f}"/>'
    )
