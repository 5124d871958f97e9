"""R2: a ring of heads who block one another moves on by one person each; no count changes, so no cap breaks.

The graph "blocked queue -> the full place its head wants" has one arrow per queue, so rings are found by walking it
with marks, in time linear in the blocked queues. Places are directed links and floors; the queue that keeps a full
floor full is the one of those who want to leave it.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from hostcity.engines.day._kernels.exits import grow_segment, next_way
from hostcity.engines.day._kernels.layout import (
    ACTIVE_LINKS,
    BACKWARD,
    BLOCKED,
    EVENTS,
    FLAGS_MASK,
    LANDING,
    LINK_SHIFT,
    MOVES,
    POOL_FREE,
    ROTATED,
    SAMPLED,
    STAMP,
)


@nb.njit(cache=True)
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


@nb.njit(cache=True)
def _may_turn(crowd, begin, now):
    at = begin
    while True:
        if crowd.rotate_free[at] > now:
            return False
        at = np.int64(crowd.want[at])
        if at == begin:
            return True


@nb.njit(cache=True)
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
            crowd.want[at] = exits + node if way == -1 else way
            if _has_room(net, crowd, way, node, at >= exits):
                crowd.blocked_at[at] = step - 1
        at = onto
        if at == begin:
            return


@nb.njit(cache=True)
def _end_of(net, at, exits):
    if at >= exits:
        return at - exits
    return np.int64(net.end[at >> 1]) if at & 1 == 0 else np.int64(net.start[at >> 1])


@nb.njit(cache=True)
def _has_room(net, crowd, way, node, is_floor):
    if way == -2:
        return False
    if way == -1:
        return is_floor or crowd.floor[node] < net.floor_store[node]
    link = way >> 1
    return crowd.people[link] < crowd.store[link] and crowd.ways[way] < crowd.way_store[link]


@nb.njit(cache=True)
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
    link = onto >> 1
    crowd.people[link] += 1
    crowd.ways[onto] += 1
    if crowd.link_on[link] == 0:
        crowd.link_on[link] = 1
        crowd.link_list[crowd.counters[ACTIVE_LINKS]] = link
        crowd.counters[ACTIVE_LINKS] += 1
    if crowd.seg_n[link] == crowd.seg_room[link] and not grow_segment(crowd, link):
        return
    size = np.int64(crowd.seg_at[link]) + crowd.seg_n[link]
    crowd.seg_n[link] += 1
    crowd.keys[size] = crowd.clock[link] + net.pace[onto] / pool[row].speed
    crowd.walking[size].stop = pool[row].stop
    crowd.walking[size].person = pool[row].person
    crowd.walking[size].speed = pool[row].speed
    crowd.walking[size].dest = pool[row].dest
    crowd.walking[size].flags = ((pool[row].flags & ~BACKWARD) + (1 << LINK_SHIFT)) & FLAGS_MASK | (onto & 1)
    if pool[row].flags & SAMPLED:
        moved = crowd.counters[MOVES]
        if moved < log.move_person.size:
            log.move_person[moved] = pool[row].person
            log.move_at[moved] = now
            log.move_kind[moved] = 0
            log.move_place[moved] = onto
        crowd.counters[MOVES] = moved + 1
    pool[row].next = crowd.counters[POOL_FREE]
    crowd.counters[POOL_FREE] = row
