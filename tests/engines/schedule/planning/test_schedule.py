"""Schedules beside the checker, the bound, and what is proved."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from hostcity.engines.schedule import FS, Problem, ScheduleError, cpm
from hostcity.engines.schedule.planning import schedule, verify
from tests.engines.schedule.planning.problems import problems
from tests.naive import planning as naive


def one_day(tasks=30, seed=1):
    """Tasks in rows over three teams that are short."""
    rng = np.random.default_rng(seed)
    link = np.array([(int(rng.integers(0, task)), task, FS) for task in range(1, tasks)])
    return Problem(
        duration=rng.integers(1, 9, tasks).astype(float),
        link=link,
        demand=rng.integers(0, 4, (tasks, 3)),
        capacity=np.array([4, 5, 6]),
    )


@settings(deadline=None, max_examples=60)
@given(problems())
def test_every_schedule_passes_the_checker_and_ends_at_the_bound_or_later(problem):
    plan = schedule(problem, schedules=4000)
    assert verify(problem, plan.start) == ()
    assert plan.finish == (plan.start + problem.duration).max()
    assert plan.finish >= plan.bound >= cpm(problem).finish
    assert (plan.proof == "optimal") == (plan.finish == plan.bound)


@pytest.mark.parametrize("wide", [1, 2**20])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_children_of_schedules_keep_links_of_every_kind(wide, seed):
    """Packed and not, the same: how teams are counted changes nothing."""
    rng = np.random.default_rng(seed)
    link = np.array(
        [(int(rng.integers(max(0, task - 6), task)), task, int(rng.integers(0, 4))) for task in range(1, 50)]
    )
    problem = Problem(
        duration=rng.integers(0, 9, 50).astype(float), link=link, lag=rng.integers(-4, 5, 49).astype(float),
        release=rng.integers(0, 20, 50).astype(float), demand=wide * rng.integers(0, 4, (50, 3)), capacity=wide * np.array([3, 3, 4]),
    )  # fmt: skip
    plan = schedule(problem, schedules=6000)
    assert verify(problem, plan.start) == ()
    assert (plan.made > 6000) == (plan.proof == "bound")
    narrow = replace(problem, demand=problem.demand // wide, capacity=problem.capacity // wide)
    assert plan.start.tobytes() == schedule(narrow, schedules=6000).start.tobytes()


@settings(deadline=None, max_examples=30)
@given(problems(most_tasks=7))
def test_tiny_problems_end_when_the_program_proves_that_they_can(problem):
    found, proved = schedule(problem, schedules=3000), schedule(problem, schedules=1, proof_s=20.0)
    assert proved.proof == "optimal"
    assert found.finish == proved.finish
    assert verify(problem, proved.start) == ()


@settings(deadline=None)
@given(problems())
def test_the_checker_says_what_the_definition_says(problem):
    starts = np.array([3, 0, 2, 5, 1, 4, 7, 6])[: len(problem.duration)] + cpm(problem).early_start
    arrays = (
        problem.duration,
        np.column_stack([problem.link, problem.lag]),
        problem.release,
        problem.demand,
        problem.capacity,
    )
    kept = naive.is_kept(starts.astype(int).tolist(), *(each.astype(int).tolist() for each in arrays))
    assert (verify(problem, starts) == ()) == kept


def test_the_same_seed_gives_the_same_bits_on_one_thread_and_on_two():
    problem = one_day(40)
    one, two = (schedule(problem, schedules=20_000, seed=7, threads=threads) for threads in (1, 2))
    assert one.start.tobytes() == two.start.tobytes()
    assert (one.made, one.bound) == (two.made, two.bound)
    assert one.made > 20_000
    assert not one.is_timed


def test_another_seed_looks_elsewhere():
    starts = {schedule(one_day(60, seed=3), schedules=2000, seed=seed).start.tobytes() for seed in range(4)}
    assert len(starts) > 1


def test_the_clock_ends_it_and_the_result_says_so():
    schedule(one_day(60, seed=5), schedules=5000)  # compiled
    began = time.monotonic()
    plan = schedule(one_day(60, seed=5), seconds=1.0, threads=2)
    assert time.monotonic() - began < 20.0  # others load the machine too
    assert verify(one_day(60, seed=5), plan.start) == ()
    assert plan.is_timed == (plan.proof == "bound")


def test_times_are_told_in_the_units_that_were_given():
    problem = Problem(
        duration=np.array([40.0, 60.0]),
        demand=np.array([[1], [1]]),
        capacity=np.array([1]),
        release=np.array([0.0, 20.0]),
    )
    plan = schedule(problem, schedules=10)
    assert (plan.finish, plan.bound, plan.proof, plan.bound_by) == (100.0, 100.0, "optimal", "teams")


def test_what_is_needed_earlier_than_it_can_be_is_told():
    problem = Problem(
        duration=np.ones(3), demand=np.ones((3, 1), int), capacity=np.array([1]), need_by=np.array([1.0, 1.0, 3.0])
    )
    assert len(schedule(problem, schedules=10).late) == 1


def test_a_plan_without_tasks_ends_at_once():
    assert schedule(Problem(duration=np.zeros(0)), schedules=10).finish == 0.0


def test_what_cannot_be_scheduled_is_told_at_once():
    with pytest.raises(ScheduleError) as refused:
        schedule(
            Problem(
                duration=np.array([1.5, 2.0]),
                link=np.array([[0, 1, FS]]),
                lag=np.array([0.25]),
                release=np.array([0.0, 0.5]),
            ),
            seconds=1,
        )
    assert [(fault.code, fault.tasks) for fault in refused.value.faults] == [
        ("schedule.whole", (0,)),
        ("schedule.whole", (1,)),
        ("schedule.whole", (0, 1)),
    ]
    with pytest.raises(ValueError, match="Give seconds or schedules"):
        schedule(Problem(duration=np.ones(1)))
    with pytest.raises(ValueError, match="Give seconds or schedules"):
        schedule(Problem(duration=np.ones(1)), seconds=1, schedules=1)


def test_the_checker_names_what_is_wrong():
    problem = Problem(
        duration=np.array([2.0, 2.0, 1.0]),
        link=np.array([[0, 1, FS]]),
        release=np.array([1.0, 0.0, 0.0]),
        demand=np.ones((3, 1), int),
        capacity=np.array([1]),
    )
    faults = verify(problem, np.array([0.0, 1.0, 1.0]))
    assert [fault.code for fault in faults] == ["schedule.early", "schedule.waits", "schedule.overload"]
    assert faults[2].text == "team 0 has 1, but 3 are at work at 1, on tasks 0, 1, 2."
    assert [fault.code for fault in verify(problem, np.array([1.0, np.nan, 0.0]))] == ["schedule.start"]
    assert [fault.code for fault in verify(problem, np.zeros(2))] == ["schedule.shape"]
