"""Streams, groups and appointments: whether everybody has somewhere to go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hostcity.plan.check.finding import DEPARTURES, RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence


def people(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Everything about who comes and what they do."""
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
                yield problem_at(sheet, row_of(sheet, index), "area", "nodes", what, mend)


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
                yield problem_at("streams", row, "code", sheet, what, mend)
        station = stations.get(stream.leaves_by)
        if station and station.service not in DEPARTURES:
            what = Sentence("is {code}, which is a {service}.", code=station.code, service=station.service)
            mend = Sentence("Name a metro or shuttle station.")
            yield problem_at("streams", row, "leaves_by", "service", what, mend)


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
            yield problem_at("groups", row_of("groups", index), "code", "attractions", what, mend)
        if group.meal_ends_at < group.meal_starts_at:
            what, mend = Sentence("is before {field}.", field="meal_starts_at"), Sentence("Swap them.")
            yield problem_at("groups", row_of("groups", index), "meal_ends_at", "order", what, mend)


def _desks(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    offered = {station.service for station in plan.stations}
    for index, group in enumerate(plan.groups):
        for field, service in (("registration_share", "registration"), ("information_visits_mean", "information")):
            if getattr(group, field) > 0 and service not in offered:
                what = Sentence(
                    "{code} goes to {service}, but there is no such station.", code=group.code, service=service
                )
                mend = Sentence("Add one to sheet stations.")
                yield problem_at("groups", row_of("groups", index), field, "service", what, mend)


def _appointments(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    for index, meeting in enumerate(plan.appointments):
        day = plan.edition[0] if plan.edition else None
        if day and not day.opens_at <= meeting.starts_at <= day.closes_at:
            what = Sentence("is outside the opening hours.")
            mend = Sentence("Let it begin between opens_at and closes_at.")
            yield problem_at("appointments", row_of("appointments", index), "starts_at", "closed", what, mend)
