"""Evacuations of the timeline: by which ways an area is left, and where those wait who cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Area, Event, Opening
from hostcity.plan.sentences import Sentence


@dataclass(frozen=True, slots=True)
class ExitLimit:
    """The usual figure of what is asked of exits, and those between which one may be set."""

    usual: float
    low: float
    high: float


#: Farthest way to an exit [m], persons per m2 of an area, persons per meter of clear exit; sources: engines/egress/README.md.
EXIT_LIMITS = {
    "distance_m": ExitLimit(30.0, 1.0, 1_000.0),
    "persons_per_m2": ExitLimit(0.75, 0.01, 10.0),
    "persons_per_m": ExitLimit(100.0, 1.0, 1_000.0),
}
#: Fields of a row that only an evacuation has.
ONLY_OF_EVACUATIONS = ("spread", "exits", "refuge")


def ways_out(plan: Plan, area: str) -> tuple[tuple[int, str, str, str], ...]:
    """Directed links by which people leave an area: 2l forward or 2l + 1 backward, code of the link, node, node beyond."""
    nodes = {node.code for node in plan.nodes if node.area == area}
    return tuple(
        (way, row.code, behind, beyond)
        for at, row in enumerate(plan.links)
        for way, behind, beyond in ((2 * at, row.start, row.end), (2 * at + 1, row.end, row.start))
        if behind in nodes and beyond not in nodes and not (row.one_way and way % 2)
    )


def assigned_ways(plan: Plan, event: Event) -> frozenset[int]:
    """Directed links out of an evacuated area by which its people shall leave; all of them when none is named."""
    area_of = {node.code: node.area for node in plan.nodes}
    return frozenset(
        way for way, link, _, beyond in ways_out(plan, event.target)
        if not event.to or {link, beyond, area_of.get(beyond)} & set(event.to)
    )  # fmt: skip


def evacuation_problems(plan: Plan, event: Event, row: int) -> Iterator[Problem]:
    """Exits that lead out of nothing, refuges elsewhere, and fields that only an evacuation has."""
    if event.action != "evacuate":
        given = {"spread": event.spread is not None, "exits": event.exits != "quickest", "refuge": bool(event.refuge)}
        for name in ONLY_OF_EVACUATIONS:
            if given[name]:
                what = Sentence("is filled in, but {action} takes none.", action=event.action)
                yield _at(row, name, "not_used", what, Sentence("Empty it, or choose action evacuate."))
        return
    if event.target not in {area.code for area in plan.areas}:
        return  # told already
    area_of = {node.code: node.area for node in plan.nodes}
    out = ways_out(plan, event.target)
    known = list(dict.fromkeys(link for _, link, _, _ in out))
    leads = {name for _, link, _, beyond in out for name in (link, beyond, area_of.get(beyond))}
    for code in event.to:
        if code not in leads:
            what = Sentence("names {code}, by which nobody leaves {area}.", code=code, area=event.target)
            yield _at(row, "to", "unknown", what, Sentence("Links out of it: {known}.", known=_some(known)))
    nodes = [node.code for node in plan.nodes if node.area == event.target]
    for code in event.refuge:
        if code not in nodes:
            what = Sentence("names {code}, which is no node of {area}.", code=code, area=event.target)
            yield _at(row, "refuge", "unknown", what, Sentence("Nodes of it: {known}.", known=_some(nodes)))


def _some(codes: list[str]) -> str:
    return ", ".join([*codes[:12], *(["..."] if len(codes) > 12 else [])])


def _at(row: int, column: str, kind: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"timeline.{column}.{kind}", sheet="timeline", row=row, column=column, what=what, mend=mend)


def halls_with_exits(areas: Iterable[Area], openings: Iterable[Opening]) -> list[str]:
    """Codes of halls that are drawn with an exit, in the order of the plan."""
    exits = {end for each in openings if each.is_exit for end in (each.area, each.other)}
    return [each.code for each in areas if each.kind == "hall" and each.outline and each.code in exits]
