"""The problem as a program for CP-SAT, begun from a schedule: for a bound, and a better schedule should there be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hostcity.engines.schedule.planning.network import Whole, earliest, tails

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Effort(NamedTuple):
    """How long the program is worked on."""

    seconds: float
    is_counted: bool  # seconds as the program counts its work, the same on any machine; else by the clock
    threads: int
    seed: int


def prove(whole: Whole, start: NDArray[Any], bound: int, effort: Effort) -> tuple[NDArray[Any], int]:
    """Starts that end no later, by place, and the bound; what it was given when the time is too short."""
    from ortools.sat.python import cp_model

    end, early = int((start + whole.duration).max(initial=0)), earliest(whole)
    model = cp_model.CpModel()
    last = end - tails(whole)
    begins = [model.new_int_var(int(low), int(high), "") for low, high in zip(early, last, strict=True)]
    finish = model.new_int_var(bound, end, "")
    for begin, long in zip(begins, whole.duration.tolist(), strict=True):
        model.add(finish >= begin + long)
    add_rules(model, whole, begins)
    model.minimize(finish)
    for begin, hint in zip(begins, start.tolist(), strict=True):
        model.add_hint(begin, hint)
    model.add_hint(finish, end)
    solver = solver_of(effort)
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return start, max(bound, int(np.ceil(solver.best_objective_bound - 1e-6)))
    found = np.array([solver.value(begin) for begin in begins], np.int64)
    proved = max(bound, int(np.ceil(solver.best_objective_bound - 1e-6)))
    return found, min(proved, int((found + whole.duration).max(initial=0)))


def add_rules(model: Any, whole: Whole, begins: list[Any]) -> None:
    """Links, and teams at every instant."""
    for (before, after), lag in zip(whole.link.tolist(), whole.lag.tolist(), strict=True):
        model.add(begins[after] >= begins[before] + lag)
    spans = [
        model.new_fixed_size_interval_var(begin, long, "")
        for begin, long in zip(begins, whole.duration.tolist(), strict=True)
    ]
    for of, there_are in enumerate(whole.capacity.tolist()):
        tasks = np.flatnonzero((whole.demand[:, of] > 0) & (whole.duration > 0)).tolist()
        demand = [int(whole.demand[task, of]) for task in tasks]
        if sum(demand) > there_are:
            model.add_cumulative([spans[task] for task in tasks], demand, there_are)


def solver_of(effort: Effort) -> Any:
    """A solver of so much effort."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.random_seed = effort.seed % 2**31
    if effort.is_counted:
        solver.parameters.max_deterministic_time, solver.parameters.num_workers = effort.seconds, 1
    else:
        solver.parameters.max_time_in_seconds, solver.parameters.num_workers = effort.seconds, effort.threads
    return solver
