"""Quantities of sheet reported: what a figure may speak of."""

from __future__ import annotations

import fnmatch
import re

from hostcity.plan.plan import Plan
from hostcity.plan.sentences import Sentence

_CLOCK = r"\d{1,2}:[0-5]\d"
_PLAIN = re.compile(
    r"entries\.total|halls\.entries_per_visitor|departures\.peak_hour_(starts|ends)"
    rf"|entries\.by@{_CLOCK}|entry\.metro_to_hall_p(50|95)_s@{_CLOCK}-{_CLOCK}"
)
_AREA = re.compile(r"areas\.(?P<code>.+)\.peak_persons")
_STREAMS = re.compile(rf"streams\.(?P<code>.+)\.arrived_by@{_CLOCK}")
KNOWN = (
    "entries.total, entries.by@HH:MM, areas.CODE.peak_persons, streams.PATTERN.arrived_by@HH:MM, "
    "halls.entries_per_visitor, entry.metro_to_hall_p50_s@HH:MM-HH:MM, entry.metro_to_hall_p95_s@HH:MM-HH:MM, "
    "departures.peak_hour_starts, departures.peak_hour_ends"
)


def quantity_problem(plan: Plan, quantity: str) -> Sentence | None:
    """Why a quantity names nothing that a played day has; None when it does."""
    if _PLAIN.fullmatch(quantity):
        return None
    area = _AREA.fullmatch(quantity)
    if area:
        fits = any(row.code == area["code"] for row in plan.areas)
        return None if fits else Sentence("there is no area {code}", code=area["code"])
    streams = _STREAMS.fullmatch(quantity)
    if streams:
        fits = any(fnmatch.fnmatchcase(row.code, streams["code"]) for row in plan.streams)
        return None if fits else Sentence("no stream fits {pattern}", pattern=streams["code"])
    return Sentence("there is no such quantity")
