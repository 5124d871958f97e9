"""Drawings made by the library, as contractors make them: with what real ones have."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ezdxf
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment

from hostcity.plan.dxf import LayerMap, Proof, prove
from hostcity.plan.plan import Plan
from tests.plan.test_drawing import box, drawn

METERS, MILLIMETERS = 6, 4
#: What the layers below are.
LAYERS = {
    "展位": "stand", "展位号": "stand_number", "柱": "column", "围栏": "barrier", "门": "opening", "安全出口": "exit",
    "门号": "opening_number", "馆": "hall", "馆名": "area_number",
}  # fmt: skip
Draw = Callable[[Any], None]


def layer_map(**fields: Any) -> LayerMap:
    """The map of these drawings; H1 of the small fair is on its level."""
    return LayerMap(**{"level": "0", "layers": dict(LAYERS), **fields})


def document(*draw: Draw, unit: int = METERS, version: str = "R2010") -> Drawing:
    """A drawing with something drawn in it."""
    made = ezdxf.new(version, units=unit)
    made.header["$INSUNITS"] = unit
    for each in draw:
        each(made.modelspace())
    return made


def text_of(made: Drawing) -> bytes:
    """A drawing as the bytes of its file."""
    written = io.StringIO()
    made.write(written)
    return written.getvalue().encode(made.output_encoding, "dxfreplace")


def saved(folder: Path, *draw: Draw, name: str = "hall.dxf", **fields: Any) -> Path:
    """A file with something drawn in it."""
    (folder / name).write_bytes(text_of(document(*draw, **fields)))
    return folder / name


def proved(folder: Path, *draw: Draw, plan: Plan | None = None, map_: LayerMap | None = None, **fields: Any) -> Proof:
    """The proof of something drawn."""
    return prove(saved(folder, *draw, **fields), map_ or layer_map(), plan or drawn())


def ring(corners: Any, layer: str = "展位", *, closed: bool = True, **fields: Any) -> Draw:
    """A polyline."""
    return lambda space: space.add_lwpolyline(corners, close=closed, dxfattribs={"layer": layer, **fields})


def rectangle(west: float, south: float, east: float, north: float, layer: str = "展位") -> Draw:
    return ring(box(west, south, east, north), layer)


def line(start: Any, end: Any, layer: str = "门") -> Draw:
    return lambda space: space.add_line(start, end, dxfattribs={"layer": layer})


def text(said: str, place: Any, layer: str = "展位号", height: float = 0.5) -> Draw:
    def draw(space: Any) -> None:
        made = space.add_text(said, height=height, dxfattribs={"layer": layer})
        made.set_placement(place, align=TextEntityAlignment.MIDDLE_CENTER)

    return draw


def stand(number: str, west: float, south: float, east: float, north: float) -> tuple[Draw, Draw]:
    """An outline with its number in the middle."""
    return rectangle(west, south, east, north), text(number, ((west + east) / 2, (south + north) / 2))


#: The stand and the exit that the plan of `tests.plan.test_drawing.drawn` has, as they are.
SAME = (*stand("1A01", 150, 50, 156, 53), line((140, 46), (145, 46), "安全出口"), text("door-1", (142.5, 46.2), "门号"))


def codes(proof: Proof) -> list[str]:
    """Codes of refusals and doubts, but for those of layers that such small drawings do not have."""
    return [each.code for each in (*proof.refusals, *proof.doubts) if each.code != "dxf.layer.missing"]


def block(code: str, place: tuple[float, float], layer: str, **attributes: str) -> Draw:
    """The reference of a block that is a circle, with a code and other attributes, as libraries of symbols have them."""

    def draw(space: Any) -> None:
        if "SYMBOL" not in space.doc.blocks:
            space.doc.blocks.new("SYMBOL").add_circle((0, 0), 0.5)
        made = space.add_blockref("SYMBOL", place, dxfattribs={"layer": layer})
        for tag, value in ({"CODE": code, **attributes}).items():
            if value:
                made.add_attrib(tag, value, place)

    return draw
