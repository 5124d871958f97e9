"""How many persons a state can have at most, with so many faces in all: what makes the program's bound tight."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from hostcity.engines.signs.problem import Floats, SignProblem

MOST_STATES = 60  # of a destination that are looked at: those with the most to gain
ROUNDING = 1e-9


def tightened(problem: SignProblem, most: Floats, *, faces: int) -> Floats:
    """Less than ``most``, where even all faces in favor of one state bring fewer there: ``float64[S]``. [persons/h]

    Notes
    -----
    A linear program for each state, over the states of its destination alone: the relaxation of `bound_signs` with the number of
    names as only limit, maximizing what comes into the state. The states before it have been tightened already.
    """
    found = most.copy()
    owner = np.repeat(np.arange(problem.first.size - 1), np.diff(problem.first))
    seen_by: list[dict[int, list[int]]] = [defaultdict(list) for _ in range(problem.destinations)]
    for state, pair in zip(problem.covered.tolist(), owner.tolist(), strict=True):
        seen_by[pair % problem.destinations][state].append(pair // problem.destinations)
    for destination in range(problem.destinations):
        states = problem.order[problem.destination[problem.order] == destination]
        _tighten(problem, found, [each for each in states.tolist() if found[each] > 0], seen_by[destination], faces)
    return found


def _tighten(problem: SignProblem, most: Floats, states: list[int], seen_by: dict[int, list[int]], faces: int) -> None:
    """Tighten the states of one destination, in order, where they are."""
    from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

    model = pywraplp.Solver.CreateSolver("GLOP")
    hung = {face: model.NumVar(0, 1, "") for face in sorted({each for some in seen_by.values() for each in some})}
    model.Add(sum(hung.values()) <= faces)
    coming: dict[int, list[Any]] = defaultdict(list)
    for state in states:
        persons = float(problem.starts[state]) + sum(coming[state])
        plain, signed = float(problem.plain[state]), float(problem.signed[state])
        right = model.NumVar(0, model.infinity(), "")
        model.Add(right <= (signed if state in seen_by else plain) * persons)
        if state in seen_by and signed > plain:
            is_signed = model.NumVar(0, 1, "")
            model.Add(is_signed <= sum(hung[face] for face in seen_by[state]))
            model.Add(right <= plain * persons + (signed - plain) * float(most[state]) * is_signed)
        if problem.after[state] >= 0:
            coming[int(problem.after[state])].append(right)
    gained = {each: most[each] * (problem.signed[each] - problem.plain[each]) for each in states if each in seen_by}
    chosen = set(sorted(gained, key=lambda each: (-gained[each], each))[:MOST_STATES])
    for state in states:
        if state in chosen and coming[state]:
            model.Maximize(sum(coming[state]))
            if model.Solve() == pywraplp.Solver.OPTIMAL:
                bound = (model.Objective().Value() + float(problem.starts[state])) * (1 + ROUNDING)
                most[state] = min(most[state], bound)
