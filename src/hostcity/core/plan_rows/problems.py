"""What is wrong with the plan of an edition as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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


def known_and_new(now: Iterable[Found], before: Iterable[Found]) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """The problems that a plan had before, told by code, sheet and key of the row; and those that are new.

    Of a kind that was only counted beyond the first, none is new as long as there are no more of it.
    """
    now, before = tuple(now), tuple(before)
    places = {_place(each) for each in before}
    counts, were = _counts(now), _counts(before)
    only_counted = {each.problem.code for each in before if each.problem.more}
    known, new = [], []
    for each in now:
        code = each.problem.code
        is_known = counts[code] <= were[code] if code in only_counted else _place(each) in places
        (known if is_known else new).append(each)
    return tuple(known), tuple(new)


def _place(found: Found) -> tuple[str, str, str]:
    return found.problem.code, found.problem.sheet, found.key


def _counts(found: Iterable[Found]) -> Counter[str]:
    """How many problems there are of each code, those that are only counted among them."""
    counts: Counter[str] = Counter()
    for each in found:
        counts[each.problem.code] += each.problem.more or 1
    return counts


def counts_by_sheet(problems: tuple[Found, ...]) -> Counter[str]:
    """How many problems each sheet has."""
    return Counter(each.problem.sheet for each in problems)
