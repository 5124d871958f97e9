"""Who comes, and whose stay or service ends: they set out for their next stop."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.acts import stay_until
from hostcity.engines.day._kernels.compiling import kernel, making_kernel, spliced
from hostcity.engines.day._kernels.draws import EVACUATION, setting_off
from hostcity.engines.day._kernels.hardware import touch
from hostcity.engines.day._kernels.layout import (
    APPOINTMENT,
    CAME,
    CHUNK_FREE,
    LEAVE_UNIT_S,
    NEVER,
    TABLE_MASK,
    TABLE_SHIFT,
)
from hostcity.engines.day._kernels.lines import join_line, set_out
from hostcity.engines.day._kernels.sorting import sort_by_time

U = np.uintp
DRAW_KEY_BYTES, HOP_BYTES, STOP_BYTES, WALKER_BYTES = 8, 2, 8, 8


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
        stay_until(crowd.counters, chunk, crowd.ends, rules, person, np.int64(found_stop[place]), at_s, step)
