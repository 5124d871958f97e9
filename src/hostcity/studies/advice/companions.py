"""What stands beside a goal that is nothing on most days: the share of the same people over a lower limit.

A share over a limit that is seldom passed says nothing on most days, and a few days don't tell what changes do to it. The
share over half the limit, a third ... is moved by the same waits and says something on more days. It is chosen by days of
the plan as it is, before anything is tried, so that the choice favors no change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.plan import Plan
from hostcity.studies.advice.asked import Goal
from hostcity.studies.counted import OVER, Asked

PARTS = (1 / 2, 1 / 3, 1 / 4, 1 / 6, 1 / 8)  # of the limit, the nearest first
OFTEN = 1 / 2  # share of days on which a goal says something, if it is to be ranked by alone
ENOUGH = 1 / 3  # of a companion, which stands on more of the bad days


@dataclass(frozen=True, slots=True)
class Companion:
    """The share of the goal's people who wait longer than ``limit_s``, which is less than the goal's limit."""

    limit_s: float
    at: int  # which of `lower_limits`


def lower_limits(plan: Plan, goal: Goal) -> tuple[Asked, ...]:
    """The shares that may stand beside a goal, the nearest first; none for a goal that is no share over a limit.

    Beside people who are turned away stand shares over parts of the limit of the peak.
    """
    what, code, figure = goal.name
    limit_s = {
        "share_over_peak_limit": plan.day.peak_wait_limit_s,
        "turned_away": plan.day.peak_wait_limit_s,
        "share_over_600_s": 600.0,
        "share_over_1800_s": 1800.0,
    }.get(figure)
    if limit_s is None:
        return ()
    sheet = "" if what == "promise" else what
    return tuple(Asked(OVER, sheet, code, -math.inf, math.inf, part * limit_s) for part in PARTS)


def is_often(values: NDArray[np.float64], share: float = OFTEN) -> bool:
    """Whether a figure says something on enough days: it is not 0 there."""
    return bool((values != 0).mean() >= share)


def companion_of(asked: Sequence[Asked], shares: NDArray[np.float64]) -> Companion | None:
    """The nearest of the lower limits that says something often enough, else the lowest; None where none says anything.

    ``shares`` [limits, days] are those of the plan as it is.
    """
    for at, (each, values) in enumerate(zip(asked, shares, strict=True)):
        if is_often(values, ENOUGH):
            return Companion(each.limit_s, at)
    return Companion(asked[-1].limit_s, len(asked) - 1) if shares.any() else None
