"""The day's clock, the network, the places of service."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hostcity.plan.check.finding import DEPARTURES, FILL_IN, TURNED_ROUND, RowOf, problem_at
from hostcity.plan.event_clashes import beyond_the_clock
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

MOST_WAYS_OUT = 31


def times(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """The order of the day's times, and its zone."""
    for index, day in enumerate(plan.edition):
        order = ("clock_starts_at", "gates_open_at", "opens_at", "last_entry_at", "closes_at", "clock_ends_at")
        for before, after in itertools.pairwise(order):
            if getattr(day, before) > getattr(day, after):
                what = Sentence("is before {field}.", field=before)
                mend = Sentence("Order: {fields}.", fields=", ".join(order))
                yield problem_at("edition", row_of("edition", index), after, "order", what, mend)
        if day.clock_ends_at - day.clock_starts_at < 3600:
            what = Sentence("is less than an hour after {field}.", field="clock_starts_at")
            mend = Sentence("Give the clock at least an hour.")
            yield problem_at("edition", row_of("edition", index), "clock_ends_at", "short", what, mend)
        try:
            ZoneInfo(day.time_zone)
        except (ValueError, OSError, KeyError):
            what = Sentence("is {value}, which is no time zone.", value=repr(day.time_zone))
            mend = Sentence("Give an IANA name, e.g. Asia/Shanghai.")
            yield problem_at("edition", row_of("edition", index), "time_zone", "unknown", what, mend)


def links(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Links that lead nowhere or have doors wider than themselves, crossings with too many, outlines without a shape."""
    ways: Counter[str] = Counter()
    for index, link in enumerate(plan.links):
        if link.start == link.end:
            what, mend = Sentence("begins and ends at {node}.", node=link.end), Sentence("Join two different nodes.")
            yield problem_at("links", row_of("links", index), "end", "loop", what, mend)
        if link.door_m is not None and link.door_m > link.width_m:
            what = Sentence(
                "is {door} m, wider than the link of {width} m.", door=f"{link.door_m:g}", width=f"{link.width_m:g}"
            )
            mend = Sentence("Give the narrowest opening, or leave it empty.")
            yield problem_at("links", row_of("links", index), "door_m", "wider", what, mend)
        ways[link.start] += 1
        ways[link.end] += not link.one_way
    for index, node in enumerate(plan.nodes):
        if ways[node.code] > MOST_WAYS_OUT:
            what = Sentence("{code} has {count} ways out.", code=node.code, count=ways[node.code])
            mend = Sentence("Split it: at most {most}.", most=MOST_WAYS_OUT)
            yield problem_at("nodes", row_of("nodes", index), "code", "ways", what, mend)
    for index, area in enumerate(plan.areas):
        if area.outline and len(area.outline) < 3:
            what, mend = (
                Sentence("has {count} corners.", count=len(area.outline)),
                Sentence("Give at least 3, or none."),
            )
            yield problem_at("areas", row_of("areas", index), "outline", "corners", what, mend)


def stations(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """What a station of its kind needs: batches, a gate, lanes; and gates without a check."""
    planned: defaultdict[str, list[int]] = defaultdict(list)  # lanes at any time, by station
    for window in plan.lanes:
        planned[window.station].append(window.lanes)
    for event in plan.timeline:
        if event.action == "lanes":
            planned[event.target].append(int(event.value or 0))
    for index, station in enumerate(plan.stations):
        row = row_of("stations", index)
        leaves = station.service in DEPARTURES
        for name in ("headway_s", "batch_persons"):
            if leaves and getattr(station, name) is None:
                what = Sentence("is empty, but {service} takes people in batches.", service=station.service)
                yield problem_at("stations", row, name, "needed", what, FILL_IN)
            if not leaves and getattr(station, name) is not None:
                what = Sentence("is given for {service}.", service=station.service)
                mend = Sentence("Only metro and shuttle have it: leave it empty.")
                yield problem_at("stations", row, name, "not_used", what, mend)
        if station.service in ("security", "badge") and not station.gate:
            what = Sentence("is empty, but a {service} check belongs to a gate.", service=station.service)
            mend = Sentence("Name its gate.")
            yield problem_at("stations", row, "gate", "needed", what, mend)
        most = max(station.lanes, *planned[station.code], 0)
        if not most:
            what = Sentence("{code} serves on 0 lanes all day.", code=station.code)
            mend = Sentence("Give it at least 1 lane, or remove the station.")
            yield problem_at("stations", row, "lanes", "none", what, mend)
        if station.lanes_most is not None and most > station.lanes_most:
            what = Sentence("is {most}, but {planned} lanes are planned.", most=station.lanes_most, planned=most)
            mend = Sentence("Plan fewer lanes or get more equipment.")
            yield problem_at("stations", row, "lanes_most", "exceeded", what, mend)
    guarded = {station.gate for station in plan.stations if station.service == "security"}
    for index, gate in enumerate(plan.gates):
        if gate.code not in guarded:
            what = Sentence("{code} has no security station.", code=gate.code)
            mend = Sentence("Add one to sheet stations, or remove the gate.")
            yield problem_at("gates", row_of("gates", index), "code", "security", what, mend)


def entrances(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Nobody inside may need a place where people queue for security: while it is held they would wait for each other."""
    if not plan.model or plan.rules.perimeter_share >= 1.0:
        return
    bounded = {node.code for node in plan.nodes if node.floor_m2 is not None}
    checks = {each.node: each.code for each in plan.stations if each.service == "security" and each.node in bounded}
    mend = Sentence("Give it a node of its own, or leave the standing floor of this one empty.")
    for index, station in enumerate(plan.stations):
        if station.service in ("catering", "toilets", "information", *DEPARTURES) and station.node in checks:
            what = Sentence(
                "{code} shares the floor on which people queue for {check}.",
                code=station.code, check=checks[station.node],
            )  # fmt: skip
            yield problem_at("stations", row_of("stations", index), "node", "entrance", what, mend)
    visited = {each.area for each in plan.attractions} | {each.area for each in plan.appointments}
    for index, node in enumerate(plan.nodes):
        if node.code in checks and node.area in visited:
            what = Sentence(
                "{code} lies in {area}, which people inside visit, and {check} is there.",
                code=node.code, area=node.area, check=checks[node.code],
            )  # fmt: skip
            mend = Sentence("Let it be a node of another area.")
            yield problem_at("nodes", row_of("nodes", index), "area", "entrance", what, mend)


def windows(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Time slots: none turned round, none of one station or profile over another."""
    for sheet, owner in (("lanes", "station"), ("profiles", "profile")):
        last: dict[str, tuple[float, int]] = {}
        slots = sorted(enumerate(getattr(plan, sheet)), key=lambda each: (getattr(each[1], owner), each[1].starts_at))
        for index, slot in slots:
            row = row_of(sheet, index)
            if slot.ends_at <= slot.starts_at:
                yield problem_at(sheet, row, "ends_at", "order", *TURNED_ROUND)
            elif sheet == "lanes" and (beyond := beyond_the_clock(plan, slot.starts_at, slot.ends_at)):
                column, kind, what, mend = beyond
                yield problem_at(sheet, row, column, kind, what, mend)
            before = last.get(getattr(slot, owner))
            if before and slot.starts_at < before[0]:
                what = Sentence("overlaps row {row} of the same {owner}.", row=row_of(sheet, before[1]), owner=owner)
                mend = Sentence("Let each slot begin where the one before ends.")
                yield problem_at(sheet, row, "starts_at", "overlap", what, mend)
            if not before or slot.ends_at > before[0]:
                last[getattr(slot, owner)] = (slot.ends_at, index)
