"""Rules of serving."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAY_S = 86_400
HOUR_S = 3_600
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Rules:
    """What is allowed. Times in seconds after the day's midnight; an end may lie after the next midnight."""

    starts_s: Ints  # [S] ascending
    ends_s: Ints  # [S]
    rest_s: int = 11 * HOUR_S  # between the last shift of a day and the first of the next
    shifts_a_day: int = 1  # more than one never overlap
    most_a_day_s: int = 12 * HOUR_S
    most_days_running: int | None = None
    window_days: int = 1  # in any so many days ...
    most_in_window_s: int | None = None  # ... at most so long
    forbidden: tuple[tuple[int, int], ...] = ()  # a shift, and one that must not follow on the next day
    minors_start_s: int = 7 * HOUR_S
    minors_end_s: int = 20 * HOUR_S
    minors_a_day_s: int = 8 * HOUR_S

    @property
    def lengths_s(self) -> Ints:
        """How long each shift is."""
        return self.ends_s - self.starts_s

    def may_follow(self, shift: int, later: int) -> bool:
        """Whether ``later`` on the next day is allowed after ``shift``."""
        rested = int(self.starts_s[later]) + DAY_S - int(self.ends_s[shift]) >= self.rest_s
        return rested and (shift, later) not in self.forbidden

    def minors_may(self, shift: int) -> bool:
        """Whether minors may serve in it."""
        return bool(self.starts_s[shift] >= self.minors_start_s and self.ends_s[shift] <= self.minors_end_s)
