"""Many runs: a hundred demonstration days on two processes, and what a day costs by its size."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import numpy as np

from benchmarks.memory import pss_mib
from benchmarks.processes import run_python
from benchmarks.rows import Bar, Detail, Measured
from hostcity.engines.day import rehearse_day
from hostcity.plan import Plan, read_plan
from hostcity.plan.overrides import apply_overrides
from hostcity.studies.replicate import replicate_day
from hostcity.studies.runs.local import LocalPool

DEMONSTRATION = Path(__file__).parents[1] / "examples" / "ciie2019"
RUNS, PROCESSES = 100, 2
MOST_WALL_S, MOST_MIB = 480.0, 1_100.0
SIZES = (50_000, 230_000, 500_000, 1_000_000)
MACHINES, CORES = 100, 32  # on paper


#: In a process of its own, as the command is: this one holds what the other benchmarks have loaded.
A_HUNDRED = "import json; from benchmarks.many import hundred; print(json.dumps(hundred()))"


def measure() -> Measured:
    """A hundred runs with their memory; then one day of four sizes, the venue as much larger as its crowd."""
    wall_s, cpu_s, mib = json.loads(run_python(A_HUNDRED))
    law, lines = _law(read_plan(DEMONSTRATION))
    bars = (
        Bar(f"{RUNS} runs of the demonstration day, {PROCESSES} processes", f"≤ {MOST_WALL_S / 60:.0f} min wall",
            f"{wall_s / 60:.1f} min wall, {cpu_s:.2f} s CPU a day", wall_s <= MOST_WALL_S),
        Bar("memory of all its processes", f"≤ {MOST_MIB:,.0f} MiB", f"{mib:,.0f} MiB (PSS, most)", mib <= MOST_MIB),
    )  # fmt: skip
    per_run_s = wall_s * PROCESSES / RUNS
    paper = (
        f"Cost law, least squares on the logarithms: CPU = {law[1] * 1e6:.2f} µs x persons^{law[0]:.2f} (the smallest size "
        f"weighs as much as the largest). On paper: {MACHINES} machines of {CORES} cores play "
        f"{MACHINES * CORES * 3600 / per_run_s:,.0f} such days an hour, if memory bandwidth scales with cores as from one to "
        f"two here; a run sends some 0.3 MB, {MACHINES * CORES / per_run_s * 0.3:,.0f} MB/s in all."
    )
    return Measured(
        bars,
        (
            Detail(
                "What a day costs by its size",
                ("persons", "CPU s", "µs a person", "million events/s", "valid"), lines, note=paper,
            ),
        ),
    )  # fmt: skip


def hundred() -> tuple[float, float, float]:
    """All runs from this process: wall seconds, mean processor seconds of a day, most memory of all processes [MiB]."""
    plan = read_plan(DEMONSTRATION)
    pool, most, done = LocalPool(PROCESSES), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            most[0] = max(most[0], sum(map(pss_mib, ("self", *map(str, pool.pids())))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    try:
        many = replicate_day(plan, runs=RUNS, pool=pool)
    finally:
        wall_s = time.perf_counter() - began
        done.set()
        watcher.join()
        pool.close()
    return wall_s, sum(each.cpu_s for each in many.results) / many.runs, most[0]


def _law(plan: Plan) -> tuple[tuple[float, float], tuple[tuple[str, ...], ...]]:
    lines, costs = [], []
    for persons in SIZES:
        day = rehearse_day(_as_large(plan, persons))
        costs.append(day.cpu_s)
        lines.append(
            (f"{persons:,}", f"{day.cpu_s:.2f}", f"{day.cpu_s / persons * 1e6:.1f}", f"{day.events / day.cpu_s / 1e6:.1f}",
             "yes" if day.is_valid else "no")
        )  # fmt: skip
    slope, offset = np.polyfit(np.log(SIZES), np.log(costs), 1)
    return (float(slope), float(np.exp(offset))), tuple(lines)


def _as_large(plan: Plan, persons: int) -> Plan:
    """The demonstration with so many people, and as much more room, lanes and trains."""
    share = persons / sum(row.persons for row in plan.streams)
    changes = ("streams.*.persons", "appointments.*.persons", "links.*.width_m")
    scaled = apply_overrides(plan.replace(provenance=()), [f"{each}*={share}" for each in changes])
    trains = [row.code for row in plan.stations if row.batch_persons]
    lanes = [row.code for row in plan.stations if not row.batch_persons]
    floors = [row.code for row in plan.nodes if row.floor_m2 is not None]
    return apply_overrides(
        scaled,
        [
            *(f"stations.{code}.lanes*={share}" for code in lanes),
            *(f"stations.{code}.batch_persons*={share}" for code in trains),
            *(f"nodes.{code}.floor_m2*={share}" for code in floors),
        ],
    )
