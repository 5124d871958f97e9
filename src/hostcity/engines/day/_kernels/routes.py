"""Next-hop tables: for every node and destination the best way out, the second best, and how many take it."""

from __future__ import annotations

import math

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, making_entry

#: A table entry: best way out | second << 5 | share of the second in 1/64 << 10. A way out is a place in net.out.
NO_WAY = 31
SHARE_SHIFT = 10
UNREACHABLE = 1e17


#: A share below 1/64 is none: 64 / (1 + exp(x)) is below 1 from here on.
NO_SHARE = math.log(63.0)
U = np.uintp


@kernel
def distances_to(dest, first_in, behind, cost_in, distance, heap_key, heap_node):
    """Fill ``distance[node]`` [s] to one destination: Dijkstra (1959) against the direction of the links.

    ``behind`` and ``cost_in`` lie beside ``net.into``: the node that a directed link leaves, and what it costs.
    """
    distance[:] = 1e18
    distance[dest] = 0.0
    size = 1
    heap_key[0] = 0.0
    heap_node[0] = dest
    while size > 0:
        key = heap_key[0]
        node = heap_node[0]
        size -= 1
        last_key = heap_key[U(size)]
        last_node = heap_node[U(size)]
        at = 0
        while True:
            child = 2 * at + 1
            if child >= size:
                break
            if child + 1 < size and heap_key[U(child + 1)] < heap_key[U(child)]:
                child += 1
            if heap_key[U(child)] >= last_key:
                break
            heap_key[U(at)] = heap_key[U(child)]
            heap_node[U(at)] = heap_node[U(child)]
            at = child
        heap_key[U(at)] = last_key
        heap_node[U(at)] = last_node
        if key > distance[U(node)]:
            continue
        for place in range(first_in[U(node)], first_in[U(node + 1)]):
            longer = key + cost_in[U(place)]
            back = behind[U(place)]
            if longer < distance[U(back)] and longer < UNREACHABLE:
                distance[U(back)] = longer
                at = size
                size += 1
                while at > 0:
                    parent = (at - 1) >> 1
                    if heap_key[U(parent)] <= longer:
                        break
                    heap_key[U(at)] = heap_key[U(parent)]
                    heap_node[U(at)] = heap_node[U(parent)]
                    at = parent
                heap_key[U(at)] = longer
                heap_node[U(at)] = back


@making_entry
def fill_table(net, cost, may_use, spread_s, table, walk_s):
    """Fill ``table[node, dest]`` (and ``walk_s[dest, node]`` when it has rows) for one class of people.

    A second way is taken only when it leads closer to the destination, so that nobody walks in circles
    (Dial's efficient links, 1971, doi 10.1016/0041-1647(71)90012-8), with a logit share of scale ``spread_s``.
    ``may_use`` [2L] says which directed links they may take.
    """
    nodes = net.first_out.size - 1
    ways = net.out.size
    first_out = net.first_out
    first_in = net.first_in
    behind = np.empty(ways, np.int32)
    beyond = np.empty(ways, np.int32)
    cost_in = np.empty(ways)
    cost_out = np.empty(ways)
    for place in range(ways):
        toward = net.into[place]
        behind[place] = net.start[toward >> 1] if toward & 1 == 0 else net.end[toward >> 1]
        cost_in[place] = cost[toward] if may_use[toward] == 1 else 2e18
        along = net.out[place]
        beyond[place] = net.end[along >> 1] if along & 1 == 0 else net.start[along >> 1]
        cost_out[place] = cost[along] if may_use[along] == 1 else 2e18
    distance = np.empty(nodes)
    room = ways + nodes + 16
    heap_key = np.empty(room)
    heap_node = np.empty(room, np.int32)
    column = np.empty((16, nodes), np.uint16)
    dests = net.dest_node.size
    for d in range(dests):
        distances_to(net.dest_node[d], first_in, behind, cost_in, distance, heap_key, heap_node)
        for node in range(nodes):
            best = 1e18
            second = 1e18
            best_place = NO_WAY
            second_place = NO_WAY
            here = distance[U(node)]
            first = first_out[U(node)]
            for place in range(first_out[U(node + 1)] - first):
                left = distance[U(beyond[U(first + place)])]
                total = left + cost_out[U(first + place)]
                if total >= UNREACHABLE or left >= here:
                    continue
                if total < best:
                    second = best
                    second_place = best_place
                    best = total
                    best_place = place
                elif total < second:
                    second = total
                    second_place = place
            share = 0
            if second - best < NO_SHARE * spread_s:
                share = int(64.0 / (1.0 + math.exp((second - best) / spread_s)))
            column[U(d & 15), U(node)] = best_place | second_place << 5 | share << SHARE_SHIFT
        # Sixteen columns at a time: one by one each entry would cost a cache line of its own.
        if d & 15 == 15 or d == dests - 1:
            for node in range(nodes):
                for back in range((d & 15) + 1):
                    table[U(node), U(d - (d & 15) + back)] = column[U(back), U(node)]
        if walk_s.shape[0] > 0:
            for node in range(nodes):
                walk_s[d, node] = min(distance[node], 1e9)
