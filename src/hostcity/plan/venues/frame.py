"""Places told along and aside of a direction, as meters of the drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Frame:
    """Along a direction from the origin, counter-clockwise from east, and to the left of it. [deg, m]"""

    degrees: float
    x_m: float = 0.0
    y_m: float = 0.0

    def place(self, along_m: float, aside_m: float) -> Point:
        """One place, to the centimeter: the drawing's own coordinates."""
        cos, sin = math.cos(math.radians(self.degrees)), math.sin(math.radians(self.degrees))
        x_m, y_m = self.x_m + cos * along_m - sin * aside_m, self.y_m + sin * along_m + cos * aside_m
        return round(x_m, 2) + 0.0, round(y_m, 2) + 0.0  # no minus zero

    def ring(self, *corners: Point) -> Ring:
        """Corners in turn."""
        return tuple(self.place(*corner) for corner in corners)

    def box(self, along_m: Point, aside_m: Point) -> Ring:
        """A rectangle between two places along and two aside."""
        (near, far), (right, left) = along_m, aside_m
        return self.ring((near, right), (far, right), (far, left), (near, left))


def polar(radius_m: float, degrees: float) -> Point:
    """A place by distance and direction."""
    return Frame(degrees).place(radius_m, 0.0)
