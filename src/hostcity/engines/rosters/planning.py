"""One person's plan at prices, with NumPy alone: what it costs by term, and the best there is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hostcity.engines.rosters.automaton import OFF, Automaton, automaton_of
from hostcity.engines.rosters.homes import NOWHERE, Homes
from hostcity.engines.rosters.problem import Floats, Ints, Problem

FAR = 1e12


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Shifts of one person, and their reduced cost: what they cost less what prices pay for them."""

    served: tuple[tuple[int, int, int], ...]  # day, shift, post
    paid: tuple[float, ...]  # by each line's prices
    shifts: float
    posts: float
    changes: float
    fairness: float
    away: float

    @property
    def reduced(self) -> float:
        """The total."""
        return self.shifts + self.posts + self.changes + self.fairness + self.away - sum(self.paid)

    @classmethod
    def of(cls, problem: Problem, homes: Homes, person: int, served: Ints, prices: Floats) -> Plan:
        """Split the cost of a plan ``int64[D, S]`` at prices ``[L, D, S, P]``."""
        people, weights = problem.people, problem.weights
        day, shift = np.nonzero(served >= 0)
        post, target = served[day, shift], int(people.target[person])
        gives = _gives(problem, person)[:, post]
        away = _away(problem, homes, person)[problem.half_of[shift], post]
        return cls(
            served=tuple(zip(day.tolist(), shift.tolist(), post.tolist(), strict=True)),
            paid=tuple(float(line) for line in (gives * prices[:, day, shift, post]).sum(axis=1)),
            shifts=float(people.shift_cost[person, day, shift].sum()), posts=float(people.post_cost[person, post].sum()),
            changes=weights.change * int((np.diff(post) != 0).sum()), fairness=weights.fairness * (post.size - target) ** 2,
            away=float(away.sum()) + weights.home * (target - post.size),
        )  # fmt: skip


def best_plan(problem: Problem, homes: Homes, person: int, prices: Floats) -> Plan:
    """The best plan of one person, with one shift or more, at prices ``[L, D, S, P]``; none when he may not serve at all.

    Notes
    -----
    The dynamic program of the kernels, in NumPy; locks and who must serve beside whom are not looked at.
    """
    people, (_, days, shifts, posts) = problem.people, problem.shape
    automaton = automaton_of(problem.rules, days, is_minor=bool(people.is_minor[person]))
    worth = _worth(problem, homes, person, prices)
    most = int(people.most_shifts[person])
    states = automaton.off_to.shape[1]
    table = np.full((automaton.states.size, most + 1, states, posts), FAR)
    table[0, 0, 0] = 0.0
    for layer in range(automaton.states.size - 1):
        _fill(problem, automaton, layer, worth, table)
    unfair = problem.weights.fairness * (np.arange(most + 1) - people.target[person]) ** 2.0
    ends = table[-1].min(axis=(1, 2))[1:] + unfair[1:]
    served = np.full((days, shifts), -1)
    if ends.size and ends.min() < FAR / 2:
        _read(problem, automaton, worth, table, int(np.argmin(ends)) + 1, served)
    return Plan.of(problem, homes, person, served, prices)


def _moved(problem: Problem, row: Floats, served: int) -> Floats:
    """Values before a shift, at each post: from the same post, or another one; from any where none was served."""
    if served == 0:
        return row
    found: Floats = np.minimum(row, row.min() + problem.weights.change)
    return found


def _fill(problem: Problem, automaton: Automaton, layer: int, worth: Floats, table: Floats) -> None:
    day = layer // problem.rules.shifts_a_day
    for state in range(automaton.states[layer]):
        to = automaton.off_to[layer, state]
        table[layer + 1, :, to] = np.minimum(table[layer + 1, :, to], table[layer, :, state])
        for shift in range(worth.shape[1]):
            there = automaton.next_of(layer, state, shift)
            for served in range(table.shape[1] - 1) if there >= 0 else ():
                before = _moved(problem, table[layer, served, state], served) + worth[day, shift]
                table[layer + 1, served + 1, there] = np.minimum(table[layer + 1, served + 1, there], before)


def _read(problem: Problem, automaton: Automaton, worth: Floats, table: Floats, served: int, plan: Ints) -> None:
    """Read the plan back, from the last layer."""
    state, post = np.unravel_index(int(np.argmin(table[-1, served])), table.shape[2:])
    for layer in range(automaton.states.size - 2, -1, -1):
        day, now = layer // problem.rules.shifts_a_day, table[layer + 1, served, state, post]
        for before in range(automaton.states[layer]):
            if automaton.next_of(layer, before, OFF) == state and table[layer, served, before, post] == now:
                state = np.intp(before)
                break
            shift = _shift_of(problem, automaton, layer, before, int(state), int(post), served, worth, table)
            if shift >= 0:
                plan[day, shift] = post
                row = table[layer, served - 1, before]
                if served > 1 and row[post] > row.min() + problem.weights.change:
                    post = np.argmin(row)
                state, served = np.intp(before), served - 1
                break


def _shift_of(
    problem: Problem,
    automaton: Automaton,
    layer: int,
    before: int,
    state: int,
    post: int,
    served: int,
    worth: Floats,
    table: Floats,
) -> int:
    """The shift that leads from one state to the other at this value; -1 = none."""
    day = layer // problem.rules.shifts_a_day
    for shift in range(worth.shape[1]) if served else ():
        if automaton.next_of(layer, before, shift) == state:
            value = _moved(problem, table[layer, served - 1, before], served - 1)[post] + worth[day, shift, post]
            if value == table[layer + 1, served, state, post]:
                return shift
    return -1


def _gives(problem: Problem, person: int) -> Floats:
    """Attendance in each line of each post: ``float64[L, P]``."""
    trait = problem.posts.trait
    counts = (trait >= 0) & problem.people.has[person][np.maximum(trait, 0)]
    counts[0] = True
    found: Floats = problem.people.attends[person] * counts
    return found


def _away(problem: Problem, homes: Homes, person: int) -> Floats:
    """Cost of a shift at each post in each half, of not being at home: ``float64[2, P]``."""
    away = np.full((2, problem.shape[3]), problem.weights.home)
    if homes.post[person] != NOWHERE:
        away[homes.half[person], homes.post[person]] = 0.0
        away[1 - homes.half[person], homes.post[person]] = problem.weights.home_half
    return away


def _worth(problem: Problem, homes: Homes, person: int, prices: Floats) -> Floats:
    """Cost less payment of each cell: ``float64[D, S, P]``; FAR where he may not serve."""
    people = problem.people
    paid = (_gives(problem, person)[:, None, None, :] * prices).sum(axis=0)
    away = _away(problem, homes, person)[problem.half_of] - problem.weights.home  # [S, P]
    cost = people.shift_cost[person][:, :, None] + people.post_cost[person] + away - paid
    may = problem.is_open & people.is_free[person][:, :, None] & people.is_trained[person]
    return np.where(may, cost, FAR)
