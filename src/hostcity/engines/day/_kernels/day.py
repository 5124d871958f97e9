"""The day's loop: one step after the other, one compiled phase after the other."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.clocks import advance_clocks, record_links
from hostcity.engines.day._kernels.compiling import kernel, making_entry, making_kernel
from hostcity.engines.day._kernels.due import collect_due
from hostcity.engines.day._kernels.exits import serve_exits
from hostcity.engines.day._kernels.layout import (
    BAR_WAY,
    BLOCKED,
    CAME,
    CLOSE_FLOOR,
    GONE,
    LANDING,
    LOG_CONSERVATION_GAP,
    LOG_CONSERVATION_STEP,
    LOG_ROUTE_UPDATES,
    OPEN_FLOOR,
    OUT_OF_ARENA,
    RELEASE_QUEUE,
    ROUTED,
    SET_AREA,
    SET_LANES,
    SET_SERVICE,
    SET_SPREAD,
    SET_WIDTH,
)
from hostcity.engines.day._kernels.lines import line_up_anew
from hostcity.engines.day._kernels.refuges import count_evacuees, lead_to_refuges
from hostcity.engines.day._kernels.rotation import rotate
from hostcity.engines.day._kernels.routes import fill_table
from hostcity.engines.day._kernels.services import release_queue, serve
from hostcity.engines.day._kernels.sorting import BUCKETS
from hostcity.engines.day._kernels.stays import admit, end_stays, evacuate_floors
from hostcity.engines.day._kernels.stops import land

SLOT_S = 300.0
MINUTE_S = 60.0
WORTH_A_ROUTE = 0.2  # a re-route is made when some link's cost moved by more than this share


@making_entry
def play(net, rules, people, service, control, crowd, log, hops, speeds, first_step, last_step):
    """Play the steps from ``first_step`` to before ``last_step``. Stops early when the arena is full."""
    links = crowd.people.size
    free = np.empty(links)
    speed_step = np.empty(links, np.int64)
    buffer = np.empty(people.arrive_s.size + 8, np.int32)
    bounds = np.empty(3 * links + 3, np.int32)
    order = np.empty(people.arrive_s.size + 8, np.int32)
    order_key = np.empty(people.arrive_s.size + 8)
    ending = np.empty(people.arrive_s.size + 8, np.int32)
    ending_at = np.empty(people.arrive_s.size + 8)
    bucket_end = np.empty(BUCKETS + 1, np.int32)
    was_empty = False  # links are as after a step without people only from the second such step on
    for step in range(first_step, last_step):
        now = rules.start_s + (step + 1) * rules.step_s
        slot = min(int((step * rules.step_s) / SLOT_S), log.flow.shape[0] - 1)
        if control.alarm_from.size > 0:
            count_evacuees(net, control, crowd, log, hops, step, slot)
        if crowd.control[0] < control.at.size and control.at[crowd.control[0]] < now:
            apply_controls(net, rules, people, service, control, crowd, log, hops, now, step)
        admit(net, rules, people, crowd, log, hops, now, step)
        is_empty = crowd.counters[CAME] == crowd.counters[GONE]
        if not (is_empty and was_empty):
            advance_clocks(rules, crowd, speeds, free, speed_step)
            record_links(crowd.people, log.los_from, log.los, log.peak, log.peak_step, step)
            end_stays(net, rules, people, crowd, log, hops, now, step, ending, ending_at, bucket_end, order, order_key)
            collect_due(net, rules, crowd, log, people.stop, hops, now, step, slot, buffer, bounds, order, order_key)
            serve_exits(net, rules, crowd, log, people.stop, hops, now, step, slot)
            if crowd.counters[BLOCKED] > 1 and rules.rotation_share > 0.0:
                rotate(net, rules, crowd, log, hops, now, step, slot)
            if crowd.counters[OUT_OF_ARENA] == 1:
                return step
            if crowd.counters[LANDING] > 0:
                land(net, rules, people, service, crowd, log, hops, step)
            serve(net, rules, people, service, crowd, log, now, step)
            check_conservation(crowd, log, step)
        was_empty = is_empty
        minute = int((step + 1) * rules.step_s / MINUTE_S)
        if minute > int(step * rules.step_s / MINUTE_S):
            record_minute(crowd, log, minute - 1)
        if rules.route_update_steps > 0 and (step + 1) % rules.route_update_steps == 0:
            update_routes(net, rules, people.stop, control, crowd, log, hops, now, False)
    return last_step


@kernel
def check_conservation(crowd, log, step):
    """Everybody who came and is not gone is on a link or on a floor; the first step where not is kept."""
    here = 0
    for link in range(crowd.people.size):
        here += crowd.people[link]
    for node in range(crowd.floor.size):
        here += crowd.floor[node]
    gap = crowd.counters[CAME] - crowd.counters[GONE] - here
    if gap != 0 and log.scalar[LOG_CONSERVATION_GAP] == 0.0:
        log.scalar[LOG_CONSERVATION_STEP] = step
        log.scalar[LOG_CONSERVATION_GAP] = gap


@kernel
def record_minute(crowd, log, minute):
    """Keep the state at the end of a minute."""
    if minute >= log.way_minute.shape[0]:
        return
    for way in range(crowd.ways.size):
        log.way_minute[minute, way] = crowd.ways[way]
    for node in range(crowd.floor.size):
        log.floor_minute[minute, node] = crowd.floor[node]
    for station in range(crowd.queue.size):
        log.queue_minute[minute, station] = crowd.queue[station]
        log.lanes_minute[minute, station] = crowd.lanes[station]


@kernel
def apply_controls(net, rules, people, service, control, crowd, log, hops, now, step):
    """Carry out what the timeline says for the step that ends ``now``; what is due at its end belongs to the next."""
    done = crowd.control[0]
    rerouted = False
    evacuated = False
    while done < control.at.size and control.at[done] < now:
        what = control.what[done]
        target = control.target[done]
        value = control.value[done]
        if what == SET_LANES:
            set_lanes(crowd, target, int(value), control.at[done])
        elif what == SET_SERVICE:
            crowd.slower[target] = value
        elif what == SET_AREA:
            set_area(net, crowd, log, target, value, done, step)
        elif what == SET_WIDTH:
            set_width(net, rules, crowd, target, value)
            rerouted = True
        elif what == BAR_WAY:
            crowd.barred[target] = int(value)
            rerouted = True
        elif what == CLOSE_FLOOR:
            crowd.closed[target] += 1
            crowd.leave_s[target] = value
            evacuated = True
        elif what == SET_SPREAD:
            crowd.leave_spread[target] = value
        elif what == OPEN_FLOOR:
            crowd.closed[target] -= 1
        elif what == RELEASE_QUEUE:
            release_queue(net, rules, people, service, crowd, log, hops, target, now, step)
        done += 1
    crowd.control[0] = done
    if evacuated:
        evacuate_floors(net, rules, people, crowd, now, step)
    if rerouted:
        update_routes(net, rules, people.stop, control, crowd, log, hops, now - rules.step_s, True)


@kernel
def set_lanes(crowd, station, lanes, since):
    """Open or close lanes; a lane that opens is free from now on, one that closes ends the service it has begun."""
    for lane in range(crowd.lanes[station], lanes):
        crowd.lane_free[station, lane] = max(crowd.lane_free[station, lane], since)
    crowd.lanes[station] = lanes


@kernel
def set_area(net, crowd, log, link, share, row, step):
    """Leave only a share (above 0) of a link's floor and opening, and begin a new peak: densities are of what is left."""
    log.area_step[row] = step
    log.peak_till[row] = log.peak[link]
    log.peak_till_step[row] = log.peak_step[link]
    log.peak[link] = 0
    log.peak_step[link] = step
    crowd.area_m2[link] = net.area_m2[link] * share
    crowd.headway_s[link] = net.headway_s[link] / share
    for level in range(log.los_per_m2.size):
        log.los_from[level + 1, link] = int(np.ceil(log.los_per_m2[level] * crowd.area_m2[link] - 1e-9))


@kernel
def set_width(net, rules, crowd, link, share):
    """Let people enter only a share of a link's width; 0 closes it to those who are not on it yet."""
    crowd.width[link] = share
    room = max(2, int(rules.link_cap * (net.area_m2[link] * share))) if share > 0.0 else 0
    crowd.store[link] = room
    crowd.way_store[link] = max(1, int(room * rules.direction_share)) if share > 0.0 else 0
    crowd.metered[link] = max(1, int(room * rules.metering_share)) if share > 0.0 else 0


@making_kernel
def update_routes(net, rules, stops, control, crowd, log, hops, since, everybody):
    """Let one class of people (or everybody, when a way was closed, barred or opened) follow what the crowding is now."""
    worst = 0.0
    for along in range(2 * crowd.people.size):
        link = along >> 1
        seen = net.pace[along] / (1.34 * min(1.0, crowd.pace_now[link])) + crowd.queued[link] * crowd.headway_s[link]
        expected = (1.0 - rules.route_smoothing) * crowd.expected[along] + rules.route_smoothing * seen
        crowd.expected[along] = expected
        worst = max(worst, abs(expected - crowd.routed_at[along]) / crowd.routed_at[along])
    if worst <= WORTH_A_ROUTE and not everybody:
        return
    no_walks = np.empty((0, 0), np.float32)
    may_use = np.empty(crowd.ways.size, np.uint8)
    turn = int(log.scalar[LOG_ROUTE_UPDATES]) % rules.classes
    for profile in range(2):
        for along in range(may_use.size):
            is_open = crowd.width[along >> 1] > 0.0 and crowd.barred[along] == 0
            may_use[along] = 1 if is_open and (profile == 0 or net.step_free[along >> 1] == 1) else 0
        if profile == 1 and not rules.has_step_free:
            break
        if crowd.counters[ROUTED] == 0:
            for group in range(1, rules.classes):
                hops[profile * rules.classes + group] = hops[profile * rules.classes]
        for group in range(rules.classes):
            if everybody or group == turn:
                fill_table(
                    net, crowd.expected, may_use, rules.route_spread_s, hops[profile * rules.classes + group], no_walks
                )
                if profile == 1 and control.refuge.size > 0:
                    lead_to_refuges(net, control, crowd.expected, may_use, hops[profile * rules.classes + group])
    if crowd.counters[ROUTED] == 0:
        crowd.counters[ROUTED] = 1
        for table in range(crowd.table_now.size):
            crowd.table_now[table] = table
    for along in range(crowd.routed_at.size):
        crowd.routed_at[along] = crowd.expected[along]
    log.scalar[LOG_ROUTE_UPDATES] += 1.0
    line_up_anew(net, rules, crowd, hops, stops, since)
