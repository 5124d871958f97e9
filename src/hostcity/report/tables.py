"""The same figures as CSV: one file per table, one heading per column with its unit."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hostcity.engines.day.results import MINUTE_S, SLOT_S
from hostcity.report.clocks import clock
from hostcity.report.inputs import inputs_of
from hostcity.report.many import many_tables
from hostcity.studies import Rehearsal
from hostcity.studies.figures import EventFigure

#: A text that begins so would be computed by a spreadsheet instead of shown.
FORMULA = ("=", "+", "-", "@", "\t")

Table = tuple[Sequence[str], Iterable[Sequence[Any]]]


def write_tables(rehearsal: Rehearsal, folder: Path) -> None:
    """Write every table into a folder, which is made."""
    folder.mkdir()
    tables = {name: table(rehearsal) for name, table in TABLES.items()}
    for name, (headings, rows) in (tables | (many_tables(rehearsal.many) if rehearsal.many else {})).items():
        # With a byte order mark, so that spreadsheets read the Chinese names.
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows([_cell(each) for each in row] for row in rows)


def _cell(value: Any) -> Any:
    """A cell; empty for nan, "never" for an infinite wait, at most six digits behind the point; a text is never a formula."""
    if isinstance(value, (float, np.floating)):
        if math.isnan(value):
            return ""
        return "never" if math.isinf(value) else f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _areas(rehearsal: Rehearsal) -> Table:
    return (
        ("code", "name (en)", "name (zh)", "kind", "peak [persons]", "peak at", "capacity [persons]", "gross area [m2]",
         "peak [persons/m2]"),
        (
            (row.code, row.name_en, row.name_zh, each.kind, each.peak_persons, clock(each.peak_at_s), each.capacity,
             row.gross_m2, each.peak_per_m2)
            for row, each in zip(rehearsal.plan.areas, rehearsal.figures.areas, strict=True)
        ),
    )  # fmt: skip


def _stations(rehearsal: Rehearsal) -> Table:
    return (
        ("code", "service", "gate", "served [persons]", "never served [persons]", "wait p50 [s]", "wait p95 [s]", "wait p99 [s]",
         "share over 600 s", "share over 1800 s", "worst 5 min from", "worst p99 [s]", "longest queue [persons]"),
        (
            (each.code, each.service, row.gate, each.served, each.unserved, each.wait_p50_s, each.wait_p95_s, each.wait_p99_s,
             each.share_over_600_s, each.share_over_1800_s, clock(each.worst_at_s), each.worst_p99_s, each.queue_peak)
            for row, each in zip(rehearsal.plan.stations, rehearsal.figures.stations, strict=True)
        ),
    )  # fmt: skip


def _stations_5min(rehearsal: Rehearsal) -> Table:
    day = rehearsal.day
    minutes = np.minimum(5 * np.arange(1, day.station_served.shape[1] + 1) - 1, max(0, day.station_queue.shape[1] - 1))
    return (
        ("code", "from", "joined and served [persons]", "wait p50 [s]", "wait p95 [s]", "wait p99 [s]",
         "share over 600 s", "share over 1800 s", "waiting at the end [persons]", "lanes open at the end"),
        (
            (code, clock(day.clock_start_s + slot * SLOT_S), day.station_served[at, slot],
             day.station_wait_p50_s[at, slot], day.station_wait_p95_s[at, slot], day.station_wait_p99_s[at, slot],
             day.station_share_over_600_s[at, slot], day.station_share_over_1800_s[at, slot],
             day.station_queue[at, minutes[slot]], day.station_lanes[at, minutes[slot]])
            for at, code in enumerate(day.station_codes)
            for slot in range(day.station_served.shape[1])
        ),
    )  # fmt: skip


def _areas_minutes(rehearsal: Rehearsal) -> Table:
    day = rehearsal.day
    at = [clock(day.clock_start_s + (minute + 1) * MINUTE_S) for minute in range(day.area_persons.shape[1])]
    return (
        ("at the end of the minute", *(f"{code} [persons]" for code in day.area_codes), "held outside [persons]"),
        ((at[m], *day.area_persons[:, m].tolist(), int(day.held_outside[m])) for m in range(len(at))),
    )


def _links(rehearsal: Rehearsal) -> Table:
    return (
        ("code", "start", "end", "kind", "length [m]", "width [m]", "peak [persons/m2]", "peak at",
         "level of service at the peak", "share of time at E or F", "passed [persons]"),
        (
            (row.code, row.start, row.end, row.kind, row.length_m, row.width_m, each.peak_per_m2, clock(each.peak_at_s),
             each.level_of_service, each.share_at_e_or_f, each.passed)
            for row, each in zip(rehearsal.plan.links, rehearsal.figures.links, strict=True)
        ),
    )  # fmt: skip


def _streams_5min(rehearsal: Rehearsal) -> Table:
    streams, start_s = rehearsal.figures.streams, rehearsal.day.clock_start_s
    slots = len(streams[0].arrived) if streams else 0
    return (
        ("until", *(f"{each.code} arrived so far [persons]" for each in streams)),
        ((clock(start_s + (slot + 1) * SLOT_S), *(each.arrived[slot] for each in streams)) for slot in range(slots)),
    )


def _appointments(rehearsal: Rehearsal) -> Table:
    return (
        ("code", "area", "starts at", "invited [persons]", "late [persons]", "missed [persons]"),
        (
            (row.code, row.area, clock(row.starts_at), each.invited, each.late, each.missed)
            for row, each in zip(rehearsal.plan.appointments, rehearsal.figures.appointments, strict=True)
        ),
    )


def _events(rehearsal: Rehearsal) -> Table:
    return (
        ("code", "action", "target", "from", "to", "value", "to", "inside before [persons]",
         "half out after [s]", "95 of 100 out after [s]", "all out after [s]", "most in refuges [persons]"),
        (
            (each.code, each.action, each.target, clock(each.starts_at_s),
             None if each.ends_at_s is None else clock(each.ends_at_s), each.value, ";".join(each.to),
             *((cleared.persons_before, cleared.out_50_s, cleared.out_95_s, cleared.out_all_s, cleared.refuge_most)
               if (cleared := each.clearance) else [None] * 5))
            for each in rehearsal.figures.events
        ),
    )  # fmt: skip


def _emptied(rehearsal: Rehearsal) -> tuple[EventFigure, ...]:
    """Events with a clearance, and all areas together that were evacuated at once, without code and area."""
    events = tuple(each for each in rehearsal.figures.events if each.clearance)
    if not rehearsal.figures.cleared:
        return events
    return (dataclasses.replace(events[0], code="", target="", clearance=rehearsal.figures.cleared), *events)


def _clearances(rehearsal: Rehearsal) -> Table:
    return (
        ("event", "area", "after the alarm [s]", "left inside [persons]", "waiting in refuges [persons]"),
        (
            (each.code, each.target, at * each.clearance.step_s, persons, each.clearance.refuge[at])
            for each in _emptied(rehearsal) if each.clearance
            for at, persons in enumerate(each.clearance.persons)
        ),
    )  # fmt: skip


def _exits(rehearsal: Rehearsal) -> Table:
    return (
        ("event", "area", "link", "left by it [persons]"),
        (
            (each.code, each.target, link, persons)
            for each in _emptied(rehearsal) if each.clearance
            for link, persons in each.clearance.exits
        ),
    )  # fmt: skip


def _gates(rehearsal: Rehearsal) -> Table:
    return (
        ("gate", "entries [persons]", "worst quarter p99 of entry time [s]", "worst quarter from"),
        ((each.gate, each.entries, each.worst_p99_s, clock(each.worst_starts_s)) for each in rehearsal.gates),
    )


def _reported(rehearsal: Rehearsal) -> Table:
    return (
        ("code", "quantity", "relation", "reported", "predicted", "unit", "agrees", "use", "source", "edition", "date",
         "note (en)", "note (zh)"),
        (
            (each.row.code, each.row.quantity, each.row.relation, each.row.value, each.played, each.row.unit,
             "yes" if each.agrees else "no", each.row.use, each.row.source, each.row.edition, each.row.date,
             each.row.note_en, each.row.note_zh)
            for each in rehearsal.reported
        ),
    )  # fmt: skip


def _swings(rehearsal: Rehearsal) -> Table:
    swings = rehearsal.swings
    return (
        ("figure", "mark", "low factor", "high factor", "tried low", "tried high", "usual factors", "decides",
         "peak p99 at low [s]", "peak p99 as planned [s]", "peak p99 at high [s]",
         "other quarters p99 at low [s]", "other quarters p99 as planned [s]", "other quarters p99 at high [s]",
         "kept at low", "kept at high"),
        (
            (each.figure, each.mark, each.low_factor, each.high_factor, *each.tried, _yes(each.is_usual),
             _yes(each.decides), each.low.peak_p99_s, swings.base.peak_p99_s, each.high.peak_p99_s,
             each.low.other_p99_s, swings.base.other_p99_s, each.high.other_p99_s,
             _yes(each.low.kept), _yes(each.high.kept))
            for each in (swings.swings if swings else ())
            if swings
        ),
    )  # fmt: skip


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _provenance(rehearsal: Rehearsal) -> Table:
    return (
        ("sheet", "figure", "figures", "values", "unit", "mark", "source", "edition", "date", "note"),
        (
            (each.sheet, each.figure, each.count, each.values, each.field.unit, each.mark,
             *((each.known.source, each.known.edition, each.known.date, each.known.note) if each.known else [""] * 4))
            for each in inputs_of(rehearsal.plan)
        ),
    )  # fmt: skip


TABLES: dict[str, Callable[[Rehearsal], Table]] = {
    "areas": _areas,
    "stations": _stations,
    "stations_5min": _stations_5min,
    "areas_minutes": _areas_minutes,
    "links": _links,
    "streams_5min": _streams_5min,
    "appointments": _appointments,
    "events": _events,
    "clearances": _clearances,
    "exits": _exits,
    "gates": _gates,
    "reported": _reported,
    "swings": _swings,
    "provenance": _provenance,
}
