"""Geometry: of the right kind, of positions on earth, near the venue; rings closed, simple, and holes inside of them.

RFC 7946 says what a ring is; IMDF's own check of files asks that none crosses itself. Everything is brought into meters
first and rounded to 1 mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from hostcity.plan.imdf.features import Feature, Ring
from hostcity.plan.imdf.frame import Frame
from hostcity.plan.imdf.rules.schema import TYPES
from hostcity.plan.imdf.rules.values import is_position, shown
from hostcity.plan.polygons import NEAR_M, Point, crossing_of, is_inside
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

MOST_CORNERS = 10_000  # of a ring
MOST_PARTS = 1_000  # polygons of a feature, and rings of a polygon
FAR_M = 20_000.0  # from the first corner of the venue; also the most that a venue measures
ROUND_M = 3  # decimals


def shape(feature: Feature, frame: Frame, near: Point | None) -> Iterator[Problem]:
    """Fill in a feature's shape, or say why it has none. ``near`` is a place of the venue. [m]"""
    kinds = TYPES[feature.type].geometry
    geometry = feature.geometry
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if geometry is None and (not kinds or TYPES[feature.type].may_be_unlocated):
        return
    if kind not in kinds:
        what = Sentence("has the geometry {kind}.", kind=shown(kind if isinstance(geometry, dict) else geometry))
        mend = Sentence("Give {kinds}.", kinds=" / ".join(kinds) or "null")
        yield feature.problem("geometry", what, mend)
        return
    places = geometry.get("coordinates")
    try:
        parts = _parts(kind, places)
    except ValueError:
        what = Sentence("has coordinates that are not those of a {kind}.", kind=kind)
        yield feature.problem("coordinates", what, Sentence("Write lists of positions as RFC 7946 has them."))
        return
    if len(parts) > MOST_PARTS or any(len(part) > MOST_PARTS for part in parts):
        what = Sentence("has more than {most:,} parts.", most=MOST_PARTS)
        yield feature.problem("corners", what, Sentence("Simplify it."))
        return
    wrong = [each for part in parts for line in part for each in line if not is_position(each)][:1]
    if wrong:
        what = Sentence("has the position {position}.", position=shown(wrong[0]))
        yield feature.problem("position", what, Sentence("Write longitude, latitude in degrees."))
        return
    if any(len(line) > MOST_CORNERS for part in parts for line in part):
        what = Sentence("has a ring of more than {most:,} corners.", most=MOST_CORNERS)
        yield feature.problem("corners", what, Sentence("Simplify it."))
        return
    drawn = [[_meters(line, frame) for line in part] for part in parts]
    far = _far(drawn, near)
    if far:
        what = Sentence("lies {distance:,} km from the venue.", distance=round(far[0] / 1e3))
        mend = Sentence("Are longitude and latitude exchanged, or millimeters taken for meters?")
        yield feature.problem("far", what, mend, at=None)
        return
    if kind in ("Polygon", "MultiPolygon"):
        yield from _rings(feature, parts, drawn, frame)
    else:
        feature.points = tuple(point for part in drawn for line in part for point in line)
        if kind == "LineString" and feature.points[0] == feature.points[-1]:
            what, mend = Sentence("is a line without length."), Sentence("Give exactly two different ends.")
            yield feature.problem("length", what, mend)


def _parts(kind: str, places: Any) -> list[list[list[Any]]]:
    """Coordinates of any geometry as polygons of lines of positions. Raises ValueError for what is not nested so."""
    if kind == "Point":
        return [[[places]]]
    if kind == "LineString":
        return [[_line(places, 2)]]
    if kind == "MultiLineString":
        return [[_line(each, 2) for each in _list(places)]]
    if kind == "Polygon":
        return [[_line(each, 1) for each in _list(places)]]
    return [[_line(each, 1) for each in _list(polygon)] for polygon in _list(places)]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError("a list is missing")
    return value


def _line(value: Any, least: int) -> list[Any]:
    if not isinstance(value, list) or len(value) < least:
        raise ValueError("a line is missing")
    return value


def _meters(line: list[Any], frame: Frame) -> Ring:
    return tuple(rounded(frame.to_meters(each[0], each[1])) for each in line)


def rounded(point: Point) -> Point:
    """To 1 mm; -0.0 is 0.0."""
    return round(point[0], ROUND_M) + 0.0, round(point[1], ROUND_M) + 0.0


def _far(drawn: list[list[Ring]], near: Point | None) -> tuple[float, Point] | None:
    """The farthest corner from the venue, where it is too far to belong to it."""
    if near is None:
        return None
    far = max((math.dist(near, point), point) for part in drawn for line in part for point in line)
    return far if far[0] > FAR_M else None


def _rings(feature: Feature, parts: list[list[list[Any]]], drawn: list[list[Ring]], frame: Frame) -> Iterator[Problem]:
    feature.polygons = drawn  # a wrong ring is drawn as it is
    polygons = []
    for part, rings in zip(parts, drawn, strict=True):
        made: list[Ring] = []
        for number, (given, ring) in enumerate(zip(part, rings, strict=True)):
            corners = _corners(ring)
            problem = _wrong_ring(feature, given, corners, frame)
            if not problem and number and not all(is_inside(corner, made[0]) for corner in corners):
                out = next(corner for corner in corners if not is_inside(corner, made[0]))
                what = Sentence("has a hole that reaches out of it at {place}.", place=on_earth(out, frame))
                mend = Sentence("Give the outer ring first, and holes inside of it.")
                problem = feature.problem("hole", what, mend, at=out)
            if problem:
                yield problem
                return
            made.append(corners)
        polygons.append(made)
    feature.polygons = polygons


def _wrong_ring(feature: Feature, given: list[Any], corners: Ring, frame: Frame) -> Problem | None:
    first = corners[0] if corners else None
    if given[0] != given[-1] or len(given) < 4:
        what = Sentence("has a ring that is not closed.")
        mend = Sentence("End each ring with its first position; it takes four at least.")
        return feature.problem("ring", what, mend, at=first)
    at = corners[0] if len(corners) < 3 else crossing_of(corners)
    if at:
        what = Sentence("crosses or touches itself at {place}.", place=on_earth(at, frame))
        mend = Sentence("Give the corners in order, going around once.")
        return feature.problem("crosses", what, mend, at=at)
    return None


def _corners(ring: Ring) -> Ring:
    """A ring without its first corner repeated; corners in a row that are nearer than 1 cm are one.

    Where outlines were cut with one another, as programs do that make archives, they have corners millimeters apart.
    """
    kept = [ring[0]]
    for corner in ring[1:]:
        if math.dist(corner, kept[-1]) > NEAR_M:
            kept.append(corner)
    while len(kept) > 1 and math.dist(kept[0], kept[-1]) <= NEAR_M:
        kept.pop()
    return tuple(kept)


def on_earth(place: Point, frame: Frame) -> str:
    """A place as the author of an archive finds it: longitude, latitude."""
    longitude, latitude = frame.to_degrees(*place)
    return f"{longitude:.7f}, {latitude:.7f}"
