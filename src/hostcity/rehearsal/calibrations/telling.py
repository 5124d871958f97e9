"""What a calibration says, in both languages, as data that pages show without the engine. Only the job imports this."""

from __future__ import annotations

import dataclasses
from dataclasses import asdict
from typing import Any

from hostcity.rehearsal.compared import both
from hostcity.report.calibrated_words import said_of, value_text, values_text, what_of
from hostcity.report.calibration_page import chart_of, drawn_series
from hostcity.report.words import Both, say, unit_name
from hostcity.studies.calibration import Calibration, Fitted
from hostcity.studies.calibration.findings import TOLD, Series
from hostcity.studies.calibration.questions import destination_of
from hostcity.studies.counted import QUESTIONS, WAIT

MOST_ASKED = 200  # desks and destinations that a page lists


def told(found: Calibration) -> dict[str, Any]:
    """Figures, series with their drawings, and how well all of it fits."""
    return {
        "figures": [_figure(each) for each in found.fitted],
        "series": [_series(each) for each in found.series],
        "charts": [_chart(each) for each in drawn_series(found)],
        "chi2": {"before": f"{found.chi2_before:,.0f}", "after": f"{found.chi2_after:,.0f}"},
    }


def asked_at_desks(found: Calibration) -> list[dict[str, Any]]:
    """Of a log of questions: how many were asked at each desk for each destination, and in played days before and after."""
    pairs = [pair for each in found.series for pair in each.counts]
    pairs.sort(key=lambda pair: -pair.count.value)
    return [
        {
            "desk": pair.count.asked.code, "to": both(destination_of(found.plan, pair.count.asked.about)),
            "counted": round(pair.count.value), "before": f"{pair.before:,.1f}", "after": f"{pair.after:,.1f}",
        }
        for pair in pairs[:MOST_ASKED]
    ]  # fmt: skip


def to_take(found: Calibration) -> dict[str, Any]:
    """The row of wrong turns before and after, with marks and their source: what `taking.take_fitted` puts into the plan."""
    (was,), fitted = found.plan.wrong_turns, found.fitted_plan()
    (now,) = fitted.wrong_turns
    fields = {field.name: [getattr(was, field.name), getattr(now, field.name)] for field in dataclasses.fields(now)}
    told = {each.parameter.figure for each in found.fitted if each.told == TOLD}
    return {
        "code": now.code,
        "fields": {name: pair for name, pair in fields.items() if pair[0] != pair[1]},
        "marks": [dataclasses.asdict(row) for row in fitted.provenance if row.figure in told],
        "source": dataclasses.asdict(fitted.sources[-1]),
    }


def in_short(found: Calibration) -> dict[str, Any]:
    """For lists: how many counts, figures that the counts tell, and how far plan and counts are apart."""
    return {
        "counts": len(found.counts.counts),
        "told": sum(each.told == TOLD for each in found.fitted),
        "figures": len(found.fitted),
        "chi2": [f"{found.chi2_before:,.0f}", f"{found.chi2_after:,.0f}"],
        "dof": found.dof,
        "is_misfit": found.is_misfit,
    }


def _figure(each: Fitted) -> dict[str, Any]:
    parameter = each.parameter
    return {
        "figure": parameter.figure,
        "unit": None if parameter.unit in ("", "-") else both(_bare(unit_name(parameter.unit))),
        "before": value_text(parameter, parameter.begins),
        "after": value_text(parameter, each.value),
        "range": values_text(parameter, each.low, each.high),
        "declared": values_text(parameter, parameter.low, parameter.high),
        "said": both(said_of(each)),
        "is_told": each.told == TOLD,
    }


def _bare(unit: Both) -> Both:
    """A unit for brackets: some stand in Chinese ones already, as they follow a value."""
    return Both(unit.en, unit.zh.strip("（）"))


def _series(each: Series) -> dict[str, Any]:
    return {
        "what": both(what_of(each.what)),
        "place": both(say("whole expo")) if not each.place else {"en": each.place, "zh": each.place},
        "counts": len(each.counts),
        "before": both(_gap(each, each.rmse_before)),
        "after": both(_gap(each, each.rmse_after)),
        "chi2_per_count": f"{each.chi2 / len(each.counts):.2f}",
        "is_misfit": each.is_misfit,
    }


def _gap(each: Series, gap: float) -> Both:
    """A gap in the unit of the series' drawing."""
    if each.what == WAIT:
        return say("{n} min", n=f"{gap / 60:,.1f}")
    if each.what == QUESTIONS:
        return say("{n} questions", n=f"{gap:,.1f}")
    return say("{n} persons", n=f"{gap:,.1f}")


def _chart(each: Series) -> dict[str, Any]:
    drawn = chart_of(each)
    return asdict(drawn) | {"title": both(drawn.title), "note": both(drawn.note)}
