"""Scales of charts that are drawn into the page."""

from __future__ import annotations

import math
from collections.abc import Iterator

MOST_STEPS = 5  # lines across a chart


def value_steps(most: float) -> Iterator[float]:
    """Round values up to the greatest, for the lines of a chart."""
    scale = 10.0 ** math.floor(math.log10(most / MOST_STEPS))
    step = scale * next(each for each in (1, 2, 5, 10) if most / (scale * each) <= MOST_STEPS)
    for at in range(1, int(most / step) + 1):
        yield round(at * step, 9)
