"""Who cannot get where they want, in a plan of which some rows name what there is not.

A wrong name is no reason to keep silent about the rest, nor to blame what only follows from it. A row that stands at an
unknown node is left out. A link that leads to one is taken as leading to the node that explains most, a near name first:
nothing is told that a right name would mend.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator
from typing import Any

from hostcity.plan.check.finding import MOST_COMPARED, RowOf
from hostcity.plan.check.rows import MOST_CODES
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, Problem
from hostcity.plan.reach import reach_problems

MOST_LOST = 5  # unknown names of links: with more, too much is open
MOST_TRIED = 20  # nodes that one of them may mean
TOO_LARGE = ("areas.rows", "nodes.rows", "links.rows", "stations.rows")


def ways(plan: Plan, row_of: RowOf, found: Listing) -> Iterator[Problem]:
    """Gates, halls, services and homes out of reach, whatever else was found to be wrong."""
    if any(problem.code in TOO_LARGE for problem in found) or len(plan.streams) > MOST_CODES:
        return
    plan = _without_loops(plan)
    nodes = {node.code: None for node in plan.nodes}
    lost = list(dict.fromkeys(end for link in plan.links for end in (link.start, link.end) if end not in nodes))
    if len(lost) > MOST_LOST or (lost and len(nodes) > MOST_COMPARED):
        return
    plan, rows = _without_strays(plan, row_of)
    left = list(reach_problems(plan, rows))
    for name in lost if left else ():
        plan, left = _likeliest(plan, rows, left, name)
    yield from left


def _likeliest(plan: Plan, rows: RowOf, left: list[Problem], name: str) -> tuple[Plan, list[Problem]]:
    """The plan in which an unknown name of links means the node that brings most into reach, and what it leaves.

    Nodes whose names are like it come first: only if none of them helps may it be any that is told of.
    """
    places = {row.code: row.node for row in plan.stations} | {row.code: row.node for row in plan.streams}
    places |= {row.code: row.code for row in plan.nodes}
    told = (str(value) for problem in left for value in problem.what.values.values())
    near = difflib.get_close_matches(name, [node.code for node in plan.nodes], 3)
    for nodes in (near, list(dict.fromkeys(places[each] for each in told if each in places))[:MOST_TRIED]):
        plans = [_renamed(plan, name, node) for node in nodes]
        tried = [(len(each), at, each) for at, each in enumerate([*reach_problems(one, rows)] for one in plans)]
        count, at, less = min(tried, default=(len(left), 0, left))
        if count < len(left):
            return plans[at], less
    return plan, left


def _renamed(plan: Plan, name: str, node: str) -> Plan:
    return plan.replace(
        links=tuple(
            dataclasses.replace(
                link, start=node if link.start == name else link.start, end=node if link.end == name else link.end
            )
            if name in (link.start, link.end) else link
            for link in plan.links
        )
    )  # fmt: skip


def _without_loops(plan: Plan) -> Plan:
    """The plan in which a link that ends where it begins ends at an unknown node."""
    return plan.replace(
        links=tuple(
            dataclasses.replace(link, end=f"end of {link.code}") if link.start == link.end else link
            for link in plan.links
        )
    )


def _without_strays(plan: Plan, row_of: RowOf) -> tuple[Plan, RowOf]:
    """The plan without rows of which nobody knows where, or of whom, they are; and the numbers of the rows left."""
    nodes, groups = {node.code for node in plan.nodes}, {group.code for group in plan.groups}
    homes = {"", *(station.code for station in plan.stations)}
    kept: dict[str, list[int]] = {
        "stations": [at for at, row in enumerate(plan.stations) if row.node in nodes],
        "streams": [at for at, row in enumerate(plan.streams) if row.node in nodes and row.leaves_by in homes],
        "mixes": [at for at, row in enumerate(plan.mixes) if row.group in groups],
    }
    rows: dict[str, tuple[Any, ...]] = {
        sheet: tuple(getattr(plan, sheet)[at] for at in places) for sheet, places in kept.items()
    }
    return plan.replace(**rows), lambda sheet, at: row_of(sheet, kept[sheet][at] if sheet in kept else at)
