"""Quantities of sheet reported in words."""

from __future__ import annotations

from collections.abc import Iterable

from hostcity.plan.patterns import matcher
from hostcity.plan.plan import Plan
from hostcity.report.words import Both, named, say

NAMED_STREAMS = 3


def quantity_name(plan: Plan, path: str) -> Both:
    """What a quantity path speaks of; the path itself when it is not known."""
    name, _, window = path.partition("@")
    parts = name.split(".")
    key = ".".join(parts[1:-1])
    if name == "entries.total":
        return say("Entries in the whole day")
    if name == "entries.by":
        return say("Entries by {at}", at=window)
    if parts[0] == "streams":
        return say("Arrived by {at}: {names}", at=window, names=_streams(plan, key))
    if parts[0] == "areas":
        area = next((named(row) for row in plan.areas if row.code == key), Both(key, key))
        return say("{name}: most persons at once", name=area)
    if name == "entry.metro_to_hall_p50_s":
        return say("Metro to first hall, half of those who arrive {window}", window=window)
    if name == "entry.metro_to_hall_p95_s":
        return say("Metro to first hall, 95 of 100 of those who arrive {window}", window=window)
    if name == "halls.entries_per_visitor":
        return say("Halls entered per visitor")
    if name == "departures.peak_hour_starts":
        return say("Busiest hour of departures begins")
    if name == "departures.peak_hour_ends":
        return say("Busiest hour of departures ends")
    return Both(path, path)


def _streams(plan: Plan, pattern: str) -> Both:
    is_named = matcher(pattern)
    found = [named(row) for row in plan.streams if is_named(row.code)]
    return joined(found) if 0 < len(found) <= NAMED_STREAMS else Both(pattern, pattern)


def joined(names: Iterable[Both]) -> Both:
    """Names after each other, as each language separates them."""
    names = list(names)
    return Both("; ".join(each.en for each in names), "、".join(each.zh for each in names))
