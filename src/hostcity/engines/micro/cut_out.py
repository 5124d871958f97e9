"""What is put under the microscope: a middle with arms around it, rows of lanes, and the persons who pass."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

MOST_PERSONS = 1500
MOST_S = 900.0

#: Where somebody is when the clock starts.
NOT_YET, COMING, IN_LINE, SERVED, GOING = range(5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arm:
    """A way in and out."""

    code: str  # of the link; "" = the bay of those who stay here
    bearing_rad: float  # from the middle outward, counterclockwise from east
    width_m: float
    length_m: float  # from the middle to where it is cut off
    door_m: float | None = None  # narrowest opening, at the mouth

    @property
    def opening_m(self) -> float:
        """Width of the mouth through which people go."""
        return self.width_m if self.door_m is None else min(self.door_m, self.width_m)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lanes:
    """The lanes of one station, side by side before the mouth of an arm."""

    code: str
    ahead: int  # arm to which most go who were served
    pitch_m: float  # from one lane to the next
    places: int  # in the line of each
    from_s: tuple[float, ...]  # times at which the number of open lanes changes, the first not after the clock's start
    open: tuple[int, ...]  # lanes open from then; while none is open, nobody is served

    @property
    def most(self) -> int:
        """Lanes that are drawn."""
        return max(1, *self.open)

    def open_at(self, at_s: float) -> int:
        """Lanes open at a time."""
        return self.open[max(0, bisect_right(self.from_s, at_s) - 1)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Persons:
    """Who passes, in any order. Times on the clock of the cut-out."""

    key: NDArray[np.int64]  # [P] for draws: the same person draws the same
    speed_m_per_s: Floats  # [P] free walking speed
    enter_s: Floats  # [P] reaches the end of an arm, or leaves the bay
    from_arm: Ints  # [P]
    to_arm: Ints  # [P]
    lanes: Ints  # [P] row of lanes where they are served; -1 = none
    service_s: Floats  # [P] time of service, what is left of it for who is being served; nan = none
    state: Ints  # [P] at the clock's start: NOT_YET, COMING, IN_LINE, SERVED or GOING
    away_m: (
        Floats  # [P] of who comes or goes then: meters from the middle, negative on the way to a lane; nan = neither
    )
    joined_s: Floats  # [P] of who is in line or served then: when they joined; nan = neither

    def __len__(self) -> int:
        return int(self.key.size)


@dataclass(frozen=True, kw_only=True, slots=True)
class CutOut:
    """A small piece of the venue for some minutes. The middle is (0, 0); x is east, y is north."""

    arms: tuple[Arm, ...]
    lanes: tuple[Lanes, ...]
    persons: Persons
    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        """Refuse what cannot be played. Raises ValueError."""
        if len(self.arms) < 2:
            raise ValueError("a cut-out needs at least 2 arms: people come by one and go by another")
        if not 0 < self.end_s - self.start_s <= MOST_S:
            raise ValueError(f"a cut-out lasts more than 0 and at most {MOST_S:g} s, not {self.end_s - self.start_s:g}")
        if len(self.persons) > MOST_PERSONS:
            raise ValueError(f"a cut-out has at most {MOST_PERSONS} persons, not {len(self.persons)}")
        aheads = [row.ahead for row in self.lanes]
        if len(set(aheads)) < len(aheads):
            raise ValueError("two rows of lanes stand before the same arm")
        for name, most in (("from_arm", len(self.arms)), ("to_arm", len(self.arms)), ("lanes", len(self.lanes))):
            column = getattr(self.persons, name)
            if column.size and (column.max() >= most or column.min() < (-1 if name == "lanes" else 0)):
                raise ValueError(f"persons.{name} names one that is not there; there are {most}")
