"""Who could serve in a shift, and what one change of a roster costs. NumPy alone: a web process may ask."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters.cover import Shortage, shortage_of
from hostcity.engines.rosters.homes import Homes, home_cost
from hostcity.engines.rosters.problem import Bools, Floats, Ints, Problem
from hostcity.engines.rosters.score import loads_of


def breaks_rules(problem: Problem, post_of: Ints, day: int, shift: int) -> Bools:
    """Whether one more shift that day would break a rule of hours or rest, for each person: ``bool[N]``.

    Shifts over the event, and what somebody is trained or free for, are not looked at.
    """
    rules, people = problem.rules, problem.people
    serves = post_of >= 0
    broken: Bools = people.is_minor & (not rules.minors_may(shift))
    for other in range(rules.starts_s.size):
        if day > 0 and not rules.may_follow(other, shift):
            broken = broken | serves[:, day - 1, other]
        if day + 1 < serves.shape[1] and not rules.may_follow(shift, other):
            broken = broken | serves[:, day + 1, other]
        if rules.starts_s[other] < rules.ends_s[shift] and rules.starts_s[shift] < rules.ends_s[other]:
            broken = broken | serves[:, day, other]
    worked_s = serves @ rules.lengths_s
    worked_s[:, day] += rules.lengths_s[shift]
    most_s = np.where(people.is_minor, min(rules.most_a_day_s, rules.minors_a_day_s), rules.most_a_day_s)
    broken = broken | (serves[:, day].sum(axis=1) >= rules.shifts_a_day) | (worked_s[:, day] > most_s)
    broken |= _too_long(problem, worked_s, day)
    return broken


def _too_long(problem: Problem, worked_s: Ints, day: int) -> Bools:
    """Days in a row, and rolling hours, with what is worked on each day."""
    rules, days = problem.rules, worked_s.shape[1]
    broken = np.zeros(len(worked_s), bool)
    if rules.most_days_running is not None:
        row = np.ones(len(worked_s), np.int64)
        for step in (-1, 1):
            goes_on, other = np.ones(len(worked_s), bool), day + step
            while 0 <= other < days:
                goes_on &= worked_s[:, other] > 0
                row += goes_on
                other += step
        broken |= row > rules.most_days_running
    if rules.most_in_window_s is not None:
        for last in range(day, min(days, day + rules.window_days)):
            broken |= worked_s[:, max(0, last - rules.window_days + 1) : last + 1].sum(axis=1) > rules.most_in_window_s
    return broken


class Standing:
    """One day of a roster, and what one change in one shift of it costs, exactly.

    A change brings somebody to a cell: from a day off, or from another post in the same shift. ``attends`` and ``weight`` may be
    others than the problem's: on the day itself who has checked in is certain, and standby is there to be used.
    """

    def __init__(
        self,
        problem: Problem,
        homes: Homes,
        post_of: Ints,
        day: int,
        *,
        attends: Floats | None = None,
        weight: Floats | None = None,
    ) -> None:
        self.problem, self.day, self.post_of = problem, day, post_of.copy()
        self.attends = problem.people.attends if attends is None else attends
        self.weight = problem.posts.weight if weight is None else weight
        self.table: Shortage = shortage_of(problem)
        posts = problem.posts
        asks = np.where(posts.trait >= 0, 1, 0)
        asks[0] = 1
        self.needed = posts.needed[:, day] * asks[:, None, :] * (posts.needed[0, day] > 0)  # [L, S, P]
        today = np.where(np.arange(post_of.shape[1])[:, None] == day, post_of, -1)
        self.load = loads_of(problem, today, self.attends)[:, day]  # [L, S, P]
        self.away = home_cost(problem, homes) - problem.weights.home
        self.served = (post_of >= 0).sum(axis=(1, 2))
        self.can_come = np.stack([self._may_come(shift) for shift in range(post_of.shape[2])], axis=1)  # [N, S]
        self.before, self.after = _neighbors(post_of, day)  # [N, S]

    def _may_come(self, shift: int) -> Bools:
        people, off = self.problem.people, (self.post_of[:, self.day] < 0).all(axis=1)
        can: Bools = off & people.is_free[:, self.day, shift] & (self.served < people.most_shifts)
        return can & ~breaks_rules(self.problem, self.post_of, self.day, shift)

    def gives(self, people: Ints, post: int | Ints) -> Floats:
        """Attendance in each line of a post: ``float64[L, people]``."""
        trait = np.broadcast_to(self.problem.posts.trait[:, post].T, (people.size, self.weight.shape[0])).T
        counts = (trait >= 0) & self.problem.people.has[people, np.maximum(trait, 0)]
        counts[0] = True
        found: Floats = counts * self.attends[people]
        return found

    def harm(self, shift: int, post: int | Ints, load: Floats) -> Floats:
        """Weighted shortage of cells under loads ``[L, n]``: ``float64[n]``."""
        needed = np.broadcast_to(self.needed[:, shift, post].reshape(len(load), -1), load.shape)
        weight = self.weight[:, post].reshape(len(load), -1)
        found: Floats = (weight * np.where(needed > 0, self.table.expected(needed, np.maximum(load, 0.0)), 0.0)).sum(
            axis=0
        )
        return found

    def joining(self, people: Ints, shift: int, post: int) -> Floats:
        """What a cell's harm changes by when each of these alone joins: ``float64[people]``."""
        attends, has = self.attends[people], self.problem.people.has
        change, heads = np.zeros(people.size), np.arange(self.table.missing.shape[1]) * self.table.step
        for line in np.flatnonzero((self.needed[:, shift, post] > 0) & (self.weight[:, post] > 0)).tolist():
            gives = attends if line == 0 else attends * has[people, self.problem.posts.trait[line, post]]
            load, missing = (
                max(float(self.load[line, shift, post]), 0.0),
                self.table.missing[self.needed[line, shift, post]],
            )
            less = np.interp(load + gives, heads, missing) - np.interp(load, heads, missing)
            change += self.weight[line, post] * less
        return change

    def leaving(self, people: Ints, shift: int) -> Floats:
        """What harm changes by when each of these alone leaves the cell of this shift."""
        posts = self.post_of[people, self.day, shift]
        load = self.load[:, shift, posts]
        return self.harm(shift, posts, load - self.gives(people, posts)) - self.harm(shift, posts, load)

    def plan_change(self, people: Ints, shift: int, post: int) -> Floats:
        """What their own plans cost more."""
        given, weights, old = self.problem.people, self.problem.weights, self.post_of[people, self.day, shift]
        half = self.problem.half_of[shift]
        before, after = self.before[people, shift], self.after[people, shift]
        cost = (
            given.post_cost[people, post]
            + self.away[people, half, post]
            + weights.change * _changes(before, post, after)
        )
        served, target = self.served[people], given.target[people]
        unfair = weights.fairness * ((served + 1 - target) ** 2 - (served - target) ** 2)
        comes = (
            given.shift_cost[people, self.day, shift]
            + unfair
            - weights.change * ((before >= 0) & (after >= 0) & (before != after))
        )
        stays = (
            given.post_cost[people, old] + self.away[people, half, old] + weights.change * _changes(before, old, after)
        )
        found: Floats = cost + np.where(old < 0, comes, -stays)
        return found

    def place(self, person: int, shift: int, post: int) -> None:
        """Make the change; ``post`` -1 = off."""
        old = int(self.post_of[person, self.day, shift])
        one = np.array([person])
        if old >= 0:
            self.load[:, shift, old] -= self.gives(one, old)[:, 0]
        if post >= 0:
            self.load[:, shift, post] += self.gives(one, post)[:, 0]
        self.post_of[person, self.day, shift] = post
        self.served[person] += (post >= 0) - (old >= 0)


def _changes(before: Ints, post: int | Ints, after: Ints) -> Ints:
    found: Ints = ((before >= 0) & (before != post)).astype(np.int64) + ((after >= 0) & (after != post))
    return found


def _neighbors(post_of: Ints, day: int) -> tuple[Ints, Ints]:
    """The post served last before each shift of a day, and next after it: ``int64[N, S]`` each; -1 = none."""
    count, _, shifts = post_of.shape
    flat = post_of.reshape(count, -1)
    before, after = np.full((count, shifts), -1), np.full((count, shifts), -1)
    last, following = np.full(count, -1), np.full(count, -1)
    for at in range((day + 1) * shifts):
        if at >= day * shifts:
            before[:, at - day * shifts] = last
        last = np.where(flat[:, at] >= 0, flat[:, at], last)
    for at in range(flat.shape[1] - 1, day * shifts - 1, -1):
        if at < (day + 1) * shifts:
            after[:, at - day * shifts] = following
        following = np.where(flat[:, at] >= 0, flat[:, at], following)
    return before, after
