"""Figures that were reported, and what is known of each: whether they name something."""

from __future__ import annotations

from collections.abc import Iterator

from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.provenance import figures_named
from hostcity.plan.quantities import KNOWN, quantity_problem
from hostcity.plan.sentences import Sentence


def sources(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Quantities and figures that name nothing."""
    for index, figure in enumerate(plan.reported):
        problem = quantity_problem(plan, figure.quantity)
        if problem:
            what = Sentence("{quantity}: {problem}.", quantity=figure.quantity, problem=problem)
            mend = Sentence("Quantities: {known}.", known=KNOWN)
            yield problem_at("reported", row_of("reported", index), "quantity", "unknown", what, mend)

    codes = {sheet: {row.code for row in rows} for sheet, rows in plan.sheets()}
    for index, known in enumerate(plan.provenance):
        problem = figures_named(codes, known.figure)
        if problem:
            mend = Sentence("Write SHEET.KEY.FIELD; * stands for every key.")
            yield problem_at("provenance", row_of("provenance", index), "figure", "unknown", problem, mend)
