"""Why a cell is short and what would mend it; why somebody has no shift. NumPy alone, on stored prices: a web process may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hostcity.engines.rosters.planning import Plan, best_plan
from hostcity.engines.rosters.problem import Bools, Ints, Problem
from hostcity.engines.rosters.roster import Roster
from hostcity.engines.rosters.standing import Standing, breaks_rules

#: In this order: each person is counted at the first that holds.
REASONS = ("serves here", "not trained", "not free", "locked", "elsewhere", "at limit", "rest and hours", "could come")


class Offer(NamedTuple):
    """One change that would bring somebody."""

    person: int
    source: int  # the post he leaves; -1 = off that day
    harm: float  # that the objective changes by, below 0 where it pays


@dataclass(frozen=True, kw_only=True)
class CellWhy:
    """Why a cell is as it is."""

    needed: tuple[int, ...]  # of each line
    heads: int  # rostered
    expected: tuple[float, ...]  # attendance in the sum of each line
    price: tuple[float, ...]  # what one more who comes for certain would save, in each line
    people: tuple[tuple[str, int], ...]  # how many, by the first reason that keeps them away
    lacking: tuple[tuple[str, int], ...]  # the same among those with the trait of the dearest line
    calls: tuple[Offer, ...]  # the best of those who could come
    swaps: tuple[Offer, ...]  # and of those at another post in the same shift


@dataclass(frozen=True, kw_only=True)
class PersonWhy:
    """Why somebody serves as he does, or not at all."""

    plan: Plan  # his own
    best: Plan  # the best with a shift at the roster's prices
    idle: float  # reduced cost of no shift
    cells: tuple[tuple[str, int], ...]  # open cells, by the first reason that keeps him away


def explain_cell(problem: Problem, roster: Roster, day: int, shift: int, post: int, *, offers: int = 3) -> CellWhy:
    """Tell who could serve in a cell, what keeps the others away, and what one change would cost.

    Raises
    ------
    IndexError
        When there is no such cell.
    """
    standing = Standing(problem, roster.homes, roster.post_of, day)
    reason = _reasons(problem, roster.post_of, day, shift, post)
    price = _prices(standing, shift, post)
    dearest = int(np.argmax(price))
    has = _with_trait(problem, dearest, post)
    calls = np.flatnonzero(reason == REASONS.index("could come"))
    here = roster.post_of[:, day, shift]
    movable = problem.people.is_trained[:, post] & (here >= 0) & (here != post) & (reason != REASONS.index("locked"))
    return CellWhy(
        needed=tuple(int(line) for line in standing.needed[:, shift, post]), heads=int((here == post).sum()),
        expected=tuple(float(line) for line in standing.load[:, shift, post]), price=tuple(price),
        people=_counted(reason), lacking=_counted(reason[has]),
        calls=_offers(standing, calls, shift, post, offers), swaps=_offers(standing, np.flatnonzero(movable), shift, post, offers),
    )  # fmt: skip


def explain_person(problem: Problem, roster: Roster, person: int) -> PersonWhy:
    """Tell what somebody's plan, and the best other, cost at the roster's prices, split by term.

    Raises
    ------
    IndexError
        When there is no such person.
    """
    served = roster.post_of[person]
    reasons = np.zeros(len(REASONS), np.int64)
    for day, shift in np.ndindex(*served.shape):
        posts = np.flatnonzero(problem.is_open[day, shift])
        reasons += _reasons_of(problem, roster.post_of, person, day, shift, posts)
    best = best_plan(problem, roster.homes, person, roster.prices)
    people, weights = problem.people, problem.weights
    target = int(people.target[person])
    return PersonWhy(
        plan=Plan.of(problem, roster.homes, person, served, roster.prices), best=best,
        idle=weights.fairness * target**2 + weights.home * target,
        cells=tuple((name, int(many)) for name, many in zip(REASONS, reasons, strict=True)),
    )  # fmt: skip


def _reasons(problem: Problem, post_of: Ints, day: int, shift: int, post: int) -> Ints:
    """The first reason of each person, as an index into `REASONS`."""
    people, here = problem.people, post_of[:, day, shift]
    locked = np.zeros(people.count, bool)
    locked[[lock.person for lock in problem.locks if lock.day == day and (lock.shift == shift or lock.post >= 0)]] = (
        True
    )
    full = (post_of[:, day] >= 0).sum(axis=1) >= problem.rules.shifts_a_day
    limit = (post_of >= 0).sum(axis=(1, 2)) >= people.most_shifts
    holds = [
        here == post, ~people.is_trained[:, post], ~people.is_free[:, day, shift], locked, (here >= 0) | full, limit,
        breaks_rules(problem, post_of, day, shift),
    ]  # fmt: skip
    found = np.full(people.count, len(REASONS) - 1)
    for reason in reversed(range(len(holds))):
        found[holds[reason]] = reason
    return found


def _reasons_of(problem: Problem, post_of: Ints, person: int, day: int, shift: int, posts: Ints) -> Ints:
    """How many of these posts each reason keeps one person from."""
    mine, alone = post_of[person], post_of[person : person + 1]
    counts = np.zeros(len(REASONS), np.int64)
    trained = problem.people.is_trained[person, posts]
    here = posts == mine[day, shift]
    counts[0], counts[1] = here.sum(), (~trained & ~here).sum()
    rest = int((trained & ~here).sum())
    lone = _alone(problem, person)
    reason = int(_reasons(lone, alone, day, shift, 0)[0])
    if reason == 0:  # serves at the only post of `lone`, which is post 0 of the problem
        reason = REASONS.index("elsewhere")
    counts[reason] += rest
    return counts


def _alone(problem: Problem, person: int) -> Problem:
    """The problem with one person who is trained for everything: what keeps him away is not the post."""
    from dataclasses import fields, replace

    people = problem.people
    rows = {field.name: getattr(people, field.name)[person : person + 1] for field in fields(people)}
    rows["is_trained"] = np.ones_like(rows["is_trained"])
    locks = tuple(lock._replace(person=0) for lock in problem.locks if lock.person == person)
    return replace(problem, people=replace(people, **rows), locks=locks, together=(), apart=())


def _counted(reason: Ints) -> tuple[tuple[str, int], ...]:
    many = np.bincount(reason, minlength=len(REASONS))
    return tuple((name, int(each)) for name, each in zip(REASONS, many, strict=True))


def _with_trait(problem: Problem, line: int, post: int) -> Bools:
    trait = problem.posts.trait[line, post]
    return np.ones(problem.people.count, bool) if line == 0 or trait < 0 else problem.people.has[:, trait]


def _prices(standing: Standing, shift: int, post: int) -> list[float]:
    """What one more who comes for certain saves in each line."""
    load = standing.load[:, shift, post]
    harm = [float(standing.harm(shift, post, (load + more)[:, None])[0]) for more in np.eye(load.size)]
    now = float(standing.harm(shift, post, load[:, None])[0])
    return [now - each for each in harm]


def _offers(standing: Standing, people: Ints, shift: int, post: int, most: int) -> tuple[Offer, ...]:
    if not people.size:
        return ()
    change = standing.joining(people, shift, post) + standing.plan_change(people, shift, post)
    source = standing.post_of[people, standing.day, shift]
    serves = source >= 0
    change[serves] += standing.leaving(people[serves], shift)
    order = np.argsort(change, kind="stable")[:most]
    return tuple(Offer(int(people[at]), int(source[at]), float(change[at])) for at in order)
