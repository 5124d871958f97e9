"""How much longer ways take in the crowd of an hour, measured in a rehearsal.

Time spent by all who walked in an area in an hour, over the time that they would have needed with nobody else there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hostcity.engines.wayfinding.steps import area_at
from hostcity.engines.wayfinding.way import Leg, Point, Ride, Way
from hostcity.plan.plan import Plan

Floats = NDArray[np.float64]
HOUR_S, MINUTE_S = 3600.0, 60.0
FREE_M_PER_S = 1.34
PLATEAU_FROM_PER_M2 = 1.75  # above it the flow stays at its greatest value, see docs/explanation/model.md
SLOWEST = 0.05  # share of free speed
PIECE_M = 10.0  # a leg is cut into pieces this long, each of which is in one area
CONNECTORS = ("stairs", "escalator", "ramp", "lift")


@dataclass(frozen=True, kw_only=True, slots=True)
class Crowding:
    """By how much walking takes longer: rows of factors by hour, 1 = as long as with nobody there."""

    hours: tuple[int, ...]  # of the day; 10 = from 10:00 to 11:00
    areas: Mapping[str, tuple[float, ...]]
    connectors: Mapping[str, tuple[float, ...]]  # stairs, escalators, ramps and lifts by the code of their link

    def factor(self, area: str, hour: int) -> float:
        """Of an area in an hour; 1 for what was not walked."""
        return self._at(self.areas, area, hour)

    def connector(self, code: str, hour: int) -> float:
        """The same of a connector."""
        return self._at(self.connectors, code, hour)

    def _at(self, table: Mapping[str, tuple[float, ...]], code: str, hour: int) -> float:
        return table[code][self.hours.index(hour)] if code in table and hour in self.hours else 1.0

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return {"hours": list(self.hours), "areas": _lists(self.areas), "connectors": _lists(self.connectors)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Crowding:
        """What was kept."""
        areas, connectors = ({code: tuple(row) for code, row in kept[name].items()} for name in ("areas", "connectors"))
        return cls(hours=tuple(kept["hours"]), areas=areas, connectors=connectors)


def _lists(table: Mapping[str, tuple[float, ...]]) -> dict[str, list[float]]:
    return {code: list(row) for code, row in table.items()}


def speed_share(per_m2: ArrayLike, flow_per_m_per_s: float) -> Floats:
    """Speed as a share of free speed by density: the law of the day (Weidmann, 1993, with a plateau of flow)."""
    density = np.maximum(np.asarray(per_m2, np.float64), 1e-9)
    share = np.maximum(0.0, 1.0 - np.exp(-1.913 * (1.0 / density - 1.0 / 5.4)))
    plateau = flow_per_m_per_s / (density * FREE_M_PER_S)
    held = np.where(density < PLATEAU_FROM_PER_M2, np.maximum(share, SLOWEST), np.maximum(share, plateau))
    return np.clip(held, SLOWEST, 1.0)


def crowding_of(
    plan: Plan, link_codes: Sequence[str], link_density_per_m2: ArrayLike, clock_start_s: float
) -> Crowding:
    """The table of a played day.

    Parameters
    ----------
    link_codes
        Of the day.
    link_density_per_m2 : float[minutes, links]
        Of the day, at the end of each minute from ``clock_start_s`` on.
    """
    density = np.asarray(link_density_per_m2, np.float64)
    share = speed_share(density, plan.model[0].flow_per_m_per_s)
    link_of = {link.code: link for link in plan.links}
    area_of = {node.code: node.area for node in plan.nodes}
    minute_s = clock_start_s + MINUTE_S * np.arange(len(density))
    hour_of = (minute_s // HOUR_S).astype(np.int64)
    hours = tuple(range(int(hour_of.min()), int(hour_of.max()) + 1)) if len(density) else ()
    spent: defaultdict[str, Floats] = defaultdict(lambda: np.zeros((2, len(hours))))
    connectors: dict[str, tuple[float, ...]] = {}
    for number, code in enumerate(link_codes):
        link = link_of.get(code)
        if link is None:
            continue
        persons = density[:, number] * link.length_m * link.width_m
        of_link = np.stack([_by_hour(persons, hour_of, hours), _by_hour(persons * share[:, number], hour_of, hours)])
        if link.kind in CONNECTORS:
            connectors[code] = _factors(of_link)
            continue
        for end in (link.start, link.end):
            spent[area_of[end]] += of_link / 2
    return Crowding(
        hours=hours, areas={code: _factors(each) for code, each in sorted(spent.items())}, connectors=connectors
    )


def _by_hour(values: Floats, hour_of: NDArray[np.int64], hours: tuple[int, ...]) -> Floats:
    return np.bincount(hour_of - hours[0], weights=values, minlength=len(hours)).astype(np.float64)


def _factors(spent: Floats) -> tuple[float, ...]:
    """Time spent over time needed freely."""
    needed = np.where(spent[1] > 0, spent[1], 1.0)
    return tuple(round(float(each), 3) for each in np.where(spent[1] > 0, spent[0] / needed, 1.0))


def crowded_s(way: Way, crowding: Crowding, areas: Any, hour: int) -> float:
    """How long a way takes in the crowd of an hour. [s]

    Parameters
    ----------
    areas
        Rows of the plan's areas.
    """
    total = 0.0
    for part in way.parts:
        if isinstance(part, Ride):
            total += part.free_s * crowding.connector(part.portal.code, hour)
            continue
        per_m = part.free_s / part.length_m if part.length_m else 0.0
        for area, length_m in stretches(part, areas):
            total += length_m * per_m * (crowding.factor(area, hour) if area else 1.0)
    return total


def stretches(leg: Leg, areas: Any) -> Iterator[tuple[str | None, float]]:
    """How far a leg goes through which area, piece by piece."""
    for a, b in zip(leg.points_m, leg.points_m[1:], strict=False):
        count = max(1, math.ceil(math.dist(a, b) / PIECE_M))
        for number in range(count):
            share = (number + 0.5) / count
            middle: Point = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
            yield area_at(areas, leg.level, middle), math.dist(a, b) / count
