"""The figures of a rehearsal as one JSON object, for programs. Described by summary.schema.json."""

from __future__ import annotations

import math
from typing import Any

from hostcity.engines.day.results import SLOT_S
from hostcity.report.clocks import clock, finite
from hostcity.report.many import of_many
from hostcity.report.terms import OF_DENSITY
from hostcity.studies import Rehearsal
from hostcity.studies.clearances import Clearance
from hostcity.studies.figures import EventFigure
from hostcity.studies.manning import ShiftCost
from hostcity.studies.promise import Verdict
from hostcity.studies.swings import Swings
from hostcity.studies.wrong_turns import WrongTurnFigures

WORST_LINKS = 20


def summary(rehearsal: Rehearsal) -> dict[str, Any]:
    """The summary of a rehearsal; times are "HH:MM:SS", and there is no nan or infinity in it."""
    day, figures, row = rehearsal.day, rehearsal.figures, rehearsal.plan.day
    return {
        "edition": {
            "code": row.code,
            "name_en": row.name_en,
            "name_zh": row.name_zh,
            "date": row.date,
            "time_zone": row.time_zone,
        },
        "seed": day.seed,
        "plan_hash": day.plan_sha256,
        "results_sha256": day.results_sha256,
        "version": day.version,
        "cpu_s": finite(day.cpu_s, 3),
        "wall_s": finite(rehearsal.wall_s, 3),
        "peak_mib": finite(rehearsal.peak_mib, 1),
        "scenarios": [
            {
                "name": each.name,
                "sha256": each.sha256,
                "title_en": each.title_en,
                "title_zh": each.title_zh,
                "teaches_en": each.teaches_en,
                "teaches_zh": each.teaches_zh,
                "source_en": each.source_en,
                "source_zh": each.source_zh,
            }
            for each in rehearsal.scenarios
        ],
        "overrides": list(rehearsal.overrides),
        "valid": day.is_valid,
        "overloads": [
            {"reason": each.reason, "place": each.place, "at": clock(each.at_s), "figure": finite(each.figure)}
            | {"unit": "persons/m2" if each.reason in OF_DENSITY else "persons", "event": each.event}
            for each in day.overloads
        ],
        "warnings": warnings_of(rehearsal),
        "verdict": _verdict(rehearsal.verdict)
        | ({} if day.is_valid and not rehearsal.verdict.is_void else {"kept": None}),
        "gates": [
            {"gate": each.gate, "entries": each.entries, **_wait("worst_p99_s", each.worst_p99_s)}
            | {"worst_at": clock(each.worst_starts_s)}
            for each in rehearsal.gates
        ],
        "areas": _areas(rehearsal),
        "stations": _stations(rehearsal),
        "clock_starts_at": clock(day.clock_start_s),
        "clock_ends_at": clock(day.clock_end_s),
        "slot_s": int(SLOT_S),
        "streams": [
            {"code": each.code, "persons": each.persons, "arrived": list(each.arrived)} for each in figures.streams
        ],
        "links_worst": _links_worst(rehearsal),
        "events": [_event(each) for each in figures.events],
        "cleared": _cleared(figures.cleared),
        "appointments": [
            {"code": each.code, "invited": each.invited, "late": each.late, "missed": each.missed}
            for each in figures.appointments
        ],
        "last_out_at": clock(figures.last_out_s),
        "still_inside": figures.still_inside,
        "still_outside": figures.still_outside,
        "held": {
            "most_persons": figures.held.most_persons,
            "at": clock(figures.held.at_s),
            "node": figures.held.node or None,
            "area": figures.held.area or None,
            "node_persons": figures.held.node_persons,
        },
        "uncounted": {"persons": figures.uncounted.persons, "groups": list(figures.uncounted.groups)}
        | _wait("worst_p99_s", figures.uncounted.worst_p99_s),
        "mean_stay_s": finite(figures.mean_stay_s, 1),
        "inside_peak_persons": int(day.inside_peak_persons),
        "inside_peak_at": clock(day.inside_peak_s),
        "wrong_turns": _wrong_turns(figures.wrong_turns),
        "shifts": [_shift(each) for each in rehearsal.shifts],
        "reported": _reported(rehearsal),
        "swings": _swings(rehearsal.swings),
        "many": of_many(rehearsal.many),
    }


def _event(event: EventFigure) -> dict[str, Any]:
    return {
        "code": event.code,
        "action": event.action,
        "target": event.target,
        "starts_at": clock(event.starts_at_s),
        "ends_at": None if event.ends_at_s is None else clock(event.ends_at_s),
        "value": event.value,
        "to": list(event.to),
        "clearance": _cleared(event.clearance),
    }


def _wrong_turns(found: WrongTurnFigures | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "newcomers": found.newcomers,
        "astray": found.astray,
        "turns": found.turns,
        "lost_s": finite(found.lost_s, 1),
        "questions": found.questions,
        "places": [
            {
                "node": each.node,
                "area": each.area,
                "turns": each.turns,
                "passed": each.passed,
                "lost_s": finite(each.lost_s, 1),
            }
            for each in found.places
        ],
        "desks": [{"node": each.node, "goal": each.goal, "questions": each.questions} for each in found.desks],
        "mark": "assumed",
    }


def _shift(each: ShiftCost) -> dict[str, Any]:
    return {
        "post": each.post,
        "band": each.band,
        "station": each.station,
        "lacking": each.lacking,
        "waited_s": finite(each.waited_s, 1),
    }


def _cleared(cleared: Clearance | None) -> dict[str, Any] | None:
    return (
        None
        if cleared is None
        else {
            "persons_before": cleared.persons_before,
            "out_50_s": finite(cleared.out_50_s),
            "out_95_s": finite(cleared.out_95_s),
            "out_all_s": finite(cleared.out_all_s),
            "refuge_most": cleared.refuge_most,
            "step_s": cleared.step_s,
            "persons": list(cleared.persons),
            "refuge": list(cleared.refuge),
            "exits": [{"link": link, "persons": persons} for link, persons in cleared.exits],
        }
    )


def warnings_of(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """What a reader must know of a run that is valid all the same."""
    found = {
        "rotations": ("persons", rehearsal.day.rotations),
        "gate_hold": ("s", rehearsal.day.gate_hold_s),
        "still_inside": ("persons", rehearsal.figures.still_inside),
        "still_outside": ("persons", rehearsal.figures.still_outside),
    }
    return [{"code": code, "value": finite(value), "unit": unit} for code, (unit, value) in found.items() if value > 0]


def _wait(name: str, seconds: float) -> dict[str, Any]:
    """A wait that may last for ever: null, and "never" is true."""
    return {name: finite(seconds, 3), "never": math.isinf(seconds)}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "kept": verdict.kept,
        "entries": verdict.entries,
        "peak_starts_at": clock(verdict.peak_starts_s),
        "peak_entries": verdict.peak_entries,
        "peak_joined": verdict.peak_joined,
        "peak_p99_s": finite(verdict.peak_p99_s, 3),
        "peak_never": math.isinf(verdict.peak_p99_s),
        "peak_limit_s": finite(verdict.peak_limit_s),
        "other_p99_s": finite(verdict.other_p99_s, 3),
        "other_never": math.isinf(verdict.other_p99_s),
        "other_starts_at": clock(verdict.other_starts_s),
        "other_limit_s": finite(verdict.other_limit_s),
        "other_quarters_over": verdict.other_quarters_over,
        "share_over_peak_limit": finite(verdict.share_over_peak_limit),
        "turned_away": verdict.turned_away,
    }


def _areas(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code,
            "kind": each.kind,
            "peak_persons": each.peak_persons,
            "peak_at": clock(each.peak_at_s),
            "capacity": each.capacity,
            "peak_per_m2": finite(each.peak_per_m2, 4),
        }
        for each in rehearsal.figures.areas
    ]


def _stations(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code,
            "service": each.service,
            "served": each.served,
            "unserved": each.unserved,
            "wait_p50_s": finite(each.wait_p50_s, 3),
            "wait_p95_s": finite(each.wait_p95_s, 3),
            "wait_p99_s": finite(each.wait_p99_s, 3),
            "share_over_600_s": finite(each.share_over_600_s),
            "share_over_1800_s": finite(each.share_over_1800_s),
            "worst_at": clock(each.worst_at_s),
            "worst_p99_s": finite(each.worst_p99_s, 3),
            "queue_peak": each.queue_peak,
        }
        for each in rehearsal.figures.stations
    ]


def _links_worst(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    worst = sorted(rehearsal.figures.links, key=lambda each: (-each.peak_per_m2, each.code))[:WORST_LINKS]
    return [
        {
            "code": each.code,
            "kind": each.kind,
            "peak_per_m2": finite(each.peak_per_m2, 4),
            "peak_at": clock(each.peak_at_s),
            "level_of_service": each.level_of_service,
            "share_at_e_or_f": finite(each.share_at_e_or_f),
            "passed": each.passed,
        }
        for each in worst
    ]


def _reported(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    return [
        {
            "code": each.row.code,
            "quantity": each.row.quantity,
            "relation": each.row.relation,
            "reported": finite(each.row.value),
            "predicted": finite(each.played, 3),
            "unit": each.row.unit,
            "agrees": each.agrees,
            "use": each.row.use,
            "source": each.row.source,
            "edition": each.row.edition,
            "date": each.row.date,
        }
        for each in rehearsal.reported
    ]


def _swings(swings: Swings | None) -> dict[str, Any] | None:
    if swings is None:
        return None
    return {
        "base": _verdict(swings.base),
        "swings": [
            {
                "figure": each.figure,
                "mark": each.mark,
                "low_factor": finite(each.low_factor),
                "high_factor": finite(each.high_factor),
                "tried": list(each.tried),
                "usual": each.is_usual,
                "decides": each.decides,
                "low": _verdict(each.low),
                "high": _verdict(each.high),
            }
            for each in swings.swings
        ],
        "not_varied": list(swings.not_varied),
        "not_tried": list(swings.not_tried),
    }
