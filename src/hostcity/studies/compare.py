"""What changes between two plans: both played with the same draws, run by run, and the differences with intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.plan.plan import Plan
from hostcity.studies.intervals import t_half_width
from hostcity.studies.run_figures import figure_names, run_figures


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

    @property
    def difference(self) -> float:
        """B minus A."""
        return self.b - self.a

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0, or only one of the two waits for ever."""
        return math.isinf(self.difference) or abs(self.difference) > self.half_width


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two plans under common random numbers."""

    seed: int
    runs: int
    a_sha256: str
    b_sha256: str
    a_kept: int  # runs in which the promise was kept
    b_kept: int
    a_invalid: int  # runs that are not to be trusted
    b_invalid: int
    differences: tuple[Difference, ...]  # those of the promise first, then in the order of the plan's sheets

    @property
    def clear(self) -> tuple[Difference, ...]:
        """Those whose interval leaves out 0."""
        return tuple(each for each in self.differences if each.is_clear)


def compare_plans(
    a: Plan, b: Plan, *, seed: int = 1, runs: int = 5, progress: Callable[[float], None] | None = None
) -> Comparison:
    """Play both plans ``runs`` times with the same draws and compare figure by figure.

    Every draw is keyed by seed, run, person and purpose, so that a person of both plans is the same person: most of
    the noise of single runs cancels in the difference.

    Raises ValueError when ``runs`` is less than 1.
    """
    if runs < 1:
        raise ValueError(f"{runs} runs are too few; play at least 1")
    played: list[list[dict[tuple[str, str, str], float]]] = [[], []]
    kept, invalid = [0, 0], [0, 0]
    for run in range(runs):
        for which, plan in enumerate((a, b)):
            day = rehearse_day(plan, seed=seed, run=run)
            verdict, figures = run_figures(plan, day)
            played[which].append(dict(zip(figure_names(plan), figures.tolist(), strict=True)))
            kept[which] += verdict.kept
            invalid[which] += not day.is_valid
            if progress:
                progress((2 * run + which + 1) / (2 * runs))
    return Comparison(
        seed=seed, runs=runs, a_sha256=a.sha256, b_sha256=b.sha256, a_kept=kept[0], b_kept=kept[1],
        a_invalid=invalid[0], b_invalid=invalid[1], differences=tuple(_differences(played[0], played[1])),
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
            )  # fmt: skip
