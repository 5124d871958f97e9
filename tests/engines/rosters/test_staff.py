"""Employees over weeks beside all plans of all employees, and contracts told day by day."""

from itertools import product

import numpy as np
import pytest
from benchmarks.rosters.curtois import broken, read_instance
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.rosters import RosterError
from hostcity.engines.rosters.staff import Contract, StaffProblem, harm_of, solve_staff
from hostcity.engines.rosters.staff.columns import Pricing

DAYS = 8


def small(seed, employees=2) -> StaffProblem:
    """Two shifts over eight days, the second of half the length."""
    rng = np.random.default_rng(seed)
    contracts = tuple(
        Contract(
            most_of=(int(rng.integers(1, 9)), int(rng.integers(1, 9))), most_min=480 * int(rng.integers(3, 6)),
            least_min=240 * int(rng.integers(0, 4)), longest=int(rng.integers(2, 5)), shortest=int(rng.integers(1, 3)),
            rest=int(rng.integers(1, 4)), weekends=int(rng.integers(0, 3)), off=(int(rng.integers(DAYS)),),
        )
        for _ in range(employees)
    )  # fmt: skip
    return StaffProblem(
        lengths_min=np.array([480, 240]), forbidden=((1, 0),), contracts=contracts,
        cost=rng.integers(-9, 10, (employees, DAYS, 2)).astype(float), same=50.0, needed=rng.integers(0, 3, (DAYS, 2)),
        under=rng.choice([20.0, 50.0], (DAYS, 2)), over=np.ones((DAYS, 2)),
    )  # fmt: skip


def alone(problem, employee):
    """The same with one employee."""
    return StaffProblem(
        lengths_min=problem.lengths_min, forbidden=problem.forbidden, contracts=problem.contracts[employee : employee + 1],
        cost=problem.cost[employee : employee + 1], same=0.0, needed=problem.needed, under=problem.under, over=problem.over,
    )  # fmt: skip


def all_plans(problem, employee):
    one = alone(problem, employee)
    plans = [np.array(plan) for plan in product((-1, 0, 1), repeat=DAYS)]
    return [plan for plan in plans if not broken(one, plan[None])]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_a_plan_of_weeks_is_the_best_of_all_plans(seed):
    problem = small(seed, employees=1)
    price = np.random.default_rng(seed).random((DAYS, 2)) * 12
    value, plan = Pricing(problem).best(0, price)
    worth = [
        sum(problem.cost[0, d, s] - price[d, s] for d, s in enumerate(each) if s >= 0) for each in all_plans(problem, 0)
    ]
    if not worth:
        assert value == np.inf
        return
    assert value == pytest.approx(min(worth))
    assert not broken(problem, plan[None])
    assert sum(problem.cost[0, d, s] - price[d, s] for d, s in enumerate(plan) if s >= 0) == pytest.approx(value)


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_the_staff_is_rostered_to_the_best(seed):
    problem = small(seed)
    pairs = product(
        all_plans(problem, 0)[::3], all_plans(problem, 1)[::3]
    )  # a third of each: still no better than the best
    some = min((harm_of(problem, np.stack(pair)) for pair, _ in zip(pairs, range(20_000), strict=False)), default=None)
    if some is None:
        with pytest.raises(RosterError, match="allows no plan at all"):
            solve_staff(problem, seconds=3)
        return
    roster = solve_staff(problem, seconds=3)
    assert broken(problem, roster.shift_of) == []
    assert roster.objective == harm_of(problem, roster.shift_of)
    assert roster.bound <= roster.objective <= some
    assert roster.bound <= some


def test_too_many_limits_are_refused():
    problem = small(1)
    contract = Contract(most_of=(7,) * 4, most_min=1, least_min=0, longest=1, shortest=1, rest=1, weekends=1)
    shape = (9, 4)
    with pytest.raises(RosterError, match="limits shifts in 4096 ways"):
        StaffProblem(
            lengths_min=np.full(4, 60), forbidden=(), contracts=(contract,), cost=np.zeros((1, *shape)), same=0.0,
            needed=np.zeros(shape, np.int64), under=np.ones(shape), over=np.ones(shape),
        )  # fmt: skip
    assert problem.unit_min == 240


def test_an_instance_is_read(tmp_path):
    text = """# comment
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,240,E

SECTION_STAFF
A,E=7|L=2,2400,480,5,2,2,1
B,L=7,1200,0,5,1,1,1

SECTION_DAYS_OFF
A,3

SECTION_SHIFT_ON_REQUESTS
A,0,E,3

SECTION_SHIFT_OFF_REQUESTS
B,1,L,2

SECTION_COVER
0,E,1,100,1
1,L,1,100,2
"""
    (tmp_path / "Instance.txt").write_text(text)
    problem = read_instance(tmp_path / "Instance.txt")
    assert problem.forbidden == ((1, 0),)
    first = problem.contracts[0]
    assert (first.most_of, first.most_min, first.least_min) == ((7, 2), 2400, 480)
    assert (first.longest, first.shortest, first.rest, first.weekends, first.off) == (5, 2, 2, 1, (3,))
    assert problem.contracts[1].most_of == (0, 7)
    assert (problem.same, problem.cost[0, 0, 0], problem.cost[1, 1, 1]) == (3, -3, 2)
    assert (problem.needed.sum(), problem.under[0, 0], problem.over[1, 1]) == (2, 100, 2)
    assert (
        solve_staff(problem, seconds=3).objective == 0
    )  # A early on day 0 as he wishes, and late on day 1, so that B is not
