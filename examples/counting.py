"""Synthetic counts: what people with clickers and watches would have written on a played day. They err as people do."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.engines.day.results import DayResult
from hostcity.plan.cells import clock_text
from hostcity.plan.plan import Plan
from hostcity.studies.counted import WAIT, Asked, counted

HOUR_S = 3600.0
QUARTER_S = 900.0
TIMED = 5  # persons timed in a quarter of an hour


def clicked(persons: float, noise: np.random.Generator) -> int:
    """A clicker misses 3 in a hundred, or one person."""
    return max(0, round(persons + noise.normal() * max(1.0, 0.03 * persons)))


def timed_s(day: DayResult, asked: Asked, noise: np.random.Generator) -> float:
    """Mean wait of a few of those who joined a station's queue, drawn at random, each stopped to the second."""
    at = day.service_station == day.station_codes.index(asked.code)
    at &= (day.service_joined_s >= asked.starts_s) & (day.service_joined_s < asked.ends_s)
    waits_s = day.service_wait_s[at]
    if not waits_s.size:
        return 0.0
    return float(np.round(noise.choice(waits_s, min(TIMED, waits_s.size), replace=False)).mean())


def synthetic(plan: Plan, asked: Sequence[Asked], seed: int, remark: str) -> str:
    """A file of counts of a day of ``plan``, as it is: nothing else that is uncertain is drawn."""
    noise = np.random.default_rng(seed)
    day = rehearse_day(plan, seed=seed)
    out = io.StringIO()
    out.write(f"# {remark}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("time", "minutes", "what", "place", "value", "unit", "n"))
    for each, value in zip(asked, counted(plan, day, asked)[:, 0].tolist(), strict=True):
        minutes = f"{(each.ends_s - each.starts_s) / 60:g}" if each.ends_s > each.starts_s else ""
        if each.what == WAIT:
            said = (f"{timed_s(day, each, noise):g}", "s", TIMED)
        else:
            said = (clicked(value, noise), "persons", "")
        writer.writerow((clock_text(each.starts_s), minutes, each.what, each.code, *said))
    return out.getvalue()
