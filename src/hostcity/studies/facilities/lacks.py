"""Who walks or queues too long for what: a played day over the distances, ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import MINUTE_S
from hostcity.plan.plan import Plan
from hostcity.plan.wants import SELDOM, USUAL, Want
from hostcity.studies.facilities.near import Distances

HOUR_S = 3600.0
WALK, QUEUE = "walk", "queue"


class PlayedDay(Protocol):
    """What is needed of a played day: a `DayResult`, or these fields of one that was kept. Shapes as there."""

    @property
    def clock_start_s(self) -> float: ...
    @property
    def area_codes(self) -> tuple[str, ...]: ...
    @property
    def area_persons(self) -> NDArray[Any]: ...
    @property
    def station_codes(self) -> tuple[str, ...]: ...
    @property
    def station_wait_p95_s(self) -> NDArray[Any]: ...
    @property
    def service_station(self) -> NDArray[Any]: ...
    @property
    def service_wait_s(self) -> NDArray[Any]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """One kind, in one area, for one reason."""

    kind: str
    area: str
    cause: str  # WALK or QUEUE
    uses: float  # a day, that walk too far (by the assumed rate) or queue too long (counted)
    persons_h: float  # spent where it is too far; 0 for queues
    share: float  # of the area's places that are too far, or of those who queued
    worst_m: float  # longest walk from the area, inf = none can be reached; nan for queues
    worst_at: tuple[float, float]  # where it begins, or the amenity
    station: str = ""
    wait_p95_s: float = float("nan")  # of all who joined; nan for walks
    worst_at_s: float = float("nan")  # five minutes with the longest p95, seconds after midnight


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """How far one kind is, over everybody's time in all drawn areas."""

    kind: str
    amenities: int
    want: Want
    mean_m: float  # over person-hours that reach one
    p95_m: float
    beyond_share: float  # of person-hours


@dataclass(frozen=True, kw_only=True, slots=True)
class Lacks:
    """All that is too far or too slow."""

    often: tuple[Lack, ...]  # the most uses first
    seldom: tuple[Lack, ...]  # kinds that few use and all must reach: the most person-hours first
    served: tuple[Served, ...]
    persons_h: float  # in areas that are drawn
    left_out: tuple[str, ...]  # areas in which people were, that are not drawn
    unreached: tuple[str, ...]  # amenities


def lacks_of(plan: Plan, day: PlayedDay, distances: Distances, wants: Mapping[str, Want] | None = None) -> Lacks:
    """What is too far or too slow on a played day of a plan."""
    wants = wants or USUAL
    spent = {code: float(each) for code, each in zip(day.area_codes, _person_hours(day), strict=True)}
    in_area = [np.flatnonzero(distances.area_of == number) for number in range(len(distances.areas))]
    weight = np.zeros(len(distances.points_m))
    for code, places in zip(distances.areas, in_area, strict=True):
        if places.size:
            weight[places] = spent.get(code, 0.0) / places.size
    found = [
        lack
        for at, kind in enumerate(distances.kinds)
        for code, places in zip(distances.areas, in_area, strict=True)
        if places.size and (lack := _too_far(distances, wants[kind], at, code, places, spent.get(code, 0.0)))
    ]
    found += _too_slow(plan, day, wants)
    often = [lack for lack in found if lack.kind not in SELDOM]
    seldom = [lack for lack in found if lack.kind in SELDOM]
    return Lacks(
        often=tuple(sorted(often, key=lambda each: (-each.uses, each.kind, each.area))),
        seldom=tuple(sorted(seldom, key=lambda each: (-each.persons_h, -each.uses, each.kind, each.area))),
        served=tuple(_served(plan, distances, wants[kind], at, weight) for at, kind in enumerate(distances.kinds)),
        persons_h=float(weight.sum()),
        left_out=tuple(code for code, hours in spent.items() if hours > 0 and code not in distances.areas),
        unreached=distances.unreached,
    )


def _person_hours(day: PlayedDay) -> NDArray[np.float64]:
    found: NDArray[np.float64] = day.area_persons.sum(axis=1) * MINUTE_S / HOUR_S
    return found


def _too_far(
    distances: Distances, want: Want, at: int, area: str, places: NDArray[np.int64], spent_h: float
) -> Lack | None:
    far_m = distances.distance_m[at, places]
    share = float((far_m > want.walk_m).mean())
    if share == 0.0 or spent_h == 0.0:
        return None
    worst = int(far_m.argmax())
    x_m, y_m = distances.points_m[places[worst]].tolist()
    return Lack(
        kind=want.kind, area=area, cause=WALK, uses=spent_h * share * want.uses_per_h, persons_h=spent_h * share,
        share=share, worst_m=float(far_m[worst]), worst_at=(x_m, y_m),
    )  # fmt: skip


def _too_slow(plan: Plan, day: PlayedDay, wants: Mapping[str, Want]) -> list[Lack]:
    """Queues at stations that amenities name; each station once."""
    number_of = {code: number for number, code in enumerate(day.station_codes)}
    found, known = [], set()
    for each in plan.amenities:
        if each.station not in number_of or each.station in known:
            continue
        known.add(each.station)
        station, want = number_of[each.station], wants[each.kind]
        waits = day.service_wait_s[day.service_station == station]
        late = int((waits > want.wait_s).sum())
        if late:
            worst = int(np.nanargmax(day.station_wait_p95_s[station]))
            found.append(
                Lack(
                    kind=each.kind, area=each.area, cause=QUEUE, uses=float(late), persons_h=0.0, share=late / waits.size,
                    worst_m=float("nan"), worst_at=(each.x_m, each.y_m), station=each.station,
                    wait_p95_s=float(np.percentile(waits, 95)), worst_at_s=day.clock_start_s + 300.0 * worst,
                )
            )  # fmt: skip
    return found


def _served(plan: Plan, distances: Distances, want: Want, at: int, weight: NDArray[np.float64]) -> Served:
    far_m = distances.distance_m[at]
    reached = np.isfinite(far_m) & (weight > 0)
    order = np.argsort(far_m[reached], kind="stable")
    sums = np.cumsum(weight[reached][order])
    total = float(weight.sum())
    return Served(
        kind=want.kind, amenities=sum(each.kind == want.kind for each in plan.amenities), want=want,
        mean_m=float(np.average(far_m[reached], weights=weight[reached])) if sums.size else float("nan"),
        p95_m=float(far_m[reached][order][np.searchsorted(sums, 0.95 * sums[-1])]) if sums.size else float("nan"),
        beyond_share=float(weight[far_m > want.walk_m].sum()) / total if total else 0.0,
    )  # fmt: skip
