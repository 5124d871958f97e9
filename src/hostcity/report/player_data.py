"""What the player needs of a rehearsal: the drawing of the venue, its state minute by minute, and the sampled moves."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import LOS_FROM_PER_M2, MINUTE_S, SLOT_S, DayResult
from hostcity.plan.plan import Plan
from hostcity.report.events import events_of
from hostcity.report.packed import pack, seconds, steps, whole
from hostcity.report.points import reported_points
from hostcity.report.series import entries_per_step, gate_wait_percentiles, left_per_step
from hostcity.report.words import Both, named, player_words
from hostcity.studies import Rehearsal

DENSITY_STEP_PER_M2 = 0.02  # 255 steps reach 5.1 persons/m2, beyond any cap


def player_data(rehearsal: Rehearsal) -> str:
    """The packed text that the page carries."""
    plan, day = rehearsal.plan, rehearsal.day
    head = {
        "clock": {
            "start_s": day.clock_start_s,
            "end_s": day.clock_end_s,
            "minute_s": MINUTE_S,
            "slot_s": SLOT_S,
            "minutes": int(day.area_persons.shape[1]),
            "slots": int(day.station_served.shape[1]),
            "gates_open_s": plan.day.gates_open_at,
            "opens_s": plan.day.opens_at,
            "last_entry_s": plan.day.last_entry_at,
            "closes_s": plan.day.closes_at,
        },
        "promise": {
            "peak_starts_s": rehearsal.verdict.peak_starts_s,
            "peak_limit_s": rehearsal.verdict.peak_limit_s,
            "other_limit_s": rehearsal.verdict.other_limit_s,
        },
        "density_step_per_m2": DENSITY_STEP_PER_M2,
        "los_from_per_m2": list(LOS_FROM_PER_M2),
        "replay_share": plan.rules.replay_share,
        "venue": _venue(plan),
        "departures": _modes(plan),
        "reported": reported_points(rehearsal),
        "events": [
            {
                "from_s": each.figure.starts_at_s,
                "to_s": day.clock_end_s if each.figure.ends_at_s is None else each.figure.ends_at_s,
                "what": Both(f"{each.target.en}: {each.what.en}", f"{each.target.zh}：{each.what.zh}"),
            }
            for each in events_of(rehearsal)
        ],
        "words": player_words(),
    }
    return pack(head, {**_state(day), **_series(plan, day), **_moves(day)})


def _venue(plan: Plan) -> dict[str, Any]:
    level_of = {row.code: at for at, row in enumerate(plan.levels)}
    area_of = {row.code: at for at, row in enumerate(plan.areas)}
    node_of = {row.code: at for at, row in enumerate(plan.nodes)}
    gate_of = {row.code: at for at, row in enumerate(plan.gates)}
    return {
        "levels": [{"code": row.code, "name": named(row)} for row in plan.levels],
        "areas": [
            {
                "code": row.code,
                "name": named(row),
                "kind": row.kind,
                "level": level_of[row.level],
                "gross_m2": row.gross_m2,
                "capacity": row.capacity_persons,
                "inside": row.inside,
                "outline": [round(each, 1) for point in row.outline for each in point],
            }
            for row in plan.areas
        ],
        "nodes": [
            [level_of[row.level], area_of[row.area], round(row.x_m, 1), round(row.y_m, 1), round(row.floor_m2 or 0.0)]
            for row in plan.nodes
        ],
        "links": [[row.code, node_of[row.start], node_of[row.end], row.kind, row.width_m] for row in plan.links],
        "stations": [
            {"code": row.code, "node": node_of[row.node], "service": row.service, "gate": gate_of.get(row.gate, -1)}
            for row in plan.stations
        ],
        "gates": [{"code": row.code, "name": named(row)} for row in plan.gates],
        "streams": [{"code": row.code, "name": named(row), "mode": row.mode} for row in plan.streams],
    }


def _modes(plan: Plan) -> list[str]:
    return list(dict.fromkeys(row.mode for row in plan.streams))


def _state(day: DayResult) -> dict[str, NDArray[Any]]:
    """Per minute [M, ...] or [..., M]; per five minutes [S, T]."""
    return {
        "density": steps(day.link_density_per_m2, DENSITY_STEP_PER_M2),
        "area_persons": whole(day.area_persons),
        "queue": whole(day.station_queue),
        "lanes": whole(day.station_lanes),
        "held_outside": whole(day.held_outside),
        "served": whole(day.station_served),
        "wait_p50": seconds(day.station_wait_p50_s),
        "wait_p95": seconds(day.station_wait_p95_s),
        "wait_p99": seconds(day.station_wait_p99_s),
    }


def _series(plan: Plan, day: DayResult) -> dict[str, NDArray[Any]]:
    slots = day.station_served.shape[1]
    slot = np.clip((day.visitor_arrive_s - day.clock_start_s) // SLOT_S, 0, slots - 1).astype(np.int64)
    cell = day.visitor_stream.astype(np.int64) * slots + slot
    mode_of = np.array([_modes(plan).index(row.mode) for row in plan.streams], np.int64)[day.visitor_stream]
    return {
        "arrived": whole(np.bincount(cell, minlength=len(plan.streams) * slots)),
        "entered": whole(entries_per_step(plan, day)),
        "left": whole(np.array([left_per_step(day, mode_of == mode) for mode in range(len(_modes(plan)))], np.int64)),
        # Of the same minute as the persons inside, for the readout.
        "entered_minute": whole(entries_per_step(plan, day, MINUTE_S)),
        "left_minute": whole(left_per_step(day, np.ones(mode_of.size, np.bool_), MINUTE_S)),
        "gate_wait": seconds(gate_wait_percentiles(plan, day)),
    }


def _moves(day: DayResult) -> dict[str, NDArray[Any]]:
    """Moves by person, then time; a person's moves follow each other, so one ends where the next begins."""
    order = np.lexsort((np.arange(day.replay_person.size), day.replay_at_s, day.replay_person))
    persons, count = np.unique(day.replay_person, return_counts=True)
    at_s = np.round(day.replay_at_s[order] - day.clock_start_s)
    return {
        "move_count": whole(count),
        "move_person": whole(persons),
        "move_at": whole(np.maximum(at_s, 0).astype(np.int64)),
        "move_kind": day.replay_kind[order],
        "move_place": whole(day.replay_place[order]),
    }
