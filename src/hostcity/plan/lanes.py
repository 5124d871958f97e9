"""Lanes of a station through the day, as the plan has them: whole day, schedule, timeline."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Event, Station


def holds(event: Event, at_s: float) -> bool:
    """Whether an event lasts at a time."""
    return event.starts_at <= at_s and (event.ends_at is None or at_s < event.ends_at)


def begun_last(events: Iterable[Event]) -> list[Event]:
    """Events in the order in which they begin, by code of equals: where one alone can hold, the last of them does."""
    return sorted(events, key=lambda event: (event.starts_at, event.code))


def lanes_at(plan: Plan, station: Station, at_s: float) -> int:
    """Lanes that are to be open: by the timeline, else by the schedule, else those of the whole day."""
    lanes = station.lanes
    for window in plan.lanes:
        if window.station == station.code and window.starts_at <= at_s < window.ends_at:
            lanes = window.lanes
    for event in begun_last(plan.timeline):
        if event.target == station.code and event.action == "lanes" and holds(event, at_s):
            lanes = int(event.value or 0)
    return lanes


def unchanging_parts(plan: Plan, station: str, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Parts of a time in each of which the plan changes nothing about a station's lanes."""
    times = {time for row in plan.lanes if row.station == station for time in (row.starts_at, row.ends_at)}
    for event in plan.timeline:
        if event.action == "lanes" and event.target == station:
            times |= {event.starts_at} if event.ends_at is None else {event.starts_at, event.ends_at}
    return list(itertools.pairwise([start_s, *sorted(time for time in times if start_s < time < end_s), end_s]))
