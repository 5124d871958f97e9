"""The leaving venue in our day engine."""

from __future__ import annotations

import numpy as np

from benchmarks.peers.tree import (
    FLOW_PER_M_PER_S,
    HALLS,
    OUTSIDE,
    SPEED_M_PER_S,
    STARTS_WITHIN_S,
    Floats,
    Left,
    ends_s,
    nodes,
    persons_of,
    places,
    ways,
)
from hostcity.engines.day import DayResult, rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Approach,
    Area,
    Edition,
    Gate,
    Group,
    Level,
    Link,
    LinkKind,
    Mix,
    Model,
    Node,
    ProfileSlot,
    Station,
    Stream,
)


def leaving_plan(persons: int) -> Plan:
    """The same as a plan of one day: people come to a place over two links of 0.1 m and through a check without wait, and go home.

    Everybody walks at the same free speed; there is nothing to see, so the way home begins at once. The two links and the
    check are work that the peers do not have.
    """
    crowd, ends = persons_of(persons), ends_s(persons)
    inside = [code for code in nodes() if code != OUTSIDE]
    return Plan(
        edition=(
            Edition(
                code="leaving", date="2026-01-01", time_zone="Asia/Shanghai", clock_starts_at=0.0, gates_open_at=0.0,
                opens_at=0.0, last_entry_at=ends, closes_at=ends, clock_ends_at=ends,
            ),
        ),
        model=(Model(code="day", route_update_s=0.0, perimeter_share=1.0, replay_share=0.0, flow_per_m_per_s=FLOW_PER_M_PER_S),),
        levels=(Level(code="0", elevation_m=0.0),),
        areas=(
            Area(code=OUTSIDE, kind="outside", level="0", gross_m2=0.0, inside=False),
            Area(code="venue", kind="concourse", level="0", gross_m2=0.0),
        ),
        nodes=(
            Node(code=OUTSIDE, level="0", area=OUTSIDE, x_m=0.0, y_m=0.0),
            *(Node(code=code, level="0", area="venue", x_m=0.0, y_m=0.0) for code in inside),
            *(Node(code=f"in{hall}", level="0", area=OUTSIDE, x_m=0.0, y_m=0.0) for hall in range(HALLS)),
        ),
        link_kinds=(LinkKind(code="level"),),
        links=(
            *(
                Link(code=way.code, start=way.start, end=way.end, length_m=way.length_m, width_m=way.width_m,
                     door_m=way.door_m, one_way=True)
                for way in ways()
            ),
            *(_way_in(f"in{hall}", OUTSIDE) for hall in range(HALLS)),
            *(_way_in(code, f"in{code[1:].split('-')[0]}") for code in crowd),
        ),
        gates=tuple(Gate(code=code) for code in crowd),
        stations=tuple(
            Station(code=code, node=code, service="security", gate=code, lanes=500, service_mean_s=0.05,
                    distribution="deterministic")
            for code in crowd
        ),
        profiles=(ProfileSlot(code="even", profile="even", starts_at=0.0, ends_at=STARTS_WITHIN_S, weight=1.0),),
        streams=tuple(
            Stream(code=code, mode="walk", node=OUTSIDE, persons=count, profile="even") for code, count in crowd.items()
        ),
        approaches=tuple(Approach(code=code, stream=code, gate=code, weight=1.0) for code in crowd),
        groups=(
            Group(code="all", speed_mean_m_per_s=SPEED_M_PER_S, speed_sd_m_per_s=0.0, meal_share=0.0,
                  toilet_visits_mean=0.0),
        ),
        mixes=tuple(Mix(code=code, stream=code, group="all", weight=1.0) for code in crowd),
    )  # fmt: skip


def starts_of(day: DayResult) -> dict[str, Floats]:
    """When people of our day start on their way out at each place, in ascending order. [s]"""
    began_s = day.visitor_entry_joined_s + day.visitor_entry_s
    codes = np.array(day.stream_codes)[day.visitor_stream]
    return {code: np.sort(began_s[codes == code]) for code in places()}


def left_of(day: DayResult) -> Left:
    """When they are out in our day; raises AssertionError when somebody is not, or the day is not valid."""
    if not (day.is_valid and (day.visitor_end == HOME).all()):
        raise AssertionError(
            f"{(day.visitor_end != HOME).sum()} did not come and go home; beyond a limit: {day.overloads}"
        )
    return Left(np.sort(day.visitor_left_s))


def fresh(persons: str) -> None:
    """Play it once, in a process of its own."""
    left_of(rehearse_day(leaving_plan(int(persons))))


def _way_in(to: str, start: str) -> Link:
    return Link(code=f"to-{to}", start=start, end=to, length_m=0.1, width_m=500.0, one_way=True)
