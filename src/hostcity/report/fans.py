"""Fan charts: what many days have at each time of the day, as their median and the band of 8 days in 10."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.report.clocks import minute
from hostcity.report.scales import value_steps

Floats = NDArray[np.float64]
SHARES = (0.1, 0.5, 0.9)
MOST_HOURS = 7  # labels that stand beside each other on a phone
HOUR_S = 3600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Fan:
    """A drawing of 100 by 100 that is stretched to its place; labels stand at percent of it."""

    bands: tuple[str, ...]  # paths, one for each stretch of time without a gap
    lines: tuple[str, ...]
    hours: tuple[tuple[float, str], ...]  # percent from the left, clock
    steps: tuple[tuple[float, str], ...]  # percent from the top, value
    limits: tuple[float, ...]  # percent from the top
    shade: tuple[float, float] | None  # percent from the left, width
    is_endless: bool  # some value has no end, and is drawn to the upper edge
    rows: tuple[tuple[str, float, float, float], ...]  # clock, and what 1, 5 and 9 days of 10 do not exceed


def quantiles(values: Floats) -> Floats:
    """What 1, 5 and 9 days of 10 do not exceed, by nearest rank [3, X], of runs and times [R, X].

    A nan = the run has no value then; nan where fewer than half of the runs have one.
    """
    out = np.full((len(SHARES), values.shape[1]), np.nan)
    for at, column in enumerate(values.T):
        known = np.sort(column[~np.isnan(column)])
        if known.size and 2 * known.size >= values.shape[0]:
            out[:, at] = [known[max(0, math.ceil(share * known.size - 1e-9) - 1)] for share in SHARES]
    return out


def fan_of(
    values: Floats,
    *,
    starts_s: float,
    step_s: float,
    limits: Iterable[float] = (),
    shade_s: tuple[float, float] | None = None,
    every: int = 1,
) -> Fan | None:
    """The chart of runs and times [R, X]; None when there is nothing to draw.

    Parameters
    ----------
    limits
        In the unit of the values.
    shade_s
        From and until when the ground is shaded. [s]
    every
        How many times one row of the table stands for; it has the first of them.
    """
    found = quantiles(values)
    some = np.flatnonzero(np.nan_to_num(found[2]) > 0)
    if not some.size:
        return None
    first, last = int(some[0]), int(some[-1]) + 1
    limits = tuple(limits)
    known: list[float] = found[2][np.isfinite(found[2])].tolist()
    most = 1.08 * max(*known, *limits, 1e-9, 0.0)
    from_s, until_s = starts_s + first * step_s, starts_s + last * step_s

    def across(seconds: float) -> float:
        return round(100 * (min(max(seconds, from_s), until_s) - from_s) / (until_s - from_s), 2)

    def down(value: float) -> float:
        return round(100 * (1 - min(1.0, value / most)), 2)

    bands, lines = [], []
    for stretch in _stretches(~np.isnan(found[1, first:last])):
        at = [across(starts_s + (first + each + 0.5) * step_s) for each in stretch]
        low, middle, high = (
            [f"{x} {down(float(row[first + each]))}" for x, each in zip(at, stretch, strict=True)] for row in found
        )
        bands.append(f"M{'L'.join([*high, *reversed(low)])}Z")
        lines.append(f"M{'L'.join(middle)}")
    return Fan(
        bands=tuple(bands),
        lines=tuple(lines),
        hours=tuple((across(at_s), minute(at_s)) for at_s in _hours(from_s, until_s)),
        steps=tuple((down(value), f"{value:,g}") for value in value_steps(most)),
        limits=tuple(map(down, limits)),
        shade=None if shade_s is None else (across(shade_s[0]), round(across(shade_s[1]) - across(shade_s[0]), 2)),
        is_endless=bool(np.isinf(found).any()),
        rows=tuple(
            (minute(starts_s + at * step_s), float(found[0, at]), float(found[1, at]), float(found[2, at]))
            for at in range(first, last, every) if not math.isnan(found[1, at])
        ),
    )  # fmt: skip


def _stretches(is_known: NDArray[np.bool_]) -> Iterator[list[int]]:
    """Neighbors without a gap."""
    stretch: list[int] = []
    for at, known in enumerate(is_known.tolist()):
        if known:
            stretch.append(at)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _hours(from_s: float, until_s: float) -> Iterator[float]:
    hours = (until_s - from_s) / HOUR_S
    step_s = HOUR_S * next((each for each in (0.25, 0.5, 1, 2, 3, 4, 6) if hours / each <= MOST_HOURS), 12)
    at_s = math.ceil(from_s / step_s) * step_s
    while at_s <= until_s:
        yield at_s
        at_s += step_s
