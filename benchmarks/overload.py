"""How a day goes when every link and door is too narrow: ``python -m benchmarks.overload [--width 0.25] [--seeds 1,2,3]``.

Plays the invented venue of `benchmarks.overload_venue` at a half, 0.35, a quarter and 0.15 of its widths, with routes
fixed and renewed every 10 minutes, three seeds each, and prints one row per cell. What must hold in every cell:
everybody home, no link above 4 persons/m2 at any step, no floor above 3. Exit code 1 when it does not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.overload_venue import overload_venue
from hostcity.engines.day import DayResult, rehearse_day
from hostcity.engines.day.results import HOME

WIDTHS = (0.5, 0.35, 0.25, 0.15)
UPDATES_S = (0.0, 600.0)
SEEDS = (1, 2, 3)
VISITORS = 200_000
DAY_MINUTES = 24 * 60  # p99.9 is over these
COLUMNS = (
    "cell", "home", "max /m2", "p99.9", "mean stay h", "last home h", "max floor /m2", "gate queue", "held outside",
    "rotations", "CPU s",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the cells that are asked for and print their table."""
    options = argparse.ArgumentParser(description="Overload: the table of docs/explanation/overload.md")
    options.add_argument("--width", type=float, action="append", help="only this width (may be repeated)")
    options.add_argument("--seeds", default=",".join(map(str, SEEDS)), help="seeds, separated by commas")
    options.add_argument("--visitors", type=int, default=VISITORS)
    asked = options.parse_args(arguments)
    rehearse_day(overload_venue(visitors=600))  # compile
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS), flush=True)
    is_good = True
    for width in asked.width or WIDTHS:
        for update_s in UPDATES_S:
            plan = overload_venue(visitors=asked.visitors, width=width, route_update_s=update_s)
            days = [rehearse_day(plan, seed=int(seed)) for seed in asked.seeds.split(",")]
            how = "static" if update_s == 0.0 else "re-routed"
            print(row_of(f"x{width:g} {how}", days, asked.visitors), flush=True)
            is_good = is_good and all(is_kept(day, asked.visitors) for day in days)
    return 0 if is_good else 1


def is_kept(day: DayResult, visitors: int) -> bool:
    """Whether everybody is home and no cap was broken."""
    home = int((day.visitor_end == HOME).sum())
    return (
        home == visitors
        and day.is_valid
        and float(day.link_peak_per_m2.max()) <= 4.0
        and float(np.nanmax(day.floor_peak_per_m2)) <= 3.0
    )


def row_of(cell: str, days: Sequence[DayResult], visitors: int) -> str:
    """One line of the table: the figures of each seed, separated by slashes."""
    homes = [int((day.visitor_end == HOME).sum()) for day in days]
    home = f"{visitors:,} x {len(days)}" if set(homes) == {visitors} else " / ".join(f"{each:,}" for each in homes)
    figures = (
        ("{:.2f}", [float(day.link_peak_per_m2.max()) for day in days]),
        ("{:.2f}", [float(np.quantile(day.link_density_per_m2[:DAY_MINUTES], 0.999)) for day in days]),
        ("{:.2f}", [float(np.nanmean(day.visitor_left_s - day.visitor_arrive_s)) / 3600.0 for day in days]),
        ("{:.2f}", [float(np.nanmax(day.visitor_left_s)) / 3600.0 for day in days]),
        ("{:.2f}", [float(np.nanmax(day.floor_peak_per_m2)) for day in days]),
        ("{:,}", [_gate_queue(day) for day in days]),
        ("{:,}", [int(day.held_outside.max()) for day in days]),
        ("{:,}", [day.rotations for day in days]),
        ("{:.2f}", [day.cpu_s for day in days]),
    )
    cells = [cell, home, *(" / ".join(how.format(each) for each in values) for how, values in figures)]
    return "| " + " | ".join(cells) + " |"


def _gate_queue(day: DayResult) -> int:
    """Most persons who waited at security at once, all gates together."""
    gates = [at for at, code in enumerate(day.station_codes) if code.endswith("-security")]
    return int(day.station_queue[gates].sum(axis=0).max())


if __name__ == "__main__":
    sys.exit(main())
