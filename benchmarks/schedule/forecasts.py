"""The bars of the forecast: time beside peers, exact and fast dispatching, who drives the risk, where effort goes, calibration."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.peers.costs import is_installed, versioned
from benchmarks.rows import Bar, Detail, Measured
from benchmarks.schedule import peers
from benchmarks.schedule.plans import DRIVERS, expo
from benchmarks.schedule.quality import calibration, drivers_bar, effort_bar
from hostcity.engines.schedule import Problem
from hostcity.engines.schedule.forecast import Execution, Forecast, bracket, forecast

TASKS, SAMPLES, THREADS = 2000, 10_000, 2
REPEATS = 7
PLANS = 4  # networks on which the fast mode is compared
SHARES = (0.2, 0.5, 0.8)  # of samples kept at the dates at which it is


def took(act: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: the least of some times."""
    walls, cpus = [], []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return min(walls), min(cpus)


def measure() -> Measured:
    """All bars."""
    bracket(expo(60), samples=64)  # compiled
    spans, detail = _brackets()
    shown, reliability = calibration()
    return Measured((*_times(), *spans, drivers_bar(), effort_bar(), *shown), (detail, reliability))


def _times() -> list[Bar]:
    plan, alone = expo(TASKS), expo(TASKS, teams=False)

    def run(execution: Execution, problem: Problem = plan, ends: bool = False) -> tuple[float, float]:
        return took(lambda: forecast(problem, execution=execution, samples=SAMPLES, ends=ends, threads=THREADS))

    size = f"{TASKS:,} tasks x {SAMPLES:,} samples x {DRIVERS} drivers"
    wall, cpu = run("unlimited", alone)
    bars = [
        Bar(
            f"{size}, criticality, no teams, {THREADS} threads", "≤ 60 ms by the clock", _told(wall, cpu), wall <= 0.06
        ),
        Bar("the same with quantiles of each task", "–", _told(*run("unlimited", alone, ends=True))),
        Bar("the same in the plan's order of 130 teams", "–", _told(*run("order"))),
    ]
    rules: tuple[tuple[Execution, str, float], ...] = (
        ("dispatch", "≤ 3 s (stretch 1.5 s)", 3.0),
        ("dispatch_fast", "≤ 200 ms", 0.2),
    )
    for execution, asked, most in rules:
        found = run(execution)
        bars.append(Bar(f"{size}, 130 teams, {execution}", f"{asked} by the clock", _told(*found), found[0] <= most))
    return [*bars, *_peers(alone, cpu)]


def _told(wall: float, cpu: float) -> str:
    return f"{1000 * wall:,.0f} ms by the clock, {1000 * cpu:,.0f} ms of processors"


def _peers(plan: Problem, ours: float) -> list[Bar]:
    """Processor time beside ours, and whether what can be compared is the same."""
    ends, theirs = peers.by_numpy(plan, SAMPLES), forecast(plan, execution="unlimited", samples=SAMPLES)
    apart = np.abs(ends.quantiles - np.quantile(theirs.finish, (0.1, 0.5, 0.9)))
    critical = np.abs(ends.criticality - theirs.criticality).max()
    _, cpu = took(lambda: peers.by_numpy(plan, SAMPLES), 2)
    said = f"{cpu / ours:.0f}x ours ({cpu:.2f} s of processors); P10, P50, P90 within {apart.max():.2f} half-days, criticality within {critical:.3f}"
    bars = [
        Bar(
            "beside NumPy by hand, drivers and criticality",
            "same results",
            said,
            bool(apart.max() < 1 and critical < 0.02),
        )
    ]
    for package, act, least in (("pmcontrols", peers.by_pmcontrols, 30), ("trueppm-scheduler", peers.by_trueppm, 100)):
        if not is_installed(package.replace("-", "_")):
            bars.append(Bar(f"beside {package}", f"≥ {least}x", "not installed: `pip install` it"))
            continue
        _, cpu = took(lambda act=act: act(plan, SAMPLES), 1)
        said = f"{cpu / ours:.0f}x ours ({cpu:.1f} s of processors), no drivers"
        bars.append(Bar(f"beside {versioned(package, package)}", f"≥ {least}x", said, cpu >= least * ours))
    return bars


def _brackets() -> tuple[list[Bar], Detail]:
    """Rules beside one another, and the fast mode beside the exact one."""
    rows, worst, errors = [], 0.0, []
    rules: tuple[Execution, ...] = ("unlimited", "order", "dispatch_fast")
    for seed in range(1, PLANS + 1):
        plan = expo(TASKS, seed=seed)
        exact = forecast(plan, execution="dispatch", samples=SAMPLES, ends=False)
        for share in SHARES:
            dated = due(plan, exact.quantile(share))
            told = {rule: _of(dated, rule) for rule in rules}
            true = exact.by(dated.need_by[-1])
            errors.append(told["dispatch_fast"].probability - true)
            worst = max(worst, abs(errors[-1]))
            rows.append(
                (
                    f"{seed}",
                    f"{dated.need_by[-1]:.0f}",
                    f"{true:.3f}",
                    *(f"{each.probability:.3f}" for each in told.values()),
                )
            )
    spread = float(np.sqrt(np.mean(np.square(errors))))
    bar = Bar(
        f"dispatch_fast beside dispatch, {PLANS} plans at {len(SHARES)} dates: ΔP", "≤ 0.03", f"at most {worst:.3f}, root mean square {spread:.3f}", worst <= 0.03
    )  # fmt: skip
    return [bar], Detail(
        "P(ready) by rule, 130 teams of two, the same samples",
        ("plan", "needed by [half-days]", "dispatch", "unlimited", "order", "dispatch_fast"),
        tuple(rows),
    )


def _of(plan: Problem, rule: Execution) -> Forecast:
    return forecast(plan, execution=rule, samples=SAMPLES, ends=False)


def due(plan: Problem, date: float) -> Problem:
    """The plan, its opening needed by a date."""
    need_by = np.full(len(plan.duration), np.inf)
    need_by[-1] = date
    return replace(plan, need_by=need_by)
