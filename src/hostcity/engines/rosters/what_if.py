"""What an edit of a roster does, term by term, before it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from hostcity.engines.rosters.check import Violation, check
from hostcity.engines.rosters.homes import Homes
from hostcity.engines.rosters.problem import Bools, Ints, Lock, Problem
from hostcity.engines.rosters.roster import Terms
from hostcity.engines.rosters.score import terms_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Effect:
    """What would change."""

    post_of: Ints = field(repr=False)  # [N, D, S] after the edits
    change: Terms  # each term after, less before: below 0 is better
    violations: tuple[Violation, ...]  # that there are after, and were not before
    mended: tuple[Violation, ...] = ()  # that there were before, and are not after


def what_if(
    problem: Problem, homes: Homes, post_of: Ints, edits: Iterable[Lock], *, then: Problem | None = None
) -> Effect:
    """Try edits: each puts somebody at a post, or (post -1) takes him off.

    Parameters
    ----------
    then
        The problem afterwards, when it changes too: more demand, somebody less free. None = the same.

    Raises
    ------
    IndexError
        When an edit names a person, day or shift that there is not.

    Notes
    -----
    Rules are checked again for those alone whom the edits, or the other problem, concern: the same answers as from everybody's.
    """
    after, then = post_of.copy(), problem if then is None else then
    for person, day, shift, post in edits:
        after[person, day, shift] = post
    before_terms, terms = terms_of(problem, post_of, homes), terms_of(then, after, homes)
    among = concerned(problem, then, post_of, after)
    was, now = check(problem, post_of, among), check(then, after, among)
    known, left = set(was), set(now)
    return Effect(
        post_of=after, change=_less(terms, before_terms), violations=tuple(each for each in now if each not in known),
        mended=tuple(each for each in was if each not in left),
    )  # fmt: skip


def concerned(problem: Problem, then: Problem, post_of: Ints, after: Ints) -> Bools | None:
    """Whose rules may be kept otherwise afterwards: ``bool[N]``; None = perhaps everybody's."""
    is_alike = (then.rules, then.locks, then.together, then.apart) == (
        problem.rules, problem.locks, problem.together, problem.apart,
    )  # fmt: skip
    posts = problem.shape[3]
    if not is_alike or any(((each < -1) | (each >= posts)).any() for each in (post_of, after)):
        return None
    found: Bools = (after != post_of).any(axis=(1, 2))
    one, other = problem.people, then.people
    if one is not other:
        found |= (one.is_trained != other.is_trained).any(axis=1) | (one.is_free != other.is_free).any(axis=(1, 2))
        found |= (one.most_shifts != other.most_shifts) | (one.is_minor != other.is_minor)
    if problem.posts is not then.posts and (turned := problem.is_open != then.is_open).any():
        day, shift = np.indices(post_of.shape[1:])
        for each in (post_of, after):
            found |= ((each >= 0) & turned[day, shift, each]).any(axis=(1, 2))
    return found


def _less(one: Terms, other: Terms) -> Terms:
    return Terms(
        heads=one.heads - other.heads, traits=tuple(a - b for a, b in zip(one.traits, other.traits, strict=True)),
        shifts=one.shifts - other.shifts, posts=one.posts - other.posts, changes=one.changes - other.changes,
        fairness=one.fairness - other.fairness, away=one.away - other.away,
    )  # fmt: skip
