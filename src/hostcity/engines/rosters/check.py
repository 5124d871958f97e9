"""Whether a roster keeps all rules: told from the problem and the roster alone, one person after the other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hostcity.engines.rosters.problem import Bools, Ints, Problem
from hostcity.engines.rosters.rules import DAY_S


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A rule that is not kept."""

    rule: str  # one of `RULES`
    person: int
    day: int
    shift: int
    detail: int = -1  # the post; the earlier shift; how many; the other person


RULES = (
    "post", "closed", "trained", "free", "overlap", "shifts_a_day", "hours_a_day", "rest", "forbidden", "running",
    "window", "most", "minor", "lock", "together", "apart",
)  # fmt: skip


def check(problem: Problem, post_of: Ints, among: Bools | None = None) -> tuple[Violation, ...]:
    """Everything that is not allowed; nothing of the search is trusted or used.

    Parameters
    ----------
    among : bool[N]
        Only what these people break, alone or with somebody else; None = everybody. Posts that there are not are told of everybody.

    Raises
    ------
    ValueError
        When ``post_of`` is not ``int64[N, D, S]``.
    """
    count, days, shifts, posts = problem.shape
    if post_of.shape != (count, days, shifts):
        raise ValueError(f"post_of has shape {post_of.shape}, not {(count, days, shifts)}")
    unknown = np.argwhere((post_of < -1) | (post_of >= posts)).tolist()
    if unknown:
        return tuple(
            Violation(rule="post", person=n, day=d, shift=s, detail=int(post_of[n, d, s])) for n, d, s in unknown
        )
    among = np.ones(count, bool) if among is None else among
    serves = (post_of >= 0) & among[:, None, None]
    found = list(_cells(problem, post_of, serves))
    for person in np.flatnonzero(serves.any(axis=(1, 2))).tolist():
        served = np.argwhere(post_of[person] >= 0).tolist()
        found += _hours(problem, person, served)
        found += _days(problem, person, served)
    return (*found, *_locks(problem, post_of, among), *_relations(problem, post_of, among))


def _cells(problem: Problem, post_of: Ints, serves: Bools) -> Iterator[Violation]:
    people = problem.people
    for person, day, shift in np.argwhere(serves).tolist():
        post = int(post_of[person, day, shift])
        where = {"person": person, "day": day, "shift": shift, "detail": post}
        if problem.posts.needed[0, day, shift, post] <= 0:
            yield Violation(rule="closed", **where)
        if not people.is_trained[person, post]:
            yield Violation(rule="trained", **where)
        if not people.is_free[person, day, shift]:
            yield Violation(rule="free", **where)


def _hours(problem: Problem, person: int, served: list[list[int]]) -> Iterator[Violation]:
    """Within a day, and over the event."""
    rules = problem.rules
    is_minor = bool(problem.people.is_minor[person])
    most_s = min(rules.most_a_day_s, rules.minors_a_day_s) if is_minor else rules.most_a_day_s
    if len(served) > problem.people.most_shifts[person]:
        yield Violation(rule="most", person=person, day=served[-1][0], shift=served[-1][1], detail=len(served))
    for day in sorted({day for day, _ in served}):
        today = [shift for other, shift in served if other == day]
        if len(today) > rules.shifts_a_day:
            yield Violation(rule="shifts_a_day", person=person, day=day, shift=today[-1], detail=len(today))
        if sum(int(rules.ends_s[shift] - rules.starts_s[shift]) for shift in today) > most_s:
            yield Violation(rule="hours_a_day", person=person, day=day, shift=today[-1], detail=len(today))
        for earlier, later in itertools.pairwise(today):
            if rules.starts_s[later] < rules.ends_s[earlier]:
                yield Violation(rule="overlap", person=person, day=day, shift=later, detail=earlier)
        for shift in today:
            within = rules.starts_s[shift] >= rules.minors_start_s and rules.ends_s[shift] <= rules.minors_end_s
            if is_minor and not within:
                yield Violation(rule="minor", person=person, day=day, shift=shift)


def _days(problem: Problem, person: int, served: list[list[int]]) -> Iterator[Violation]:
    """From day to day."""
    rules = problem.rules
    for earlier_day, earlier in served:
        for day, shift in served:
            if day != earlier_day + 1:
                continue
            if rules.starts_s[shift] + DAY_S - rules.ends_s[earlier] < rules.rest_s:
                yield Violation(rule="rest", person=person, day=day, shift=shift, detail=earlier)
            if (earlier, shift) in rules.forbidden:
                yield Violation(rule="forbidden", person=person, day=day, shift=shift, detail=earlier)
    on = {day for day, _ in served}
    length_s = {day: sum(int(rules.ends_s[s] - rules.starts_s[s]) for other, s in served if other == day) for day in on}
    for day in sorted(on):
        row = 1
        while day - row in on:
            row += 1
        if rules.most_days_running is not None and row > rules.most_days_running:
            yield Violation(rule="running", person=person, day=day, shift=-1, detail=row)
        window_s = sum(length_s.get(other, 0) for other in range(day - rules.window_days + 1, day + 1))
        if rules.most_in_window_s is not None and window_s > rules.most_in_window_s:
            yield Violation(rule="window", person=person, day=day, shift=-1, detail=window_s)


def _locks(problem: Problem, post_of: Ints, among: Bools) -> Iterator[Violation]:
    for lock in problem.locks:
        if among[lock.person] and post_of[lock.person, lock.day, lock.shift] != lock.post:
            yield Violation(rule="lock", person=lock.person, day=lock.day, shift=lock.shift, detail=lock.post)


def _relations(problem: Problem, post_of: Ints, among: Bools) -> Iterator[Violation]:
    for group in problem.together:
        for person in group[1:]:
            if not (among[person] or among[group[0]]):
                continue
            for day, shift in np.argwhere(post_of[person] != post_of[group[0]]).tolist():
                yield Violation(rule="together", person=person, day=day, shift=shift, detail=group[0])
    for one, other in problem.apart:
        if not (among[one] or among[other]):
            continue
        for day, shift in np.argwhere((post_of[one] >= 0) & (post_of[one] == post_of[other])).tolist():
            yield Violation(rule="apart", person=one, day=day, shift=shift, detail=other)
