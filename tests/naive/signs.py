"""Sign plans by trying all of them; one walk at a time, or by the equations of a chain that ends."""

from __future__ import annotations

from itertools import combinations

import numpy as np


def signed_states(problem, named):
    """Which states a face signs."""
    signed = np.zeros(problem.starts.size, bool)
    for face in range(problem.faces):
        for name in range(problem.destinations):
            if named[face, name]:
                at = face * problem.destinations + name
                signed[problem.covered[problem.first[at] : problem.first[at + 1]]] = True
    return signed


def walked(problem, named):
    """Meters an hour, and persons who come through each state: two systems of equations."""
    ways, states = problem.detours, problem.starts.size
    rate = np.where(signed_states(problem, named), problem.signed, problem.plain)
    moves, meters = np.zeros((states, states)), np.zeros(states)
    for state in range(states):
        wrong = slice(ways.first[state], ways.first[state + 1])
        right = rate[state] if wrong.start < wrong.stop else 1.0
        meters[state] = right * ways.ahead_m[state]
        if problem.after[state] >= 0:
            moves[state, problem.after[state]] += right
        for other, length in zip(ways.states[wrong], ways.lengths_m[wrong], strict=True):
            share = (1 - right) / (wrong.stop - wrong.start)
            moves[state, other] += share
            meters[state] += share * length
    left_m = np.linalg.solve(np.eye(states) - moves, meters)
    return problem.starts @ left_m, np.linalg.solve(np.eye(states) - moves.T, problem.starts)


def score(problem, named) -> float:
    """What a plan is worth."""
    return guided(problem, named) if problem.detours is None else -walked(problem, named)[0]


def guided(problem, named) -> float:
    """Persons who take every turn right: each state's starters followed to the end."""
    signed = signed_states(problem, named)
    total = 0.0
    for start in range(problem.starts.size):
        persons, state = problem.starts[start], start
        while state >= 0:
            persons *= problem.signed[state] if signed[state] else problem.plain[state]
            state = problem.after[state]
        total += persons
    return total


def best(problem, faces: int, names: int) -> float:
    """The best score of any plan: every choice of faces, every choice of names for each."""
    lists = [each for many in range(names + 1) for each in combinations(range(problem.destinations), many)]
    most = -np.inf
    for chosen in combinations(range(problem.faces), min(faces, problem.faces)):
        most = max(most, _best_names(problem, chosen, lists, np.zeros((problem.faces, problem.destinations), bool)))
    return most


def _best_names(problem, chosen, lists, named) -> float:
    if not chosen:
        return score(problem, named)
    found = -np.inf
    for each in lists:
        named[chosen[0]] = False
        named[chosen[0], list(each)] = True
        found = max(found, _best_names(problem, chosen[1:], lists, named))
    named[chosen[0]] = False
    return found
