"""Where nobody may walk while areas are evacuated, and which checks have nothing behind them to let people in to."""

from __future__ import annotations

from collections import defaultdict

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
    ways = (
        way
        for link, row in enumerate(plan.links)
        for way, behind, beyond in ((2 * link, row.start, row.end), (2 * link + 1, row.end, row.start))
        if beyond in evacuated and behind not in evacuated
    )
    return frozenset(ways)


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
