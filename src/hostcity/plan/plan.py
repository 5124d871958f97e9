"""The plan of one expo day: every sheet as a tuple of rows, in workbook order."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hostcity.plan import rows

#: Row type by sheet name, in workbook order. The name of a sheet is the name of the plan's attribute.
SHEETS: dict[str, type] = {
    "edition": rows.Edition,
    "model": rows.Model,
    "levels": rows.Level,
    "areas": rows.Area,
    "nodes": rows.Node,
    "link_kinds": rows.LinkKind,
    "links": rows.Link,
    "gates": rows.Gate,
    "stations": rows.Station,
    "lanes": rows.LaneTime,
    "profiles": rows.ProfileSlot,
    "streams": rows.Stream,
    "approaches": rows.Approach,
    "groups": rows.Group,
    "mixes": rows.Mix,
    "attractions": rows.Attraction,
    "appointments": rows.Appointment,
    "timeline": rows.Event,
    "sources": rows.Source,
    "provenance": rows.Provenance,
    "reported": rows.Reported,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One expo day, as its planner wrote it. Rows keep the order of the workbook."""

    edition: tuple[rows.Edition, ...]
    model: tuple[rows.Model, ...] = (rows.Model(code="day"),)
    levels: tuple[rows.Level, ...] = ()
    areas: tuple[rows.Area, ...] = ()
    nodes: tuple[rows.Node, ...] = ()
    link_kinds: tuple[rows.LinkKind, ...] = ()
    links: tuple[rows.Link, ...] = ()
    gates: tuple[rows.Gate, ...] = ()
    stations: tuple[rows.Station, ...] = ()
    lanes: tuple[rows.LaneTime, ...] = ()
    profiles: tuple[rows.ProfileSlot, ...] = ()
    streams: tuple[rows.Stream, ...] = ()
    approaches: tuple[rows.Approach, ...] = ()
    groups: tuple[rows.Group, ...] = ()
    mixes: tuple[rows.Mix, ...] = ()
    attractions: tuple[rows.Attraction, ...] = ()
    appointments: tuple[rows.Appointment, ...] = ()
    timeline: tuple[rows.Event, ...] = ()
    sources: tuple[rows.Source, ...] = ()
    provenance: tuple[rows.Provenance, ...] = ()
    reported: tuple[rows.Reported, ...] = ()

    @property
    def day(self) -> rows.Edition:
        """The day that is played: the one row of sheet edition."""
        return self.edition[0]

    @property
    def rules(self) -> rows.Model:
        """How the day is played: the one row of sheet model."""
        return self.model[0]

    def sheets(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Every sheet's name and rows, in workbook order."""
        for name in SHEETS:
            yield name, getattr(self, name)

    def replace(self, **sheets: tuple[Any, ...]) -> Plan:
        """A copy with some sheets exchanged."""
        return dataclasses.replace(self, **sheets)

    @property
    def sha256(self) -> str:
        """Hash of all that the plan says: SHA-256 over its canonical JSON."""
        body = {name: [dataclasses.asdict(each) for each in sheet] for name, sheet in self.sheets()}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()
