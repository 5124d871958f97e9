"""What people do without an engine: sign up first come first served; a careful coordinator who begins with what is scarce."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters.problem import Bools, Ints, Problem

CHANGE, LOADED = 5.0, 2.0  # harm of another post; of each shift that somebody has already


def first_come(problem: Problem, seed: int = 0) -> Ints:
    """People come in an order of chance and sign up for the free places that they like best, up to their target. ``int64[N, D, S]``.

    Both rosters keep one shift a day, rest, successions and hours of minors; of locks, groups and rolling limits they know nothing.
    """
    rng, people, rules = np.random.default_rng(seed), problem.people, problem.rules
    count, days, shifts, posts = problem.shape
    free = problem.posts.needed[0].copy()
    post_of, of_age = np.full((count, days, shifts), -1), _of_age(problem)
    for person in rng.permutation(count):
        mine = post_of[person]
        free_then = people.is_free[person] & of_age[person]
        may = people.is_trained[person] & free_then[:, :, None] & problem.is_open
        cost = people.shift_cost[person][:, :, None] + people.post_cost[person]
        while (mine >= 0).sum() < min(people.target[person], people.most_shifts[person]):
            ok = may & (free > 0) & (mine < 0).all(axis=1)[:, None, None]
            for day, shift in np.argwhere(mine >= 0):
                for other in range(shifts):
                    if day + 1 < days and not rules.may_follow(int(shift), other):
                        ok[day + 1, other] = False
                    if day > 0 and not rules.may_follow(other, int(shift)):
                        ok[day - 1, other] = False
            if not ok.any():
                break
            home = mine.max()
            moved = CHANGE * (np.arange(posts) != home) if home >= 0 else 0.0
            at = np.unravel_index(np.argmin(np.where(ok, cost + moved, np.inf)), ok.shape)
            mine[at[0], at[1]] = at[2]
            free[at] -= 1
    return post_of


def coordinated(problem: Problem, seed: int = 0) -> Ints:
    """Critical cells first, then those for which few are trained; in each the scarcest trait first; whom it suits best of who has served least."""
    rng, posts = np.random.default_rng(seed), problem.posts
    trained = problem.people.is_trained.sum(axis=0)
    cells = np.argwhere(problem.is_open)
    order = np.lexsort((rng.random(len(cells)), trained[cells[:, 2]], -posts.weight[0][cells[:, 2]]))
    post_of = np.full(problem.shape[:3], -1)
    served, home = np.zeros(problem.people.count, np.int64), np.full(problem.people.count, -1)
    for day, shift, post in cells[order].tolist():
        lines = [line for line in range(len(posts.needed) - 1, 0, -1) if posts.needed[line, day, shift, post] > 0]
        for line in [*lines, *[0] * int(posts.needed[0, day, shift, post])]:
            here = np.flatnonzero(post_of[:, day, shift] == post)
            if len(here) >= posts.needed[0, day, shift, post]:
                break
            has: Bools = problem.people.has[:, posts.trait[line, post]] if line else np.ones(len(served), bool)
            if line and has[here].sum() >= posts.needed[line, day, shift, post]:
                continue
            person = _best(problem, post_of, served, home, has, (day, shift, post))
            if person >= 0:
                post_of[person, day, shift] = post
                served[person] += 1
                home[person] = post
    return post_of


def _best(problem: Problem, post_of: Ints, served: Ints, home: Ints, has: Bools, cell: tuple[int, int, int]) -> int:
    (day, shift, post), people, rules = cell, problem.people, problem.rules
    ok = has & people.is_trained[:, post] & people.is_free[:, day, shift] & (post_of[:, day] < 0).all(axis=1)
    ok &= (served < np.minimum(people.target, people.most_shifts)) & _of_age(problem)[:, shift]
    for other in range(post_of.shape[2]):
        if day > 0 and not rules.may_follow(other, shift):
            ok &= post_of[:, day - 1, other] < 0
        if day + 1 < post_of.shape[1] and not rules.may_follow(shift, other):
            ok &= post_of[:, day + 1, other] < 0
    who = np.flatnonzero(ok)
    if not who.size:
        return -1
    moved = CHANGE * ((home[who] >= 0) & (home[who] != post))
    cost = people.shift_cost[who, day, shift] + people.post_cost[who, post] + LOADED * served[who] + moved
    return int(who[np.argmin(cost)])


def _of_age(problem: Problem) -> Bools:
    """Shifts that each person is old enough for: ``bool[N, S]``."""
    rules = problem.rules
    minors = np.array([rules.minors_may(shift) for shift in range(rules.starts_s.size)], bool)
    found: Bools = ~problem.people.is_minor[:, None] | minors
    return found
