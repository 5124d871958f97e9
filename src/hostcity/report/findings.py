"""What went worst, in the order in which a reader asks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hostcity.plan.rows import Appointment, Area, Reported, Station
from hostcity.report.words import Both, named, say, unit_name
from hostcity.studies import Rehearsal
from hostcity.studies.figures import AppointmentFigure, AreaFigure, LinkFigure, StationFigure
from hostcity.studies.promise import GateWait
from hostcity.studies.reported import Compared

WORST_LINKS = 12
WORST_QUEUES = 10
SERVICES_INSIDE = ("catering", "toilets", "registration", "information")


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """The worst places of a day."""

    gates: tuple[tuple[Both, GateWait], ...]
    halls: tuple[tuple[Area, AreaFigure, Reported | None], ...]  # the fullest first
    links: tuple[LinkFigure, ...]  # the densest first
    queues: tuple[tuple[Both, Station, StationFigure], ...]  # catering, toilets and the like, longest wait first
    departures: tuple[tuple[Both, Station, StationFigure], ...]
    appointments: tuple[tuple[Appointment, AppointmentFigure], ...]
    compared: tuple[tuple[Compared, Both, Both], ...]  # with the reported and the predicted value as text
    places: dict[str, Both]  # names of areas
    between: dict[str, Both]  # names of the areas that each of the links joins


def findings_of(rehearsal: Rehearsal) -> Findings:
    """Look through the figures for the worst."""
    plan, figures = rehearsal.plan, rehearsal.figures
    links = tuple(sorted(figures.links, key=lambda each: (-each.peak_per_m2, each.code))[:WORST_LINKS])
    gate_names = {row.code: named(row) for row in plan.gates}
    return Findings(
        gates=tuple((gate_names[each.gate], each) for each in rehearsal.gates),
        halls=_halls(rehearsal),
        links=links,
        between=_between(rehearsal, {each.code for each in links}),
        queues=_queues(rehearsal, SERVICES_INSIDE)[:WORST_QUEUES],
        departures=_queues(rehearsal, ("metro", "shuttle")),
        appointments=tuple(zip(plan.appointments, figures.appointments, strict=True)),
        compared=tuple(
            (each, value_text(each.row.value, each.row.unit), value_text(each.played, each.row.unit))
            for each in rehearsal.reported
        ),
        places={row.code: named(row) for row in plan.areas},
    )


def _between(rehearsal: Rehearsal, codes: set[str]) -> dict[str, Both]:
    area_of = {row.code: row.area for row in rehearsal.plan.nodes}
    names = {row.code: named(row) for row in rehearsal.plan.areas}
    found = {}
    for row in rehearsal.plan.links:
        if row.code in codes:
            start, end = names[area_of[row.start]], names[area_of[row.end]]
            found[row.code] = start if start == end else Both(f"{start.en} – {end.en}", f"{start.zh} – {end.zh}")
    return found


def _halls(rehearsal: Rehearsal) -> tuple[tuple[Area, AreaFigure, Reported | None], ...]:
    said = {row.quantity: row for row in rehearsal.plan.reported}
    pairs = zip(rehearsal.plan.areas, rehearsal.figures.areas, strict=True)
    halls = [
        (row, figure, said.get(f"areas.{row.code}.peak_persons")) for row, figure in pairs if figure.kind == "hall"
    ]
    return tuple(sorted(halls, key=lambda hall: -hall[1].peak_persons))


def _queues(rehearsal: Rehearsal, services: tuple[str, ...]) -> tuple[tuple[Both, Station, StationFigure], ...]:
    area_of = {row.code: row.area for row in rehearsal.plan.nodes}
    names = {row.code: named(row) for row in rehearsal.plan.areas}
    found = [
        (names[area_of[row.node]], row, figure)
        for row, figure in zip(rehearsal.plan.stations, rehearsal.figures.stations, strict=True)
        if row.service in services and figure.served
    ]
    found.sort(key=lambda each: (-each[2].worst_p99_s, -each[2].queue_peak, each[1].code))
    return tuple(found)


def value_text(value: float, unit: str) -> Both:
    """A value in its unit as a person reads it."""
    if math.isnan(value):
        return say("not known to this version")
    if unit == "s after midnight":
        whole = round(value)
        return Both(*(f"{whole // 3600:02}:{whole // 60 % 60:02}",) * 2)
    if unit == "s":
        return say("{n} min", n=f"{value / 60:.1f}")
    text, name = number_text(value), unit_name(unit)
    return Both(f"{text} {name.en}", f"{text} {name.zh}")


def number_text(value: float) -> str:
    """A number with as many decimals as it needs."""
    return f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:.2f}"
