"""A feature of an archive, and its place in the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hostcity.plan.imdf.frame import Frame
from hostcity.plan.polygons import Point
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

KEPT = "hostcity"  # the member of a feature's properties that keeps what IMDF cannot say
Ring = tuple[Point, ...]


@dataclass(slots=True)
class Feature:
    """One feature. Its shape in meters is filled in when its geometry has been found to be sound."""

    type: str
    id: str
    geometry: Any
    properties: dict[str, Any]
    polygons: list[list[Ring]] = field(default_factory=list)  # each its outer ring, then its holes
    points: Ring = ()  # of a line, or the one of a point

    @property
    def file(self) -> str:
        """The file it is in."""
        return f"{self.type}.geojson"

    @property
    def category(self) -> str:
        """Its category; "" when it has none."""
        value = self.properties.get("category")
        return value if isinstance(value, str) else ""

    @property
    def level_id(self) -> str:
        """The level it is on; of a level its own id."""
        value = self.id if self.type == "level" else self.properties.get("level_id")
        return value if isinstance(value, str) else ""

    def shape(self) -> Iterator[Point]:
        """Every corner."""
        for polygon in self.polygons:
            yield from polygon[0]
        yield from self.points

    def problem(self, kind: str, what: Sentence, mend: Sentence, column: str = "", at: Point | None = None) -> Problem:
        """A problem of this feature, shown at a place of it where it has any."""
        return Problem(
            code=f"imdf.{self.type}.{kind}", what=what, mend=mend, column=column, file=self.file, feature=self.id,
            level=self.level_id, at=at or next(self.shape(), None),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """The features of an archive, in the order of its files, and the frame they are drawn in."""

    by_type: dict[str, list[Feature]]
    frame: Frame
    manifest: dict[str, Any]

    def of(self, *types: str) -> Iterator[Feature]:
        """The features of some types."""
        for each in types:
            yield from self.by_type.get(each, ())

    @property
    def by_id(self) -> dict[str, Feature]:
        """Every feature by its id."""
        return {feature.id: feature for features in self.by_type.values() for feature in features}
