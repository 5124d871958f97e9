"""What a roster is worth, told from its definition: nothing of the search is used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.rosters.cover import risk, shortage_of
from hostcity.engines.rosters.homes import Homes, find_homes, home_cost
from hostcity.engines.rosters.problem import Floats, Ints, Problem
from hostcity.engines.rosters.roster import Score, Terms


def score(problem: Problem, post_of: Ints, homes: Homes | None = None) -> Score:
    """Judge a roster, made by whomever.

    Parameters
    ----------
    post_of : int64[N, D, S]
        The post of each person in each shift; -1 = off.
    homes
        Home posts; found anew when not given.

    Notes
    -----
    Whether it is allowed is told by `check`. O(shifts served x lines), and the Poisson-binomial of each cell (`cover.risk`).
    """
    homes = find_homes(problem) if homes is None else homes
    short, missing = risk(problem, post_of)
    real = problem.is_open & ~problem.posts.is_standby
    heads = headcount(problem, post_of)
    served = (post_of >= 0).sum(axis=(1, 2))
    return Score(
        terms=terms_of(problem, post_of, homes),
        missing=tuple(float(line[real].sum()) for line in missing),
        demand=int(problem.posts.needed[0][real].sum()),
        short_share=float(short[0][real].mean()) if real.any() else 0.0,
        cells_short=int((heads < problem.posts.needed[0])[problem.is_open].sum()),
        shifts=int(served.sum()), changes=int(changes_of(post_of).sum()), idle=int((served == 0).sum()),
        with_mate=mates_share(problem, post_of), at_home=_at_home(post_of, homes), posts_each=_posts_each(post_of),
        shifts_sd=float(served.std()) if served.size else 0.0,
    )  # fmt: skip


def terms_of(problem: Problem, post_of: Ints, homes: Homes) -> Terms:
    """The objective, piece by piece."""
    people, weights = problem.people, problem.weights
    person, day, shift = np.nonzero(post_of >= 0)
    post = post_of[person, day, shift]
    lines = lines_harm(problem, loads_of(problem, post_of))
    served = (post_of >= 0).sum(axis=(1, 2))
    away = home_cost(problem, homes)[person, problem.half_of[shift], post].sum()
    return Terms(
        heads=float(lines[0].sum()), traits=tuple(float(line.sum()) for line in lines[1:]),
        shifts=float(people.shift_cost[person, day, shift].sum()), posts=float(people.post_cost[person, post].sum()),
        changes=weights.change * float(changes_of(post_of).sum()),
        fairness=weights.fairness * float(((served - people.target) ** 2).sum()),
        away=float(away) + weights.home * float((people.target - served).sum()),
    )  # fmt: skip


def loads_of(problem: Problem, post_of: Ints, attends: Floats | None = None) -> Floats:
    """Attendance in the sum of who is rostered, in each line of each cell: ``float64[L, D, S, P]``.

    ``attends`` [N] when it is another than the problem's.
    """
    posts, people = problem.posts, problem.people
    attends = people.attends if attends is None else attends
    load = np.zeros(posts.needed.shape)
    person, day, shift = np.nonzero(post_of >= 0)
    post = post_of[person, day, shift]
    np.add.at(load[0], (day, shift, post), attends[person])
    for line in range(1, len(load)):
        trait = posts.trait[line, post]
        counts = (trait >= 0) & people.has[person, trait]
        np.add.at(load[line], (day[counts], shift[counts], post[counts]), attends[person[counts]])
    return load


def lines_harm(problem: Problem, load: Floats) -> Floats:
    """Harm of what is missing: ``float64[L, D, S, P]``."""
    posts = problem.posts
    asked = np.where(posts.trait >= 0, 1, 0)
    asked[0] = 1
    needed = posts.needed * asked[:, None, None, :] * problem.is_open
    found: Floats = posts.weight[:, None, None, :] * shortage_of(problem).expected(needed, load)
    return np.where(needed > 0, found, 0.0)


def headcount(problem: Problem, post_of: Ints) -> Ints:
    """People rostered in each cell: ``int64[D, S, P]``."""
    found = np.zeros(problem.posts.needed.shape[1:], np.int64)
    person, day, shift = np.nonzero(post_of >= 0)
    np.add.at(found, (day, shift, post_of[person, day, shift]), 1)
    return found


def changes_of(post_of: Ints) -> Ints:
    """How often each person changes the post: ``int64[N]``."""
    flat = post_of.reshape(post_of.shape[0], -1)
    last, changes = np.full(flat.shape[0], -1), np.zeros(flat.shape[0], np.int64)
    for at in range(flat.shape[1]):
        serves = flat[:, at] >= 0
        changes += serves & (last >= 0) & (last != flat[:, at])
        last = np.where(serves, flat[:, at], last)
    return changes


def mates_share(problem: Problem, post_of: Ints) -> float:
    """Share of shifts of people in teams of two or more with a team mate in the cell."""
    person, day, shift = np.nonzero(post_of >= 0)
    team = problem.people.team
    size = np.bincount(team[team >= 0], minlength=1)
    mine = (team[person] >= 0) & (size[np.maximum(team[person], 0)] > 1)
    if not mine.any():
        return 0.0
    _, days, shifts, posts = problem.shape
    cell = ((team[person] * days + day) * shifts + shift) * posts + post_of[person, day, shift]
    _, where, many = np.unique(cell[mine], return_inverse=True, return_counts=True)
    return float((many[where] > 1).mean())


def _at_home(post_of: Ints, homes: Homes) -> float:
    serves = post_of >= 0
    return float((post_of == homes.post[:, None, None])[serves].mean()) if serves.any() else 0.0


def _posts_each(post_of: Ints) -> float:
    flat: NDArray[np.int64] = np.sort(post_of.reshape(post_of.shape[0], -1), axis=1)
    fresh = (flat >= 0) & np.concatenate([np.ones((flat.shape[0], 1), bool), np.diff(flat, axis=1) != 0], axis=1)
    many = fresh.sum(axis=1)
    return float(many[many > 0].mean()) if (many > 0).any() else 0.0
