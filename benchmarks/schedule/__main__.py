"""Print the tables: `python -m benchmarks.schedule [psplib] [repair] [forecast]`; none of them means all. It takes about an hour."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from benchmarks.rows import Measured, bars_table, detail_table

QUIET = 1.3  # load of a machine on which nothing else runs
SETS = ("j120", "j60", "j30")


def main(words: list[str]) -> int:
    """Those named, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedule", description=__doc__)
    parser.add_argument(
        "which",
        nargs="*",
        metavar="which",
        help="psplib: public instances; repair: a disrupted preparation; forecast: probabilities",
    )
    parser.add_argument("--sets", default=",".join(SETS), help="of psplib, with commas")
    parser.add_argument("--only", default="", help="of psplib: parameter sets, with commas")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each, by the clock")
    parser.add_argument(
        "--schedules", type=int, help="of psplib: so many instead of seconds, for a machine that others load"
    )
    parser.add_argument("--seeds", type=int, default=10, help="of repair: disruptions")
    given = parser.parse_args(words)
    benchmarks: dict[str, Callable[[], Measured]] = {
        "psplib": lambda: _psplib(given), "repair": lambda: _repair(given), "forecast": _forecast,
    }  # fmt: skip
    if unknown := [name for name in given.which if name not in benchmarks]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(benchmarks)}")
    for name in given.which or benchmarks:
        measured = benchmarks[name]()
        print("\n\n".join([bars_table(measured.bars), *map(detail_table, measured.details)]), flush=True)
    if (load := os.getloadavg()[0]) > QUIET:
        print(
            f"Measured beside other work (load {load:.1f} at the end): what time bounds would be better on a quiet machine."
        )
    return 0


def _psplib(given: argparse.Namespace) -> Measured:
    from benchmarks.schedule.psplib import measure

    only = {int(each) for each in given.only.split(",")} if given.only else None
    seconds = None if given.schedules else given.seconds
    return measure(tuple(given.sets.split(",")), seconds=seconds, schedules=given.schedules, only=only)


def _repair(given: argparse.Namespace) -> Measured:
    from benchmarks.schedule.disrupted import measure

    return measure(given.seconds, given.seeds)


def _forecast() -> Measured:
    from benchmarks.schedule.forecasts import measure

    return measure()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
