"""A preparation of 2,000 tasks and 130 teams that is disrupted: whom each way of mending it tells of another time."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from benchmarks.rows import Bar, Detail, Measured
from benchmarks.schedule.plans import TEAMS, expo
from hostcity.engines.schedule import Problem
from hostcity.engines.schedule.planning import repair, schedule, verify

TASKS = 2000
SEEDS = 10
AT, HIT, STRETCH = 0.4, 0.04, (1.3, 2.5)  # of the plan that has gone by; of open tasks that take longer; times as long
FREEZE = 6  # half-days: three days


class Told(NamedTuple):
    """What one way of mending does."""

    finish: float
    teams: int
    tasks: int
    shift: float  # half-days, of all tasks together
    took_s: float


def disrupted(problem: Problem, start: np.ndarray, seed: int) -> tuple[Problem, float]:
    """Some open tasks take longer; and when it is."""
    rng = np.random.default_rng(seed + 1000)
    now = float(int(AT * (start + problem.duration).max()))
    is_open = np.flatnonzero(start + problem.duration > now)
    hit = rng.choice(is_open, int(HIT * is_open.size), replace=False)
    duration = problem.duration.copy()
    duration[hit] = np.ceil(duration[hit] * rng.uniform(*STRETCH, hit.size))
    return replace(problem, duration=duration, optimistic=duration, pessimistic=duration), now


def afresh(problem: Problem, start: np.ndarray, now: float, seconds: float) -> np.ndarray:
    """Scheduled anew from now on, as if nobody knew a time; what has begun stays."""
    begun = start < now
    held = replace(problem, release=np.where(begun, start, now))
    keep = ~begun[held.link[:, 1]]
    held = replace(held, link=held.link[keep], lag=held.lag[keep])
    return schedule(held, seconds=seconds, threads=2, proof_s=0.0).start


def ways(seed: int, seconds: float) -> dict[str, Told]:
    """All ways of mending one disruption."""
    problem = expo(TASKS, seed=seed)
    plan = schedule(problem, schedules=600, seed=seed, threads=2)
    now_problem, now = disrupted(problem, plan.start, seed)
    found = {}
    for name, act in (
        ("pushed back", lambda: repair(now_problem, plan.start, now=now, freeze=FREEZE, seconds=0).start),
        ("mended", lambda: repair(now_problem, plan.start, now=now, freeze=FREEZE, seconds=seconds, threads=2).start),
        ("scheduled afresh", lambda: afresh(now_problem, plan.start, now, 2.0)),
    ):
        began = time.monotonic()
        start = act()
        took_s = time.monotonic() - began
        if faults := verify(now_problem, start):
            raise AssertionError(faults[0].text)
        found[name] = _told(now_problem, plan.start, start, took_s)
    return found


def _told(problem: Problem, was: np.ndarray, start: np.ndarray, took_s: float) -> Told:
    moved = start != was
    teams = int((problem.demand[moved] > 0).any(axis=0).sum())
    return Told(
        float((start + problem.duration).max()), teams, int(moved.sum()), float(np.abs(start - was).sum()), took_s
    )


def measure(seconds: float = 10.0, seeds: int = SEEDS) -> Measured:
    """Ten disruptions."""
    all_ = [ways(seed, seconds) for seed in range(1, seeds + 1)]
    mended, pushed, fresh = ([each[name] for each in all_] for name in ("mended", "pushed back", "scheduled afresh"))
    than_pushed = statistics.median(1 - one.teams / other.teams for one, other in zip(mended, pushed, strict=True))
    than_fresh = statistics.median(1 - one.teams / other.teams for one, other in zip(mended, fresh, strict=True))
    later = sum(one.finish > other.finish for one, other in zip(mended, pushed, strict=True))
    what = f"{TASKS:,} tasks, {TEAMS} teams, {seeds} disruptions, {seconds:g} s on 2 threads"
    bars = (
        Bar(f"{what}: plans that end later than pushed back", "0", str(later), later == 0),
        Bar(f"{what}: fewer teams told than pushed back, median", "≥ 10 %", f"{100 * than_pushed:.0f} %", than_pushed >= 0.1),
        Bar(f"{what}: fewer teams told than scheduled afresh, median", "≥ 25 %", f"{100 * than_fresh:.0f} %", than_fresh >= 0.25),
    )  # fmt: skip
    lines = tuple(
        (str(seed), *(f"{one.finish:.0f}, {one.teams}, {one.tasks}, {one.shift:,.0f}" for one in each.values()))
        for seed, each in enumerate(all_, 1)
    )
    note = "Each: end in half-days, teams told, tasks moved, sum of their moves in half-days."
    detail = Detail("Mending a disrupted preparation", ("seed", *all_[0]), lines, note)
    return Measured(bars, (detail,))
