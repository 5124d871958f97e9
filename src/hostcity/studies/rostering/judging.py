"""A roster judged by the plan: rules, score, what is missing by role."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hostcity.engines.rosters import Homes, Roster, Score, Violation, check, find_homes, risk, score
from hostcity.engines.rosters.cover import shortage_of
from hostcity.engines.rosters.from_plan import LEAST, Force
from hostcity.engines.rosters.problem import Floats, Ints, Problem
from hostcity.engines.rosters.score import loads_of

NO_BOUND = float("-inf")


@dataclass(frozen=True, kw_only=True)
class Role:
    """What is asked of heads or of heads with a skill, at posts over the event."""

    skill: str  # "" = heads, "least" = of the minimum
    asked: int
    missing: float  # in the mean


@dataclass(frozen=True, kw_only=True, eq=False)
class Judged:
    """A roster, whoever made it."""

    post_of: Ints  # [N, D, S]
    score: Score
    violations: tuple[Violation, ...]


def judge(force: Force, post_of: Ints, homes: Homes | None = None) -> Judged:
    """Score a roster and check every rule, with nothing of the search."""
    return Judged(
        post_of=post_of,
        score=score(force.problem, post_of, homes),
        violations=check(force.problem, post_of),
    )


def roles_of(force: Force, post_of: Ints) -> tuple[Role, ...]:
    """What is asked and what will be missing: heads, minima, then skill by skill in the plan's order."""
    problem = force.problem
    _, missing = risk(problem, post_of)
    real = problem.is_open & ~problem.posts.is_standby
    asked = np.where(real, problem.posts.needed, 0).sum(axis=(1, 2))  # [L, P]
    lacking = np.where(real, missing, 0.0).sum(axis=(1, 2))
    found = {"": (int(asked[0].sum()), float(lacking[0].sum()))}
    for at, skill in enumerate(force.traits):
        of_skill = problem.posts.trait == at
        found[skill or "least"] = (int(asked[of_skill].sum()), float(lacking[of_skill].sum()))
    order = ["", *(["least"] if LEAST in force.traits else []), *(skill for skill in force.traits if skill)]
    return tuple(Role(skill=skill, asked=found[skill][0], missing=found[skill][1]) for skill in order)


def standing_roster(force: Force, post_of: Ints) -> Roster:
    """A roster that is there, as what explains needs it: without a bound, with prices of the heads that are rostered."""
    homes = find_homes(force.problem)
    return Roster(
        post_of=post_of, homes=homes, score=score(force.problem, post_of, homes), bound=NO_BOUND, bound_any=NO_BOUND,
        prices=_prices(force.problem, post_of), steps=(),
    )  # fmt: skip


def _prices(problem: Problem, post_of: Ints) -> Floats:
    """What one more unit of attendance in each line of each cell saves."""
    table, load = shortage_of(problem), loads_of(problem, post_of)
    low = np.minimum((load / table.step).astype(np.int64), table.slope.shape[1] - 1)
    found: Floats = problem.posts.weight[:, None, None, :] * table.slope[problem.posts.needed, low]
    return np.where(problem.is_open, found, 0.0)
