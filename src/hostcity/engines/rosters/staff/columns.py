"""Plans as columns of a linear program: what pricing adds, the program, and its prices."""

from __future__ import annotations

from typing import Any

import numpy as np

from hostcity.engines.rosters._kernels.staff import FAR, find_staff_plan
from hostcity.engines.rosters.staff.problem import Contract, Floats, Ints, StaffProblem

MISSING = 1e5  # cost of an employee without a plan


class Pricing:
    """The best plan of each employee at prices."""

    def __init__(self, problem: StaffProblem) -> None:
        self.problem = problem
        _days, shifts = problem.needed.shape
        self.units = problem.lengths_min // problem.unit_min
        self.follows = np.ones((shifts, shifts), bool)
        for before, after in problem.forbidden:
            self.follows[before, after] = False

    def best(self, employee: int, price: Floats) -> tuple[float, Ints]:
        """Reduced cost and plan ``int64[D]`` of one employee; price ``[D, S]``."""
        problem, contract = self.problem, self.problem.contracts[employee]
        days, _shifts = problem.needed.shape
        is_free = np.ones(days, bool)
        is_free[list(contract.off)] = False
        limit, stride = _limits(contract, days)
        plan = np.full(days, -1)
        value = find_staff_plan(
            problem.cost[employee] - price, self.units, self.follows, is_free, contract.most_min // problem.unit_min,
            -(-contract.least_min // problem.unit_min), contract.longest, contract.shortest, contract.rest, contract.weekends,
            stride, limit, plan,
        )  # fmt: skip
        return (float(value) if value < FAR / 2 else np.inf), plan


def _limits(contract: Contract, days: int) -> tuple[Ints, Ints]:
    """How often each shift may be served (-1 = as often as there are days), and its place in the count of uses."""
    limit = np.array([most if most < days else -1 for most in contract.most_of])
    stride, uses = np.zeros(limit.size, np.int64), 1
    for shift in np.flatnonzero(limit > 0).tolist():
        stride[shift], uses = uses, uses * (limit[shift] + 1)
    return limit, stride


class Columns:
    """Plans that are known, and the linear program over them."""

    def __init__(self, problem: StaffProblem) -> None:
        from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

        self.problem = problem
        self.owner: list[int] = []
        self.plan: list[Ints] = []
        self.cost: list[float] = []
        self.known: dict[tuple[int, bytes], int] = {}
        self.program = pywraplp.Solver.CreateSolver("GLOP")
        self.program.Objective().SetMinimization()
        self.of_employee = [self.program.Constraint(1.0, 1.0) for _ in problem.contracts]
        self.of_cell = [[self.program.Constraint(float(need), float(need)) for need in row] for row in problem.needed]
        self.variables: list[Any] = []
        for row in self.of_employee:
            self._slack(MISSING, row, 1.0)
        for day, shift in np.ndindex(*problem.needed.shape):
            self._slack(float(problem.under[day, shift]), self.of_cell[day][shift], 1.0)
            self._slack(float(problem.over[day, shift]), self.of_cell[day][shift], -1.0)

    def _slack(self, cost: float, row: Any, sign: float) -> None:
        variable = self.program.NumVar(0.0, self.program.infinity(), "")
        self.program.Objective().SetCoefficient(variable, cost)
        row.SetCoefficient(variable, sign)

    def add(self, employee: int, plan: Ints) -> int:
        """The number of a plan, which is added unless it is known."""
        key = (employee, plan.tobytes())
        if key in self.known:
            return self.known[key]
        served = np.flatnonzero(plan >= 0)
        variable = self.program.NumVar(0.0, self.program.infinity(), "")
        cost = float(self.problem.cost[employee, served, plan[served]].sum())
        self.program.Objective().SetCoefficient(variable, cost)
        self.of_employee[employee].SetCoefficient(variable, 1.0)
        for day in served.tolist():
            self.of_cell[day][int(plan[day])].SetCoefficient(variable, 1.0)
        self.known[key] = len(self.plan)
        self.owner.append(employee)
        self.plan.append(plan.copy())
        self.cost.append(cost)
        self.variables.append(variable)
        return self.known[key]

    def hold(self, employee: int, number: int | None) -> None:
        """Let an employee have one plan alone, or all again."""
        for each, owner in enumerate(self.owner):
            if owner == employee:
                self.variables[each].SetUb(self.program.infinity() if number in (None, each) else 0.0)

    def solve(self) -> tuple[float, Floats, Floats]:
        """Value, prices of employees ``[E]`` and of cells ``[D, S]``."""
        if self.program.Solve() != self.program.OPTIMAL:
            raise AssertionError("every employee may be without a plan, and every cell too short or too full")
        employees = np.array([row.dual_value() for row in self.of_employee])
        cells = np.array([[row.dual_value() for row in day] for day in self.of_cell])
        return float(self.program.Objective().Value()), employees, cells

    def taken(self) -> Floats:
        """How much of each plan the solution takes."""
        return np.array([variable.solution_value() for variable in self.variables])
