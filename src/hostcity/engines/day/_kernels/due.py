"""Who reaches the end of a link: the first of the two hot loops of the day."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, spliced
from hostcity.engines.day._kernels.hardware import copy_sixteen, due_of_sixteen, lowest_bit, touch
from hostcity.engines.day._kernels.layout import (
    ACTIVE_DOORS,
    ACTIVE_LINKS,
    ARENA_USED,
    BACKWARD,
    FIRST_SEGMENT,
    NOBODY,
    OUT_OF_ARENA,
    POOL_FREE,
    POOL_USED,
    TABLE_MASK,
    TABLE_SHIFT,
)

U = np.uintp  # unsigned indexes need no check for negative ones
BLOCK = 64  # links at a time: what was asked for is still in the nearest cache when it is taken
AHEAD = 3  # links
DUE_BYTES, QUEUED_BYTES, WALKING_BYTES, HOP_BYTES, DRAW_KEY_BYTES = 4, 32, 24, 2, 8


@kernel
def collect_due(net, crowd, hops, now, step_s, buffer, bounds, order, order_key):
    """Take those who reach the end of their link out of its segment and put them into the queues of its exits."""
    active = crowd.counters[ACTIVE_LINKS]
    kept = np.int64(0)
    for begin in range(0, active, BLOCK):
        kept, due_links = _list_due(crowd, begin, min(begin + BLOCK, active), kept, buffer, bounds)
        first = np.int64(0)
        for place in range(due_links):
            link = np.int64(bounds[U(2 * place)])
            end = np.int64(bounds[U(2 * place + 1)])
            size = _take(net, crowd, hops, now, step_s, link, buffer, first, end, order, order_key)
            if size > 0:
                _line_up(crowd, link, order, size)
            first = end
    crowd.counters[ACTIVE_LINKS] = kept


@spliced
def _list_due(crowd, begin, end, kept, buffer, bounds):
    """List who may be due on some of the active links and ask for their rows; drop links where nobody is left.

    ``buffer`` gets the rows, ``bounds`` the links and where their rows end. Returns the number of links that were kept
    so far, and of those with somebody due.
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
            bounds[U(2 * due_links)] = link
            bounds[U(2 * due_links + 1)] = found
            due_links += 1
    return kept, due_links


@spliced
def _take(net, crowd, hops, now, step_s, link, buffer, first, end, order, order_key):
    """Move those who are due on a link into the pool; ``order`` gets their rows in order of key, then of person.

    Returns how many they are: of those who may be due, one or two in a thousand are so only after rounding.
    """
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
    size = np.int64(0)
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
        due[U(at)] = due[U(last)]
        walking[U(at)].key = walking[U(last)].key
        copy_sixteen(walking_address + WALKING_BYTES * at, walking_address + WALKING_BYTES * last)
        due[U(last)] = NOBODY
    crowd.seg_n[U(link)] = last - crowd.seg_at[U(link)]
    counters[POOL_FREE] = free
    return size


@spliced
def _line_up(crowd, link, order, size):
    """Put pool rows at the end of the queues of a link's two exits."""
    pool = crowd.pool
    head = crowd.head
    tail = crowd.tail
    for slot in range(size):
        row = np.int64(order[U(slot)])
        leaving = pool[U(row)].exit
        if head[U(leaving)] < 0:
            head[U(leaving)] = row
        else:
            pool[U(tail[U(leaving)])].next = row
        tail[U(leaving)] = row
    crowd.queued[U(link)] += size
    if crowd.door_on[U(link)] == 0:
        crowd.door_on[U(link)] = 1
        crowd.door_list[U(crowd.counters[ACTIVE_DOORS])] = link
        crowd.counters[ACTIVE_DOORS] += 1


@kernel
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
        if new + 2 * room > crowd.due.size:
            crowd.counters[OUT_OF_ARENA] = 1
            return False
        crowd.counters[ARENA_USED] = new + 2 * room
    for place in range(room):
        crowd.due[new + place] = crowd.due[old + place]
        crowd.walking[new + place] = crowd.walking[old + place]
    for place in range(room, 2 * room):
        crowd.due[new + place] = NOBODY
    crowd.walking[old].person = crowd.free_segments[size]
    crowd.free_segments[size] = old
    crowd.seg_at[link] = new
    crowd.seg_room[link] = 2 * room
    return True
