"""Rosters beside all plans of all people, and the bound below them."""

import math
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.rosters.program import solve_by_program
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.rosters import Homes, check, find_homes, score, solve
from hostcity.engines.rosters._kernels.plans import plan_cost, price_cells, read_plan, room_for, sweep
from hostcity.engines.rosters.bound import bound_at
from hostcity.engines.rosters.by_hand import coordinated, first_come
from hostcity.engines.rosters.cover import shortage_of
from hostcity.engines.rosters.model import cover_of, model_of, units_of
from hostcity.engines.rosters.search import Effort
from tests.engines.rosters.tiny import STRICT, USUAL, tiny
from tests.naive import rosters as naive
from tests.whole import tries

LITTLE = Effort(passes=8, polish=3)


def expected_of(problem):
    table = shortage_of(problem)
    return lambda needed, load: float(table.expected(np.array(needed), np.array(load)))


@settings(max_examples=tries(10, 25), deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([USUAL, STRICT]), st.booleans())
def test_a_plan_is_the_best_of_all_plans(seed, rules, locks):
    problem = tiny(seed, rules=rules, locks=locks, people=2)
    homes = find_homes(problem)
    price = np.random.default_rng(seed).random(problem.posts.needed.shape) * 12
    units = units_of(problem)
    model = model_of(problem, homes, units, exact=True)
    worth, value, least, arc_worth = room_for(model)
    plan = np.empty(model.off_to.shape[1], np.int64)
    flat = price.reshape(len(price), -1)
    for unit, people in enumerate(units.members):
        price_cells(model, unit, flat, worth)
        found = sweep(model, unit, worth, value, least, arc_worth)
        read_plan(model, unit, worth, value, least, plan)
        target = problem.weights.home * problem.people.target[list(people)].sum()
        rewards = float(model.reward) * (model.lock[unit] >= 0).sum()
        best = naive.least_value(problem, homes, people, price)
        assert found + target + rewards == pytest.approx(best, abs=1e-7)
        served = {divmod(int(cell) // 2, 3): int(cell) % 2 for cell in plan if cell >= 0}
        assert naive.is_allowed(problem, people[0], served)
        assert plan_cost(model, unit, plan) - naive.paid(problem, price, people[0], served) == pytest.approx(
            found, abs=1e-7
        )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_no_roster_is_below_the_bound(seed, locks):
    problem = tiny(seed, locks=locks, days=2)
    roster = solve(problem, effort=LITTLE, seed=seed)
    best = naive.best(problem, roster.homes, expected_of(problem))
    assert check(problem, roster.post_of) == ()
    assert roster.bound - 1e-6 <= best <= roster.objective + 1e-6


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_any_prices_prove_a_bound_wherever_people_are_at_home(seed):
    problem = tiny(seed, days=2)
    rng = np.random.default_rng(seed)
    price = rng.random(problem.posts.needed.shape) * 30
    homes = Homes(post=rng.integers(-1, 2, 3), half=rng.integers(0, 2, 3))
    expected = expected_of(problem)
    best = naive.best(problem, homes, expected)
    for anywhere in (False, True):
        model = model_of(problem, homes, units_of(problem), exact=True, anywhere=anywhere)
        same = problem.weights.home * problem.people.target.sum()
        assert bound_at(model, cover_of(problem), price.reshape(3, -1)) + same <= best + 1e-6


@pytest.mark.parametrize("seed", [0, 4])
def test_a_program_finds_nothing_below_the_bound_and_proves_nothing_above_the_roster(seed):
    problem = tiny(seed, people=6)
    problem = replace(problem, people=replace(problem.people, is_minor=np.zeros(6, bool)))
    roster = solve(problem)
    found = solve_by_program(problem, roster.homes, seconds=30, workers=1)
    assert found.status == "OPTIMAL"
    assert check(problem, found.post_of) == ()
    assert roster.bound <= score(problem, found.post_of, roster.homes).objective + 1e-6
    assert found.bound <= roster.objective + 1.0  # rounded to hundredths, piece by piece


@pytest.mark.parametrize("act", [first_come, coordinated])
def test_who_rosters_by_hand_keeps_the_rules_too(act):
    problem = tiny(6, people=20, posts=4, days=4)
    problem = replace(problem, people=replace(problem.people, is_minor=np.zeros(20, bool)))
    post_of = act(problem)
    assert check(problem, post_of) == ()
    assert score(problem, post_of).objective >= solve(problem).bound


def test_most_tiny_problems_are_solved_to_the_best():
    found = []
    for seed in range(12):
        problem = tiny(seed, days=2)
        roster = solve(problem)
        found.append(roster.objective <= naive.best(problem, roster.homes, expected_of(problem)) + 1e-6)
    assert sum(found) >= 10


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([USUAL, STRICT]))
def test_side_by_side_apart_and_all_rules(seed, rules):
    problem = tiny(seed, people=9, posts=3, days=4, rules=rules, locks=True)
    free = [each for each in range(9) if each not in {lock.person for lock in problem.locks}]
    problem = replace(problem, together=((free[0], free[1]),), apart=((free[2], free[3]), (free[0], free[4])))
    assert check(problem, solve(problem, effort=LITTLE, mate=1.0).post_of) == ()


@pytest.mark.parametrize("mate", [0.0, 3.0])
def test_the_search_counts_what_the_score_counts(mate):
    problem = tiny(3, people=12, posts=4, days=4)
    roster = solve(problem, mate=mate)
    assert roster.steps[-1].objective == pytest.approx(roster.objective, rel=1e-6)
    served = [[] for _ in range(12)]
    for person, day, shift in np.argwhere(roster.post_of >= 0).tolist():
        served[person].append(((day, shift), int(roster.post_of[person, day, shift])))
    plans = [dict(each) for each in served]
    total = sum(naive.cost(problem, roster.homes, person, plan) for person, plan in enumerate(plans))
    assert roster.objective == pytest.approx(total + naive.harm(problem, plans, expected_of(problem)))


def test_who_is_in_a_team_serves_with_it_when_that_is_worth_something():
    problem = tiny(2, people=30, posts=5, days=4)
    problem = replace(problem, people=replace(problem.people, team=np.arange(30) // 5))
    alone, gathered = solve(problem, effort=LITTLE), solve(problem, effort=LITTLE, mate=8.0)
    assert gathered.score.with_mate > alone.score.with_mate
    assert gathered.bound == alone.bound
    assert check(problem, gathered.post_of) == ()


def test_homes_are_where_some_of_a_team_can_serve():
    problem = tiny(2, people=30, posts=5, days=4)
    problem = replace(problem, people=replace(problem.people, team=np.arange(30) // 5))
    homes = find_homes(problem)
    has = np.flatnonzero(homes.post >= 0)
    assert 0.3 < homes.share == has.size / 30
    assert problem.people.is_trained[has, homes.post[has]].mean() > 0.9


def test_the_same_seed_gives_the_same_roster():
    problem = tiny(1, people=20, posts=4, days=5)
    one, other, third = (solve(problem, seed=seed) for seed in (5, 5, 6))
    assert one.post_of.tolist() == other.post_of.tolist()
    assert (one.bound, one.prices.tolist()) == (other.bound, other.prices.tolist())
    assert abs(third.objective - one.objective) < 0.05 * one.objective


def test_time_that_is_up_leaves_a_whole_roster():
    problem = tiny(1, people=20, posts=4, days=5)
    told = []
    roster = solve(problem, seconds=0.0, tell=told.append)
    assert check(problem, roster.post_of) == ()
    assert told[0].name == "greedy"
    assert -math.inf < roster.bound <= roster.objective


def test_nobody_and_nothing():
    problem = tiny(1, people=4)
    nothing = replace(problem, posts=replace(problem.posts, needed=problem.posts.needed * 0))
    roster = solve(nothing)
    assert (roster.post_of == -1).all()
    assert roster.objective == pytest.approx(roster.bound)
    assert score(nothing, roster.post_of).demand == 0
