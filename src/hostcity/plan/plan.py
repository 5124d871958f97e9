"""The plan of one expo day: every sheet as a tuple of rows, in workbook order."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from hostcity.plan import rows
from hostcity.plan.columns import columns_of

#: Row type by sheet name, in workbook order. The name of a sheet is the name of the plan's attribute.
SHEETS: dict[str, type] = {
    "edition": rows.Edition,
    "model": rows.Model,
    "levels": rows.Level,
    "areas": rows.Area,
    "nodes": rows.Node,
    "link_kinds": rows.LinkKind,
    "links": rows.Link,
    "grounds": rows.Grounds,
    "stands": rows.Stand,
    "openings": rows.Opening,
    "connectors": rows.Connector,
    "amenities": rows.Amenity,
    "faces": rows.Face,
    "face_lines": rows.FaceLine,
    "wrong_turns": rows.WrongTurns,
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
    "service_days": rows.ServiceDay,
    "bands": rows.Band,
    "roster_rules": rows.RosterRules,
    "skills": rows.Skill,
    "post_classes": rows.PostClass,
    "zones": rows.Zone,
    "posts": rows.Post,
    "mix_lines": rows.MixLine,
    "needs": rows.Need,
    "campuses": rows.Campus,
    "teams": rows.Team,
    "volunteers": rows.Volunteer,
    "certificates": rows.Certificate,
    "pairs": rows.Pair,
    "shifts": rows.Shift,
    "preparation": rows.Preparation,
    "directives": rows.Directive,
    "departments": rows.Department,
    "workstreams": rows.Workstream,
    "calendars": rows.Calendar,
    "calendar_days": rows.CalendarDays,
    "crews": rows.Crew,
    "crew_days": rows.CrewDays,
    "risk_drivers": rows.RiskDriver,
    "tasks": rows.Task,
    "task_links": rows.TaskLink,
    "timeline": rows.Event,
    "uncertainties": rows.Uncertainty,
    "options": rows.Option,
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
    grounds: tuple[rows.Grounds, ...] = ()
    stands: tuple[rows.Stand, ...] = ()
    openings: tuple[rows.Opening, ...] = ()
    connectors: tuple[rows.Connector, ...] = ()
    amenities: tuple[rows.Amenity, ...] = ()
    faces: tuple[rows.Face, ...] = ()
    face_lines: tuple[rows.FaceLine, ...] = ()
    wrong_turns: tuple[rows.WrongTurns, ...] = ()
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
    service_days: tuple[rows.ServiceDay, ...] = ()
    bands: tuple[rows.Band, ...] = ()
    roster_rules: tuple[rows.RosterRules, ...] = ()
    skills: tuple[rows.Skill, ...] = ()
    post_classes: tuple[rows.PostClass, ...] = ()
    zones: tuple[rows.Zone, ...] = ()
    posts: tuple[rows.Post, ...] = ()
    mix_lines: tuple[rows.MixLine, ...] = ()
    needs: tuple[rows.Need, ...] = ()
    campuses: tuple[rows.Campus, ...] = ()
    teams: tuple[rows.Team, ...] = ()
    volunteers: tuple[rows.Volunteer, ...] = ()
    certificates: tuple[rows.Certificate, ...] = ()
    pairs: tuple[rows.Pair, ...] = ()
    shifts: tuple[rows.Shift, ...] = ()
    preparation: tuple[rows.Preparation, ...] = ()
    directives: tuple[rows.Directive, ...] = ()
    departments: tuple[rows.Department, ...] = ()
    workstreams: tuple[rows.Workstream, ...] = ()
    calendars: tuple[rows.Calendar, ...] = ()
    calendar_days: tuple[rows.CalendarDays, ...] = ()
    crews: tuple[rows.Crew, ...] = ()
    crew_days: tuple[rows.CrewDays, ...] = ()
    risk_drivers: tuple[rows.RiskDriver, ...] = ()
    tasks: tuple[rows.Task, ...] = ()
    task_links: tuple[rows.TaskLink, ...] = ()
    timeline: tuple[rows.Event, ...] = ()
    uncertainties: tuple[rows.Uncertainty, ...] = ()
    options: tuple[rows.Option, ...] = ()
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
        """Hash of all that the plan says: SHA-256 over its canonical JSON. Equal plans have equal hashes.

        Sheets without rows say nothing: a plan keeps its hash when the language gains a sheet.
        """
        return self.sha256_of(SHEETS)

    def sha256_of(self, sheets: Collection[str]) -> str:
        """Hash of what some sheets say: what is made of these alone holds as long as it is the same."""
        texts = {name: _text(name, sheet) for name, sheet in self.sheets() if sheet and name in sheets}
        text = ",".join(f'"{name}":{texts[name]}' for name in sorted(texts))
        return hashlib.sha256(f"{{{text}}}".encode()).hexdigest()


#: Canonical JSON of large sheets, each with the very rows that it is of: plans that differ elsewhere share them.
_KNOWN: deque[tuple[tuple[Any, ...], str]] = deque(maxlen=4)
LARGE = 1_000  # rows


def _text(name: str, sheet: tuple[Any, ...]) -> str:
    """Canonical JSON of a sheet."""
    known = next((text for rows_of, text in tuple(_KNOWN) if rows_of is sheet), None)
    if known is not None:
        return known
    body = _canonical(SHEETS[name], sheet)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    if len(sheet) >= LARGE:
        _KNOWN.append((sheet, text))
    return text


def _canonical(row_type: type, sheet: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Rows as objects, every number of one form: 2000 of a plan made in code is the 2000.0 of a workbook."""
    kinds = [(name, column.kind) for name, column in columns_of(row_type).items()]
    return [{name: one_form(kind, getattr(row, name)) for name, kind in kinds} for row in sheet]


def one_form(kind: str, value: Any) -> Any:
    """A value as it is hashed: equal values of a column have one form."""
    if kind in ("number", "clock") and value is not None:
        return float(value) + 0.0  # -0.0 is 0.0
    if kind == "outline":
        return [(float(x) + 0.0, float(y) + 0.0) for x, y in value]
    return value
