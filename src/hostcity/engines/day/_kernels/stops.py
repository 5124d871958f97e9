"""What happens at the nodes: people come, reach their stops, are served, and set off again.

The small acts that several phases share take the arrays they need and are spliced into their callers: a call that
passes a record of fifty arrays would cost a hundred atomic reference counts per person.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, making_kernel, spliced
from hostcity.engines.day._kernels.draws import EVACUATION, service_time, setting_off
from hostcity.engines.day._kernels.hardware import touch
from hostcity.engines.day._kernels.layout import (
    APPOINTMENT,
    CAME,
    CHUNK_FREE,
    CHUNK_USED,
    EVENTS,
    FIRST_STAY,
    GO_HOME,
    GONE,
    LANDING,
    LEAVE_UNIT_S,
    LOG_HOLD_S,
    MOVES,
    NEVER,
    POOL_FREE,
    SAMPLED,
    SERVED,
    TABLE_MASK,
    TABLE_SHIFT,
)
from hostcity.engines.day._kernels.lines import join_line, set_out
from hostcity.engines.day._kernels.sorting import sort_by_time

U = np.uintp
DRAW_KEY_BYTES, HOP_BYTES, STOP_BYTES, WALKER_BYTES = 8, 2, 8, 8
DEPARTURE_LAW = 4
STAYS = -1
HOME_END, TURNED_AWAY_END = 0, 1


@nb.njit(inline="always")
def _stay_until(counters, chunk, ends, rules, person, stop, at_s, step):
    """Note that a person's stay or service ends at a time; after the end of the clock they are still there."""
    due = np.int64((at_s - rules.start_s) / rules.step_s)
    due = step + 1 if due <= step else due
    if due < ends.size - 1:
        last = np.int64(ends[U(due)])
        if last & 7 == 7:
            base = counters[CHUNK_FREE]
            if base >= 0:
                counters[CHUNK_FREE] = np.int64(chunk[U(base)].stop)
            else:
                base = counters[CHUNK_USED]
                counters[CHUNK_USED] = base + 8
            chunk[U(base)].stop = last
            last = base
        ends[U(due)] = last + 1
        chunk[U(last + 1)].at = at_s
        chunk[U(last + 1)].person = person
        chunk[U(last + 1)].stop = stop


@nb.njit(inline="always")
def _free_row(counters, free_rows, row):
    free_rows[U(counters[POOL_FREE])] = row
    counters[POOL_FREE] += 1


@nb.njit(inline="always")
def _keep_move(counters, log, person, at_s, kind, place):
    moved = counters[MOVES]
    if moved < log.move_person.size:
        log.move_person[moved] = person
        log.move_at[moved] = at_s
        log.move_kind[moved] = kind
        log.move_place[moved] = place
    counters[MOVES] = moved + 1


@nb.njit(inline="always")
def _note_service(counters, log, queue, station, person, joined_s, begin_s):
    served = counters[SERVED]
    log.served_person[U(served)] = person
    log.served_station[U(served)] = station
    log.served_joined[U(served)] = joined_s
    log.served_wait[U(served)] = begin_s - joined_s
    counters[SERVED] = served + 1
    queue[U(station)] -= 1


@kernel
def admit(net, rules, people, crowd, log, hops, now, step):
    """Put those who come until ``now`` into the lines that leave their arrival point."""
    counters = crowd.counters
    arrive_s = people.arrive_s
    coming = counters[CAME]
    while coming < arrive_s.size and arrive_s[U(coming)] <= now:
        node = np.int64(people.origin[U(coming)])
        stop = np.int64(people.first_stop[U(coming)])
        join_line(net, rules, crowd, hops, people, coming, stop, node, arrive_s[U(coming)])
        crowd.floor[U(node)] += 1
        if crowd.floor[U(node)] > log.floor_peak[U(node)]:
            log.floor_peak[U(node)] = crowd.floor[U(node)]
            log.floor_peak_step[U(node)] = step
        coming += 1
    counters[CAME] = coming


@kernel
def end_stays(net, rules, people, crowd, log, hops, now, step, ending, ending_at, bucket_end, order, order_at):
    """Send everybody whose stay or service ends in this step on to their next stop, in order of time, then of person.

    ``ending`` and ``order`` with their times are working space for as many as there are people, ``bucket_end`` for
    sorting.
    """
    counters = crowd.counters
    chunk = crowd.chunk
    ends = crowd.ends
    dest_node = net.dest_node
    stops = people.stop
    walker_address = people.walker.ctypes.data
    stop_address = stops.ctypes.data
    key_address = people.key.ctypes.data
    # Ask for what the next step needs.
    at = np.int64(ends[U(step + 1)])
    while at >= 0:
        base = at & -8
        for place in range(at, base, -1):
            touch(walker_address + WALKER_BYTES * np.int64(chunk[U(place)].person))
            touch(stop_address + STOP_BYTES * np.int64(chunk[U(place)].stop))
        at = np.int64(chunk[U(base)].stop)
    size = np.int64(0)
    at = np.int64(ends[U(step)])
    while at >= 0:
        base = at & -8
        for place in range(at, base, -1):
            ending[U(size)] = place
            ending_at[U(size)] = chunk[U(place)].at
            size += 1
            # Where they are is the place of the stop before the one they go on to: both are needed to find their way.
            person = np.int64(chunk[U(place)].person)
            ended = np.int64(chunk[U(place)].stop)
            node = np.int64(dest_node[U(stops[U(ended)].dest)])
            dest = np.int64(stops[U(ended + 1)].dest)  # of most of them
            table = np.int64(crowd.table_now[U((people.walker[U(person)].flags >> TABLE_SHIFT) & TABLE_MASK)])
            touch(hops.ctypes.data + HOP_BYTES * ((table * hops.shape[1] + node) * hops.shape[2] + dest))
            touch(key_address + DRAW_KEY_BYTES * person)
        at = np.int64(chunk[U(base)].stop)
    sort_by_time(
        ending,
        ending_at,
        crowd.chunk_person,
        size,
        rules.start_s + step * rules.step_s,
        rules.step_s,
        bucket_end,
        order,
        order_at,
    )
    for turn in range(size):
        place = np.int64(order[U(turn)])
        stop = np.int64(chunk[U(place)].stop)
        at_s = chunk[U(place)].at
        node = np.int64(dest_node[U(stops[U(stop)].dest)])
        stop = _next_stop(net, rules, crowd, stops, stop + 1, at_s)
        set_out(net, rules, crowd, log, hops, people, np.int64(chunk[U(place)].person), stop, node, at_s, now)
    at = np.int64(ends[U(step)])
    ends[U(step)] = -1
    while at >= 0:
        base = at & -8
        at = np.int64(chunk[U(base)].stop)
        chunk[U(base)].stop = counters[CHUNK_FREE]
        counters[CHUNK_FREE] = base


@spliced
def _next_stop(net, rules, crowd, stops, stop, at_s):
    """The first stop from a row on that there is still time for and that is not evacuated."""
    late = (at_s - rules.start_s) / LEAVE_UNIT_S
    while (
        stops[U(stop)].leave_by != NEVER
        and (stops[U(stop)].leave_by <= late or crowd.closed[U(net.dest_node[U(stops[U(stop)].dest)])] > 0)
    ) or (stops[U(stop)].station == APPOINTMENT and at_s >= rules.closes_s):
        stop += 1
    return stop


@kernel
def land(net, rules, people, service, crowd, log, hops, step):
    """Let everybody who reached the node of their stop in this step begin it."""
    counters = crowd.counters
    pool = crowd.pool
    chunk = crowd.chunk
    ends = crowd.ends
    stops = people.stop
    landing = crowd.landing
    closed = crowd.closed
    key_address = people.key.ctypes.data
    first_address = people.first_stop.ctypes.data
    is_closed = rules.start_s + (step + 1) * rules.step_s > rules.closes_s  # the queues of the checks are released
    for place in range(counters[LANDING]):
        row = np.int64(landing[U(place)])
        person = np.int64(pool[U(row)].person)
        stop = np.int64(pool[U(row)].stop)
        at_s = pool[U(row)].at
        station = np.int64(stops[U(stop)].station)
        node = np.int64(net.dest_node[U(stops[U(stop)].dest)])
        is_kept = pool[U(row)].flags & SAMPLED
        late = (at_s - rules.start_s) / LEAVE_UNIT_S
        leave_by = stops[U(stop)].leave_by
        until_s = at_s
        if (leave_by != NEVER and (leave_by <= late or closed[U(node)] > 0)) or (
            station == APPOINTMENT and closed[U(node)] > 0
        ):
            station = np.int64(STAYS)  # no time for it any more, or evacuated: on to the next stop
        elif station >= 0 and (
            (service.starts_entry[U(station)] == 1 and at_s > rules.last_entry_s)
            or (is_closed and service.starts_entry[U(station)] + service.ends_entry[U(station)] > 0)
        ):
            log.end[U(person)] = TURNED_AWAY_END
            if service.starts_entry[U(station)] == 1 and at_s - log.held[U(person)] <= rules.last_entry_s < at_s:
                log.entry_joined[U(person)] = at_s  # in time, had nobody held them
            _free_row(counters, crowd.free_rows, row)
            join_line(
                net, rules, crowd, hops, people, person, np.int64(people.first_stop[U(person + 1)]) - 1, node, at_s
            )
            continue
        elif station >= 0:
            if service.starts_entry[U(station)] == 1:
                log.entry_joined[U(person)] = at_s
            if is_kept:
                _keep_move(counters, log, person, at_s, 2, node)
            touch(key_address + 8 * person)  # for when their service begins
            touch(first_address + 4 * person)
            _join(pool, crowd.waiting, crowd.last, crowd.sorted_to, crowd.queue, station, row, at_s)
            continue
        elif station == GO_HOME:
            if is_kept:
                _keep_move(counters, log, person, at_s, 3, node)
            crowd.floor[U(node)] -= 1
            counters[GONE] += 1
            log.left[U(person)] = at_s
            if log.end[U(person)] != TURNED_AWAY_END:
                log.end[U(person)] = HOME_END
            _free_row(counters, crowd.free_rows, row)
            continue
        elif station == APPOINTMENT:
            which = people.appointment[U(person)]
            log.reached[U(person)] = at_s
            if at_s <= people.appointment_missed[U(which)]:
                until_s = max(at_s, people.appointment_ends[U(which)])
        else:
            begin_s = at_s
            if station == FIRST_STAY:
                log.first_hall[U(person)] = at_s
                begin_s = max(at_s, rules.opens_s)  # who is early waits for the stands to open
            until_s = begin_s + stops[U(stop)].dwell_s
            if leave_by != NEVER:
                until_s = min(until_s, rules.start_s + LEAVE_UNIT_S * leave_by)
        counters[EVENTS] += 1
        if is_kept:
            _keep_move(counters, log, person, at_s, 1, node)
        _stay_until(counters, chunk, ends, rules, person, stop, until_s, step)
        _free_row(counters, crowd.free_rows, row)
    counters[LANDING] = 0


@nb.njit(inline="always")
def _join(pool, waiting, last, sorted_to, queue, station, row, at_s):
    """Join a station's queue in order of time: those who land in one step come in any order."""
    head = np.int64(waiting[U(station)])
    pool[U(row)].next = -1
    queue[U(station)] += 1
    if head < 0:
        waiting[U(station)] = row
        last[U(station)] = row
    elif pool[U(last[U(station)])].at <= at_s:
        pool[U(last[U(station)])].next = row
        last[U(station)] = row
    elif pool[U(head)].at > at_s:
        pool[U(row)].next = head
        waiting[U(station)] = row
    else:
        before = head if sorted_to[U(station)] < 0 else np.int64(sorted_to[U(station)])
        if pool[U(before)].at > at_s:
            before = head
        after = np.int64(pool[U(before)].next)
        while after >= 0 and pool[U(after)].at <= at_s:
            before = after
            after = np.int64(pool[U(before)].next)
        pool[U(row)].next = after
        pool[U(before)].next = row


@kernel
def serve(net, rules, people, service, crowd, log, now, step):
    """Begin every service that can begin until ``now``: first come, first served, on the lane that falls free first."""
    counters = crowd.counters
    pool = crowd.pool
    chunk = crowd.chunk
    ends = crowd.ends
    waiting = crowd.waiting
    lane_free = crowd.lane_free
    bits = crowd.lane_bits
    queue = crowd.queue
    stops = people.stop
    key_address = people.key.ctypes.data
    first_address = people.first_stop.ctypes.data
    held = rules.perimeter_persons >= 0.0 and _inside_on_links(net.is_inside, crowd.people) > rules.perimeter_persons
    was_held = False
    events = 0
    for station in range(service.node.size):
        lanes = np.int64(crowd.lanes[station])
        law = service.law[station]
        if law == DEPARTURE_LAW:
            if crowd.departs_at[station] <= now:
                _depart(people, service, crowd, log, station, now)
        elif held and service.starts_entry[station] == 1:
            # R5: nobody is admitted while it is too full inside; a stopped lane loses the time.
            for lane in range(lanes):
                lane_free[station, lane] = max(lane_free[station, lane], now)
            was_held = was_held or queue[station] > 0
        elif waiting[station] >= 0 and lanes > 0:
            row = np.int64(waiting[station])
            mean_s = service.mean_s[station]
            spread = service.spread[station]
            slower = crowd.slower[station]
            while row >= 0:
                soonest = bits[U(station), 0]
                for other in range(1, lanes):
                    soonest = min(soonest, bits[U(station), U(other)])
                lane = np.int64(0)
                while bits[U(station), U(lane)] != soonest:
                    lane += 1
                free_s = lane_free[U(station), U(lane)]
                joined_s = pool[U(row)].at
                begin_s = joined_s if joined_s > free_s else free_s
                if begin_s > now:
                    break
                person = np.int64(pool[U(row)].person)
                stop = np.int64(pool[U(row)].stop)
                after = np.int64(pool[U(row)].next)
                if after >= 0:
                    touch(key_address + 8 * np.int64(pool[U(after)].person))
                    touch(first_address + 4 * np.int64(pool[U(after)].person))
                counter = stop - people.first_stop[U(person)]
                took_s = service_time(rules.seed, people.key[U(person)], counter, law, mean_s, spread)
                end_s = begin_s + took_s * slower
                lane_free[U(station), U(lane)] = end_s
                _note_service(counters, log, queue, station, person, joined_s, begin_s)
                if service.ends_entry[station] == 1:
                    log.entry[U(person)] = end_s - log.entry_joined[U(person)]
                until_s = end_s + stops[U(stop)].dwell_s
                if stops[U(stop)].leave_by != NEVER:  # at the table until they want to leave, at the latest
                    until_s = max(end_s, min(until_s, rules.start_s + LEAVE_UNIT_S * stops[U(stop)].leave_by))
                _stay_until(counters, chunk, ends, rules, person, stop, until_s, step)
                _free_row(counters, crowd.free_rows, row)
                row = after
                events += 1
            waiting[station] = row
            if row < 0:
                crowd.last[station] = -1
        crowd.sorted_to[station] = crowd.last[station]
    counters[EVENTS] += events
    if was_held:
        log.scalar[LOG_HOLD_S] += rules.step_s


@kernel
def _inside_on_links(is_inside, people):
    inside = 0
    for link in range(people.size):
        inside += people[link] * is_inside[link]
    return inside


@kernel
def _depart(people, service, crowd, log, station, now):
    """Every headway as many as have room leave for home, in order of joining."""
    counters = crowd.counters
    pool = crowd.pool
    node = service.node[station]
    while crowd.departs_at[station] <= now:
        leaves_s = crowd.departs_at[station]
        row = np.int64(crowd.waiting[station])
        places = service.batch[station] * crowd.lanes[station]
        while row >= 0 and places > 0 and pool[row].at <= leaves_s:
            person = np.int64(pool[row].person)
            if pool[row].flags & SAMPLED:
                _keep_move(counters, log, person, leaves_s, 3, node)
            _note_service(counters, log, crowd.queue, station, person, pool[row].at, leaves_s)
            crowd.floor[node] -= 1
            counters[GONE] += 1
            log.left[person] = leaves_s
            if log.end[person] != TURNED_AWAY_END:
                log.end[person] = HOME_END
            after = np.int64(pool[row].next)
            _free_row(counters, crowd.free_rows, row)
            row = after
            places -= 1
        crowd.waiting[station] = row
        if row < 0:
            crowd.last[station] = -1
        crowd.departs_at[station] = leaves_s + service.headway_s[station] * crowd.slower[station]


@kernel
def release_queue(net, rules, people, service, crowd, log, hops, station, now, step):
    """Send everybody who waits at a station on to their next stop; from a check that is the way home: they have not entered."""
    counters = crowd.counters
    row = np.int64(crowd.waiting[station])
    while row >= 0:
        person = np.int64(crowd.pool[row].person)
        stop = np.int64(crowd.pool[row].stop)
        after = np.int64(crowd.pool[row].next)
        _free_row(counters, crowd.free_rows, row)
        if service.starts_entry[station] + service.ends_entry[station] > 0:
            log.end[person] = TURNED_AWAY_END
            last = np.int64(people.first_stop[person + 1]) - 1
            join_line(net, rules, crowd, hops, people, person, last, np.int64(service.node[station]), now)
        else:
            _stay_until(counters, crowd.chunk, crowd.ends, rules, person, stop, now, step)
        row = after
    log.unserved[station] += crowd.queue[station]
    crowd.waiting[station] = -1
    crowd.last[station] = -1
    crowd.sorted_to[station] = -1
    crowd.queue[station] = 0


@making_kernel
def evacuate_floors(net, rules, people, crowd, now, step):
    """Send everybody who stays on a closed floor on, each after a delay of their own."""
    chunk = crowd.chunk
    found_person = np.empty(people.arrive_s.size, np.int32)
    found_stop = np.empty(people.arrive_s.size, np.int32)
    found_at = np.empty(people.arrive_s.size)
    found = 0
    for due in range(step + 1, crowd.ends.size):
        top = np.int64(crowd.ends[due])
        at = top
        while at >= 0:
            base = at & -8
            below = np.int64(chunk[base].stop)
            for place in range(at, base, -1):
                if crowd.closed[net.dest_node[people.stop[chunk[place].stop].dest]] == 0:
                    continue
                found_person[found] = chunk[place].person
                found_stop[found] = chunk[place].stop
                found_at[found] = chunk[place].at
                found += 1
                # The last row takes the place that falls free; it has been looked at already.
                chunk[place].at = chunk[top].at
                chunk[place].person = chunk[top].person
                chunk[place].stop = chunk[top].stop
                top -= 1
                if top & 7 == 0:
                    emptied = top
                    top = np.int64(chunk[emptied].stop)
                    chunk[emptied].stop = crowd.counters[CHUNK_FREE]
                    crowd.counters[CHUNK_FREE] = emptied
            at = below
        crowd.ends[due] = top
    for place in range(found):
        person = np.int64(found_person[place])
        node = net.dest_node[people.stop[found_stop[place]].dest]
        mean_s, spread = crowd.leave_s[node], crowd.leave_spread[node]
        sent_s = now + setting_off(rules.seed, people.key[person], EVACUATION, step, mean_s, spread)
        at_s = min(found_at[place], sent_s)
        _stay_until(crowd.counters, chunk, crowd.ends, rules, person, np.int64(found_stop[place]), at_s, step)
