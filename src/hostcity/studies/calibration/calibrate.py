"""Fit assumed figures of a plan to counts of a live fair, and say what the counts cannot tell.

Everything is played: the plan as it is, then rounds of Gauss-Newton steps (`hostcity.studies.calibration.estimate`), each
with the mean of some days and with differences to both sides of every parameter under common random numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.json_form import plan_to_json
from hostcity.plan.plan import Plan
from hostcity.plan.provenance import split_figure
from hostcity.studies.calibration.counts import Counts
from hostcity.studies.calibration.estimate import (
    Around,
    around,
    bounded_step,
    covariance,
    directions,
    information,
    shrunk_weights,
)
from hostcity.studies.calibration.findings import (
    SEEN_ALONE,
    TOLD,
    UNSEEN,
    UNTOLD,
    Calibration,
    Fitted,
    series_of,
)
from hostcity.studies.calibration.parameters import MOST_FITTED, Parameter, without_fitted
from hostcity.studies.counted import WAIT
from hostcity.studies.intervals import t_quantile
from hostcity.studies.runs.local import LocalPool
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import Work

Floats = NDArray[np.float64]
Places = tuple[float, ...]  # one on each parameter's scale

FEWEST_RUNS = 6  # fewer say nothing of how days differ
SIGHT_RUNS = 4  # by which it is found what the counts can see
MOST_ROUNDS = 6
MOST_HALVINGS = 3
STEP = 0.25  # on a scale, to either side of a place
SMALL = 0.05  # a step is small when it changes the fit by less than this for each parameter
ALIKE = 0.95  # correlation of two estimates from which on they are said not to be told apart

SHARED = 0.1  # the same of two that share a direction of which the counts say nothing

#: Errors of counting where the file gives none: clickers miss a few in a hundred, watches are read to the second.
CLICKER_SHARE = 0.03
LEAST_PERSONS = 1.0
#: Waits are compared as logarithms of so much more: a long wait differs more from day to day than a short one, and
#: grows faster with what causes it.
BESIDE_WAIT_S = 30.0
READ_S, READ_PERSONS = 1.0, 0.5  # no wait, and no count of persons, is better known


def most_played(parameters: int, candidates: int, runs: int) -> int:
    """Days that a calibration plays at most."""
    a_round = runs + 2 * parameters * _slope_runs(runs) + (MOST_HALVINGS + 1) * runs
    return runs + 2 * candidates * SIGHT_RUNS + (MOST_ROUNDS + 1) * a_round + runs


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
    ours = pool or LocalPool()
    try:
        return _Fit(plan, counts, tuple(parameters), seed, runs, ours, progress).calibration(choose, untried)
    finally:
        if pool is None:
            ours.close()


def _slope_runs(runs: int) -> int:
    return max(SIGHT_RUNS, runs // 2)


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
        progress: Callable[[float], None] | None,
    ) -> None:
        self.plan, self.counts, self.parameters, self.seed, self.runs = plan, counts, parameters, seed, runs
        self.asked = tuple(each.asked for each in counts.counts)
        self.is_wait = np.array([each.asked.what == WAIT for each in counts.counts], bool)
        self.counted = np.array([each.value for each in counts.counts])
        self.observed = self._scaled(self.counted)
        self._json = plan_to_json(without_fitted(plan, parameters))
        self._played: dict[tuple[str, ...], dict[int, Floats]] = {}
        self._pool, self._progress = pool, progress
        self.played = 0
        self._expected = 1.0
        self._least = t_quantile(runs) ** 2  # information by which a range becomes narrower than the declared one

    def calibration(self, choose: bool, untried: tuple[str, ...]) -> Calibration:
        """Choose, fit, and say what was found."""
        self._expect(len(self.parameters) if choose else 0)
        dropped = self._choose() if choose else ()
        before = self._runs_at(())
        at = tuple(each.near(each.to_scale(each.begins)) for each in self.parameters)
        at, here, rounds, converged = self._descend(at)
        final = self._final(here, at)
        after = self._runs_at(self._changes(final))
        values = [each.of_scale(place) for each, place in zip(self.parameters, final, strict=True)]
        if self._progress:
            self._progress(1.0)
        chi2 = [self._chi2(here, each) for each in (before, after)]
        dof = max(1, self.observed.size - self._told_directions(here))
        gap = self.observed - self._expected_counts(after).mean(axis=0)
        means = [each[:, :, 0].mean(axis=0) for each in (before, after)]
        chance = np.linalg.inv(here.weights).astype(np.float64)
        series = series_of(self.counts, means[0], means[1], gap, chance)
        return Calibration(
            plan=self.plan, counts=self.counts, seed=self.seed, runs=self.runs, played=self.played, rounds=rounds,
            converged=converged, dof=dof, chi2_before=chi2[0], chi2_after=chi2[1], series=series,
            fitted=(*self._fitted(here, np.array(at), values, dof), *dropped), untried=untried,
        )  # fmt: skip

    # Playing.

    def _changes(self, places: Places) -> tuple[str, ...]:
        """Overrides; what is as in the plan is not changed."""
        found = []
        for parameter, place in zip(self.parameters, places, strict=True):
            value = parameter.of_scale(place)
            if not math.isclose(value, parameter.begins, rel_tol=1e-9):
                found.append(parameter.change(value))
        return tuple(found)

    def _play(self, changes: Iterable[tuple[str, ...]], runs: int) -> None:
        """Play what of runs 0 to ``runs`` - 1 has not been played yet."""
        works = [
            Work(plan_json=self._json, seed=self.seed, changes=each, asked=self.asked)
            for each in dict.fromkeys(changes)
        ]
        missing = (
            (work, run) for run in range(runs) for work in works if run not in self._played.get(work.changes, ())
        )
        for (work, run), result in self._pool.play(missing):
            self._played.setdefault(work.changes, {})[run] = result.counts
            self.played += 1
            if self._progress:
                self._progress(min(0.99, self.played / self._expected))

    def _runs_at(self, changes: tuple[str, ...], runs: int | None = None) -> Floats:
        """Values and spreads of the counts, float64[R, C, 2]."""
        runs = runs or self.runs
        self._play([changes], runs)
        return np.array([self._played[changes][run] for run in range(runs)])

    def _expect(self, candidates: int) -> None:
        count = min(MOST_FITTED, len(self.parameters))
        a_round = 2 * self.runs + 2 * count * _slope_runs(self.runs)
        self._expected = 2 * self.runs + 2 * candidates * SIGHT_RUNS + 3.0 * a_round

    def _scaled(self, values: Floats) -> Floats:
        """Values, float64[..., C], as they are compared: waits as logarithms."""
        scaled: Floats = np.where(self.is_wait, np.log(np.maximum(values, 0.0) + BESIDE_WAIT_S), values)
        return scaled

    def _expected_counts(self, runs: Floats) -> Floats:
        """What would be counted in runs, float64[R, C], as it is compared.

        The logarithm of a mean of few timed waits is lower on average than that of the mean of all, by half its variance.
        """
        waits = np.maximum(runs[:, :, 0], 0.0) + BESIDE_WAIT_S
        less = np.where(self.is_wait, self._timing_variance(runs[:, :, 1] ** 2) / waits**2 / 2, 0.0)
        expected: Floats = self._scaled(runs[:, :, 0]) - less
        return expected

    def _timing_variance(self, single: Floats) -> Floats:
        """Variance of the timed waits' mean, float64[..., C], from that of single waits; as given where it is. [s2]"""
        given = np.array([math.nan if each.sd is None else each.sd**2 for each in self.counts.counts])
        timed = np.array([each.n for each in self.counts.counts])
        variance: Floats = np.where(np.isnan(given), single / timed, given)
        return variance

    # Looking around.

    def _choose(self) -> tuple[Fitted, ...]:
        """Keep the parameters that the counts see best, each tried by itself from end to end; give those dropped."""
        candidates, before = self.parameters, self._runs_at(())
        weights = shrunk_weights(self._expected_counts(before), self._errors(before))
        seen = np.zeros(len(candidates))
        for number, parameter in enumerate(candidates):
            sides = parameter.sides(parameter.near(0.0), 1.0)
            changes = [(parameter.change(parameter.of_scale(side)),) for side in sides]
            self._play(changes, SIGHT_RUNS)
            low, high = (self._expected_counts(self._runs_at(each, SIGHT_RUNS)) for each in changes)
            slopes = ((high - low) / (sides[1] - sides[0]))[:, :, None]
            seen[number] = information(slopes, weights)[0, 0]
        best = sorted(range(len(candidates)), key=lambda each: (-seen[each], each))[:MOST_FITTED]
        kept = sorted(each for each in best if seen[each] >= self._least)
        self.parameters = tuple(candidates[each] for each in kept)
        # What is not fitted varies from day to day again.
        self._json = plan_to_json(without_fitted(self.plan, self.parameters))
        self._played.clear()
        return tuple(
            _unchanged(parameter, UNSEEN if seen[number] < self._least else SEEN_ALONE)
            for number, parameter in enumerate(candidates)
            if number not in kept
        )

    def _errors(self, runs: Floats) -> Floats:
        """Variance of counting, float64[C], as values are compared: as given, else the usual one.

        Waits by how single ones differ at that time; of their logarithms by the delta method.
        """
        # Of what is played, not of what was counted: else counts that are low by chance would weigh more than high ones.
        played = runs[:, :, 0].mean(axis=0)
        given = np.array([math.nan if each.sd is None else each.sd**2 for each in self.counts.counts])
        clicked = np.where(np.isnan(given), np.maximum(LEAST_PERSONS, CLICKER_SHARE * played) ** 2, given)
        timed = self._timing_variance((runs[:, :, 1] ** 2).mean(axis=0))
        variance = np.where(self.is_wait, timed + READ_S**2, clicked + READ_PERSONS**2)
        per_unit = np.where(self.is_wait, 1 / (played + BESIDE_WAIT_S), 1.0)
        errors: Floats = variance * per_unit**2
        return errors

    def _look(self, at: Places) -> Around:
        """Play the place and both sides of every parameter."""
        sides, points = [], []
        for number, (parameter, place) in enumerate(zip(self.parameters, at, strict=True)):
            pair, changes = self._as_faster_lanes(number, at) or (parameter.sides(place, STEP), None)
            sides.append(pair)
            if number in self._twins:
                points.append([self._changes(at)] * 2)  # nothing to play
                continue
            points.append(changes or [self._changes((*at[:number], side, *at[number + 1 :])) for side in pair])
        count = _slope_runs(self.runs)
        self._play([self._changes(at)], self.runs)
        self._play([each for pair in points for each in pair], count)
        here = self._runs_at(self._changes(at))
        errors = self._errors(here)
        middle = self._expected_counts(here)
        slopes = np.empty((count, self.observed.size, len(at)))
        for number, (point, (low, high)) in enumerate(zip(points, sides, strict=True)):
            below, above = (self._expected_counts(self._runs_at(each, count)) for each in point)
            slopes[:, :, number] = (above - below) / (high - low)
        for number, twin in self._twins.items():
            ratio = self.parameters[number].growth(at[number]) / self.parameters[twin].growth(at[twin])
            slopes[:, :, number] = -ratio * slopes[:, :, twin]
        return around(self.observed, middle, errors, slopes)

    @property
    def _twins(self) -> dict[int, int]:
        """Lanes whose station's service time is fitted too: the places of both in the list of parameters."""
        at = {each.figure: number for number, each in enumerate(self.parameters)}
        found = {}
        for number, parameter in enumerate(self.parameters):
            sheet, code, field = split_figure(parameter.figure) or ("", "", "")
            twin = at.get(f"stations.{code}.service_mean_s")
            if (sheet, field) == ("stations", "lanes") and twin is not None and not self._has_lane_times(code):
                found[number] = twin
        return found

    def _has_lane_times(self, station: str) -> bool:
        return any(row.station == station for row in self.plan.lanes)

    def _as_faster_lanes(self, number: int, at: Places) -> tuple[tuple[float, float], list[tuple[str, ...]]] | None:
        """Sides of a number of lanes, played as the same lanes serving faster or slower; None for all else.

        One lane less may bring a queue to collapse where one more changes little, so that whole lanes give no slope. In
        heavy traffic c lanes wait like one lane c times as fast (Iglehart and Whitt, "Multiple channel queues in heavy
        traffic I", 1970, doi 10.2307/3518347): to these counts lanes and service time of a station are one figure.
        """
        parameter, place = self.parameters[number], at[number]
        sheet, code, field = split_figure(parameter.figure) or ("", "", "")
        if (sheet, field) != ("stations", "lanes") or self._has_lane_times(code):
            return None
        sides = (max(-1.0, place - STEP), min(1.0, place + STEP))
        now = parameter.of_scale(place)
        slower = [now / max(0.5, parameter.of_scale(side)) for side in sides]
        return sides, [(*self._changes(at), f"stations.{code}.service_mean_s*={each:.6g}") for each in slower]

    # Going down.

    def _descend(self, at: Places) -> tuple[Places, Around, int, bool]:
        """Rounds of steps until none changes the fit; the place, what is known around it, rounds, whether it ended."""
        rounds = 0
        while True:
            here = self._look(at)
            target = self._final(here, at)
            step = np.array(target) - np.array(at)
            if not at or float(step @ here.information @ step) < SMALL * len(at):
                return at, here, rounds, True
            if rounds == MOST_ROUNDS:
                return at, here, rounds, False
            lower = self._lower(here, at, step)
            if lower is None:
                return at, here, rounds, True  # no place on the way is better: as near as the days can tell
            at, rounds = lower, rounds + 1

    def _lower(self, here: Around, at: Places, step: Floats) -> Places | None:
        """The first place on the way, halved again and again, at which the fit is better."""
        for halving in range(MOST_HALVINGS + 1):
            target = tuple(
                each.near(float(place + move))
                for each, place, move in zip(self.parameters, at, step / 2**halving, strict=True)
            )
            if target != at and self._chi2(here, self._runs_at(self._changes(target))) < here.chi2:
                return target
        return None

    def _final(self, here: Around, at: Places) -> Places:
        """Where the step leads; whole numbers are rounded and the others follow. Lanes leave it to their service time."""
        start = np.array(at)
        held = np.isin(np.arange(start.size), list(self._twins))
        step = bounded_step(here, start, self._least, fixed=held)
        whole = np.array([each.is_whole for each in self.parameters], bool)
        if whole.any():
            for number in np.flatnonzero(whole & ~held):
                step[number] = self.parameters[number].near(float(start[number] + step[number])) - start[number]
            rest = bounded_step(_moved(here, np.where(whole, step, 0.0)), start, self._least, fixed=whole)
            step = np.where(whole, step, rest)
        return tuple(
            each.near(float(place)) for each, place in zip(self.parameters, np.clip(start + step, -1, 1), strict=True)
        )

    def _chi2(self, here: Around, runs: Floats) -> float:
        gap = self.observed - self._expected_counts(runs).mean(axis=0)
        return float(gap @ here.weights @ gap)

    # What was found.

    def _told_directions(self, here: Around) -> int:
        return int((np.linalg.eigvalsh(here.information) >= self._least).sum()) if here.information.size else 0

    def _fitted(self, here: Around, at: Floats, values: list[float], dof: int) -> tuple[Fitted, ...]:
        """Every parameter with its range, or with why it has none."""
        if not self.parameters:
            return ()
        inverse, untold = directions(here.information, self._least)
        step = inverse @ here.score
        rest = here.gap - here.slopes @ step
        ratio = max(1.0, float(rest @ here.weights @ rest) / dof)
        spread = covariance(here, self._least, ratio)
        sd = np.sqrt(np.diag(spread))
        correlation = spread / np.maximum(np.outer(sd, sd), 1e-300)
        half = t_quantile(self.runs) * sd
        found = []
        for number, parameter in enumerate(self.parameters):
            alike = tuple(
                self.parameters[other].figure
                for other in range(len(at))
                if other != number and (abs(correlation[number, other]) > ALIKE or abs(untold[number, other]) > SHARED)
            )
            if here.information[number, number] < self._least:
                found.append(_unchanged(parameter, UNSEEN))
                continue
            middle = float(at[number] + step[number])
            is_told = half[number] < 1 and not alike
            low, high = (
                parameter.of_scale(min(1.0, max(-1.0, middle + side * float(half[number])))) for side in (-1, 1)
            )
            found.append(
                Fitted(
                    parameter=parameter, told=TOLD if is_told else UNTOLD, value=values[number],
                    low=low if is_told else parameter.low, high=high if is_told else parameter.high,
                    alike=alike, at_end=abs(middle) > 1,
                )
            )  # fmt: skip
        return tuple(found)


def _moved(here: Around, step: Floats) -> Around:
    """The same after a step, as far as slopes tell."""
    return Around(
        gap=here.gap - here.slopes @ step, weights=here.weights, days=here.days, errors=here.errors,
        slopes=here.slopes, information=here.information, runs=here.runs,
    )  # fmt: skip


def _unchanged(parameter: Parameter, told: str) -> Fitted:
    return Fitted(
        parameter=parameter, told=told, value=parameter.begins, low=parameter.low, high=parameter.high, alike=(),
        at_end=False,
    )  # fmt: skip
