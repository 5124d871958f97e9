"""Hand calculations of the SFPE hydraulic model: a door, a merge, a stair.

The plan is given the model's speed and specific flow as its own parameters, so agreement is by construction: what is
verified is that flows through openings, merging and links in a row come out as on paper, not that people move so.
"""

from __future__ import annotations

import math

from benchmarks.validation.check import CONSTRUCTION, SFPE, Check, percent
from benchmarks.validation.places import ALARM_S, evacuated, way
from hostcity.engines.day import rehearse_day
from hostcity.plan.plan import Plan
from hostcity.plan.rows import LinkKind

#: S = k (1 - a D) with a in m2 per person; flow k / (4 a) at most; density below 0.54 persons/m2 does not slow down.
LEVEL_K, A_M2, FREE_PER_M2 = 1.40, 0.266, 0.54
LEVEL_FLOW = LEVEL_K / (4 * A_M2)
BOUNDARY_M = 0.15  # on each side of a door or stair
NOTE = "Speed and flow are set in the plan. Constants of ch. 59 from memory and from the source of jupedsim-network."


def free_speed(k: float) -> float:
    """Speed of people who do not hinder one another. [m/s]"""
    return k * (1.0 - A_M2 * FREE_PER_M2)


def stair_k(riser_m: float, tread_m: float) -> float:
    """Speed factor of a stair: 51.8 m/min times the root of tread over riser. [m/s]"""
    return 51.8 / 60.0 * math.sqrt(tread_m / riser_m)


def effective_m(width_m: float) -> float:
    """Width less the boundary layers."""
    return width_m - 2 * BOUNDARY_M


def _check(name: str, title: str, plan: Plan, expected_s: float, note: str = "") -> Check:
    took_s = float(rehearse_day(plan).visitor_left_s.max()) - ALARM_S
    return Check(
        name=name, title=title, kind=CONSTRUCTION, figure=f"{took_s:.1f} s ({percent(took_s / expected_s - 1.0)})",
        expectation=f"{expected_s:.1f} s", tolerance="± 2 %", is_met=abs(took_s / expected_s - 1.0) <= 0.02, source=SFPE,
        note=f"{NOTE} {note}".strip(),
    )  # fmt: skip


def sfpe_door() -> Check:
    """1,000 people, 25 m to a door of 2.5 m."""
    links = (way("door", "room", "home", 25.0, 20.0, door_m=effective_m(2.5)),)
    plan = evacuated({"room": 1000}, links, speed_m_per_s=free_speed(LEVEL_K), flow_per_m_per_s=LEVEL_FLOW)
    expected_s = 25.0 / free_speed(LEVEL_K) + 1000 / (LEVEL_FLOW * effective_m(2.5))
    return _check("sfpe_door", "Hydraulic model: a door", plan, expected_s)


def sfpe_merge() -> Check:
    """Two rooms of 300 with doors of 1.2 m and 1.5 m lead into one corridor that ends at a door of 1.6 m."""
    links = (
        way("door-a", "a", "merge", 10.0, 10.0, door_m=effective_m(1.2)),
        way("door-b", "b", "merge", 10.0, 10.0, door_m=effective_m(1.5)),
        way("corridor", "merge", "home", 20.0, 4.0, door_m=effective_m(1.6)),
    )
    plan = evacuated({"a": 300, "b": 300}, links, speed_m_per_s=free_speed(LEVEL_K), flow_per_m_per_s=LEVEL_FLOW)
    expected_s = 30.0 / free_speed(LEVEL_K) + 600 / (LEVEL_FLOW * effective_m(1.6))
    return _check("sfpe_merge", "Hydraulic model: a merge", plan, expected_s)


def _stair(entrance_m: float) -> tuple[Plan, float]:
    """400 people, a corridor of 15 m, a stair of 7/11 inches, 1.4 m wide, 8 m along its slope; and what it takes."""
    k = stair_k(0.178, 0.279)
    share = k / LEVEL_K  # speed and flow have the same factor k
    links = (
        way("corridor", "room", "head", 15.0, 10.0, door_m=entrance_m),
        way("stair", "head", "home", 8.0, 1.4, door_m=effective_m(1.4), kind="stairs"),
    )
    plan = evacuated(
        {"room": 400}, links, speed_m_per_s=free_speed(LEVEL_K), flow_per_m_per_s=LEVEL_FLOW, upstairs=("room", "head"),
        kinds=(LinkKind(code="stairs", speed_up=share, speed_down=share, flow_share=share),),
    )  # fmt: skip
    expected_s = 15.0 / free_speed(LEVEL_K) + 8.0 / free_speed(k) + 400 / (k / (4 * A_M2) * effective_m(1.4))
    return plan, expected_s


def sfpe_stair() -> Check:
    """A stair whose entrance lets through what the stair does: the opening at the end of the corridor."""
    plan, expected_s = _stair(effective_m(1.4) * stair_k(0.178, 0.279) / LEVEL_K)
    return _check("sfpe_stair", "Hydraulic model: a stair", plan, expected_s, "The corridor ends at the stair's flow.")


def sfpe_stair_wide_entrance() -> Check:
    """The same stair at the end of a corridor that is open over its whole 10 m."""
    plan, expected_s = _stair(10.0)
    note = (
        "A link holds people back at its end, not where they enter: a rush fills the stair at once, and the first walk "
        "slowly. Whoever draws a plan should give the way to a stair the stair's opening."
    )
    return _check("sfpe_stair_wide_entrance", "Hydraulic model: a stair entered over 10 m", plan, expected_s, note)


QUICK = (sfpe_door, sfpe_merge, sfpe_stair, sfpe_stair_wide_entrance)
SLOW = ()
