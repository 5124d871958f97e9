"""One run of a day, and what of it travels: figures and curves, some 100 kB instead of the day's 100 MB."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import DayResult
from hostcity.plan.json_form import plan_from_json
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.studies.counted import Asked, counted
from hostcity.studies.drawn import Drawn, drawn_plan
from hostcity.studies.played import play_day
from hostcity.studies.promise import entry_times, quarter_p99_s
from hostcity.studies.run_figures import run_figures

SLOT_MINUTES = 5  # curves of persons
LINK_MINUTES = 15  # the heat map of links


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What is played: a plan as JSON, what is changed in it, and the seed of its draws."""

    plan_json: str
    seed: int
    changes: tuple[str, ...] = ()  # overrides: only they travel when many variants of one plan are tried
    asked: tuple[Asked, ...] = ()  # what is counted on the day, beside its figures


@dataclass(frozen=True, kw_only=True, slots=True)
class RunResult:
    """One played run, reduced.

    Shapes: ``F`` names of `figure_names`, ``A`` areas, ``L`` links, ``Q`` quarters of an hour, ``T`` slots of five
    minutes, ``C`` counts that were asked for; all times begin at the clock's start.
    """

    run: int
    plan_sha256: str  # of the plan as it was drawn: with it and run, the day can be played again
    results_sha256: str  # of the whole day's results
    drawn: tuple[Drawn, ...]
    kept: bool
    is_valid: bool
    figures: NDArray[np.float64]  # [F]
    entry_p99_s: NDArray[np.float64]  # [Q] by the quarter of joining; 0 = nobody joined; inf = never got in
    inside: NDArray[np.int32]  # [T] most persons on areas inside at once
    area_persons: NDArray[np.int32]  # [A, T] most at once
    link_per_m2: NDArray[np.float32]  # [Q, L] mean density
    counts: NDArray[np.float64]  # [C, 2] value and spread, see `hostcity.studies.counted`
    cpu_s: float  # outside of every hash
    is_void: bool = False  # nobody joined a queue: no promise was tried, and ``kept`` says nothing

    def into(self, digest: hashlib._Hash) -> None:
        """Add all that the result says to a hash."""
        drawn = [(each.uncertainty, each.key, float(each.value).hex()) for each in self.drawn]
        words = (self.run, self.plan_sha256, self.results_sha256, drawn, self.kept, self.is_valid)
        digest.update(repr(words).encode())
        arrays: list[NDArray[Any]] = [self.figures, self.entry_p99_s, self.inside, self.area_persons, self.link_per_m2]
        if self.counts.size:  # a day of which nothing else was asked is the same day
            arrays.append(self.counts)
        for array in arrays:
            digest.update(f"{array.dtype.str}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())


_last_read: tuple[str, Plan] | None = None


def play_run(work: Work, run: int) -> RunResult:
    """Draw and play run ``run``. The same work and run give the same result in any process of one platform."""
    global _last_read  # noqa: PLW0603 -- a process plays the same plan many times, and reads it once
    if _last_read is None or _last_read[0] != work.plan_json:
        _last_read = work.plan_json, plan_from_json(work.plan_json)
    plan, drawn = drawn_plan(apply_overrides(_last_read[1], work.changes), seed=work.seed, run=run)
    began = time.process_time()
    day = play_day(plan, seed=work.seed, run=run)
    return reduced(plan, day, drawn, asked=work.asked, cpu_s=time.process_time() - began)


def reduced(
    plan: Plan,
    day: DayResult,
    drawn: tuple[Drawn, ...] = (),
    *,
    asked: tuple[Asked, ...] = (),
    cpu_s: float = 0.0,
) -> RunResult:
    """What of a played day is kept of many."""
    verdict, figures = run_figures(plan, day)
    joined_s, entry_s = entry_times(day)
    queued = ~np.isnan(joined_s)
    took = np.nan_to_num(entry_s[queued], nan=np.inf)
    is_inside = np.array([row.inside for row in plan.areas], bool)
    inside = day.area_persons[is_inside].sum(axis=0, keepdims=True)
    return RunResult(
        run=day.run,
        plan_sha256=day.plan_sha256,
        results_sha256=day.results_sha256,
        drawn=drawn,
        kept=verdict.kept,
        is_valid=day.is_valid,
        is_void=verdict.is_void,
        figures=figures,
        entry_p99_s=quarter_p99_s(plan, joined_s[queued], took),
        inside=_slots(inside, SLOT_MINUTES).max(axis=2)[0].astype(np.int32),
        area_persons=_slots(day.area_persons, SLOT_MINUTES).max(axis=2).astype(np.int32),
        link_per_m2=_slots(day.link_density_per_m2.T, LINK_MINUTES).mean(axis=2).T.astype(np.float32),
        counts=counted(plan, day, asked),
        cpu_s=cpu_s,
    )


def _slots(by_minute: NDArray[np.generic], minutes: int) -> NDArray[np.generic]:
    """Rows by minute [R, M] as [R, slots, minutes]; a last slot that is not full repeats its last minute."""
    rows, count = by_minute.shape
    slots = -(-count // minutes)
    padded = np.pad(by_minute, ((0, 0), (0, slots * minutes - count)), mode="edge")
    return padded.reshape(rows, slots, minutes)
