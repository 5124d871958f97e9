"""How many lanes a roster lets a station open: people who serve at its posts keep them open.

Only a plan with rows on sheet shifts is manned by them, on the service day that has the plan's date, and only while one
of the station's posts needs somebody; else lanes open as planned.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Band, Post

Cell = tuple[str, str]  # codes of post and band


@dataclass(frozen=True, slots=True)
class Manned:
    """Lanes that the people of a roster can keep open for a time."""

    starts_s: float
    ends_s: float
    lanes: int


def service_day(plan: Plan) -> str:
    """Code of the service day that is played; "" = none."""
    return next((day.code for day in plan.service_days if day.date == plan.day.date), "")


def cells_needed(plan: Plan) -> dict[Cell, int]:
    """Heads that are wanted on the day that is played, by post and band; what needs nobody is left out."""
    day, bands = service_day(plan), tuple(band.code for band in plan.bands)
    found = {
        (need.post, band): need.heads
        for need in plan.needs
        if day and (not need.days or day in need.days)
        for band in need.bands or bands
    }
    return {cell: heads for cell, heads in found.items() if heads}


def present(plan: Plan) -> Counter[Cell]:
    """Heads that serve on the day that is played, by post and band."""
    day = service_day(plan)
    return Counter((shift.post, shift.band) for shift in plan.shifts if day and shift.post and shift.day == day)


def manned_lanes(plan: Plan) -> dict[str, tuple[Manned, ...]]:
    """Times in which the lanes of a station depend on its people, in their order; stations without any are left out."""
    sheets = (plan.edition, plan.service_days, plan.bands, plan.posts, plan.needs, plan.shifts)
    known = next((table for of, table in tuple(_KNOWN) if all(map(_is, of, sheets))), None)
    if known is None:
        known = _tables(plan) if plan.shifts else {}
        _KNOWN.append((sheets, known))
    return known


#: The engine asks for every station and time: tables of the plans that were asked for last, by their very rows.
_KNOWN: deque[tuple[tuple[Any, ...], dict[str, tuple[Manned, ...]]]] = deque(maxlen=4)


def _is(one: object, other: object) -> bool:
    return one is other


def manned_edges(plan: Plan, station: str) -> set[float]:
    """Times at which a station's people change."""
    return {time for each in manned_lanes(plan).get(station, ()) for time in (each.starts_s, each.ends_s)}


def manned_most(plan: Plan, station: str, at_s: float, lanes: int) -> int:
    """Of ``lanes`` that are planned, how many have their people; one at least, as somebody always opens one."""
    for each in manned_lanes(plan).get(station, ()):
        if each.starts_s <= at_s < each.ends_s:
            return min(lanes, max(each.lanes, 1))
    return lanes


def _tables(plan: Plan) -> dict[str, tuple[Manned, ...]]:
    posts: dict[str, list[Post]] = {}
    for post in plan.posts:
        if post.station:
            posts.setdefault(post.station, []).append(post)
    needed, there = cells_needed(plan), present(plan)
    tables = {station: tuple(_of_station(its, tuple(plan.bands), needed, there)) for station, its in posts.items()}
    return {station: table for station, table in tables.items() if table}


def _of_station(
    posts: list[Post], bands: tuple[Band, ...], needed: dict[Cell, int], there: Counter[Cell]
) -> Iterator[Manned]:
    open_bands = [band for band in bands if any((post.code, band.code) in needed for post in posts)]
    edges = sorted({time for band in open_bands for time in (band.start_s, band.end_s)})
    for start, end in itertools.pairwise(edges):
        now = [band.code for band in open_bands if band.start_s <= start < band.end_s]
        if now:
            lanes = sum(there[post.code, band] / post.heads_per_lane for post in posts for band in now)
            yield Manned(start, end, math.floor(lanes + 1e-9))
