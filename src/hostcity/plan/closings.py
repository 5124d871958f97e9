"""What is narrowed, closed or out of service for a time: links, openings and connectors, as the timeline has them.

A link is named by ``width`` and ``close``, an opening or a connector by ``shut``. Where a link has the code of an opening or
a connector, as in a network that was derived from the drawing, it is the same way: what is said of one holds for both. A door
between more than two nodes gives its code to the first of its links; the others are named ``door:node>node``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from hostcity.plan.lanes import begun_last, holds
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Event
from hostcity.plan.sentences import Sentence

CLOSING = ("width", "close", "shut")


def closes(target: str, link: str) -> bool:
    """Whether what names ``target`` names a link: of this code, or another one through the same derived opening."""
    return link == target or (link.startswith(f"{target}:") and ">" in link[len(target) :])


def is_played(plan: Plan, event: Event) -> bool:
    """Whether a rehearsal knows of a narrowing or closure: some link is named by it."""
    return any(closes(event.target, link.code) for link in plan.links)


def unplayed(plan: Plan) -> tuple[Event, ...]:
    """What is shut for a time on maps and for ways, and stays open in a rehearsal."""
    return tuple(event for event in plan.timeline if event.action == "shut" and not is_played(plan, event))


def unplayed_doubts(plan: Plan) -> Iterator[Problem]:
    """Doors and connectors that are shut for a time, and through which no link of their code leads, at their places."""
    rows = {event.code: number for number, event in enumerate(plan.timeline, 1)}
    level_of = {area.code: area.level for area in plan.areas}
    for event in unplayed(plan):
        level, at = "", None
        for opening in plan.openings:
            if opening.code == event.target and opening.line:
                (ax, ay), (bx, by) = opening.line[0], opening.line[-1]
                level, at = level_of.get(opening.area, ""), ((ax + bx) / 2, (ay + by) / 2)
        for connector in plan.connectors:
            if connector.code == event.target:
                level, at = level_of.get(connector.start, ""), (connector.start_x_m, connector.start_y_m)
        yield Problem(
            code="timeline.target.unplayed", sheet="timeline", row=rows[event.code], column="target", level=level, at=at,
            what=Sentence("shuts {code}, but no link has this code: a rehearsal does not play it.", code=event.target),
            mend=Sentence("If it is to be rehearsed, close the link that leads through it."),
        )  # fmt: skip


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
