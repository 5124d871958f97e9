"""What is narrowed, closed or out of service for a time: links, openings and connectors, as the timeline has them.

A link is named by ``width`` and ``close``, an opening or a connector by ``shut``. Where a link has the code of an opening or
a connector, as in a network that was derived from the drawing, it is the same way: what is said of one holds for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hostcity.plan.lanes import begun_last, holds
from hostcity.plan.rows import Event

CLOSING = ("width", "close", "shut")


def share_left(event: Event) -> float:
    """Share of its target's width that a narrowing or closure leaves; 0 = nobody enters, but the floor stays."""
    return (1.0 if event.value is None else event.value) if event.action == "width" else 0.0


def closings_of(timeline: Iterable[Event]) -> Mapping[str, tuple[Event, ...]]:
    """Narrowings and closures by the code of what they name, in the order in which they begin."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in begun_last(event for event in timeline if event.action in CLOSING):
        found[event.target].append(event)
    return {code: tuple(events) for code, events in found.items()}


def left_at(closings: Iterable[Event], at_s: float) -> float:
    """Share of the width that narrowings and closures of one place leave at a time; 1 = none of them lasts then."""
    return min((share_left(event) for event in closings if holds(event, at_s)), default=1.0)
