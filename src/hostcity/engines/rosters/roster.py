"""What a roster is, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass, field

from hostcity.engines.rosters.homes import Homes
from hostcity.engines.rosters.problem import Floats, Ints


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The objective, piece by piece; all are harm, the less the better."""

    heads: float  # missing heads, weighted
    traits: tuple[float, ...]  # missing leaders, English ..., weighted: of lines 1 and on
    shifts: float  # shifts that are not wanted, travel
    posts: float  # posts that are not wanted
    changes: float  # of post
    fairness: float
    away: float  # from the team's home; below 0 when more serve at home than their targets ask

    @property
    def total(self) -> float:
        """The objective."""
        return self.heads + sum(self.traits) + self.shifts + self.posts + self.changes + self.fairness + self.away


@dataclass(frozen=True, kw_only=True, eq=False)
class Score:
    """A roster judged, whoever made it."""

    terms: Terms
    missing: tuple[float, ...]  # of each line, exactly, in the mean, standby pools left out. [heads]
    demand: int  # heads needed at posts
    short_share: float  # mean probability that a cell of a post is short of heads
    cells_short: int  # open cells with fewer people than needed
    shifts: int  # served
    changes: int  # of post
    idle: int  # people without a shift
    with_mate: float  # share of shifts of people in teams with a team mate in the cell
    at_home: float  # share of shifts at the home post
    posts_each: float  # different posts of a person who serves, in the mean
    shifts_sd: float

    @property
    def objective(self) -> float:
        """The total."""
        return self.terms.total


@dataclass(frozen=True, kw_only=True)
class Step:
    """How far the search was when."""

    name: str
    cpu_s: float
    objective: float
    bound: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Roster:
    """Who serves where, and how far from the best that is."""

    post_of: Ints = field(repr=False)  # [N, D, S] -1 = off
    homes: Homes = field(repr=False)
    score: Score
    bound: float  # no roster with these homes has a lower objective
    bound_any: float  # nor any with whatever homes
    prices: Floats = field(repr=False)  # [L, D, S, P] what one more unit of attendance is worth, at the bound
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def objective(self) -> float:
        """The total of the score."""
        return self.score.objective

    @property
    def gap(self) -> float:
        """Share of the objective that could be saved at most, with these homes."""
        return (self.objective - self.bound) / self.objective if self.objective > 0 else 0.0
