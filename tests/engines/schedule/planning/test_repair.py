"""Plans mended: by hand, and beside the rules that any repair keeps."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.schedule import FF, FS, Problem, ScheduleError
from hostcity.engines.schedule.planning import Notice, repair, schedule, verify
from tests.engines.schedule.planning.problems import problems


def late_floor():
    """A floor takes 3 more; then two tasks of team 1, of which the first (2) is long and has time, and one of team 2 that could keep its time."""
    problem = Problem(
        duration=np.array([7.0, 2.0, 2.0, 1.0]), link=np.array([[0, 1, FS]]),
        demand=np.array([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]), capacity=np.array([1, 1, 1]),
    )  # fmt: skip
    return problem, np.array([0.0, 4.0, 6.0, 20.0])


def test_who_need_not_move_is_not_told():
    """Pushed back, the task behind the late one on its team moves too; it can be done at its time, before that one."""
    problem, baseline = late_floor()
    made = repair(problem, baseline, now=2.0, seconds=5.0, is_counted=True, owner=np.array([0, 1, 2, 3]))
    assert made.shifted.start.tolist() == [0, 7, 9, 20]
    assert made.shifted.notices == (Notice(1, ((1, 4.0, 7.0),)), Notice(2, ((2, 6.0, 9.0),)))
    assert made.start.tolist() == [0, 8, 6, 20]
    assert made.notices == (Notice(1, ((1, 4.0, 8.0),)),)
    assert (made.told, made.least_told, made.proof, made.is_timed) == (1, 1, "optimal", False)


def test_near_tasks_are_where_pushing_back_puts_them():
    problem, baseline = late_floor()
    made = repair(problem, baseline, now=2.0, freeze=5.0, seconds=5.0, is_counted=True)
    assert made.start.tolist() == [0, 7, 9, 20]
    assert made.proof == "optimal"


def test_without_time_everything_is_pushed_back_and_nothing_is_proved():
    problem, baseline = late_floor()
    made = repair(problem, baseline, now=2.0, seconds=0)
    assert (made.start.tolist(), made.told, made.least_told, made.proof) == ([0, 7, 9, 20], 1, 0, "bound")
    undisturbed = repair(problem, made.start, now=2.0)
    assert (undisturbed.notices, undisturbed.proof) == ((), "optimal")


def test_what_has_begun_is_said():
    """By its time the second has begun, although the first has not ended: so it has not."""
    problem, baseline = late_floor()
    with pytest.raises(ScheduleError) as refused:
        repair(problem, baseline, now=5.0)
    assert refused.value.faults[0].code == "schedule.begun"
    assert "It has begun: 0, 1." in refused.value.faults[0].text
    assert (
        repair(problem, baseline, now=5.0, seconds=0, has_begun=np.array([True, False, False, False])).start[1] == 7.0
    )


def test_what_goes_on_cannot_end_before_what_it_waits_for():
    problem = Problem(duration=np.array([9.0, 4.0]), link=np.array([[0, 1, FF]]))
    with pytest.raises(ScheduleError, match="make longer what goes on"):
        repair(problem, np.array([0.0, 2.0]), now=3.0)
    with pytest.raises(ValueError, match=r"baseline has shape \(1,\), not \(2,\)"):
        repair(problem, np.zeros(1), now=3.0)


@settings(deadline=None, max_examples=25)
@given(problems(), st.data())
def test_a_repair_keeps_every_rule_ends_no_later_than_pushed_back_and_tells_no_more(problem, data):
    plan = schedule(problem, schedules=1)
    longer = problem.duration + np.array([data.draw(st.integers(0, 4)) for _ in problem.duration])
    now_problem = replace(problem, duration=longer, optimistic=longer, pessimistic=longer)
    now, freeze = data.draw(st.integers(0, 6)), data.draw(st.integers(0, 3))
    begun = plan.start < now
    if (
        verify(replace(now_problem, link=now_problem.link[:0], lag=now_problem.lag[:0]), plan.start)
        or begun[problem.link[:, 1]].any()
    ):
        begun[:] = False  # what has begun and is broken already is told: a test of its own
    made = repair(now_problem, plan.start, now=now, freeze=freeze, seconds=2.0, has_begun=begun, is_counted=True)
    pushed = made.shifted or made
    near = ~begun & (plan.start < now + freeze)
    assert verify(now_problem, made.start) == verify(now_problem, pushed.start) == ()
    assert (made.start[begun] == plan.start[begun]).all()
    assert (made.start[~begun] >= now).all()
    assert (made.start[near] == pushed.start[near]).all()
    assert (pushed.start >= plan.start).all()
    assert made.finish <= pushed.finish
    assert made.least_told <= made.told <= pushed.told
