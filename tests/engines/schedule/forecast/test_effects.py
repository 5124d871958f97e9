"""What changes do, beside the plan played anew with each; and what is made of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.schedule import FS, Drivers, Problem
from hostcity.engines.schedule.forecast import (
    Change,
    Option,
    best_effort,
    changed,
    drivers,
    effects,
    forecast,
    price_slips,
    what_if,
)
from hostcity.engines.schedule.forecast.effects import plans_of, varied, with_durations
from hostcity.engines.schedule.forecast.forecast import prepare
from hostcity.engines.schedule.forecast.playing import play
from tests.engines.schedule.forecast.plans import plans


@st.composite
def changes(draw, problem):
    """Up to four, each of some tasks, or without a driver, or both."""
    tasks = st.sets(st.integers(0, len(problem.duration) - 1), max_size=3)
    without = st.integers(-1, len(problem.drivers.probability) - 1)
    return [
        Change(tasks=tuple(draw(tasks)), times=draw(st.sampled_from([0, 0.3, 1, 2])), plus=draw(st.integers(-2, 9)), without=draw(without))
        for _ in range(draw(st.integers(0, 4)))
    ]  # fmt: skip


@settings(deadline=None)
@given(plans(), st.data(), st.sampled_from(["unlimited", "order"]))
def test_what_a_change_moves_is_all_that_differs(problem, data, execution):
    arrays, numbers = prepare(problem, execution, seed=3), np.arange(150)
    variants = plans_of(arrays, data.draw(changes(problem)))
    kept, over = varied(arrays, variants, numbers, 3, 2)
    for v in (*range(len(kept) - 1), -1):
        tasks = arrays.tasks if v < 0 else with_durations(arrays.tasks, variants, v)
        late = play(arrays._replace(tasks=tasks), numbers, seed=3, teams=False, ends=False).late
        assert (kept[v], over[v]) == ((late <= 0).sum(), np.maximum(late, 0).sum(dtype=np.int64))


@pytest.fixture(name="hall")
def a_hall():
    """Two ways to the opening; a storm that stretches the longer one; one team for the first tasks of both."""
    floor, stands, wires, lights, opening = range(5)
    return Problem(
        duration=np.array([10.0, 8.0, 6.0, 5.0, 0.0]), optimistic=np.array([8.0, 6.0, 5.0, 4.0, 0.0]),
        pessimistic=np.array([16.0, 12.0, 9.0, 9.0, 0.0]),
        link=np.array([[floor, stands, FS], [wires, lights, FS], [stands, opening, FS], [lights, opening, FS]]),
        need_by=np.array([np.inf] * 4 + [22.0]), demand=np.array([[1], [0], [1], [0], [0]]), capacity=np.array([1]),
        drivers=Drivers(probability=np.array([0.4]), factor=np.array([[1.1, 1.3, 1.5]]), touches=np.array([[0, 0], [0, 1]])),
    )  # fmt: skip


@pytest.mark.parametrize("execution", ["unlimited", "order", "dispatch", "dispatch_fast"])
def test_effects_are_those_of_plans_forecast_anew(hall, execution):
    told = effects(hall, [Change(tasks=(0, 2), times=0.5), Change(without=0)], execution=execution, samples=3000)
    calm = replace(hall, drivers=replace(hall.drivers, probability=np.zeros(1)))
    assert told.before == forecast(hall, execution=execution, samples=3000).probability
    if execution != "dispatch_fast":  # there other samples would be chosen for the other plan
        assert told.after[1] == forecast(calm, execution=execution, samples=3000).probability
    beside = what_if(hall, calm, execution=execution, samples=3000)
    assert told.gain[1] == beside.gain
    assert 0 < beside.standard_error < 0.02
    assert (told.gain > 0).all()
    assert (told.lateness < told.lateness_before).all()


def test_changes_made_are_changes_forecast(hall):
    made = changed(hall, [Change(tasks=(0,), times=0.5, plus=1.0), Change(tasks=(3,), plus=-4.5), Change(without=0)])
    assert made.duration.tolist() == [6.0, 8.0, 6.0, 0.5, 0.0]
    assert (made.optimistic[3], made.pessimistic[3], made.drivers.probability.tolist()) == (0.0, 4.5, [0.0])
    same = what_if(hall, hall, execution="order", samples=300)
    assert (same.gain, same.standard_error) == (0.0, 0.0)
    assert what_if(hall, replace(hall, capacity=np.array([2])), execution="dispatch", samples=300).gain >= 0


def test_a_slip_costs_what_the_float_does_not_bear():
    """3 of 5 days of float on the shorter way; the other way is ready by 10 in half of all cases."""
    plan = Problem(
        duration=np.array([10.0, 7.0, 0.0]), optimistic=np.array([9.0, 7.0, 0.0]), pessimistic=np.array([11.0, 7.0, 0.0]),
        link=np.array([[0, 2, FS], [1, 2, FS]]), need_by=np.array([np.inf, np.inf, 10.0]),
    )  # fmt: skip
    told = price_slips(plan, 1, [0, 3, 3.01], execution="unlimited", samples=4000)
    assert told[:2].tolist() == [0.0, 0.0]
    assert told[2] == pytest.approx(0.5, abs=0.025)


@pytest.mark.parametrize("execution", ["unlimited", "order", "dispatch", "dispatch_fast"])
def test_who_does_most_stands_first(hall, execution):
    told = drivers(hall, 3, execution=execution, samples=2000)
    every = effects(hall, [Change(tasks=(task,), times=0.7) for task in range(4)], execution=execution, samples=2000)
    assert [each.number for each in told.tasks] == np.argsort(-every.gain, kind="stable")[:3].tolist()
    assert [each.gain for each in told.tasks] == np.sort(every.gain)[::-1][:3].tolist()
    assert [each.number for each in told.risks] == [0]
    assert (told.execution, told.shorter) == (execution, 0.3)


@pytest.mark.parametrize("execution", ["unlimited", "order", "dispatch"])
def test_effort_goes_where_it_does_most(hall, execution):
    options = [
        Option(change=Change(tasks=(task,), times=0.7), cost=cost) for task, cost in ((0, 3), (1, 2), (2, 2), (3, 1))
    ]
    options.append(Option(change=Change(without=0), cost=4))
    told = best_effort(hall, options, 6, execution=execution, samples=1500)
    assert told.cost == sum(options[each].cost for each in told.options) <= 6
    best = 0.0
    for chosen in range(32):
        picked = [option for at, option in enumerate(options) if chosen >> at & 1]
        if sum(option.cost for option in picked) <= 6:
            plan = changed(hall, [option.change for option in picked])
            best = max(best, forecast(plan, execution=execution, samples=1500, ends=False).probability)
    assert told.before < told.after
    assert told.after >= 0.98 * best
    assert best_effort(hall, options, 0, execution=execution, samples=300).options == ()


def test_what_cannot_be_changed_is_told_at_once(hall):
    odd = [Change(tasks=(5, 5)), Change(times=-1.0), Change(plus=np.nan), Change(without=1)]
    with pytest.raises(
        ValueError, match=r"(?s)change 0 names task 5.*more than once.*change 1.*change 2.*change 3 is without driver 1"
    ):
        effects(hall, odd, execution="order")
    with pytest.raises(ValueError, match="no task has a need_by"):
        drivers(Problem(duration=np.ones(1)), 1, execution="order")
    with pytest.raises(ValueError, match="k is 0"):
        drivers(hall, 0, execution="order")
    with pytest.raises(ValueError, match=r"(?s)option 0 costs -1\..*budget is nan"):
        best_effort(hall, [Option(change=Change(), cost=-1)], np.nan, execution="order")
    with pytest.raises(ValueError, match="has 1 tasks, not 5"):
        what_if(hall, Problem(duration=np.ones(1)), execution="order")
