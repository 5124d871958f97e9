"""The figures that people read off a played day: one row per area, station, stream, link and appointment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import HOME, MINUTE_S, NEVER_CAME, SLOT_S, STILL_INSIDE, STILL_OUTSIDE, DayResult
from hostcity.plan.plan import Plan
from hostcity.studies.clearances import Clearance, clearances_of, cleared_together
from hostcity.studies.promise import counted, entry_times, quarter_p99_s
from hostcity.studies.wrong_turns import WrongTurnFigures, wrong_turns_figures

Floats = NDArray[np.float64]
LOS = "ABCDEF"


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaFigure:
    """How full an area got."""

    code: str
    kind: str
    peak_persons: int
    peak_at_s: float
    capacity: int | None
    peak_per_m2: float  # of its gross area; nan without one


@dataclass(frozen=True, kw_only=True, slots=True)
class StationFigure:
    """Waits at a station over the whole day, of those who were served; nan where nobody was."""

    code: str
    service: str
    served: int
    unserved: int  # queued, and were sent away at closing or by an alarm, or still queued when the clock ended
    wait_p50_s: float
    wait_p95_s: float
    wait_p99_s: float
    share_over_600_s: float
    share_over_1800_s: float
    worst_at_s: float  # five minutes of joining with the longest 99th percentile
    worst_p99_s: float
    queue_peak: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamFigure:
    """When the people of a stream came."""

    code: str
    persons: int
    arrived: tuple[int, ...]  # by the end of each five minutes from the clock's start


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkFigure:
    """How dense a link got."""

    code: str
    kind: str
    peak_per_m2: float
    peak_at_s: float
    level_of_service: str  # Fruin walkway level at the peak
    share_at_e_or_f: float  # of the time that people spent on it
    passed: int  # persons in both directions


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentFigure:
    """Who came late to an appointment."""

    code: str
    invited: int
    late: int
    missed: int  # came too late to be let in, or never; those for whom nobody came among them


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldFigure:
    """People who were held outside, where no floor is measured: they had come, and could not go on yet."""

    most_persons: int  # at the end of a minute; 0 = nobody was held
    at_s: float  # nan = never
    node: str  # the place with most of them at that time; "" = none
    area: str
    node_persons: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UncountedFigure:
    """People of groups that don't count as entries: the promise is not judged on them."""

    persons: int  # who came
    groups: tuple[str, ...]  # codes of their groups
    worst_p99_s: float  # as at the gates: 99 of 100 in within, worst quarter; 0 = nobody queued; inf = never got in


@dataclass(frozen=True, kw_only=True, slots=True)
class EventFigure:
    """Something of the timeline that took place, and how an evacuated area emptied."""

    code: str
    action: str
    target: str
    starts_at_s: float
    ends_at_s: float | None  # None = to the end of the day
    value: float | None
    to: tuple[str, ...]
    clearance: Clearance | None = None  # how the area emptied; None for other actions


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """All of them, in the order of the plan's sheets."""

    areas: tuple[AreaFigure, ...]
    stations: tuple[StationFigure, ...]
    streams: tuple[StreamFigure, ...]
    links: tuple[LinkFigure, ...]
    appointments: tuple[AppointmentFigure, ...]
    events: tuple[EventFigure, ...]  # by time
    cleared: Clearance | None  # how all areas emptied that were evacuated at once; None = fewer than two
    held: HeldFigure
    uncounted: UncountedFigure
    last_out_s: float  # last person gone home; nan = nobody came, or somebody was not home when the clock ended
    still_inside: int  # when the clock ended
    still_outside: int  # when the clock ended: before the gates, or on the way home
    mean_stay_s: float  # from entering to leaving, of those who count as entries; nan = nobody
    wrong_turns: WrongTurnFigures | None = None  # None = nobody turns wrong on this day


def figures_of(plan: Plan, day: DayResult) -> Figures:
    """Sum up a played day."""
    gone = day.visitor_left_s[day.visitor_end == HOME]
    still_inside, still_outside = (int((day.visitor_end == each).sum()) for each in (STILL_INSIDE, STILL_OUTSIDE))
    all_gone = gone.size and not still_inside and not still_outside
    entered_s = day.visitor_entry_joined_s + day.visitor_entry_s
    stay_s = day.visitor_left_s - entered_s
    stay_s = stay_s[~np.isnan(stay_s)]
    return Figures(
        areas=_areas(plan, day),
        stations=_stations(plan, day),
        streams=_streams(plan, day),
        links=_links(plan, day),
        appointments=_appointments(plan, day),
        events=_events(plan, day),
        cleared=cleared_together(plan, day),
        held=_held(plan, day),
        uncounted=_uncounted(plan, day),
        last_out_s=float(gone.max()) if all_gone else float("nan"),
        still_inside=still_inside,
        still_outside=still_outside,
        mean_stay_s=float(stay_s.mean()) if stay_s.size else float("nan"),
        wrong_turns=wrong_turns_figures(plan, day),
    )


def _held(plan: Plan, day: DayResult) -> HeldFigure:
    most = int(day.held_outside.max(initial=0))
    if not most:
        return HeldFigure(most_persons=0, at_s=float("nan"), node="", area="", node_persons=0)
    node = int(day.held_at_peak.argmax())
    return HeldFigure(
        most_persons=most,
        at_s=day.clock_start_s + (int(day.held_outside.argmax()) + 1) * MINUTE_S,
        node=plan.nodes[node].code,
        area=plan.nodes[node].area,
        node_persons=int(day.held_at_peak[node]),
    )


def _uncounted(plan: Plan, day: DayResult) -> UncountedFigure:
    came = ~counted(plan, day.visitor_group) & (day.visitor_end != NEVER_CAME)
    joined_s, entry_s = entry_times(day)
    queued = came & ~np.isnan(joined_s)
    took_s = np.nan_to_num(entry_s[queued], nan=np.inf)
    groups = np.unique(day.visitor_group[came])
    return UncountedFigure(
        persons=int(came.sum()),
        groups=tuple(plan.groups[group].code for group in groups),
        worst_p99_s=float(quarter_p99_s(plan, joined_s[queued], took_s).max(initial=0.0)),
    )


def _areas(plan: Plan, day: DayResult) -> tuple[AreaFigure, ...]:
    return tuple(
        AreaFigure(
            code=row.code,
            kind=row.kind,
            peak_persons=int(persons),
            peak_at_s=float(at_s),
            capacity=row.capacity_persons,
            peak_per_m2=persons / row.gross_m2 if row.gross_m2 else float("nan"),
        )
        for row, persons, at_s in zip(plan.areas, day.area_peak_persons, day.area_peak_s, strict=True)
    )


def _stations(plan: Plan, day: DayResult) -> tuple[StationFigure, ...]:
    order = np.lexsort((day.service_wait_s, day.service_station))
    count = np.bincount(day.service_station, minlength=len(plan.stations))
    first = np.concatenate([[0], np.cumsum(count)])
    waits = day.service_wait_s[order]
    figures = []
    for at, row in enumerate(plan.stations):
        wait_s = waits[first[at] : first[at + 1]]
        by_slot = day.station_wait_p99_s[at]
        worst = int(np.nanargmax(by_slot)) if wait_s.size else 0
        nan = float("nan")
        figures.append(
            StationFigure(
                code=row.code,
                service=row.service,
                served=int(wait_s.size),
                unserved=int(day.station_unserved[at]),
                wait_p50_s=_nearest_rank(wait_s, 0.5),
                wait_p95_s=_nearest_rank(wait_s, 0.95),
                wait_p99_s=_nearest_rank(wait_s, 0.99),
                share_over_600_s=float((wait_s > 600.0).mean()) if wait_s.size else nan,
                share_over_1800_s=float((wait_s > 1800.0).mean()) if wait_s.size else nan,
                worst_at_s=day.clock_start_s + worst * SLOT_S if wait_s.size else nan,
                worst_p99_s=float(by_slot[worst]) if wait_s.size else nan,
                queue_peak=int(day.station_queue[at].max(initial=0)),
            )
        )
    return tuple(figures)


def _nearest_rank(ascending: Floats, share: float) -> float:
    if ascending.size == 0:
        return float("nan")
    return float(ascending[int(np.ceil(share * ascending.size)) - 1])


def _streams(plan: Plan, day: DayResult) -> tuple[StreamFigure, ...]:
    slots = day.station_served.shape[1]
    slot = np.clip((day.visitor_arrive_s - day.clock_start_s) // SLOT_S, 0, slots - 1).astype(np.int64)
    cell = day.visitor_stream.astype(np.int64) * slots + slot
    by_slot = np.bincount(cell, minlength=len(plan.streams) * slots).reshape(len(plan.streams), slots)
    arrived = by_slot.cumsum(axis=1)
    return tuple(
        StreamFigure(
            code=row.code, persons=int(come[-1]) if come.size else 0, arrived=tuple(int(each) for each in come)
        )
        for row, come in zip(plan.streams, arrived, strict=True)
    )


def _links(plan: Plan, day: DayResult) -> tuple[LinkFigure, ...]:
    from hostcity.engines.day.results import LOS_FROM_PER_M2

    level = np.searchsorted(np.array(LOS_FROM_PER_M2), day.link_peak_per_m2, side="right")
    time_s = day.link_los_person_s.sum(axis=1)
    bad = day.link_los_person_s[:, 4:].sum(axis=1) / np.where(time_s > 0, time_s, 1.0)
    passed = day.link_flow.sum(axis=(1, 2))
    return tuple(
        LinkFigure(
            code=row.code,
            kind=row.kind,
            peak_per_m2=float(day.link_peak_per_m2[at]),
            peak_at_s=float(day.link_peak_s[at]),
            level_of_service=LOS[int(level[at])],
            share_at_e_or_f=float(bad[at]),
            passed=int(passed[at]),
        )
        for at, row in enumerate(plan.links)
    )


def _appointments(plan: Plan, day: DayResult) -> tuple[AppointmentFigure, ...]:
    figures = []
    for at, row in enumerate(plan.appointments):
        late_s = day.appointment_late_s[day.appointment_of == at]
        missed = np.isnan(late_s) | (late_s > row.missed_after_s)
        nobody = row.persons - late_s.size  # fewer of the group came in time than are invited
        figures.append(
            AppointmentFigure(
                code=row.code,
                invited=row.persons,
                late=int((~missed & (late_s > row.late_after_s)).sum()),
                missed=int(missed.sum()) + nobody,
            )
        )
    return tuple(figures)


def _events(plan: Plan, day: DayResult) -> tuple[EventFigure, ...]:
    emptied = clearances_of(day)
    return tuple(
        EventFigure(
            code=row.code, action=row.action, target=row.target, starts_at_s=row.starts_at, ends_at_s=row.ends_at,
            value=row.value, to=row.to, clearance=emptied.get(row.code),
        )
        for row in sorted(plan.timeline, key=lambda each: each.starts_at)
    )  # fmt: skip
