"""Can everybody get where they want to go, and home again?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem

RowOf = Callable[[str, int], int]


class _Ways:
    """Which nodes can be walked to, on all links or on step-free ones only."""

    def __init__(self, plan: Plan, *, step_free: bool) -> None:
        barred = {kind.code for kind in plan.link_kinds if step_free and not kind.step_free}
        self.out: dict[str, list[str]] = defaultdict(list)
        self.back: dict[str, list[str]] = defaultdict(list)
        for link in plan.links:
            if link.kind not in barred:
                self.out[link.start].append(link.end)
                self.back[link.end].append(link.start)
                if not link.one_way:
                    self.out[link.end].append(link.start)
                    self.back[link.start].append(link.end)
        self.known: dict[tuple[str, bool], set[str]] = {}

    def from_node(self, node: str) -> set[str]:
        return self._joined(node, self.out, back=False)

    def to_node(self, node: str) -> set[str]:
        return self._joined(node, self.back, back=True)

    def _joined(self, node: str, ways: dict[str, list[str]], *, back: bool) -> set[str]:
        if (node, back) not in self.known:
            seen, waiting = {node}, [node]
            while waiting:
                for beyond in ways[waiting.pop()]:
                    if beyond not in seen:
                        seen.add(beyond)
                        waiting.append(beyond)
            self.known[node, back] = seen
        return self.known[node, back]


def reach_problems(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Gates, halls, services and ways home that people of some stream cannot reach."""
    all_ways, step_free_ways = _Ways(plan, step_free=False), _Ways(plan, step_free=True)
    needs_step_free = {group.code for group in plan.groups if group.step_free}
    told: set[tuple[str, str]] = set()
    for index, stream in enumerate(plan.streams):
        if not stream.persons:
            continue
        groups = {mix.group for mix in plan.mixes if mix.stream == stream.code and mix.weight > 0}
        row = row_of("streams", index)
        for how, ways, who in (
            ("", all_ways, groups - needs_step_free),
            (" without steps", step_free_ways, groups & needs_step_free),
        ):
            if who:
                yield from _of_stream(plan, stream.code, row, how, ways, who, told, row_of)


def _of_stream(
    plan: Plan, code: str, row: int, how: str, ways: _Ways, who: set[str], told: set[tuple[str, str]], row_of: RowOf
) -> Iterator[Problem]:
    stream = next(each for each in plan.streams if each.code == code)
    gates = {each.gate for each in plan.approaches if each.stream == code and each.weight > 0}
    checks = {each.code: each.node for each in plan.stations if each.gate in gates and each.service == "security"}
    reached = ways.from_node(stream.node)
    mend = "Join them by links in sheet links, or mend the direction of a one-way link."
    for station, node in checks.items():
        if node not in reached:
            what = f"{code} cannot reach {station}{how} from {stream.node}."
            yield Problem(
                code=f"streams.node.no_way{'_step_free' if how else ''}",
                sheet="streams",
                row=row,
                column="node",
                what=what,
                mend=mend,
            )
    inside = next(iter(checks.values()), stream.node)
    open_to = ways.from_node(inside)
    home = next((each.node for each in plan.stations if each.code == stream.leaves_by), stream.node)
    for sheet, place, nodes, number in _wanted(plan, who, row_of):
        cannot = [node for node in nodes if node not in open_to]
        if cannot and (place, how) not in told:
            told.add((place, how))
            what = f"{place} cannot be reached{how} from {inside} (node {cannot[0]})."
            yield Problem(
                code=f"{sheet}.unreachable{'_step_free' if how else ''}", sheet=sheet, row=number, what=what, mend=mend
            )
        caught = [node for node in nodes if node not in ways.to_node(home)]
        for node in caught[:1]:
            if not cannot and (place, f"home{how}{home}") not in told:
                told.add((place, f"home{how}{home}"))
                what = f"nobody gets home{how} from {place} to {home} (node {node})."
                yield Problem(code=f"{sheet}.no_way_home", sheet=sheet, row=number, what=what, mend=mend)


def _wanted(plan: Plan, who: Iterable[str], row_of: RowOf) -> Iterator[tuple[str, str, list[str], int]]:
    groups = set(who)
    areas = {each.area for each in plan.attractions if each.weight > 0 and (not each.group or each.group in groups)}
    areas |= {each.area for each in plan.appointments if each.group in groups and each.persons}
    nodes_of: dict[str, list[str]] = defaultdict(list)
    for node in plan.nodes:
        nodes_of[node.area].append(node.code)
    for index, area in enumerate(plan.areas):
        if area.code in areas:
            if not nodes_of[area.code]:
                continue
            yield "areas", area.code, nodes_of[area.code], row_of("areas", index)
    for index, station in enumerate(plan.stations):
        if station.service not in ("security", "metro", "shuttle"):
            yield "stations", station.code, [station.node], row_of("stations", index)
