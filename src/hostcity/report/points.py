"""Reported figures as the charts draw them beside what was played."""

from __future__ import annotations

import math
from typing import Any

from hostcity.plan.cells import clock_seconds
from hostcity.plan.patterns import matcher
from hostcity.report.words import Both
from hostcity.studies import Rehearsal
from hostcity.studies.reported import Compared


def reported_points(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """Every reported figure that a chart can show: where it stands, its value, use and edition."""
    found = []
    for each in rehearsal.reported:
        if math.isnan(each.played):
            continue
        place = _place(rehearsal, each)
        if place:
            about = {"relation": each.row.relation, "use": each.row.use, "date": each.row.date}
            found.append({**place, "value": each.row.value, **about, "note": Both(each.row.note_en, each.row.note_zh)})
    return found


def _place(rehearsal: Rehearsal, compared: Compared) -> dict[str, Any] | None:
    name, _, window = compared.row.quantity.partition("@")
    parts = name.split(".")
    key = ".".join(parts[1:-1])
    if name == "entries.total":
        return {"of": "entries", "at_s": rehearsal.day.clock_end_s}
    if name == "entries.by":
        return {"of": "entries", "at_s": clock_seconds(window)}
    if parts[0] == "streams":
        is_named = matcher(key)
        streams = [at for at, code in enumerate(rehearsal.day.stream_codes) if is_named(code)]
        return {"of": "streams", "key": key, "streams": streams, "at_s": clock_seconds(window)}
    if parts[0] == "areas":
        return {"of": "area", "area": rehearsal.day.area_codes.index(key)}
    if parts[0] == "departures":
        return {"of": parts[-1]}
    return None
