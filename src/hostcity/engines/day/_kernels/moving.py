"""Where a person goes next, and how they get onto a link."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, spliced
from hostcity.engines.day._kernels.draws import ROUTE, WRONG_TURN, sixty_fourth, uniform
from hostcity.engines.day._kernels.hardware import copy_sixteen, touch
from hostcity.engines.day._kernels.layout import (
    ACTIVE_LINKS,
    ARENA_USED,
    BACKWARD,
    FIRST_SEGMENT,
    FLAGS_MASK,
    LANDING,
    LINK_SHIFT,
    MOVES,
    NOBODY,
    OUT_OF_ARENA,
    POOL_FREE,
    SAMPLED,
    TABLE_MASK,
    TABLE_SHIFT,
)
from hostcity.engines.day._kernels.newcomers import chosen_place, errand, note_turn
from hostcity.engines.day._kernels.routes import NO_WAY, SHARE_SHIFT

U = np.uintp  # unsigned indexes need no check for negative ones
HERE, NOWHERE = -1, -2  # instead of a way: they are where they want to be; nothing leads there
QUEUED_BYTES, STOP_BYTES, WALKING_BYTES = 32, 8, 24


@spliced
def next_way(net, rules, crowd, hops, row, node):
    """The directed link that a person takes out of a node; HERE = they are where they want to be, NOWHERE = no way."""
    pool = crowd.pool
    dest = pool[U(row)].dest
    if dest == net.dest_of[U(node)]:
        return np.int64(HERE)
    flags = pool[U(row)].flags
    entry = np.int64(hops[U(crowd.table_now[U((flags >> TABLE_SHIFT) & TABLE_MASK)]), U(node), U(dest)])
    place = entry & NO_WAY
    if place == NO_WAY:
        return np.int64(NOWHERE)
    share = entry >> SHARE_SHIFT
    # Keyed by person, place and goal: on the same errand people choose alike, whoever else comes.
    person = pool[U(row)].person
    if share > 0 and sixty_fourth(rules.seed, crowd.key[U(person)], ROUTE, errand(net, node, dest)) < share:
        place = (entry >> 5) & NO_WAY
    if crowd.newcomers.on and crowd.newcomers.who[U(person)].is_new == 1:
        place = chosen_place(net, rules, crowd, hops, row, node, place)
    elif rules.wrong_turn_share > 0.0:
        wrong = _wrong_turn(net, rules, crowd, hops, person, flags, node, dest)
        place = wrong if wrong >= 0 else place
    return np.int64(net.out[U(net.first_out[U(node)] + place)])


@kernel
def _wrong_turn(net, rules, crowd, hops, person, flags, node, dest):
    """The way out that a person takes by mistake, -1 = none: one that they can use and that still leads on.

    Keyed by the number of links walked too, or who comes back would go wrong again for ever.
    """
    first = np.int64(net.first_out[node])
    ways = np.int64(net.first_out[node + 1]) - first
    if ways <= 2:
        return np.int64(-1)
    walked = np.uint64(np.int64(flags) >> LINK_SHIFT) * np.uint64(0xD1B54A32D192ED03)
    draw = uniform(rules.seed, crowd.key[person], WRONG_TURN, errand(net, node, dest) + walked)
    if draw >= rules.wrong_turn_share:
        return np.int64(-1)
    place = np.int64(draw / rules.wrong_turn_share * ways) % ways
    along = net.out[first + place]
    link = along >> 1
    table = (np.int64(flags) >> TABLE_SHIFT) & TABLE_MASK
    if crowd.width[link] <= 0.0 or crowd.barred[along] == 1 or (table >= rules.classes and net.step_free[link] == 0):
        return np.int64(-1)
    beyond = net.end[link] if along & 1 == 0 else net.start[link]
    leads_on = net.dest_of[beyond] == dest or hops[crowd.table_now[table], beyond, dest] & NO_WAY != NO_WAY
    return place if leads_on else np.int64(-1)


@spliced
def key_on(net, crowd, way, speed, leave_s, now):
    """What a link's clock will show when somebody who entered it at ``leave_s`` comes to its end."""
    link = way >> 1
    entered = crowd.clock[U(link)] - (now - leave_s) * crowd.pace_now[U(link)]
    return entered + net.pace[U(way)] / speed


@spliced
def has_ample_room(net, crowd, way, speed, leave_s, now):
    """Whether a link is less than half full, and too long to be walked within the step: nobody is moved twice in one."""
    link = way >> 1
    here = crowd.people[U(link)]
    return (
        2 * here < crowd.store[U(link)]
        and here < crowd.metered[U(link)]
        and 2 * crowd.ways[U(way)] < crowd.way_store[U(link)]
        and key_on(net, crowd, way, speed, leave_s, now) > crowd.clock[U(link)]
    )


@spliced
def reach_floor(crowd, log, stops, row, node, leave_s, step):
    """Put a person from the pool onto the floor where they want to be, to begin their stop in this step."""
    counters = crowd.counters
    floor = crowd.floor
    floor[U(node)] += 1
    if floor[U(node)] > log.floor_peak[U(node)]:
        log.floor_peak[U(node)] = floor[U(node)]
        log.floor_peak_step[U(node)] = step
    crowd.pool[U(row)].at = leave_s
    crowd.pool[U(row)].next = -1
    crowd.landing[U(counters[LANDING])] = row
    counters[LANDING] += 1
    touch(stops.ctypes.data + STOP_BYTES * np.int64(crowd.pool[U(row)].stop))


@spliced
def enter_link(net, crowd, log, row, way, leave_s, now):
    """Move a person from the pool onto a link that they entered at ``leave_s``; False when the arena is full."""
    counters = crowd.counters
    pool = crowd.pool
    link = way >> 1
    crowd.people[U(link)] += 1
    crowd.ways[U(way)] += 1
    if crowd.link_on[U(link)] == 0:
        crowd.link_on[U(link)] = 1
        crowd.link_list[U(counters[ACTIVE_LINKS])] = link
        counters[ACTIVE_LINKS] += 1
    size = np.int64(crowd.seg_n[U(link)])
    if size == crowd.seg_room[U(link)] and not grow_segment(crowd, link):
        return False
    crowd.seg_n[U(link)] = size + 1
    size += crowd.seg_at[U(link)]
    key = key_on(net, crowd, way, pool[U(row)].speed, leave_s, now)
    if (
        crowd.newcomers.on and crowd.newcomers.who[U(pool[U(row)].person)].is_new == 1
    ):  # who asks stands at the beginning of the way meanwhile
        key += note_turn(net, crowd, row, way, leave_s) * crowd.pace_now[U(link)]
    crowd.due[U(size)] = np.float32(key)
    flags = pool[U(row)].flags
    copy_sixteen(crowd.walking.ctypes.data + WALKING_BYTES * size, pool.ctypes.data + QUEUED_BYTES * row)
    crowd.walking[U(size)].key = key
    crowd.walking[U(size)].flags = ((flags & ~BACKWARD) + (1 << LINK_SHIFT)) & FLAGS_MASK | (way & 1)
    if flags & SAMPLED:
        moved = counters[MOVES]
        if moved < log.move_person.size:
            log.move_person[moved] = pool[U(row)].person
            log.move_at[moved] = leave_s
            log.move_kind[moved] = 0
            log.move_place[moved] = way
        counters[MOVES] = moved + 1
    crowd.free_rows[U(counters[POOL_FREE])] = row
    counters[POOL_FREE] += 1
    return True


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
