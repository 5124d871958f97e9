"""Evacuated areas: how many are left in them, and where those wait who have no step-free way out."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, making_kernel
from hostcity.engines.day._kernels.layout import TABLE_MASK, TABLE_SHIFT
from hostcity.engines.day._kernels.routes import NO_WAY, UNREACHABLE, distances_to


@kernel
def count_evacuees(net, control, crowd, log, hops, step, slot):
    """Count who is in the evacuated areas at the beginning of a step, where it is time to."""
    for alarm in range(control.alarm_from.size):
        begins, ends = control.alarm_from[alarm], control.alarm_to[alarm]
        if step < begins or step > ends:
            continue
        if step == begins:
            for way in range(crowd.ways.size):
                log.alarm_flow[alarm, 0, way] = log.flow[slot, way]
        if step == ends:
            for way in range(crowd.ways.size):
                log.alarm_flow[alarm, 1, way] = log.flow[slot, way]
        if (step - begins) % control.alarm_every == 0:
            _count(net, control, crowd, log, hops, alarm, (step - begins) // control.alarm_every)


@kernel
def _count(net, control, crowd, log, hops, alarm, sample):
    area = control.alarm_area[alarm]
    persons, waiting = 0, 0
    for way in range(crowd.ways.size):
        if control.area_of_way[way] == area:
            persons += crowd.ways[way]
    for node in range(crowd.floor.size):
        if control.area_of_node[node] == area:
            persons += crowd.floor[node]
    for place in range(control.refuge.size):
        node = control.refuge[place]
        if control.area_of_node[node] == area:
            waiting += _without_a_way(net, crowd, hops, 4 * crowd.people.size + node, node)
            for into in range(net.first_in[node], net.first_in[node + 1]):  # and at its doors
                waiting += _without_a_way(net, crowd, hops, net.into[into], node)
    log.clearing[alarm, sample] = persons - waiting
    log.in_refuge[alarm, sample] = waiting


@kernel
def _without_a_way(net, crowd, hops, queue, node):
    """People of a queue whom nothing leads on from a node."""
    found = 0
    row = np.int64(crowd.head[queue])
    while row >= 0:
        table = crowd.table_now[(crowd.pool[row].flags >> TABLE_SHIFT) & TABLE_MASK]
        dest = crowd.pool[row].dest
        if dest != net.dest_of[node] and np.int64(hops[table, node, dest]) & NO_WAY == NO_WAY:
            found += 1
        row = np.int64(crowd.pool[row].next)
    return found


@making_kernel
def lead_to_refuges(net, control, cost, may_use, table):
    """Let whoever has no way home go to the nearest refuge, and wait there: routes home change when there is one again."""
    nodes = net.first_out.size - 1
    ways = net.out.size
    behind = np.empty(ways, np.int32)
    cost_in = np.empty(ways)
    for place in range(ways):
        toward = net.into[place]
        behind[place] = net.start[toward >> 1] if toward & 1 == 0 else net.end[toward >> 1]
        cost_in[place] = cost[toward] if may_use[toward] == 1 else 2e18
    nearest = np.full(nodes, 1e18)
    distance = np.empty(nodes)
    heap_key = np.empty(ways + nodes + 16)
    heap_node = np.empty(ways + nodes + 16, np.int32)
    for refuge in control.refuge:
        distances_to(refuge, net.first_in, behind, cost_in, distance, heap_key, heap_node)
        for node in range(nodes):
            nearest[node] = min(nearest[node], distance[node])
    for node in range(nodes):
        if nearest[node] == 0.0 or nearest[node] >= UNREACHABLE:
            continue
        first = net.first_out[node]
        best, best_place = 1e18, NO_WAY
        for place in range(net.first_out[node + 1] - first):
            along = net.out[first + place]
            beyond = net.end[along >> 1] if along & 1 == 0 else net.start[along >> 1]
            total = nearest[beyond] + cost[along]
            if may_use[along] == 1 and nearest[beyond] < nearest[node] and total < best:
                best, best_place = total, place
        for dest in range(net.dest_node.size):
            if control.is_home[dest] == 1 and table[node, dest] & NO_WAY == NO_WAY and net.dest_node[dest] != node:
                table[node, dest] = best_place | NO_WAY << 5
