"""What the map says is drawn, in the plan's meters: outlines on the lattice, lines of openings, numbers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from hostcity.plan.dxf.contents import TEXTS, Contents, Figure, Left, Place, Text
from hostcity.plan.dxf.mapping import (
    AREA_KINDS,
    DRAWN_KINDS,
    IGNORE,
    LINED_KINDS,
    NUMBER_KINDS,
    OPENING_KINDS,
    PLACE_KINDS,
    UNITS,
    LayerMap,
)
from hostcity.plan.dxf.rings import Outline, Stroke, closed_of, is_sliver, on_lattice
from hostcity.plan.dxf.told import DOUBTS, REFUSALS, said, told
from hostcity.plan.dxf.units import sizes_of, unit_of
from hostcity.plan.polygons import Point, point_inside
from hostcity.plan.problems import Problem
from hostcity.plan.rows.drawing import STAND_KINDS
from hostcity.plan.sentences import Sentence

CHORD_M = 0.01  # how far a chord may be off its curve
MOST_CORNERS = 1_000  # of an outline: more do not fit into a cell of the workbook
FILLS = ("HATCH", "MPOLYGON")
#: Why something was not read: what is said, and how it is mended.
_LEFT = {
    "foreign": (
        Sentence("objects of another program cannot be read: {kind}, {count:,} of them."),
        Sentence("Export the drawing from that program as plain DXF (in TArch: T3), or explode them."),
    ),
    "xref": (
        Sentence("refers to another drawing, {count:,} times."),
        Sentence("Bind it (XREF, Bind) and save again."),
    ),
    "deep": (
        Sentence("blocks stand within blocks without end, {count:,} times."),
        Sentence("Explode them once."),
    ),
    "block": (
        Sentence("names a block that the file does not have, {count:,} times."),
        Sentence("Run AUDIT in the drawing program, and save again."),
    ),
    "broken": (
        Sentence("{kind} cannot be read, {count:,} of them."),
        Sentence("Run AUDIT in the drawing program, or draw them anew."),
    ),
}  # fmt: skip


@dataclass(kw_only=True, slots=True)
class Shapes:
    """What is drawn on the layers that the map names."""

    unit: str
    outlines: list[Outline] = field(default_factory=list)
    lines: list[Stroke] = field(default_factory=list)  # of openings
    texts: dict[str, list[Text]] = field(default_factory=dict)  # by kind of number
    places: list[tuple[str, Place]] = field(default_factory=list)  # kind; where stairs, lifts and amenities are
    slivers: int = 0
    empty: list[tuple[str, str]] = field(
        default_factory=list
    )  # layers of the map without a thing of their kind, and it
    doubts: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


def shapes_of(contents: Contents, layer_map: LayerMap) -> Shapes:
    """Outlines, lines and numbers of a drawing, with what is doubtful about them."""
    kind_of = _Kinds(layer_map)
    by_kind: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in contents.figures:
        by_kind[kind_of(figure.layer)].append(figure)
    stands = [each.points for each in by_kind["stand"] if each.is_closed]
    others = [each.points for kind in DRAWN_KINDS for each in by_kind[kind]]
    others += [(each.at,) for each in contents.places if kind_of(each.layer) in PLACE_KINDS]
    unit, doubts, refusals = unit_of(layer_map, contents.unit, sizes_of(stands, others))
    shapes = Shapes(
        unit=unit, doubts=[*_of_file(contents), *_of_layers(contents, layer_map, kind_of), *doubts], refusals=refusals
    )
    if not others:
        what = Sentence("nothing is drawn on the layers that the map names.")
        mend = Sentence("Look at the layers that there are: {command}.", command=f"hostcity dxf layers {contents.name}")
        shapes.refusals.append(told("dxf.empty", what, mend, REFUSALS))
    frame = frame_of(layer_map, unit)
    _draw(by_kind, frame, layer_map, shapes)
    shapes.empty = list(_empty(contents, layer_map))
    blocks = {each.handle for each in contents.places}
    shapes.places = list(_places(contents.places, by_kind, blocks, kind_of, frame))
    for text in contents.texts:
        kind = _number_kind(kind_of(text.layer))
        if kind and not (kind == "place_number" and text.handle in blocks):  # attributes are no texts of their own
            shapes.texts.setdefault(kind, []).append(Text(text.layer, text.text, frame(text.at), text.handle))
    return shapes


def frame_of(layer_map: LayerMap, unit: str) -> Callable[[Point], Point]:
    """From a place of the file to one of the plan: to meters, turned, moved."""
    scale, turn = UNITS[unit], math.radians(layer_map.turn_deg)
    across, up = math.cos(turn) * scale, math.sin(turn) * scale
    east, north = layer_map.move_m

    def to_plan(place: Point) -> Point:
        return east + across * place[0] - up * place[1], north + up * place[0] + across * place[1]

    return to_plan


class _Kinds:
    """What a layer is; names of layers are the same in capitals, as in every drawing program."""

    def __init__(self, layer_map: LayerMap) -> None:
        self.kinds = {name.casefold(): kind for name, kind in layer_map.layers.items()}

    def __call__(self, layer: str) -> str:
        return self.kinds.get(layer.casefold(), IGNORE)

    def names(self, layer: str) -> bool:
        return layer.casefold() in self.kinds


def _number_kind(kind: str) -> str:
    """Which numbers the texts of a layer are; those beside outlines on one layer are theirs."""
    if kind in NUMBER_KINDS:
        return kind
    if kind in STAND_KINDS:
        return "stand_number"
    if kind in PLACE_KINDS:
        return "place_number"
    return "area_number" if kind in AREA_KINDS else "opening_number" if kind in OPENING_KINDS else ""


def _places(
    places: Iterable[Place], by_kind: dict[str, list[Figure]], blocks: set[str], kind_of: _Kinds,
    frame: Callable[[Point], Point],
) -> Iterator[tuple[str, Place]]:  # fmt: skip
    """Points and references of blocks, each a place; and closed outlines that are of no block, by their middles."""
    for each in places:
        kind = kind_of(each.layer)
        if kind in PLACE_KINDS:
            yield kind, Place(each.layer, each.handle, frame(each.at), each.values)
    for kind in PLACE_KINDS:
        for figure in by_kind.get(kind, ()):
            if figure.is_closed and len(figure.points) > 2 and figure.handle not in blocks:
                yield kind, Place(figure.layer, figure.handle, frame(point_inside(figure.points)), {})


def _empty(contents: Contents, layer_map: LayerMap) -> Iterator[tuple[str, str]]:
    lined = {each.layer.casefold() for each in contents.figures}
    placed = lined | {each.layer.casefold() for each in contents.places}
    for layer, kind in layer_map.layers.items():
        if kind in DRAWN_KINDS and layer.casefold() not in (placed if kind in PLACE_KINDS else lined):
            yield layer, kind


def _draw(
    by_kind: dict[str, list[Figure]], frame: Callable[[Point], Point], layer_map: LayerMap, shapes: Shapes
) -> None:
    """Outlines and lines of figures, on the lattice."""
    strokes: list[Stroke] = []
    for kind in LINED_KINDS:
        for figure in by_kind.get(kind, ()):
            points = tuple(frame(each) for each in figure.corners(CHORD_M / UNITS[shapes.unit]))
            stroke = Stroke(kind, figure.layer, figure.handle, points, figure.is_closed, figure.kind in FILLS)
            (shapes.lines if kind in OPENING_KINDS else strokes).append(stroke)
    outlines, open_ends = closed_of(strokes, max(layer_map.join_m, 0.01))
    for stroke, place, count in open_ends:
        one = Sentence("{count:,} line closes no outline: an end hangs at {place}.", count=count, place=said(place))
        many = Sentence("{count:,} lines close no outline: an end hangs at {place}.", count=count, place=said(place))
        what = one if count == 1 else many
        mend = Sentence("Draw one closed polyline for each outline.")
        shapes.doubts.append(told("dxf.outline.open", what, mend, at=place, layer=stroke.layer, feature=stroke.handle))
    shapes.outlines = list(_distinct(_without_slivers(outlines, shapes), shapes))


def _without_slivers(outlines: Iterable[Outline], shapes: Shapes) -> Iterator[Outline]:
    slivers = []
    for each in outlines:
        ring = on_lattice(each.ring)
        if is_sliver(ring):
            slivers.append(each)
        elif len(ring) > MOST_CORNERS:
            what = Sentence("has {count:,} corners: it is left out.", count=len(ring))
            mend = Sentence("Draw it with at most {most:,}.", most=MOST_CORNERS)
            shapes.doubts.append(
                told("dxf.outline.corners", what, mend, at=ring[0], layer=each.layer, feature=each.handle)
            )
        else:
            yield Outline(each.kind, each.layer, each.handle, ring, each.is_fill)
    shapes.slivers = len(slivers)
    if slivers:
        count, first = len(slivers), slivers[0]
        one = Sentence("{count:,} outline is a sliver, thinner than 5 cm, and left out.", count=count)
        many = Sentence("{count:,} outlines are slivers, thinner than 5 cm, and left out.", count=count)
        what = one if count == 1 else many
        mend = Sentence("Nothing to do, if it is left over from drawing.")
        shapes.doubts.append(
            told("dxf.outline.sliver", what, mend, at=first.ring[0], layer=first.layer, feature=first.handle)
        )


def _distinct(outlines: Iterable[Outline], shapes: Shapes) -> Iterator[Outline]:
    """Each outline once: a hatch within an outline is the same one, and nothing to speak of."""
    seen: dict[tuple[str, frozenset[Point]], Outline] = {}
    for each in sorted(outlines, key=lambda outline: outline.is_fill):
        key = (each.kind, frozenset(each.ring))
        if key not in seen:
            seen[key] = each
            yield each
        elif not each.is_fill:
            at = point_inside(each.ring)
            what = Sentence("is drawn twice at {place}, and taken once.", place=said(at))
            mend = Sentence("Delete one of the two (OVERKILL).")
            shapes.doubts.append(told("dxf.outline.twice", what, mend, at=at, layer=each.layer, feature=each.handle))


def _of_file(contents: Contents) -> Iterator[Problem]:
    if contents.repairs:
        what = Sentence(
            "the file is damaged in {count:,} places and was mended, the first: {first}.",
            count=len(contents.repairs), first=contents.repairs[0][:160].rstrip("."),
        )  # fmt: skip
        yield told(
            "dxf.file.repaired", what, Sentence("Compare the picture with the drawing, or run AUDIT and save it again.")
        )


def _of_layers(contents: Contents, layer_map: LayerMap, kind_of: _Kinds) -> Iterator[Problem]:
    """Layers that only the file or only the map knows, and what could not be read on the others."""
    drawn = {name.casefold() for name, counts in contents.counts.items() if counts}
    for name, kind in layer_map.layers.items():
        if kind in NUMBER_KINDS and name.casefold() not in drawn:
            what = Sentence("the map says {kind}, but nothing is drawn there.", kind=kind)
            yield told("dxf.layer.missing", what, Sentence("Correct the name in the map."), layer=name)
    for name, counts in contents.counts.items():
        if counts and not kind_of.names(name):
            count = _count(counts)
            one = Sentence("is not in the map: {count:,} object is left out.", count=count)
            what = one if count == 1 else Sentence("is not in the map: {count:,} objects are left out.", count=count)
            yield told(
                "dxf.layer.unmapped",
                what,
                Sentence("Say in the map what it is, or {ignore}.", ignore=IGNORE),
                layer=name,
            )
    groups: defaultdict[tuple[str, str, str], list[Left]] = defaultdict(list)
    for each in contents.left:
        if kind_of(each.layer) != IGNORE or not kind_of.names(each.layer):
            groups[each.why, each.kind, each.layer].append(each)
    for (why, kind, layer), left in groups.items():
        message, mend = _LEFT[why]
        values = {"kind": kind, "count": len(left)}
        yield told(
            f"dxf.left.{why}", Sentence(message.message, **values), mend, DOUBTS, layer=layer, feature=left[0].handle
        )


def _count(counts: Counter[str]) -> int:
    return sum(count for kind, count in counts.items() if kind not in TEXTS | {"ATTDEF"}) or sum(counts.values())
