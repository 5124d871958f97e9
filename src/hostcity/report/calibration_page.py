"""One self-contained page of a calibration: fitted figures, and every series of counts before and after."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from hostcity.plan.cells import clock_text
from hostcity.report.calibrated_words import said_of, value_text, values_text, what_of
from hostcity.report.page import asset, environment, page_policy
from hostcity.report.words import Both, named, say
from hostcity.studies.calibration import Calibration
from hostcity.studies.calibration.findings import Series
from hostcity.studies.counted import QUESTIONS, WAIT

WIDTH, HEIGHT, LEFT, LOW = 480.0, 180.0, 50.0, 156.0  # of a chart, its plot's left edge and its bottom
MOST_CHARTS = 40
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A series as a drawing: persons, or minutes of waiting, by the time of day."""

    title: Both
    note: Both
    is_misfit: bool
    before: str  # points of a polyline
    after: str
    counted: tuple[tuple[float, float], ...]
    clocks: tuple[tuple[float, str], ...]  # x and text
    levels: tuple[tuple[float, str], ...]  # y and text


def calibration_page(found: Calibration) -> str:
    """The page as text."""
    name, drawn = named(found.plan.day), drawn_series(found)
    return environment().get_template("calibration.html.j2").render(
        title=say("{name}: calibration", name=name),
        name=name,
        edition=found.plan.day,
        found=found,
        lines=[
            {
                "figure": each.parameter.figure, "before": value_text(each.parameter, each.parameter.begins),
                "after": value_text(each.parameter, each.value), "range": values_text(each.parameter, each.low, each.high),
                "declared": values_text(each.parameter, each.parameter.low, each.parameter.high), "said": said_of(each),
            }
            for each in found.fitted
        ],
        charts=[chart_of(each) for each in drawn],
        left=len(found.series) - len(drawn),
        chi2=(f"{found.chi2_before:,.0f}", f"{found.chi2_after:,.0f}"),
        style=Markup(asset("player.css")),  # noqa: S704 -- our own bundle
        script=Markup(asset("difference.js")),  # noqa: S704 -- our own bundle
        policy=page_policy("difference.js"),
    )  # fmt: skip


def drawn_series(found: Calibration) -> tuple[Series, ...]:
    """Those that have a time of day to be drawn over: questions are counted for the whole of a log."""
    return tuple(each for each in found.series if each.what != QUESTIONS)[:MOST_CHARTS]


def chart_of(each: Series) -> Chart:
    """A series drawn, in the order of time."""
    rows = sorted(each.counts, key=lambda row: row.count.asked.starts_s)
    middle_s = [(row.count.asked.starts_s + row.count.asked.ends_s) / 2 for row in rows]
    scale = 60.0 if each.what == WAIT else 1.0
    tallest = max(1.0, *(max(row.before, row.after, row.count.value) / scale for row in rows))
    step = _step(tallest)
    top = step * -(-tallest // step)
    first_s = HOUR_S * (min(middle_s) // HOUR_S)
    last_s = max(first_s + HOUR_S, HOUR_S * -(-max(middle_s) // HOUR_S))

    def x(at_s: float) -> float:
        return round(LEFT + (WIDTH - LEFT - 22) * (at_s - first_s) / (last_s - first_s), 1)

    def y(value: float) -> float:
        return round(LOW - (LOW - 10) * value / scale / top, 1)

    hours = int((last_s - first_s) // HOUR_S)
    every = -(-hours // 8)
    return Chart(
        title=_title(each),
        note=say(
            "root mean square gap {before} before, {after} after",
            before=_gap(each.rmse_before, scale), after=_gap(each.rmse_after, scale),
        ),
        is_misfit=each.is_misfit,
        before=" ".join(f"{x(at)},{y(row.before)}" for at, row in zip(middle_s, rows, strict=True)),
        after=" ".join(f"{x(at)},{y(row.after)}" for at, row in zip(middle_s, rows, strict=True)),
        counted=tuple((x(at), y(row.count.value)) for at, row in zip(middle_s, rows, strict=True)),
        clocks=tuple((x(first_s + n * HOUR_S), clock_text(first_s + n * HOUR_S)) for n in range(0, hours + 1, every)),
        levels=tuple((y(n * step * scale), f"{n * step:,g}") for n in range(round(top / step) + 1)),
    )  # fmt: skip


def _title(each: Series) -> Both:
    unit = say("min") if each.what == WAIT else say("persons")
    place = each.place or say("whole expo")
    return say("{what}, {place} [{unit}]", what=what_of(each.what), place=place, unit=unit)


def _gap(value: float, scale: float) -> str:
    return f"{value / scale:,.1f}"


def _step(tallest: float) -> float:
    """A round step that makes at most five of a height."""
    power = 1.0
    while True:
        for digit in (1.0, 2.0, 5.0):
            if tallest / (digit * power) <= 5:
                return digit * power
        power *= 10
