"""The drawing of a venue: the sheets of a plan that an archive can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan import rows
from hostcity.plan.plan import Plan
from hostcity.plan.template import empty_plan

#: Sheets that are drawn, in workbook order.
DRAWN = ("levels", "areas", "grounds", "stands", "openings", "connectors", "amenities")
HOURS_OF_NEW = {
    "clock_starts_at": 6 * 3600.0, "gates_open_at": 8.5 * 3600, "opens_at": 9 * 3600.0, "last_entry_at": 16 * 3600.0,
    "closes_at": 17 * 3600.0, "clock_ends_at": 20 * 3600.0,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """The sheets of a plan that are drawn, and the day on which the archive says that it was made."""

    levels: tuple[rows.Level, ...] = ()
    areas: tuple[rows.Area, ...] = ()
    grounds: tuple[rows.Grounds, ...] = ()
    stands: tuple[rows.Stand, ...] = ()
    openings: tuple[rows.Opening, ...] = ()
    connectors: tuple[rows.Connector, ...] = ()
    amenities: tuple[rows.Amenity, ...] = ()
    date: str = "2000-01-01"

    def sheets(self) -> dict[str, tuple[Any, ...]]:
        """The rows of every sheet."""
        return {name: getattr(self, name) for name in DRAWN}


def drawing_of(plan: Plan) -> Drawing:
    """What is drawn of a plan."""
    return Drawing(**{name: getattr(plan, name) for name in DRAWN})


def put_into(plan: Plan, drawing: Drawing) -> Plan:
    """A plan with another drawing; all its other sheets are as they were."""
    return plan.replace(**drawing.sheets())


def new_plan(drawing: Drawing) -> Plan:
    """A plan to go on with: the drawing, and an edition of usual hours that is named after the venue.

    Nodes, links and people are still to be filled in.
    """
    grounds = drawing.grounds[0]
    edition = rows.Edition(
        code=grounds.code, name_en=grounds.name_en, name_zh=grounds.name_zh, date=drawing.date,
        time_zone="Asia/Shanghai" if grounds.country == "CN" else "UTC", **HOURS_OF_NEW,
    )  # fmt: skip
    return empty_plan().replace(edition=(edition,), **drawing.sheets())
