"""The public instances of PSPLIB, beside the best that is known and beside CP-SAT alone. Their files are not shipped.

Set HOSTCITY_PSPLIB to the folder that holds `best_known.csv` and j30, j60, j120 with their `.rcp` files.
"""

from __future__ import annotations

import csv
import os
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.rows import Bar, Detail, Measured
from hostcity.engines.schedule import FS, Problem
from hostcity.engines.schedule.planning import schedule, verify

#: Sets, and the largest mean gap to the best known that is asked. [%]
ASKED = {"j120": 1.4, "j60": 0.3, "j30": 0.0}
STRETCH = 1.0  # of j120


class Instance(NamedTuple):
    """One public problem."""

    name: str
    set: str
    problem: Problem
    best_known: int


class Solved(NamedTuple):
    """What was made of one."""

    name: str
    best_known: int
    finish: int
    bound: int
    proof: str
    made: int
    beside: int | None  # the end that CP-SAT alone found; None = it was not asked

    @property
    def gap(self) -> float:
        """To the best known. [%]"""
        return 100.0 * (self.finish / self.best_known - 1.0)


def folder() -> Path | None:
    """Where the instances are, when somebody has them."""
    beside = Path(__file__).parents[3] / "shared" / "data" / "psplib"
    where = Path(os.environ.get("HOSTCITY_PSPLIB") or beside)
    return where if (where / "best_known.csv").is_file() else None


def instances(where: Path, of: str, only: set[int] | None = None) -> Iterator[Instance]:
    """Of one set, by their parameters; only some of them."""
    with (where / "best_known.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["set"] == of and (only is None or int(row["par"]) in only):
                name = f"{of}_{row['par']}_{row['inst']}"
                yield Instance(name, of, read(where / of / f"{name}.rcp"), int(row["best_makespan"]))


def read(path: Path) -> Problem:
    """An instance from its text in Patterson's format: counts, capacities, then of each task its duration, demands and followers."""
    numbers = iter(map(int, path.read_text("utf-8").split()))
    tasks, teams = next(numbers), next(numbers)
    capacity = [next(numbers) for _ in range(teams)]
    duration, demand, links = [], [], []
    for task in range(tasks):
        duration.append(float(next(numbers)))
        demand.append([next(numbers) for _ in range(teams)])
        links += [(task, next(numbers) - 1, FS) for _ in range(next(numbers))]
    if (left := next(numbers, None)) is not None:
        raise ValueError(f"{path.name}: {left} stands behind the last task. Is it an instance of Patterson's format?")
    return Problem(
        duration=np.array(duration), link=np.array(links), demand=np.array(demand), capacity=np.array(capacity)
    )


def solve(instance: Instance, *, seconds: float | None, schedules: int | None, beside: bool) -> Solved:
    """On two threads, by time or by a number of schedules; CP-SAT alone has the same seconds."""
    plan = schedule(instance.problem, seconds=seconds, schedules=schedules, threads=2)
    if faults := verify(instance.problem, plan.start):
        raise AssertionError(f"{instance.name}: {faults[0].text}")
    if plan.bound > instance.best_known:
        raise AssertionError(f"{instance.name}: bound {plan.bound:g}, but {instance.best_known} is known")
    alone = by_program(instance.problem, seconds) if beside and seconds is not None else None
    return Solved(instance.name, instance.best_known, int(plan.finish), int(plan.bound), plan.proof, plan.made, alone)


def by_program(problem: Problem, seconds: float) -> int:
    """The end that CP-SAT finds by itself, on two workers; all tasks one after the other when it finds none."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    most = int(problem.duration.sum())
    begins = [model.new_int_var(0, most, "") for _ in problem.duration]
    spans = [
        model.new_fixed_size_interval_var(begin, int(long), "")
        for begin, long in zip(begins, problem.duration, strict=True)
    ]
    for (before, after, _kind), lag in zip(problem.link.tolist(), problem.start_lag.tolist(), strict=True):
        model.add(begins[after] >= begins[before] + int(lag))
    for of, there_are in enumerate(problem.capacity.tolist()):
        model.add_cumulative(spans, problem.demand[:, of].tolist(), there_are)
    finish = model.new_int_var(0, most, "")
    model.add_max_equality(finish, [begin + int(long) for begin, long in zip(begins, problem.duration, strict=True)])
    model.minimize(finish)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    status = solver.solve(model)
    return int(solver.value(finish)) if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else most


def measure(
    sets: tuple[str, ...] = tuple(ASKED),
    *,
    seconds: float | None = 10.0,
    schedules: int | None = None,
    only: set[int] | None = None,
    beside: bool = True,
) -> Measured:
    """All bars and a table for each set; says so when the files are absent."""
    where = folder()
    if where is None:
        return Measured(
            (Bar("PSPLIB", "its files", "not measured: set HOSTCITY_PSPLIB to the folder that holds them"),)
        )
    effort = f"{seconds:g} s on 2 threads" if seconds is not None else f"{schedules:,} schedules"
    bars: list[Bar] = []
    details = []
    for of in sets:
        solved = []
        for each in instances(where, of, only):
            solved.append(solve(each, seconds=seconds, schedules=schedules, beside=beside))
            print(*solved[-1], f"{solved[-1].gap:.2f} %", flush=True)
        bars += _bars(of, effort, solved)
        details.append(_detail(of, solved))
    return Measured(tuple(bars), tuple(details))


def _bars(of: str, effort: str, solved: list[Solved]) -> Iterator[Bar]:
    gap = statistics.fmean(each.gap for each in solved)
    best, proved = sum(each.gap <= 0 for each in solved), sum(each.proof == "optimal" for each in solved)
    what = f"{of}, {len(solved)} instances, {effort}: "
    told = (
        f"{gap:.2f} % (worst {max(each.gap for each in solved):.1f} %); {best} at best known, {proved} proved optimal"
    )
    alone = [100.0 * (each.beside / each.best_known - 1.0) for each in solved if each.beside is not None]
    if alone:
        told += f"; CP-SAT alone {statistics.fmean(alone):.2f} %, {sum(one <= 0 for one in alone)} at best known"
    if ASKED[of] == 0.0:
        yield Bar(what + "at the known optimum", f"all {len(solved)}", told, best == len(solved))
        return
    stretch = f" (stretch {STRETCH} %)" if of == "j120" else ""
    yield Bar(what + "mean gap to best known", f"≤ {ASKED[of]} %{stretch}", told, gap <= ASKED[of])


def _detail(of: str, solved: list[Solved]) -> Detail:
    heading = ("instance", "best known", "end", "gap", "bound", "proof", "schedules", "CP-SAT alone")
    lines = tuple(
        (
            each.name, str(each.best_known), str(each.finish), f"{each.gap:.2f} %", str(each.bound), each.proof, f"{each.made:,}",
            "–" if each.beside is None else str(each.beside),
        )
        for each in solved
    )  # fmt: skip
    return Detail(f"PSPLIB {of}", heading, lines, "An end is of a schedule that the checker passed.")
