"""The chart of swings: one bar per figure around the entry time as planned, and the promise as a line."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hostcity.studies.promise import Verdict
from hostcity.studies.swings import Swing, Swings

WIDTH = 100.0  # percent of the drawing


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One end of a swing, drawn from the base."""

    left: float
    width: float
    verdict: Verdict
    factor: float
    is_low: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tornado:
    """All bars with their axis."""

    base: Verdict
    base_at: float
    limit_at: float
    ticks: tuple[tuple[float, int], ...]  # place and minutes
    bars: tuple[tuple[Swing, Bar, Bar], ...]


def tornado_of(swings: Swings | None) -> Tornado | None:
    """Where everything stands; None without swings. An infinite entry time reaches the right edge."""
    if swings is None:
        return None
    ends = [verdict for swing in swings.swings for verdict in (swing.low, swing.high)]
    known = [each.peak_p99_s for each in (swings.base, *ends) if math.isfinite(each.peak_p99_s)]
    most_s = 1.05 * max([*known, swings.base.peak_limit_s, 60.0])

    def at(seconds: float) -> float:
        return round(WIDTH * min(1.0, seconds / most_s), 2)

    base_at = at(swings.base.peak_p99_s)

    def bar(verdict: Verdict, factor: float, is_low: bool) -> Bar:
        end = at(verdict.peak_p99_s)
        left = min(base_at, end)
        return Bar(
            left=left, width=max(0.2, round(abs(end - base_at), 2)), verdict=verdict, factor=factor, is_low=is_low
        )

    step = next((each for each in (1, 2, 5, 10, 20, 30, 60) if most_s / 60 / each <= 8), 120)
    return Tornado(
        base=swings.base,
        base_at=base_at,
        limit_at=at(swings.base.peak_limit_s),
        ticks=tuple((at(60.0 * tick), tick) for tick in range(0, int(most_s / 60) + 1, step)),
        bars=tuple(
            (swing, bar(swing.low, swing.low_factor, True), bar(swing.high, swing.high_factor, False))
            for swing in swings.swings
        ),
    )
