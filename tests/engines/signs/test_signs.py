"""The sign planner beside all plans, and its bound."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.signs.hall import study_hall
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.signs import Detours, SignProblem, bound_signs, busiest_corners, most_floor, plan_signs, score_of
from hostcity.engines.signs._kernels.pricing import most_persons
from hostcity.engines.signs.planning import model_of, persons_in
from hostcity.engines.signs.pricing import Room, priced_bound
from hostcity.engines.signs.states import sign_problem
from hostcity.engines.signs.tightening import tightened
from tests.naive import signs as naive


def by_chance(seed, states=14, faces=5, destinations=2):
    """Ways that join like brooks, and faces that see some of them."""
    rng = np.random.default_rng(seed)
    destination = np.sort(rng.integers(0, destinations, states))
    after = np.full(states, -1)
    for state in range(states):
        later = np.flatnonzero(destination[state + 1 :] == destination[state]) + state + 1
        if later.size and rng.random() < 0.85:
            after[state] = later[rng.integers(min(3, later.size))]
    plain = np.where(rng.random(states) < 0.2, 1.0, 0.2 + 0.7 * rng.random(states))
    covered, first = [], [0]
    for _face in range(faces):
        for name in range(destinations):
            mine = np.flatnonzero((destination == name) & (rng.random(states) < 0.3))
            covered += mine.tolist()
            first.append(len(covered))
    return SignProblem(
        starts=rng.integers(0, 50, states).astype(float), after=after, plain=plain, signed=np.maximum(plain, 0.95),
        destination=destination, faces=faces, destinations=destinations, first=np.array(first),
        covered=np.array(covered, np.int64),
    )  # fmt: skip


def with_detours(seed, **more):
    """The same, where a wrong turn leads to some other states of the destination."""
    problem = by_chance(seed, **more)
    rng = np.random.default_rng(seed + 1)
    states, first = [], [0]
    for state in range(problem.starts.size):
        others = np.flatnonzero(problem.destination == problem.destination[state])
        if problem.plain[state] < 1.0:
            states += rng.choice(others, rng.integers(0, 3)).tolist()
        first.append(len(states))
    detours = Detours(
        ahead_m=rng.integers(5, 50, problem.starts.size).astype(float), first=np.array(first),
        states=np.array(states, np.int64), lengths_m=rng.integers(5, 50, len(states)).astype(float),
    )  # fmt: skip
    return replace(problem, detours=detours)


def some_names(problem, seed):
    return np.random.default_rng(seed).random((problem.faces, problem.destinations)) < 0.3


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_who_is_guided_is_who_takes_every_turn(seed):
    problem = by_chance(seed, states=30)
    named = some_names(problem, seed)
    assert score_of(problem, named) == pytest.approx(naive.guided(problem, named), rel=1e-12)
    assert plan_signs(problem, faces=0, names=1).score == pytest.approx(naive.guided(problem, named & False), rel=1e-12)


@given(seed=st.integers(0, 10**6), faces=st.integers(1, 2), names=st.integers(1, 2))
@settings(max_examples=8, deadline=None)
def test_no_plan_passes_the_bound_and_the_search_finds_the_best(seed, faces, names):
    """Of small problems the integer program ends: then bound and best meet."""
    problem = by_chance(seed)
    best = naive.best(problem, faces, names)
    plan = plan_signs(problem, faces=faces, names=names)
    assert plan.score <= best * (1 + 1e-12)
    assert plan.score >= best * 0.99
    bound = bound_signs(problem, plan, faces=faces, names=names, seconds=10.0)
    assert best <= bound.score * (1 + 1e-9)
    assert bound.score <= bound.relaxed * (1 + 1e-9)
    assert bound.score == pytest.approx(best, rel=1e-4)
    assert bound.is_optimal is (plan.score >= bound.score * (1 - 1e-6))


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_no_state_has_more_persons_than_the_tightened_bound(seed):
    problem = by_chance(seed)
    most = persons_in(problem, np.ones(problem.starts.size, np.int64))
    less = tightened(problem, most, faces=1)
    assert (less <= most).all()
    for face in range(problem.faces):
        for name in range(problem.destinations):
            named = np.zeros((problem.faces, problem.destinations), bool)
            named[face, name] = True
            assert (_persons(problem, named) <= less * (1 + 1e-7) + 1e-9).all()


def _persons(problem, named):
    persons = problem.starts.copy()
    for state in range(problem.starts.size):  # states are before those after them
        signed = any(
            state in problem.covered[problem.first[at] : problem.first[at + 1]] for at in np.flatnonzero(named.ravel())
        )
        if problem.after[state] >= 0:
            persons[problem.after[state]] += persons[state] * (problem.signed if signed else problem.plain)[state]
    return persons


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_who_turns_wrong_walks_what_the_equations_say(seed):
    problem = with_detours(seed, states=30)
    named = some_names(problem, seed)
    meters, persons = naive.walked(problem, named)
    assert score_of(problem, named) == pytest.approx(-meters, rel=1e-7)
    signed = naive.signed_states(problem, named).astype(np.int64)
    assert persons_in(problem, signed) == pytest.approx(persons, rel=1e-7, abs=1e-6)


@given(seed=st.integers(0, 10**6), faces=st.integers(1, 2), names=st.integers(1, 2))
@settings(max_examples=15, deadline=None)
def test_the_search_finds_the_plan_that_spares_most_walking(seed, faces, names):
    problem = with_detours(seed)
    plan = plan_signs(problem, faces=faces, names=names)
    best = naive.best(problem, faces, names)
    assert plan.score <= best + 1e-7 * abs(best)
    assert plan.score >= plan.unsigned - 1e-7 * abs(plan.unsigned)
    spared = best - plan.unsigned
    assert plan.score - plan.unsigned >= 0.95 * spared - 1e-6 * abs(best)
    bound = bound_signs(problem, plan, faces=faces, names=names, seconds=2.0)
    assert best <= bound.score + 1e-7 * abs(best)
    assert bound.gap >= 0.0


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_prices_bound_plans_from_which_nobody_walks_back_too(seed):
    problem = by_chance(seed)
    plan, best = plan_signs(problem, faces=2, names=1), naive.best(problem, 2, 1)
    room = Room(
        faces=2,
        names_of=np.ones(problem.faces, np.int64),
        may_hang=np.ones(problem.faces, np.int64),
        named=plan.named & False,
    )
    assert best <= priced_bound(problem, plan, room, 2.0) + 1e-9 * problem.persons <= problem.persons * (1 + 1e-6)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_nobody_comes_through_a_state_more_often_than_at_most(seed):
    """Persons in each state, whatever is signed."""
    problem = with_detours(seed)
    most = np.zeros(problem.starts.size)
    most_persons(model_of(problem), np.ones(problem.starts.size, bool), most)
    for signed in (0, 1, *np.random.default_rng(seed).integers(0, 2, (6, problem.starts.size))):
        count = np.broadcast_to(np.asarray(signed, np.int64), problem.starts.shape).copy()
        assert (persons_in(problem, count) <= most * (1 + 1e-7) + 1e-6).all()


@pytest.mark.parametrize("make", [by_chance, with_detours])
def test_a_bound_holds_for_plans_that_keep_what_stays(make):
    problem = make(4)
    hung = np.zeros((problem.faces, problem.destinations), bool)
    hung[1] = True  # of more names than new faces may have
    stays = np.array([False, True, True, False, False])
    plan = plan_signs(problem, faces=2, names=1, hung=hung, stays=stays)
    assert plan.named[1].all()
    assert not plan.named[2].any()
    bound = bound_signs(problem, plan, faces=2, names=1, hung=hung, stays=stays, seconds=2.0)
    others = []
    for face, name in itertools.product((0, 3, 4), range(problem.destinations)):
        named = hung.copy()
        named[face, name] = True
        others.append(naive.score(problem, named))
    assert max(others) <= bound.score + 1e-7 * abs(bound.score)
    assert plan.score == pytest.approx(max([*others, naive.score(problem, hung)]), rel=1e-6)


@pytest.mark.parametrize("make", [by_chance, with_detours])
def test_no_name_is_hung_that_nobody_needs(make):
    problem = make(3, states=30)
    plan = plan_signs(problem, faces=5, names=2)
    for face, name in np.argwhere(plan.named):
        fewer = plan.named.copy()
        fewer[face, name] = False
        assert score_of(problem, fewer) < plan.score
    assert plan_signs(replace(problem, starts=problem.starts * 0), faces=5, names=2).faces.size == 0


def test_signs_of_the_hall_spare_walking_and_busiest_corners_spare_less():
    hall = study_hall(recovers=True)
    plan = plan_signs(hall.problem, faces=30, names=6, kicks=1)
    corners = busiest_corners(hall.problem, hall.passing, faces=30, names=6)
    none = plan_signs(hall.problem, faces=0, names=6)
    assert 0 < plan.detour_m < corners.detour_m < none.detour_m


def test_ways_of_many_pieces_are_joined_as_they_are_drawn():
    """The straightest piece before each, and how many ways there are on, as plain loops find them."""
    ways = study_hall().ways
    for piece in range(0, ways.tail.size, 7):
        before = [each for each in range(ways.tail.size) if ways.head[each] == ways.tail[piece]]
        straight = {each: ways.east[each] * ways.east[piece] + ways.north[each] * ways.north[piece] for each in before}
        best = max(straight, key=straight.__getitem__, default=-1)
        assert ways.straight_before[piece] == (best if straight.get(best, 0.0) >= np.cos(np.radians(30)) else -1)
        on = {int(ways.head[each]) for each in range(ways.tail.size) if ways.tail[each] == ways.head[piece]}
        assert ways.options[piece] == len(on - {int(ways.tail[piece])})


def test_nobody_turns_by_mistake_into_what_is_barred_to_it():
    hall = study_hall(recovers=True)
    stray = np.ones(hall.ways.tail.size, bool)
    stray[::2] = False
    ways = replace(hall.ways, may_stray=stray)
    towards, is_there = np.zeros((1, ways.x_m.size), np.int64) - 1, np.zeros((1, ways.x_m.size), bool)
    is_there[0, 40] = True
    towards[0, ways.tail[ways.head == 40]] = np.flatnonzero(ways.head == 40)
    problem = sign_problem(ways, towards, is_there, np.ones((1, ways.tail.size)), np.eye(ways.x_m.size, dtype=bool))
    assert problem.detours.states.size
    assert stray[problem.detours.states].all()


def test_the_same_seed_gives_the_same_plan_and_what_stays_stays():
    problem = study_hall().problem
    one, other = (plan_signs(problem, faces=20, names=3, kicks=3, seed=7) for _ in range(2))
    assert (one.named == other.named).all()
    assert (one.faces.size, one.named.sum(axis=1).max()) == (20, 3)
    hung = np.zeros_like(one.named)
    hung[5, 2] = hung[9, 0] = True
    stays = np.zeros(problem.faces, bool)
    stays[5] = stays[100] = True  # a face that hangs, and a place where none may
    kept = plan_signs(problem, faces=20, names=3, hung=hung, stays=stays, kicks=1)
    assert kept.named[5].tolist() == hung[5].tolist()
    assert not kept.named[100].any()
    assert kept.faces.size == 20


def test_what_is_lost_without_a_face_is_lost_without_it():
    problem = study_hall(most_names=5).problem
    plan = plan_signs(problem, faces=6, names=2, kicks=1)
    for face in plan.faces:
        less = plan.named.copy()
        less[face] = False
        assert plan.lost_without[face] == pytest.approx(plan.score - naive.guided(problem, less), rel=1e-9)
    assert plan.unsigned < plan.score < plan.signed


def test_the_studys_hall_is_the_studys_and_its_rules_of_thumb_are_worse():
    """Trips, and what is guided without signs, with all, and by the busiest corners, to the study's decimals."""
    hall = study_hall()
    problem = hall.problem
    plan = plan_signs(problem, faces=30, names=6, kicks=10)
    corners = busiest_corners(problem, hall.passing, faces=30, names=6)
    assert round(problem.persons) == 58_219
    assert (round(100 * plan.unsigned / plan.persons, 1), round(100 * plan.signed / plan.persons, 1)) == (19.8, 77.3)
    assert round(100 * corners.share, 1) == 29.3
    assert plan.share > 0.37
    sees = np.eye(problem.faces, dtype=bool)
    assert most_floor(problem, hall.passing, sees, faces=30, names=6).faces.tolist() == list(range(30))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"plain": np.array([0.5, 0.99])}, "does not hold"),
        ({"starts": np.array([1.0, np.nan])}, "persons"),
        ({"after": np.array([1, 2])}, "that there are not"),
        ({"after": np.array([1, 0])}, "circle"),
        ({"after": np.array([1])}, "shape"),
        ({"first": np.array([0, 1])}, "fit"),
        ({"covered": np.array([1, 1]), "destination": np.array([0, 1])}, "another destination"),
    ],
)
def test_arrays_that_are_no_problem(change, told):
    usual = {
        "starts": np.array([1.0, 1.0]), "after": np.array([1, -1]), "plain": np.array([0.5, 0.5]),
        "signed": np.array([0.9, 0.9]), "destination": np.array([0, 0]), "faces": 2, "destinations": 1,
        "first": np.array([0, 1, 2]), "covered": np.array([0, 1]),
    }  # fmt: skip
    SignProblem(**usual)
    with pytest.raises(ValueError, match=told):
        SignProblem(**(usual | change))


def test_a_budget_that_is_none_and_a_wall_that_is_fuller_than_it():
    problem = by_chance(1)
    with pytest.raises(ValueError, match="are none"):
        plan_signs(problem, faces=-1, names=1)
    with pytest.raises(ValueError, match="more hangs"):
        plan_signs(problem, faces=1, names=1, hung=np.ones((problem.faces, problem.destinations), bool))
