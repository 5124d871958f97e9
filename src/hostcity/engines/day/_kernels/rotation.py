"""R2: a ring of heads who block one another moves on by one person each; no count changes, so no cap breaks.

In the graph "blocked queue -> the full place its head wants" a full link has one arrow, that of the queue at its exit,
and a full floor one for each of its lines: a place on it falls free whoever leaves. Rings are found by walking this
graph depth first with marks (Tarjan 1972, doi 10.1137/0201010), in time linear in blocked queues and lines of floors.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel
from hostcity.engines.day._kernels.exits import note_held
from hostcity.engines.day._kernels.layout import (
    BLOCKED,
    EVENTS,
    LANDING,
    ROTATED,
    STAMP,
)
from hostcity.engines.day._kernels.moving import HERE, NOWHERE, enter_link, next_way


@kernel
def rotate(net, rules, crowd, log, hops, now, step, slot):
    """Move every ring of blocked heads on, as often as the rotation headway allows."""
    blocked = crowd.counters[BLOCKED]
    for _ in range(64):
        moved = False
        crowd.counters[STAMP] += 2
        for place in range(blocked):
            begin = np.int64(crowd.blocked[place])
            ring = _find_ring(net, crowd, begin, now, step)
            _give_up(crowd, begin)  # in this round; what has moved is looked at again in the next
            if ring >= 0:
                _turn(net, rules, crowd, log, hops, ring, now, step, slot)
                moved = True
        if not moved:
            return


@kernel
def _find_ring(net, crowd, begin, now, step):
    """A queue or floor on a ring that may turn now, found on a walk from a blocked queue; -1 = none.

    Every place on the walk carries the mark STAMP, and those that lead to no ring carry one less. Where a walk ends it
    is taken up again from the last floor with an untried line.
    """
    floors = 4 * np.int64(crowd.people.size)
    walked = crowd.counters[STAMP]
    last = np.int64(-1)  # floor
    at = begin
    while True:
        while at >= 0 and at < floors and crowd.mark[at] < walked - 1 and _may_move(crowd, at, now, step):
            crowd.mark[at] = walked
            at = np.int64(crowd.want[at])
        if at >= 0 and crowd.mark[at] == walked:
            return at
        if at >= floors and crowd.mark[at] < walked - 1:
            crowd.mark[at] = walked
            crowd.behind[at - floors] = last
            last = at - floors
            crowd.untried[last] = net.first_out[last]
        elif last >= 0:
            _give_up(crowd, np.int64(crowd.want[floors + last]))
        at = np.int64(-1)
        while at < 0 and last >= 0:
            at = _next_line(net, crowd, last, now, step)
            crowd.want[floors + last] = at
            if at < 0:
                crowd.mark[floors + last] = walked - 1
                last = np.int64(crowd.behind[last])
                if last >= 0:
                    _give_up(crowd, np.int64(crowd.want[floors + last]))
        if at < 0:
            return at


@kernel
def _may_move(crowd, at, now, step):
    return crowd.blocked_at[at] == step and crowd.rotate_free[at] <= now


@kernel
def _next_line(net, crowd, node, now, step):
    """The next line of a floor that is blocked, may move and was not walked yet; -1 = none."""
    exits = 2 * np.int64(crowd.people.size)
    for place in range(crowd.untried[node], net.first_out[node + 1]):
        line = exits + net.out[place]
        if crowd.mark[line] < crowd.counters[STAMP] - 1 and _may_move(crowd, line, now, step):
            crowd.untried[node] = place + 1
            return np.int64(line)
    crowd.untried[node] = net.first_out[node + 1]
    return np.int64(-1)


@kernel
def _give_up(crowd, begin):
    """Mark the walk from a place on as one that need not be walked again in this round."""
    walked = crowd.counters[STAMP]
    at = begin
    while at >= 0 and crowd.mark[at] == walked:
        crowd.mark[at] = walked - 1
        at = np.int64(crowd.want[at])


@kernel
def _turn(net, rules, crowd, log, hops, begin, now, step, slot):
    floors = 4 * np.int64(crowd.people.size)
    at = begin
    while True:
        onto = np.int64(crowd.want[at])
        if at < floors:  # who steps onto a floor takes the place of who leaves one of its lines
            _hand_on(net, rules, crowd, log, at, onto, now, step, slot)
            earliest = max(crowd.rotate_free[at], now - rules.step_s)
            crowd.rotate_free[at] = earliest + crowd.headway_s[_opening_of(crowd, at)] / rules.rotation_share
            crowd.counters[ROTATED] += 1
            crowd.counters[EVENTS] += 1
        at = onto
        if at == begin:
            break
    while True:  # what the new heads want
        onto = np.int64(crowd.want[at])
        if at < floors:
            _look_again(net, rules, crowd, hops, at, now, step)
        at = onto
        if at == begin:
            return


@kernel
def _look_again(net, rules, crowd, hops, at, now, step):
    """Note what the head of a queue wants who was not there before, and whether they are blocked too."""
    exits = 2 * np.int64(crowd.people.size)
    row = np.int64(crowd.head[at])
    if row < 0 or crowd.pool[row].at > now:
        crowd.blocked_at[at] = step - 1
        return
    node = _node_before(net, crowd, at)
    way = at - exits if at >= exits else next_way(net, rules, crowd, hops, row, node)
    crowd.want[at] = 2 * exits + node if way == HERE else way
    if _has_room(net, crowd, way, node):
        crowd.blocked_at[at] = step - 1


@kernel
def _opening_of(crowd, at):
    links = np.int64(crowd.people.size)
    return at >> 1 if at < 2 * links else at - links


@kernel
def _node_before(net, crowd, at):
    """The node at the end of a directed link, or on whose floor a line is."""
    exits = 2 * np.int64(crowd.people.size)
    way = at ^ 1 if at < exits else at - exits
    return np.int64(net.start[way >> 1]) if way & 1 == 0 else np.int64(net.end[way >> 1])


@kernel
def _has_room(net, crowd, way, node):
    if way == NOWHERE:
        return False
    if way == HERE:
        return crowd.floor[node] < net.floor_store[node]
    link = way >> 1
    return crowd.people[link] < crowd.store[link] and crowd.ways[way] < crowd.way_store[link]


@kernel
def _hand_on(net, rules, crowd, log, leaving, onto, now, step, slot):
    exits = 2 * crowd.people.size
    pool = crowd.pool
    row = np.int64(crowd.head[leaving])
    note_held(log, pool[row].person, pool[row].at, now)
    crowd.head[leaving] = pool[row].next
    if pool[row].next < 0:
        crowd.tail[leaving] = -1
    pool[row].next = -1
    if leaving < exits:
        crowd.people[leaving >> 1] -= 1
        crowd.ways[leaving] -= 1
        crowd.queued[leaving >> 1] -= 1
        log.flow[slot, leaving] += 1
    else:
        crowd.floor[_node_before(net, crowd, leaving)] -= 1
    if onto >= 2 * exits:
        crowd.floor[onto - 2 * exits] += 1
        pool[row].at = now
        crowd.landing[crowd.counters[LANDING]] = row
        crowd.counters[LANDING] += 1
        return
    enter_link(net, crowd, log, row, onto, now, now)
