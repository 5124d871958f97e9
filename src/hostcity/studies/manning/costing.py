"""What the missing people of single shifts cost visitors: queues, less those of the same day with everybody there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import DayResult
from hostcity.plan.lanes import lanes_at
from hostcity.plan.manning import Cell, manned_lanes, manned_most
from hostcity.plan.plan import Plan
from hostcity.studies.attendance import lacking
from hostcity.studies.counted import WAITED, Asked, counted
from hostcity.studies.intervals import t_half_width
from hostcity.studies.played import play_day

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftCost:
    """What the missing people of a post in a band cost visitors, in the mean of the runs."""

    roster: str  # "" = the plan's own
    no_shows: float | None  # share of shifts; None = as each volunteer's probability says
    post: str
    band: str
    station: str
    lacking: float  # heads
    waited_s: float  # more than with everybody there; the station's, by its posts' shares of the lanes that stay closed
    half_width_s: float  # of the 95 % interval (t); nan with one run


def queues_asked(plan: Plan) -> tuple[Asked, ...]:
    """The queues of each station in each time in which it depends on people."""
    return tuple(
        Asked(WAITED, "stations", code, each.starts_s, each.ends_s) for code, table in manned_lanes(plan).items() for each in table
    )  # fmt: skip


def costs_of(
    plan: Plan,
    asked: Sequence[Asked],
    more_s: Floats,
    missing: Sequence[dict[Cell, int]],
    *,
    roster: str = "",
    no_shows: float | None = None,
) -> Iterator[ShiftCost]:
    """A time's cost goes to the posts whose people are missing then, by the lanes that they would keep open.

    Parameters
    ----------
    asked
        As `queues_asked` gives them.
    more_s : float64[asked, runs]
        What was waited more than with everybody there. [s]
    missing
        Heads that are missing, by post and band, of each run.
    """
    bands, runs = {band.code: band for band in plan.bands}, more_s.shape[1]
    cells = {
        cell: float(np.mean([each.get(cell, 0) for each in missing]))
        for cell in sorted({*(cell for each in missing for cell in each)})
    }
    total: dict[Cell, Floats] = {}
    for at, each in enumerate(asked):
        shares = {
            (post.code, band): heads / post.heads_per_lane
            for post in plan.posts if post.station == each.code
            for (code, band), heads in cells.items()
            if code == post.code and bands[band].start_s <= each.starts_s < bands[band].end_s
        }  # fmt: skip
        for cell, share in shares.items():
            total[cell] = total.get(cell, np.zeros(runs)) + more_s[at] * share / sum(shares.values())
    station_of = {post.code: post.station for post in plan.posts}
    for (post, band), waited_s in total.items():
        yield ShiftCost(
            roster=roster, no_shows=no_shows, post=post, band=band, station=station_of[post], lacking=cells[post, band],
            waited_s=float(waited_s.mean()), half_width_s=t_half_width(waited_s) if runs > 1 else math.nan,
        )  # fmt: skip


def is_short(plan: Plan) -> bool:
    """Whether some lane that is planned has not its people, if everybody rostered comes."""
    stations = {row.code: row for row in plan.stations}
    return any(
        manned_most(plan, code, at_s, planned) < planned
        for code, table in manned_lanes(plan).items()
        for each in table
        for at_s in np.arange(each.starts_s, each.ends_s, 900.0).tolist()
        if (planned := lanes_at(plan, stations[code], at_s))
    )


def shift_costs(plan: Plan, day: DayResult) -> tuple[ShiftCost, ...]:
    """The shifts of a played day whose missing people cost visitors most, the dearest first; plays the day once more with everybody.

    Empty where every lane that is planned has its people.
    """
    if not is_short(plan):
        return ()
    asked = queues_asked(plan)
    whole = play_day(plan.replace(shifts=()), seed=day.seed, run=day.run)
    more_s = counted(plan, day, asked)[:, :1] - counted(plan, whole, asked)[:, :1]
    costs = costs_of(plan, asked, more_s, [lacking(plan)])
    return tuple(sorted(costs, key=lambda each: -each.waited_s))
