"""A calibration for programs and as files: figures with ranges, counts before and after, a plan that can be replayed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hostcity.plan.cells import clock_text
from hostcity.plan.workbook import write_workbook
from hostcity.report.calibration_page import calibration_page
from hostcity.report.clocks import finite
from hostcity.report.folder import write_folder
from hostcity.studies.calibration import Calibration, Fitted
from hostcity.studies.calibration.findings import Series

#: All that a calibration's folder consists of.
PARTS = frozenset({"expo.xlsx", "changes.txt", "figures.csv", "counts.csv", "calibration.json", "index.html"})
FIGURES = (
    "figure",
    "told",
    "before",
    "fitted",
    "low_95",
    "high_95",
    "declared_low",
    "declared_high",
    "unit",
    "not_told_from",
)
COUNTS = ("line", "what", "place", "from", "until", "counted", "before", "after", "standard_errors_off", "unit")


def calibration_data(found: Calibration) -> dict[str, Any]:
    """Everything for programs, described by calibration.schema.json. Waits in seconds, clocks as HH:MM."""
    return {
        "plan_hash": found.plan.sha256,
        "counts": {
            "name": found.counts.name, "sha256": found.counts.sha256, "used": len(found.counts.counts),
            "gaps": found.counts.gaps,
        },
        "seed": found.seed,
        "runs": found.runs,
        "played": found.played,
        "rounds": found.rounds,
        "converged": found.converged,
        "chi2_before": finite(found.chi2_before),
        "chi2_after": finite(found.chi2_after),
        "degrees_of_freedom": found.dof,
        "misfit": found.is_misfit,
        "figures": [_figure(each) for each in found.fitted],
        "not_seen": [
            {"figure": each.parameter.figure, "counted_at_its_place": each.is_counted} for each in found.unseen
        ],
        "not_told_apart": [list(each) for each in found.told_apart],
        "not_tried": list(found.untried),
        "changes": list(found.changes),
        "series": [_series(each) for each in found.series],
    }  # fmt: skip


def write_calibration(found: Calibration, folder: Path) -> Path:
    """Write the fitted plan, tables and the page into a folder, and return the path of the page.

    Raises FileExistsError if the folder holds anything but an earlier calibration.
    """

    def write(aside: Path) -> None:
        write_workbook(found.fitted_plan(), aside / "expo.xlsx")
        (aside / "changes.txt").write_text("".join(f"{each}\n" for each in found.changes), "utf-8")
        _table(aside / "figures.csv", FIGURES, (tuple(_cells(_figure(each)).values()) for each in found.fitted))
        _table(aside / "counts.csv", COUNTS, _count_rows(found))
        text = json.dumps(calibration_data(found), ensure_ascii=False, indent=1, allow_nan=False)
        (aside / "calibration.json").write_text(text + "\n", "utf-8")
        (aside / "index.html").write_text(calibration_page(found), "utf-8")

    return write_folder(folder, write, PARTS) / "index.html"


def _figure(each: Fitted) -> dict[str, Any]:
    parameter = each.parameter
    return {
        "figure": parameter.figure, "told": each.told, "before": parameter.begins, "fitted": each.value, "low_95": each.low,
        "high_95": each.high, "declared_low": parameter.low, "declared_high": parameter.high,
        "unit": parameter.unit or "factor", "not_told_from": list(each.alike), "at_end": each.at_end,
    }  # fmt: skip


def _cells(figure: dict[str, Any]) -> dict[str, Any]:
    return {**{name: figure[name] for name in FIGURES}, "not_told_from": "; ".join(figure["not_told_from"])}


def _series(each: Series) -> dict[str, Any]:
    return {
        "what": each.what, "place": each.place, "rmse_before": each.rmse_before, "rmse_after": each.rmse_after,
        "chi2": each.chi2, "misfit": each.is_misfit,
        "counts": [dict(zip(COUNTS, row, strict=True)) for row in _rows(each)],
    }  # fmt: skip


def _count_rows(found: Calibration) -> Iterable[Sequence[Any]]:
    for each in found.series:
        yield from _rows(each)


def _rows(each: Series) -> Iterable[Sequence[Any]]:
    for row in each.counts:
        asked = row.count.asked
        yield (
            row.count.line, each.what, each.place, clock_text(asked.starts_s), clock_text(asked.ends_s), row.count.value,
            round(row.before, 3), round(row.after, 3), round(row.gap, 3), "s" if each.what == "wait" else "persons",
        )  # fmt: skip


def _table(path: Path, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # spreadsheet programs know UTF-8 by its mark
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
