"""What the commands print with --json, beyond the rehearsal's own summary."""

from __future__ import annotations

from typing import Any

from hostcity.plan.cells import clock_text
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Both
from hostcity.report.clocks import finite
from hostcity.studies.compare import Comparison
from hostcity.studies.lane_breaks import NoScheduleError
from hostcity.studies.lanes import LanePlan
from hostcity.studies.promise import Verdict


def of_problem(problem: Problem) -> dict[str, Any]:
    """A problem of a plan: English, with the values that its sentences were made with."""
    values = {**problem.what.values, **problem.mend.values}
    return {
        "code": problem.code, "sheet": problem.sheet, "row": problem.row, "column": problem.column,
        "file": problem.file, "feature": problem.feature, "layer": problem.layer, "level": problem.level, "at": problem.at,
        "what": problem.what, "mend": problem.mend,
        "values": {name: each.en if isinstance(each, Both) else each for name, each in values.items()},
    }  # fmt: skip


def of_verdict(verdict: Verdict) -> dict[str, Any]:
    """The verdict on the promise."""
    return {
        "kept": None if verdict.is_void else verdict.kept,
        "entries": verdict.entries,
        "peak_from": clock_text(verdict.peak_starts_s),
        "peak_entries": verdict.peak_entries,
        "peak_joined": verdict.peak_joined,
        "peak_p99_s": finite(verdict.peak_p99_s),
        "peak_limit_s": verdict.peak_limit_s,
        "other_p99_s": finite(verdict.other_p99_s),
        "other_limit_s": verdict.other_limit_s,
        "other_quarters_over": verdict.other_quarters_over,
        "turned_away": verdict.turned_away,
    }


def of_lanes(found: LanePlan) -> dict[str, Any]:
    """The lanes found."""
    return {
        "stations": [
            {
                "code": station.station,
                "gate": station.gate,
                "hours": [clock_text(each) for each in station.hours_from_s],
                "lanes": list(station.lanes),
                "planned": list(station.planned),
                "lane_hours": station.lane_hours,
            }
            for station in found.stations
        ],
        "lane_hours": found.lane_hours,
        "bound_lane_hours": found.bound_lane_hours,
        "overrides": list(found.overrides),
        "limit_share": found.limit_share,
        "repairs": found.repairs,
        "fresh_kept": found.fresh_kept,
        "fresh_runs": found.fresh_runs,
        "fresh_void": found.fresh_void,
        "verdict": of_verdict(found.verdict),
    }


def of_no_schedule(error: NoScheduleError) -> dict[str, Any]:
    """Why there are no lanes to be found."""
    first = error.first
    return {
        "verdict": of_verdict(error.verdict),
        "first_break": {
            "gate": first.gate or None,
            "from": clock_text(first.starts_s) if first.gate else None,
            "took_s": finite(first.took_s),
            "limit_s": finite(first.limit_s),
            "reason": first.reason,
            "station": first.place or None,
        },
        "problems": [str(problem) for problem in error.problems],
    }


def of_comparison(compared: Comparison) -> dict[str, Any]:
    """Two plans compared."""
    return {
        "seed": compared.seed,
        "runs": compared.runs,
        "a": {
            "plan_hash": compared.a_sha256,
            "kept": compared.a_kept,
            "void": compared.a_void,
            "invalid": compared.a_invalid,
        },
        "b": {
            "plan_hash": compared.b_sha256,
            "kept": compared.b_kept,
            "void": compared.b_void,
            "invalid": compared.b_invalid,
        },
        "differences": [
            {
                "what": each.what,
                "code": each.code,
                "figure": each.figure,
                "a": finite(each.a),
                "b": finite(each.b),
                "difference": finite(each.difference),
                "half_width_95": finite(each.half_width),
                "clear": each.is_clear,
                "runs": each.runs,
                "differing": each.differing,
            }
            for each in compared.differences
        ],
    }
