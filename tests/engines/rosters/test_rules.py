"""The checker, rule by rule; the automaton beside plans that are tried; contradictory locks; what is missing, exactly."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.rosters import Lock, RosterError, Rules, check, contradictions, risk, solve
from hostcity.engines.rosters.automaton import automaton_of
from hostcity.engines.rosters.cover import shortage_table
from tests.engines.rosters.tiny import HOUR_S, STARTS_S, STRICT, USUAL, tiny
from tests.naive import rosters as naive


def open_problem(**more):
    """Everybody may do everything."""
    problem = tiny(0, people=3, days=4, posts=2, rules=more.pop("rules", USUAL))
    people = problem.people
    return replace(
        problem,
        people=replace(
            people, is_trained=np.ones_like(people.is_trained), is_free=np.ones_like(people.is_free),
            most_shifts=np.full(3, 8), is_minor=more.pop("is_minor", np.zeros(3, bool)),
        ),
        posts=replace(problem.posts, needed=np.ones_like(problem.posts.needed)), **more,
    )  # fmt: skip


def serving(*served):
    post_of = np.full((3, 4, 3), -1)
    for person, day, shift, post in served:
        post_of[person, day, shift] = post
    return post_of


@pytest.mark.parametrize(
    ("rule", "served"),
    [
        ("post", [(0, 0, 0, 5)]),
        ("shifts_a_day", [(0, 0, 0, 0), (0, 0, 1, 0)]),
        ("hours_a_day", [(0, 0, 1, 0), (0, 0, 2, 0)]),
        ("overlap", [(0, 0, 1, 0), (0, 0, 2, 0)]),
        ("rest", [(0, 0, 2, 0), (0, 1, 0, 0)]),
        ("forbidden", [(0, 0, 1, 0), (0, 1, 0, 0)]),
        ("running", [(0, 0, 0, 0), (0, 1, 0, 0), (0, 2, 0, 0)]),
        ("window", [(0, 0, 0, 0), (0, 0, 2, 0), (0, 1, 2, 0)]),
        ("minor", [(2, 0, 2, 0)]),
        ("lock", [(1, 0, 0, 0)]),
        ("together", [(0, 0, 0, 0)]),
        ("apart", [(0, 0, 0, 1), (2, 0, 0, 1)]),
    ],
)
def test_each_rule_that_is_broken_is_told(rule, served):
    rules = replace(STRICT, shifts_a_day=1) if rule == "shifts_a_day" else STRICT
    rules = replace(rules, most_a_day_s=10 * HOUR_S) if rule == "hours_a_day" else rules
    problem = open_problem(
        rules=rules,
        is_minor=np.array([False, False, True]),
        locks=(Lock(1, 0, 0, 1),),
        together=((0, 1),),
        apart=((0, 2),),
    )
    assert rule in {each.rule for each in check(problem, serving(*served))}
    kept = serving((0, 0, 0, 1), (1, 0, 0, 1))
    assert check(problem, kept) == ()


def test_what_a_person_may_not_is_told():
    problem = open_problem()
    people = replace(
        problem.people, is_trained=problem.people.is_trained & [True, False], most_shifts=np.array([0, 8, 8]),
        is_free=problem.people.is_free & (np.arange(4) > 0)[:, None],
    )  # fmt: skip
    needed = problem.posts.needed.copy()
    needed[:, 2, 0, 0] = 0
    problem = replace(problem, people=people, posts=replace(problem.posts, needed=needed))
    found = check(problem, serving((0, 2, 0, 0), (1, 1, 0, 1), (2, 0, 0, 0)))
    assert {(each.rule, each.person) for each in found} == {("most", 0), ("closed", 0), ("trained", 1), ("free", 2)}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.integers(1, 3), st.integers(1, 3), st.integers(0, 24), st.booleans())
def test_the_automaton_knows_the_rules(seed, is_minor, a_day, running, rest_h, forbids):
    rules = replace(
        STRICT, shifts_a_day=a_day, most_days_running=running, rest_s=rest_h * HOUR_S,
        forbidden=((1, 0), (2, 2)) if forbids else (), most_in_window_s=13 * HOUR_S if seed % 2 else None,
    )  # fmt: skip
    problem = open_problem(rules=rules, is_minor=np.full(3, is_minor))
    automaton = automaton_of(rules, 4, is_minor=is_minor)
    rng = np.random.default_rng(seed)
    for _ in range(30):
        plan, state = {}, 0
        for day in range(4):
            today = sorted(rng.choice(3, min(3, int(rng.integers(0, a_day + 1))), replace=False).tolist())
            for layer in range(a_day):
                shift = today[layer] if layer < len(today) else -1
                state = automaton.next_of(day * a_day + layer, state, shift) if state >= 0 else -1
            plan |= {(day, shift): 0 for shift in today}
        assert (state >= 0) == naive.is_allowed(problem, 0, plan)


def test_usual_rules_are_two_states():
    starts_s = np.array([7.5, 10, 13, 16]) * HOUR_S
    automaton = automaton_of(Rules(starts_s=starts_s, ends_s=starts_s + 6 * HOUR_S), 6)
    assert automaton.states.tolist() == [1, 2, 2, 2, 2, 2, 1]


@pytest.mark.parametrize(
    ("locks", "least", "reason"),
    [
        ([(0, 0, 2, 0), (0, 1, 0, 1), (0, 3, 1, 0)], [0, 1], "rules"),
        ([(0, 0, 0, 0), (0, 0, 0, 1), (1, 0, 0, 0)], [0, 1], "twice"),
        ([(0, day, 1, 0) for day in range(4)], [1, 2, 3], "limit"),
        ([(0, 0, 0, 0), (0, 2, 1, 1)], [1], "trained"),
        ([(1, 1, 0, 0), (2, 1, 0, 0), (2, 2, 0, 0)], [0, 1], "apart"),
    ],
)
def test_the_fewest_locks_that_contradict_are_told(locks, least, reason):
    locks = tuple(Lock(*each) for each in locks)
    problem = open_problem(locks=locks, apart=((1, 2),))
    people = problem.people
    if reason == "limit":
        people = replace(people, most_shifts=np.full(3, 2))
    if reason == "trained":
        people = replace(people, is_trained=people.is_trained & [True, False])
    problem = replace(problem, people=people)
    found = contradictions(problem)
    assert [(each.locks, each.reason) for each in found] == [(tuple(locks[each] for each in least), reason)]
    with pytest.raises(RosterError, match=f"cannot be kept \\({reason}\\)"):
        solve(problem)


def test_everything_that_does_not_fit_is_told_at_once():
    problem = tiny(0)
    with pytest.raises(RosterError) as told:
        replace(
            problem, people=replace(problem.people, attends=np.array([0.0, 1, 1]), target=np.array([-1, 1, 1])),
            rules=Rules(starts_s=STARTS_S, ends_s=STARTS_S, shifts_a_day=0), together=((0, 1), (1, 2)), apart=((0, 7),),
        )  # fmt: skip
    assert len(told.value.problems) == 6
    with pytest.raises(RosterError, match=r"people.team has shape \(2,\), not \(3,\)"):
        replace(problem, people=replace(problem.people, team=np.zeros(2, np.int64)))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_risk_is_exact(seed):
    problem = tiny(seed, people=5, days=2)
    post_of = np.random.default_rng(seed).integers(-1, 2, (5, 2, 3))
    short, lacks = risk(problem, post_of)
    for line, day, shift, post in np.argwhere(problem.posts.needed >= 0).tolist():
        trait = problem.posts.trait[line, post]
        here = np.flatnonzero(post_of[:, day, shift] == post)
        rates = [
            problem.people.attends[one] for one in here if line == 0 or (trait >= 0 and problem.people.has[one, trait])
        ]
        needed = int(problem.posts.needed[line, day, shift, post]) if line == 0 or trait >= 0 else 0
        assert (short[line, day, shift, post], lacks[line, day, shift, post]) == pytest.approx(
            naive.missing(needed, rates)
        )


def test_shortage_is_convex_and_exact_for_equal_heads():
    table = shortage_table(6, 0.9)
    assert (np.diff(table.slope, axis=1) <= 1e-12).all()
    for needed, heads in ((1, 1), (3, 2), (4, 6)):
        assert table.missing[needed, heads] == pytest.approx(naive.missing(needed, [0.9] * heads)[1])
    assert table.expected(np.array([2]), np.array([1.35])) == pytest.approx(table.missing[2, 1:3].mean())
