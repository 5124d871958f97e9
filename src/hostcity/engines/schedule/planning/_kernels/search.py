"""Generations of schedules: parents, peaks of one in the place of the other's, small changes, justification, and who stays."""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule.planning._kernels.compiled import chance, entry, kernel, key_of, one_of
from hostcity.engines.schedule.planning._kernels.generation import TOO_LONG, justify, place_all, sort_tasks

#: Tasks, about, that are moved in an order about the best; the same, at most, in a child: so many, and of short plans a share.
JUMPS, JUMPS_SHARE = 20.0, 1.0 / 6.0
LEAPS, LEAPS_SHARE = 12.0, 0.1
PEAKS = 0.5  # of children take a busy window; the others what lies between two cuts
FAR = 0.2  # of a window's worth is lost from end to end of the schedule


@entry
def found(net, room, pop, key, wide):
    """Fill the front half of a population: by latest starts with noise. Schedules made."""
    many = pop.end.size // 2
    for one in range(many):
        mine = key_of(key, one)
        width = 1.0 + chance(mine, 0) * wide
        for task in range(room.key.size):
            room.key[task] = net.latest[task] + np.int64(width * chance(mine, task + 1))
        sort_tasks(net.early, room.key, False, room.counted, room.order)
        _make(net, room, pop, one)
    return 3 * many


@entry
def found_near(net, room, pop, key):
    """Fill the front half of a population but for its first, from whose order some tasks go to the front. Schedules made."""
    many, jumps = pop.end.size // 2, min(JUMPS, JUMPS_SHARE * room.key.size)
    for one in range(1, many):
        mine = key_of(key, one)
        for task in range(room.key.size):
            near = np.float64(pop.start[0, task])
            if chance(mine, 2 * task + 2) * room.key.size < jumps:
                near *= chance(mine, 2 * task + 1)
            room.key[task] = np.int64(near)
        sort_tasks(net.early, room.key, False, room.counted, room.order)
        _make(net, room, pop, one)
    return 3 * (many - 1)


@kernel
def _make(net, room, pop, one):
    """The schedule of ``room.order`` becomes one of the population."""
    start = pop.start[one]
    end = place_all(net.early, room.order, room.free, room.rows, start)
    if end == TOO_LONG:  # by latest starts there is room: that was the first schedule
        room.key[:] = net.latest
        sort_tasks(net.early, room.key, False, room.counted, room.order)
        end = place_all(net.early, room.order, room.free, room.rows, start)
    end = justify(net, room, start, end)
    pop.end[one] = end
    mark = np.uint64(0)
    for task in range(start.size):
        mark = (mark ^ np.uint64(start[task])) * np.uint64(0x9E3779B97F4A7C15)
        mark ^= mark >> np.uint64(29)
    pop.mark[one] = mark


@entry
def breed(net, room, pop, key):
    """Children in the back half, and the best of all different ones to the front. Schedules made."""
    many = pop.end.size // 2
    for one in range(many):
        mine = key_of(key, one)
        father, mother = _parent(pop, mine, 0), _parent(pop, mine, 2)
        if chance(mine, 4) < PEAKS:
            _cross_peak(net, room, pop, father, mother, mine)
        else:
            _cross_cuts(net, room, pop, father, mother, mine)
        _jump(net, room, mine)
        _make(net, room, pop, many + one)
    _select(room, pop)
    return 3 * many


@kernel
def _parent(pop, key, counter):
    """The better of two."""
    many = pop.end.size // 2
    one, other = one_of(key, counter, many), one_of(key, counter + 1, many)
    return one if pop.end[one] <= pop.end[other] else other


@kernel
def _cross_peak(net, room, pop, father, mother, key):
    """The father's order, but what the mother does in her busiest window in her order, and in the middle.

    After D. Debels, M. Vanhoucke, "A decomposition-based genetic algorithm for the RCPSP", Oper. Res. 55 (2007), doi 10.1287/opre.1060.0358.
    """
    end = np.int64(pop.end[mother])
    low, high = _peak(net, room, pop.start[mother], end, chance(key, 5), chance(key, 6))
    far = max(end, np.int64(pop.end[father])) + 1
    for task in range(room.key.size):
        hers, his = pop.start[mother, task], pop.start[father, task]
        if low <= hers < high:
            room.key[task] = far + hers
        elif his < low:
            room.key[task] = his
        elif his >= high:
            room.key[task] = 2 * far + his
        else:
            room.key[task] = far + his
    sort_tasks(net.early, room.key, False, room.counted, room.order)


@kernel
def _peak(net, room, start, end, share, place):
    """A window of a quarter to three quarters of all the time: busy, and near to a place that is drawn."""
    busy = room.busy
    busy[: end + 1] = 0.0
    for task in range(start.size):
        if net.early.duration[task] > 0:
            busy[start[task]] += net.load[task]
            busy[start[task] + net.early.duration[task]] -= net.load[task]
    for at in range(1, end + 1):
        busy[at] += busy[at - 1]
    wide = max(1, np.int64((0.25 + 0.5 * share) * end))
    now, best, low = 0.0, -1.0, 0
    for at in range(end):
        now += busy[at]
        first = at + 1 - wide
        if first < 0:
            continue
        if first > 0:
            now -= busy[first - 1]
        worth = now * (1.0 - FAR * abs(place - first / (1 + end - wide)))
        if worth > best:
            best, low = worth, first
    return low, low + wide


@kernel
def _cross_cuts(net, room, pop, father, mother, key):
    """The father's order with the tasks between two cuts in the mother's.

    S. Hartmann, "A competitive genetic algorithm for resource-constrained project scheduling", Naval Res. Log. 45 (1998).
    """
    tasks, order, is_used = room.key.size, room.order, room.is_used
    one, other = one_of(key, 5, tasks + 1), one_of(key, 6, tasks + 1)
    low, high = min(one, other), max(one, other)
    _order_of(net, room, pop.start[mother], room.hers)
    _order_of(net, room, pop.start[father], room.his)
    is_used[:] = False
    for at in range(low):
        order[at] = room.his[at]
        is_used[order[at]] = True
    filled = low
    for at in range(tasks):
        if filled == high:
            break
        if not is_used[room.hers[at]]:
            order[filled] = room.hers[at]
            is_used[order[filled]] = True
            filled += 1
    for at in range(tasks):
        if not is_used[room.his[at]]:
            order[filled] = room.his[at]
            filled += 1


@kernel
def _order_of(net, room, start, order):
    for task in range(start.size):
        room.key[task] = start[task]
    sort_tasks(net.early, room.key, net.early.is_sorted, room.counted, order)


@kernel
def _jump(net, room, key):
    """A few tasks go elsewhere in the order, most of them earlier; what waits for them goes along."""
    tasks = room.order.size
    jumps = chance(key, 7) * min(LEAPS, LEAPS_SHARE * tasks)
    for at in range(tasks):
        task = room.order[at]
        room.key[task] = 2 * at + 1
        if chance(key, 8 + 2 * at) * tasks < jumps:
            last = 2 * at if chance(key, 3) < 0.5 else 2 * tasks
            room.key[task] = one_of(key, 9 + 2 * at, last + 1)
    sort_tasks(net.early, room.key, False, room.counted, room.order)


@kernel
def _select(room, pop):
    """The best half to the front, no schedule twice while there are others; of equal ends the older first."""
    many = pop.end.size // 2
    rank = np.argsort(pop.end, kind="mergesort")
    kept, left = 0, many
    for at in range(rank.size):
        one = rank[at]
        is_twin = False
        for before in range(kept - 1, -1, -1):
            if pop.end[room.rank[before]] != pop.end[one]:
                break
            is_twin |= pop.mark[room.rank[before]] == pop.mark[one]
        if kept < many and not is_twin:
            room.rank[kept] = one
            kept += 1
        elif left < rank.size:
            room.rank[left] = one
            left += 1
        else:  # more twins than places behind: they fill the front
            room.rank[kept] = one
            kept += 1
    pop.start[:] = pop.start[room.rank]
    pop.end[:] = pop.end[room.rank]
    pop.mark[:] = pop.mark[room.rank]
