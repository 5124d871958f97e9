"""Reading what is to be fitted to what. Only the job imports this."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hostcity.plan import Plan, PlanError, Problem, problems_of
from hostcity.plan.cells import clock_seconds
from hostcity.plan.sentences import Sentence
from hostcity.rehearsal.models import Calibration
from hostcity.studies.calibration import Counts, Parameter, asked_parameters, read_counts
from hostcity.studies.calibration.questions import chances_asked, read_questions
from hostcity.studies.wrong_turns import erring


def asked_of(calibration: Calibration, plan: Plan, data: bytes) -> tuple[Plan, Counts, tuple[Parameter, ...]]:
    """The plan that is played, what was counted and what is to be fitted. Raises PlanError with every problem."""
    if not calibration.is_of_questions:
        return plan, *counts_and_figures(plan, calibration.counts_name, data, calibration.fits)
    plan = erring(plan)
    if problems := problems_of(plan):
        raise PlanError(problems)
    starts_s, ends_s = (clock_seconds(each) if each else None for each in (calibration.starts, calibration.ends))
    return plan, *_both(
        calibration.counts_name, data, lambda path: read_questions(path, plan, starts_s=starts_s, ends_s=ends_s),
        lambda: chances_asked(plan, tuple(calibration.fits)),
    )  # fmt: skip


def counts_and_figures(plan: Plan, name: str, data: bytes, fits: Sequence[str]) -> tuple[Counts, tuple[Parameter, ...]]:
    """Counts of a file's bytes, and the figures that are named. Raises PlanError with every problem of both."""
    return _both(name, data, lambda path: read_counts(path, plan), lambda: asked_parameters(plan, fits))


def _both(
    name: str, data: bytes, read: Callable[[Path], Counts], ask: Callable[[], tuple[Parameter, ...]]
) -> tuple[Counts, tuple[Parameter, ...]]:
    counts: Counts | None = None
    figures: tuple[Parameter, ...] | None = None
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="hostcity-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            counts = read(path)
        except PlanError as error:
            problems += error.problems
    try:
        figures = ask()
    except PlanError as error:
        problems += error.problems
    if counts is None or figures is None:
        raise PlanError(problems, name if figures is not None else Sentence("counts and figures"))
    return counts, figures
