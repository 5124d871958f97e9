"""Where nobody may walk while areas are evacuated, and which checks have nothing behind them to let people in to."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator

from hostcity.plan.closings import CLOSING, closes, share_left
from hostcity.plan.evacuations import assigned_ways, ways_out
from hostcity.plan.lanes import holds
from hostcity.plan.plan import Plan


def evacuated_nodes(plan: Plan, at: float) -> frozenset[str]:
    """Nodes of all areas that are evacuated at a time."""
    areas = {
        event.target
        for event in plan.timeline
        if event.action == "evacuate" and event.starts_at <= at and (event.ends_at is None or at < event.ends_at)
    }
    return frozenset(node.code for node in plan.nodes if node.area in areas) if areas else frozenset()


def barred_ways(plan: Plan, at: float) -> frozenset[int]:
    """Directed links by which nobody enters an evacuated area at a time; from one such area to the next people may go."""
    evacuated = evacuated_nodes(plan, at)
    if not evacuated:
        return frozenset()
    into = frozenset(
        way
        for link, row in enumerate(plan.links)
        for way, behind, beyond in ((2 * link, row.start, row.end), (2 * link + 1, row.end, row.start))
        if beyond in evacuated and behind not in evacuated
    )
    alarms = [event for event in plan.timeline if event.action == "evacuate" and holds(event, at)]
    elsewhere = frozenset(
        way
        for alarm in alarms if alarm.to
        for way, *_ in ways_out(plan, alarm.target) if way not in assigned_ways(plan, alarm)
    )  # fmt: skip
    barred = into | elsewhere
    of_nearest = {alarm.target for alarm in alarms if alarm.exits == "nearest"}
    if not of_nearest:
        return barred
    refuges = frozenset(code for alarm in alarms for code in alarm.refuge)
    return barred | _past_the_nearest(plan, at, evacuated, barred, of_nearest, refuges)


def _past_the_nearest(
    plan: Plan, at: float, evacuated: frozenset[str], barred: frozenset[int], areas: set[str], refuges: frozenset[str]
) -> frozenset[int]:
    """Directed links of areas that are left by the nearest exit which lie on nobody's shortest way out.

    The shortest way with stairs and the shortest without stay open, and that to the nearest refuge.
    """
    area_of = {node.code: node.area for node in plan.nodes}
    ways = [each for each in _open_ways(plan, at) if each[0] not in barred and each[1] in evacuated]
    outside = frozenset(beyond for _, _, beyond, _ in ways) - evacuated
    kept = _shortest_ways(ways, outside)
    step_free = {kind.code for kind in plan.link_kinds if kind.step_free} | {
        link.kind for link in plan.links if link.kind not in {kind.code for kind in plan.link_kinds}
    }
    without_steps = [each for each in ways if plan.links[each[0] >> 1].kind in step_free]
    kept |= _shortest_ways(without_steps, outside) | _shortest_ways(without_steps, refuges)
    return frozenset(way for way, behind, *_ in ways if area_of[behind] in areas and way not in kept)


def _open_ways(plan: Plan, at: float) -> Iterator[tuple[int, str, str, float]]:
    """Directed links that nothing closes at a time: 2l forward or 2l + 1 backward, from, to, and meters of level walking."""
    closed = {
        event.target
        for event in plan.timeline
        if event.action in CLOSING and share_left(event) == 0.0 and holds(event, at)
    }
    kinds = {kind.code: kind for kind in plan.link_kinds}
    elevation = {level.code: level.elevation_m for level in plan.levels}
    height = {node.code: elevation[node.level] for node in plan.nodes}
    for link, row in enumerate(plan.links):
        if any(closes(code, row.code) for code in closed):
            continue
        kind, rise = kinds.get(row.kind), height[row.end] - height[row.start]
        up, down = (kind.speed_up, kind.speed_down) if kind else (1.0, 1.0)
        yield 2 * link, row.start, row.end, row.length_m / (up if rise > 0 else down if rise < 0 else min(up, down))
        if not row.one_way:
            back = up if rise < 0 else down if rise > 0 else min(up, down)
            yield 2 * link + 1, row.end, row.start, row.length_m / back


def _shortest_ways(ways: list[tuple[int, str, str, float]], goals: frozenset[str]) -> set[int]:
    """The first directed link of everybody's shortest way to the nearest of some nodes, and those beside it.

    Dijkstra (1959), from the goals. Stairs beside an escalator are one exit.
    """
    into: defaultdict[str, list[tuple[float, int, str, str]]] = defaultdict(list)
    for way, behind, beyond, length_m in ways:
        into[beyond].append((length_m, way, behind, beyond))
    waiting = [each for goal in sorted(goals) for each in into[goal] if each[2] not in goals]
    heapq.heapify(waiting)
    next_of: dict[str, str] = {}
    while waiting:
        away_m, _, node, beyond = heapq.heappop(waiting)
        if node not in next_of and node not in goals:
            next_of[node] = beyond
            for length_m, way, behind, _ in into[node]:
                heapq.heappush(waiting, (away_m + length_m, way, behind, node))
    return {way for way, behind, beyond, _ in ways if next_of.get(behind) == beyond}


def is_cut_off(plan: Plan, node: str, at: float) -> bool:
    """Whether alarms leave nothing to go to for people at a node: all halls are evacuated, or lie behind what is."""
    evacuated = evacuated_nodes(plan, at)
    if not evacuated:
        return False
    drawn = {row.area for row in plan.attractions if row.weight > 0} | {row.area for row in plan.appointments}
    goals = {each.code for each in plan.nodes if each.area in drawn} - evacuated
    beyond: defaultdict[str, list[str]] = defaultdict(list)
    for row in plan.links:
        beyond[row.start].append(row.end)
        if not row.one_way:
            beyond[row.end].append(row.start)
    seen, waiting = {node}, [node]
    while waiting:
        here = waiting.pop()
        if here in goals:
            return False
        for there in beyond[here]:
            if there not in seen and (there not in evacuated or here in evacuated):
                seen.add(there)
                waiting.append(there)
    return True
