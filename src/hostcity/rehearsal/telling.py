"""What a played day says, in both languages, as data that pages show without the engine. Only the job imports this."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hostcity.plan.plan import Plan
from hostcity.plan.provenance import mark_of
from hostcity.report.clocks import finite, limit_text, minute
from hostcity.report.events import link_name, station_name
from hostcity.report.findings import findings_of, value_text
from hostcity.report.inputs import inputs_of
from hostcity.report.page import page_policy
from hostcity.report.possible_days import kept_sentence
from hostcity.report.quantities import quantity_name
from hostcity.report.sentences import deciding_sentence, left_out_sentence, overload_text, wait_text, warnings_as_text
from hostcity.report.verdict_words import told_limits, told_verdict, verdict_title
from hostcity.report.words import Both, say
from hostcity.studies import Rehearsal
from hostcity.studies.figures import StationFigure

QUARTER_S, SLOT_S, MINUTE_S = 900.0, 300.0, 60.0
LONG_S, VERY_LONG_S = 600.0, 1800.0  # waits inside that make a finding major, critical
MOST_OF_A_KIND = 6
MINOR, MAJOR, CRITICAL = 1, 2, 3

Data = dict[str, Any]


def verdict_word(rehearsal: Rehearsal) -> str:
    """kept, broken, invalid or none."""
    if not rehearsal.day.is_valid:
        return "invalid"
    if rehearsal.verdict.is_void:
        return "none"
    return "kept" if rehearsal.verdict.kept else "broken"


def told(rehearsal: Rehearsal) -> Data:
    """Verdict, main figures with their marks, and the worst places."""
    deciding, left_out = deciding_sentence(rehearsal), left_out_sentence(rehearsal)
    is_valid = rehearsal.day.is_valid
    title = verdict_title(rehearsal.verdict) if is_valid else say("No verdict: the run is invalid")
    return {
        "title": _both(title),
        "sentence": _both(told_verdict(rehearsal.verdict)),
        "deciding": _both(deciding) if deciding else None,
        "left_out": _both(left_out) if left_out else None,
        "limits": [
            {"what": _both(each.what), "took": _both(wait_text(each.took_s, each.limit_s)), "limit_min": each.limit_s / 60,
             "share": each.took_share, "limit_share": each.limit_share, "is_kept": each.is_kept if is_valid else None}
            for each in told_limits(rehearsal.verdict)
        ],
        "warnings": [_both(each) for each in warnings_as_text(rehearsal)],
        "overloads": [_both(overload_text(each)) for each in rehearsal.day.overloads],
        "figures": list(_figures(rehearsal)),
        "reported": list(_reported(rehearsal)),
        "marks": dict(Counter(mark for each in inputs_of(rehearsal.plan) for mark in [each.mark] * each.count)),
        "found": sorted(_found(rehearsal), key=lambda each: -each["severity"]),
        "many": _both(kept_sentence(rehearsal.many)) if rehearsal.many else None,
        "policy": page_policy(),
    }  # fmt: skip


def _both(text: Both) -> Data:
    return {"en": text.en, "zh": text.zh}


def _plain(text: str) -> Data:
    return {"en": text, "zh": text}


def _figures(rehearsal: Rehearsal) -> Iterator[Data]:
    """What was played, beside what is promised."""
    verdict, figures, day = rehearsal.verdict, rehearsal.figures, rehearsal.plan.day
    pairs = (
        (say("Busiest hour: 99 of 100 in within"), verdict.peak_p99_s, verdict.peak_limit_s, "peak_wait_limit_s"),
        (say("Worst other quarter: 99 of 100 in within"), verdict.other_p99_s, verdict.other_limit_s, "other_wait_limit_s"),
    )  # fmt: skip
    for name, took_s, limit_s, field in () if verdict.is_void else pairs:
        beside = _both(say("promised: {n} min", n=limit_text(limit_s)))
        mark = mark_of(rehearsal.plan, "edition", day.code, field)
        yield {"name": _both(name), "played": _both(wait_text(took_s, limit_s)), "beside": beside, "mark": mark}
    missed = sum(each.missed for each in figures.appointments)
    invited = sum(each.invited for each in figures.appointments)
    alone = [
        (say("Entries"), f"{verdict.entries:,}"),
        (say("Entries in the busiest hour"), f"{verdict.peak_entries:,}"),
        (say("Turned away"), f"{verdict.turned_away:,}"),
        (say("Most inside, at {at}", at=minute(rehearsal.day.inside_peak_s)), f"{rehearsal.day.inside_peak_persons:,}"),
        (_held_name(rehearsal), f"{figures.held.most_persons:,}"),
        (say("Last one out"), minute(figures.last_out_s) or "–"),
        (say("Not home when the clock ended"), f"{figures.still_inside + figures.still_outside:,}"),
    ]
    if invited:
        alone.append((say("Appointments missed"), f"{missed:,} / {invited:,}"))
    for what, text in alone:
        yield {"name": _both(what), "played": _plain(text), "beside": None, "mark": ""}


def _held_name(rehearsal: Rehearsal) -> Both:
    held = rehearsal.figures.held
    return say("Most held outside, at {at}", at=minute(held.at_s)) if held.most_persons else say("Held outside")


def _reported(rehearsal: Rehearsal) -> Iterator[Data]:
    """What was played, beside what was reported of the real day."""
    signs = {"at_least": "≥ ", "at_most": "≤ ", "equals": ""}
    for each in rehearsal.reported:
        row = each.row
        beside = value_text(row.value, row.unit)
        sign = signs[row.relation]
        yield {
            "name": _both(quantity_name(rehearsal.plan, row.quantity)),
            "played": _both(value_text(each.played, row.unit)),
            "beside": {"en": sign + beside.en, "zh": sign + beside.zh},
            "agrees": each.agrees,
            "use": row.use,
        }


def _found(rehearsal: Rehearsal) -> Iterator[Data]:
    """Places of which somebody may want to make a finding."""
    for overload in rehearsal.day.overloads[:MOST_OF_A_KIND]:
        place = _place_of(rehearsal.plan, overload.place)
        yield _item(place, _plain(overload.place or "–"), overload_text(overload), overload.at_s, MINUTE_S, CRITICAL)
    yield from _found_at_gates(rehearsal)
    yield from _found_inside(rehearsal)


def _found_at_gates(rehearsal: Rehearsal) -> Iterator[Data]:
    verdict = rehearsal.verdict
    for name, gate in findings_of(rehearsal).gates[:MOST_OF_A_KIND]:
        limit_s = verdict.limit_from(gate.worst_starts_s)
        is_over = gate.worst_p99_s > limit_s
        severity = CRITICAL if math.isinf(gate.worst_p99_s) else MAJOR if is_over else MINOR
        figure = say("99 of 100 in within {n}", n=wait_text(gate.worst_p99_s, limit_s))
        yield _item(f"gates.{gate.gate}", _both(name), figure, gate.worst_starts_s, QUARTER_S, severity)


def _found_inside(rehearsal: Rehearsal) -> Iterator[Data]:
    plan, found = rehearsal.plan, findings_of(rehearsal)
    for row, hall, _reported in found.halls[:MOST_OF_A_KIND]:
        is_over = hall.capacity is not None and hall.peak_persons > hall.capacity
        name, figure = found.places[row.code], say("{n} persons at once", n=f"{hall.peak_persons:,}")
        yield _item(f"areas.{row.code}", _both(name), figure, hall.peak_at_s, MINUTE_S, CRITICAL if is_over else MINOR)
    for link in found.links[:MOST_OF_A_KIND]:
        severity = {"F": CRITICAL, "E": MAJOR}.get(link.level_of_service, MINOR)
        figure = say("{n} persons/m², level {level}", n=f"{link.peak_per_m2:.2f}", level=link.level_of_service)
        yield _item(f"links.{link.code}", _both(link_name(plan, link.code)), figure, link.peak_at_s, MINUTE_S, severity)
    for _area, _row, queue in (*found.queues[:MOST_OF_A_KIND], *found.departures[:MOST_OF_A_KIND]):
        yield _of_queue(plan, queue)
    for row, meeting in found.appointments:
        if meeting.missed or meeting.late:
            name = Both(row.name_en or row.code, row.name_zh or row.name_en or row.code)
            figure = say(
                "{missed} missed, {late} late of {n}", missed=meeting.missed, late=meeting.late, n=meeting.invited
            )
            severity = MAJOR if meeting.missed else MINOR
            yield _item(f"appointments.{row.code}", _both(name), figure, row.starts_at, MINUTE_S, severity)


def _of_queue(plan: Plan, queue: StationFigure) -> Data:
    wait_s = queue.worst_p99_s
    severity = CRITICAL if wait_s > VERY_LONG_S else MAJOR if wait_s > LONG_S else MINOR
    figure = say("99 of 100 wait at most {n}, {most} in the queue", n=wait_text(wait_s), most=f"{queue.queue_peak:,}")
    return _item(
        f"stations.{queue.code}", _both(station_name(plan, queue.code)), figure, queue.worst_at_s, SLOT_S, severity
    )


def _item(place: str, name: Data, figure: Both, from_s: float, lasts_s: float, severity: int) -> Data:
    starts = finite(math.floor(from_s / 60) * 60) if math.isfinite(from_s) else None
    return {
        "place": place,
        "name": name,
        "figure": _both(figure),
        "from_s": starts,
        "until_s": None if starts is None else starts + lasts_s,
        "severity": severity,
    }


def _place_of(plan: Plan, code: str) -> str:
    """SHEET.KEY of a code that an overload names, when one sheet has it."""
    for sheet in ("links", "areas", "nodes", "stations"):
        if code and any(row.code == code for row in getattr(plan, sheet)):
            return f"{sheet}.{code}"
    return ""
