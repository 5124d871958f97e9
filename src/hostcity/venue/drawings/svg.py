"""The picture of a proof: a level in meters, what becomes of it in color, problems numbered.

What is drawn is made once, by the job; the frame around it, and the marks in it, for each request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from hostcity.plan.picture import Shape
from hostcity.plan.polygons import Box, Point

EMPTY: Box = (0.0, 0.0, 100.0, 60.0)
MARGIN = 0.03
MARK = 0.018  # radius of a mark, of the width that is shown
NEAR_M = 25.0  # shown around a mark, to each side
NAMED_M = 160.0  # width, below which numbers of stands can be read
STYLES: Mapping[str, str] = {
    "area": 'fill="#f2f4f7" stroke="#77838f" stroke-width=".3"',
    "stand": 'fill="#dfe7ef" stroke="#7b8a99" stroke-width=".1"',
    "opening": 'fill="none" stroke="#2f855a" stroke-width=".8"',
    "place": 'fill="#2b6cb0"',
    "node": 'fill="#52606d"',
}
#: What becomes of a shape: fill, stroke, width; the words for them stand in the page's legend.
MARKS: Mapping[str, str] = {
    "new": 'fill="#9ae6b4" stroke="#276749" stroke-width=".2"',
    "moved": 'fill="#fbd38d" stroke="#9c4221" stroke-width=".2"',
    "changed": 'fill="#fefcbf" stroke="#975a16" stroke-width=".2"',
    "gone": 'fill="url(#gone)" stroke="#c53030" stroke-width=".2"',
    "before": 'fill="none" stroke="#9c4221" stroke-width=".15" stroke-dasharray=".6 .4"',
    "refused": 'fill="#fed7d7" stroke="#c53030" stroke-width=".3"',
}
#: The same of lines.
LINES: Mapping[str, str] = {
    "new": 'fill="none" stroke="#276749" stroke-width="1"', "moved": 'fill="none" stroke="#dd6b20" stroke-width="1"',
    "changed": 'fill="none" stroke="#b7791f" stroke-width="1"',
    "gone": 'fill="none" stroke="#c53030" stroke-width="1" stroke-dasharray="1 .6"',
    "before": 'fill="none" stroke="#9c4221" stroke-width=".4" stroke-dasharray=".6 .4"',
}  # fmt: skip
#: The same of links, in pixels.
WAYS: Mapping[str, str] = {
    mark: f'fill="none" stroke="{color}" stroke-width="{width}" vector-effect="non-scaling-stroke"{dashes}'
    for mark, color, width, dashes in (
        ("", "#7b8794", 1, ""), ("new", "#1f7a3f", 3, ""), ("changed", "#c26a00", 2.5, ""),
        ("gone", "#c53030", 3, ' stroke-dasharray="7 4"'),
    )
}  # fmt: skip
STROKES = ("opening", "link")
GONE = (
    '<pattern id="gone" width="1" height="1" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="1" height="1" fill="#fff5f5"/><path d="M0 0v1" stroke="#c53030" stroke-width=".5"/></pattern>'
)


def picture_of(shapes: Iterable[tuple[str, Shape]]) -> dict[str, Any]:
    """What is drawn of a level as text, its box, and the names with their places and sizes. [m]"""
    drawn, names, points = [], [], []
    for at, shape in shapes:
        points += shape.points
        drawn.append(_shape(at, shape))
        if shape.name and shape.kind == "stand":
            xs, ys = zip(*shape.points, strict=True)
            size = min(0.8 * (max(ys) - min(ys)), 1.5 * (max(xs) - min(xs)) / len(shape.name), 2.5)
            names.append([_round((min(xs) + max(xs)) / 2), _round((min(ys) + max(ys)) / 2), _round(size), shape.name])
    return {"drawn": "".join(drawn), "names": names, "box": _box(points)}


def framed(
    picture: Mapping[str, Any],
    marks: Sequence[tuple[int, Point, bool]],
    box: Box | None = None,
    *,
    all_names: bool = False,
) -> str:
    """An SVG of a level, or of a part of it; ``marks`` are number, place, whether it is a refusal.

    With ``all_names`` it holds every number, unseen: the page's script shows them where they can be read.
    """
    west, south, east, north = box or picture["box"]
    wide = east - west
    names = (
        _names(picture["names"], (west, south, east, north), wide <= NAMED_M) if all_names or wide <= NAMED_M else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_cm(west)} {_cm(-north)} {_cm(wide)} {_cm(north - south)}" '
        f'font-family="sans-serif"><defs>{GONE}</defs>'
        f'<rect x="{_cm(west)}" y="{_cm(-north)}" width="{_cm(wide)}" height="{_cm(north - south)}" fill="#fff"/>'
        f"{picture['drawn']}{names}{''.join(_mark(each, MARK * wide) for each in marks)}</svg>\n"
    )


def around(place: Point, reach_m: float = NEAR_M) -> Box:
    """What is shown around a place."""
    x, y = place
    return x - 1.5 * reach_m, y - reach_m, x + 1.5 * reach_m, y + reach_m


def _shape(at: str, shape: Shape) -> str:
    if shape.kind == "link":  # a line across the floor: as wide on the screen however much of the level is shown
        style = WAYS[shape.mark]
    else:
        style = (LINES if shape.kind in STROKES else MARKS).get(shape.mark) or STYLES[shape.kind]
    listed = " ".join(f"{_cm(x)},{_cm(-y)}" for x, y in shape.points)
    named = f' id="{escape(at)}"' if at and shape.mark not in ("before", "gone", "refused") else ""
    if len(shape.points) == 1:
        (x, y), *_rest = shape.points
        return f'<circle{named} cx="{_cm(x)}" cy="{_cm(-y)}" r=".8" {style}/>'
    return f'<{"polyline" if shape.kind in STROKES else "polygon"}{named} points="{listed}" {style}/>'


def _box(points: Sequence[Point]) -> Box:
    if not points:
        return EMPTY
    xs, ys = zip(*points, strict=True)
    west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    margin = MARGIN * max(east - west, north - south, 10.0)
    return west - margin, south - margin, east + margin, north + margin


def _names(names: Iterable[Sequence[Any]], box: Box, is_seen: bool) -> str:
    west, south, east, north = box
    texts = (
        f'<text x="{_cm(x)}" y="{_cm(-y)}" font-size="{_cm(size)}">{escape(name)}</text>'
        for x, y, size, name in names if west < x < east and south < y < north
    )  # fmt: skip
    hidden = "" if is_seen else ' display="none"'
    return f'<g class="numbers" text-anchor="middle" dominant-baseline="central" fill="#17202a"{hidden}>{"".join(texts)}</g>'


def _mark(mark: tuple[int, Point, bool], radius_m: float) -> str:
    number, place, is_refusal = mark
    return mark_svg(str(number), str(number), place, radius_m, "#b0241c" if is_refusal else "#7a4d00")


def mark_svg(code: str, sign: str, at: Point, radius_m: float, color: str) -> str:
    """A mark with a short sign in it; the page's script finds it by its code, and keeps it as large as it is."""
    x, y = at
    return (
        f'<g class="mark" id="mark-{code}"><circle cx="{_cm(x)}" cy="{_cm(-y)}" r="{_cm(radius_m)}" fill="{color}" '
        f'stroke="#fff" stroke-width="{_cm(radius_m / 6)}"/><text x="{_cm(x)}" y="{_cm(-y)}" font-size="{_cm(radius_m * 1.1)}" '
        f'text-anchor="middle" dominant-baseline="central" fill="#fff" font-weight="700">{sign}</text></g>'
    )


def _cm(meters: float) -> str:
    """Meters, to the centimeter."""
    return f"{meters:.2f}".rstrip("0").rstrip(".") or "0"


def _round(meters: float) -> float:
    return round(meters, 2)
