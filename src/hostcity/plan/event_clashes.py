"""Events of the timeline that contradict one another or the clock.

Which of two that contradict one another holds would depend on the order of rows.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from hostcity.plan.cells import clock_text
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Event
from hostcity.plan.sentences import Sentence

RowOf = Callable[[str, int], int]
Numbered = tuple[int, Event]


def event_clashes(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Different lanes of one station for one time, and streams sent to where nobody arrives."""
    by_target: dict[str, defaultdict[str, list[Numbered]]] = {"lanes": defaultdict(list), "divert": defaultdict(list)}
    for index, event in enumerate(plan.timeline):
        if event.action in by_target:
            by_target[event.action][event.target].append((row_of("timeline", index), event))
    yield from _lanes_given_twice(by_target["lanes"])
    yield from _sent_to_closed_points(by_target["divert"])


def beyond_the_clock(plan: Plan, starts_s: float, ends_s: float) -> tuple[str, str, Sentence, Sentence] | None:
    """Why nothing that lasts from one time to the other ever happens: column, kind, what, mend; None when it may."""
    if len(plan.edition) != 1 or plan.day.clock_ends_at <= plan.day.clock_starts_at:
        return None  # the clock itself is to be mended first
    start, end = clock_text(plan.day.clock_starts_at), clock_text(plan.day.clock_ends_at)
    mend = Sentence("Let it happen while the clock runs, from {start} to {end}, or remove it.", start=start, end=end)
    if ends_s <= plan.day.clock_starts_at:
        return "ends_at", "clock", Sentence("is before the clock starts: nothing would happen."), mend
    if starts_s >= plan.day.clock_ends_at:
        return "starts_at", "clock", Sentence("is after the clock has stopped: nothing would happen."), mend
    return None


def _lanes_given_twice(by_station: dict[str, list[Numbered]]) -> Iterator[Problem]:
    for events in by_station.values():
        last: dict[float | None, Numbered] = {}  # by number of lanes, the one that ends last
        for row, event in sorted(events, key=lambda each: each[1].starts_at):
            others = (each for lanes, each in last.items() if lanes != event.value)
            before = next((other for other, each in others if event.starts_at < _ends_at(each)), None)
            if before is not None:
                what = Sentence("overlaps row {row} of the same {owner}.", row=before, owner="station")
                mend = Sentence("Let each slot begin where the one before ends.")
                yield _problem(row, "starts_at", "overlap", what, mend)
            if event.value not in last or _ends_at(event) > _ends_at(last[event.value][1]):
                last[event.value] = row, event


def _sent_to_closed_points(by_stream: dict[str, list[Numbered]]) -> Iterator[Problem]:
    for row, event in (each for events in by_stream.values() for each in events):
        for code in event.to:
            if code == event.target:
                what, mend = Sentence("sends {stream} to itself.", stream=code), Sentence("Name other streams.")
                yield _problem(row, "to", "itself", what, mend)
                continue
            closed = next((by for by, other in by_stream.get(code, ()) if _overlap(event, other)), None)
            if closed is not None:
                what = Sentence(
                    "names {stream}, whose arrival point is closed by row {row} at that time.", stream=code, row=closed
                )
                yield _problem(row, "to", "closed", what, Sentence("Name streams whose arrival points are open."))


def _ends_at(event: Event) -> float:
    return float("inf") if event.ends_at is None else event.ends_at


def _overlap(one: Event, other: Event) -> bool:
    return one.starts_at < _ends_at(other) and other.starts_at < _ends_at(one)


def _problem(row: int, column: str, kind: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"timeline.{column}.{kind}", sheet="timeline", row=row, column=column, what=what, mend=mend)


def without_lanes_during(
    events: tuple[Event, ...], station: str, starts_at: float, ends_at: float
) -> tuple[Event, ...]:
    """Events whose lanes of a station leave a time free: what a later change says of that time stands alone."""
    found = []
    for event in events:
        if (
            event.action != "lanes"
            or event.target != station
            or event.starts_at >= ends_at
            or _ends_at(event) <= starts_at
        ):
            found.append(event)
            continue
        if event.starts_at < starts_at:
            found.append(dataclasses.replace(event, ends_at=starts_at))
        if _ends_at(event) > ends_at:
            code = event.code if event.starts_at >= starts_at else _free_code(f"{event.code}-after", events, found)
            found.append(dataclasses.replace(event, code=code, starts_at=ends_at))
    return tuple(found)


def _free_code(code: str, *several: Iterable[Event]) -> str:
    taken = {event.code for events in several for event in events}
    return next(
        each for each in itertools.chain([code], (f"{code}-{n}" for n in itertools.count(2))) if each not in taken
    )
