"""The arrays of a roster problem: who can serve, what posts need, what is allowed, what counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.rosters.rules import Rules

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
ANYBODY = -1  # the trait that a line for plain heads asks for


class RosterError(ValueError):
    """Everything that does not fit in a problem, told at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type[RosterError], tuple[list[str]]]:
        """Whole from process to process: an exception is else made anew from its text alone."""
        return RosterError, (list(self.problems),)


@dataclass(frozen=True, kw_only=True, eq=False)
class People:
    """Who can serve. ``N`` people, ``P`` posts, ``D`` days, ``S`` shifts a day, ``K`` traits."""

    attends: Floats  # [N] probability of coming to a shift, above 0, at most 1
    is_trained: Bools  # [N, P] may serve at the post: trained, certified, accredited
    is_free: Bools  # [N, D, S]
    has: Bools  # [N, K] traits that posts ask for: leads, speaks English ...
    most_shifts: Ints  # [N] over the event
    target: Ints  # [N] shifts that would be fair
    shift_cost: Floats  # [N, D, S] how little the shift is wanted, travel to it; 0 or more
    post_cost: Floats  # [N, P] how little the post is wanted; 0 or more
    team: Ints  # [N] a number for each team; -1 = none
    is_minor: Bools  # [N]

    @property
    def count(self) -> int:
        """How many."""
        return int(self.attends.size)


@dataclass(frozen=True, kw_only=True, eq=False)
class Posts:
    """What posts need. ``L`` lines: line 0 asks for heads, the others for heads with a trait, who count in line 0 too.

    A cell is a post in one shift; it is open when line 0 needs somebody.
    """

    needed: Ints  # [L, D, S, P] heads
    weight: Floats  # [L, P] harm of one missing, 0 or more
    trait: Ints  # [L, P] column of ``has``; -1 = the line asks for nobody here, in line 0 for anybody
    zone: Ints  # [P]
    is_standby: Bools  # [P] pools of a zone from which missing heads are replaced on the day


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What counts besides shortage, in the same unit of harm."""

    change: float = 5.0  # another post than at the shift before
    fairness: float = 3.0  # times the square of shifts off target
    home: float = 4.0  # a shift that is not at the team's home post, in its half of the day
    home_half: float = 2.0  # of these when it is the post, but the other half of the day


class Lock(NamedTuple):
    """Somebody serves in this shift at this post, or (post -1) not at all."""

    person: int
    day: int
    shift: int
    post: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Problem:
    """A roster problem.

    Raises
    ------
    RosterError
        When arrays do not fit one another, or hold what makes no sense; all of it at once. Locks that contradict
        rules or each other are told by `contradictions`.
    """

    people: People
    posts: Posts
    rules: Rules
    weights: Weights = field(default_factory=Weights)
    locks: tuple[Lock, ...] = ()
    together: tuple[tuple[int, ...], ...] = ()  # people who serve all their shifts side by side
    apart: tuple[tuple[int, int], ...] = ()  # people who never serve in one cell
    step: float = 0.0  # attendance of the head that shortage is told for; 0 = the mean of all people

    def __post_init__(self) -> None:
        """Check everything."""
        from hostcity.engines.rosters.checking import problems_of

        if found := problems_of(self):
            raise RosterError(found)
        if not self.step:
            mean = float(self.people.attends.mean()) if self.people.count else 1.0
            object.__setattr__(self, "step", mean)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """People, days, shifts a day, posts."""
        _, days, shifts, posts = self.posts.needed.shape
        return self.people.count, days, shifts, posts

    @property
    def is_open(self) -> Bools:
        """Which cells need somebody: ``bool[D, S, P]``."""
        found: Bools = self.posts.needed[0] > 0
        return found

    @property
    def half_of(self) -> Ints:
        """The half of the day a shift lies in: ``int64[S]``, 0 early, 1 late."""
        shifts = self.rules.starts_s.size
        return (np.arange(shifts) >= (shifts + 1) // 2).astype(np.int64)
