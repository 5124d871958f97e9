"""What makes a plan unplayable, found all at once: rows that do not fit one another, and places nobody can reach."""

from __future__ import annotations

import difflib
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from hostcity.plan.arrivals import arrivals_beyond_the_clock, arrivals_on_bounded_floors
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.evacuations import evacuation_problems
from hostcity.plan.event_clashes import event_clashes
from hostcity.plan.options import option_problems
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import MOST_OF_A_KIND, Listing, Problem
from hostcity.plan.reach import reach_problems
from hostcity.plan.rows import Event
from hostcity.plan.sentences import Sentence
from hostcity.plan.uncertainties import uncertainty_problems

RowOf = Callable[[str, int], int]
MOST_COMPARED = 2_000  # codes that a misspelled one is compared with
MOST_NODES, MOST_LINKS, MOST_STATIONS, MOST_WAYS_OUT = 32_000, 200_000, 32_000, 31
MOST_PERSONS = 5_000_000
MOST_CODES = 32_000
MOST_WAYS = 250_000_000  # nodes times goals: 500 MB a routing table
DEPARTURES = ("metro", "shuttle")
FILL_IN = Sentence("Fill it in.")
OF_FIGURES = ("range", "order", "short", "none", "exceeded", "overlap", "corners", "closed", "not_used", "clock",
              "integer", "itself", "kind")  # fmt: skip
WHOLE = Sentence("Write a whole number.")
TURNED_ROUND = (Sentence("is not after {field}.", field="starts_at"), Sentence("25:30 is the night after."))


def problems_of(plan: Plan, row_of: RowOf | None = None) -> tuple[Problem, ...]:
    """Every problem of a plan; empty = it can be played.

    ``row_of(sheet, index)`` tells the row number that the author sees; without it, rows are counted from 1.
    """
    numbers = row_of or (lambda _sheet, index: index + 1)
    found = Listing()
    for check in (
        _single_rows,
        _fields,
        _codes,
        _refs,
        _times,
        _links,
        _stations,
        _entrances,
        _windows,
        _people,
        arrivals_beyond_the_clock,
        arrivals_on_bounded_floors,
        _events,
        uncertainty_problems,
        option_problems,
        _sources,
    ):
        found.add(*check(plan, numbers))
    # Only a plan whose rows fit can be walked through; a wrong figure bars no way.
    if all(problem.code.rpartition(".")[2] in OF_FIGURES for problem in found):
        found.add(*reach_problems(plan, numbers))
    return tuple(found)


def _at(sheet: str, row: int, column: str, kind: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"{sheet}.{column}.{kind}", sheet=sheet, row=row, column=column, what=what, mend=mend)


def _single_rows(plan: Plan, _row_of: RowOf) -> Iterator[Problem]:
    for sheet, count in (("edition", len(plan.edition)), ("model", len(plan.model))):
        if count != 1:
            what, mend = Sentence("has {count:,} rows.", count=count), Sentence("Keep exactly one row.")
            yield Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)
    for sheet in ("levels", "areas", "nodes", "links"):
        if not getattr(plan, sheet):
            what, mend = Sentence("has no rows."), Sentence("Add at least one.")
            yield Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)
    for sheet, most in (
        ("nodes", MOST_NODES), ("links", MOST_LINKS), ("stations", MOST_STATIONS), ("streams", MOST_CODES),
        ("groups", MOST_CODES), ("gates", MOST_CODES), ("appointments", MOST_CODES),
    ):  # fmt: skip
        if len(getattr(plan, sheet)) > most:
            what = Sentence("has {count:,} rows.", count=len(getattr(plan, sheet)))
            mend = Sentence("Give at most {most:,}.", most=most)
            yield Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)
    wanted = {row.area for row in plan.attractions} | {row.area for row in plan.appointments}
    goals = {row.node for row in plan.stations} | {row.node for row in plan.streams}
    goals |= {node.code for node in plan.nodes if node.area in wanted}
    if len(plan.nodes) * len(goals) > MOST_WAYS:
        what = Sentence(
            "has {count:,} rows, of which people want to reach {goals:,}.", count=len(plan.nodes), goals=len(goals)
        )
        mend = Sentence("Draw the network coarser: routes for so many would not fit into memory.")
        yield Problem(code="nodes.rows", sheet="nodes", what=what, mend=mend)
    persons = sum(stream.persons for stream in plan.streams)
    if persons > MOST_PERSONS:
        what, mend = (
            Sentence("brings {persons:,} persons.", persons=persons),
            Sentence("Give at most {most:,}.", most=MOST_PERSONS),
        )
        yield Problem(code="streams.rows", sheet="streams", what=what, mend=mend)


def _fields(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Ranges and choices again: a plan may have been made in code."""
    for sheet, rows in plan.sheets():
        checked = [
            (name, column) for name, column in columns_of(SHEETS[sheet]).items()
            if column.kind in ("number", "integer", "clock", "choice")
        ]  # fmt: skip
        for index, row in enumerate(rows):
            for name, column in checked:
                value = getattr(row, name)
                wrong = None if value is None else _wrong(column, value)
                if wrong:
                    yield _at(sheet, row_of(sheet, index), name, *wrong)


def _wrong(column: Column, value: Any) -> tuple[str, Sentence, Sentence] | None:
    """Why a value is outside its column's choices or range."""
    if column.kind == "choice":
        if value in column.choices:
            return None
        mend = Sentence("Choose one of: {choices}.", choices=", ".join(column.choices))
        return "choice", Sentence("is {value}.", value=repr(value)), mend
    if not math.isfinite(value):
        return "number", Sentence("is {value}.", value=str(value)), Sentence("Give a finite number.")
    if column.low is not None and value < column.low:
        mend = Sentence("Give at least {least}.", least=f"{column.low:g}")
    elif column.high is not None and value > column.high:
        mend = Sentence("Give at most {most}.", most=f"{column.high:g}")
    else:
        return None
    return "range", Sentence("is {value}.", value=f"{value:g}"), mend


def _codes(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    for sheet, rows in plan.sheets():
        first: dict[str, int] = {}
        for index, row in enumerate(rows):
            if row.code in first:
                what = Sentence(
                    "{code} stands in row {row} already.", code=row.code, row=row_of(sheet, first[row.code])
                )
                mend = Sentence("Give each row a code of its own.")
                yield _at(sheet, row_of(sheet, index), "code", "twice", what, mend)
            first.setdefault(row.code, index)


def _unknown(sheet: str, row: int, column: str, value: str, target: str, known: Iterable[str]) -> Problem:
    codes = list(known)
    near = difflib.get_close_matches(value, codes, 1) if 0 < len(codes) <= MOST_COMPARED else []
    if near:
        hint = Sentence("Did you mean {near}?", near=near[0])
    elif codes:
        listed = ", ".join([*codes[:8], *(["..."] if len(codes) > 8 else [])])
        hint = Sentence("{sheet}: {codes}.", sheet=target.capitalize(), codes=listed)
    else:
        hint = Sentence("Sheet {sheet} is empty.", sheet=target)
    what = Sentence("names {value}, which is not in sheet {sheet}.", value=value, sheet=target)
    return _at(sheet, row, column, "unknown", what, hint)


def _refs(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    codes = {sheet: {row.code for row in rows} for sheet, rows in plan.sheets()}
    for sheet, rows in plan.sheets():
        for name, column in columns_of(SHEETS[sheet]).items():
            if column.kind != "ref":
                continue
            told = 0
            for index, row in enumerate(rows):
                value = getattr(row, name)
                if value and value not in codes[column.sheet]:
                    told += 1
                    if told <= MOST_OF_A_KIND:
                        known = [each.code for each in getattr(plan, column.sheet)]
                        problem = _unknown(sheet, row_of(sheet, index), name, value, column.sheet, known)
                    yield problem  # sentences and hints cost time: beyond the first, all are only counted
    profiles = {slot.profile for slot in plan.profiles}
    for index, stream in enumerate(plan.streams):
        if stream.profile not in profiles:
            yield _unknown("streams", row_of("streams", index), "profile", stream.profile, "profiles", sorted(profiles))


def _times(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    for index, day in enumerate(plan.edition):
        order = ("clock_starts_at", "gates_open_at", "opens_at", "last_entry_at", "closes_at", "clock_ends_at")
        for before, after in itertools.pairwise(order):
            if getattr(day, before) > getattr(day, after):
                what = Sentence("is before {field}.", field=before)
                mend = Sentence("Order: {fields}.", fields=", ".join(order))
                yield _at("edition", row_of("edition", index), after, "order", what, mend)
        if day.clock_ends_at - day.clock_starts_at < 3600:
            what = Sentence("is less than an hour after {field}.", field="clock_starts_at")
            mend = Sentence("Give the clock at least an hour.")
            yield _at("edition", row_of("edition", index), "clock_ends_at", "short", what, mend)
        try:
            ZoneInfo(day.time_zone)
        except (ValueError, OSError, KeyError):
            what = Sentence("is {value}, which is no time zone.", value=repr(day.time_zone))
            mend = Sentence("Give an IANA name, e.g. Asia/Shanghai.")
            yield _at("edition", row_of("edition", index), "time_zone", "unknown", what, mend)


def _links(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    ways: Counter[str] = Counter()
    for index, link in enumerate(plan.links):
        if link.start == link.end:
            what, mend = Sentence("begins and ends at {node}.", node=link.end), Sentence("Join two different nodes.")
            yield _at("links", row_of("links", index), "end", "loop", what, mend)
        ways[link.start] += 1
        ways[link.end] += not link.one_way
    for index, node in enumerate(plan.nodes):
        if ways[node.code] > MOST_WAYS_OUT:
            what = Sentence("{code} has {count} ways out.", code=node.code, count=ways[node.code])
            mend = Sentence("Split it: at most {most}.", most=MOST_WAYS_OUT)
            yield _at("nodes", row_of("nodes", index), "code", "ways", what, mend)
    for index, area in enumerate(plan.areas):
        if area.outline and len(area.outline) < 3:
            what, mend = (
                Sentence("has {count} corners.", count=len(area.outline)),
                Sentence("Give at least 3, or none."),
            )
            yield _at("areas", row_of("areas", index), "outline", "corners", what, mend)


def _stations(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
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
                yield _at("stations", row, name, "needed", what, FILL_IN)
            if not leaves and getattr(station, name) is not None:
                what = Sentence("is given for {service}.", service=station.service)
                mend = Sentence("Only metro and shuttle have it: leave it empty.")
                yield _at("stations", row, name, "not_used", what, mend)
        if station.service in ("security", "badge") and not station.gate:
            what = Sentence("is empty, but a {service} check belongs to a gate.", service=station.service)
            mend = Sentence("Name its gate.")
            yield _at("stations", row, "gate", "needed", what, mend)
        most = max(station.lanes, *planned[station.code], 0)
        if not most:
            what = Sentence("{code} serves on 0 lanes all day.", code=station.code)
            mend = Sentence("Give it at least 1 lane, or remove the station.")
            yield _at("stations", row, "lanes", "none", what, mend)
        if station.lanes_most is not None and most > station.lanes_most:
            what = Sentence("is {most}, but {planned} lanes are planned.", most=station.lanes_most, planned=most)
            mend = Sentence("Plan fewer lanes or get more equipment.")
            yield _at("stations", row, "lanes_most", "exceeded", what, mend)
    guarded = {station.gate for station in plan.stations if station.service == "security"}
    for index, gate in enumerate(plan.gates):
        if gate.code not in guarded:
            what = Sentence("{code} has no security station.", code=gate.code)
            mend = Sentence("Add one to sheet stations, or remove the gate.")
            yield _at("gates", row_of("gates", index), "code", "security", what, mend)


def _entrances(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
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
            yield _at("stations", row_of("stations", index), "node", "entrance", what, mend)
    visited = {each.area for each in plan.attractions} | {each.area for each in plan.appointments}
    for index, node in enumerate(plan.nodes):
        if node.code in checks and node.area in visited:
            what = Sentence(
                "{code} lies in {area}, which people inside visit, and {check} is there.",
                code=node.code, area=node.area, check=checks[node.code],
            )  # fmt: skip
            mend = Sentence("Let it be a node of another area.")
            yield _at("nodes", row_of("nodes", index), "area", "entrance", what, mend)


def _windows(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Time slots: none turned round, none of one station or profile over another."""
    for sheet, owner in (("lanes", "station"), ("profiles", "profile")):
        last: dict[str, tuple[float, int]] = {}
        slots = sorted(enumerate(getattr(plan, sheet)), key=lambda each: (getattr(each[1], owner), each[1].starts_at))
        for index, slot in slots:
            row = row_of(sheet, index)
            if slot.ends_at <= slot.starts_at:
                yield _at(sheet, row, "ends_at", "order", *TURNED_ROUND)
            before = last.get(getattr(slot, owner))
            if before and slot.starts_at < before[0]:
                what = Sentence("overlaps row {row} of the same {owner}.", row=row_of(sheet, before[1]), owner=owner)
                mend = Sentence("Let each slot begin where the one before ends.")
                yield _at(sheet, row, "starts_at", "overlap", what, mend)
            if not before or slot.ends_at > before[0]:
                last[getattr(slot, owner)] = (slot.ends_at, index)


def _people(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    yield from _streams(plan, row_of)
    yield from _groups(plan, row_of)
    yield from _desks(plan, row_of)
    yield from _appointments(plan, row_of)
    empty = {area.code for area in plan.areas} - {node.area for node in plan.nodes}
    for sheet in ("attractions", "appointments"):
        for index, row in enumerate(getattr(plan, sheet)):
            if row.area in empty:
                what = Sentence("names {area}, which has no node to go to.", area=row.area)
                mend = Sentence("Give the area a row in sheet nodes.")
                yield _at(sheet, row_of(sheet, index), "area", "nodes", what, mend)


def _streams(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    weights: dict[str, defaultdict[str, float]] = {
        sheet: defaultdict(float) for sheet in ("profiles", "approaches", "mixes")
    }
    for slot in plan.profiles:
        weights["profiles"][slot.profile] += slot.weight
    for approach in plan.approaches:
        weights["approaches"][approach.stream] += approach.weight
    for mix in plan.mixes:
        weights["mixes"][mix.stream] += mix.weight
    stations = {station.code: station for station in plan.stations}
    fed = {code for event in plan.timeline if event.action == "divert" for code in event.to}
    for index, stream in enumerate(plan.streams):
        row = row_of("streams", index)
        if not stream.persons and stream.code not in fed:
            continue
        for sheet, key, what in (
            ("approaches", stream.code, Sentence("{code} has no gate to walk to.", code=stream.code)),
            ("mixes", stream.code, Sentence("{code} has no groups.", code=stream.code)),
            ("profiles", stream.profile, Sentence("{code} has a profile without weight.", code=stream.code)),
        ):
            if weights[sheet][key] <= 0:
                mend = Sentence("Add a row with weight to sheet {sheet}.", sheet=sheet)
                yield _at("streams", row, "code", sheet, what, mend)
        station = stations.get(stream.leaves_by)
        if station and station.service not in DEPARTURES:
            what = Sentence("is {code}, which is a {service}.", code=station.code, service=station.service)
            mend = Sentence("Name a metro or shuttle station.")
            yield _at("streams", row, "leaves_by", "service", what, mend)


def _groups(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    drawn: defaultdict[str, dict[str, float]] = defaultdict(dict)  # weights by area, of each group and of all ("")
    for each in plan.attractions:
        drawn[each.group][each.area] = each.weight
    mixed = {mix.group for mix in plan.mixes}
    for index, group in enumerate(plan.groups):
        if group.code in mixed and not any(
            weight > 0 for weight in {**drawn[""], **drawn.get(group.code, {})}.values()
        ):
            what = Sentence("{code} is drawn to no hall.", code=group.code)
            mend = Sentence("Add rows to sheet attractions.")
            yield _at("groups", row_of("groups", index), "code", "attractions", what, mend)
        if group.meal_ends_at < group.meal_starts_at:
            what, mend = Sentence("is before {field}.", field="meal_starts_at"), Sentence("Swap them.")
            yield _at("groups", row_of("groups", index), "meal_ends_at", "order", what, mend)


def _desks(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    offered = {station.service for station in plan.stations}
    for index, group in enumerate(plan.groups):
        for field, service in (("registration_share", "registration"), ("information_visits_mean", "information")):
            if getattr(group, field) > 0 and service not in offered:
                what = Sentence(
                    "{code} goes to {service}, but there is no such station.", code=group.code, service=service
                )
                mend = Sentence("Add one to sheet stations.")
                yield _at("groups", row_of("groups", index), field, "service", what, mend)


def _appointments(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    for index, meeting in enumerate(plan.appointments):
        day = plan.edition[0] if plan.edition else None
        if day and not day.opens_at <= meeting.starts_at <= day.closes_at:
            what = Sentence("is outside the opening hours.")
            mend = Sentence("Let it begin between opens_at and closes_at.")
            yield _at("appointments", row_of("appointments", index), "starts_at", "closed", what, mend)


_TARGETS = {
    "lanes": "stations", "service": "stations", "fail": "stations", "width": "links", "close": "links",
    "delay": "streams", "divert": "streams", "evacuate": "areas", "advise": "streams",
}  # fmt: skip
#: Lanes, factor on service times, shares, seconds.
_VALUES = {
    "lanes": (0.0, 500.0), "service": (0.01, 100.0), "width": (0.0, 1.0), "advise": (0.0, 1.0),
    "delay": (0.0, 86_400.0), "evacuate": (0.0, 7200.0),
}  # fmt: skip
_NEED_VALUE = {"lanes", "service", "width", "delay"}
_TO = {"divert": "streams", "advise": "gates"}


def _events(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    codes = {sheet: {row.code: None for row in getattr(plan, sheet)} for sheet in {*_TARGETS.values(), *_TO.values()}}
    for index, event in enumerate(plan.timeline):
        row = row_of("timeline", index)
        if event.action in _TARGETS:
            yield from _event_problems(codes, event, row)
        held = _checks_in(plan, event.target) if event.action == "evacuate" else ""
        if held:
            what = Sentence("{area} holds {station}, whose queue would go on.", area=event.target, station=held)
            mend = Sentence("Let that station fail instead.")
            yield _at("timeline", row, "target", "checks", what, mend)
        yield from evacuation_problems(plan, event, row)
    yield from event_clashes(plan, row_of)


def _event_problems(codes: dict[str, dict[str, None]], event: Event, row: int) -> Iterator[Problem]:
    sheet = _TARGETS[event.action]
    if event.target not in codes[sheet]:
        yield _unknown("timeline", row, "target", event.target, sheet, codes[sheet])
    if event.ends_at is not None and event.ends_at <= event.starts_at:
        yield _at("timeline", row, "ends_at", "order", *TURNED_ROUND)
    if event.action in _NEED_VALUE and event.value is None:
        what = Sentence("is empty, but {action} needs one.", action=event.action)
        yield _at("timeline", row, "value", "needed", what, FILL_IN)
    low, high = _VALUES.get(event.action, (0.0, float("inf")))
    if event.value is not None and not low <= event.value <= high:
        what = Sentence("is {value}.", value=f"{event.value:g}")
        mend = Sentence("{action} takes {low} to {high}.", action=event.action, low=f"{low:g}", high=f"{high:g}")
        yield _at("timeline", row, "value", "range", what, mend)
    if event.action == "lanes" and event.value is not None and event.value % 1 > 0.0:
        yield _at("timeline", row, "value", "integer", Sentence("is {value}.", value=f"{event.value:g}"), WHOLE)
    if event.action in _TO:
        if not event.to:
            what = Sentence("is empty, but {action} needs it.", action=event.action)
            mend = Sentence("Name rows of sheet {sheet}, separated by ;.", sheet=_TO[event.action])
            yield _at("timeline", row, "to", "needed", what, mend)
        known = codes[_TO[event.action]]
        for code in event.to:
            if code not in known:
                yield _unknown("timeline", row, "to", code, _TO[event.action], known)


def _checks_in(plan: Plan, area: str) -> str:
    """A check or departure of an area, "" = none."""
    nodes = {node.code for node in plan.nodes if node.area == area}
    kept = ("security", "badge", "registration", *DEPARTURES)
    return next((each.code for each in plan.stations if each.node in nodes and each.service in kept), "")


def _sources(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    from hostcity.plan.provenance import figures_named
    from hostcity.plan.quantities import KNOWN, quantity_problem

    for index, figure in enumerate(plan.reported):
        problem = quantity_problem(plan, figure.quantity)
        if problem:
            what = Sentence("{quantity}: {problem}.", quantity=figure.quantity, problem=problem)
            mend = Sentence("Quantities: {known}.", known=KNOWN)
            yield _at("reported", row_of("reported", index), "quantity", "unknown", what, mend)

    codes = {sheet: {row.code for row in rows} for sheet, rows in plan.sheets()}
    for index, known in enumerate(plan.provenance):
        problem = figures_named(codes, known.figure)
        if problem:
            mend = Sentence("Write SHEET.KEY.FIELD; * stands for every key.")
            yield _at("provenance", row_of("provenance", index), "figure", "unknown", problem, mend)
