"""The arrays of a sign problem."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    order: Ints = field(init=False, repr=False)  # [S] states, each before the one after it

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
        object.__setattr__(self, "order", _order(self.after))

    @property
    def persons(self) -> float:
        """All who start. [persons/h]"""
        return float(self.starts.sum())


def _order(after: Ints) -> Ints:
    """States by how many steps they are from the end, the farthest first."""
    steps, here = np.zeros(after.size, np.int64), np.arange(after.size)
    for _ in range(after.size):
        here = np.where(here >= 0, after[here], -1)
        if (here < 0).all():
            return np.argsort(-steps, kind="stable")
        steps += here >= 0
    raise ValueError("states follow one another in a circle")
