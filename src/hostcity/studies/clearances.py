"""How evacuated areas emptied: the curve from the alarm on, when half, 95 of 100 and all were out, and by which exits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import DayResult
from hostcity.plan.plan import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Clearance:
    """How one area emptied. Who waits in its refuges is counted apart: they are safe, and cannot leave."""

    step_s: float  # between two counts, the first at the alarm
    persons: tuple[int, ...]  # in the area, until nothing changes any more
    refuge: tuple[int, ...]  # waiting in its refuges
    out_50_s: float  # after the alarm, to the next count; nan = not while it lasted
    out_95_s: float
    out_all_s: float
    exits: tuple[tuple[str, int], ...]  # links out of the area, and who left by them while it was evacuated

    @property
    def persons_before(self) -> int:
        """In the area at the alarm."""
        return self.persons[0] + self.refuge[0]

    @property
    def refuge_most(self) -> int:
        """Most who waited in its refuges at once."""
        return max(self.refuge)


def clearances_of(day: DayResult) -> dict[str, Clearance]:
    """By code of the evacuation, all that began before the clock ended."""
    return {
        code: _clearance(day, day.evacuation_persons[at], day.evacuation_refuge[at], day.evacuation_exits[at])
        for at, code in enumerate(day.evacuation_codes)
    }


def cleared_together(plan: Plan, day: DayResult) -> Clearance | None:
    """How all areas emptied that were evacuated at the time of the first evacuation; None when that was one area.

    Who goes from one of them into another is still inside.
    """
    alarms = [row for code in day.evacuation_codes for row in plan.timeline if row.code == code]
    at = [place for place, row in enumerate(alarms) if row.starts_at == alarms[0].starts_at]
    if len(at) < 2:
        return None
    areas = {alarms[place].target for place in at}
    area_of = {node.code: node.area for node in plan.nodes}
    leads_out = np.array([not {area_of[row.start], area_of[row.end]} <= areas for row in plan.links], bool)
    counted = (day.evacuation_persons[at] >= 0).all(axis=0)
    persons = np.where(counted, day.evacuation_persons[at].sum(axis=0), -1)
    exits = np.where(leads_out, day.evacuation_exits[at].sum(axis=0), 0)
    return _clearance(day, persons, day.evacuation_refuge[at].sum(axis=0), exits)


def _clearance(
    day: DayResult, persons: NDArray[np.int32], refuge: NDArray[np.int32], passed: NDArray[np.int32]
) -> Clearance:
    counts = max(1, int((persons >= 0).sum()))
    persons, refuge = np.maximum(persons[:counts], 0), refuge[:counts]
    before = int(persons[0] + refuge[0])
    changes = np.flatnonzero((np.diff(persons) != 0) | (np.diff(refuge) != 0))
    last = min(counts, int(changes[-1]) + 3 if changes.size else 2)  # and one count more, for the eye
    step_s = day.evacuation_step_s
    exits = {code: int(count) for code, count in zip(day.link_codes, passed, strict=True) if count}
    return Clearance(
        step_s=step_s,
        persons=tuple(persons[:last].tolist()),
        refuge=tuple(refuge[:last].tolist()),
        out_50_s=_until(persons, 0.5 * before, step_s),
        out_95_s=_until(persons, 0.05 * before, step_s),
        out_all_s=_until(persons, 0.0, step_s),
        exits=tuple(sorted(exits.items(), key=lambda each: (-each[1], each[0]))),
    )


def _until(persons: NDArray[np.int32], at_most: float, step_s: float) -> float:
    """Seconds until no more than ``at_most`` are left."""
    empty = np.flatnonzero(persons <= at_most)
    return float(int(empty[0]) * step_s) if empty.size else float("nan")
