"""What changes between two plans: both played with the same draws, run by run, and the differences with intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.json_form import plan_to_json
from hostcity.plan.plan import Plan
from hostcity.studies.intervals import LEAST_DIFFERING, is_told_from_0, t_half_width, t_quantile
from hostcity.studies.promise import QUARTER_S
from hostcity.studies.replicate import in_order
from hostcity.studies.run_figures import figure_names
from hostcity.studies.runs.inline import InlinePool
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import RunResult, Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One figure under both plans. Means over the runs; the interval is that of the paired difference B - A."""

    what: str  # "promise", "gates", "areas", "links", "stations", "appointments" or "day"
    code: str  # of the place; "" for the whole day
    figure: str  # its name with unit, e.g. "wait_p99_s"
    a: float
    b: float
    half_width: float  # of the 95 % interval of b - a (t); nan with one run, and where a or b is infinite
    runs: int  # in which both plans had the figure
    equal: int = 0  # of them, in which it was exactly the same

    @property
    def difference(self) -> float:
        """B minus A."""
        return self.b - self.a

    @property
    def differing(self) -> int:
        """Runs in which the figure is not the same."""
        return self.runs - self.equal

    @property
    def is_silent(self) -> bool:
        """Whether the figure differs in too few runs to tell anything."""
        return self.differing < LEAST_DIFFERING

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0 or only one of the two waits for ever, and enough runs are behind it."""
        return is_told_from_0(self.difference, self.half_width, self.differing)


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkChanges:
    """How dense links are under both plans: means over the runs, of quarters of an hour ``Q`` and links ``L``."""

    codes: tuple[str, ...]  # [L]
    starts_s: float  # of the first quarter
    a_per_m2: NDArray[np.float64]  # [Q, L]
    change_per_m2: NDArray[np.float64]  # [Q, L] B - A
    is_clear: NDArray[np.bool_]  # [Q, L] as of `Difference`


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two plans under common random numbers."""

    seed: int
    runs: int
    a_sha256: str
    b_sha256: str
    a_kept: int  # runs in which the promise was kept
    b_kept: int
    a_void: int  # runs without a verdict: nobody joined a queue
    b_void: int
    a_invalid: int  # runs that are not to be trusted
    b_invalid: int
    differences: tuple[Difference, ...]  # those of the promise first, then in the order of the plan's sheets
    links: LinkChanges = field(compare=False)

    @property
    def clear(self) -> tuple[Difference, ...]:
        """Those that are told from 0."""
        return tuple(each for each in self.differences if each.is_clear)


def compare_plans(
    a: Plan,
    b: Plan,
    *,
    seed: int = 1,
    runs: int = LEAST_DIFFERING,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> Comparison:
    """Play both plans ``runs`` times with the same draws and compare figure by figure.

    Every draw is keyed by seed, run, person and purpose, so that a person of both plans is the same person, and what the
    plans declare uncertain (`hostcity.studies.drawn`) by seed, run, row and place: most of the noise of single runs
    cancels in the difference.

    Parameters
    ----------
    a, b
        Plans without problems.
    runs
        At least 1; of fewer than `LEAST_DIFFERING` nothing is called clear.
    pool
        Who plays; this process, if nobody is named. A pool that is given is left open.
    progress
        Called with the share of all runs that is played.

    Raises
    ------
    ValueError
        When ``runs`` is less than 1.
    PoolError
        When runs cannot be played.
    """
    if runs < 1:
        raise ValueError(f"{runs} runs are too few; play at least 1")
    played: list[list[RunResult]] = [[], []]
    for which, plan in enumerate((a, b)):
        work = Work(plan_json=plan_to_json(plan), seed=seed)
        for result in in_order(pool or InlinePool(), work, range(runs)):
            played[which].append(result)
            if progress:
                progress(sum(map(len, played)) / (2 * runs))
    valid, void = ([sum(map(attrgetter(name), each)) for each in played] for name in ("is_valid", "is_void"))
    kept = [sum(each.kept and not each.is_void for each in results) for results in played]
    figures = [
        [dict(zip(figure_names(plan), each.figures.tolist(), strict=True)) for each in results]
        for plan, results in zip((a, b), played, strict=True)
    ]
    return Comparison(
        seed=seed, runs=runs, a_sha256=a.sha256, b_sha256=b.sha256, a_kept=kept[0], b_kept=kept[1],
        a_void=void[0], b_void=void[1], a_invalid=runs - valid[0], b_invalid=runs - valid[1], differences=tuple(_differences(*figures)),
        links=_link_changes(a, b, played),
    )  # fmt: skip


def _link_changes(a: Plan, b: Plan, played: list[list[RunResult]]) -> LinkChanges:
    """Links that both plans have, over the time for which both clocks run."""
    codes = [[row.code for row in plan.links] for plan in (a, b)]
    both = [code for code in codes[0] if code in set(codes[1])]
    at = [[each.index(code) for code in both] for each in codes]
    starts_s = max(a.day.clock_starts_at, b.day.clock_starts_at)
    skipped = [round((starts_s - plan.day.clock_starts_at) / QUARTER_S) for plan in (a, b)]
    density = [
        np.array([each.link_per_m2[skip:][:, links] for each in results], np.float64)
        for results, skip, links in zip(played, skipped, at, strict=True)
    ]
    quarters = min(each.shape[1] for each in density)
    change = density[1][:, :quarters] - density[0][:, :quarters]
    runs = change.shape[0]
    half = (
        t_quantile(runs) * change.std(axis=0, ddof=1) / math.sqrt(runs)
        if runs > 1
        else np.full(change.shape[1:], math.nan)
    )
    mean = change.mean(axis=0)
    return LinkChanges(
        codes=tuple(both), starts_s=starts_s, a_per_m2=density[0][:, :quarters].mean(axis=0), change_per_m2=mean,
        is_clear=(np.abs(mean) > half) & ((change != 0).sum(axis=0) >= LEAST_DIFFERING),
    )  # fmt: skip


def _differences(
    a: list[dict[tuple[str, str, str], float]], b: list[dict[tuple[str, str, str], float]]
) -> Iterator[Difference]:
    names = [name for name in a[0] if name in b[0]]
    for name in names:
        pairs = np.array([(one[name], other[name]) for one, other in zip(a, b, strict=True)])
        pairs = pairs[~np.isnan(pairs).any(axis=1)]
        if pairs.size:
            endless = np.isinf(pairs).any()  # somebody never got in: the mean is infinite, and has no interval
            yield Difference(
                what=name[0], code=name[1], figure=name[2], a=float(pairs[:, 0].mean()), b=float(pairs[:, 1].mean()),
                half_width=math.nan if endless else t_half_width(pairs[:, 1] - pairs[:, 0]), runs=len(pairs),
                equal=int((pairs[:, 0] == pairs[:, 1]).sum()),
            )  # fmt: skip
