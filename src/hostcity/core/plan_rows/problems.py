"""What is wrong with the plan of an edition as it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from hostcity.core.models import Edition
from hostcity.core.plan_rows.bodies import key_of
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.words import said_of
from hostcity.plan import PlanError, Problem, problems_of


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, and the key of the row it is in; "" = of no row."""

    problem: Problem
    key: str

    @property
    def said(self) -> str:
        """What is wrong and how to mend it, in the language of the reader."""
        return said_of(self.problem)


def plan_problems(edition: Edition) -> tuple[Found, ...]:
    """Every problem of the plan; found once for each state of the ledger, in each process."""
    return _problems(edition, edition.head.sha256)


@lru_cache(maxsize=16)
def _problems(edition: Edition, _head: str) -> tuple[Found, ...]:
    try:
        plan = plan_of(edition)
    except PlanError as error:
        return tuple(Found(problem, "") for problem in error.problems)
    found = []
    for problem in problems_of(plan):
        rows = getattr(plan, problem.sheet, ())
        found.append(Found(problem, key_of(rows[problem.row - 1].code) if 0 < problem.row <= len(rows) else ""))
    return tuple(found)


def counts_by_sheet(problems: tuple[Found, ...]) -> Counter[str]:
    """How many problems each sheet has."""
    return Counter(each.problem.sheet for each in problems)
