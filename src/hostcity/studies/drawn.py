"""One possible day of a plan: every declared uncertainty drawn, keyed by seed, run, row and place.

So a run means the same luck under every plan: two plans are compared on days with the same rush, the same slow scanners
and the same people missing from work.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.columns import columns_of
from hostcity.plan.manning import manned_lanes
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.rows import Uncertainty
from hostcity.plan.uncertainties import figures_of_uncertainty
from hostcity.studies.attendance import with_those_who_come

#: In place of the code of a row of uncertainties: share of the day's shifts to which nobody comes.
ROSTER = "shifts.*"
#: One day in 20 lies beyond either end of a range.
_Z_95 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn for a run."""

    uncertainty: str  # code of the row
    key: str  # code of the row that varies; "" where all vary together
    value: float  # factor, or share of the staff missing


def drawn_plan(plan: Plan, *, seed: int, run: int) -> tuple[Plan, tuple[Drawn, ...]]:
    """The plan of run ``run``, and what was drawn for it. A plan without uncertainties or shifts is given back as it is.

    Raises nothing for a plan without problems: what is drawn beyond a column's range is set to the range's end, whole
    numbers are rounded, and at least one lane of a station that had any stays open.
    """
    drawn: list[Drawn] = []
    for row in plan.uncertainties:
        if row.kind == "factor":
            plan, values = _scaled(plan, row, seed, run)
        else:
            plan, values = _short_of_staff(plan, row, seed, run)
        drawn += values
    plan, away = with_those_who_come(plan, seed=seed, run=run)
    if away is not None:
        drawn.append(Drawn(ROSTER, "", away))
    return plan, tuple(drawn)


def quantile(row: Uncertainty, share: float) -> float:
    """The value that a share of all days lies below, 0 < share < 1; never negative."""
    if row.law == "uniform":
        return row.low + (row.high - row.low) * share
    z = NormalDist().inv_cdf(share) / _Z_95
    if row.law == "normal":
        return max(0.0, (row.low + row.high) / 2 + z * (row.high - row.low) / 2)
    low, high = math.log(row.low), math.log(row.high)
    return math.exp((low + high) / 2 + z * (high - low) / 2)


def _uniforms(count: int, *key: object) -> NDArray[np.float64]:
    """Numbers in (0, 1) that depend on nothing but their key (Philox, keyed by a hash)."""
    digest = hashlib.blake2b("\x1f".join(map(str, key)).encode(), digest_size=16).digest()
    generator = np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little")))
    return generator.random(count) * (1 - 2**-53) + 2**-54


def _scaled(plan: Plan, row: Uncertainty, seed: int, run: int) -> tuple[Plan, list[Drawn]]:
    sheet, codes, field = figures_of_uncertainty(plan, row)
    keys = codes if row.each else ("",)
    drawn = {key: quantile(row, float(_uniforms(1, seed, run, row.code, key)[0])) for key in keys}
    column = columns_of(SHEETS[sheet])[field]
    named = set(codes)

    def changed(each: Any) -> Any:
        value = getattr(each, field)
        if each.code not in named or value is None:
            return each
        value *= drawn[each.code if row.each else ""]
        value = min(max(value, _end(column.low, -math.inf)), _end(column.high, math.inf))
        return dataclasses.replace(each, **{field: round(value) if column.kind == "integer" else value})

    plan = plan.replace(**{sheet: tuple(changed(each) for each in getattr(plan, sheet))})
    return plan, [Drawn(row.code, key, value) for key, value in drawn.items()]


def _end(end: float | None, default: float) -> float:
    return default if end is None else end


def _short_of_staff(plan: Plan, row: Uncertainty, seed: int, run: int) -> tuple[Plan, list[Drawn]]:
    """Each of a station's staff stays away by the day's share; the reserve goes where most of the staff is missing.

    Stations whose people are on a roster are left to it.
    """
    _, named, _ = figures_of_uncertainty(plan, row)
    codes = [code for code in named if code not in manned_lanes(plan)]
    shared = quantile(row, float(_uniforms(1, seed, run, row.code, "")[0]))
    missing: dict[str, NDArray[np.bool_]] = {}
    drawn = [] if row.each else [Drawn(row.code, "", min(shared, 1.0))]
    for code in codes:
        share = quantile(row, float(_uniforms(1, seed, run, row.code, code, "share")[0])) if row.each else shared
        posts = _most_lanes(plan, code) * row.staff_per_lane
        missing[code] = _uniforms(posts, seed, run, row.code, code, "staff") < share
        if row.each:
            drawn.append(Drawn(row.code, code, min(share, 1.0)))
    for _ in range(min(row.reserve, sum(int(each.sum()) for each in missing.values()))):
        worst = max(missing, key=lambda code: missing[code].mean() if missing[code].size else 0.0)
        missing[worst][int(np.argmax(missing[worst]))] = False  # the first lanes are manned first
    return _with_lanes_of(plan, missing, row.staff_per_lane), drawn


def _most_lanes(plan: Plan, station: str) -> int:
    return max(_lanes_of(plan, station))


def _lanes_of(plan: Plan, station: str) -> Iterable[int]:
    yield from (row.lanes for row in plan.stations if row.code == station)
    yield from (row.lanes for row in plan.lanes if row.station == station)
    yield from (int(event.value or 0) for event in plan.timeline if event.action == "lanes" and event.target == station)


def _with_lanes_of(plan: Plan, missing: dict[str, NDArray[np.bool_]], staff_per_lane: int) -> Plan:
    there = {code: np.concatenate([[0], np.cumsum(~away)]) for code, away in missing.items()}

    def manned(station: str, lanes: int) -> int:
        if station not in there or not lanes:
            return lanes
        return max(1, int(there[station][lanes * staff_per_lane]) // staff_per_lane)

    return plan.replace(
        stations=tuple(dataclasses.replace(row, lanes=manned(row.code, row.lanes)) for row in plan.stations),
        lanes=tuple(dataclasses.replace(row, lanes=manned(row.station, row.lanes)) for row in plan.lanes),
        timeline=tuple(
            dataclasses.replace(event, value=float(manned(event.target, int(event.value or 0))))
            if event.action == "lanes" else event
            for event in plan.timeline
        ),
    )  # fmt: skip
