"""How many heads will be missing: expected by the mean attendance, exactly by a Poisson-binomial."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import comb

import numpy as np

from hostcity.engines.rosters.problem import Floats, Ints, Problem

NEGLIGIBLE = 1e-9  # of a head: beyond, nothing is missing


@dataclass(frozen=True, kw_only=True, eq=False)
class Shortage:
    """Expected missing heads, convex and piecewise linear in the sum of the attendance of who is rostered.

    Between ``n`` and ``n + 1`` heads of the mean attendance ``step`` it is drawn straight; at ``n`` it is exact for equal heads.
    """

    step: float
    missing: Floats = field(repr=False)  # [R + 1, B] of a need of r, n heads rostered
    slope: Floats = field(repr=False)  # [R + 1, B - 1] what falls per unit of attendance

    def expected(self, needed: Ints, load: Floats) -> Floats:
        """Missing heads in the mean, for needs and sums of attendance of one shape."""
        x = np.clip(load / self.step, 0.0, self.missing.shape[1] - 1.0)
        low = np.minimum(x.astype(np.int64), self.slope.shape[1] - 1)
        found: Floats = self.missing[needed, low] - (x - low) * self.step * self.slope[needed, low]
        return found


def shortage_of(problem: Problem) -> Shortage:
    """The tables of a problem."""
    return shortage_table(int(problem.posts.needed.max(initial=0)), problem.step)


def shortage_table(most: int, step: float) -> Shortage:
    """For needs up to ``most`` and heads who each come with probability ``step``."""
    rows = [[_expected(needed, heads, step) for heads in range(needed + 1)] for needed in range(most + 1)]
    heads = most
    while any(row[-1] > NEGLIGIBLE for row in rows) or len(rows[0]) < heads + 1:
        heads += 1
        rows = [
            [*row, *(_expected(needed, n, step) for n in range(len(row), heads + 1))] for needed, row in enumerate(rows)
        ]
    missing = np.array([[*row, 0.0] for row in rows])
    missing[missing <= NEGLIGIBLE] = 0.0
    return Shortage(step=step, missing=missing, slope=(missing[:, :-1] - missing[:, 1:]) / step)


def _expected(needed: int, heads: int, attends: float) -> float:
    return sum(
        (needed - come) * comb(heads, come) * attends**come * (1 - attends) ** (heads - come)
        for come in range(min(heads, needed - 1) + 1)
    )


def risk(problem: Problem, post_of: Ints) -> tuple[Floats, Floats]:
    """Exact for who is rostered where: P(short) and E[missing] of each line and cell, ``float64[L, D, S, P]`` each.

    Notes
    -----
    Who comes is Poisson-binomial: one convolution for each head, for all cells at once. O(lines x cells x heads^2).
    """
    lines = [_of_line(problem, post_of, line) for line in range(len(problem.posts.needed))]
    short, missing = (np.stack([line[each] for line in lines]) for each in (0, 1))
    return short, missing


def moments(problem: Problem, post_of: Ints) -> tuple[Floats, Floats]:
    """Mean and variance of the heads that are missing in each cell, exactly: ``float64[D, S, P]`` each."""
    _, missing, squared = _of_line(problem, post_of, 0)
    return missing, squared - missing**2


def _of_line(problem: Problem, post_of: Ints, line: int) -> tuple[Floats, Floats, Floats]:
    """P(short), E[missing], E[missing squared] of a line: ``float64[D, S, P]`` each."""
    _, _, shifts, posts = problem.shape
    needed, people = problem.posts.needed[line], problem.people
    person, day, shift = np.nonzero(post_of >= 0)
    cell = (day * shifts + shift) * posts + post_of[person, day, shift]
    trait = problem.posts.trait[line, cell % posts]
    counts = np.ones(cell.size, bool) if line == 0 else (trait >= 0) & people.has[person, trait]
    asked = needed * ((problem.posts.trait[line] >= 0) if line else 1)
    short, missing, squared = _poisson_binomial(cell[counts], people.attends[person[counts]], asked.ravel())
    return short.reshape(needed.shape), missing.reshape(needed.shape), squared.reshape(needed.shape)


def _poisson_binomial(cell: Ints, attends: Floats, needed: Ints) -> tuple[Floats, Floats, Floats]:
    """P(fewer than needed come) and how many are missing, and their square, in the mean, for each cell."""
    most = int(needed.max(initial=0))
    order = np.argsort(cell, kind="stable")
    cell, attends = cell[order], attends[order]
    rank = np.arange(cell.size) - np.searchsorted(cell, cell)  # of a head in its cell
    come = np.zeros((needed.size, most + 1))  # the last entry is "so many or more"
    come[:, 0] = 1.0
    for each in range(int(rank.max(initial=-1)) + 1):
        at, rate = cell[rank == each], attends[rank == each][:, None]
        before = come[at]
        after = before * (1 - rate)
        after[:, 1:] += before[:, :-1] * rate
        after[:, -1] += before[:, -1] * rate[:, 0]
        come[at] = after
    heads = np.arange(most + 1)
    lacks = np.maximum(needed[:, None] - heads, 0)
    return (come * (lacks > 0)).sum(axis=1), (come * lacks).sum(axis=1), (come * lacks**2).sum(axis=1)
