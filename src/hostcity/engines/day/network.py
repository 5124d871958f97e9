"""The walkable network of a plan as arrays."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day._kernels import routes
from hostcity.engines.day._kernels.layout import Net
from hostcity.plan.plan import Plan

WALK_M_PER_S = 1.34  # free speed for which costs of routes are computed
UNBOUNDED = 1 << 30
FLOOR_FLOW_PER_S = 20.0  # the openings themselves hold people back; a floor only orders them
MOST_WAYS_OUT = 31  # a next-hop entry has five bits for a way out


def code_key(code: str) -> int:
    """A stable 64-bit number of a code, so that draws do not depend on the order of rows."""
    return int.from_bytes(hashlib.blake2b(code.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """A plan's network: the kernel's arrays, and what results need besides."""

    net: Net
    node_of: dict[str, int]
    link_of: dict[str, int]
    area_of_node: NDArray[np.int32]
    area_of_way: NDArray[
        np.int32
    ]  # [2L] area that people on a directed link come from, and count in until they leave it
    is_bounded: NDArray[np.bool_]  # [N] the floor has a cap
    link_width_m: NDArray[np.float64]


def build_network(plan: Plan, dest_nodes: NDArray[np.int32]) -> Network:
    """The network of ``plan`` with ``dest_nodes`` as its destinations. Expects a plan without problems."""
    rules = plan.rules
    node_of = {node.code: at for at, node in enumerate(plan.nodes)}
    area_at = {area.code: at for at, area in enumerate(plan.areas)}
    kind_of = {kind.code: kind for kind in plan.link_kinds}
    elevation = {level.code: level.elevation_m for level in plan.levels}
    start = np.array([node_of[link.start] for link in plan.links], np.int32)
    end = np.array([node_of[link.end] for link in plan.links], np.int32)
    length_m = np.array([link.length_m for link in plan.links])
    width_m = np.array([link.width_m for link in plan.links])
    door_m = np.array([link.door_m if link.door_m is not None else link.width_m for link in plan.links])
    flow_share = np.array([kind_of[link.kind].flow_share if link.kind in kind_of else 1.0 for link in plan.links])
    pace = np.empty(2 * len(plan.links))
    for at, link in enumerate(plan.links):
        kind = kind_of.get(link.kind)
        rise = elevation[plan.nodes[end[at]].level] - elevation[plan.nodes[start[at]].level]
        up, down = (kind.speed_up, kind.speed_down) if kind else (1.0, 1.0)
        pace[2 * at] = link.length_m / (up if rise > 0 else down if rise < 0 else min(up, down))
        pace[2 * at + 1] = link.length_m / (down if rise > 0 else up if rise < 0 else min(up, down))
    area_m2 = length_m * width_m
    area_of_node = np.array([area_at[node.area] for node in plan.nodes], np.int32)
    is_inside_area = np.array([area.inside for area in plan.areas])
    is_hall_area = np.array([area.kind == "hall" for area in plan.areas])
    is_bounded = np.array([node.floor_m2 is not None for node in plan.nodes])
    floor_m2 = np.array([node.floor_m2 or 0.0 for node in plan.nodes])
    floor_store = np.where(is_bounded, np.maximum(1, np.floor(rules.area_cap_per_m2 * floor_m2)), UNBOUNDED)
    one_way = np.array([link.one_way for link in plan.links], bool)
    first_out, out = _by_node(len(plan.nodes), start, end, one_way, leaving=True)
    first_in, into = _by_node(len(plan.nodes), start, end, one_way, leaving=False)
    dest_of = np.full(len(plan.nodes), -1, np.int16)
    dest_of[dest_nodes] = np.arange(dest_nodes.size)
    net = Net(
        start=start,
        end=end,
        length_m=length_m,
        area_m2=area_m2,
        pace=pace,
        headway_s=1.0 / (rules.flow_per_m_per_s * flow_share * door_m),
        store=link_room(rules.link_cap_per_m2, area_m2),
        row_width=np.clip(width_m / rules.front_row_m, 1, 24).astype(np.int32),
        is_inside=(is_inside_area[area_of_node[start]] & is_inside_area[area_of_node[end]]).astype(np.uint8),
        first_out=first_out,
        out=out,
        first_in=first_in,
        into=into,
        dest_of=dest_of,
        dest_node=dest_nodes.astype(np.int32),
        floor_store=floor_store.astype(np.int32),
        is_hall=is_hall_area[area_of_node].astype(np.uint8),
        is_outside=(~is_bounded).astype(np.uint8),
        node_key=np.array([code_key(node.code) for node in plan.nodes], np.uint64),
        step_free=np.array([kind_of[k.kind].step_free if k.kind in kind_of else True for k in plan.links], np.uint8),
    )
    return Network(
        net=net,
        node_of=node_of,
        link_of={link.code: at for at, link in enumerate(plan.links)},
        area_of_node=area_of_node,
        area_of_way=area_of_node[np.stack([start, end], axis=1).ravel()],
        is_bounded=is_bounded,
        link_width_m=width_m,
    )


def link_room(cap_per_m2: float, area_m2: NDArray[np.float64]) -> NDArray[np.int32]:
    """Persons who may be on links of an area (R1): two find a place on the shortest."""
    room: NDArray[np.int32] = np.maximum(2, np.floor(cap_per_m2 * area_m2)).astype(np.int32)
    return room


def _by_node(
    nodes: int, start: NDArray[np.int32], end: NDArray[np.int32], one_way: NDArray[np.bool_], *, leaving: bool
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Directed links grouped by the node that they leave (or reach): where each group begins, and the links."""
    links = np.arange(start.size)
    along = np.concatenate([2 * links, 2 * links[~one_way] + 1])
    at = np.where(along & 1 == 0, start[along >> 1], end[along >> 1])
    beyond = np.where(along & 1 == 0, end[along >> 1], start[along >> 1])
    node = at if leaving else beyond
    order = np.lexsort((along, node))
    first = np.concatenate([[0], np.cumsum(np.bincount(node, minlength=nodes))])
    if leaving and int(np.diff(first).max(initial=0)) > MOST_WAYS_OUT:
        raise ValueError(f"node {int(np.argmax(np.diff(first)))} has more than {MOST_WAYS_OUT} ways out")
    return first.astype(np.int32), along[order].astype(np.int32)


def line_headways_s(net: Net) -> NDArray[np.float64]:
    """Time between two people who leave a line on a floor [2L + N]: for each directed link, and for who needs none.

    As many as the opening of the link lets through, 20 a second at least.
    """
    onto_links = np.minimum(net.headway_s, 1.0 / FLOOR_FLOW_PER_S)
    return np.concatenate([np.repeat(onto_links, 2), np.full(net.floor_store.size, 1.0 / FLOOR_FLOW_PER_S)])


def free_costs(net: Net) -> NDArray[np.float64]:
    """Seconds that each directed link costs when nobody is there."""
    return net.pace / WALK_M_PER_S


def first_tables(
    net: Net, *, classes: int, spread_s: float, has_step_free: bool
) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
    """Next-hop tables of an empty venue for both profiles, and walking times.

    Returns
    -------
    hops : uint16[2 * classes, N, D]
        Only the first table of each profile is filled: the others are when the first re-route needs them.
    walk_s : float32[D, N]
        Walking time from a node to a destination on level ground speed. [s]
    """
    nodes = net.first_out.size - 1
    # Memory of a table that is never filled is never taken.
    hops = np.empty((2 * classes, nodes, net.dest_node.size), np.uint16)
    walk_s = np.empty((net.dest_node.size, nodes), np.float32)
    cost = free_costs(net)
    routes.fill_table(net, cost, np.ones(2 * net.start.size, np.uint8), spread_s, hops[0], walk_s)
    if has_step_free:
        routes.fill_table(net, cost, np.repeat(net.step_free, 2), spread_s, hops[classes], np.empty((0, 0), np.float32))
    return hops, walk_s


def step_free_walks(net: Net, spread_s: float) -> NDArray[np.float32]:
    """The walking times of `first_tables` for those who take no stairs."""
    nodes, dests = net.first_out.size - 1, net.dest_node.size
    walk_s = np.empty((dests, nodes), np.float32)
    may_use = np.repeat(net.step_free, 2)
    routes.fill_table(net, free_costs(net), may_use, spread_s, np.empty((nodes, dests), np.uint16), walk_s)
    return walk_s
