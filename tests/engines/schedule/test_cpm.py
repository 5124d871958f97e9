"""The critical path beside its definition, and a network from a textbook's kind worked by hand."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.schedule import FF, FS, SF, SS, Drivers, Problem, ScheduleError, blocks, check, cpm
from tests.naive import schedule as naive

WHOLE = st.integers(0, 9)


@st.composite
def networks(draw, is_sound=True):
    """Up to seven tasks; in a sound one links go to later numbers, so that there is no circle."""
    tasks = draw(st.integers(1, 7))
    pairs = st.tuples(st.integers(0, tasks - 1), st.integers(0, tasks - 1), st.integers(0, 3))
    pairs = pairs.filter(lambda pair: pair[0] < pair[1] if is_sound else pair[0] != pair[1])
    links = draw(st.lists(pairs, max_size=12)) if tasks > 1 else []
    lags = [draw(st.integers(-3, 5)) for _ in links]
    return Problem(
        duration=np.array([draw(WHOLE) for _ in range(tasks)], float),
        link=np.array(links, np.int64).reshape(-1, 3),
        lag=np.array(lags, float),
        release=np.array([draw(WHOLE) for _ in range(tasks)], float),
    )


def lists(problem):
    return problem.duration.tolist(), problem.link.tolist(), problem.lag.tolist(), problem.release.tolist()


@settings(deadline=None)
@given(networks())
def test_every_task_begins_as_early_as_it_may(problem):
    assert cpm(problem).early_start.tolist() == naive.early_starts(*lists(problem))


@settings(deadline=None)
@given(networks(), st.data())
def test_total_float_is_how_much_later_before_the_end_of_all_moves(problem, data):
    task = data.draw(st.integers(0, len(problem.duration) - 1))
    end = naive.finish_with(*lists(problem))

    def ends_later(starts):
        return max(start + length for start, length in zip(starts, problem.duration, strict=True)) > end

    assert cpm(problem).total_float[task] == naive.most_delay(*lists(problem), task, ends_later)


@settings(deadline=None)
@given(networks(), st.data())
def test_free_float_is_how_much_later_before_anything_else_moves(problem, data):
    task = data.draw(st.integers(0, len(problem.duration) - 1))
    early, end = naive.early_starts(*lists(problem)), naive.finish_with(*lists(problem))

    def moves(starts):
        others = [start for each, start in enumerate(starts) if each != task]
        return (
            others != [start for each, start in enumerate(early) if each != task]
            or starts[task] + problem.duration[task] > end
        )

    assert cpm(problem).free_float[task] == naive.most_delay(*lists(problem), task, moves)


@settings(deadline=None)
@given(networks(), st.data())
def test_a_task_is_harmless_until_somebody_misses_what_they_are_needed_by(problem, data):
    path = cpm(problem)
    spare = np.array([data.draw(st.integers(0, 9) | st.just(np.inf)) for _ in problem.duration])
    needed = Problem(**vars(problem) | {"need_by": path.early_finish + spare})
    task = data.draw(st.integers(0, len(problem.duration) - 1))

    def is_harmed(starts):
        ends = np.array(starts) + problem.duration
        return ends.max() > path.finish or (ends > needed.need_by).any()

    delay = naive.most_delay(*lists(problem), task, is_harmed)
    assert blocks(needed, task).harmless_until == path.early_finish[task] + delay


@settings(deadline=None)
@given(networks(is_sound=False))
def test_a_circle_is_found_when_there_is_one(problem):
    found = [fault for fault in check(problem) if fault.code == "schedule.circle"]
    assert bool(found) == naive.has_circle(len(problem.duration), problem.link.tolist())
    pairs = {(before, after) for before, after, _kind in problem.link.tolist()}
    for fault in found:
        assert pairs.issuperset(zip(fault.tasks, (*fault.tasks[1:], fault.tasks[0]), strict=True))


def test_a_hall_is_built_and_opened():
    """Worked by hand: floor 10, then stands 6 with carpets two after their start; wires end with the stands; opening after all."""
    floor, stands, carpets, wires, opening = range(5)
    links = [
        (floor, stands, FS),
        (stands, carpets, SS),
        (wires, stands, FF),
        (stands, opening, FS),
        (carpets, opening, FS),
        (opening, wires, SF),
    ]
    problem = Problem(
        duration=np.array([10.0, 6.0, 3.0, 2.0, 0.0]),
        link=np.array(links[:5]),
        lag=np.array([0.0, 2.0, 0.0, 1.0, 0.0]),
        need_by=np.array([np.inf, np.inf, 16.0, np.inf, np.inf]),
    )
    path = cpm(problem)
    assert path.finish == 17
    assert path.early_start.tolist() == [0, 10, 12, 0, 17]
    assert path.late_start.tolist() == [0, 10, 14, 14, 17]
    assert path.free_float.tolist() == [0, 0, 2, 14, 0]
    assert path.is_critical.tolist() == [True, True, False, False, True]
    assert cpm(problem, finish=15).total_float.tolist() == [-2, -2, 0, 12, -2]
    held = blocks(problem, floor)
    assert (held.tasks, held.harmless_until, held.first_harmed) == ((stands, carpets, opening), 10, -1)
    held = blocks(problem, carpets)
    assert (held.tasks, held.harmless_until, held.first_harmed) == ((opening,), 16, carpets)
    with pytest.raises(ScheduleError, match="1 → 2 → 4 → 3 → 1"):
        cpm(Problem(duration=problem.duration, link=np.array(links)))


def test_every_fault_is_told_at_once():
    problem = Problem(
        duration=np.array([1.0, -2.0, np.nan]),
        link=np.array([[0, 3, FS], [1, 1, SS], [0, 2, 7]]),
        lag=np.array([0.0, np.inf, 0.0]),
        need_by=np.array([0.5, np.inf, np.inf]),
    )
    with pytest.raises(ScheduleError) as refused:
        cpm(problem)
    assert [fault.code for fault in refused.value.faults] == [
        "schedule.duration", "schedule.duration", "schedule.need_by", "schedule.need_by", "schedule.task", "schedule.itself", "schedule.lag", "schedule.kind",
    ]  # fmt: skip
    assert copy.copy(refused.value).faults == refused.value.faults
    assert codes(np.ones((1, 2), int)) == ["schedule.shape"]
    assert codes(np.ones((1, 3))) == codes(np.zeros((0, 3))) == ["schedule.type"]


def test_faults_of_estimates_teams_and_drivers_are_told_with_them():
    problem = Problem(
        duration=np.array([3.0, 2.0]),
        optimistic=np.array([4.0, 1.0]),
        pessimistic=np.array([5.0, np.inf]),
        demand=np.array([[3, 0], [-1, 1]]),
        capacity=np.array([2, -1]),
        drivers=Drivers(
            probability=np.array([1.5, 0.5]),
            factor=np.array([[1.0, 1.2, 1.1], [1.0, 1.0, 1.0]]),
            touches=np.array([[0, 2], [2, 0], [1, 1], [1, 1]]),
        ),
    )
    assert [fault.code for fault in check(problem)] == [
        "schedule.estimate", "schedule.estimate", "schedule.capacity", "schedule.demand", "schedule.demand", "schedule.demand",
        "schedule.probability", "schedule.factor", "schedule.task", "schedule.driver", "schedule.touches",
    ]  # fmt: skip


def test_what_can_only_be_late_when_all_goes_well_is_a_fault():
    assert [fault.code for fault in check(Problem(duration=np.ones(1), need_by=np.full(1, 0.5)))] == [
        "schedule.need_by"
    ]
    assert check(Problem(duration=np.ones(1), optimistic=np.full(1, 0.5), need_by=np.full(1, 0.5))) == ()


def codes(link):
    return [fault.code for fault in check(Problem(duration=np.ones(2), link=link))]


def test_a_task_that_there_is_not():
    with pytest.raises(IndexError, match=r"there is no task 1\. Tasks: 0-0"):
        blocks(Problem(duration=np.ones(1)), 1)


def test_two_thousand_tasks_in_a_row():
    row = np.arange(1999)
    path = cpm(Problem(duration=np.ones(2000), link=np.stack([row, row + 1, np.full(1999, FS)], axis=1)))
    assert (path.finish, path.is_critical.all()) == (2000, True)
