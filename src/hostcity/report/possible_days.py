"""Many possible days as people read them: how often the promise is kept, every figure's interval, and what was drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hostcity.plan.plan import Plan
from hostcity.report.compared import compared_name, compared_text, place_name
from hostcity.report.fans import Fan, fan_of
from hostcity.report.figure_names import figure_name
from hostcity.report.words import Both, say
from hostcity.studies.drawn import ROSTER
from hostcity.studies.intervals import Interval
from hostcity.studies.promise import QUARTER_S
from hostcity.studies.rehearsal import Rehearsal
from hostcity.studies.replicate import Driver, Estimate, Replications
from hostcity.studies.runs.work import SLOT_MINUTES

MOST_PLACES = 5  # of a kind
MOST_DRIVERS = 10
SLOT_S = 60.0 * SLOT_MINUTES
#: The figure by which the places of a sheet are ordered, and shown.
SHOWN = {"gates": "worst_p99_s", "areas": "peak_persons", "links": "peak_per_m2", "stations": "wait_p99_s"}


@dataclass(frozen=True, kw_only=True, slots=True)
class EstimateLine:
    """A row of the table of estimates."""

    place: Both
    figure: Both
    mean: str
    half_width: str
    median: str
    nine_in_ten: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DriverLine:
    """A row of what was drawn, with its bar from the middle of -1 … +1."""

    uncertainty: str
    what: Both
    drawn: str
    correlation: str
    left: float  # percent
    width: float
    kept_when_low: str
    kept_when_high: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PossibleDays:
    """All that the page shows of many runs."""

    many: Replications
    headline: Both
    until: Both | None
    kept_at: tuple[float, float, float]  # low end, share, high end; percent
    entry: Fan | None
    inside: Fan | None
    limits_min: tuple[float, ...]  # of the busiest hour, of any other; one when both are the same
    estimates: tuple[EstimateLine, ...]
    drivers: tuple[DriverLine, ...]


def possible_days(rehearsal: Rehearsal) -> PossibleDays | None:
    """What the page shows; None when the day was played once."""
    many = rehearsal.many
    if many is None:
        return None
    day, peak_s = many.plan.day, rehearsal.verdict.peak_starts_s
    limits_min = tuple(dict.fromkeys((day.peak_wait_limit_s / 60, day.other_wait_limit_s / 60)))
    entry = np.array([each.entry_p99_s for each in many.results]) / 60
    entry[entry == 0] = np.nan  # nobody joined
    kept = many.kept
    return PossibleDays(
        many=many,
        headline=kept_sentence(many),
        until=_until(many),
        kept_at=(round(100 * kept.low, 2), round(100 * kept.value, 2), round(100 * kept.high, 2)),
        entry=fan_of(
            entry, starts_s=day.clock_starts_at, step_s=QUARTER_S, limits=limits_min, shade_s=(peak_s, peak_s + 4 * QUARTER_S)
        ),
        inside=fan_of(
            np.array([each.inside for each in many.results], np.float64), starts_s=day.clock_starts_at, step_s=SLOT_S,
            every=round(QUARTER_S / SLOT_S),
        ),
        limits_min=limits_min,
        estimates=tuple(_line(many.plan, each) for each in shown_estimates(many)),
        drivers=tuple(_driver(many.plan, each) for each in many.drivers[:MOST_DRIVERS]),
    )  # fmt: skip


def kept_sentence(many: Replications) -> Both:
    """On how many days the promise is kept, with the interval of the share."""
    kept = many.kept
    if not many.judged_runs:
        return say("No verdict: nobody joined a queue on any of {runs} days.", runs=many.runs)
    return say(
        "The promise is kept on {kept} of {runs} days: {share} % (95 % interval {low}–{high} %).",
        kept=many.kept_runs, runs=many.judged_runs, share=f"{100 * kept.value:.0f}", low=f"{100 * kept.low:.0f}", high=f"{100 * kept.high:.0f}",
    )  # fmt: skip


def _until(many: Replications) -> Both | None:
    if many.target is None:
        return None
    figure, __, width = str(many.target).rpartition("=")
    if many.stopped:
        return say(
            "Stopped before {asked} runs: the half-width of {figure} is at most {width}.",
            asked=many.asked, figure=figure, width=width,
        )  # fmt: skip
    return say(
        "All {asked} runs were played: the half-width of {figure} is still above {width}.",
        asked=many.asked, figure=figure, width=width,
    )  # fmt: skip


def shown_estimates(many: Replications) -> Iterator[Estimate]:
    """Those of the promise and the day, and of each kind of place the worst."""
    yield from (each for each in many.estimates if each.what in ("promise", "day"))
    for what, figure in SHOWN.items():
        places = [each for each in many.estimates if each.what == what and each.figure == figure]
        yield from sorted(places, key=lambda each: -each.mean)[:MOST_PLACES]
    yield from (
        each for each in many.estimates if each.what == "appointments" and each.figure == "missed" and each.mean
    )


def _line(plan: Plan, each: Estimate) -> EstimateLine:
    return EstimateLine(
        place=place_name(plan, each), figure=compared_name(each.figure), mean=compared_text(each.figure, each.mean),
        half_width=half_width_text(each), median=interval_text(each, each.median),
        nine_in_ten=interval_text(each, each.tenth_worst),
    )  # fmt: skip


def half_width_text(estimate: Estimate) -> str:
    """Half-width of an estimate's mean, in the unit of its figure."""
    return compared_text(estimate.figure, estimate.half_width, is_change=True).removeprefix("+")


def interval_text(estimate: Estimate, interval: Interval) -> str:
    """A value with its two ends, in the unit of its figure."""
    value, low, high = (compared_text(estimate.figure, each) for each in (interval.value, interval.low, interval.high))
    return f"{value} ({low}…{high})"


def _driver(plan: Plan, each: Driver) -> DriverLine:
    correlation = 0.0 if math.isnan(each.rank_correlation) else each.rank_correlation
    return DriverLine(
        uncertainty=each.uncertainty, what=what_varies(plan, each), drawn=drawn_text(plan, each),
        correlation=correlation_text(each), left=round(50 + 50 * min(0.0, correlation), 2),
        width=round(50 * abs(correlation), 2), kept_when_low=share_text(each.kept_when_low),
        kept_when_high=share_text(each.kept_when_high),
    )  # fmt: skip


def what_varies(plan: Plan, driver: Driver) -> Both:
    """Figure and place that a row of sheet uncertainties varies."""
    if driver.uncertainty == ROSTER:
        return say("volunteers who do not come")
    row = next(row for row in plan.uncertainties if row.code == driver.uncertainty)
    sheet, __, field = row.figure.rpartition(".")
    what = figure_name(plan, f"{sheet.partition('.')[0]}.{driver.key}.{field}" if driver.key else row.figure)
    return say("staff missing: {what}", what=what) if row.kind == "no_show" else what


def drawn_text(plan: Plan, driver: Driver) -> str:
    """Smallest and largest value that was drawn: factors, or shares of the staff."""
    kinds = [row.kind for row in plan.uncertainties if row.code == driver.uncertainty]
    if kinds != ["factor"]:
        return f"{driver.least:.1%} … {driver.most:.1%}"
    return f"×{driver.least:.2f} … ×{driver.most:.2f}"


def correlation_text(driver: Driver) -> str:
    """Rank correlation with its sign."""
    return "–" if math.isnan(driver.rank_correlation) else f"{driver.rank_correlation:+.2f}".replace("-", "−")


def share_text(share: float) -> str:
    """A share of days; a dash when there is none."""
    return "–" if math.isnan(share) else f"{share:.0%}"
