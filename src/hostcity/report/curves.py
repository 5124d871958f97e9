"""Clearance curves: how many are left in an evacuated area, from the alarm on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hostcity.report.scales import value_steps

if TYPE_CHECKING:  # names of events are asked for without the compiled engine behind them
    from hostcity.studies.clearances import Clearance

MINUTE_S = 60.0
MOST_TICKS = 7  # that stand beside each other on a phone
MOST_ROWS = 40  # of the table


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A drawing of 100 by 100 that is stretched to its place; labels stand at percent of it."""

    line: str  # path of those left inside
    refuge: str  # path of those in refuges; "" = nobody ever
    ticks: tuple[tuple[float, str], ...]  # percent from the left, minutes after the alarm
    steps: tuple[tuple[float, str], ...]  # percent from the top, persons
    marks: tuple[tuple[float, str], ...]  # percent from the left, percent of the people that are out
    rows: tuple[tuple[float, int, int], ...]  # minutes after the alarm, left inside, in refuges


def curve_of(cleared: Clearance) -> Curve | None:
    """The curve of an area; None when nobody was in it."""
    if not cleared.persons_before:
        return None
    ends_s = cleared.step_s * (len(cleared.persons) - 1)
    most = 1.08 * max(*cleared.persons, *cleared.refuge)
    every = math.ceil(len(cleared.persons) / MOST_ROWS)

    def path(counts: tuple[int, ...]) -> str:
        points = (f"{100 * at / (len(counts) - 1):.2f} {100 * (1 - n / most):.2f}" for at, n in enumerate(counts))
        return "M" + "L".join(points)

    outs = ((cleared.out_50_s, "50 %"), (cleared.out_95_s, "95 %"), (cleared.out_all_s, "100 %"))
    return Curve(
        line=path(cleared.persons),
        refuge=path(cleared.refuge) if cleared.refuge_most else "",
        ticks=tuple((round(100 * at_s / ends_s, 2), f"{at_s / MINUTE_S:g}") for at_s in _ticks_s(ends_s)),
        steps=tuple((round(100 * (1 - value / most), 2), f"{value:,g}") for value in value_steps(most)),
        marks=tuple((round(100 * out_s / ends_s, 2), text) for out_s, text in outs if not math.isnan(out_s)),
        rows=tuple(
            (round(at * cleared.step_s / MINUTE_S, 2), cleared.persons[at], cleared.refuge[at])
            for at in range(0, len(cleared.persons), every)
        ),
    )


def _ticks_s(ends_s: float) -> list[float]:
    minutes = ends_s / MINUTE_S
    step = next((each for each in (0.5, 1, 2, 5, 10, 20, 30, 60, 120) if minutes / each <= MOST_TICKS), 240)
    return [MINUTE_S * step * at for at in range(int(minutes / step) + 1)]
