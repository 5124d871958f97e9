"""What the microscope shows, for programs: figures as JSON, trajectories as arrays."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from hostcity.engines.micro.measures import in_queue
from hostcity.engines.micro.trajectories import FRAME_S
from hostcity.plan.cells import clock_text
from hostcity.report.clocks import finite
from hostcity.report.packed import pack
from hostcity.studies.microscope import Offer, Seen
from hostcity.studies.microscope.beside import FIGURES

PAGE_EVERY = 2  # frames: a page brings one a second
UNIT_M = 0.01


def microscope_data(seen: Seen) -> dict[str, Any]:
    """Everything but the trajectories, described by microscope.schema.json. Clocks as HH:MM."""
    cut, played, measured = seen.cut, seen.played, seen.measured
    return {
        "plan_hash": seen.plan.sha256,
        "results_sha256": seen.results_sha256,
        "trajectories_sha256": played.sha256,
        "seed": seen.seed,
        "at": f"{seen.asked.sheet}.{seen.asked.code}",
        "from": clock_text(seen.asked.starts_s),
        "minutes": seen.asked.minutes,
        "came": played.came,
        "gone": played.went,
        "inside": played.inside,
        "held_outside": played.held_out,
        "floor_m2": round(cut.floor.area_m2, 1),
        "turned_degrees": round(math.degrees(cut.floor.turned_rad), 1),
        "arms": [
            {
                "code": arm.code, "bearing_degrees": round(math.degrees(way.angle_rad) % 360, 1), "width_m": arm.width_m,
                "opening_m": arm.opening_m, "shown_m": round(way.end_m, 1), "out_by_minute": measured.out_minute[at].tolist(),
                "in_by_minute": measured.in_minute[at].tolist(),
            }
            for at, (arm, way) in enumerate(zip(cut.cut_out.arms, cut.floor.ways, strict=True))
        ],
        "beside": [
            {"figure": row.figure, "unit": FIGURES[row.figure], "day": finite(row.day), "plane": finite(row.cut_out)}
            for row in seen.beside
        ],
        "offer": _offer(seen.offer) if seen.offer else None,
    }  # fmt: skip


def _offer(offer: Offer) -> dict[str, Any]:
    low, high = offer.range_m
    return {
        "link": offer.link, "opening_m": offer.opening_m, "plan_flow_per_m_per_s": offer.plan_flow_per_m_per_s,
        "tried_opening_m": offer.trial.opening_m, "persons": offer.trial.persons,
        "flow_per_m_per_s": list(offer.trial.flow_per_m_per_s), "mean_flow_per_m_per_s": offer.trial.mean,
        "door_m": offer.door_m, "low_m": low, "high_m": high, "change": offer.override,
    }  # fmt: skip


def write_trajectories(seen: Seen, path: Path) -> None:
    """Trajectories as NumPy arrays: times of frames, first row of each, person, place, standing in a queue."""
    played = seen.played
    np.savez_compressed(
        path, frame_s=played.frame_s, first=played.first, person=played.person, x_m=played.x_m, y_m=played.y_m,
        queues=in_queue(played), visitor=seen.cut.cut_out.persons.key,
    )  # fmt: skip


def crowd_data(seen: Seen, shown: int) -> str:
    """What the page's replay needs; ``shown`` is the frame with which it begins."""
    played, queues = seen.played, in_queue(seen.played)
    frames = np.arange(0, played.frame_s.size, PAGE_EVERY)
    rows = np.concatenate([np.arange(played.first[frame], played.first[frame + 1]) for frame in frames])
    west, south = float(played.x_m.min(initial=0.0)), float(played.y_m.min(initial=0.0))
    sizes = played.first[frames + 1] - played.first[frames]
    start_s = float(played.frame_s[0])
    head = {
        "start_s": start_s, "every_s": PAGE_EVERY * FRAME_S, "west_m": round(west, 3), "south_m": round(south, 3),
        "unit_m": UNIT_M, "clock": [_clock(float(each)) for each in played.frame_s[frames]],
        "shown_s": float(played.frame_s[shown]),
    }  # fmt: skip
    return pack(
        head,
        {
            "first": np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32),
            "person": played.person[rows].astype(np.uint16),
            "east": np.round((played.x_m[rows] - head["west_m"]) / UNIT_M).clip(0).astype(np.uint16),
            "north": np.round((played.y_m[rows] - head["south_m"]) / UNIT_M).clip(0).astype(np.uint16),
            "queues": queues[rows].astype(np.uint8),
        },
    )


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
