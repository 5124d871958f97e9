"""The lines in which people wait on a floor: one for each way out, so that a jam at one holds up nobody else.

A line is first in, first out, and leads onto its link only, so lines never wait for one another. The last line of a
floor, behind those of all ways out, is for who needs none: they are where they want to be, or nothing leads there.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, spliced
from hostcity.engines.day._kernels.layout import (
    ACTIVE_DOORS,
    APPOINTMENT,
    EVENTS,
    NEVER,
    POOL_FREE,
    POOL_USED,
)
from hostcity.engines.day._kernels.moving import HERE, NOWHERE, enter_link, has_ample_room, next_way

U = np.uintp


@spliced
def join_line(net, rules, crowd, hops, people, person, stop, node, at_s):
    """Put a person at the end of the line for the way out of a floor that they want."""
    row = _row_of(crowd, people, person, stop, at_s)
    line = wanted_line(net, rules, crowd, hops, people.stop, row, node)
    _append(crowd, row, line)
    _open(crowd, line)


@spliced
def set_out(net, rules, crowd, log, hops, people, person, stop, node, at_s, now):
    """Let a person leave a floor at once, if nobody stands in their line and the link has ample room; else they join it.

    As where links end (`due`): whoever goes here takes nobody's place.
    """
    row = _row_of(crowd, people, person, stop, at_s)
    line = wanted_line(net, rules, crowd, hops, people.stop, row, node)
    links = np.int64(crowd.people.size)
    way = line - 2 * links
    door = line - links
    if way < 2 * links and crowd.head[U(line)] < 0 and crowd.not_before[U(line)] <= at_s:
        free_s = crowd.door_free[U(door)]
        leave_s = at_s if at_s > free_s else free_s
        if leave_s <= now and has_ample_room(net, crowd, way, crowd.pool[U(row)].speed, leave_s, now):
            crowd.door_free[U(door)] = leave_s + crowd.headway_s[U(door)]
            crowd.floor[U(node)] -= 1
            crowd.counters[EVENTS] += 1
            enter_link(net, crowd, log, row, way, leave_s, now)  # where the arena is full this day is played again
            return
    _append(crowd, row, line)
    _open(crowd, line)


@spliced
def _row_of(crowd, people, person, stop, at_s):
    """A row of the pool with a person who sets out from a floor."""
    counters = crowd.counters
    pool = crowd.pool
    free = counters[POOL_FREE]
    if free > 0:
        row = np.int64(crowd.free_rows[U(free - 1)])
        counters[POOL_FREE] = free - 1
    else:
        row = counters[POOL_USED]
        counters[POOL_USED] = row + 1
    pool[U(row)].at = at_s
    pool[U(row)].speed = people.walker[U(person)].speed
    pool[U(row)].flags = people.walker[U(person)].flags
    pool[U(row)].person = person
    pool[U(row)].stop = stop
    pool[U(row)].dest = people.stop[U(stop)].dest
    pool[U(row)].exit = -1
    return row


@spliced
def wanted_line(net, rules, crowd, hops, stops, row, node):
    """The line for the way out that a person wants; what nothing leads to any more they give up if they can."""
    exits = 2 * np.int64(crowd.people.size)
    pool = crowd.pool
    while True:
        way = next_way(net, rules, crowd, hops, row, node)
        stop = np.int64(pool[U(row)].stop)
        if way != NOWHERE or (stops[U(stop)].leave_by == NEVER and stops[U(stop)].station != APPOINTMENT):
            break
        pool[U(row)].stop = stop + 1
        pool[U(row)].dest = stops[U(stop + 1)].dest
    return 2 * exits + node if way in (HERE, NOWHERE) else exits + way


@spliced
def _append(crowd, row, line):
    crowd.pool[U(row)].next = -1
    if crowd.head[U(line)] < 0:
        crowd.head[U(line)] = row
    else:
        crowd.pool[U(crowd.tail[U(line)])].next = row
    crowd.tail[U(line)] = row


@spliced
def _open(crowd, line):
    """Put a line on the list of openings with a queue."""
    door = line - np.int64(crowd.people.size)
    if crowd.door_on[U(door)] == 0:
        crowd.door_on[U(door)] = 1
        crowd.door_list[U(crowd.counters[ACTIVE_DOORS])] = door
        crowd.counters[ACTIVE_DOORS] += 1


@kernel
def line_up_anew(net, rules, crowd, hops, stops, since):
    """After routes changed: everybody on a floor waits in the line for the way that they want now.

    Who changes lines keeps the place that their time gives them, and cannot have left before ``since`` (R0).
    """
    for node in range(crowd.floor.size):
        if not _somebody_changes(net, rules, crowd, hops, stops, node):
            continue
        row = _merge_lines(net, crowd, node)
        while row >= 0:
            after = np.int64(crowd.pool[row].next)
            line = wanted_line(net, rules, crowd, hops, stops, row, node)
            _append(crowd, row, line)
            _open(crowd, line)
            if rules.causal:  # of those who were in this line, whoever could go before has gone
                crowd.not_before[line] = max(crowd.not_before[line], since)
            row = after


@kernel
def _somebody_changes(net, rules, crowd, hops, stops, node):
    for place in range(net.first_out[node + 1] - net.first_out[node] + 1):
        line = line_of(net, crowd, node, place)
        row = np.int64(crowd.head[line])
        while row >= 0:
            if wanted_line(net, rules, crowd, hops, stops, row, node) != line:
                return True
            row = np.int64(crowd.pool[row].next)
    return False


@kernel
def _merge_lines(net, crowd, node):
    """Empty the lines of a floor into one, in order of time; the row of its first person, -1 = none."""
    pool = crowd.pool
    first, last = np.int64(-1), np.int64(-1)
    while True:
        soonest, soonest_line = np.int64(-1), np.int64(-1)
        for place in range(net.first_out[node + 1] - net.first_out[node] + 1):
            line = line_of(net, crowd, node, place)
            row = np.int64(crowd.head[line])
            if row >= 0 and (soonest < 0 or pool[row].at < pool[soonest].at):
                soonest, soonest_line = row, line
        if soonest < 0:
            return first
        crowd.head[soonest_line] = pool[soonest].next
        if crowd.head[soonest_line] < 0:
            crowd.tail[soonest_line] = -1
        if last < 0:
            first = soonest
        else:
            pool[last].next = soonest
        last = soonest


@spliced
def line_of(net, crowd, node, place):
    """The line at a place among those of a floor: in the order of its ways out, then the one for who needs none."""
    exits = 2 * np.int64(crowd.people.size)
    out = np.int64(net.first_out[node]) + place
    return exits + net.out[out] if out < net.first_out[node + 1] else 2 * exits + node
