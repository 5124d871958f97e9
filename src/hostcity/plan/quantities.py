"""Quantities of sheet reported: what a figure may speak of."""

from __future__ import annotations

import fnmatch
import re

from hostcity.plan.plan import Plan

_CLOCK = r"\d{1,2}:[0-5]\d"
_PLAIN = re.compile(
    r"entries\.total|halls\.entries_per_visitor|departures\.peak_hour_(starts|ends)"
    rf"|entries\.by@{_CLOCK}|entry\.metro_to_hall_p(50|95)_s@{_CLOCK}-{_CLOCK}"
)
_AREA = re.compile(r"areas\.(?P<code>.+)\.peak_persons")
_STREAMS = re.compile(rf"streams\.(?P<code>.+)\.arrived_by@{_CLOCK}")
KNOWN = (
    "entries.total, entries.by@HH:MM, areas.CODE.peak_persons, streams.PATTERN.arrived_by@HH:MM, "
    "halls.entries_per_visitor, entry.metro_to_hall_p50_s@HH:MM-HH:MM (or p95), departures.peak_hour_starts (or ends)"
)


def quantity_problem(plan: Plan, quantity: str) -> str:
    """Why a quantity names nothing that a played day has; "" when it does."""
    if _PLAIN.fullmatch(quantity):
        return ""
    area = _AREA.fullmatch(quantity)
    if area:
        return "" if any(row.code == area["code"] for row in plan.areas) else f"there is no area {area['code']}"
    streams = _STREAMS.fullmatch(quantity)
    if streams:
        fits = any(fnmatch.fnmatchcase(row.code, streams["code"]) for row in plan.streams)
        return "" if fits else f"no stream fits {streams['code']}"
    return "there is no such quantity"
