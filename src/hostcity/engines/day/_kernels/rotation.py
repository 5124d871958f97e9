"""R2: a ring of heads who block one another moves on by one person each; no count changes, so no cap breaks.

The graph "blocked queue -> the full place its head wants" has one arrow per queue, so rings are found by walking it
with marks, in time linear in the blocked queues. Places are directed links and floors; the queue that keeps a full
floor full is the one of those who want to leave it.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel
from hostcity.engines.day._kernels.exits import HERE, NOWHERE, enter_link, next_way
from hostcity.engines.day._kernels.layout import (
    BLOCKED,
    EVENTS,
    LANDING,
    ROTATED,
    STAMP,
)


@kernel
def rotate(net, rules, crowd, log, hops, now, step, slot):
    """Move every ring of blocked heads on, as often as the rotation headway allows."""
    blocked = crowd.counters[BLOCKED]
    for _ in range(64):
        moved = False
        stamp = crowd.counters[STAMP]
        for place in range(blocked):
            begin = np.int64(crowd.blocked[place])
            stamp += 1
            at = begin
            while at >= 0 and crowd.blocked_at[at] == step and crowd.mark[at] < stamp - place:
                crowd.mark[at] = stamp
                at = np.int64(crowd.want[at])
            # Closed on itself in this walk, and not merely joined to a place seen in an earlier one.
            if at < 0 or crowd.blocked_at[at] != step or crowd.mark[at] != stamp:
                continue
            if _may_turn(crowd, at, now):
                _turn(net, rules, crowd, log, hops, at, now, step, slot)
                moved = True
        crowd.counters[STAMP] = stamp + blocked + 1
        if not moved:
            return


@kernel
def _may_turn(crowd, begin, now):
    at = begin
    while True:
        if crowd.rotate_free[at] > now:
            return False
        at = np.int64(crowd.want[at])
        if at == begin:
            return True


@kernel
def _turn(net, rules, crowd, log, hops, begin, now, step, slot):
    exits = 2 * crowd.people.size
    at = begin
    while True:
        onto = np.int64(crowd.want[at])
        _hand_on(net, rules, crowd, log, at, onto, now, step, slot)
        door = at >> 1 if at < exits else crowd.people.size + at - exits
        earliest = max(crowd.rotate_free[at], now - rules.step_s)
        crowd.rotate_free[at] = earliest + crowd.headway_s[door] / rules.rotation_share
        crowd.counters[ROTATED] += 1
        crowd.counters[EVENTS] += 1
        at = onto
        if at == begin:
            break
    while True:  # what the new heads want
        onto = np.int64(crowd.want[at])
        row = np.int64(crowd.head[at])
        if row < 0 or crowd.pool[row].at > now:
            crowd.blocked_at[at] = step - 1
        else:
            node = _end_of(net, at, exits)
            way = next_way(net, rules, crowd, hops, row, node)
            crowd.want[at] = exits + node if way == HERE else way
            if _has_room(net, crowd, way, node, at >= exits):
                crowd.blocked_at[at] = step - 1
        at = onto
        if at == begin:
            return


@kernel
def _end_of(net, at, exits):
    if at >= exits:
        return at - exits
    return np.int64(net.end[at >> 1]) if at & 1 == 0 else np.int64(net.start[at >> 1])


@kernel
def _has_room(net, crowd, way, node, is_floor):
    if way == NOWHERE:
        return False
    if way == HERE:
        return is_floor or crowd.floor[node] < net.floor_store[node]
    link = way >> 1
    return crowd.people[link] < crowd.store[link] and crowd.ways[way] < crowd.way_store[link]


@kernel
def _hand_on(net, rules, crowd, log, leaving, onto, now, step, slot):
    exits = 2 * crowd.people.size
    pool = crowd.pool
    row = np.int64(crowd.head[leaving])
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
        crowd.floor[leaving - exits] -= 1
    if onto >= exits:
        crowd.floor[onto - exits] += 1
        pool[row].at = now
        crowd.landing[crowd.counters[LANDING]] = row
        crowd.counters[LANDING] += 1
        return
    enter_link(net, crowd, log, row, onto, now, now)
