"""A venue that empties, as every peer can play it: a tree of one-way links from 112 places to six exits.

Every place has a link on towards the concourse: eight in a row make a hall, a hall leads through its door to one of six
lobbies, a lobby by its walkway to its exit. Nobody has a choice, so a peer's rule for routes changes nothing; widths
are whole lanes of 0.8 m, so that a model of lanes has the same; doors are narrower than what leads to them, so they jam.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HALLS, PLACES_OF_HALL, EXITS = 14, 8, 6
HALL_DOOR_M, EXIT_DOOR_M = 2.4, 3.2
LANE_M = 0.8
SPEED_M_PER_S = 1.34
FLOW_PER_M_PER_S = 1.22
JAM_PER_M2 = 4.0
STARTS_WITHIN_S = 600.0
OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Way:
    """A one-way link; its door is its narrowest opening, at its end."""

    code: str
    start: str
    end: str
    length_m: float
    lanes: int
    door_m: float

    @property
    def width_m(self) -> float:
        """Clear width. [m]"""
        return self.lanes * LANE_M


@dataclass(frozen=True, slots=True)
class Left:
    """When a program lets people out."""

    out_s: Floats  # [persons] in ascending order, from the time of the first possible start

    def share_s(self, share: float) -> float:
        """By when this share of all is out. [s]"""
        return float(self.out_s[max(0, int(np.ceil(share * self.out_s.size)) - 1)])

    @property
    def flow_per_s(self) -> float:
        """Persons a second between a tenth and a half of all, when every exit is crowded."""
        return 0.4 * self.out_s.size / (self.share_s(0.5) - self.share_s(0.1))


def places() -> tuple[str, ...]:
    """Where people start, hall by hall, the one next to the hall's door first."""
    return tuple(f"H{hall}-{at}" for hall in range(HALLS) for at in range(PLACES_OF_HALL))


def ways() -> tuple[Way, ...]:
    """All 144 links of the tree."""
    found = []
    for hall in range(HALLS):
        row = [f"door{hall}", *(f"H{hall}-{at}" for at in range(PLACES_OF_HALL))]
        found += [Way(f"on-{here}", here, ahead, 25.0, 5, 4.0) for ahead, here in pairwise(row)]
        found.append(Way(f"hall{hall}", f"door{hall}", f"lobby{hall % EXITS}", 40.0, 10, HALL_DOOR_M))
    for at in range(EXITS):
        found.append(Way(f"walk{at}", f"lobby{at}", f"exit{at}", 80.0, 15, 12.0))
        found.append(Way(f"exit{at}", f"exit{at}", f"front{at}", 20.0, 10, EXIT_DOOR_M))
        found.append(Way(f"off{at}", f"front{at}", OUTSIDE, 20.0, 10, 8.0))
    return tuple(found)


def nodes() -> tuple[str, ...]:
    """All ends of links."""
    return tuple(dict.fromkeys(code for way in ways() for code in (way.start, way.end)))


def persons_of(persons: int) -> dict[str, int]:
    """How many start at each place, as even as can be."""
    codes = places()
    return {code: persons // len(codes) + (at < persons % len(codes)) for at, code in enumerate(codes)}


def ends_s(persons: int) -> float:
    """When nobody is left inside any more, with room to spare: three of 14 halls share an exit. [s]"""
    return 2.0 * STARTS_WITHIN_S + 1.2 * persons * 3 / HALLS / (EXIT_DOOR_M * FLOW_PER_M_PER_S)
