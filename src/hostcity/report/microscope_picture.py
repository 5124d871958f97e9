"""A cut-out as a drawing: walls, mouths, lanes and persons as paths; meters, y to the south as on a screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.micro.floor import Way
from hostcity.engines.micro.measures import SQUARE_M, in_queue
from hostcity.plan.plan import Plan
from hostcity.report.terms import TERMS
from hostcity.report.words import Both, say
from hostcity.studies.microscope import Seen
from hostcity.studies.microscope.asked import LINKS

AROUND_M, FROM_END_M = 2.0, 1.2
SCALE_M = 10.0
LETTERS = 70  # letters of a title, as wide as high, that find room in the width
LEAST_WIDTH_M = 40.0


@dataclass(frozen=True, slots=True)
class Label:
    """What lies behind an arm."""

    text: Both
    x: float
    y: float
    anchor: str  # of the text


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Everything that is drawn."""

    west: float
    top: float
    width: float
    height: float
    letter_m: float  # half the height of a title
    walls: str
    mouths: tuple[str, ...]
    busiest: int  # of the mouths
    lines: tuple[str, ...]  # of people before lanes
    labels: tuple[Label, ...]
    scale: tuple[float, float]  # west end of a line of `SCALE_M`
    shown: int  # frame that is shown
    walking: str
    queueing: str
    densest: tuple[float, float] | None  # north-west corner of the densest square

    @property
    def view(self) -> str:
        """The part of the plane that is shown, as SVG has it."""
        return f"{self.west:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"


def picture_of(seen: Seen) -> Picture:
    """The drawing of what was seen, in the moment of the densest square."""
    floor, measured = seen.cut.floor, seen.measured
    west, south, east, north = floor.walkable.bounds
    letter = max(LEAST_WIDTH_M, 1.3 * (east - west)) / LETTERS
    labels = tuple(_label(seen.plan, seen, arm, way, letter) for arm, way in enumerate(floor.ways))
    west = min(west, *(each.x - _reach(each, letter)[0] for each in labels)) - AROUND_M
    east = max(east, *(each.x + _reach(each, letter)[1] for each in labels), west + LEAST_WIDTH_M) + AROUND_M
    top, bottom = -north - 2 * AROUND_M, -south + 3 * AROUND_M
    at = measured.densest
    frame = int(measured.frame[at])
    walking, queueing = dots(seen, frame, in_queue(seen.played))
    x, y = measured.densest_xy_m[at]
    return Picture(
        west=round(west, 1),
        top=round(top, 1),
        width=round(east - west, 1),
        height=round(bottom - top, 1),
        letter_m=round(letter, 2),
        walls=_closed(list(floor.walkable.exterior.coords)),
        mouths=tuple(_open(list(way.mouth)) for way in floor.ways),
        busiest=seen.arm,
        lines=tuple(_open([lane.places[0], lane.tail]) for row in floor.lanes for lane in row),
        labels=labels,
        scale=(round(west + AROUND_M, 1), round(bottom - AROUND_M, 1)),
        shown=frame,
        walking=walking,
        queueing=queueing,
        densest=None if math.isnan(x) else (round(x - SQUARE_M / 2, 2), round(-y - SQUARE_M / 2, 2)),
    )


def dots(seen: Seen, frame: int, queueing: NDArray[np.bool_]) -> tuple[str, str]:
    """Paths of the persons of a frame: who walks, and who stands in a queue."""
    played = seen.played
    rows = range(int(played.first[frame]), int(played.first[frame + 1]))
    paths = ["", ""]
    for row in rows:
        paths[int(queueing[row])] += f"M{played.x_m[row]:.2f} {-played.y_m[row]:.2f}h0"
    return paths[0], paths[1]


def _label(plan: Plan, seen: Seen, arm: int, way: Way, letter: float) -> Label:
    x, y = way.at(way.end_m + FROM_END_M, 0.0)
    side = math.cos(way.angle_rad)
    anchor = "start" if side > 0.3 else "end" if side < -0.3 else "middle"
    return Label(_beyond(plan, seen, arm), round(x, 2), round(-y + (letter if y < 0 else 0.0), 2), anchor)


def _beyond(plan: Plan, seen: Seen, arm: int) -> Both:
    """What lies beyond an arm: a node, and how one gets there if not on the level."""
    code = seen.cut.cut_out.arms[arm].code
    if not code:
        return say("those who stay")
    if seen.asked.sheet == LINKS:
        return Both(code, code)
    link = next(row for row in plan.links if row.code == code)
    node = link.end if link.start == seen.asked.code else link.start
    if link.kind in ("level", "door"):
        return Both(node, node)
    return say("{place} ({code})", place=node, code=say(TERMS[link.kind]))


def _reach(label: Label, letter: float) -> tuple[float, float]:
    """How far a label reaches to the west and to the east."""
    length = letter * max(len(label.text.en), 1.7 * len(label.text.zh))
    return {"start": (0.0, length), "end": (length, 0.0), "middle": (length / 2, length / 2)}[label.anchor]


def _open(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.2f} {-y:.2f}" for x, y in points)


def _closed(points: list[tuple[float, float]]) -> str:
    return f"{_open(points[:-1])}Z"
