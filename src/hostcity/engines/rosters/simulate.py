"""Days on which some do not come: what is missing, before and after standby; and how much standby is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from hostcity.engines.rosters.cover import moments
from hostcity.engines.rosters.problem import Bools, Floats, Ints, Problem

STANDS_BY = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Attendance:
    """Draws of who comes. Missing heads at posts over the whole event."""

    demand: int
    missing: Ints = field(repr=False)  # [draws]
    after_standby: Ints = field(repr=False)  # [draws] who stands by goes where he is trained
    after_moves: Ints = field(
        repr=False
    )  # [draws] others of the zone too, where there are more than needed, or standby follows them
    if_all_could: Ints = field(repr=False)  # [draws] if everybody who stands by were trained for everything
    by_cell: Floats = field(repr=False)  # [D, S, P] missing before standby, in the mean

    @property
    def share(self) -> float:
        """Missing after moves, of demand, in the mean."""
        return float(self.after_moves.mean()) / self.demand if self.demand else 0.0


class _Zone(NamedTuple):
    """Who came to one zone in one shift."""

    can: Bools  # [people, posts]
    at: Ints  # [people] index of the post; -1 = stands by
    holes: list[int]  # indexes of posts, one for each missing head
    spare: Ints  # [posts] people beyond need


def simulate(problem: Problem, post_of: Ints, *, draws: int = 200, seed: int = 1) -> Attendance:
    """Draw who comes, and send who stands by where heads are missing.

    Parameters
    ----------
    post_of : int64[N, D, S]

    Notes
    -----
    Each person and shift has its own number in each draw, whatever the roster: two rosters are compared under the same draws. People are moved
    within their zone, to posts that they are trained for, so that as few heads as possible stay missing (augmenting paths [1]_, so
    that one may follow the other); nobody looks at traits then.

    References
    ----------
    .. [1] H. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics 2, 1955. doi 10.1002/nav.3800020109
    """
    count, days, shifts, posts = problem.shape
    person, day, shift = np.nonzero(post_of >= 0)
    cell = (day * shifts + shift) * posts + post_of[person, day, shift]
    real = (problem.is_open & ~problem.posts.is_standby).ravel()
    needed = np.where(real, problem.posts.needed[0].ravel(), 0)
    found, by_cell = np.zeros((draws, 4), np.int64), np.zeros(needed.size)
    for draw in range(draws):
        numbers = np.random.Generator(np.random.Philox(key=[seed, draw])).random((count, days, shifts))
        comes = numbers[person, day, shift] < problem.people.attends[person]
        lacks = needed - np.bincount(cell[comes], minlength=needed.size)
        by_cell += np.maximum(lacks, 0)
        filled = [_filled(zone) for zone in _zones(problem, lacks, person[comes], cell[comes])]
        found[draw] = np.maximum(lacks, 0).sum() - np.array([(0, 0, 0, 0), *filled]).sum(axis=0)
    return Attendance(
        demand=int(needed.sum()), missing=found[:, 0], after_standby=found[:, 1], after_moves=found[:, 2],
        if_all_could=found[:, 3], by_cell=(by_cell / max(draws, 1)).reshape(days, shifts, posts),
    )  # fmt: skip


def _zones(problem: Problem, lacks: Ints, person: Ints, cell: Ints) -> Iterator[_Zone]:
    """Zones and shifts in which heads are missing."""
    posts, zones = problem.shape[3], int(problem.posts.zone.max()) + 1
    key_of = np.arange(lacks.size) // posts * zones + problem.posts.zone[np.arange(lacks.size) % posts]
    order = np.argsort(key_of[cell], kind="stable")
    keys = key_of[cell][order]
    for key in np.unique(key_of[lacks > 0]).tolist():
        mine = order[np.searchsorted(keys, key) : np.searchsorted(keys, key, side="right")]
        there = np.flatnonzero(problem.posts.zone == key % zones)
        at = np.searchsorted(there, cell[mine] % posts)
        lack = lacks[key // zones * posts + there]
        at[problem.posts.is_standby[there][at]] = STANDS_BY
        holes = [post for post in np.flatnonzero(lack > 0).tolist() for _ in range(int(lack[post]))]
        yield _Zone(problem.people.is_trained[np.ix_(person[mine], there)], at, holes, np.maximum(-lack, 0))


def _filled(zone: _Zone) -> tuple[int, int, int, int]:
    """How many holes nobody fills (0), who stands by, everybody, and who stands by if all were trained for all."""
    pool = zone.at == STANDS_BY
    if not pool.any() and not zone.spare.any():
        return 0, 0, 0, 0
    alone = _Zone(zone.can[pool], zone.at[pool], zone.holes, zone.spare)
    return 0, _chains(alone), _chains(zone), min(len(zone.holes), int(pool.sum()))


def _chains(zone: _Zone) -> int:
    """Fill holes one after the other: somebody comes from standby or plenty, or leaves a hole that is filled in turn."""
    at, spare = zone.at.tolist(), zone.spare.tolist()
    trained: dict[int, list[int]] = {}
    return sum(_fills(hole, zone.can, trained, at, spare) for hole in zone.holes)


def _fills(hole: int, can: Bools, trained: dict[int, list[int]], at: list[int], spare: list[int]) -> bool:
    """Search breadth first for a chain that ends with somebody who is not missed; make its moves."""
    came: dict[int, tuple[int, int]] = {hole: (-1, -1)}  # who leaves this post, and for which
    queue = [hole]
    for post in queue:
        if post not in trained:
            trained[post] = np.flatnonzero(can[:, post]).tolist()
        for person in trained[post]:
            source = at[person]
            if source == STANDS_BY or (source not in came and spare[source] > 0):
                if source >= 0:
                    spare[source] -= 1
                _shift(person, post, came, at)
                return True
            if source not in came:
                came[source] = (person, post)
                queue.append(source)
    return False


def _shift(person: int, post: int, came: dict[int, tuple[int, int]], at: list[int]) -> None:
    """Everybody on the chain takes the place of the one before."""
    while person >= 0:
        at[person] = post
        person, post = came[post]


def size_standby(problem: Problem, post_of: Ints, *, deviations: float = 2.0) -> Problem:
    """The problem with pools as large as what will be missing in their zone and shift.

    Parameters
    ----------
    post_of : int64[N, D, S]
    deviations
        So many standard deviations above the mean are covered.

    Notes
    -----
    Cells are independent, so that variances of their missing heads add up, and one pool for a zone is smaller than
    a reserve in each of its cells. Mean and variance of a cell are exact (Poisson-binomial).
    """
    posts = problem.posts
    mean, variance = moments(problem, post_of)
    real = problem.is_open & ~posts.is_standby
    needed, attends = posts.needed.copy(), float(problem.people.attends.mean())
    for pool in np.flatnonzero(posts.is_standby).tolist():
        mine = real & (posts.zone == posts.zone[pool])
        wanted = np.where(mine, mean, 0.0).sum(axis=2) + deviations * np.sqrt(
            np.maximum(np.where(mine, variance, 0.0).sum(axis=2), 0.0)
        )
        needed[0, :, :, pool] = np.ceil(wanted / attends - 1e-9) * mine.any(axis=2)
    return replace(problem, posts=replace(posts, needed=needed))
