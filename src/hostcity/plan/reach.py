"""Can everybody get where they want to go, and home again?

One walk over the network per arrival point, security check and way home, forward or back: the cost is that of the
links times those places, whatever the number of halls and stations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Station, Stream
from hostcity.plan.sentences import Sentence

RowOf = Callable[[str, int], int]
MEND = Sentence("Join them by links in sheet links, or mend the direction of a one-way link.")
ON_THE_WAY = (
    "registration",
    "security",
    "badge",
    "metro",
    "shuttle",
)  # services that are not among what people look for inside


class _Ways:
    """Which nodes can be walked to, or from, on all links or on step-free ones only."""

    def __init__(self, plan: Plan, *, step_free: bool) -> None:
        barred = {kind.code for kind in plan.link_kinds if step_free and not kind.step_free}
        self.how = Sentence(" without steps") if step_free else ""
        self.tag = "_step_free" if step_free else ""
        self._on: dict[str, list[str]] = defaultdict(list)
        self._back: dict[str, list[str]] = defaultdict(list)
        for link in plan.links:
            if link.kind not in barred:
                self._join(link.start, link.end)
                if not link.one_way:
                    self._join(link.end, link.start)
        self._known: dict[tuple[str, bool], set[str]] = {}
        self._misses: dict[tuple[str, str, str, bool], str] = {}

    def _join(self, start: str, end: str) -> None:
        self._on[start].append(end)
        self._back[end].append(start)

    def from_node(self, node: str) -> set[str]:
        """Nodes that can be reached from a node, itself among them."""
        return self._walk(node, self._on, back=False)

    def to_node(self, node: str) -> set[str]:
        """Nodes from which a node can be reached, itself among them."""
        return self._walk(node, self._back, back=True)

    def missed_from(self, node: str, place: _Place) -> str:
        """The first node of a place that cannot be reached from a node; "" = all can be."""
        return self._missed(node, place, back=False)

    def missed_to(self, node: str, place: _Place) -> str:
        """The first node of a place from which a node cannot be reached; "" = it can from all."""
        return self._missed(node, place, back=True)

    def _missed(self, node: str, place: _Place, *, back: bool) -> str:
        key = (node, place.sheet, place.code, back)
        if key not in self._misses:
            walked = self.to_node(node) if back else self.from_node(node)
            self._misses[key] = next((each for each in place.nodes if each not in walked), "")
        return self._misses[key]

    def _walk(self, node: str, ways: dict[str, list[str]], *, back: bool) -> set[str]:
        if (node, back) not in self._known:
            seen, waiting = {node}, [node]
            while waiting:
                for beyond in ways.get(waiting.pop(), ()):
                    if beyond not in seen:
                        seen.add(beyond)
                        waiting.append(beyond)
            self._known[node, back] = seen
        return self._known[node, back]


@dataclass(frozen=True, slots=True)
class _Place:
    """Somewhere people want to be: a hall with all its nodes, or a service."""

    sheet: str
    code: str
    nodes: tuple[str, ...]
    row: int


class _Wishes:
    """Who wants to go where, looked up once."""

    def __init__(self, plan: Plan, row_of: RowOf) -> None:
        nodes_of: dict[str, list[str]] = defaultdict(list)
        for node in plan.nodes:
            nodes_of[node.area].append(node.code)
        self._areas = {
            area.code: _Place("areas", area.code, tuple(nodes_of[area.code]), row_of("areas", index))
            for index, area in enumerate(plan.areas)
        }
        self._services = [
            _Place("stations", station.code, (station.node,), row_of("stations", index))
            for index, station in enumerate(plan.stations)
            if station.service not in ON_THE_WAY
        ]
        self._drawn: dict[str, set[str]] = defaultdict(set)  # areas by group, "" = all
        for each in plan.attractions:
            if each.weight > 0:
                self._drawn[each.group].add(each.area)
        for meeting in plan.appointments:
            if meeting.persons:
                self._drawn[meeting.group].add(meeting.area)
        self._sums: dict[frozenset[str], list[_Place]] = {}

    def of(self, groups: frozenset[str]) -> list[_Place]:
        """Halls that draw any of the groups, in the order of the sheet, and all services."""
        if groups not in self._sums:
            areas = set().union(*(self._drawn.get(group, set()) for group in ("", *groups)))
            self._sums[groups] = [place for code, place in self._areas.items() if code in areas] + self._services
        return self._sums[groups]


def reach_problems(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Gates, halls, services and ways home that people of some stream cannot reach."""
    ways = (_Ways(plan, step_free=False), _Ways(plan, step_free=True))
    needs_step_free = {group.code for group in plan.groups if group.step_free}
    wishes = _Wishes(plan, row_of)
    checks = _checks_by_gate(plan)
    badges: dict[str, list[_Place]] = defaultdict(list)
    for index, station in enumerate(plan.stations):
        if station.service == "badge":
            place = _Place("stations", station.code, (station.node,), row_of("stations", index))
            badges[station.gate].append(place)
    node_of = {station.code: station.node for station in plan.stations}
    gates = _gates_of_streams(plan)
    groups: dict[str, set[str]] = defaultdict(set)
    for mix in plan.mixes:
        if mix.weight > 0:
            groups[mix.stream].add(mix.group)
    desks = [
        _Place("stations", station.code, (station.node,), row_of("stations", index))
        for index, station in enumerate(plan.stations)
        if station.service == "registration"
    ]
    registers = {group.code for group in plan.groups if group.registration_share > 0}
    fed = {code for event in plan.timeline if event.action == "divert" for code in event.to}
    told: set[tuple[str, ...]] = set()
    for index, stream in enumerate(plan.streams):
        who = groups[stream.code]
        stations = [each for gate in gates[stream.code] for each in checks[gate]]
        home = node_of.get(stream.leaves_by, stream.node)
        for way, some in zip(ways, (who - needs_step_free, who & needs_step_free), strict=True):
            if some and (stream.persons or stream.code in fed):
                yield from _to_the_gates(stream, row_of("streams", index), stations, way)
                if some & registers:
                    yield from _to_the_desks(stream, desks, stations, way, told)
                yield from _through_the_gates(stations, badges, way, told)
                yield from _inside(wishes.of(frozenset(some)), stations, stream, home, way, told)


def _checks_by_gate(plan: Plan) -> dict[str, list[Station]]:
    checks: dict[str, list[Station]] = defaultdict(list)
    for station in plan.stations:
        if station.service == "security":
            checks[station.gate].append(station)
    return checks


def _gates_of_streams(plan: Plan) -> dict[str, dict[str, None]]:
    """Gates to which people of each stream walk, by themselves or on advice, in the order of the sheets."""
    gates: dict[str, dict[str, None]] = defaultdict(dict)
    for approach in plan.approaches:
        if approach.weight > 0:
            gates[approach.stream][approach.gate] = None
    for event in plan.timeline:
        if event.action == "advise":
            gates[event.target].update(dict.fromkeys(event.to))
    return gates


def _to_the_gates(stream: Stream, row: int, stations: list[Station], ways: _Ways) -> Iterator[Problem]:
    reached = ways.from_node(stream.node)
    for station in stations:
        if station.node not in reached:
            what = Sentence(
                "{stream} cannot reach {station}{how} from {node}.",
                stream=stream.code, station=station.code, how=ways.how, node=stream.node,
            )  # fmt: skip
            code = f"streams.node.no_way{ways.tag}"
            yield Problem(code=code, sheet="streams", row=row, column="node", what=what, mend=MEND)


def _to_the_desks(
    stream: Stream, desks: list[_Place], stations: list[Station], ways: _Ways, told: set[tuple[str, ...]]
) -> Iterator[Problem]:
    """Who registers may be sent to any desk, and goes on to their gate from there."""
    for desk in desks:
        seen = (stream.code, desk.code, ways.how)
        on = ways.from_node(desk.nodes[0])
        cut_off = next((each.code for each in stations if each.node not in on), "")
        if seen not in told and (cut_off or desk.nodes[0] not in ways.from_node(stream.node)):
            told.add(seen)
            what = Sentence(
                "people of {stream} cannot reach {desk}{how} and {goal} from there.",
                stream=stream.code, desk=desk.code, how=ways.how, goal=cut_off or Sentence("their gate"),
            )  # fmt: skip
            code = f"stations.unreachable{ways.tag}"
            yield Problem(code=code, sheet="stations", row=desk.row, what=what, mend=MEND)


def _through_the_gates(
    stations: list[Station], badges: dict[str, list[_Place]], ways: _Ways, told: set[tuple[str, ...]]
) -> Iterator[Problem]:
    for station in stations:
        for badge in badges[station.gate]:
            seen = ("badge", station.code, badge.code, ways.how)
            if seen not in told and badge.nodes[0] not in ways.from_node(station.node):
                told.add(seen)
                what = Sentence(
                    "{place} cannot be reached{how} from {start}.", place=badge.code, how=ways.how, start=station.code
                )
                code = f"stations.unreachable{ways.tag}"
                yield Problem(code=code, sheet="stations", row=badge.row, what=what, mend=MEND)


def _inside(
    places: list[_Place], stations: list[Station], stream: Stream, home: str, ways: _Ways, told: set[tuple[str, ...]]
) -> Iterator[Problem]:
    for inside in dict.fromkeys(station.node for station in stations):
        for place in places:
            cannot = ways.missed_from(inside, place)
            if cannot and (place.sheet, place.code, ways.how) not in told:
                told.add((place.sheet, place.code, ways.how))
                what = Sentence(
                    "{place} cannot be reached{how} from {start} (node {node}).",
                    place=place.code, how=ways.how, start=inside, node=cannot,
                )  # fmt: skip
                code = f"{place.sheet}.unreachable{ways.tag}"
                yield Problem(code=code, sheet=place.sheet, row=place.row, what=what, mend=MEND)
            lost = ways.missed_to(home, place)
            if lost and not cannot and (place.sheet, place.code, ways.how, home) not in told:
                told.add((place.sheet, place.code, ways.how, home))
                what = Sentence(
                    "people of {stream} do not get home{how} from {place} to {home} (node {node}).",
                    stream=stream.code, how=ways.how, place=place.code, home=home, node=lost,
                )  # fmt: skip
                yield Problem(code=f"{place.sheet}.no_way_home", sheet=place.sheet, row=place.row, what=what, mend=MEND)
