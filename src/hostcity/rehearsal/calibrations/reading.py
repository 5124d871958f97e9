"""Reading what is to be fitted to what. Only the job imports this."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hostcity.plan import Plan, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.studies.calibration import Counts, Parameter, asked_parameters, read_counts


def counts_and_figures(plan: Plan, name: str, data: bytes, fits: Sequence[str]) -> tuple[Counts, tuple[Parameter, ...]]:
    """Counts of a file's bytes, and the figures that are named. Raises PlanError with every problem of both."""
    counts: Counts | None = None
    figures: tuple[Parameter, ...] | None = None
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="hostcity-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            counts = read_counts(path, plan)
        except PlanError as error:
            problems += error.problems
    try:
        figures = asked_parameters(plan, fits)
    except PlanError as error:
        problems += error.problems
    if counts is None or figures is None:
        raise PlanError(problems, name if figures is not None else Sentence("counts and figures"))
    return counts, figures
