"""Employees, their contracts, and what each day needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.rosters.problem import RosterError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_USES = 400  # combinations of uses of limited shifts that a plan is told apart by


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What one employee may serve. Runs at either end of the horizon may be short."""

    most_of: tuple[int, ...]  # of each shift; 0 = never
    most_min: int
    least_min: int
    longest: int  # days in a row
    shortest: int
    rest: int  # days off in a row, at least
    weekends: int  # with a shift, at most
    off: tuple[int, ...] = ()  # days


@dataclass(frozen=True, kw_only=True, eq=False)
class StaffProblem:
    """``E`` employees, ``D`` days of which day 0 is a Monday, ``S`` shifts.

    Raises
    ------
    RosterError
        When arrays do not fit, or shifts are limited for an employee in too many ways.
    """

    lengths_min: Ints  # [S]
    forbidden: tuple[tuple[int, int], ...]  # a shift, and one that must not follow on the next day
    contracts: tuple[Contract, ...]
    cost: Floats  # [E, D, S] whole numbers; of serving there, below 0 where it is wished
    same: float  # what is the same for every roster
    needed: Ints  # [D, S]
    under: Floats  # [D, S] of one too few, a whole number
    over: Floats  # [D, S]

    def __post_init__(self) -> None:
        """Check shapes and limits."""
        days, shifts = self.needed.shape
        found = []
        if self.cost.shape != (len(self.contracts), days, shifts):
            found.append(f"cost has shape {self.cost.shape}, not {(len(self.contracts), days, shifts)}.")
        found += [
            f"{name} has shape {getattr(self, name).shape}, not {(days, shifts)}."
            for name in ("under", "over")
            if getattr(self, name).shape != (days, shifts)
        ]
        for employee, contract in enumerate(self.contracts):
            limited = [most + 1 for most in contract.most_of if 0 < most < days]
            if np.prod(limited) > MOST_USES:
                found.append(
                    f"contracts[{employee}] limits shifts in {np.prod(limited)} ways. At most {MOST_USES} are told apart."
                )
        if found:
            raise RosterError(found)

    @property
    def unit_min(self) -> int:
        """The largest length that all shifts are multiples of."""
        return int(np.gcd.reduce(self.lengths_min))
