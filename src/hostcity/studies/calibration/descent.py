"""Rounds of Gauss-Newton steps: each looks around a place by played days, and goes where the counts pull."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.plan import Plan
from hostcity.plan.provenance import split_figure
from hostcity.studies.calibration.days import Changes, Days, Places
from hostcity.studies.calibration.estimate import Around, around, bounded_step, moved
from hostcity.studies.calibration.moments import Moments

Floats = NDArray[np.float64]

MOST_ROUNDS = 6
MOST_HALVINGS = 3
FEWEST_SLOPES = 4  # runs by which slopes are known
STEP = 0.25  # on a scale, to either side of a place
SMALL = 0.05  # a step is small when it changes the fit by less than this for each parameter


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """Where the rounds ended."""

    at: Places  # the last place that was looked around
    here: Around  # what is known there
    final: Places  # where the last step leads: the fit
    rounds: int
    converged: bool


def slope_runs(runs: int) -> int:
    """Runs by which slopes are known."""
    return max(FEWEST_SLOPES, runs // 2)


def most_played_in_rounds(parameters: int, runs: int) -> int:
    """Days that a descent plays at most."""
    return (MOST_ROUNDS + 1) * (runs + 2 * parameters * slope_runs(runs) + (MOST_HALVINGS + 1) * runs)


class Descent:
    """The way down from the plan's figures to those that the counts want."""

    def __init__(self, plan: Plan, days: Days, moments: Moments, runs: int, least: float) -> None:
        """``least`` is the information from which on a direction is followed."""
        self._plan, self._days, self._moments, self._runs, self._least = plan, days, moments, runs, least
        self.parameters = days.parameters

    def arrived(self) -> Arrived:
        """Rounds of steps until none changes the fit."""
        at: Places = tuple(each.near(each.to_scale(each.begins)) for each in self.parameters)
        rounds = 0
        while True:
            here = self._look(at)
            target = self._final(here, at)
            step = np.array(target) - np.array(at)
            converged = not at or float(step @ here.information @ step) < SMALL * len(at)
            # Where no place on the way is better, it is as near as the days can tell.
            lower = None if converged or rounds == MOST_ROUNDS else self._lower(here, at, step)
            if lower is None:
                ended = converged or rounds < MOST_ROUNDS
                return Arrived(at=at, here=here, final=target, rounds=rounds, converged=ended)
            at, rounds = lower, rounds + 1

    def _runs_at(self, places: Places) -> Floats:
        return self._days.runs(self._days.changes(places), range(self._runs))

    def _look(self, at: Places) -> Around:
        """Play the place and both sides of every parameter."""
        sides, points = [], []
        for number, (parameter, place) in enumerate(zip(self.parameters, at, strict=True)):
            pair, changes = self._as_faster_lanes(number, at) or (parameter.sides(place, STEP), None)
            sides.append(pair)
            if number in self._twins:
                points.append([self._days.changes(at)] * 2)  # nothing to play
                continue
            points.append(changes or [self._days.changes((*at[:number], side, *at[number + 1 :])) for side in pair])
        few = range(slope_runs(self._runs))
        here = self._runs_at(at)
        self._days.play([each for pair in points for each in pair], few)
        slopes = np.empty((len(few), self._moments.observed.size, len(at)))
        for number, (point, (low, high)) in enumerate(zip(points, sides, strict=True)):
            below, above = (self._moments.expected(self._days.runs(each, few)) for each in point)
            slopes[:, :, number] = (above - below) / (high - low)
        for number, twin in self._twins.items():
            ratio = self.parameters[number].growth(at[number]) / self.parameters[twin].growth(at[twin])
            slopes[:, :, number] = -ratio * slopes[:, :, twin]
        moments = self._moments
        return around(moments.observed, moments.expected(here), moments.errors(here), slopes)

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
        return any(row.station == station for row in self._plan.lanes)

    def _as_faster_lanes(self, number: int, at: Places) -> tuple[tuple[float, float], list[Changes]] | None:
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
        return sides, [(*self._days.changes(at), f"stations.{code}.service_mean_s*={each:.6g}") for each in slower]

    def _lower(self, here: Around, at: Places, step: Floats) -> Places | None:
        """The first place on the way, halved again and again, at which the fit is better."""
        for halving in range(MOST_HALVINGS + 1):
            target = tuple(
                each.near(float(place + move))
                for each, place, move in zip(self.parameters, at, step / 2**halving, strict=True)
            )
            if target != at and self._moments.misfit(self._runs_at(target), here.weights) < here.chi2:
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
            rest = bounded_step(moved(here, np.where(whole, step, 0.0)), start, self._least, fixed=whole)
            step = np.where(whole, step, rest)
        return tuple(
            each.near(float(place)) for each, place in zip(self.parameters, np.clip(start + step, -1, 1), strict=True)
        )
