"""One rehearsal: the day played once, and everything that is said about it. What command and report show."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from hostcity.engines.day.results import DayResult
from hostcity.plan.plan import Plan
from hostcity.plan.scenarios import Scenario
from hostcity.studies.figures import Figures, figures_of
from hostcity.studies.manning import ShiftCost, shift_costs
from hostcity.studies.played import play_day
from hostcity.studies.promise import GateWait, Verdict, gate_waits, verdict_of
from hostcity.studies.replicate import Replications
from hostcity.studies.reported import Compared, compare_reported
from hostcity.studies.swings import Swings, swings_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsal:
    """A played day with its verdict."""

    plan: Plan  # as it was played, scenarios and overrides carried out
    overrides: tuple[str, ...]
    day: DayResult
    verdict: Verdict
    gates: tuple[GateWait, ...]  # the worst first
    figures: Figures
    reported: tuple[Compared, ...]
    swings: Swings | None  # None = not asked for
    wall_s: float  # from reading the plan's rows to the last figure; outside of every hash
    peak_mib: float  # largest memory of this process so far
    scenarios: tuple[Scenario, ...] = ()  # that happen on the day
    shifts: tuple[ShiftCost, ...] = ()  # whose missing people cost visitors most
    many: Replications | None = None  # the day played many times, with what the plan says may vary


def rehearse(
    plan: Plan,
    *,
    seed: int = 1,
    scenarios: tuple[Scenario, ...] = (),
    overrides: tuple[str, ...] = (),
    with_swings: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Rehearsal:
    """Play the day of ``plan``, which has its scenarios and overrides carried out already, and judge it."""
    began = time.perf_counter()
    day = play_day(plan, seed=seed, progress=progress)
    return Rehearsal(
        plan=plan,
        scenarios=scenarios,
        overrides=overrides,
        day=day,
        verdict=verdict_of(plan, day),
        gates=gate_waits(plan, day),
        figures=figures_of(plan, day),
        reported=compare_reported(plan, day),
        swings=swings_of(plan, seed=seed) if with_swings else None,
        shifts=shift_costs(plan, day),
        wall_s=time.perf_counter() - began,
        peak_mib=peak_memory_mib(),
    )


def peak_memory_mib() -> float:
    """Largest memory that this process has held. [MiB]"""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024
