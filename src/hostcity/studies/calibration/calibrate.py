"""Fit assumed figures of a plan to counts of a live fair, and say what the counts cannot tell.

Everything is played: the plan as it is; rounds of Gauss-Newton steps (`hostcity.studies.calibration.descent`), each with
the mean of some days and with differences to both sides of every parameter under common random numbers; the fit, and
places at which its ranges end (`hostcity.studies.calibration.ranges`), on days of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.plan import Plan
from hostcity.studies.calibration.counts import Counts
from hostcity.studies.calibration.days import Days, Tally
from hostcity.studies.calibration.descent import Arrived, Descent, most_played_in_rounds, slope_runs
from hostcity.studies.calibration.estimate import covariance, directions, information, shrunk_weights
from hostcity.studies.calibration.findings import (
    SEEN_ALONE,
    TOLD,
    UNSEEN,
    UNTOLD,
    Calibration,
    Fitted,
    chi2_99,
    is_counted_at,
    series_of,
)
from hostcity.studies.calibration.moments import Moments
from hostcity.studies.calibration.parameters import MOST_FITTED, Parameter
from hostcity.studies.calibration.ranges import Ranges, most_played_for_ranges
from hostcity.studies.intervals import t_quantile
from hostcity.studies.runs.local import players
from hostcity.studies.runs.pool import Pool

Floats = NDArray[np.float64]

FEWEST_RUNS = 6  # fewer say nothing of how days differ
SIGHT_RUNS = 4  # by which it is found what the counts can see
ALIKE = 0.95  # correlation of two estimates from which on they are said not to be told apart
SEEN = 1.0  # information from which on a parameter is seen: end to end it moves the counts by two standard errors
SHARED = 0.1  # the same of two that share a direction of which the counts say nothing


def most_played(parameters: int, candidates: int, runs: int) -> int:
    """Days that a calibration plays at most."""
    choice = runs + 2 * candidates * SIGHT_RUNS if candidates else 0
    return choice + most_played_in_rounds(parameters, runs) + most_played_for_ranges(parameters, runs) + runs


def calibrate(
    plan: Plan,
    counts: Counts,
    parameters: Iterable[Parameter],
    *,
    choose: bool = False,
    untried: tuple[str, ...] = (),
    seed: int = 1,
    runs: int = 20,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> Calibration:
    """Fit parameters of a plan to counts of its day.

    Parameters
    ----------
    plan
        A plan without problems.
    parameters
        What may be fitted.
    choose
        Fit only those of ``parameters`` that the counts can see, the `MOST_FITTED` that they see best.
    untried
        Figures with a range that were too many to try: they are handed on.
    runs
        Days by which the plan is compared with the counts, at least `FEWEST_RUNS`.
    pool
        Who plays; two processes of this machine, if nobody is named. A pool that is given is left open.
    progress
        Called with the share of the work that is done, estimated.

    Raises
    ------
    ValueError
        When ``runs`` are too few.
    PoolError
        When days cannot be played.
    """
    if runs < FEWEST_RUNS:
        raise ValueError(f"{runs} runs are too few to tell how days differ; play at least {FEWEST_RUNS}")
    with players(pool) as ours:
        return _Fit(plan, counts, tuple(parameters), seed, runs, ours, Tally(progress)).calibration(choose, untried)


class _Fit:
    """The state of one calibration."""

    def __init__(
        self,
        plan: Plan,
        counts: Counts,
        parameters: tuple[Parameter, ...],
        seed: int,
        runs: int,
        pool: Pool,
        tally: Tally,
    ) -> None:
        self.plan, self.counts, self.parameters, self.seed, self.runs = plan, counts, parameters, seed, runs
        self._pool, self._tally = pool, tally
        self.moments = Moments(counts)
        self._least = t_quantile(runs) ** 2  # information by which a range becomes narrower than the declared one

    def calibration(self, choose: bool, untried: tuple[str, ...]) -> Calibration:
        """Choose, fit, and say what was found."""
        self._expect(len(self.parameters) if choose else 0)
        dropped = self._choose() if choose else ()
        days = self._days()
        arrived = Descent(self.plan, days, self.moments, self.runs, self._least).arrived()
        # On days that had no part in the fit.
        fresh = range(self.runs, 2 * self.runs)
        before, after = (days.runs(each, fresh) for each in ((), days.changes(arrived.final)))
        weights = arrived.here.weights
        chi2_before, chi2_after = (self.moments.misfit(each, weights) for each in (before, after))
        dof = max(1, self.moments.observed.size - self._told_directions(arrived))
        ratio = chi2_after / dof if chi2_after > chi2_99(dof) else 1.0
        fitted = self._fitted(arrived, days, fresh, ratio)
        self._tally.tell(1.0)
        gap = self.moments.observed - self.moments.expected(after).mean(axis=0)
        means = [each[:, :, 0].mean(axis=0) for each in (before, after)]
        series = series_of(self.counts, means[0], means[1], gap, np.linalg.inv(weights).astype(np.float64))
        return Calibration(
            plan=self.plan, counts=self.counts, seed=self.seed, runs=self.runs, played=self._tally.played,
            rounds=arrived.rounds, converged=arrived.converged, dof=dof, chi2_before=chi2_before, chi2_after=chi2_after,
            series=series, fitted=(*fitted, *dropped), untried=untried,
        )  # fmt: skip

    def _days(self) -> Days:
        return Days(self.plan, self.moments.asked, self.parameters, self.seed, self._pool, self._tally)

    def _expect(self, candidates: int) -> None:
        count = min(MOST_FITTED, len(self.parameters))
        a_round = 2 * self.runs + 2 * count * slope_runs(self.runs)
        ranges = 4 * count * self.runs
        self._tally.expected = 2 * self.runs + 2 * candidates * SIGHT_RUNS + 3.0 * a_round + ranges

    def _choose(self) -> tuple[Fitted, ...]:
        """Keep the parameters that the counts see best, each tried by itself from end to end; give those dropped."""
        candidates, days, moments = self.parameters, self._days(), self.moments
        before, few = days.runs((), range(self.runs)), range(SIGHT_RUNS)
        weights = shrunk_weights(moments.expected(before), moments.errors(before))
        seen = np.zeros(len(candidates))
        for number, parameter in enumerate(candidates):
            sides = parameter.sides(parameter.near(0.0), 1.0)
            changes = [(parameter.change(parameter.of_scale(side)),) for side in sides]
            days.play(changes, few)
            low, high = (moments.expected(days.runs(each, few)) for each in changes)
            slopes = ((high - low) / (sides[1] - sides[0]))[:, :, None]
            seen[number] = information(slopes, weights)[0, 0]
        best = sorted(range(len(candidates)), key=lambda each: (-seen[each], each))[:MOST_FITTED]
        kept = sorted(each for each in best if seen[each] >= self._least)
        self.parameters = tuple(candidates[each] for each in kept)
        return tuple(
            self._unchanged(parameter, UNSEEN if seen[number] < self._least else SEEN_ALONE)
            for number, parameter in enumerate(candidates)
            if number not in kept
        )

    def _told_directions(self, arrived: Arrived) -> int:
        information = arrived.here.information
        return int((np.linalg.eigvalsh(information) >= self._least).sum()) if information.size else 0

    def _fitted(self, arrived: Arrived, days: Days, fresh: range, ratio: float) -> tuple[Fitted, ...]:
        """Every parameter with its range, or with why it has none."""
        if not self.parameters:
            return ()
        sd, together = self._spread(arrived, ratio)
        seen = np.diag(arrived.here.information) >= SEEN
        alone = np.flatnonzero(seen & ~together.any(axis=1)).tolist()
        ends = Ranges(days, self.moments, arrived, ratio=ratio, runs=fresh).of(
            {each: float(sd[each]) for each in alone}
        )
        inverse, _ = directions(arrived.here.information, self._least)
        wanted = np.array(arrived.at) + inverse @ arrived.here.score
        found = []
        for number, parameter in enumerate(self.parameters):
            if not seen[number]:
                found.append(self._unchanged(parameter, UNSEEN))
                continue
            low, high = ends.get(number, (-1.0, 1.0))
            is_told = low > -1 or high < 1
            found.append(
                Fitted(
                    parameter=parameter, told=TOLD if is_told else UNTOLD, value=parameter.of_scale(arrived.final[number]),
                    low=parameter.of_scale(low) if is_told else parameter.low,
                    high=parameter.of_scale(high) if is_told else parameter.high,
                    alike=tuple(self.parameters[other].figure for other in np.flatnonzero(together[number])),
                    at_end=abs(float(wanted[number])) > 1,
                )
            )  # fmt: skip
        return tuple(found)

    def _spread(self, arrived: Arrived, ratio: float) -> tuple[Floats, NDArray[np.bool_]]:
        """Standard deviations on the scales by slopes, and which two parameters are not told apart, bool[P, P]."""
        _, untold = directions(arrived.here.information, self._least)
        spread = covariance(arrived.here, self._least, ratio)
        sd = np.sqrt(np.diag(spread))
        together = (np.abs(spread) > ALIKE * np.outer(sd, sd)) | (np.abs(untold) > SHARED)
        np.fill_diagonal(together, val=False)
        return sd, together

    def _unchanged(self, parameter: Parameter, told: str) -> Fitted:
        return Fitted(
            parameter=parameter, told=told, value=parameter.begins, low=parameter.low, high=parameter.high, alike=(),
            at_end=False, is_counted=is_counted_at(self.plan, parameter, self.counts),
        )  # fmt: skip
