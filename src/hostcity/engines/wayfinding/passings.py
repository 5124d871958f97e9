"""Sets of portals that straight lines go through, each with its direction, numbered; 0 is the empty one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.wayfinding.crossings import crossings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FORWARD, BACKWARD = 0, 1


@dataclass(frozen=True, eq=False)
class Doors:
    """Openings that are part of a floor."""

    portal: Ints
    level: Ints
    line_m: Floats  # [doors, 4]
    left: NDArray[np.bool_]

    def of(self, level: int) -> Doors:
        """Those of one level."""
        on = self.level == level
        return Doors(self.portal[on], self.level[on], self.line_m[on], self.left[on])

    def arrays(self) -> dict[str, Any]:
        """As a book keeps them."""
        return {
            "door_portal": self.portal.astype(np.int32), "door_level": self.level.astype(np.int16),
            "door_line_m": self.line_m, "door_left": self.left,
        }  # fmt: skip


@dataclass
class Passings:
    """The sets found so far."""

    number_of: dict[tuple[int, ...], int] = field(default_factory=lambda: {(): 0})

    def of(self, portals: tuple[int, ...]) -> int:
        """Number of a set; its reverse gets one too."""
        for each in (portals, _reversed(portals)):
            self.number_of.setdefault(each, len(self.number_of))
        return self.number_of[portals]

    def of_lines(self, doors: Doors, starts_m: Floats, ends_m: Floats) -> Ints:
        """Number of the set that each line goes through."""
        found = np.zeros(len(starts_m), np.int64)
        crossed = crossings(doors.line_m, starts_m, ends_m)
        if not crossed.line.size:
            return found
        is_backward = crossed.from_left != doors.left[crossed.door]
        code = 2 * doors.portal[crossed.door] + is_backward
        begins = np.flatnonzero(np.diff(crossed.line, prepend=-1))
        for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), crossed.line.size], strict=True):
            found[crossed.line[begin]] = self.of(tuple(code[begin:end].tolist()))
        return found

    def arrays(self) -> dict[str, Any]:
        """As a book keeps them."""
        sets = list(self.number_of)
        first = np.concatenate([[0], np.cumsum([len(each) for each in sets])])
        return {
            "passing_first": first.astype(np.int32),
            "passing_portal": np.array([code for each in sets for code in each], np.int32),
            "passing_back": np.array([self.number_of[_reversed(each)] for each in sets], np.int32),
        }


def _reversed(portals: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(code ^ 1 for code in reversed(portals))
