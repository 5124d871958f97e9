"""Sign plans by trying all of them, one walk at a time."""

from __future__ import annotations

from itertools import combinations

import numpy as np


def guided(problem, named) -> float:
    """Persons who take every turn right: each state's starters followed to the end."""
    signed = np.zeros(problem.starts.size, bool)
    for face in range(problem.faces):
        for name in range(problem.destinations):
            if named[face, name]:
                at = face * problem.destinations + name
                signed[problem.covered[problem.first[at] : problem.first[at + 1]]] = True
    total = 0.0
    for start in range(problem.starts.size):
        persons, state = problem.starts[start], start
        while state >= 0:
            persons *= problem.signed[state] if signed[state] else problem.plain[state]
            state = problem.after[state]
        total += persons
    return total


def best(problem, faces: int, names: int) -> float:
    """The most that any plan guides: every choice of faces, every choice of names for each."""
    lists = [each for many in range(names + 1) for each in combinations(range(problem.destinations), many)]
    most = 0.0
    for chosen in combinations(range(problem.faces), min(faces, problem.faces)):
        most = max(most, _best_names(problem, chosen, lists, np.zeros((problem.faces, problem.destinations), bool)))
    return most


def _best_names(problem, chosen, lists, named) -> float:
    if not chosen:
        return guided(problem, named)
    found = 0.0
    for each in lists:
        named[chosen[0]] = False
        named[chosen[0], list(each)] = True
        found = max(found, _best_names(problem, chosen[1:], lists, named))
    named[chosen[0]] = False
    return found
