"""Why, what if, repair and draws of attendance, beside the checker, the score and plain loops."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.rosters import (
    Lock,
    Roster,
    best_plan,
    check,
    explain_cell,
    explain_person,
    find_homes,
    repair,
    risk,
    score,
    simulate,
    size_standby,
    what_if,
)
from hostcity.engines.rosters.simulate import STANDS_BY, _chains, _Zone
from tests.engines.rosters.tiny import STRICT, USUAL, tiny
from tests.naive import rosters as naive


def rostered(seed, *, people=10, posts=3, rules=USUAL):
    """A problem, and a roster that keeps its rules, by chance."""
    problem = tiny(seed, people=people, posts=posts, rules=rules)
    rng = np.random.default_rng(seed)
    plans = [_plan(problem, person, rng) for person in range(people)]
    post_of = naive.post_of(problem, plans)
    homes = find_homes(problem)
    prices = rng.random(problem.posts.needed.shape) * 20
    judged = score(problem, post_of, homes)
    return problem, Roster(post_of=post_of, homes=homes, score=judged, bound=0, bound_any=0, prices=prices, steps=())


def _plan(problem, person, rng):
    """Some of the shifts that somebody may serve, as long as no rule is broken."""
    _, days, shifts, posts = problem.shape
    plan = {}
    for cell in rng.permutation(days * shifts * posts)[: posts * 6].tolist():
        more = {**plan, divmod(cell // posts, shifts): cell % posts}
        if len(more) > len(plan) and _is_fine(problem, person, more):
            plan = more
    return plan


def _is_fine(problem, person, plan):
    a_day = [sum(day == each for day, _ in plan) for each in range(problem.shape[1])]
    return max(a_day) <= problem.rules.shifts_a_day and naive.is_allowed(problem, person, plan)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([USUAL, STRICT]))
def test_who_could_come_is_who_breaks_no_rule(seed, rules):
    problem, roster = rostered(seed, people=5, posts=2, rules=rules)
    rng = np.random.default_rng(seed)
    open_cells = np.argwhere(problem.is_open)
    day, shift, post = map(int, open_cells[int(rng.integers(len(open_cells)))])
    why = explain_cell(problem, roster, day, shift, post, offers=99)
    could = set()
    for person in np.flatnonzero(roster.post_of[:, day, shift] < 0).tolist():
        effect = what_if(problem, roster.homes, roster.post_of, [Lock(person, day, shift, post)])
        if not effect.violations and (rules is USUAL or (roster.post_of[person, day] < 0).all()):
            could.add(person)
    calls = {offer.person for offer in why.calls}
    assert calls == could or (rules is STRICT and could <= calls | could)
    assert dict(why.people)["could come"] >= len(calls)
    assert sum(many for _, many in why.people) == problem.people.count
    for offer in (*why.calls, *why.swaps):
        effect = what_if(problem, roster.homes, roster.post_of, [Lock(offer.person, day, shift, post)])
        assert offer.harm == pytest.approx(effect.change.total, abs=1e-9)


def test_the_first_reason_is_told():
    problem, roster = rostered(3, people=8)
    day, shift, post = map(int, np.argwhere(problem.is_open)[0])
    why = dict(explain_cell(problem, roster, day, shift, post).people)
    untrained = ~problem.people.is_trained[:, post] & (roster.post_of[:, day, shift] != post)
    assert why["not trained"] == untrained.sum()
    assert why["serves here"] == (roster.post_of[:, day, shift] == post).sum()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([USUAL, STRICT]))
def test_the_best_plan_is_the_best_of_all_plans(seed, rules):
    problem, roster = rostered(seed, people=2, posts=2, rules=rules)
    plans = [plan for plan in naive.plans_of(problem, (0,)) if plan]
    found = best_plan(problem, roster.homes, 0, roster.prices)
    costs = [naive.cost(problem, roster.homes, 0, plan) - naive.paid(problem, roster.prices, 0, plan) for plan in plans]
    if not plans:
        assert found.served == ()
        return
    assert found.reduced == pytest.approx(min(costs), abs=1e-9)
    assert naive.is_allowed(problem, 0, {(day, shift): post for day, shift, post in found.served})
    why = explain_person(problem, roster, 0)
    served = {(d, s): int(roster.post_of[0, d, s]) for d, s in np.argwhere(roster.post_of[0] >= 0).tolist()}
    own = naive.cost(problem, roster.homes, 0, served) - naive.paid(problem, roster.prices, 0, served)
    assert why.plan.reduced == pytest.approx(own, abs=1e-9)
    assert sum(many for _, many in why.cells) == problem.is_open.sum()


def test_an_edit_tells_what_it_breaks():
    problem, roster = rostered(5)
    problem = replace(problem, people=replace(problem.people, is_free=problem.people.is_free & False))
    effect = what_if(problem, roster.homes, roster.post_of * 0 - 1, [Lock(0, 1, 1, 0)])
    assert "free" in {each.rule for each in effect.violations}
    judged = [score(problem, each, roster.homes) for each in (effect.post_of, roster.post_of * 0 - 1)]
    assert effect.change.total == pytest.approx(judged[0].objective - judged[1].objective)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([USUAL, STRICT]))
def test_a_repair_keeps_the_rules_and_mends(seed, rules):
    problem, roster = rostered(seed, people=12, rules=rules)
    rng = np.random.default_rng(seed)
    absent = rng.choice(12, 3, replace=False).tolist()
    closed = [tuple(each) for each in np.argwhere(problem.is_open[1])[:1].tolist()]
    done = repair(problem, roster.homes, roster.post_of, day=1, absent=absent, closed=closed)
    assert check(done.problem, done.post_of) == ()
    assert done.harm[2] <= done.harm[1] + 1e-9
    rest = [0, 2]
    assert (done.post_of[:, rest] == roster.post_of[:, rest]).all()
    replayed = roster.post_of.copy()
    replayed[absent, 1] = -1
    for move in done.moves:
        assert replayed[move.person, 1, move.shift] == move.source
        replayed[move.person, 1, move.shift] = move.target
    assert (replayed == done.post_of).all()
    assert {move.person for move in done.moves}.isdisjoint(absent)
    few = repair(problem, roster.homes, roster.post_of, day=1, absent=absent, most_told=1)
    assert few.told <= 1


def test_what_has_begun_stays():
    problem, roster = rostered(4, people=12)
    done = repair(problem, roster.homes, roster.post_of, day=1, absent=range(12), now_s=12 * 3600)
    assert (done.post_of[:, 1, :2] == roster.post_of[:, 1, :2]).all()
    assert (done.post_of[:, 1, 2] == -1).all()
    assert check(done.problem, done.post_of) == ()
    with pytest.raises(ValueError, match="day 7 is none of the event's 3 days"):
        repair(problem, roster.homes, roster.post_of, day=7)


def test_double_demand_calls_people():
    problem, roster = rostered(8, people=14)
    needed = problem.posts.needed[:, 1] * 2
    done = repair(problem, roster.homes, roster.post_of, day=1, needed=needed)
    assert done.problem.posts.needed[:, 1].tolist() == needed.tolist()
    assert done.harm[2] < done.harm[1]
    assert done.moves


def test_who_is_needed_no_more_serves_elsewhere_or_goes_home():
    problem, roster = rostered(8, people=14)
    problem = replace(problem, together=((12, 13),))
    roster.post_of[13] = roster.post_of[12] = -1
    needed = problem.posts.needed[:, 1].copy()
    needed[:, :, 0] = 0
    done = repair(problem, roster.homes, roster.post_of, day=1, absent=[12], needed=needed)
    assert check(done.problem, done.post_of) == ()
    assert (done.post_of[:, 1] != 0).all()
    freed = {move.person for move in done.moves if move.source == 0}
    assert freed == set(np.argwhere(roster.post_of[:, 1] == 0)[:, 0].tolist())


def test_draws_agree_with_what_is_exact():
    problem, roster = rostered(2, people=14)
    problem = replace(problem, posts=replace(problem.posts, is_standby=np.array([False, False, True])))
    found = simulate(problem, roster.post_of, draws=2000)
    real = problem.is_open & ~problem.posts.is_standby
    exact = risk(problem, roster.post_of)[1][0][real].sum()
    assert abs(found.missing.mean() - exact) < 4 * found.missing.std() / np.sqrt(2000)
    assert (found.after_standby <= found.missing).all()
    assert (found.after_moves <= found.after_standby).all()
    again = simulate(problem, roster.post_of, draws=5)
    assert again.missing.tolist() == found.missing[:5].tolist()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_chains_fill_as_many_holes_as_can_be(seed):
    rng = np.random.default_rng(seed)
    people, posts = 5, 3
    needed = rng.integers(0, 3, posts)
    at = rng.integers(-1, posts, people)
    can = rng.random((people, posts)) < 0.5
    can[np.flatnonzero(at >= 0), at[at >= 0]] = True
    heads = np.bincount(at[at >= 0], minlength=posts)
    holes = [post for post in range(posts) for _ in range(max(0, needed[post] - heads[post]))]
    most = 0
    for choice in product(range(-1, posts), repeat=people):
        if all(post < 0 or can[person, post] for person, post in enumerate(choice)):
            filled = np.bincount([post for post in choice if post >= 0], minlength=posts)
            most = max(most, int(np.minimum(filled, needed).sum()))
    zone = _Zone(can, np.where(at < 0, STANDS_BY, at), holes, np.maximum(heads - needed, 0))
    assert int(np.minimum(heads, needed).sum()) + _chains(zone) == most


def test_pools_are_sized_for_what_is_missing_in_all_cells():
    problem, roster = rostered(2, people=14)
    problem = replace(problem, posts=replace(problem.posts, is_standby=np.array([False, False, True])))
    sized = size_standby(problem, roster.post_of, deviations=2.0)
    attends = problem.people.attends
    for day, shift in np.ndindex(3, 3):
        mean = variance = 0.0
        for post in (0, 1):
            needed = int(problem.posts.needed[0, day, shift, post])
            rates = attends[roster.post_of[:, day, shift] == post]
            lacks = naive.missing(needed, rates)[1]
            squared = sum(
                np.prod([rate if come else 1 - rate for come, rate in zip(comes, rates, strict=True)])
                * max(0, needed - sum(comes)) ** 2
                for comes in product((0, 1), repeat=len(rates))
            )
            mean, variance = mean + lacks, variance + squared - lacks**2
        open_ = problem.is_open[day, shift, :2].any()
        wanted = np.ceil((mean + 2 * np.sqrt(max(variance, 0.0))) / attends.mean() - 1e-9) if open_ else 0
        assert sized.posts.needed[0, day, shift, 2] == wanted


def _otherwise(problem, rng):
    """A problem as an edit may change it: cells closed and opened, somebody away, at times other locks."""
    needed = problem.posts.needed.copy()
    needed[0] = np.where(rng.random(needed[0].shape) < 0.2, 0, needed[0] + (rng.random(needed[0].shape) < 0.2))
    is_free = problem.people.is_free & (rng.random(problem.people.is_free.shape) < 0.9)
    locks = (Lock(0, 0, 0, -1),) if rng.random() < 0.2 else problem.locks
    people, posts = replace(problem.people, is_free=is_free), replace(problem.posts, needed=needed)
    return replace(problem, people=people, posts=posts, locks=locks)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([USUAL, STRICT]), st.booleans())
def test_whom_an_edit_concerns_is_enough_to_tell_what_it_breaks(seed, rules, is_otherwise):
    rng = np.random.default_rng(seed)
    problem = tiny(seed, people=8, posts=3, rules=rules, locks=True)
    problem = replace(problem, together=((0, 1, 2),), apart=((3, 4), (1, 5)))
    post_of = np.where(rng.random((8, 3, 3)) < 0.5, rng.integers(0, 3, (8, 3, 3)), -1)
    then = _otherwise(problem, rng) if is_otherwise else problem
    edits = [Lock(*(int(rng.integers(low, high)) for low, high in ((0, 8), (0, 3), (0, 3), (-1, 3)))) for _ in range(2)]
    effect = what_if(problem, find_homes(problem), post_of, edits, then=then)
    was, now = check(problem, post_of), check(then, effect.post_of)
    assert effect.violations == tuple(each for each in now if each not in set(was))
    assert effect.mended == tuple(each for each in was if each not in set(now))
