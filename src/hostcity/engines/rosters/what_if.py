"""What an edit of a roster does, term by term, before it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hostcity.engines.rosters.check import Violation, check
from hostcity.engines.rosters.homes import Homes
from hostcity.engines.rosters.problem import Ints, Lock, Problem
from hostcity.engines.rosters.roster import Terms
from hostcity.engines.rosters.score import terms_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Effect:
    """What would change."""

    post_of: Ints = field(repr=False)  # [N, D, S] after the edits
    change: Terms  # each term after, less before: below 0 is better
    violations: tuple[Violation, ...]  # that there are after, and were not before


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
    """
    after, then = post_of.copy(), problem if then is None else then
    for person, day, shift, post in edits:
        after[person, day, shift] = post
    before_terms, terms = terms_of(problem, post_of, homes), terms_of(then, after, homes)
    known = set(check(problem, post_of))
    return Effect(
        post_of=after, change=_less(terms, before_terms),
        violations=tuple(each for each in check(then, after) if each not in known),
    )  # fmt: skip


def _less(one: Terms, other: Terms) -> Terms:
    return Terms(
        heads=one.heads - other.heads, traits=tuple(a - b for a, b in zip(one.traits, other.traits, strict=True)),
        shifts=one.shifts - other.shifts, posts=one.posts - other.posts, changes=one.changes - other.changes,
        fairness=one.fairness - other.fairness, away=one.away - other.away,
    )  # fmt: skip
