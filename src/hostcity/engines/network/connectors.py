"""Stairs, escalators, ramps and lifts as links: how long and how wide they are for who walks through."""

from __future__ import annotations

import math
from typing import NamedTuple

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Connector, LinkKind

STEEPEST_DEG = {"stairs": 30.0, "escalator": 30.0, "ramp": math.degrees(math.atan(1 / 12))}
WALKING_M_PER_S = 1.34  # level and free (Weidmann, 1993)
RIDE_CYCLES = 0.75  # half a cycle is waited, half of one is ridden less the stop
LEAST_M = 0.3


class Measured(NamedTuple):
    """Of a link. [m]"""

    length_m: float
    width_m: float


def measured(plan: Plan, connector: Connector) -> Measured:
    """Length and width of the link that a connector is.

    A lift becomes as wide as gives its cabin per cycle at the flow of its kind of link, and as long as takes three
    quarters of a cycle at the speed of its kind.
    """
    level_of = {area.code: area.level for area in plan.areas}
    height = {level.code: level.elevation_m for level in plan.levels}
    rise_m = abs(height[level_of[connector.end]] - height[level_of[connector.start]])
    run_m = math.dist((connector.start_x_m, connector.start_y_m), (connector.end_x_m, connector.end_y_m))
    if connector.kind != "lift":
        slope_m = rise_m / math.sin(math.radians(STEEPEST_DEG[connector.kind]))
        return Measured(max(slope_m, math.hypot(run_m, rise_m)), connector.width_m)
    kind = next((each for each in plan.link_kinds if each.code == "lift"), LinkKind(code="lift"))
    cycle_s, cabin = float(connector.cycle_s or 60.0), float(connector.cabin_persons or 1)
    flow = plan.model[0].flow_per_m_per_s * kind.flow_share
    length_m = RIDE_CYCLES * cycle_s * WALKING_M_PER_S * (kind.speed_up + kind.speed_down) / 2
    return Measured(max(length_m, run_m), max(LEAST_M, cabin / cycle_s / flow))
