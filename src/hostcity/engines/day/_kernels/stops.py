"""What happens at the nodes: people come, reach their stops, are served, and set off again."""

from __future__ import annotations

import numba as nb
import numpy as np

from hostcity.engines.day._kernels.draws import EVACUATION, service_time, uniform
from hostcity.engines.day._kernels.hardware import touch
from hostcity.engines.day._kernels.layout import (
    ACTIVE_DOORS,
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
    POOL_USED,
    SAMPLED,
    SERVED,
)

U = np.uintp
DEPARTURE_LAW = 4
STAYS = -1
HOME_END, TURNED_AWAY_END = 0, 1


@nb.njit(cache=True)
def admit(people, crowd, now):
    """Put those who come until ``now`` into the queue that leaves their arrival point."""
    counters = crowd.counters
    nodes = crowd.floor.size
    links = crowd.people.size
    coming = counters[CAME]
    while coming < people.arrive_s.size and people.arrive_s[coming] <= now:
        node = people.origin[coming]
        stop = people.first_stop[coming]
        _queue_to_leave(people, crowd, coming, stop, node, people.arrive_s[coming], links, nodes)
        crowd.floor[node] += 1
        coming += 1
    counters[CAME] = coming


@nb.njit(cache=True)
def _queue_to_leave(people, crowd, person, stop, node, at_s, links, nodes):
    counters = crowd.counters
    pool = crowd.pool
    row = counters[POOL_FREE]
    if row >= 0:
        counters[POOL_FREE] = pool[row].next
    else:
        row = counters[POOL_USED]
        counters[POOL_USED] += 1
    pool[row].at = at_s
    pool[row].speed = people.walker[person].speed
    pool[row].flags = people.walker[person].flags
    pool[row].person = person
    pool[row].stop = stop
    pool[row].dest = people.stop[stop].dest
    pool[row].next = -1
    pool[row].exit = -1
    queue = 2 * links + node
    if crowd.head[queue] < 0:
        crowd.head[queue] = row
    else:
        pool[crowd.tail[queue]].next = row
    crowd.tail[queue] = row
    door = links + node
    if crowd.door_on[door] == 0:
        crowd.door_on[door] = 1
        crowd.door_list[counters[ACTIVE_DOORS]] = door
        counters[ACTIVE_DOORS] += 1


@nb.njit(cache=True)
def end_stays(net, rules, people, crowd, step):
    """Send everybody whose stay or service ends in this step on to their next stop."""
    counters = crowd.counters
    chunk = crowd.chunk
    stops = people.stop
    links = crowd.people.size
    nodes = crowd.floor.size
    walker_address = people.walker.ctypes.data
    stop_address = stops.ctypes.data
    # Ask for what the next step needs.
    at = np.int64(crowd.ends[step + 1])
    while at >= 0:
        base = at & -8
        for place in range(at, base, -1):
            touch(walker_address + 8 * np.int64(max(chunk[place].person, 0)))
            touch(stop_address + 8 * np.int64(chunk[place].stop))
        at = np.int64(chunk[base].stop)
    at = np.int64(crowd.ends[step])
    crowd.ends[step] = -1
    while at >= 0:
        base = at & -8
        for place in range(at, base, -1):
            person = chunk[place].person
            if person < 0:
                continue  # an evacuation sent them on earlier
            stop = np.int64(chunk[place].stop)
            at_s = chunk[place].at
            node = net.dest_node[stops[stop].dest]
            stop = next_stop(net, rules, crowd, stops, stop, at_s)
            _queue_to_leave(people, crowd, person, stop, node, at_s, links, nodes)
        at = np.int64(chunk[base].stop)
        chunk[base].stop = counters[CHUNK_FREE]
        counters[CHUNK_FREE] = base


@nb.njit(cache=True)
def next_stop(net, rules, crowd, stops, stop, at_s):
    """The stop after ``stop`` that there is still time for and that is not evacuated."""
    stop += 1
    late = (at_s - rules.start_s) / LEAVE_UNIT_S
    while stops[stop].leave_by != NEVER and (
        stops[stop].leave_by <= late or crowd.closed[net.dest_node[stops[stop].dest]] == 1
    ):
        stop += 1
    return stop


@nb.njit(cache=True)
def _stay_until(crowd, person, stop, at_s, step, step_s, start_s):
    counters = crowd.counters
    due = np.int64((at_s - start_s) / step_s)
    due = step + 1 if due <= step else due
    if due >= crowd.ends.size - 1:
        return  # after the end of the clock: they are counted as still there
    tail = np.int64(crowd.ends[due])
    if tail & 7 == 7:
        base = counters[CHUNK_FREE]
        if base >= 0:
            counters[CHUNK_FREE] = np.int64(crowd.chunk[base].stop)
        else:
            base = counters[CHUNK_USED]
            counters[CHUNK_USED] += 8
        crowd.chunk[base].stop = tail
        tail = base
    crowd.ends[due] = tail + 1
    crowd.chunk[tail + 1].at = at_s
    crowd.chunk[tail + 1].person = person
    crowd.chunk[tail + 1].stop = stop


@nb.njit(cache=True)
def _keep_move(crowd, log, person, at_s, kind, place):
    moved = crowd.counters[MOVES]
    if moved < log.move_person.size:
        log.move_person[moved] = person
        log.move_at[moved] = at_s
        log.move_kind[moved] = kind
        log.move_place[moved] = place
    crowd.counters[MOVES] = moved + 1


@nb.njit(cache=True)
def land(net, rules, people, service, crowd, log, step):
    """Let everybody who reached the node of their stop in this step begin it."""
    counters = crowd.counters
    pool = crowd.pool
    stops = people.stop
    for place in range(counters[LANDING]):
        row = np.int64(crowd.landing[place])
        person = np.int64(pool[row].person)
        stop = np.int64(pool[row].stop)
        at_s = pool[row].at
        station = np.int64(stops[stop].station)
        node = net.dest_node[stops[stop].dest]
        is_kept = pool[row].flags & SAMPLED
        late = (at_s - rules.start_s) / LEAVE_UNIT_S
        leave_by = stops[stop].leave_by
        is_off = leave_by != NEVER and (leave_by <= late or crowd.closed[node] == 1)
        if is_off:
            stay_s = at_s  # no time for it any more, or evacuated: on to the next stop
        elif station >= 0:
            if service.starts_entry[station] == 1:
                if at_s > rules.last_entry_s:
                    log.end[person] = TURNED_AWAY_END
                    stop = np.int64(people.first_stop[person + 1]) - 2
                    stay_s = at_s
                    station = STAYS
                else:
                    log.entry_joined[person] = at_s
            if station >= 0:
                if is_kept:
                    _keep_move(crowd, log, person, at_s, 2, node)
                _join(crowd, station, row)
                continue
        elif station == GO_HOME:
            if is_kept:
                _keep_move(crowd, log, person, at_s, 3, node)
            _go_home(crowd, log, person, at_s, node)
            pool[row].next = counters[POOL_FREE]
            counters[POOL_FREE] = row
            continue
        elif station == APPOINTMENT:
            which = people.appointment[person]
            log.reached[person] = at_s
            stay_s = at_s if at_s > people.appointment_missed[which] else max(at_s, people.appointment_ends[which])
        else:
            if station == FIRST_STAY:
                log.first_hall[person] = at_s
            stay_s = at_s + stops[stop].dwell_s
            if leave_by != NEVER:
                stay_s = min(stay_s, rules.start_s + LEAVE_UNIT_S * leave_by)
        counters[EVENTS] += 1
        if is_kept:
            _keep_move(crowd, log, person, at_s, 1, node)
        _stay_until(crowd, person, stop, stay_s, step, rules.step_s, rules.start_s)
        pool[row].next = counters[POOL_FREE]
        counters[POOL_FREE] = row
    counters[LANDING] = 0


@nb.njit(cache=True)
def _go_home(crowd, log, person, at_s, node):
    crowd.floor[node] -= 1
    crowd.counters[GONE] += 1
    log.left[person] = at_s
    if log.end[person] != TURNED_AWAY_END:
        log.end[person] = HOME_END


@nb.njit(cache=True)
def _join(crowd, station, row):
    """Join a station's queue in order of time: those who land in one step come in any order."""
    pool = crowd.pool
    at_s = pool[row].at
    head = np.int64(crowd.waiting[station])
    pool[row].next = -1
    crowd.queue[station] += 1
    if head < 0:
        crowd.waiting[station] = row
        crowd.last[station] = row
    elif pool[crowd.last[station]].at <= at_s:
        pool[crowd.last[station]].next = row
        crowd.last[station] = row
    elif pool[head].at > at_s:
        pool[row].next = head
        crowd.waiting[station] = row
    else:
        before = head if crowd.sorted_to[station] < 0 else np.int64(crowd.sorted_to[station])
        if pool[before].at > at_s:
            before = head
        while pool[before].next >= 0 and pool[pool[before].next].at <= at_s:
            before = np.int64(pool[before].next)
        pool[row].next = pool[before].next
        pool[before].next = row


@nb.njit(cache=True)
def serve(net, rules, people, service, crowd, log, now, step):
    """Begin every service that can begin until ``now``: first come, first served, on the lane that falls free first."""
    held = rules.perimeter_persons >= 0.0 and _inside_on_links(net, crowd) > rules.perimeter_persons
    was_held = False
    for station in range(service.node.size):
        if service.law[station] == DEPARTURE_LAW:
            _depart(service, people, crowd, log, station, now)
        elif held and service.starts_entry[station] == 1:
            # R5: nobody is admitted while it is too full inside; a stopped lane loses the time.
            for lane in range(crowd.lanes[station]):
                crowd.lane_free[station, lane] = max(crowd.lane_free[station, lane], now)
            was_held = was_held or crowd.queue[station] > 0
        elif crowd.waiting[station] >= 0 and crowd.lanes[station] > 0:
            _serve_lanes(rules, people, service, crowd, log, station, now, step)
        crowd.sorted_to[station] = crowd.last[station]
    if was_held:
        log.scalar[LOG_HOLD_S] += rules.step_s


@nb.njit(cache=True)
def _inside_on_links(net, crowd):
    inside = 0
    for link in range(net.is_inside.size):
        inside += crowd.people[link] * net.is_inside[link]
    return inside


@nb.njit(cache=True)
def _serve_lanes(rules, people, service, crowd, log, station, now, step):
    counters = crowd.counters
    pool = crowd.pool
    lane_free = crowd.lane_free
    lanes = crowd.lanes[station]
    row = np.int64(crowd.waiting[station])
    while row >= 0:
        lane = 0
        free_s = lane_free[station, 0]
        for other in range(1, lanes):
            if lane_free[station, other] < free_s:
                free_s = lane_free[station, other]
                lane = other
        joined_s = pool[row].at
        begin_s = joined_s if joined_s > free_s else free_s
        if begin_s > now:
            break
        person = np.int64(pool[row].person)
        stop = np.int64(pool[row].stop)
        counter = stop - people.first_stop[person]
        law = service.law[station]
        took_s = service_time(
            rules.seed, people.key[person], counter, law, service.mean_s[station], service.spread[station]
        )
        end_s = begin_s + took_s * crowd.slower[station]
        lane_free[station, lane] = end_s
        row = _note_service(crowd, log, station, row, person, joined_s, begin_s)
        counters[EVENTS] += 1
        if service.ends_entry[station] == 1:
            log.entry[person] = end_s - log.entry_joined[person]
        stays_s = end_s + people.stop[stop].dwell_s
        _stay_until(crowd, person, stop, stays_s, step, rules.step_s, rules.start_s)
    crowd.waiting[station] = row
    if row < 0:
        crowd.last[station] = -1


@nb.njit(cache=True)
def _note_service(crowd, log, station, row, person, joined_s, begin_s):
    counters = crowd.counters
    served = counters[SERVED]
    log.served_person[served] = person
    log.served_station[served] = station
    log.served_joined[served] = joined_s
    log.served_wait[served] = begin_s - joined_s
    counters[SERVED] = served + 1
    crowd.queue[station] -= 1
    after = np.int64(crowd.pool[row].next)
    crowd.pool[row].next = counters[POOL_FREE]
    counters[POOL_FREE] = row
    return after


@nb.njit(cache=True)
def _depart(service, people, crowd, log, station, now):
    """Every headway as many as have room leave for home, in order of joining."""
    while crowd.departs_at[station] <= now:
        leaves_s = crowd.departs_at[station]
        row = np.int64(crowd.waiting[station])
        places = service.batch[station] * crowd.lanes[station]
        while row >= 0 and places > 0 and crowd.pool[row].at <= leaves_s:
            person = np.int64(crowd.pool[row].person)
            if crowd.pool[row].flags & SAMPLED:
                _keep_move(crowd, log, person, leaves_s, 3, service.node[station])
            row = _note_service(crowd, log, station, row, person, crowd.pool[row].at, leaves_s)
            _go_home(crowd, log, person, leaves_s, service.node[station])
            places -= 1
        crowd.waiting[station] = row
        if row < 0:
            crowd.last[station] = -1
        crowd.departs_at[station] = leaves_s + service.headway_s[station] * crowd.slower[station]


@nb.njit(cache=True)
def release_queue(net, rules, people, service, crowd, log, station, now, step):
    """Send everybody who waits at a station on to their next stop; from security that is the way home."""
    counters = crowd.counters
    row = np.int64(crowd.waiting[station])
    while row >= 0:
        person = np.int64(crowd.pool[row].person)
        stop = np.int64(crowd.pool[row].stop)
        if service.starts_entry[station] == 1:
            log.end[person] = TURNED_AWAY_END
            log.entry_joined[person] = np.nan
            stop = np.int64(people.first_stop[person + 1]) - 2
        _stay_until(crowd, person, stop, now, step, rules.step_s, rules.start_s)
        after = np.int64(crowd.pool[row].next)
        crowd.pool[row].next = counters[POOL_FREE]
        counters[POOL_FREE] = row
        row = after
    crowd.waiting[station] = -1
    crowd.last[station] = -1
    crowd.sorted_to[station] = -1
    crowd.queue[station] = 0


@nb.njit(cache=True)
def evacuate_floors(net, rules, people, crowd, now, step, delay_s):
    """Send everybody who stays on a closed floor on: within twice ``delay_s``, each after a delay of their own."""
    found_person = np.empty(people.arrive_s.size, np.int32)
    found_stop = np.empty(people.arrive_s.size, np.int32)
    found = 0
    for due in range(step + 1, crowd.ends.size):
        at = np.int64(crowd.ends[due])
        while at >= 0:
            base = at & -8
            for place in range(at, base, -1):
                person = crowd.chunk[place].person
                if person >= 0 and crowd.closed[net.dest_node[people.stop[crowd.chunk[place].stop].dest]] == 1:
                    found_person[found] = person
                    found_stop[found] = crowd.chunk[place].stop
                    crowd.chunk[place].person = -1
                    found += 1
            at = np.int64(crowd.chunk[base].stop)
    for place in range(found):
        person = np.int64(found_person[place])
        delay = 2.0 * delay_s * uniform(rules.seed, people.key[person], EVACUATION, step)
        _stay_until(crowd, person, np.int64(found_stop[place]), now + delay, step, rules.step_s, rules.start_s)
