"""The areas of an archive by level: which one a place is in, and whose walls an opening is in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from hostcity.plan.check.drawing import WALL_M, wall_distance
from hostcity.plan.imdf.features import Ring
from hostcity.plan.polygons import Box, Point, area_m2, box_of, first_outside, is_inside


@dataclass(slots=True)
class Floor:
    """An area as it is drawn."""

    code: str
    level_id: str
    ring: Ring
    holes: tuple[Ring, ...] = ()
    box: Box = field(init=False)
    size_m2: float = field(init=False)

    def __post_init__(self) -> None:
        self.box, self.size_m2 = box_of(self.ring), area_m2(self.ring)


class Floors:
    """Areas of every level."""

    def __init__(self) -> None:
        self._on: defaultdict[str, list[Floor]] = defaultdict(list)
        self._by_code: dict[str, Floor] = {}

    def add(self, floor: Floor) -> None:
        """Take one in."""
        self._on[floor.level_id].append(floor)
        self._by_code[floor.code] = floor

    def has(self, code: str) -> bool:
        """Whether there is such an area."""
        return code in self._by_code

    def holds(self, code: str, ring: Ring) -> bool:
        """Whether a ring lies within an area."""
        return first_outside(ring, self._by_code[code].ring) is None

    def at(self, level_id: str, place: Point) -> str:
        """The smallest area in which a place is; "" when it is in none."""
        found = [each for each in self._near(level_id, place, 0.0) if is_inside(place, each.ring)]
        return min(found, key=lambda each: each.size_m2).code if found else ""

    def beside(self, level_id: str, line: Ring) -> list[str]:
        """The areas in whose walls both ends of an opening are, the nearest first."""
        found = []
        for floor in self._near(level_id, line[0], WALL_M):
            off_m, _ = wall_distance(line, (floor.ring, *floor.holes))
            if off_m <= WALL_M:
                found.append((off_m, floor.size_m2, floor.code))
        return [code for _off_m, _size_m2, code in sorted(found)]

    def _near(self, level_id: str, place: Point, far_m: float) -> list[Floor]:
        x, y = place
        return [
            each for each in self._on[level_id]
            if each.box[0] - far_m <= x <= each.box[2] + far_m and each.box[1] - far_m <= y <= each.box[3] + far_m
        ]  # fmt: skip
