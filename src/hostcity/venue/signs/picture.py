"""A level with its faces as small arrows, with what an audit found, or where people get lost, as the text of an SVG."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from hostcity.plan.polygons import Box, Point
from hostcity.plan.rows import Face
from hostcity.venue.drawings.svg import around, mark_svg
from hostcity.venue.queries import LevelMap
from hostcity.venue.signs.words import FAULT_NAMES, STATE_NAMES
from hostcity.venue.svg import Words, box_of_level, level_svg

ARROW = 0.0085  # half the width of an arrow, of the width that is shown
NEAR_M = 45.0  # shown around a face, to each side
FAULT = "#b0241c"
#: Fill, line and dashes of an arrow by state; told apart without colors too: hollow, dashed, pale, full, full with a dot.
STYLES = {
    "proposed": ("#ffffff", "#55616d", True),
    "approved": ("#ffffff", "#0b5cad", False),
    "made": ("#a9cbee", "#0b5cad", False),
    "installed": ("#0b5cad", "#ffffff", False),
    "checked": ("#1f6f3f", "#ffffff", False),
    "new": ("#ffffff", "#1f6f3f", False),
    "gone": ("#ffffff", "#b0241c", True),
}


@dataclass(frozen=True, slots=True)
class Arrow:
    """A face on a picture."""

    mark: str  # its id there
    at: Point
    bearing_deg: float
    style: str
    title: str
    path: str = ""  # where it leads
    has_fault: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with a number, or with so much of something."""

    mark: str
    at: Point
    share: float = 0.0  # of the largest; 0 = a number
    title: str = ""


def arrow_of(face: Face, key: str, path: str = "", style: str = "") -> Arrow:
    """The arrow of a face of the plan."""
    fault = f" · {FAULT_NAMES[face.fault]}" if face.fault != "none" else ""
    return Arrow(
        key, (face.x_m, face.y_m), face.bearing_deg, style or face.state, f"{face.code} · {STATE_NAMES[face.state]}{fault}", path,
        face.fault != "none",
    )  # fmt: skip


def level_with(
    drawn: LevelMap, words: Words, *, arrows: Iterable[Arrow] = (), spots: Sequence[Spot] = (), shown: Point | None = None,
) -> str:  # fmt: skip
    """The SVG of a level, or of the part around a place that is ``shown``."""
    bare = dataclasses.replace(drawn, amenities=())  # their symbols would hide the faces
    box: Box = around(shown, NEAR_M) if shown else box_of_level(bare)
    wide = box[2] - box[0]
    half_m = ARROW * wide * (2.0 if shown else 1.0)
    heat = "".join(_spot(each, wide) for each in spots if each.share)
    numbers = "".join(
        mark_svg(escape(each.mark), escape(each.mark), each.at, ARROW * wide * 1.3, FAULT)
        for each in spots
        if not each.share
    )
    text = level_svg(bare, words, around=box if shown else None)
    marks = heat + "".join(arrow_svg(each, half_m) for each in arrows) + numbers
    if shown:
        ring = f'cx="{shown[0]:.2f}" cy="{-shown[1]:.2f}" r="{half_m * 4:.2f}" stroke-width="{half_m * 0.3:.2f}"'
        marks += f'<circle {ring} fill="none" stroke="{FAULT}"/>'
    # Without its class: the map's style sheet sizes names and symbols for the map's own script.
    return text.replace(' class="level"', "", 1).replace("</svg>\n", f"{marks}</svg>\n")


def arrow_svg(arrow: Arrow, half_m: float) -> str:
    """An arrow from where the face hangs to the side that it looks to, where its readers come from."""
    x, y = arrow.at[0], -arrow.at[1]
    east, south = math.sin(math.radians(arrow.bearing_deg)), -math.cos(math.radians(arrow.bearing_deg))
    fill, line, is_dashed = STYLES[arrow.style]
    if arrow.has_fault:
        fill, line = FAULT, "#ffffff"

    def point(along: float, aside: float) -> str:
        return f"{x + half_m * (along * east - aside * south):.2f} {y + half_m * (along * south + aside * east):.2f}"

    shape = f"M{point(0.4, -1.1)}L{point(3.2, 0)}L{point(0.4, 1.1)}z"
    dashes = f' stroke-dasharray="{half_m * 0.5:.2f} {half_m * 0.35:.2f}"' if is_dashed else ""
    inner = ""
    if arrow.has_fault:
        inner = f'<path d="M{point(1.0, -0.35)}L{point(1.7, 0.35)}M{point(1.0, 0.35)}L{point(1.7, -0.35)}" stroke="#fff" stroke-width="{half_m * 0.25:.2f}"/>'
    elif arrow.style == "checked":
        cx, cy = point(1.3, 0).split()
        inner = f'<circle cx="{cx}" cy="{cy}" r="{half_m * 0.28:.2f}" fill="#fff"/>'
    leads = f' data-path="{escape(arrow.path)}"' if arrow.path else ""
    return (
        f'<g class="mark" id="mark-{escape(arrow.mark)}"{leads}><title>{escape(arrow.title)}</title>'
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{half_m * 0.3:.2f}" fill="{line if fill == "#ffffff" else fill}"/>'
        f'<path d="{shape}" fill="{fill}" stroke="{line}" stroke-width="{half_m * 0.3:.2f}" stroke-linejoin="round"{dashes}/>{inner}</g>'
    )


def _spot(spot: Spot, wide: float) -> str:
    """A disc as large as its share, paler where it is less."""
    x, y = spot.at
    radius = wide * 0.022 * math.sqrt(spot.share)
    return (
        f'<circle cx="{x:.2f}" cy="{-y:.2f}" r="{radius:.2f}" fill="{FAULT}" fill-opacity="{0.15 + 0.5 * spot.share:.2f}" '
        f'stroke="{FAULT}" stroke-width="{wide * 0.0008:.2f}"><title>{escape(spot.title)}</title></circle>'
    )
