"""Who reaches the end of a link, and who passes an opening: the two hot loops of the day.

No function that takes arrays is called for a single move: each call would cost atomic reference counts. So the next
hop and the entering of a link are written out here, and again in `rotation`, where they are rare.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from hostcity.engines.day._kernels.draws import ROUTE, WRONG_TURN, sixty_fourth, uniform
from hostcity.engines.day._kernels.hardware import due_of_eight, lowest_bit, touch
from hostcity.engines.day._kernels.layout import (
    ACTIVE_DOORS,
    ACTIVE_LINKS,
    APPOINTMENT,
    ARENA_USED,
    BACKWARD,
    BLOCKED,
    EVENTS,
    FAR,
    FIRST_SEGMENT,
    FLAGS_MASK,
    LANDING,
    LINK_SHIFT,
    MOVES,
    NEVER,
    OUT_OF_ARENA,
    POOL_FREE,
    POOL_USED,
    SAMPLED,
    TABLE_MASK,
    TABLE_SHIFT,
    WRONG_TURNS,
)
from hostcity.engines.day._kernels.routes import NO_WAY, SHARE_SHIFT

U = np.uintp  # unsigned indexes need no check for negative ones
FLOOR_HEADWAY_S = 0.05  # 20 persons a second leave a floor
STOP_BYTES = 8
WALKING_BYTES = 16


@nb.njit(error_model="numpy", cache=True)
def collect_due(crowd, now, step_s, buffer, bounds, order, order_key):
    """Take those who reach the end of their link out of its segment and put them into the queues of its exits."""
    counters = crowd.counters
    pool = crowd.pool
    keys = crowd.keys
    walking = crowd.walking
    people = crowd.people
    clock = crowd.clock
    seg_at = crowd.seg_at
    seg_n = crowd.seg_n
    link_list = crowd.link_list
    keys_address = keys.ctypes.data
    walking_address = walking.ctypes.data
    free = counters[POOL_FREE]
    used = counters[POOL_USED]
    doors = counters[ACTIVE_DOORS]
    kept = 0
    due_links = 0
    found = 0
    # First list who is due, and ask for their rows; then take them: the rows have come by then.
    for place in range(counters[ACTIVE_LINKS]):
        link = link_list[U(place)]
        if people[U(link)] == 0:
            crowd.link_on[U(link)] = 0
            continue
        link_list[U(kept)] = link
        kept += 1
        before = found
        limit = clock[U(link)]
        base = np.int64(seg_at[U(link)])
        for ahead in range(0, seg_n[U(link)], 8):
            bits = due_of_eight(keys_address + 8 * (base + ahead), limit)
            while bits != 0:
                at = base + ahead + lowest_bit(bits)
                buffer[U(found)] = at
                found += 1
                bits &= bits - 1
                touch(walking_address + WALKING_BYTES * at)
        if found > before:
            bounds[U(2 * due_links)] = link
            bounds[U(2 * due_links + 1)] = found
            due_links += 1
    counters[ACTIVE_LINKS] = kept
    begin = 0
    for place in range(due_links):
        link = bounds[U(2 * place)]
        end = bounds[U(2 * place + 1)]
        limit = clock[U(link)]
        pace = crowd.pace_now[U(link)]
        begun = limit - pace * step_s  # the clock when this step began
        last = np.int64(seg_at[U(link)]) + seg_n[U(link)]
        size = 0
        for taken in range(end - 1, begin - 1, -1):
            at = buffer[U(taken)]
            key = keys[U(at)]
            if free >= 0:
                row = free
                free = np.int64(pool[U(row)].next)
            else:
                row = used
                used += 1
            person = walking[U(at)].person
            flags = walking[U(at)].flags
            pool[U(row)].person = person
            pool[U(row)].stop = walking[U(at)].stop
            pool[U(row)].speed = walking[U(at)].speed
            pool[U(row)].dest = walking[U(at)].dest
            pool[U(row)].flags = flags
            pool[U(row)].exit = 2 * link + (flags & BACKWARD)
            if key >= begun:
                pool[U(row)].at = now - (limit - key) / pace
            else:  # they entered in the step before and were through within it
                pool[U(row)].at = now - step_s - (begun - key) / crowd.pace_before[U(link)]
            pool[U(row)].next = -1
            slot = size
            size += 1
            while slot > 0 and (
                order_key[U(slot - 1)] > key
                or (order_key[U(slot - 1)] == key and pool[U(order[U(slot - 1)])].person > person)
            ):
                order[U(slot)] = order[U(slot - 1)]
                order_key[U(slot)] = order_key[U(slot - 1)]
                slot -= 1
            order[U(slot)] = row
            order_key[U(slot)] = key
            last -= 1
            keys[U(at)] = keys[U(last)]
            walking[U(at)] = walking[U(last)]
            keys[U(last)] = FAR
        seg_n[U(link)] = last - seg_at[U(link)]
        for slot in range(size):
            row = order[U(slot)]
            leaving = pool[U(row)].exit
            if crowd.head[U(leaving)] < 0:
                crowd.head[U(leaving)] = row
            else:
                pool[U(crowd.tail[U(leaving)])].next = row
            crowd.tail[U(leaving)] = row
        crowd.queued[U(link)] += size
        if crowd.door_on[U(link)] == 0:
            crowd.door_on[U(link)] = 1
            crowd.door_list[U(doors)] = link
            doors += 1
        begin = end
    counters[POOL_FREE] = free
    counters[POOL_USED] = used
    counters[ACTIVE_DOORS] = doors


@nb.njit(cache=True)
def grow_segment(crowd, link):
    """Give a link's segment twice its room; False when the arena is full.

    The old segment is kept for others of its size.
    """
    room = np.int64(crowd.seg_room[link])
    size = 0
    while FIRST_SEGMENT << size < room:
        size += 1
    old = np.int64(crowd.seg_at[link])
    new = np.int64(crowd.free_segments[size + 1])
    if new >= 0:
        crowd.free_segments[size + 1] = crowd.walking[new].person
    else:
        new = crowd.counters[ARENA_USED]
        if new + 2 * room > crowd.keys.size:
            crowd.counters[OUT_OF_ARENA] = 1
            return False
        crowd.counters[ARENA_USED] = new + 2 * room
    for place in range(room):
        crowd.keys[new + place] = crowd.keys[old + place]
        crowd.walking[new + place] = crowd.walking[old + place]
    for place in range(room, 2 * room):
        crowd.keys[new + place] = FAR
    crowd.walking[old].person = crowd.free_segments[size]
    crowd.free_segments[size] = old
    crowd.seg_at[link] = new
    crowd.seg_room[link] = 2 * room
    return True


@nb.njit(error_model="numpy", cache=True)
def next_way(net, rules, crowd, hops, row, node):
    """The directed link that a person takes out of a node: -1 = they are where they want to be, -2 = no way there."""
    dest = crowd.pool[row].dest
    if dest == net.dest_of[node]:
        return np.int64(-1)
    flags = crowd.pool[row].flags
    entry = np.int64(hops[crowd.table_now[(flags >> TABLE_SHIFT) & TABLE_MASK], node, dest])
    place = entry & NO_WAY
    if place == NO_WAY:
        return np.int64(-2)
    person = crowd.pool[row].person
    stop = crowd.pool[row].stop
    share = entry >> SHARE_SHIFT
    if share > 0 and sixty_fourth(rules.seed, person, ROUTE, np.int64(stop) * 65536 + node) < share:
        place = (entry >> 5) & NO_WAY
    if rules.wrong_turn_share > 0.0:
        wrong = wrong_turn(net, rules, crowd, hops, person, stop, flags, node, dest)
        place = wrong if wrong >= 0 else place
    return np.int64(net.out[net.first_out[node] + place])


@nb.njit(error_model="numpy", cache=True)
def wrong_turn(net, rules, crowd, hops, person, stop, flags, node, dest):
    """The way out that a person takes by mistake, -1 = none: one that they can use and that still leads on.

    Keyed by the number of links walked too, or who comes back would go wrong again for ever.
    """
    first = np.int64(net.first_out[node])
    ways = np.int64(net.first_out[node + 1]) - first
    if ways <= 2:
        return np.int64(-1)
    walked = np.int64(stop) * 256 + (np.int64(flags) >> LINK_SHIFT)
    draw = uniform(rules.seed, person, WRONG_TURN, walked * 65536 + node)
    if draw >= rules.wrong_turn_share:
        return np.int64(-1)
    place = np.int64(draw / rules.wrong_turn_share * ways) % ways
    along = net.out[first + place]
    link = along >> 1
    table = (np.int64(flags) >> TABLE_SHIFT) & TABLE_MASK
    if crowd.width[link] <= 0.0 or (table >= rules.classes and net.step_free[link] == 0):
        return np.int64(-1)
    beyond = net.end[link] if along & 1 == 0 else net.start[link]
    leads_on = net.dest_of[beyond] == dest or hops[crowd.table_now[table], beyond, dest] & NO_WAY != NO_WAY
    return place if leads_on else np.int64(-1)


@nb.njit(cache=True)
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


@nb.njit(error_model="numpy", cache=True)
def serve_exits(net, rules, crowd, log, stops, hops, now, step, slot):
    """Let pass whom the headways of the openings allow until ``now``: first ready first, both directions together."""
    counters = crowd.counters
    pool = crowd.pool
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
                entry = np.int64(
                    hops[U(table_now[U((pool[U(row)].flags >> TABLE_SHIFT) & TABLE_MASK)]), U(node), U(dest)]
                )
                at = entry & NO_WAY
                if at == NO_WAY:
                    way = np.int64(-2)
                    stop = np.int64(pool[U(row)].stop)
                    if stops[U(stop)].leave_by != NEVER or stops[U(stop)].station == APPOINTMENT:
                        # Nothing leads there any more: they give this stop up.
                        pool[U(row)].stop += 1
                        pool[U(row)].dest = stops[U(pool[U(row)].stop)].dest
                        continue
                    # What they cannot give up (a check, the way home) they wait for, and let the others by.
                    after = np.int64(pool[U(row)].next)
                    if after >= 0:
                        head[U(leaving)] = after
                        pool[U(crowd.tail[U(leaving)])].next = row
                        crowd.tail[U(leaving)] = row
                        pool[U(row)].next = -1
                    pool[U(row)].at = now + rules.step_s
                    first_s = max(pool[U(head[U(leaving)])].at, not_before[U(leaving)])
                    if is_forward:
                        forward = np.int64(head[U(leaving)])
                        forward_s = first_s
                    else:
                        backward = np.int64(head[U(leaving)])
                        backward_s = first_s
                    continue
                else:
                    share = entry >> SHARE_SHIFT
                    out = net.first_out[U(node)]
                    if share > 0:
                        stop = np.int64(pool[U(row)].stop)
                        if sixty_fourth(rules.seed, pool[U(row)].person, ROUTE, stop * 65536 + node) < share:
                            at = (entry >> 5) & NO_WAY
                    if rules.wrong_turn_share > 0.0:
                        wrong = wrong_turn(
                            net,
                            rules,
                            crowd,
                            hops,
                            pool[U(row)].person,
                            pool[U(row)].stop,
                            pool[U(row)].flags,
                            node,
                            dest,
                        )
                        if wrong >= 0:
                            at = wrong
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
            walking[U(size)].stop = pool[U(row)].stop
            walking[U(size)].person = pool[U(row)].person
            walking[U(size)].speed = speed
            walking[U(size)].dest = dest
            walking[U(size)].flags = ((flags & ~BACKWARD) + (1 << LINK_SHIFT)) & FLAGS_MASK | (way & 1)
            if flags & SAMPLED:
                moved = counters[MOVES]
                if moved < log.move_person.size:
                    log.move_person[moved] = pool[U(row)].person
                    log.move_at[moved] = leave_s
                    log.move_kind[moved] = 0
                    log.move_place[moved] = way
                counters[MOVES] = moved + 1
            pool[U(row)].next = free
            free = row
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
