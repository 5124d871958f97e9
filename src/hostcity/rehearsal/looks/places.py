"""Places of a plan that are worth a look: gate plazas, hall exits, crossings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hostcity.core.sayings import is_chinese
from hostcity.plan import Plan

CHECKS = ("security", "badge")
LEAST_LINKS = 3  # that meet in a crossing
MOST_CROSSINGS = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A node or a link, as the microscope is asked for it."""

    at: str
    name: str


def places_of(plan: Plan, summary: Mapping[str, Any]) -> list[tuple[Any, Sequence[Place]]]:
    """Kinds of places, each with its places; crossings where it is fullest first."""
    worst = {row["code"]: row["peak_per_m2"] or 0.0 for row in summary.get("links_worst", ())}
    area_of = {node.code: node.area for node in plan.nodes}
    areas = {row.code: row for row in plan.areas}
    gates = {row.node: row for row in plan.stations if row.service in CHECKS}
    meet = Counter(node for link in plan.links for node in (link.start, link.end))
    fullest = {
        node: max((worst.get(link.code, 0.0) for link in plan.links if node in (link.start, link.end)), default=0.0)
        for node in meet
    }

    def named(node: str) -> str:
        row = areas.get(area_of[node])
        return f"{_name(row) or area_of[node]} · {node}"

    exits = [
        (link, start, end)
        for link in plan.links
        for start, end in ((link.start, link.end), (link.end, link.start))
        if _is_hall(areas, area_of[start]) and not _is_hall(areas, area_of[end])
    ]
    crossings = sorted(
        (node for node, links in meet.items() if links >= LEAST_LINKS and node not in gates),
        key=lambda node: -fullest[node],
    )
    return [
        (_("Gate plazas"), [Place(f"nodes.{node}", f"{named(node)} ({row.code})") for node, row in gates.items()]),
        (_("Hall exits"), [Place(f"links.{link.code}", f"{named(start)} → {end}") for link, start, end in exits]),
        (_("Crossings"), [Place(f"nodes.{node}", named(node)) for node in crossings[:MOST_CROSSINGS]]),
    ]  # fmt: skip


def _is_hall(areas: Mapping[str, Any], code: str) -> bool:
    return code in areas and areas[code].kind == "hall"


def _name(row: Any) -> str:
    if row is None:
        return ""
    return str((row.name_zh or row.name_en) if is_chinese() else (row.name_en or row.name_zh))
