"""Rows that a drawing gives, and what is told on the way to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from hostcity.plan.dxf.rings import Outline, Stroke
from hostcity.plan.dxf.told import told
from hostcity.plan.picture import Shape
from hostcity.plan.polygons import point_inside
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Amenity, Area, Connector, Opening, Stand
from hostcity.plan.sentences import Sentence


@dataclass(kw_only=True, slots=True)
class Found:
    """Rows that a drawing gives, by code, with the layer and handle that each comes from."""

    areas: dict[str, Area] = field(default_factory=dict)
    stands: dict[str, Stand] = field(default_factory=dict)
    openings: dict[str, Opening] = field(default_factory=dict)
    connectors: dict[str, Connector] = field(default_factory=dict)
    amenities: dict[str, Amenity] = field(default_factory=dict)
    sources: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    scope: set[str] = field(default_factory=set)  # areas in which something was found
    written: set[str] = field(default_factory=set)  # numbers of stands that stand somewhere in the drawing
    empty: list[tuple[str, str]] = field(default_factory=list)  # layers without a thing of their kind, and it
    refused: list[Shape] = field(default_factory=list)  # what is drawn and cannot be a row, to show it
    joined: int = 0
    doubts: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


def say_elsewhere(sheet: str, code: str, where: str, outline: Outline | Stroke, found: Found) -> None:
    """A doubt about something that the plan has in another place."""
    at = point_inside(outline.ring) if isinstance(outline, Outline) else outline.points[0]
    if sheet == "stands":
        what = Sentence("{code} stands in {area} so far: it is moved here.", code=code, area=where)
    else:
        what = Sentence("{code} is on level {level}: it is left out here.", code=code, level=where)
    mend = Sentence("Look whether the number is right.")
    found.doubts.append(told("dxf.number.elsewhere", what, mend, at=at, layer=outline.layer, feature=outline.handle))


class NewCodes:
    """Codes for what has no number: area, kind, and the next that is free."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.last: dict[str, int] = {}

    def code(self, area: str, kind: str) -> str:
        """The next code for something of a kind in an area."""
        stem = f"{area}-{kind}"
        number = self.last.get(stem, 0) + 1
        while f"{stem}-{number}" in self.taken:
            number += 1
        self.last[stem] = number
        self.taken.add(f"{stem}-{number}")
        return f"{stem}-{number}"
