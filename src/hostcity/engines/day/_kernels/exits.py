"""Who passes an opening: the second of the two hot loops of the day."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, spliced
from hostcity.engines.day._kernels.draws import mix
from hostcity.engines.day._kernels.layout import (
    ACTIVE_DOORS,
    APPOINTMENT,
    BLOCKED,
    EVENTS,
    FAR,
    NEVER,
)
from hostcity.engines.day._kernels.moving import HERE, NOWHERE, enter_link, next_way, reach_floor

U = np.uintp  # unsigned indexes need no check for negative ones


@kernel
def before_first_who_can_go(net, rules, crowd, hops, row, node, way, now, width):
    """R3: the first row of a queue stands side by side; the person before the first of them who can go, or -1.

    ``row`` is the head, who cannot go, and wants ``way`` (HERE = the floor of ``node``).
    """
    before = np.int64(row)
    for _ in range(1, width):
        after = np.int64(crowd.pool[before].next)
        if after < 0 or crowd.pool[after].at > now:
            return np.int64(-1)
        other = next_way(net, rules, crowd, hops, after, node)
        if other == HERE:
            if crowd.floor[node] < net.floor_store[node]:
                return before
        elif other >= 0 and other != way:
            link = other >> 1
            if crowd.people[link] < crowd.store[link] and crowd.ways[other] < crowd.way_store[link]:
                return before
        before = after
    return np.int64(-1)


@spliced
def _ready_s(crowd, leaving, row):
    """When the head of a queue can leave at the earliest; an empty queue never."""
    if row < 0:
        return FAR
    return max(crowd.pool[U(row)].at, crowd.not_before[U(leaving)])


@spliced
def _is_full(net, rules, crowd, way, node, is_link):
    """Whether there is no place where somebody who leaves a link (or else a floor) wants to go."""
    floor = crowd.floor[U(node)]
    if way == HERE:
        return is_link and floor >= net.floor_store[U(node)]
    here = crowd.people[U(way >> 1)]
    return rules.capped and (
        here >= crowd.store[U(way >> 1)]
        or crowd.ways[U(way)] >= crowd.way_store[U(way >> 1)]
        or (not is_link and here >= crowd.metered[U(way >> 1)] and floor < net.floor_store[U(node)])
    )


@spliced
def _bring_forward(crowd, leaving, row, before):
    """Put the person behind ``before`` at the head of a queue, and return them."""
    pool = crowd.pool
    after = np.int64(pool[U(before)].next)
    pool[U(before)].next = pool[U(after)].next
    if crowd.tail[U(leaving)] == after:
        crowd.tail[U(leaving)] = before
    pool[U(after)].next = row
    crowd.head[U(leaving)] = after
    return after


@spliced
def _go_last(crowd, leaving, row, at_s):
    """Put the head of a queue at its end until ``at_s``, and return the new head."""
    pool = crowd.pool
    after = np.int64(pool[U(row)].next)
    pool[U(row)].at = at_s
    if after < 0:
        return np.int64(row)
    crowd.head[U(leaving)] = after
    pool[U(crowd.tail[U(leaving)])].next = row
    crowd.tail[U(leaving)] = row
    pool[U(row)].next = -1
    return after


@spliced
def _note_blocked(rules, crowd, leaving, wants, is_link, now, step):
    crowd.blocked_at[U(leaving)] = step
    crowd.want[U(leaving)] = wants
    if is_link:
        crowd.blocked[U(crowd.counters[BLOCKED])] = leaving
        crowd.counters[BLOCKED] += 1
    if rules.causal:
        crowd.not_before[U(leaving)] = now  # R0: who is seen blocked now cannot have left before


@spliced
def note_held(log, person, since_s, until_s):
    """Who is held on the way to their first check waits there, not in its queue: that counts too."""
    if np.isnan(log.entry_joined[U(person)]):
        log.held[U(person)] += until_s - since_s


@spliced
def _was_held(rules, crowd, leaving, at_s):
    """Whether a queue was seen blocked after somebody had come to its opening."""
    return rules.start_s + (crowd.blocked_at[U(leaving)] + 1) * rules.step_s > at_s


@spliced
def _take_head(crowd, leaving, row):
    """Take the head out of a queue and return the next."""
    after = np.int64(crowd.pool[U(row)].next)
    crowd.head[U(leaving)] = after
    if after < 0:
        crowd.tail[U(leaving)] = -1
    return after


@kernel
def serve_exits(net, rules, crowd, log, stops, hops, now, step, slot):
    """Let pass whom the headways of the openings allow until ``now``: first ready first, both directions together."""
    counters = crowd.counters
    pool = crowd.pool
    links = np.int64(crowd.people.size)
    exits = 2 * links
    active = counters[ACTIVE_DOORS]
    events = 0
    counters[BLOCKED] = 0
    # R6: from where, and which way round, is drawn for every step. Were it always the same way round, the door after
    # the one that frees a place would take every place.
    drawn = mix(np.uint64(step + 1)) if rules.fair and active > 0 else np.uint64(0)
    offset = np.int64(drawn % np.uint64(max(active, 1)))
    is_turned = drawn >> np.uint64(63) == np.uint64(1)
    for visit in range(active):
        place = offset - visit if is_turned else offset + visit
        place = place - active if place >= active else place + active if place < 0 else place
        door = np.int64(crowd.door_list[U(place)])
        headway = crowd.headway_s[U(door)]
        free_s = crowd.door_free[U(door)]
        is_link = door < links
        first = 2 * door if is_link else door + links
        forward = np.int64(crowd.head[U(first)])
        backward = np.int64(crowd.head[U(first + 1)]) if is_link else np.int64(-1)
        forward_s = _ready_s(crowd, first, forward)
        backward_s = _ready_s(crowd, first + 1, backward)
        while True:
            is_forward = forward_s <= backward_s
            ready_s = forward_s if is_forward else backward_s
            leave_s = ready_s if ready_s > free_s else free_s
            if leave_s > now:
                break
            row = forward if is_forward else backward
            leaving = first if is_forward else first + 1
            way = leaving - exits
            if is_link:
                node = np.int64(net.end[U(door)]) if is_forward else np.int64(net.start[U(door)])
                way = next_way(net, rules, crowd, hops, row, node)
            elif way < exits:  # all in this line of a floor want this way
                node = np.int64(net.end[U(way >> 1)]) if way & 1 else np.int64(net.start[U(way >> 1)])
            else:
                node = way - exits
                way = next_way(net, rules, crowd, hops, row, node)
            stop = np.int64(pool[U(row)].stop)
            if way == NOWHERE and (stops[U(stop)].leave_by != NEVER or stops[U(stop)].station == APPOINTMENT):
                # Nothing leads there any more: they give this stop up.
                pool[U(row)].stop = stop + 1
                pool[U(row)].dest = stops[U(stop + 1)].dest
                continue
            if way == NOWHERE:
                # What they cannot give up (a check, the way home) they wait for, and let the others by.
                note_held(log, pool[U(row)].person, pool[U(row)].at, now + rules.step_s)
                after = _go_last(crowd, leaving, row, now + rules.step_s)
            elif _is_full(net, rules, crowd, way, node, is_link):
                after = np.int64(-1)
                if is_link and rules.front_row:
                    width = net.row_width[U(door)]
                    after = before_first_who_can_go(net, rules, crowd, hops, row, node, way, now, width)
                if after >= 0:
                    after = _bring_forward(crowd, leaving, row, after)
                else:
                    _note_blocked(rules, crowd, leaving, 2 * exits + node if way == HERE else way, is_link, now, step)
            else:
                at_s = pool[U(row)].at
                if at_s < ready_s and _was_held(rules, crowd, leaving, at_s):
                    note_held(log, pool[U(row)].person, at_s, leave_s)
                after = _take_head(crowd, leaving, row)
                free_s = leave_s + headway
                events += 1
                if is_link:
                    crowd.people[U(door)] -= 1
                    crowd.ways[U(leaving)] -= 1
                    crowd.queued[U(door)] -= 1
                    log.flow[U(slot), U(leaving)] += 1
                else:
                    crowd.floor[U(node)] -= 1
                if way == HERE:
                    reach_floor(crowd, log, stops, row, node, leave_s, step)
                elif not enter_link(net, crowd, log, row, way, leave_s, now):
                    return
            after_s = _ready_s(crowd, leaving, after)
            if is_forward:
                forward = after
                forward_s = after_s
            else:
                backward = after
                backward_s = after_s
        crowd.door_free[U(door)] = free_s
    counters[EVENTS] += events
    _drop_empty(crowd, active, links)


@spliced
def _drop_empty(crowd, active, links):
    """Keep only openings with a queue on their list."""
    head = crowd.head
    kept = np.int64(0)
    for place in range(active):
        door = np.int64(crowd.door_list[U(place)])
        first = 2 * door if door < links else door + links
        is_empty = head[U(first)] < 0 and (door >= links or head[U(first + 1)] < 0)
        if is_empty:
            crowd.door_on[U(door)] = 0
        else:
            crowd.door_list[U(kept)] = door
            kept += 1
    crowd.counters[ACTIVE_DOORS] = kept
