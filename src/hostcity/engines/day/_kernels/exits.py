"""Who reaches the end of a link, and who passes an opening: the two hot loops of the day.

No function that takes arrays is called for a single move: each call would cost atomic reference counts. So the next
hop and the entering of a link are written out here, and again in `rotation`, where they are rare.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel
from hostcity.engines.day._kernels.draws import ROUTE, WRONG_TURN, sixty_fourth, uniform
from hostcity.engines.day._kernels.due import QUEUED_BYTES, WALKING_BYTES, grow_segment
from hostcity.engines.day._kernels.hardware import copy_sixteen, touch
from hostcity.engines.day._kernels.layout import (
    ACTIVE_DOORS,
    ACTIVE_LINKS,
    BACKWARD,
    BLOCKED,
    EVENTS,
    FAR,
    LANDING,
    MOVES,
    NEVER,
    POOL_FREE,
    SAMPLED,
    TABLE_SHIFT,
    WRONG_TURNS,
)
from hostcity.engines.day._kernels.routes import NO_WAY, SHARE_SHIFT

U = np.uintp  # unsigned indexes need no check for negative ones
FLOOR_HEADWAY_S = 0.05  # 20 persons a second leave a floor
STOP_BYTES = 8


@kernel
def next_way(net, rules, crowd, hops, row, node):
    """The directed link that a person takes out of a node: -1 = they are where they want to be, -2 = no way there."""
    dest = crowd.pool[row].dest
    if dest == net.dest_of[node]:
        return np.int64(-1)
    entry = np.int64(hops[crowd.table_now[crowd.pool[row].flags >> TABLE_SHIFT], node, dest])
    place = entry & NO_WAY
    if place == NO_WAY:
        return np.int64(-2)
    person = crowd.pool[row].person
    stop = crowd.pool[row].stop
    share = entry >> SHARE_SHIFT
    if share > 0 and sixty_fourth(rules.seed, person, ROUTE, np.int64(stop) * 65536 + node) < share:
        place = (entry >> 5) & NO_WAY
    first = net.first_out[node]
    ways = net.first_out[node + 1] - first
    if rules.wrong_turn_share > 0.0 and ways > 2:
        came = np.int64(stop) * 65536 + crowd.pool[row].exit
        draw = uniform(rules.seed, person, WRONG_TURN, came * 65536 + node)
        if draw < rules.wrong_turn_share:
            place = np.int64(draw / rules.wrong_turn_share * ways) % ways
    return np.int64(net.out[first + place])


@kernel
def before_first_who_can_go(net, rules, crowd, hops, row, node, way, now, width):
    """R3: the first row of a queue stands side by side; the person before the first of them who can go, or -1.

    ``row`` is the head, who cannot go, and wants ``way`` (-1 = the floor of ``node``).
    """
    before = np.int64(row)
    for _ in range(1, width):
        after = np.int64(crowd.pool[before].next)
        if after < 0 or crowd.pool[after].at > now:
            return np.int64(-1)
        other = next_way(net, rules, crowd, hops, after, node)
        if other == -1:
            if crowd.floor[node] < net.floor_store[node]:
                return before
        elif other >= 0 and other != way:
            link = other >> 1
            if crowd.people[link] < crowd.store[link] and crowd.ways[other] < crowd.way_store[link]:
                return before
        before = after
    return np.int64(-1)


@kernel
def serve_exits(net, rules, crowd, log, stops, hops, now, step, slot):
    """Let pass whom the headways of the openings allow until ``now``: first ready first, both directions together."""
    counters = crowd.counters
    pool = crowd.pool
    free_rows = crowd.free_rows
    head = crowd.head
    people = crowd.people
    ways = crowd.ways
    store = crowd.store
    way_store = crowd.way_store
    floor = crowd.floor
    not_before = crowd.not_before
    door_list = crowd.door_list
    keys = crowd.keys
    walking = crowd.walking
    clock = crowd.clock
    pace_now = crowd.pace_now
    seg_n = crowd.seg_n
    flow = log.flow
    table_now = crowd.table_now
    links = people.size
    exits = 2 * links
    stops_address = stops.ctypes.data
    pool_address = pool.ctypes.data
    walking_address = walking.ctypes.data
    free = counters[POOL_FREE]
    landing = counters[LANDING]
    active = counters[ACTIVE_DOORS]
    active_links = counters[ACTIVE_LINKS]
    blocked = 0
    events = 0
    offset = (step * 7919) % active if rules.fair and active > 0 else 0  # R6
    for visit in range(active):
        place = visit + offset
        place = place - active if place >= active else place
        door = np.int64(door_list[U(place)])
        headway = crowd.headway_s[U(door)]
        free_s = crowd.door_free[U(door)]
        is_link = door < links
        if is_link:
            first = 2 * door
            forward = np.int64(head[U(first)])
            backward = np.int64(head[U(first + 1)])
        else:
            first = exits + door - links
            forward = np.int64(head[U(first)])
            backward = np.int64(-1)
        forward_s = FAR
        backward_s = FAR
        if forward >= 0:
            forward_s = max(pool[U(forward)].at, not_before[U(first)])
        if backward >= 0:
            backward_s = max(pool[U(backward)].at, not_before[U(first + 1)])
        while True:
            is_forward = forward_s <= backward_s
            ready_s = forward_s if is_forward else backward_s
            leave_s = ready_s if ready_s > free_s else free_s
            if leave_s > now:
                break
            row = forward if is_forward else backward
            leaving = first if is_forward else first + 1
            if is_link:
                node = np.int64(net.end[U(door)]) if is_forward else np.int64(net.start[U(door)])
            else:
                node = door - links
            dest = pool[U(row)].dest
            way = np.int64(-1)
            is_full = False
            link = np.int64(0)
            if dest == net.dest_of[U(node)]:
                is_full = is_link and floor[U(node)] >= net.floor_store[U(node)]
            else:
                entry = np.int64(hops[U(table_now[U(pool[U(row)].flags >> TABLE_SHIFT)]), U(node), U(dest)])
                at = entry & NO_WAY
                if at == NO_WAY:
                    way = np.int64(-2)
                    if stops[U(pool[U(row)].stop)].leave_by != NEVER:
                        # Nothing leads there any more: they give this stop up.
                        pool[U(row)].stop += 1
                        pool[U(row)].dest = stops[U(pool[U(row)].stop)].dest
                        continue
                    is_full = True
                else:
                    share = entry >> SHARE_SHIFT
                    out = net.first_out[U(node)]
                    if share > 0:
                        stop = np.int64(pool[U(row)].stop)
                        if sixty_fourth(rules.seed, pool[U(row)].person, ROUTE, stop * 65536 + node) < share:
                            at = (entry >> 5) & NO_WAY
                    if rules.wrong_turn_share > 0.0 and net.first_out[U(node + 1)] - out > 2:
                        # Keyed by the link they came from too, or who comes back would go wrong again for ever.
                        came = np.int64(pool[U(row)].stop) * 65536 + pool[U(row)].exit
                        draw = uniform(rules.seed, pool[U(row)].person, WRONG_TURN, came * 65536 + node)
                        if draw < rules.wrong_turn_share:
                            turns = np.int64(net.first_out[U(node + 1)] - out)
                            at = np.int64(draw / rules.wrong_turn_share * turns) % turns
                            counters[WRONG_TURNS] += 1
                    way = np.int64(net.out[U(out + at)])
                    link = way >> 1
                    here = people[U(link)]
                    is_full = rules.capped and (
                        here >= store[U(link)]
                        or ways[U(way)] >= way_store[U(link)]
                        or (
                            not is_link and here >= crowd.metered[U(link)] and floor[U(node)] < net.floor_store[U(node)]
                        )
                    )
            if is_full:
                before = np.int64(-1)
                if is_link and rules.front_row:
                    width = net.row_width[U(door)]
                    before = before_first_who_can_go(net, rules, crowd, hops, row, node, way, now, width)
                if before >= 0:
                    after = np.int64(pool[U(before)].next)
                    pool[U(before)].next = pool[U(after)].next
                    if crowd.tail[U(leaving)] == after:
                        crowd.tail[U(leaving)] = before
                    pool[U(after)].next = row
                    head[U(leaving)] = after
                    moved_s = max(pool[U(after)].at, not_before[U(leaving)])
                    if is_forward:
                        forward = after
                        forward_s = moved_s
                    else:
                        backward = after
                        backward_s = moved_s
                    continue
                crowd.blocked_at[U(leaving)] = step
                crowd.want[U(leaving)] = way if way != -1 else exits + node
                if is_link:
                    crowd.blocked[U(blocked)] = leaving
                    blocked += 1
                if rules.causal:
                    not_before[U(leaving)] = now  # R0: who is seen blocked now cannot have left before
                if is_forward:
                    forward_s = FAR
                else:
                    backward_s = FAR
                continue
            after = np.int64(pool[U(row)].next)
            head[U(leaving)] = after
            if after < 0:
                crowd.tail[U(leaving)] = -1
                after_s = FAR
            else:
                after_s = max(pool[U(after)].at, not_before[U(leaving)])
            if is_forward:
                forward = after
                forward_s = after_s
            else:
                backward = after
                backward_s = after_s
            free_s = leave_s + headway
            events += 1
            if is_link:
                people[U(door)] -= 1
                ways[U(leaving)] -= 1
                crowd.queued[U(door)] -= 1
                flow[U(slot), U(leaving)] += 1
            else:
                floor[U(node)] -= 1
            if way < 0:
                floor[U(node)] += 1
                if floor[U(node)] > log.floor_peak[U(node)]:
                    log.floor_peak[U(node)] = floor[U(node)]
                    log.floor_peak_step[U(node)] = step
                pool[U(row)].at = leave_s
                pool[U(row)].next = -1
                crowd.landing[U(landing)] = row
                landing += 1
                touch(stops_address + STOP_BYTES * np.int64(pool[U(row)].stop))
                continue
            people[U(link)] += 1
            ways[U(way)] += 1
            if crowd.link_on[U(link)] == 0:
                crowd.link_on[U(link)] = 1
                crowd.link_list[U(active_links)] = link
                active_links += 1
            size = np.int64(seg_n[U(link)])
            if size == crowd.seg_room[U(link)] and not grow_segment(crowd, link):
                return
            seg_n[U(link)] = size + 1
            size += crowd.seg_at[U(link)]
            speed = pool[U(row)].speed
            keys[U(size)] = clock[U(link)] - (now - leave_s) * pace_now[U(link)] + net.pace[U(way)] / speed
            flags = pool[U(row)].flags
            copy_sixteen(walking_address + WALKING_BYTES * size, pool_address + QUEUED_BYTES * row)
            walking[U(size)].flags = (flags & ~BACKWARD) | (way & 1)
            if flags & SAMPLED:
                moved = counters[MOVES]
                if moved < log.move_person.size:
                    log.move_person[moved] = pool[U(row)].person
                    log.move_at[moved] = leave_s
                    log.move_kind[moved] = 0
                    log.move_place[moved] = way
                counters[MOVES] = moved + 1
            free_rows[U(free)] = row
            free += 1
        crowd.door_free[U(door)] = free_s
    kept = 0
    for place in range(active):
        door = np.int64(door_list[U(place)])
        if door < links:
            is_empty = head[U(2 * door)] < 0 and head[U(2 * door + 1)] < 0
        else:
            is_empty = head[U(exits + door - links)] < 0
        if is_empty:
            crowd.door_on[U(door)] = 0
        else:
            door_list[U(kept)] = door
            kept += 1
    counters[ACTIVE_DOORS] = kept
    counters[ACTIVE_LINKS] = active_links
    counters[POOL_FREE] = free
    counters[LANDING] = landing
    counters[BLOCKED] = blocked
    counters[EVENTS] += events
