"""The network of a plan as people choose their way on it: directed pieces, and the shortest way to every destination."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs.states import Ways
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Link

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNREACHED = 1e17


@dataclass(frozen=True, eq=False)
class SignNetwork:
    """Nodes and directed pieces of way. ``N`` nodes, ``E`` pieces, ``T`` destinations.

    Links side by side between the same nodes (stairs, escalator, lift) are one piece, as long as the shortest: who takes
    another of them does not go wrong. Lengths are of level ground that takes as long to walk.
    """

    plan: Plan
    ways: Ways
    destinations: tuple[str, ...]  # SHEET.KEY, as of lines on faces
    is_there: NDArray[np.bool_]  # [T, N]
    distance_m: Floats  # [T, N] from a node; inf = there is no way
    towards: Ints  # [T, N] the piece that the shortest way takes; -1 = there, or no way

    @cached_property
    def node_of(self) -> dict[str, int]:
        """Number of each node."""
        return {node.code: number for number, node in enumerate(self.plan.nodes)}

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Number of each destination."""
        return {name: number for number, name in enumerate(self.destinations)}

    @cached_property
    def level_of(self) -> NDArray[np.int64]:
        """Level of each node, as its number in the plan."""
        number = {level.code: at for at, level in enumerate(self.plan.levels)}
        return np.array([number[node.level] for node in self.plan.nodes])

    @cached_property
    def places_m(self) -> Floats:
        """Where nodes are: ``float64[N, 2]``."""
        return np.stack([self.ways.x_m, self.ways.y_m], axis=1)

    @cached_property
    def next_piece(self) -> Ints:
        """The right way on from the end of each piece; -1 = there, or none: ``int64[T, E]``."""
        return np.where(self.is_there[:, self.ways.head], -1, self.towards[:, self.ways.head])


def density_of(network: SignNetwork, density_per_m2: Floats) -> Floats:
    """The density on each piece, from that on each link of the plan; of links side by side the highest: ``float64[E]``."""
    found: dict[tuple[int, int], float] = {}
    for link, density in zip(network.plan.links, density_per_m2.tolist(), strict=True):
        start, end = network.node_of[link.start], network.node_of[link.end]
        for pair in ((start, end), (end, start)):
            found[pair] = max(found.get(pair, 0.0), density)
    pairs = zip(network.ways.tail.tolist(), network.ways.head.tolist(), strict=True)
    return np.array([found.get(pair, 0.0) for pair in pairs])


def network_of(plan: Plan, destinations: tuple[str, ...]) -> SignNetwork:
    """The network, with the shortest way from every node to every destination."""
    ways = _ways_of(plan)
    is_there = np.array([places_of(plan, each) for each in destinations], bool).reshape(
        len(destinations), len(plan.nodes)
    )
    distance_m, towards = _shortest(ways, is_there)
    return SignNetwork(plan, ways, destinations, is_there, distance_m, towards)


def places_of(plan: Plan, destination: str) -> list[bool]:
    """Which nodes are a destination: of an area those in it, of an amenity those where one is, or the nearest to it."""
    sheet, _, key = destination.partition(".")
    if sheet == "areas":
        return [node.area == key for node in plan.nodes]
    if sheet == "nodes":
        return [node.code == key for node in plan.nodes]
    found = {station.node for station in plan.stations if station.service == key}
    for amenity in plan.amenities:
        if amenity.kind == key and not amenity.station:
            near = [
                ((node.x_m - amenity.x_m) ** 2 + (node.y_m - amenity.y_m) ** 2, node.code)
                for node in plan.nodes if node.area == amenity.area
            ]  # fmt: skip
            found |= {min(near)[1]} if near else set()
    return [node.code in found for node in plan.nodes]


def _ways_of(plan: Plan) -> Ways:
    node_of = {node.code: number for number, node in enumerate(plan.nodes)}
    inside = {area.code: bool(area.inside) for area in plan.areas}
    length: dict[tuple[int, int], float] = {}
    for link, there, back in _paces(plan):
        pair = node_of[link.start], node_of[link.end]
        length[pair] = min(length.get(pair, np.inf), there)
        if not link.one_way:
            length[pair[::-1]] = min(length.get(pair[::-1], np.inf), back)
    arrived = {head for _, head in length}
    sources = [number for number in range(len(plan.nodes)) if number not in arrived]
    tail = np.array([each for each, _ in length] + [-1] * len(sources), np.int64)
    head = np.array([each for _, each in length] + sources, np.int64)
    x_m, y_m = (np.array([getattr(node, name) for node in plan.nodes]) for name in ("x_m", "y_m"))
    east, north = (np.where(tail >= 0, at[head] - at[tail], 0.0) for at in (x_m, y_m))
    far = np.hypot(east, north)
    unit = np.divide(1.0, far, out=np.zeros_like(far), where=far > 0)
    is_inside = np.array([inside[node.area] for node in plan.nodes])
    return Ways(
        x_m=x_m, y_m=y_m, tail=tail, head=head, east=east * unit, north=north * unit,
        length_m=np.array([*length.values(), *([0.0] * len(sources))]),
        may_stray=~(is_inside[tail] & ~is_inside[head]),  # nobody walks out of the gates by mistake
    )  # fmt: skip


def _paces(plan: Plan) -> Iterator[tuple[Link, float, float]]:
    """Each link, and its length there and back, as long on level ground as it takes to walk."""
    kind_of = {each.code: each for each in plan.link_kinds}
    height = {level.code: level.elevation_m for level in plan.levels}
    height_of = {node.code: height[node.level] for node in plan.nodes}
    for link in plan.links:
        rise = height_of[link.end] - height_of[link.start]
        if link.kind not in kind_of or rise == 0:
            yield link, link.length_m, link.length_m
            continue
        up, down = (link.length_m / getattr(kind_of[link.kind], name) for name in ("speed_up", "speed_down"))
        yield (link, up, down) if rise > 0 else (link, down, up)


def _shortest(ways: Ways, is_there: NDArray[np.bool_]) -> tuple[Floats, Ints]:
    """Distances to destinations, and the first piece of each way: as Bellman and Ford, for all destinations at once."""
    destinations, nodes = is_there.shape
    walked = np.flatnonzero(ways.tail >= 0)
    order = walked[np.lexsort((ways.head[walked], ways.tail[walked]))]
    tails, first = np.unique(ways.tail[order], return_index=True)
    distance_m = np.where(is_there, 0.0, UNREACHED)
    length_m = ways.lengths_m[order]
    for _ in range(nodes):
        over = distance_m[:, ways.head[order]] + length_m
        best = np.minimum.reduceat(over, first, axis=1) if order.size else over
        nearer = np.minimum(distance_m[:, tails], best)
        if (nearer == distance_m[:, tails]).all():
            break
        distance_m[:, tails] = nearer
    over = distance_m[:, ways.head[order]] + length_m
    towards = np.full((destinations, nodes), -1)
    last = [*first[1:].tolist(), order.size]
    for tail, begin, end in zip(tails.tolist(), first.tolist(), last, strict=True):
        chosen = over[:, begin:end].argmin(axis=1)
        towards[:, tail] = np.where(distance_m[:, tail] < UNREACHED, order[begin + chosen], -1)
    towards[is_there] = -1
    return np.where(distance_m < UNREACHED, distance_m, np.inf), towards
