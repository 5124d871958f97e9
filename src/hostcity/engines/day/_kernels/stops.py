"""Who reached the node of a stop begins it: joins a queue, stays, or goes home."""

from __future__ import annotations

import numba as nb
import numpy as np

from hostcity.engines.day._kernels.acts import HOME_END, TURNED_AWAY_END, free_row, keep_move, stay_until
from hostcity.engines.day._kernels.compiling import kernel
from hostcity.engines.day._kernels.hardware import touch
from hostcity.engines.day._kernels.layout import (
    APPOINTMENT,
    EVENTS,
    FIRST_STAY,
    GO_HOME,
    GONE,
    LANDING,
    LEAVE_UNIT_S,
    NEVER,
    SAMPLED,
)
from hostcity.engines.day._kernels.lines import join_line

U = np.uintp
STAYS = -1


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
            free_row(counters, crowd.free_rows, row)
            join_line(
                net, rules, crowd, hops, people, person, np.int64(people.first_stop[U(person + 1)]) - 1, node, at_s
            )
            continue
        elif station >= 0:
            if service.starts_entry[U(station)] == 1:
                log.entry_joined[U(person)] = at_s
            if is_kept:
                keep_move(counters, log, person, at_s, 2, node)
            touch(key_address + 8 * person)  # for when their service begins
            touch(first_address + 4 * person)
            _join(pool, crowd.waiting, crowd.last, crowd.sorted_to, crowd.queue, station, row, at_s)
            continue
        elif station == GO_HOME:
            if is_kept:
                keep_move(counters, log, person, at_s, 3, node)
            crowd.floor[U(node)] -= 1
            counters[GONE] += 1
            log.left[U(person)] = at_s
            if log.end[U(person)] != TURNED_AWAY_END:
                log.end[U(person)] = HOME_END
            free_row(counters, crowd.free_rows, row)
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
            keep_move(counters, log, person, at_s, 1, node)
        stay_until(counters, chunk, ends, rules, person, stop, until_s, step)
        free_row(counters, crowd.free_rows, row)
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
