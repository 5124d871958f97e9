"""A way on the floor plan of every level that it is on, as one SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from hostcity.engines.wayfinding import Leg, Way
from hostcity.plan.picture import STYLE, Shape, sheet_of
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point

WIDTH, MARGIN, HEAD, TALLEST = 1000, 24, 34, 1000  # px
AROUND_M = 25.0  # shown around the way
OWN_STYLE = (
    ".way{fill:none;stroke:#b0241c;stroke-width:4;stroke-linejoin:round;stroke-linecap:round}"
    ".from{fill:#fff;stroke:#b0241c;stroke-width:3}.to{fill:#b0241c}"
)


def way_picture(plan: Plan, way: Way) -> str:
    """Levels in the order in which the way comes to them, each with its neighborhood of the way."""
    sheet = sheet_of(plan)
    parts: list[str] = []
    height = 0
    legs = [each for each in way.parts if isinstance(each, Leg)]
    for level in dict.fromkeys(each.level for each in legs):
        lines = [each.points_m for each in legs if each.level == level]
        shapes = [each for each in sheet.shapes if each.level == level and each.kind != "place"]
        is_first, is_last = level == legs[0].level, level == legs[-1].level
        ends = (legs[0].points_m[0] if is_first else None, legs[-1].points_m[-1] if is_last else None)
        part, tall = _panel(level, shapes, lines, ends)
        parts.append(f'<g transform="translate(0 {height})">{part}</g>')
        height += tall + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<style>{STYLE}{OWN_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _panel(
    level: str, shapes: Sequence[Shape], lines: Sequence[Sequence[Point]], ends: tuple[Point | None, Point | None]
) -> tuple[str, int]:
    points = [point for line in lines for point in line]
    west, east = min(x for x, _ in points) - AROUND_M, max(x for x, _ in points) + AROUND_M
    south, north = min(y for _, y in points) - AROUND_M, max(y for _, y in points) + AROUND_M
    scale = min((WIDTH - 2 * MARGIN) / (east - west), TALLEST / (north - south))
    tall = math.ceil((north - south) * scale)
    view = f'viewBox="{west:.2f} {-north:.2f} {east - west:.2f} {north - south:.2f}"'
    drawn = "".join(_drawn(each) for each in shapes if _touches(each, west, south, east, north))
    way = "".join(f'<polyline class="way" points="{_listed(line)}"/>' for line in lines)
    radius = 6 / scale
    marks = "".join(
        f'<circle class="{name}" cx="{at[0]:.2f}" cy="{-at[1]:.2f}" r="{radius:.2f}" vector-effect="non-scaling-stroke"/>'
        for name, at in zip(("from", "to"), ends, strict=True)
        if at
    )
    title = f'<text class="level" x="{MARGIN}" y="{HEAD - 14}">{escape(level)}</text>'
    box = f'<svg x="{MARGIN}" y="{HEAD}" width="{(east - west) * scale:.0f}" height="{tall}" {view}>'
    return f"{title}{box}{drawn}{way}{marks}</svg>", HEAD + tall


def _touches(shape: Shape, west: float, south: float, east: float, north: float) -> bool:
    xs, ys = zip(*shape.points, strict=True)
    return bool(max(xs) >= west and min(xs) <= east and max(ys) >= south and min(ys) <= north)


def _drawn(shape: Shape) -> str:
    return f'<{"polyline" if shape.kind == "opening" else "polygon"} class="{shape.kind}" points="{_listed(shape.points)}"/>'


def _listed(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.2f},{-y:.2f}" for x, y in points)
