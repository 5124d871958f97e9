"""Predicted beside reported, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hostcity.engines.day.results import HOME, DayResult
from hostcity.plan.cells import CellError, clock_seconds
from hostcity.plan.patterns import matcher
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Reported
from hostcity.studies.promise import counted

HOUR_S = 3600.0
_METRO_TO_HALL = {"entry.metro_to_hall_p50_s": 0.5, "entry.metro_to_hall_p95_s": 0.95}


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A reported figure and what the played day says in its place."""

    row: Reported
    played: float  # nan = the quantity is not known to this version
    agrees: bool  # for "equals": within 10 %


def compare_reported(plan: Plan, day: DayResult) -> tuple[Compared, ...]:
    """Every row of sheet reported, in its order."""
    compared = []
    for row in plan.reported:
        played = quantity(plan, day, row.quantity)
        agrees = {
            "equals": abs(played - row.value) <= 0.1 * abs(row.value),
            "at_most": played <= row.value,
            "at_least": played >= row.value,
        }[row.relation]
        compared.append(Compared(row=row, played=played, agrees=bool(agrees)))
    return tuple(compared)


def quantity(plan: Plan, day: DayResult, path: str) -> float:
    """What a quantity path of sheet reported is in a played day; nan when there is no such quantity."""
    try:
        return _quantity(plan, day, path)
    except CellError:  # a time that is none
        return float("nan")


def _quantity(plan: Plan, day: DayResult, path: str) -> float:
    name, _, window = path.partition("@")
    parts = name.split(".")
    is_counted = counted(plan, day.visitor_group)
    entered_at = day.visitor_entry_joined_s + day.visitor_entry_s
    if name == "entries.total":
        return float((is_counted & ~np.isnan(entered_at)).sum())
    if name == "entries.by":
        return float((is_counted & (entered_at <= clock_seconds(window))).sum())
    if parts[0] == "streams" and parts[-1] == "arrived_by":
        names = matcher(".".join(parts[1:-1]))
        of = np.array([names(code) for code in day.stream_codes], bool)
        if not of.any():
            return float("nan")
        return float((of[day.visitor_stream] & (day.visitor_arrive_s <= clock_seconds(window))).sum())
    if parts[0] == "areas" and parts[-1] == "peak_persons":
        code = ".".join(parts[1:-1])
        return float(day.area_peak_persons[day.area_codes.index(code)]) if code in day.area_codes else float("nan")
    if name == "halls.entries_per_visitor":
        return _hall_entries(plan, day) / max(1.0, float((is_counted & ~np.isnan(entered_at)).sum()))
    if name in _METRO_TO_HALL:
        return _metro_to_hall_s(plan, day, window, _METRO_TO_HALL[name])
    if name in ("departures.peak_hour_starts", "departures.peak_hour_ends"):
        left = day.visitor_left_s[is_counted & (day.visitor_end == HOME)]
        if left.size == 0:
            return float("nan")
        hour = int(np.argmax(np.bincount((left // HOUR_S).astype(np.int64))))
        return HOUR_S * (hour + (name.endswith("ends")))
    return float("nan")


def _hall_entries(plan: Plan, day: DayResult) -> float:
    """Passages into a hall from outside it."""
    area_of = {node.code: node.area for node in plan.nodes}
    halls = {area.code for area in plan.areas if area.kind == "hall"}
    total = 0
    for link, flow in zip(plan.links, day.link_flow, strict=True):
        start, end = area_of[link.start], area_of[link.end]
        if start != end:
            total += int(flow[0].sum()) * (end in halls) + int(flow[1].sum()) * (start in halls)
    return float(total)


def _metro_to_hall_s(plan: Plan, day: DayResult, window: str, share: float) -> float:
    """Quantile of the way from metro exit to first hall, of those who come out of the metro in a window of time."""
    since, until = (clock_seconds(each) for each in window.partition("-")[::2])
    is_metro = np.array([row.mode == "metro" for row in plan.streams], bool)[day.visitor_stream]
    comes_then = (day.visitor_arrive_s >= since) & (day.visitor_arrive_s < until)
    took = (day.visitor_first_hall_s - day.visitor_arrive_s)[is_metro & comes_then]
    took = np.sort(took[~np.isnan(took)])
    return float(took[int(np.ceil(share * took.size)) - 1]) if took.size else float("nan")
