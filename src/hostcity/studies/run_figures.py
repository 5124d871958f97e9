"""Every figure of a played day that days are compared by, under a name that does not depend on the day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import DayResult
from hostcity.engines.day.turns import wrong_turns_of
from hostcity.plan.plan import Plan
from hostcity.studies.figures import Figures, figures_of
from hostcity.studies.promise import Verdict, gate_waits, verdict_of

Floats = NDArray[np.float64]
#: What a figure is of ("promise", "gates", "areas", "links", "stations", "appointments", "wrong_turns" or "day"), the code of the
#: place ("" for the whole day), and the figure's own name with its unit.
Name = tuple[str, str, str]

OF_PROMISE = ("peak_p99_s", "other_p99_s", "share_over_peak_limit", "entries", "turned_away")
OF_DAY = ("inside_peak_persons", "last_out_s", "mean_stay_s", "rotations")
OF_GATE = ("worst_p99_s", "entries")
OF_AREA = ("peak_persons",)
OF_LINK = ("peak_per_m2",)
OF_STATION = ("wait_p50_s", "wait_p95_s", "wait_p99_s", "share_over_600_s", "share_over_1800_s")
OF_APPOINTMENT = ("missed", "late")
OF_WRONG_TURNS = (
    "lost_s",
    "lost_each_s",
    "astray",
    "turns",
    "questions",
    "missed",
)  # of a plan whose newcomers turn wrong


def figure_names(plan: Plan) -> tuple[Name, ...]:
    """The names, those of the promise first, then in the order of the plan's sheets."""

    def named(what: str, codes: Iterator[str], figures: tuple[str, ...]) -> Iterator[Name]:
        return ((what, code, figure) for code in codes for figure in figures)

    return (
        *named("promise", iter([""]), OF_PROMISE),
        *named("day", iter([""]), OF_DAY),
        *named("gates", (row.code for row in plan.gates), OF_GATE),
        *named("areas", (row.code for row in plan.areas), OF_AREA),
        *named("links", (row.code for row in plan.links), OF_LINK),
        *named("stations", (row.code for row in plan.stations), OF_STATION),
        *named("appointments", (row.code for row in plan.appointments), OF_APPOINTMENT),
        *named("wrong_turns", iter([""] if wrong_turns_of(plan) else ()), OF_WRONG_TURNS),
    )


def text_of(name: Name) -> str:
    """A name as people write it: promise.peak_p99_s, stations.W-security.wait_p99_s."""
    return ".".join(part for part in name if part)


def run_figures(plan: Plan, day: DayResult) -> tuple[Verdict, Floats]:
    """The verdict, and a value for each of `figure_names`; nan = the day has no such figure."""
    verdict, figures = verdict_of(plan, day), figures_of(plan, day)
    rows: dict[str, dict[str, object]] = {
        "gates": {row.gate: row for row in gate_waits(plan, day)},
        "areas": {row.code: row for row in figures.areas},
        "links": {row.code: row for row in figures.links},
        "stations": {row.code: row for row in figures.stations},
        "appointments": {row.code: row for row in figures.appointments},
    }

    def value(name: Name) -> float:
        what, code, figure = name
        if what == "promise":
            return float(getattr(verdict, figure))
        if what == "day":
            return _of_day(day, figures, figure)
        if what == "wrong_turns":
            return _of_wrong_turns(figures, figure)
        return float(getattr(rows[what][code], figure))

    return verdict, np.array([value(name) for name in figure_names(plan)])


def _of_day(day: DayResult, figures: Figures, figure: str) -> float:
    return float(getattr(figures if figure in ("last_out_s", "mean_stay_s") else day, figure))


def _of_wrong_turns(figures: Figures, figure: str) -> float:
    if figure == "missed":  # appointments: what wrong turns cost beside walking
        return float(sum(row.missed for row in figures.appointments))
    return float(getattr(figures.wrong_turns, figure))
