"""What a forecast says beside theory, and that it says the same whatever the threads."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from hostcity.engines.schedule import FS, Drivers, Problem, ScheduleError, cpm
from hostcity.engines.schedule.forecast import Goal, bracket, forecast, planned_starts, urgency
from hostcity.engines.schedule.forecast.forecast import FAST
from tests.engines.schedule.forecast.plans import plans

RULES = ("unlimited", "order", "dispatch", "dispatch_fast")


def row(tasks):
    """Links of one task after the other."""
    before = np.arange(tasks - 1)
    return np.stack([before, before + 1, np.full(tasks - 1, FS)], axis=1)


def test_of_a_row_of_tasks_the_mean_and_the_deviation_are_sums():
    low, likely, high = 2.0, 5.0, 14.0
    tasks, samples = 30, 20_000
    told = forecast(
        Problem(duration=np.full(tasks, likely), optimistic=np.full(tasks, low), pessimistic=np.full(tasks, high), link=row(tasks)),
        execution="unlimited", samples=samples,
    )  # fmt: skip
    mean, variance = tasks * 7.0, tasks * (9 + 81 + 144) / 36
    assert abs(told.finish.mean() - mean) < 3 * math.sqrt(variance / samples)
    assert abs(told.finish.var() / variance - 1) < 3 * math.sqrt(2 / samples)
    assert told.criticality.tolist() == [1.0] * tasks
    assert told.sensitivity == pytest.approx(np.full(tasks, math.sqrt(1 / tasks)), rel=0.02)


def test_of_two_ways_the_later_one_counts():
    """Two even triangulars on 0 to 2 (distribution F): both have ended by 1 with probability F(1)² = 1/4, by 1.5 with (7/8)²."""
    samples = 20_000
    told = forecast(
        Problem(
            duration=np.array([1.0, 1.0, 0.0]), optimistic=np.zeros(3), pessimistic=np.array([2.0, 2.0, 0.0]),
            link=np.array([[0, 2, FS], [1, 2, FS]]), need_by=np.array([1.0, np.inf, 1.5]),
        ),
        execution="unlimited", samples=samples,
    )  # fmt: skip
    for found, true in (
        (told.by(1.0), 1 / 4), (told.in_time[2], 49 / 64), (told.in_time[0], 1 / 2), (told.probability, 7 / 16), (told.criticality[0], 1 / 2),
    ):  # fmt: skip
        assert abs(found - true) < 3 * math.sqrt(true * (1 - true) / samples)
    assert np.isnan(told.in_time[1])
    assert told.quantile(0.5) == pytest.approx(2 - math.sqrt(2 * (1 - math.sqrt(0.5))), abs=0.02)


def test_a_driver_stretches_all_its_tasks_alike():
    samples = 20_000
    drivers = Drivers(
        probability=np.array([0.3]), factor=np.array([[2.0, 2.0, 2.0]]), touches=np.array([[0, 0], [0, 1]])
    )
    told = forecast(
        Problem(duration=np.array([3.0, 4.0, 5.0]), link=row(3), drivers=drivers),
        execution="unlimited",
        samples=samples,
    )
    assert set(told.finish.tolist()) == {12.0, 19.0}
    assert abs(told.by(12.0) - 0.7) < 3 * math.sqrt(0.21 / samples)


def test_hands_are_counted():
    """Three tasks of one team of two, worked by hand: the plan lets 1 follow 0, so 2 of the order waits for neither."""
    plan = Problem(
        duration=np.array([4.0, 2.0, 3.0]), demand=np.array([[1], [1], [1]]), capacity=np.array([2]), need_by=np.array([4.0, 5.0, 6.0])
    )  # fmt: skip
    told = bracket(plan, samples=1)
    assert (told.unlimited.finish[0], told.order.finish[0], told.dispatch.finish[0]) == (4.0, 5.0, 5.0)
    assert told.span == (1.0, 1.0)
    alone = bracket(Problem(**vars(plan) | {"capacity": np.array([1])}), samples=1)
    assert (alone.order.lateness[0], alone.dispatch.lateness[0], alone.span) == (3.0, 3.0, (0.0, 0.0))


def test_who_waited_for_hands_makes_who_gave_them_back_critical():
    """One hand, tasks of 4, 2 and 1 by their latest start: the last waits for the second, which waited for the first. Nothing links them."""
    plan = Problem(
        duration=np.array([4.0, 2.0, 1.0, 5.0]), demand=np.array([[1], [1], [1], [0]]), capacity=np.array([1]),
        need_by=np.array([4.0, 6.0, 7.0, np.inf]),
    )  # fmt: skip
    told = forecast(plan, execution="dispatch", samples=2)
    assert (told.finish.tolist(), told.criticality.tolist()) == ([7.0, 7.0], [1.0, 1.0, 1.0, 0.0])
    assert forecast(plan, execution="unlimited", samples=2).criticality.tolist() == [0.0, 0.0, 0.0, 1.0]


def test_a_team_of_some_days_is_waited_for():
    """Two of a team until 3, nobody until 5, one from then on: who has begun goes on, who has not waits; one after the other then."""
    plan = Problem(
        duration=np.array([4.0, 2.0, 2.0, 1.0]), demand=np.ones((4, 1), int), capacity=np.array([2]),
        capacity_change=np.array([[0, 1], [0, 0]]), capacity_time=np.array([5.0, 3.0]), need_by=np.array([4.0, 5.0, 8.0, 9.0]),
        link=np.array([[1, 2, FS]]), lag=np.array([1.5]),
    )  # fmt: skip
    told = bracket(plan, samples=1)
    assert told.dispatch.ends[0].tolist() == [4.0, 2.0, 7.0, 3.0]
    assert told.order.ends[0].tolist() == [4.0, 2.0, 7.0, 3.0]
    assert told.unlimited.ends[0].tolist() == [4.0, 2.0, 5.5, 1.0]


def test_changes_of_teams_are_told_when_they_cannot_be():
    plan = Problem(
        duration=np.ones(1), demand=np.ones((1, 1), int), capacity=np.array([1]),
        capacity_change=np.array([[1, 1], [0, -1]]), capacity_time=np.array([1.0, 0.0]),
    )  # fmt: skip
    with pytest.raises(
        ScheduleError, match=r"(?s)change 0 of capacity names team 1.*change 1 of capacity gives -1 at 0"
    ):
        forecast(plan, execution="dispatch")
    gone = replace(plan, capacity_change=np.array([[0, 0]]), capacity_time=np.array([1.0]))
    with pytest.raises(ScheduleError, match="It has 0"):
        forecast(gone, execution="dispatch")


def test_a_lead_lets_nobody_begin_before_those_he_waits_for():
    """Task 1 may begin 3 before the end of task 0, which takes 2 and begins at 4: by links at 3, by teams, as nobody knows before, at 4."""
    plan = Problem(
        duration=np.array([2.0, 1.0, 4.0]), link=np.array([[0, 1, FS]]), lag=np.array([-3.0]), release=np.array([1.0, 0.0, 0.0]),
        demand=np.array([[1], [0], [1]]), capacity=np.array([1]), need_by=np.array([np.inf, np.inf, 4.0]),
    )  # fmt: skip
    takes = replace(plan, demand=np.array([[1, 0], [0, 1], [1, 1]]), capacity=np.array([1, 1]))
    ends = [forecast(each, execution="dispatch", samples=1).ends[0].tolist() for each in (plan, takes)]
    assert ends == [[6.0, 4.0, 4.0], [6.0, 5.0, 4.0]]


@settings(deadline=None, max_examples=40)
@given(plans())
def test_plans_without_chance_are_their_critical_path(problem):
    sure = Problem(
        **vars(problem) | {"optimistic": problem.duration, "pessimistic": problem.duration, "drivers": Drivers()}
    )
    path = cpm(sure)
    told = forecast(sure, execution="unlimited", samples=2)
    assert told.finish.tolist() == [path.finish] * 2
    assert told.ends.tolist() == [path.early_finish.tolist()] * 3
    assert told.criticality.tolist() == path.is_critical.tolist()
    assert forecast(sure, execution="dispatch", samples=1).finish[0] >= path.finish


@pytest.mark.parametrize("execution", RULES)
def test_same_seed_same_result_by_any_number_of_threads(execution):
    rng = np.random.default_rng(5)
    tasks = 60
    links = np.array(
        [(before, after, 0) for before in range(tasks) for after in range(before + 1, tasks) if rng.random() < 0.05]
    )
    likely = rng.integers(1, 9, tasks).astype(float)
    plan = Problem(
        duration=likely, optimistic=likely * 0.7, pessimistic=likely * 2, link=links, demand=rng.integers(0, 2, (tasks, 3)),
        capacity=np.full(3, 2), need_by=np.where(np.arange(tasks) % 9, np.inf, 100.0),
        drivers=Drivers(probability=np.array([0.5]), factor=np.array([[1.0, 1.1, 1.5]]), touches=np.array([[0, 3], [0, 5]])),
    )  # fmt: skip
    one, two = (forecast(plan, execution=execution, samples=3000, threads=threads) for threads in (1, 2))
    for name, found in vars(one).items():
        np.testing.assert_array_equal(found, getattr(two, name))
    assert one.samples == (FAST if execution == "dispatch_fast" else 3000)
    other = forecast(plan, execution=execution, samples=3000, seed=2)
    assert (other.finish != one.finish).any()


def test_goals_are_those_of_their_tasks_together():
    plan = Problem(
        duration=np.array([1.0, 1.0, 3.0]), optimistic=np.array([0.0, 0.0, 3.0]), pessimistic=np.array([2.0, 2.0, 3.0]),
        need_by=np.array([1.0, 1.5, 3.0]),
    )  # fmt: skip
    goals = [Goal(tasks=np.array([0, 1]), by=np.array([1.0, 1.5])), Goal(tasks=np.array([2]), by=np.array([4.0]))]
    told = forecast(plan, execution="unlimited", samples=5000, ends=False, goals=goals)
    alone = forecast(replace(plan, need_by=np.array([1.0, 1.5, np.inf])), execution="unlimited", samples=5000)
    assert told.goals[0].tolist() == alone.lateness.tolist()
    assert told.goal_chance.tolist() == [alone.probability, 1.0]
    assert set(told.goals[1].tolist()) == {-1.0}
    assert told.ends is None
    with pytest.raises(ValueError, match=r"(?s)quantile of 0.*goal 0 has 1 tasks and 2 times.*goal 0 names a task"):
        forecast(plan, execution="order", shares=(0,), goals=[Goal(tasks=np.array([3]), by=np.ones(2))])


@settings(deadline=None, max_examples=30)
@given(plans())
def test_who_is_told_what_is_urgent_and_planned_begins_as_before(problem):
    for execution, start in (("order", planned_starts(problem)), ("dispatch", urgency(problem))):
        as_is, told = (forecast(problem, execution=execution, samples=50, start=each) for each in (None, start))
        assert as_is.ends.tolist() == told.ends.tolist()


def test_a_plan_of_no_tasks_is_ready():
    told = bracket(Problem(duration=np.zeros(0)), samples=2)
    assert (told.order.finish.tolist(), told.order.ends.shape, told.span) == ([0.0, 0.0], (3, 0), (1.0, 1.0))


def test_what_no_forecast_can_be_made_with_is_told_at_once():
    plan = Problem(duration=np.ones(2))
    with pytest.raises(ValueError, match=r"(?s)no execution 'best'.*samples is 0.*seed is -1.*start has shape \(1,\)"):
        forecast(plan, execution="best", samples=0, seed=-1, start=np.zeros(1))
    with pytest.raises(ScheduleError, match="task 0 takes"):
        forecast(Problem(duration=np.ones(1), optimistic=np.full(1, 2.0)), execution="unlimited")
