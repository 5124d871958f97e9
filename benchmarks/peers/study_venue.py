"""What the venue of the overload study costs at its full widths: 200,000 visitors, one day."""

from __future__ import annotations

import statistics
from functools import partial

from benchmarks.day import bytes_per_visitor, play_loop
from benchmarks.overload_venue import overload_venue
from benchmarks.peers.costs import REPEATS, cpu_of, fresh
from benchmarks.rows import Bar, Detail
from hostcity.engines.day import rehearse_day
from hostcity.engines.day.rehearse import prepare

VISITORS = 200_000
MOST_S, STRETCH_S = 1.6, 1.0


def fresh_day(visitors: str) -> None:
    """Play it once, in a process of its own."""
    rehearse_day(overload_venue(visitors=int(visitors)), seed=1)


def measure_study_venue(visitors: int = VISITORS) -> tuple[Bar, Detail]:
    """Processor time from plan to results and of the loop alone, medians of three; memory per visitor."""
    plan = overload_venue(visitors=visitors)
    first = rehearse_day(plan, seed=1)
    whole, loop = [], []
    for _ in range(REPEATS):
        whole.append(cpu_of(lambda: rehearse_day(plan, seed=1)))
        day = prepare(plan, seed=1)
        loop.append(cpu_of(partial(play_loop, day)))
    size = bytes_per_visitor(day)
    alone = fresh("benchmarks.peers.study_venue", "fresh_day", str(visitors))
    whole_s, loop_s = statistics.median(whole), statistics.median(loop)
    bar = Bar(
        f"{visitors:,} visitors of the study's venue, processor seconds",
        f"≤ {MOST_S} s (stretch {STRETCH_S} s)",
        f"{whole_s:.2f} s from plan to results ({min(whole):.2f}–{max(whole):.2f}), loop alone {loop_s:.2f} s; "
        f"{size['plan'] + size['state']:.0f} B a visitor",
        whole_s <= MOST_S,
    )
    lines = (
        ("events (moves, services, stays)", f"{first.events:,}, {first.events / whole_s / 1e6:.1f} M a CPU s"),
        ("from plan to results", f"{whole_s:.3f} s CPU"),
        ("loop alone", f"{loop_s:.3f} s CPU"),
        ("plan and state per visitor", f"{size['plan']:.0f} B and {size['state']:.0f} B ({size['state reserved']:.0f} B reserved)"),
        ("results kept per visitor while playing", f"{size['log']:.0f} B"),
        ("fresh process: all of it", f"{alone.cpu_s:.2f} s CPU, peak {alone.peak_mib:.0f} MiB"),
        ("valid", "yes" if first.is_valid else "**no**"),
    )  # fmt: skip
    note = "`benchmarks/overload_venue.py` at width 1.0, routes of an empty venue, step 2 s: 652 nodes, 14 halls, six gates."
    return bar, Detail(f"{visitors:,} visitors of the study's venue", ("what", "measured"), lines, note)
