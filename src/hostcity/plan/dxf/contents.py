"""What is drawn in a file: lines and texts by layer, blocks taken apart, in the file's own units.

Curves stay curves until the unit is known, so that their chords can be made as fine as is asked for in meters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hostcity.plan.dxf.file import MOST_BYTES, MOST_ENTITIES, open_dxf, too_many
from hostcity.plan.dxf.texts import readable
from hostcity.plan.polygons import Point, box_of

if TYPE_CHECKING:
    from ezdxf.entities import DXFEntity

DEEPEST = 16  # blocks within blocks
MOST_CORNERS = 2_000_000
MOST_FROM_BLOCKS = 100_000  # the library copies each of them
COARSEST = 1e-5  # of a curve's size: what its chords may be off at least, or a huge one would have no end of them
FARTHEST = 1e12  # units from the origin: what lies beyond is no place
BY_BLOCK = "0"  # entities of a block on this layer are on that of the block's reference
#: Kinds of entities that draw lines.
LINES = {
    "LINE", "LWPOLYLINE", "POLYLINE", "CIRCLE", "ARC", "ELLIPSE", "SPLINE", "HATCH", "MPOLYGON", "SOLID", "TRACE", "3DFACE",
}  # fmt: skip
TEXTS = {"TEXT", "MTEXT", "ATTRIB", "ATTDEF"}
#: Meters of $INSUNITS.
INSUNITS = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m", 7: "km", 14: "dm"}
#: What other programs' own objects are called: they need that program to be drawn.
FOREIGN = ("ACAD_PROXY_ENTITY", "TCH_", "AEC_", "ACDBPROXY")


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of an entity: its corners, and the library's path where it has curves."""

    layer: str
    kind: str
    handle: str
    points: tuple[Point, ...]  # of a curve its control points: its chords lie within their box
    is_closed: bool
    curve: Any = None

    def corners(self, most_off: float) -> tuple[Point, ...]:
        """The corners, curves as chords that are at most so far off, in the file's units. Closed ones end before they
        come around."""
        if self.curve is None:
            return self.points
        west, south, east, north = box_of(self.points)
        most_off = max(most_off, COARSEST * max(east - west, north - south))
        points = [(each.x, each.y) for each in self.curve.flattening(most_off, segments=2)]
        return tuple(points[:-1] if self.is_closed else points)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one line, and where it is put."""

    layer: str
    text: str
    at: Point
    handle: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point, or the reference of a block: where it is put, and the values of its attributes by their tags."""

    layer: str
    handle: str
    at: Point
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not read, and why: "foreign", "xref", "deep", "broken", "block"."""

    why: str
    kind: str
    layer: str
    handle: str
    at: Point | None = None


@dataclass(slots=True)
class Contents:
    """All that is drawn in a file."""

    name: str
    sha256: str
    unit: str = ""  # as the file says; "" = it says none
    figures: list[Figure] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)  # by layer, of every kind of entity
    hidden: set[str] = field(default_factory=set)  # layers that are off or frozen
    repairs: tuple[str, ...] = ()


def read_contents(path: Path, most_bytes: int = MOST_BYTES) -> Contents:
    """What is drawn in a file. Raises PlanError when it cannot be opened, or holds too much."""
    opened = open_dxf(path, most_bytes)
    document = opened.document
    contents = Contents(path.name, opened.sha256, repairs=opened.repairs)
    contents.unit = INSUNITS.get(_integer(document.header.get("$INSUNITS", 0)), "")
    for layer in document.layers:
        name = readable(str(layer.dxf.name))
        contents.counts.setdefault(name, Counter())
        if layer.is_off() or layer.is_frozen():
            contents.hidden.add(name)
    _Walk(contents).through(document.modelspace())
    return contents


def _integer(value: Any) -> int:
    return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0


class _Walk:
    """Every entity of a drawing once, blocks taken apart, within the limits of numbers and depth."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.entities = self.from_blocks = 0
        self.corners = 0

    def through(self, entities: Iterable[DXFEntity], within: str = "", handle: str = "", depth: int = 0) -> None:
        """Look at entities; ``within`` and ``handle`` are those of the block's reference that they come from."""
        for entity in entities:
            self.entities += 1
            self.from_blocks += depth > 0
            if self.entities > MOST_ENTITIES or self.from_blocks > MOST_FROM_BLOCKS:
                raise too_many(self.entities, self.contents.name)
            layer = readable(_layer_of(entity))
            if within and layer == BY_BLOCK:
                layer = within
            own = handle or str(entity.dxf.get("handle") or "")
            kind = entity.dxftype()
            self.contents.counts.setdefault(layer, Counter())[kind] += 1
            try:
                self._take(entity, kind, layer, own, depth)
            except (MemoryError, _TooMuch):
                raise too_many(MOST_CORNERS, self.contents.name) from None
            except Exception as error:  # whatever the library says of an entity that is odd
                if hasattr(error, "problems"):
                    raise
                self._leave("broken", kind, layer, own)

    def _take(self, entity: DXFEntity, kind: str, layer: str, handle: str, depth: int) -> None:
        if kind == "INSERT":
            self._insert(entity, layer, handle, depth)
        elif kind in TEXTS:
            self._text(entity, kind, layer, handle)
        elif kind == "POINT" and depth == 0:
            self._place(layer, handle, _flat(entity.dxf.location), {})
        elif kind in LINES:
            figures = list(_figures(entity, kind, layer, handle))
            if not figures and kind != "POLYLINE":  # a circle without a radius, a line of one corner
                self._leave("broken", kind, layer, handle)
            for figure in figures:
                self.corners += len(figure.points)
                if self.corners > MOST_CORNERS:
                    raise _TooMuch
                if all(abs(x) <= FARTHEST and abs(y) <= FARTHEST for x, y in figure.points):
                    self.contents.figures.append(figure)
                else:
                    self._leave("broken", kind, layer, handle)
        elif kind.startswith(FOREIGN):
            self._leave("foreign", kind, layer, handle)

    def _insert(self, insert: Any, layer: str, handle: str, depth: int) -> None:
        place = insert.dxf.insert
        at = (float(place.x), float(place.y))
        block = insert.block()
        if block is None:
            self._leave("block", "INSERT", layer, handle, at)
        elif block.block is not None and block.block.is_xref:
            self._leave("xref", "INSERT", layer, handle, at)
        elif depth >= DEEPEST:
            self._leave("deep", "INSERT", layer, handle, at)
        else:
            for each in insert.multi_insert() if insert.mcount > 1 else (insert,):
                if depth == 0:
                    values = {readable(str(one.dxf.tag)).upper(): _said(one, "ATTRIB")[0] for one in each.attribs}
                    self._place(layer, handle, _flat(each.ocs().to_wcs(each.dxf.insert)), values)
                self.through(each.attribs, layer, handle, depth + 1)
                self.through(each.virtual_entities(), layer, handle, depth + 1)

    def _place(self, layer: str, handle: str, at: Point, values: Mapping[str, str]) -> None:
        if all(abs(each) <= FARTHEST for each in at):
            self.contents.places.append(Place(layer, handle, at, values))

    def _text(self, entity: Any, kind: str, layer: str, handle: str) -> None:
        if kind == "ATTDEF":  # says what attributes a block has, and is none
            return
        text, place = _said(entity, kind)
        at = (float(place.x), float(place.y))
        if text and abs(at[0]) <= FARTHEST and abs(at[1]) <= FARTHEST:
            self.contents.texts.append(Text(layer, text, at, handle))

    def _leave(self, why: str, kind: str, layer: str, handle: str, at: Point | None = None) -> None:
        self.contents.left.append(Left(why, kind, layer, handle, at))


class _TooMuch(Exception):  # noqa: N818 -- no error, a limit
    """More corners than are read."""


def _layer_of(entity: Any) -> str:
    """The layer of an entity; of one that the library only stores, too."""
    if entity.dxf.is_supported("layer"):
        return str(entity.dxf.get("layer", BY_BLOCK))
    return (
        str(entity.graphic_properties().get("layer", BY_BLOCK)) if hasattr(entity, "graphic_properties") else BY_BLOCK
    )


def _said(entity: Any, kind: str) -> tuple[str, Any]:
    """The text of an entity without its formatting codes, and where it is put."""
    if kind == "MTEXT":
        return " ".join(readable(entity.plain_text()).split()), entity.dxf.insert
    if entity.has_embedded_mtext_entity if kind == "ATTRIB" else False:
        mtext = entity.virtual_mtext_entity()
        return " ".join(readable(mtext.plain_text()).split()), mtext.dxf.insert
    _align, first, second = entity.get_placement()
    # of a text between two points, or fitted, both are on its line; else the second is the one it is put at, if any
    place = first.lerp(second) if second is not None else first
    return " ".join(readable(entity.plain_text()).split()), entity.ocs().to_wcs(place)


def _figures(entity: Any, kind: str, layer: str, handle: str) -> Iterator[Figure]:
    from ezdxf.path import from_hatch, make_path

    if kind == "LINE":
        yield Figure(layer, kind, handle, (_flat(entity.dxf.start), _flat(entity.dxf.end)), False)
    elif kind == "LWPOLYLINE" and not entity.has_arc and tuple(entity.dxf.extrusion) == (0.0, 0.0, 1.0):
        points = tuple((float(x), float(y)) for x, y in entity.get_points("xy"))
        if len(points) > 1:
            yield _straight(layer, kind, handle, points, bool(entity.closed))
    elif kind == "POLYLINE" and (entity.is_poly_face_mesh or entity.is_polygon_mesh):
        return  # solids of three dimensions
    else:
        for path in from_hatch(entity) if kind in ("HATCH", "MPOLYGON") else (make_path(entity),):
            if len(path) == 0:
                continue
            points = tuple(_flat(each) for each in path.control_vertices())
            if path.has_curves:
                yield Figure(layer, kind, handle, points, bool(path.is_closed), path)
            else:
                yield _straight(layer, kind, handle, points, bool(path.is_closed))


def _straight(layer: str, kind: str, handle: str, points: tuple[Point, ...], is_closed: bool) -> Figure:
    """A figure of straight lines; the first corner is not repeated."""
    if len(points) > 2 and points[0] == points[-1]:
        return Figure(layer, kind, handle, points[:-1], True)
    return Figure(layer, kind, handle, points, is_closed)


def _flat(place: Any) -> Point:
    return float(place.x), float(place.y)
