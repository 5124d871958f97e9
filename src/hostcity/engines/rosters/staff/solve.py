"""Rosters of employees: column generation, a dive, and programs over parts of the staff."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hostcity.engines.rosters.staff.columns import Columns, Pricing
from hostcity.engines.rosters.staff.problem import Floats, Ints, StaffProblem

ROUNDS, NEAR = 400, 1e-6
CENTER = 0.5  # of the best prices so far, in those that are tried
PART, WIDER = 8, 0.5  # employees that are free in a program at first; one more as likely after each that is solved
ENOUGH = 25  # rounds of pricing
SPREAD = 3.0  # of prices, for plans that a program may want
ROUND_S = 4.0


@dataclass(frozen=True, kw_only=True, eq=False)
class StaffRoster:
    """Who serves what."""

    shift_of: Ints = field(repr=False)  # [E, D] -1 = off
    objective: float
    bound: float  # no roster has less

    @property
    def gap(self) -> float:
        """Share of the objective that could be saved at most."""
        return (self.objective - self.bound) / self.objective if self.objective > 0 else 0.0


def harm_of(problem: StaffProblem, shift_of: Ints) -> float:
    """The objective of a roster ``int64[E, D]``: wishes, too few and too many."""
    employee, day = np.nonzero(shift_of >= 0)
    shift = shift_of[employee, day]
    heads = np.zeros(problem.needed.shape, np.int64)
    np.add.at(heads, (day, shift), 1)
    wrong = np.maximum(problem.needed - heads, 0) * problem.under + np.maximum(heads - problem.needed, 0) * problem.over
    return float(problem.same + problem.cost[employee, day, shift].sum() + wrong.sum())


def solve_staff(problem: StaffProblem, *, seconds: float = 60.0, seed: int = 1) -> StaffRoster:
    """Roster employees.

    Raises
    ------
    RosterError
        When somebody's contract allows no plan at all.

    Notes
    -----
    Dantzig-Wolfe: plans are columns, priced by an exact dynamic program (`_kernels.staff`, another one than that of volunteers: runs have
    a least length here, hours and weekends are counted); prices are held near those of the best bound [1]_. Costs are whole numbers, so bounds
    are rounded up. Then a dive, and programs in which some employees are free among known plans. Time is by the clock: the
    roster depends on the machine.

    References
    ----------
    .. [1] A. Pessoa et al., "Automation and combination of linear-programming based stabilization techniques in column generation",
       INFORMS J. Computing 30, 2018. doi 10.1287/ijoc.2017.0784
    """
    until_s = time.monotonic() + seconds
    search = _Search(problem, seed)
    search.generate(time.monotonic() + 0.6 * seconds)
    search.dive(time.monotonic() + 0.3 * seconds)
    while time.monotonic() < until_s and not search.is_best:
        search.improve(min(ROUND_S, until_s - time.monotonic()))
    shift_of = np.stack([search.columns.plan[number] for number in search.chosen])
    return StaffRoster(shift_of=shift_of, objective=harm_of(problem, shift_of), bound=search.bound)


class _Search:
    def __init__(self, problem: StaffProblem, seed: int) -> None:
        self.problem, self.pricing, self.columns = problem, Pricing(problem), Columns(problem)
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.employees = range(len(problem.contracts))
        self.part = min(PART, len(problem.contracts))
        self.bound, self.chosen = -math.inf, [self._first(employee) for employee in self.employees]

    def _first(self, employee: int) -> int:
        from hostcity.engines.rosters.problem import RosterError

        value, plan = self.pricing.best(employee, np.zeros(self.problem.needed.shape))
        if value == np.inf:
            raise RosterError([f"contracts[{employee}] allows no plan at all. Ask for less, or allow more."])
        return self.columns.add(employee, plan)

    @property
    def objective(self) -> float:
        """Of the chosen plans."""
        return harm_of(self.problem, np.stack([self.columns.plan[number] for number in self.chosen]))

    @property
    def is_best(self) -> bool:
        """Whether bound and roster meet."""
        return self.objective <= self.bound + NEAR

    bound_exact = -math.inf  # before it is rounded up

    def generate(self, until_s: float) -> None:
        """Add plans until none has a lower reduced cost; keep the best bound."""
        center: Floats | None = None
        for _ in range(ROUNDS):
            value, worth, price = self.columns.solve()
            tried = price if center is None else (1 - CENTER) * price + CENTER * center
            bound, is_new = self._price(np.clip(tried, -self.problem.over, self.problem.under), worth, price)
            if bound > self.bound_exact:
                self.bound_exact, center = bound, tried
            elif not is_new:
                if center is None:
                    break
                center = None  # no plan for prices between: try those of the program
            if value + self.problem.same - self.bound_exact < NEAR or time.monotonic() > until_s:
                break
        self.bound = math.ceil(self.bound_exact - NEAR * 100)

    def _price(self, price: Floats, worth: Floats, actual: Floats) -> tuple[float, bool]:
        """The bound of prices, and whether a plan was found that is worth more than the program knows."""
        total, is_new = self.problem.same + float((price * self.problem.needed).sum()), False
        for employee in self.employees:
            value, plan = self.pricing.best(employee, price)
            total += value
            served = np.flatnonzero(plan >= 0)
            reduced = (self.problem.cost[employee] - actual)[served, plan[served]].sum() - worth[employee]
            count = len(self.columns.plan)
            if reduced < -NEAR:
                is_new |= self.columns.add(employee, plan) == count
        return total, is_new

    def dive(self, until_s: float) -> None:
        """Take the plan that the program takes most of, again and again; add plans in between, while there is time."""
        left = set(self.employees)
        while left:
            self.columns.solve()
            taken = self.columns.taken()
            order = [each for each in np.argsort(-taken, kind="stable").tolist() if self.columns.owner[each] in left]
            sure = [each for each in order if taken[each] > 0.99] or order[:1]
            for number in sure:
                owner = self.columns.owner[number]
                if owner in left:
                    self.chosen[owner] = number
                    self.columns.hold(owner, number)
                    left.discard(owner)
            self._enrich(left, 0.0, ENOUGH, until_s)
        self._free(self.employees)

    def _free(self, employees: range | set[int]) -> None:
        for employee in employees:
            self.columns.hold(employee, None)

    def _enrich(self, employees: set[int], spread: float, rounds: int, until_s: float = math.inf) -> None:
        """Add plans for prices of the program as it stands, or near them."""
        for _ in range(rounds):
            if time.monotonic() > until_s:
                break
            _, worth, price = self.columns.solve()
            noise = self.rng.normal(0.0, spread, price.shape) if spread else 0.0
            near = np.clip(price + noise, -self.problem.over, self.problem.under)
            is_new = False
            for employee in sorted(employees):
                value, plan = self.pricing.best(employee, near)
                if spread or value < worth[employee] - NEAR:
                    count = len(self.columns.plan)
                    is_new |= self.columns.add(employee, plan) == count
            if not is_new and not spread:
                break

    def improve(self, seconds: float) -> None:
        """Let some employees choose anew among their plans, the others stay: most of them from days that are covered badly."""
        employees = len(self.problem.contracts)
        score = self.rng.random(employees) * (self._badness() + 1.0)
        part = set(np.argsort(-score)[: self.part].tolist())
        for employee in self.employees:
            self.columns.hold(employee, None if employee in part else self.chosen[employee])
        self._enrich(part, 0.0, ENOUGH)
        value, _, _ = self.columns.solve()
        if value + self.problem.same < self.objective - 1 + NEAR * 100:  # costs are whole
            self._enrich(part, SPREAD, 3)
            _, worth, price = self.columns.solve()
            self._choose(part, worth, price, self.objective - value - self.problem.same, seconds)
        self._free(self.employees)

    def _badness(self) -> Floats:
        """For each employee the harm of the days on which he serves."""
        plans = np.stack([self.columns.plan[number] for number in self.chosen])
        heads = np.stack([(plans == shift).sum(axis=0) for shift in range(self.problem.needed.shape[1])], axis=1)
        lacks = np.maximum(self.problem.needed - heads, 0) * self.problem.under
        wrong = (lacks + np.maximum(heads - self.problem.needed, 0) * self.problem.over).sum(axis=1)
        found: Floats = ((plans >= 0) * wrong).sum(axis=1)
        return found

    def _choose(self, part: set[int], worth: Floats, price: Floats, room: float, seconds: float) -> None:
        """An integer program over plans that can be in a better roster."""
        from ortools.sat.python import cp_model

        model, problem, columns = cp_model.CpModel(), self.problem, self.columns
        heads = np.zeros(problem.needed.shape, np.int64)
        takes: dict[int, Any] = {}
        for employee in self.employees:
            plan = columns.plan[self.chosen[employee]]
            if employee not in part:
                served = np.flatnonzero(plan >= 0)
                heads[served, plan[served]] += 1
        cells: dict[tuple[int, int], list[Any]] = {}
        for number, owner in enumerate(columns.owner):
            if owner not in part:
                continue
            plan = columns.plan[number]
            served = np.flatnonzero(plan >= 0)
            reduced = columns.cost[number] - price[served, plan[served]].sum() - worth[owner]
            if reduced > room + NEAR and number != self.chosen[owner]:
                continue
            takes[number] = model.new_bool_var("")
            model.add_hint(takes[number], number == self.chosen[owner])
            for day in served.tolist():
                cells.setdefault((day, int(plan[day])), []).append(takes[number])
        for employee in part:
            model.add_exactly_one(variable for number, variable in takes.items() if columns.owner[number] == employee)
        cost = [variable * round(columns.cost[number]) for number, variable in takes.items()]
        for day, shift in np.ndindex(*problem.needed.shape):
            count = sum(cells.get((day, shift), []), int(heads[day, shift] - problem.needed[day, shift]))
            lacks, spare = model.new_int_var(0, 1000, ""), model.new_int_var(0, 1000, "")
            model.add(count + lacks - spare == 0)
            cost += [lacks * int(problem.under[day, shift]), spare * int(problem.over[day, shift])]
        model.minimize(sum(cost))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds, solver.parameters.num_workers = max(seconds, 0.5), 2
        solver.parameters.random_seed = int(self.rng.integers(1 << 30))
        status = solver.solve(model)
        if status != cp_model.OPTIMAL:
            self.part = max(self.part - 1, min(PART, len(problem.contracts)))
        elif self.rng.random() < WIDER:
            self.part = min(self.part + 1, len(problem.contracts))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            for number, variable in takes.items():
                if solver.boolean_value(variable):
                    self.chosen[columns.owner[number]] = number
