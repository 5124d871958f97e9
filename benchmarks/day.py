"""What the demonstration day costs: processor time, memory, bytes per visitor, and the command from typing to report."""

from __future__ import annotations

import importlib.util
import json
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from examples.ciie2019.build import build_plan
from numpy.typing import NDArray

from benchmarks.processes import ROOT, run_python
from benchmarks.rows import Bar, Detail, Measured
from hostcity.engines.day import rehearse_day
from hostcity.engines.day._kernels import layout
from hostcity.engines.day._kernels.day import play
from hostcity.engines.day.rehearse import Day, prepare
from hostcity.plan.files import read_plan
from hostcity.plan.plan import Plan
from hostcity.plan.workbook import write_workbook

EXAMPLE = ROOT / "examples" / "ciie2019"
MIB = 1024.0**2
REPEATS = 3

#: Played in a process of its own.
FRESH_PROCESS = """
import json, sys, time
began = time.perf_counter()
from hostcity.engines.day import rehearse_day
from hostcity.plan.files import read_plan
plan = read_plan(sys.argv[1])
read_s = time.process_time()
result = rehearse_day(plan)
from benchmarks.processes import own_peak_bytes
print(json.dumps({
    "peak_bytes": own_peak_bytes(), "read_cpu_s": read_s, "cpu_s": time.process_time(),
    "wall_s": time.perf_counter() - began, "sha256": result.results_sha256,
}))
"""


def own_bytes(arrays: Iterable[NDArray[np.generic]], persons: int) -> int:
    """Bytes of those arrays that grow with the number of persons; an array that appears twice counts once."""
    seen: dict[int, int] = {}
    for each in arrays:
        if each.size >= persons:
            seen[each.__array_interface__["data"][0]] = each.nbytes
    return sum(seen.values())


def play_loop(day: Day) -> None:
    """The compiled loop alone, from the first step to the last."""
    play(
        day.network.net, day.rules, day.people, day.service, day.control, day.crowd, day.log, day.hops, day.speeds, 0,
        day.rules.steps,
    )  # fmt: skip


def bytes_per_visitor(day: Day) -> dict[str, float]:
    """Bytes per visitor of plan, state and log of a day that has been played.

    State is counted as reserved (all rows of its arrays) and as taken: rows beyond the most that were ever in use are
    never written, and the system gives no memory for them.
    """
    persons = day.people.arrive_s.size
    counters = day.crowd.counters
    # Arrays of the network may be longer than a small day has visitors: they are named, not found by size.
    of_persons = ("due", "walking", "pool", "chunk", "landing")
    state = [getattr(day.crowd, name) for name in of_persons]
    logged = [each for each in day.log if isinstance(each, np.ndarray) and each.shape[0] >= persons]
    taken = (
        day.crowd.due.nbytes  # filled at the beginning
        + day.crowd.landing.nbytes
        + int(counters[layout.ARENA_USED]) * layout.WALKING.itemsize
        + int(counters[layout.POOL_USED]) * layout.QUEUED.itemsize
        + int(counters[layout.CHUNK_USED]) * layout.ENDING.itemsize
    )
    return {
        "plan": own_bytes([*day.people, *day.chosen], persons) / persons,
        "of it stops": day.people.stop.nbytes / persons,
        "state": taken / persons,
        "state reserved": sum(each.nbytes for each in state) / persons,
        "log": own_bytes(logged, persons) / persons,
    }


def measure_command(repeats: int = REPEATS) -> Bar:
    """`hostcity rehearse examples/ciie2019`, from typing to report, by the clock on the wall."""
    what = "`hostcity rehearse examples/ciie2019`, from typing to report, compiled"
    asked = "≤ 12 s"
    if importlib.util.find_spec("hostcity.site.command") is None or not (EXAMPLE / "expo.xlsx").exists():
        return Bar(what, asked, "not measured: the command or the workbook is not there")
    walls = []
    for _ in range(repeats + 1):  # the first warms the disk's cache
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            run_python(
                "from hostcity.site.command import main; main()",
                "rehearse",
                str(EXAMPLE),
                "--out",
                str(Path(folder) / "out"),
            )
            walls.append(time.perf_counter() - began)
    wall_s = statistics.median(walls[1:])
    return Bar(what, asked, f"{wall_s:.1f} s wall ({min(walls[1:]):.1f}–{max(walls[1:]):.1f})", wall_s <= 12.0)


def _plan_and_workbook(folder: str) -> tuple[Plan, str]:
    if (EXAMPLE / "expo.xlsx").exists():
        return read_plan(EXAMPLE), str(EXAMPLE)
    workbook = Path(folder) / "expo.xlsx"
    write_workbook(build_plan(), workbook)
    return read_plan(workbook), str(workbook)


def measure() -> Measured:
    """The demonstration day, compiled, on one core."""
    with tempfile.TemporaryDirectory() as folder:
        plan, workbook = _plan_and_workbook(folder)
        first = rehearse_day(plan)  # compiles when nobody has yet
        spent = []
        for _ in range(REPEATS):
            began = time.process_time()
            rehearse_day(plan)
            spent.append(time.process_time() - began)
        fresh = [json.loads(run_python(FRESH_PROCESS, workbook, threads=each)) for each in (None, 1, 2)]
    day = prepare(plan, seed=1)
    play_loop(day)
    cpu_s = statistics.median(spent)
    peak_mib = max(each["peak_bytes"] for each in fresh) / MIB
    entries = sum(int((first.visitor_group == at).sum()) for at, row in enumerate(plan.groups) if row.counts_as_entry)
    size = bytes_per_visitor(day)
    same = all(each["sha256"] == first.results_sha256 for each in fresh)
    persons = first.visitor_arrive_s.size
    bars = (
        Bar(
            f"demonstration day, {entries:,} entries ({persons:,} persons), one core, compiled: processor time",
            "≤ 3 s (stretch 1.5 s)",
            f"{cpu_s:.2f} s ({min(spent):.2f}–{max(spent):.2f}), {first.events / cpu_s / 1e6:.1f} M events/s",
            cpu_s <= 3.0,
        ),
        Bar("peak memory of a fresh process that reads the workbook and plays the day", "≤ 350 MiB", f"{peak_mib:.0f} MiB", peak_mib <= 350.0),
        Bar(
            "state + plan per visitor",
            "≤ 240 B",
            f"{size['plan'] + size['state']:.0f} B taken (plan {size['plan']:.0f}, state {size['state']:.0f}); {size['plan'] + size['state reserved']:.0f} B reserved",
            size["plan"] + size["state"] <= 240.0,
        ),
        measure_command(),
        Bar(
            "same seed, same results_sha256: this process, fresh processes with any, 1 and 2 NUMBA_NUM_THREADS",
            "equal",
            "equal" if same else "different",
            same,
        ),
    )  # fmt: skip
    lines = (
        ("events (moves, services, stays)", f"{first.events:,}"),
        ("steps of 2 s", f"{day.rules.steps:,}"),
        ("links, nodes, stations", f"{len(plan.links)}, {len(plan.nodes)}, {len(plan.stations)}"),
        ("fresh process: imports and reading the workbook", f"{statistics.median(e['read_cpu_s'] for e in fresh):.2f} s CPU"),
        ("fresh process: all of it", f"{statistics.median(e['cpu_s'] for e in fresh):.2f} s CPU, {statistics.median(e['wall_s'] for e in fresh):.2f} s wall"),
        ("plan per visitor, of it stops", f"{size['plan']:.1f} B, {size['of it stops']:.1f} B"),
        ("results kept per visitor while playing", f"{size['log']:.1f} B"),
    )  # fmt: skip
    note = (
        "Plan: time, place of arrival, speed, draw key, choices and 8 bytes for each stop. State: what the loop holds of "
        "people on links, in queues and at stays. Taken: rows that were ever in use, since memory that is never written "
        "is never taken from the system; reserved: all rows. The log (entry, leaving, waits of every service, replay sample) is the result, not counted there."
    )
    return Measured(bars, (Detail("The demonstration day", ("what", "measured"), lines, note),))
