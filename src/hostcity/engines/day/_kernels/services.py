"""Stations: who is served when, departures in batches, queues that are sent away."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.acts import HOME_END, TURNED_AWAY_END, free_row, keep_move, note_service, stay_until
from hostcity.engines.day._kernels.compiling import kernel
from hostcity.engines.day._kernels.draws import service_time
from hostcity.engines.day._kernels.hardware import touch
from hostcity.engines.day._kernels.layout import (
    EVENTS,
    GONE,
    LEAVE_UNIT_S,
    LOG_HOLD_S,
    NEVER,
    SAMPLED,
)
from hostcity.engines.day._kernels.lines import join_line

U = np.uintp
DEPARTURE_LAW = 4


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
                note_service(counters, log, queue, station, person, joined_s, begin_s)
                if service.ends_entry[station] == 1:
                    log.entry[U(person)] = end_s - log.entry_joined[U(person)]
                until_s = end_s + stops[U(stop)].dwell_s
                if stops[U(stop)].leave_by != NEVER:  # at the table until they want to leave, at the latest
                    until_s = max(end_s, min(until_s, rules.start_s + LEAVE_UNIT_S * stops[U(stop)].leave_by))
                stay_until(counters, chunk, ends, rules, person, stop, until_s, step)
                free_row(counters, crowd.free_rows, row)
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
                keep_move(counters, log, person, leaves_s, 3, node)
            note_service(counters, log, crowd.queue, station, person, pool[row].at, leaves_s)
            crowd.floor[node] -= 1
            counters[GONE] += 1
            log.left[person] = leaves_s
            if log.end[person] != TURNED_AWAY_END:
                log.end[person] = HOME_END
            after = np.int64(pool[row].next)
            free_row(counters, crowd.free_rows, row)
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
        free_row(counters, crowd.free_rows, row)
        if service.starts_entry[station] + service.ends_entry[station] > 0:
            log.end[person] = TURNED_AWAY_END
            last = np.int64(people.first_stop[person + 1]) - 1
            join_line(net, rules, crowd, hops, people, person, last, np.int64(service.node[station]), now)
        else:
            stay_until(counters, crowd.chunk, crowd.ends, rules, person, stop, now, step)
        row = after
    log.unserved[station] += crowd.queue[station]
    crowd.waiting[station] = -1
    crowd.last[station] = -1
    crowd.sorted_to[station] = -1
    crowd.queue[station] = 0
