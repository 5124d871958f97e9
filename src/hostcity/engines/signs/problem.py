"""The arrays of a sign problem."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Detours:
    """Where a wrong turn leads: each of a state's wrong ways is as likely."""

    ahead_m: Floats  # [S] to walk after the right turn; after the last one to the destination itself
    first: Ints  # [S + 1] where the wrong ways of a state begin
    states: Ints  # the state that a wrong way leads to, of the same destination
    lengths_m: Floats  # to walk on it

    def check(self, destination: Ints) -> None:
        """Raise ``ValueError`` when it does not fit the states."""
        if self.ahead_m.shape != destination.shape or self.first.shape != (destination.size + 1,):
            raise ValueError("ahead_m and first of detours do not fit the states")
        if self.first[-1] != self.states.size or self.states.shape != self.lengths_m.shape:
            raise ValueError("states and lengths of detours do not fit their first")
        if not (destination[self.states] == np.repeat(destination, np.diff(self.first))).all():
            raise ValueError("a wrong turn leads to a state of another destination")


@dataclass(frozen=True, kw_only=True, eq=False)
class SignProblem:
    """Decision states, and what faces could cover. ``S`` states, ``F`` faces, ``T`` destinations.

    Raises
    ------
    ValueError
        When arrays do not fit one another, probabilities are none, or states follow one another in a circle.
    """

    starts: Floats  # [S] persons an hour who begin here
    after: Ints  # [S] the state after the right turn; -1 = arrived
    plain: Floats  # [S] probability of the right turn without a face
    signed: Floats  # [S] and with one; not below
    destination: Ints  # [S]
    faces: int
    destinations: int
    first: Ints  # [F * T + 1] where the states of face f and destination t begin: f * T + t
    covered: Ints  # states, each of destination t
    detours: Detours | None = None  # what a wrong turn leads to; None = who turns wrong is lost
    order: Ints = field(init=False, repr=False)  # [S] states by destination, each before the one after it
    first_of: Ints = field(init=False, repr=False)  # [T + 1] where those of a destination begin in `order`

    def __post_init__(self) -> None:
        """Check, and find the order."""
        states = self.starts.size
        for name in ("after", "plain", "signed", "destination"):
            if getattr(self, name).shape != (states,):
                raise ValueError(f"{name} has shape {getattr(self, name).shape}, not ({states},)")
        if not ((self.plain >= 0) & (self.plain <= self.signed) & (self.signed <= 1)).all():
            raise ValueError("0 <= plain <= signed <= 1 does not hold everywhere")
        if not (np.isfinite(self.starts) & (self.starts >= 0)).all():
            raise ValueError("starts are persons, 0 or more")
        if not ((self.after >= -1) & (self.after < states)).all():
            raise ValueError("after names states that there are not")
        if self.first.shape != (self.faces * self.destinations + 1,) or self.first[-1] != self.covered.size:
            raise ValueError("first does not fit faces, destinations and covered")
        owner = np.repeat(np.arange(self.faces * self.destinations) % self.destinations, np.diff(self.first))
        if not (self.destination[self.covered] == owner).all():
            raise ValueError("a face covers states of another destination than it names")
        if not ((self.destination >= 0) & (self.destination < self.destinations)).all():
            raise ValueError("destination names some that there are not")
        on = self.after >= 0
        if not (self.destination[self.after[on]] == self.destination[on]).all():
            raise ValueError("a state is followed by one of another destination")
        if self.detours is not None:
            self.detours.check(self.destination)
        order = np.lexsort((-_steps(self.after), self.destination))
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "first_of", np.searchsorted(self.destination[order], np.arange(self.destinations + 1)))

    @property
    def persons(self) -> float:
        """All who start. [persons/h]"""
        return float(self.starts.sum())


def _steps(after: Ints) -> Ints:
    """How many states follow each."""
    steps, here = np.zeros(after.size, np.int64), np.arange(after.size)
    for _ in range(after.size):
        here = np.where(here >= 0, after[here], -1)
        if (here < 0).all():
            return steps
        steps += here >= 0
    raise ValueError("states follow one another in a circle")
