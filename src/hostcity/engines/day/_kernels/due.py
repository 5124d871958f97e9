"""Who reaches the end of a link: the first of the two hot loops of the day.

Most find an idle opening and a link with ample room behind it. They pass at once, from segment to segment; who does not
lines up and is served with everybody else (`exits`), where the order in which openings are visited matters.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, spliced
from hostcity.engines.day._kernels.hardware import copy_sixteen, due_of_sixteen, lowest_bit, touch
from hostcity.engines.day._kernels.layout import (
    ACTIVE_DOORS,
    ACTIVE_LINKS,
    BACKWARD,
    EVENTS,
    NOBODY,
    POOL_FREE,
    POOL_USED,
    TABLE_MASK,
    TABLE_SHIFT,
)
from hostcity.engines.day._kernels.moving import (
    HERE,
    NOWHERE,
    QUEUED_BYTES,
    WALKING_BYTES,
    enter_link,
    has_ample_room,
    next_way,
    reach_floor,
)

U = np.uintp  # unsigned indexes need no check for negative ones
BLOCK = 64  # links at a time: what was asked for is still in the nearest cache when it is taken
AHEAD = 3  # links
DUE_BYTES, HOP_BYTES, DRAW_KEY_BYTES = 4, 2, 8


@kernel
def collect_due(net, rules, crowd, log, stops, hops, now, step, slot, buffer, bounds, order, order_key):
    """Take those who reach the end of their link out of its segment; they pass its opening, or queue at it."""
    active = crowd.counters[ACTIVE_LINKS]
    kept = np.int64(0)
    for begin in range(0, active, BLOCK):
        kept, due_links = _list_due(crowd, begin, min(begin + BLOCK, active), kept, buffer, bounds)
        for place in range(due_links):
            _take(net, rules, crowd, hops, now, place, buffer, bounds, order, order_key)
        for place in range(due_links):
            _pass_or_line_up(net, rules, crowd, log, stops, hops, now, step, slot, place, bounds, order)
    for place in range(active, crowd.counters[ACTIVE_LINKS]):  # who was empty until somebody passed onto it
        crowd.link_list[U(kept)] = crowd.link_list[U(place)]
        kept += 1
    crowd.counters[ACTIVE_LINKS] = kept


@spliced
def _list_due(crowd, begin, end, kept, buffer, bounds):
    """List who may be due on some of the active links and ask for their rows; drop links where nobody is left.

    ``buffer`` gets the rows, ``bounds`` three numbers of each link: itself, its first row in ``buffer``, the one behind
    its last. Returns the number of links that were kept so far, and of those with somebody due.
    """
    link_list = crowd.link_list
    seg_at = crowd.seg_at
    due_address = crowd.due.ctypes.data
    walking_address = crowd.walking.ctypes.data
    due_links = np.int64(0)
    found = np.int64(0)
    for place in range(begin, end):
        link = np.int64(link_list[U(place)])
        touch(due_address + DUE_BYTES * np.int64(seg_at[U(link_list[U(min(place + AHEAD, end - 1))])]))
        if crowd.people[U(link)] == 0:
            crowd.link_on[U(link)] = 0
            continue
        link_list[U(kept)] = link
        kept += 1
        before = found
        limit = np.float32(crowd.clock[U(link)])  # rounding keeps order, so nobody who is due is missed
        base = np.int64(seg_at[U(link)])
        for ahead in range(0, crowd.seg_n[U(link)], 16):
            bits = due_of_sixteen(due_address + DUE_BYTES * (base + ahead), limit)
            while bits != 0:
                at = base + ahead + lowest_bit(bits)
                buffer[U(found)] = at
                found += 1
                bits &= bits - 1
                touch(walking_address + WALKING_BYTES * at)
                touch(walking_address + WALKING_BYTES * at + WALKING_BYTES - 1)
        if found > before:
            bounds[U(3 * due_links)] = link
            bounds[U(3 * due_links + 1)] = before
            bounds[U(3 * due_links + 2)] = found
            due_links += 1
    return kept, due_links


@spliced
def _take(net, rules, crowd, hops, now, place, buffer, bounds, order, order_key):
    """Move those who are due on a link into the pool; ``order`` gets their rows in order of key, then of person.

    ``bounds`` says then where these end: of those who may be due, one or two in a thousand are so only after rounding.
    """
    link = np.int64(bounds[U(3 * place)])
    first = np.int64(bounds[U(3 * place + 1)])
    end = np.int64(bounds[U(3 * place + 2)])
    step_s = rules.step_s
    counters = crowd.counters
    pool = crowd.pool
    due = crowd.due
    walking = crowd.walking
    walking_address = walking.ctypes.data
    pool_address = pool.ctypes.data
    draw_key_address = crowd.key.ctypes.data
    limit = crowd.clock[U(link)]
    pace = crowd.pace_now[U(link)]
    begun = limit - pace * step_s  # the clock when this step began
    free = counters[POOL_FREE]
    last = np.int64(crowd.seg_at[U(link)]) + crowd.seg_n[U(link)]
    behind = first
    for taken in range(end - 1, first - 1, -1):
        at = np.int64(buffer[U(taken)])
        key = walking[U(at)].key
        if key > limit:
            continue
        if free > 0:
            free -= 1
            row = np.int64(crowd.free_rows[U(free)])
        else:
            row = counters[POOL_USED]
            counters[POOL_USED] = row + 1
        person = np.int64(walking[U(at)].person)
        touch(draw_key_address + DRAW_KEY_BYTES * person)  # for the choice between two ways
        flags = walking[U(at)].flags
        copy_sixteen(pool_address + QUEUED_BYTES * row, walking_address + WALKING_BYTES * at)
        node = net.start[U(link)] if flags & BACKWARD else net.end[U(link)]
        table = np.int64(crowd.table_now[U((flags >> TABLE_SHIFT) & TABLE_MASK)])
        touch(hops.ctypes.data + HOP_BYTES * ((table * hops.shape[1] + node) * hops.shape[2] + walking[U(at)].dest))
        pool[U(row)].exit = 2 * link + (flags & BACKWARD)
        if key >= begun:
            pool[U(row)].at = now - (limit - key) / pace
        else:  # they entered in the step before and were through within it
            pool[U(row)].at = now - step_s - (begun - key) / crowd.pace_before[U(link)]
        pool[U(row)].next = -1
        slot = behind
        behind += 1
        while slot > first and (
            order_key[U(slot - 1)] > key
            or (order_key[U(slot - 1)] == key and pool[U(order[U(slot - 1)])].person > person)
        ):
            order[U(slot)] = order[U(slot - 1)]
            order_key[U(slot)] = order_key[U(slot - 1)]
            slot -= 1
        order[U(slot)] = row
        order_key[U(slot)] = key
        last -= 1
        due[U(at)] = due[U(last)]
        walking[U(at)].key = walking[U(last)].key
        copy_sixteen(walking_address + WALKING_BYTES * at, walking_address + WALKING_BYTES * last)
        due[U(last)] = NOBODY
    crowd.seg_n[U(link)] = last - crowd.seg_at[U(link)]
    counters[POOL_FREE] = free
    bounds[U(3 * place + 2)] = behind


@spliced
def _pass_or_line_up(net, rules, crowd, log, stops, hops, now, step, slot, place, bounds, order):
    """Let those who came to the end of a link pass one after the other, and line up the first who cannot and all behind.

    Whoever passes here does it before those who queue elsewhere. That takes nobody's place, for there is ample room.
    """
    pool = crowd.pool
    link = np.int64(bounds[U(3 * place)])
    first = np.int64(bounds[U(3 * place + 1)])
    end = np.int64(bounds[U(3 * place + 2)])
    if crowd.door_on[U(link)] == 0:
        headway = crowd.headway_s[U(link)]
        free_s = crowd.door_free[U(link)]
        begun = first
        while first < end:
            row = np.int64(order[U(first)])
            leaving = np.int64(pool[U(row)].exit)
            ready_s = pool[U(row)].at
            leave_s = ready_s if ready_s > free_s else free_s
            if leave_s > now or crowd.not_before[U(leaving)] > ready_s:
                break
            node = np.int64(net.start[U(link)]) if leaving & BACKWARD else np.int64(net.end[U(link)])
            way = next_way(net, rules, crowd, hops, row, node)
            if way == HERE:
                if 2 * crowd.floor[U(node)] >= net.floor_store[U(node)]:
                    break
                reach_floor(crowd, log, stops, row, node, leave_s, step)
            elif way == NOWHERE or not has_ample_room(net, crowd, way, pool[U(row)].speed, leave_s, now):
                break
            elif not enter_link(net, crowd, log, row, way, leave_s, now):
                return  # the arena is full: this day is played again
            free_s = leave_s + headway
            crowd.people[U(link)] -= 1
            crowd.ways[U(leaving)] -= 1
            log.flow[U(slot), U(leaving)] += 1
            first += 1
        crowd.door_free[U(link)] = free_s
        crowd.counters[EVENTS] += first - begun
    if first < end:
        _line_up(crowd, link, order, first, end)


@spliced
def _line_up(crowd, link, order, first, end):
    """Put pool rows at the end of the queues of a link's two exits."""
    pool = crowd.pool
    head = crowd.head
    tail = crowd.tail
    for slot in range(first, end):
        row = np.int64(order[U(slot)])
        leaving = pool[U(row)].exit
        if head[U(leaving)] < 0:
            head[U(leaving)] = row
        else:
            pool[U(tail[U(leaving)])].next = row
        tail[U(leaving)] = row
    crowd.queued[U(link)] += end - first
    if crowd.door_on[U(link)] == 0:
        crowd.door_on[U(link)] = 1
        crowd.door_list[U(crowd.counters[ACTIVE_DOORS])] = link
        crowd.counters[ACTIVE_DOORS] += 1
