"""Many runs of a day as figures for programs, spreadsheets and notebooks."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.report.arrays import EPOCH
from hostcity.report.clocks import finite
from hostcity.studies.intervals import Interval
from hostcity.studies.replicate import Replications
from hostcity.studies.run_figures import figure_names, text_of

Table = tuple[Sequence[str], Iterable[Sequence[Any]]]


def of_many(many: Replications | None) -> dict[str, Any] | None:
    """Every estimate with its intervals, and what was drawn; an infinite wait is null and marked."""
    if many is None:
        return None
    return {
        "runs": many.runs,
        "asked": many.asked,
        "until": str(many.target) if many.target else None,
        "stopped": many.stopped,
        "kept_runs": many.kept_runs,
        "kept": _interval(many.kept),
        "invalid_runs": many.invalid_runs,
        "results_sha256": many.results_sha256,
        "cpu_s": finite(sum(each.cpu_s for each in many.results), 3),
        "estimates": [
            {
                "figure": each.text, "runs": each.runs, "mean": finite(each.mean), "half_width_95": finite(each.half_width),
                "endless": math.isinf(each.mean), "median": _interval(each.median),
                "nine_in_ten": _interval(each.tenth_worst),
            }
            for each in many.estimates
        ],
        "drawn": [
            {
                "uncertainty": each.uncertainty, "key": each.key, "least": finite(each.least), "most": finite(each.most),
                "rank_correlation": finite(each.rank_correlation), "kept_when_low": finite(each.kept_when_low),
                "kept_when_high": finite(each.kept_when_high),
            }
            for each in many.drivers
        ],
    }  # fmt: skip


def _interval(interval: Interval) -> dict[str, float | None]:
    return {"value": finite(interval.value), "low": finite(interval.low), "high": finite(interval.high)}


def many_tables(many: Replications) -> dict[str, Table]:
    """Tables by the names of their files."""
    return {"estimates": _estimates(many), "runs": _runs(many)}


def _estimates(many: Replications) -> Table:
    headings = (
        "figure", "runs", "mean", "half-width of the mean (95 %)", "median", "median from", "median to", "9 of 10 days up to",
        "9 of 10 from", "9 of 10 to",
    )  # fmt: skip
    return headings, (
        (each.text, each.runs, each.mean, each.half_width, each.median.value, each.median.low, each.median.high,
         each.tenth_worst.value, each.tenth_worst.low, each.tenth_worst.high)
        for each in many.estimates
    )  # fmt: skip


def _runs(many: Replications) -> Table:
    drawn = [f"{each.uncertainty} {each.key}".strip() for each in many.results[0].drawn]
    names = [text_of(name) for name in figure_names(many.plan)]
    headings = ("run", "kept", "valid", *(f"drawn {each}" for each in drawn), *names, "plan", "results")
    return headings, (
        (each.run, "yes" if each.kept else "no", "yes" if each.is_valid else "no", *(one.value for one in each.drawn),
         *each.figures.tolist(), each.plan_sha256, each.results_sha256)
        for each in many.results
    )  # fmt: skip


def write_many_arrays(many: Replications, path: Path) -> None:
    """Every run's curves, runs first: for `numpy.load`."""
    arrays: dict[str, NDArray[Any]] = {
        "run": np.array([each.run for each in many.results], np.int32),
        "kept": np.array([each.kept for each in many.results]),
        "is_valid": np.array([each.is_valid for each in many.results]),
        "figure_names": np.array([text_of(name) for name in figure_names(many.plan)], np.str_),
        "figures": np.array([each.figures for each in many.results]),
        "entry_p99_s": np.array([each.entry_p99_s for each in many.results]),
        "inside": np.array([each.inside for each in many.results]),
        "area_persons": np.array([each.area_persons for each in many.results]),
        "link_per_m2": np.array([each.link_per_m2 for each in many.results]),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, values in arrays.items():
            body = io.BytesIO()
            np.lib.format.write_array(body, values, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", EPOCH), body.getbuffer(), zipfile.ZIP_DEFLATED, compresslevel=1
            )
