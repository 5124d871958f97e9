"""Many runs of a plan's day: every figure with its interval, and how often the promise is kept.

A run draws what the plan declares uncertain (`hostcity.studies.drawn`) and plays the day with draws of its own. Runs are
taken into account in the order of their numbers, whoever finished first, so where they are played changes nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.json_form import plan_to_json
from hostcity.plan.patterns import matcher
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.studies.intervals import Interval, quantile_interval, share_interval, t_half_width
from hostcity.studies.run_figures import Name, figure_names, text_of
from hostcity.studies.runs.local import players
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import RunResult, Work

FEWEST_BEFORE_STOP = 10  # an interval of fewer says little, and stopping at its first small one less


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """When to stop: as soon as the half-width of a figure's mean is at most so much."""

    name: Name
    half_width: float

    def __str__(self) -> str:
        return f"{text_of(self.name)}={self.half_width:g}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """One figure over all runs. All intervals are of 95 %."""

    name: Name
    runs: int  # that have the figure
    mean: float
    half_width: float  # of the mean (t); nan with one run, and where a run's figure is infinite
    median: Interval  # one day in two is below
    tenth_worst: Interval  # nine days in ten are below

    @property
    def what(self) -> str:
        """What the figure is of."""
        return self.name[0]

    @property
    def code(self) -> str:
        """The place; "" for the whole day."""
        return self.name[1]

    @property
    def figure(self) -> str:
        """The figure's own name, with its unit."""
        return self.name[2]

    @property
    def text(self) -> str:
        """The figure's name as it is written."""
        return text_of(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Driver:
    """What one uncertainty has to do with the promise, over all runs."""

    uncertainty: str
    key: str  # of the row that varies by itself; "" = all together
    least: float  # smallest and largest value drawn
    most: float
    rank_correlation: float  # Spearman's, with the entry time of the peak; nan where either never varies
    kept_when_low: float  # share of the runs kept, of the half with the smaller values; nan with one run
    kept_when_high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Replications:
    """Runs 0 to n - 1 of a plan."""

    plan: Plan  # as written, overrides carried out; the runs drew theirs from it
    seed: int
    asked: int
    target: Target | None
    stopped: bool  # before all that were asked for: the target was reached
    results: tuple[RunResult, ...]  # by run
    estimates: tuple[Estimate, ...]  # in the order of `figure_names`

    @property
    def runs(self) -> int:
        """Runs played."""
        return len(self.results)

    @property
    def kept(self) -> Interval:
        """Share of the days on which the promise is kept, of those with a verdict; nan without any."""
        return share_interval(self.kept_runs, self.judged_runs)

    @property
    def kept_runs(self) -> int:
        """Days on which the promise is kept."""
        return sum(each.kept and not each.is_void for each in self.results)

    @property
    def judged_runs(self) -> int:
        """Days that have a verdict: somebody joined a queue."""
        return sum(not each.is_void for each in self.results)

    @property
    def invalid_runs(self) -> int:
        """Runs that are not to be trusted."""
        return sum(not each.is_valid for each in self.results)

    @property
    def results_sha256(self) -> str:
        """Hash of every run's results, in order: equal wherever they were played, on one platform and version."""
        digest = hashlib.sha256()
        for each in self.results:
            each.into(digest)
        return digest.hexdigest()

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """What was drawn, the row with the strongest rank correlation first."""
        peak = np.array([each.figures[0] for each in self.results])  # promise.peak_p99_s is the first of all
        kept = np.array([each.kept for each in self.results])
        found = []
        for at, first in enumerate(self.results[0].drawn if self.results else ()):
            values = np.array([each.drawn[at].value for each in self.results])
            order, half = np.argsort(values, kind="stable"), len(values) // 2
            found.append(
                Driver(
                    uncertainty=first.uncertainty, key=first.key, least=float(values.min()), most=float(values.max()),
                    rank_correlation=rank_correlation(values, peak),
                    kept_when_low=float(kept[order[:half]].mean()) if half else math.nan,
                    kept_when_high=float(kept[order[-half:]].mean()) if half else math.nan,
                )
            )  # fmt: skip
        return tuple(sorted(found, key=lambda each: -np.nan_to_num(abs(each.rank_correlation))))

    def estimate(self, text: str) -> Estimate:
        """One of them by its written name. Raises KeyError."""
        return {each.text: each for each in self.estimates}[text]


def replicate_day(
    plan: Plan,
    *,
    runs: int,
    seed: int = 1,
    target: Target | None = None,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> Replications:
    """Play runs 0 to ``runs`` - 1 of ``plan``, or fewer when ``target`` is reached before.

    Parameters
    ----------
    plan
        A plan without problems.
    runs
        At least 1.
    target
        Looked at after each run from the tenth on.
    pool
        Who plays; two processes of this machine, if nobody is named. A pool that is given is left open.
    progress
        Called with the share of ``runs`` that is played.

    Raises
    ------
    ValueError
        When ``runs`` is less than 1.
    PoolError
        When runs cannot be played; nothing is given back then.
    """
    if runs < 1:
        raise ValueError(f"{runs} runs are too few; play at least 1")
    names = figure_names(plan)
    at = names.index(target.name) if target else 0
    results: list[RunResult] = []
    stopped = False
    with players(pool) as ours:
        for result in in_order(ours, Work(plan_json=plan_to_json(plan), seed=seed), range(runs)):
            results.append(result)
            if progress:
                progress(len(results) / runs)
            if target and FEWEST_BEFORE_STOP <= len(results) < runs:
                half_width = t_half_width(np.array([each.figures[at] for each in results]))
                if half_width <= target.half_width:
                    stopped = True
                    break
    return Replications(
        plan=plan, seed=seed, asked=runs, target=target, stopped=stopped, results=tuple(results),
        estimates=tuple(estimates_of(names, results)),
    )  # fmt: skip


def in_order(pool: Pool, work: Work, runs: range) -> Iterator[RunResult]:
    """Results by run, each as soon as all before it are there."""
    waiting: dict[int, RunResult] = {}
    expected = iter(runs)
    first = next(expected, None)
    for (_, run), result in pool.play((work, run) for run in runs):
        waiting[run] = result
        while first in waiting:
            yield waiting.pop(first)
            first = next(expected, None)


def estimates_of(names: tuple[Name, ...], results: list[RunResult]) -> Iterator[Estimate]:
    """Every figure that at least one run has."""
    table = np.array([each.figures for each in results])
    for at, name in enumerate(names):
        values = table[:, at]
        values = values[~np.isnan(values)]
        if not values.size:
            continue
        yield Estimate(
            name=name,
            runs=int(values.size),
            mean=float(values.mean()),
            half_width=t_half_width(values),
            median=quantile_interval(values, 0.5),
            tenth_worst=quantile_interval(values, 0.9),
        )


def rank_correlation(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Spearman's rank correlation, ties at their middle rank; nan where either is constant."""
    ranks = [_middle_ranks(values) for values in (a, b)]
    spread = math.prod(float(each.std()) for each in ranks)
    return float(np.mean((ranks[0] - ranks[0].mean()) * (ranks[1] - ranks[1].mean())) / spread) if spread else math.nan


def _middle_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    ordered = np.sort(values)
    ranks: NDArray[np.float64] = (
        np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    ) / 2
    return ranks


def target_of(plan: Plan, text: str) -> Target:
    """A target as it is written, FIGURE=HALF-WIDTH. Raises PlanError when it names nothing or no width."""
    figure, _, width = text.partition("=")
    names = {text_of(name): name for name in figure_names(plan)}
    problems = []
    if figure.strip() not in names:
        similar = [each for each in names if matcher(f"*{figure.strip().rpartition('.')[2]}")(each)] or list(names)
        what = Sentence("{target}: there is no figure {figure}.", target=text, figure=figure.strip())
        mend = Sentence("There are: {known}.", known=", ".join([*similar[:8], *(["..."] if len(similar) > 8 else [])]))
        problems.append(Problem(code="target.figure", what=what, mend=mend))
    try:
        half_width = float(width)
    except ValueError:
        half_width = math.nan
    if not 0 < half_width < math.inf:
        what = Sentence("{target}: no half-width.", target=text)
        mend = Sentence("Write FIGURE=NUMBER in the figure's own unit, e.g. promise.peak_p99_s=30.")
        problems.append(Problem(code="target.half_width", what=what, mend=mend))
    if problems:
        raise PlanError(problems, Sentence("the target"))
    return Target(name=names[figure.strip()], half_width=half_width)
