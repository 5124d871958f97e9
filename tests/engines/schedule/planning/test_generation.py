"""The compiled generation of schedules beside its definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.schedule.planning._kernels.generation import justify, place_all, sort_tasks
from hostcity.engines.schedule.planning.network import arrays_of, longest, network_of, room_of
from tests.engines.schedule.planning.problems import problems
from tests.naive import planning as naive

WORD = 2**20  # three teams as large as that don't fit into a word


def made(problem, keys):
    """Places in time by a key for each task; with what the definition needs for the same."""
    whole = arrays_of(problem)
    network = network_of(whole, longest(whole))
    room, start = room_of(whole, network, 0), np.zeros(whole.duration.size, np.int32)
    room.key[:] = keys[: start.size]
    sort_tasks(network.early, room.key, False, room.counted, room.order)
    order = room.order.tolist()
    end = place_all(network.early, room.order, room.free, room.rows, start)
    return whole, network, room, order, start, end


def naively(whole, order):
    links = [(before, after, lag) for (before, after), lag in zip(whole.link.tolist(), whole.lag.tolist(), strict=True)]
    arrays = (whole.release, whole.demand, whole.capacity)
    return naive.place_all(order, whole.duration.tolist(), links, *(each.tolist() for each in arrays))


@pytest.mark.parametrize("wide", [1, WORD])
@settings(deadline=None)
@given(st.data(), st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_each_task_is_placed_at_the_first_instant_that_lets_it(wide, data, keys):
    whole, network, room, order, start, end = made(data.draw(problems(wide=wide)), keys)
    assert start.tolist() == naively(whole, order)
    assert end == (start + whole.duration).max()
    assert network.early.is_packed == (
        whole.capacity.size > 0 and sum(map(int.bit_length, whole.capacity.tolist())) + whole.capacity.size <= 64
    )
    assert (room.free == network.early.full).all()
    assert (room.rows == whole.capacity[:, None]).all()


@settings(deadline=None)
@given(problems(), st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_justified_nothing_ends_later_and_every_rule_is_kept(problem, keys):
    whole, network, room, _order, start, end = made(problem, keys)
    after = justify(network, room, start, end)
    assert after == (start + whole.duration).max() <= end
    begins = np.empty_like(start)
    begins[whole.task_at] = start * int(whole.unit)
    links = np.column_stack([problem.link, problem.lag])
    arrays = (problem.duration, links, problem.release, problem.demand, problem.capacity)
    assert naive.is_kept(begins.tolist(), *(each.astype(int).tolist() for each in arrays))


@settings(deadline=None)
@given(problems(), st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_who_finds_no_room_says_so_and_leaves_it_as_it_was(problem, keys):
    whole = arrays_of(problem)
    *_, end = made(problem, keys)
    if end == 0:
        return
    network = network_of(whole, int(end) - 1)
    room, start = room_of(whole, network, 0), np.zeros(whole.duration.size, np.int32)
    order = made(problem, keys)[3]
    assert place_all(network.early, np.array(order), room.free, room.rows, start) == -1
    assert (room.free == network.early.full).all()
    assert (room.rows == whole.capacity[:, None]).all()
