"""What an organizer could change, what it takes, and what makes a row of sheet options one that cannot be tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from hostcity.plan.overrides import apply_overrides, split_changes
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Option
from hostcity.plan.sentences import Sentence


class UsesError(ValueError):
    """A text of resources that cannot be read; its argument is a Sentence."""


def uses_of(text: str) -> dict[str, float]:
    """Amounts by resource, from ``lanes=1; staff=5`` (or with commas). Raises UsesError."""
    found: dict[str, float] = {}
    for part in (each.strip() for each in text.replace(",", ";").split(";")):
        if not part:
            continue
        name, _, amount = (each.strip() for each in part.partition("="))
        try:
            value = float(amount)
        except ValueError:
            value = math.nan
        if not name or not math.isfinite(value):
            raise UsesError(Sentence("{part} is not RESOURCE=AMOUNT.", part=repr(part)))
        if name in found:
            raise UsesError(Sentence("{name} is given twice.", name=name))
        found[name] = value
    return found


def option_problems(plan: Plan, row_of: Callable[[str, int], int]) -> Iterator[Problem]:
    """Rows whose changes cannot be carried out, or whose resources cannot be read."""
    without = plan.replace(options=())
    for index, row in enumerate(plan.options):
        for column, kind, what, mend in (*_of_changes(without, row), *_of_uses(row)):
            code = f"options.{column}.{kind}"
            yield Problem(code=code, sheet="options", row=row_of("options", index), column=column, what=what, mend=mend)


def _of_changes(plan: Plan, row: Option) -> Iterator[tuple[str, str, Sentence, Sentence]]:
    changes = split_changes(row.changes)
    if not changes:
        mend = Sentence("Write SHEET.KEY.FIELD=VALUE, e.g. stations.W-security.lanes=40 or …lanes@09:00-11:00=40.")
        yield "changes", "empty", Sentence("is empty."), mend
        return
    try:
        apply_overrides(plan, changes)
    except PlanError as error:
        for problem in error.problems:
            yield "changes", problem.code.rpartition(".")[2], problem.what, problem.mend


def _of_uses(row: Option) -> Iterator[tuple[str, str, Sentence, Sentence]]:
    try:
        uses_of(row.uses)
    except UsesError as error:
        yield "uses", "form", error.args[0], Sentence("Write e.g. lanes=1; staff=5.")
