"""How evacuated areas emptied: counts from the alarm on, and who left by which exit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import SLOT_S
from hostcity.engines.day.timeline import evacuations
from hostcity.plan.evacuations import ways_out
from hostcity.plan.plan import Plan

if TYPE_CHECKING:
    from hostcity.engines.day.rehearse import Day


def evacuation_arrays(plan: Plan, day: Day) -> dict[str, Any]:
    """The fields of a result that are about evacuations."""
    alarms = evacuations(plan)
    exits = np.zeros((len(alarms), len(plan.links)), np.int32)
    for at, alarm in enumerate(alarms):
        passed = _passed(day, at)
        for way, *_ in ways_out(plan, alarm.target):
            exits[at, way >> 1] = passed[way]
    return {
        "evacuation_codes": tuple(row.code for row in alarms),
        "evacuation_step_s": day.control.alarm_every * day.rules.step_s,
        "evacuation_persons": day.log.clearing,
        "evacuation_refuge": day.log.in_refuge,
        "evacuation_exits": exits,
    }


def _passed(day: Day, alarm: int) -> NDArray[np.int32]:
    """Persons who left each directed link from the beginning of an evacuation to its end [2L]."""
    log, last = day.log, day.log.flow.shape[0] - 1
    begins, ends = int(day.control.alarm_from[alarm]), int(day.control.alarm_to[alarm])
    first_slot, last_slot = (min(int(step * day.rules.step_s / SLOT_S), last) for step in (begins, ends))
    before, until = log.alarm_flow[alarm, 0], log.alarm_flow[alarm, 1]
    if ends >= day.rules.steps:  # the clock ended first
        until = log.flow[last_slot]
    passed: NDArray[np.int32] = log.flow[first_slot:last_slot].sum(axis=0, dtype=np.int32) - before + until
    return passed
