"""The whole problem as one program for CP-SAT: a yes or no for each person and cell. One shift a day."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from hostcity.engines.rosters import Homes, Problem
from hostcity.engines.rosters.cover import shortage_of
from hostcity.engines.rosters.homes import home_cost

SCALE, PARTS = 100, 100  # of harm; of attendance
FLAT = 0.05  # slopes below are no line of their own


@dataclass(frozen=True)
class Solved:
    """What CP-SAT found."""

    status: str
    post_of: np.ndarray | None
    bound: float
    unknowns: int
    built_s: float  # processor seconds
    solved_s: float  # by the clock


def solve_by_program(problem: Problem, homes: Homes, *, seconds: float, workers: int) -> Solved:
    """Shortage by its lines from below; so its bound is below any roster up to rounding to whole hundredths."""
    from ortools.sat.python import cp_model

    began_s = time.process_time()
    model = cp_model.CpModel()
    serves, costs = _people(problem, homes, model)
    costs += _cells(problem, model, serves)
    model.minimize(sum(variable * cost for variable, cost in costs))
    built_s = time.process_time() - began_s
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, workers
    began_s = time.perf_counter()
    status = solver.solve(model)
    solved_s = time.perf_counter() - began_s
    post_of = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        post_of = np.full(problem.shape[:3], -1)
        for (person, day, shift, post), variable in serves.items():
            if solver.value(variable):
                post_of[person, day, shift] = post
    same = problem.weights.home * float(problem.people.target.sum())
    return Solved(
        solver.status_name(status), post_of, solver.best_objective_bound / SCALE + same, len(serves), built_s, solved_s
    )


def _people(
    problem: Problem, homes: Homes, model: Any
) -> tuple[dict[tuple[int, int, int, int], Any], list[tuple[Any, int]]]:
    """Plans: rules, wishes, fairness, another post at most as often as posts less one."""
    people, rules, weights = problem.people, problem.rules, problem.weights
    away = home_cost(problem, homes) - weights.home
    serves: dict[tuple[int, int, int, int], Any] = {}
    costs: list[tuple[Any, int]] = []
    for person in range(people.count):
        at: dict[tuple[int, int], list[Any]] = {}
        by_post: dict[int, list[Any]] = {}
        may = problem.is_open & people.is_trained[person] & people.is_free[person][:, :, None]
        for day, shift, post in np.argwhere(may).tolist():
            variable = model.new_bool_var("")
            serves[person, day, shift, post] = variable
            at.setdefault((day, shift), []).append(variable)
            by_post.setdefault(post, []).append(variable)
            cost = people.shift_cost[person, day, shift] + people.post_cost[person, post]
            costs.append((variable, round(SCALE * (cost + away[person, problem.half_of[shift], post]))))
        for day in range(problem.shape[1]):
            today = [variable for (other, _), some in at.items() if other == day for variable in some]
            model.add_at_most_one(today)
            for shift in range(problem.shape[2]):
                for later in range(problem.shape[2]):
                    if not rules.may_follow(shift, later):
                        model.add_at_most_one([*at.get((day, shift), []), *at.get((day + 1, later), [])])
        costs += _count(problem, model, person, [variable for some in at.values() for variable in some])
        costs += _changes(problem, model, by_post)
    return serves, costs


def _count(problem: Problem, model: Any, person: int, variables: list[Any]) -> list[tuple[Any, int]]:
    most, target = int(problem.people.most_shifts[person]), int(problem.people.target[person])
    many = [model.new_bool_var("") for _ in range(most + 1)]
    model.add_exactly_one(many)
    model.add(sum(variables) == sum(each * flag for each, flag in enumerate(many)))
    return [(flag, round(SCALE * problem.weights.fairness * (each - target) ** 2)) for each, flag in enumerate(many)]


def _changes(problem: Problem, model: Any, by_post: dict[int, list[Any]]) -> list[tuple[Any, int]]:
    """At least the posts that are served, less one: no more than true changes."""
    if len(by_post) < 2:
        return []
    used = []
    for variables in by_post.values():
        flag = model.new_bool_var("")
        used.append(flag)
        for variable in variables:
            model.add_implication(variable, flag)
    changes = model.new_int_var(0, problem.shape[1], "")
    model.add(changes >= sum(used) - 1)
    return [(changes, round(SCALE * problem.weights.change))]


def _cells(problem: Problem, model: Any, serves: dict[tuple[int, int, int, int], Any]) -> list[tuple[Any, int]]:
    """Shortage above each of its lines."""
    posts, people, table = problem.posts, problem.people, shortage_of(problem)
    here: dict[tuple[int, int, int], list[int]] = {}
    for person, day, shift, post in serves:
        here.setdefault((day, shift, post), []).append(person)
    attends = np.round(PARTS * people.attends).astype(int)
    costs = []
    for line, day, shift, post in np.argwhere(posts.needed * problem.is_open > 0).tolist():
        trait, weight = int(posts.trait[line, post]), float(posts.weight[line, post])
        if weight == 0 or (line and trait < 0):
            continue
        who = [one for one in here.get((day, shift, post), []) if line == 0 or people.has[one, trait]]
        come = sum(serves[one, day, shift, post] * int(attends[one]) for one in who) if who else 0
        needed = int(posts.needed[line, day, shift, post])
        harm = model.new_int_var(0, int(SCALE * weight * (needed + 1)), "")
        costs.append((harm, 1))
        for heads in range(table.slope.shape[1]):
            slope = int(SCALE * weight * table.slope[needed, heads])
            if slope < FLAT * SCALE:
                break
            level = SCALE * weight * table.missing[needed, heads] + slope * heads * table.step
            model.add(PARTS * harm + slope * come >= int(PARTS * level))
    return costs
