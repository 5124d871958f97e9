"""Locks that cannot all be kept: the fewest of them that contradict rules or each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hostcity.engines.rosters.automaton import OFF, Automaton, automaton_of
from hostcity.engines.rosters.problem import Lock, Problem, RosterError


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Locks of which no one can be taken away without the others being possible."""

    locks: tuple[Lock, ...]
    reason: str  # trained, free, closed, twice, limit, rules, apart


def contradictions(problem: Problem) -> tuple[Contradiction, ...]:
    """One minimal set of locks for each person, group or pair that cannot serve as locked.

    Notes
    -----
    Deletion filter [1]_: locks are left out one after the other, and stay out when the rest is impossible still. Possible is told by
    walking the automaton of the rules. O(locks^2 x layers) for each person.

    References
    ----------
    .. [1] J. Chinneck, E. Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA J. Computing 3, 1991. doi 10.1287/ijoc.3.2.157
    """
    automata = [automaton_of(problem.rules, problem.shape[1], is_minor=minor) for minor in (False, True)]
    groups = {person: group for group in problem.together for person in group}
    by_unit: dict[tuple[int, ...], list[Lock]] = {}
    for lock in problem.locks:
        by_unit.setdefault(groups.get(lock.person, (lock.person,)), []).append(lock)
    found = []
    for unit, locks in by_unit.items():

        def fails(some: Iterable[Lock], unit: tuple[int, ...] = unit) -> str:
            return _unit_fails(problem, automata, unit, tuple(some))

        if fails(locks):
            least = _filtered(locks, fails)
            found.append(Contradiction(locks=tuple(least), reason=fails(least)))
    return (*found, *_apart(problem))


def refuse_contradictions(problem: Problem) -> None:
    """Raise ``RosterError`` with all of them, when there are some."""
    if found := contradictions(problem):
        raise RosterError(
            [f"{' and '.join(map(str, each.locks))} cannot be kept ({each.reason}). Take one away." for each in found]
        )


def _filtered(locks: list[Lock], fails: Callable[[Iterable[Lock]], str]) -> list[Lock]:
    kept = list(locks)
    for lock in locks:
        without = [each for each in kept if each != lock]
        if fails(without):
            kept = without
    return kept


def _unit_fails(problem: Problem, automata: list[Automaton], unit: tuple[int, ...], locks: tuple[Lock, ...]) -> str:
    """Why people who serve side by side cannot keep these locks; "" when they can."""
    people, members = problem.people, list(unit)
    posts: dict[tuple[int, int], int] = {}
    for lock in locks:
        if posts.setdefault((lock.day, lock.shift), lock.post) != lock.post:
            return "twice"
        if lock.post < 0:
            continue
        if not people.is_trained[members, lock.post].all():
            return "trained"
        if not people.is_free[members, lock.day, lock.shift].all():
            return "free"
        if not problem.is_open[lock.day, lock.shift, lock.post]:
            return "closed"
    must = {at for at, post in posts.items() if post >= 0}
    if len(must) > people.most_shifts[members].min():
        return "limit"
    automaton = automata[int(people.is_minor[members].any())]
    return "" if _walks(problem, automaton, must) else "rules"


def _walks(problem: Problem, automaton: Automaton, must: set[tuple[int, int]]) -> bool:
    """Whether the rules let somebody serve in exactly these shifts.

    More shifts only make more rules fail, so that others need not be tried.
    """
    a_day, state = problem.rules.shifts_a_day, 0
    for day in range(problem.shape[1]):
        today = sorted(shift for other, shift in must if other == day)
        if len(today) > a_day:
            return False
        for layer, shift in enumerate([*today, *[OFF] * (a_day - len(today))]):
            state = automaton.next_of(day * a_day + layer, state, shift)
            if state < 0:
                return False
    return True


def _apart(problem: Problem) -> list[Contradiction]:
    """Pairs who must be apart and are locked to one cell."""
    found = []
    groups = {person: group for group in problem.together for person in group}
    for one, other in problem.apart:
        mine, theirs = groups.get(one, (one,)), groups.get(other, (other,))
        for lock in (each for each in problem.locks if each.post >= 0 and each.person in mine):
            rival = [each for each in problem.locks if each.person in theirs and each[1:] == lock[1:]]
            if rival:
                found.append(Contradiction(locks=(lock, rival[0]), reason="apart"))
    return found
