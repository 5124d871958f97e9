"""Next-hop tables: for every node and destination the best way out, the second best, and how many take it."""

from __future__ import annotations

import math

import numba as nb
import numpy as np

#: A table entry: best way out | second << 5 | share of the second in 1/64 << 10. A way out is a place in net.out.
NO_WAY = 31
SHARE_SHIFT = 10
UNREACHABLE = 1e17


@nb.njit(cache=True)
def distances_to(dest, net, cost, may_use, distance, heap_key, heap_node):
    """Fill ``distance[node]`` [s] to one destination: Dijkstra (1959) against the direction of the links."""
    distance[:] = 1e18
    distance[dest] = 0.0
    size = 1
    heap_key[0] = 0.0
    heap_node[0] = dest
    while size > 0:
        key = heap_key[0]
        node = heap_node[0]
        size -= 1
        last_key = heap_key[size]
        last_node = heap_node[size]
        at = 0
        while True:
            child = 2 * at + 1
            if child >= size:
                break
            if child + 1 < size and heap_key[child + 1] < heap_key[child]:
                child += 1
            if heap_key[child] >= last_key:
                break
            heap_key[at] = heap_key[child]
            heap_node[at] = heap_node[child]
            at = child
        heap_key[at] = last_key
        heap_node[at] = last_node
        if key > distance[node]:
            continue
        for place in range(net.first_in[node], net.first_in[node + 1]):
            toward = net.into[place]  # directed link that ends here
            link = toward >> 1
            if may_use[link] == 0:
                continue
            behind = net.start[link] if toward & 1 == 0 else net.end[link]
            longer = key + cost[toward]
            if longer < distance[behind] and longer < UNREACHABLE:
                distance[behind] = longer
                at = size
                size += 1
                while at > 0:
                    parent = (at - 1) >> 1
                    if heap_key[parent] <= longer:
                        break
                    heap_key[at] = heap_key[parent]
                    heap_node[at] = heap_node[parent]
                    at = parent
                heap_key[at] = longer
                heap_node[at] = behind


@nb.njit(inline="always")
def _through(net, cost, may_use, distance, along):
    link = along >> 1
    if may_use[link] == 0:
        return 2e18
    return cost[along] + distance[net.end[link] if along & 1 == 0 else net.start[link]]


@nb.njit(cache=True)
def fill_table(net, cost, may_use, spread_s, table, walk_s):
    """Fill ``table[node, dest]`` (and ``walk_s[dest, node]`` when it has rows) for one class of people.

    A second way is taken only when it leads closer to the destination, so that nobody walks in circles
    (Dial's efficient links, 1971, doi 10.1016/0041-1647(71)90012-8), with a logit share of scale ``spread_s``.
    """
    nodes = net.first_out.size - 1
    distance = np.empty(nodes)
    room = 2 * net.start.size + nodes + 16
    heap_key = np.empty(room)
    heap_node = np.empty(room, np.int32)
    for d in range(net.dest_node.size):
        distances_to(net.dest_node[d], net, cost, may_use, distance, heap_key, heap_node)
        for node in range(nodes):
            best = 1e18
            second = 1e18
            best_place = NO_WAY
            second_place = NO_WAY
            first = net.first_out[node]
            for place in range(net.first_out[node + 1] - first):
                total = _through(net, cost, may_use, distance, net.out[first + place])
                if total < best and total < UNREACHABLE:
                    best = total
                    best_place = place
            for place in range(net.first_out[node + 1] - first):
                along = net.out[first + place]
                total = _through(net, cost, may_use, distance, along)
                is_closer = total - cost[along] < distance[node]
                if place != best_place and is_closer and total < second and total < UNREACHABLE:
                    second = total
                    second_place = place
            share = 0
            if second_place != NO_WAY and spread_s > 0.0:
                share = int(64.0 / (1.0 + math.exp(min(50.0, (second - best) / spread_s))))
            table[node, d] = best_place | second_place << 5 | share << SHARE_SHIFT
        if walk_s.shape[0] > 0:
            for node in range(nodes):
                walk_s[d, node] = min(distance[node], 1e9)
