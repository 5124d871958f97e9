"""Tiny plans: links in a row on which people come, and rooms that are evacuated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.theory import two_places
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Approach,
    Area,
    Attraction,
    Edition,
    Event,
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

Floats = NDArray[np.float64]

HOUR_S = 3600.0
ALARM_S = 1800.0
UP_M = 4.0  # height of the upper level


def in_a_row(links: Sequence[Link], **how: Any) -> Plan:
    """`two_places` with several links between them: their nodes are those that they name, all on the ground."""
    plan = two_places(**how)
    between = sorted({code for link in links for code in (link.start, link.end)} - {"from", "to"})
    nodes = tuple(Node(code=code, level="0", area="yard", x_m=0.0, y_m=0.0) for code in between)
    return plan.replace(nodes=(*plan.nodes, *nodes), links=(*links, plan.links[1]))


def way(code: str, start: str, end: str, length_m: float, width_m: float, **more: Any) -> Link:
    """A link that is walked one way only."""
    return Link(code=code, start=start, end=end, length_m=length_m, width_m=width_m, one_way=True, **more)


def evacuated(
    rooms: Mapping[str, int],
    links: Sequence[Link],
    *,
    delay_s: float = 0.0,
    speed_m_per_s: float = 1.34,
    upstairs: Collection[str] = (),
    step_free: Collection[str] = (),
    kinds: Sequence[LinkKind] = (),
    timeline: Sequence[Event] = (),
    **model: Any,
) -> Plan:
    """So many people stay in each of the rooms; at half past midnight an alarm sends them home.

    ``links`` lead from the rooms, over nodes of any other name, to ``home``. Nodes ``upstairs`` lie on the upper level;
    people of the rooms in ``step_free`` take no stairs. Everybody walks at the same free speed.
    """
    others = sorted({code for link in links for code in (link.start, link.end)} - {*rooms, "home"})

    def node(code: str, area: str) -> Node:
        return Node(code=code, level="1" if code in upstairs else "0", area=area, x_m=0.0, y_m=0.0)

    alarms = tuple(
        Event(code=f"alarm-{room}", action="evacuate", target=room, starts_at=ALARM_S, value=delay_s) for room in rooms
    )
    return Plan(
        edition=(
            Edition(
                code="rooms", date="2019-11-06", time_zone="Asia/Shanghai", clock_starts_at=0.0, gates_open_at=0.0,
                opens_at=0.0, last_entry_at=ALARM_S, closes_at=2.5 * HOUR_S, clock_ends_at=3 * HOUR_S,
            ),
        ),
        model=(
            Model(code="day", **({"step_s": 1.0, "route_update_s": 0.0, "perimeter_share": 1.0, "replay_share": 0.0} | model)),
        ),
        levels=(Level(code="0", elevation_m=0.0), Level(code="1", elevation_m=UP_M)),
        areas=(
            Area(code="outside", kind="outside", level="0", gross_m2=0.0, inside=False),
            Area(code="way", kind="concourse", level="0", gross_m2=0.0),
            *(Area(code=room, kind="hall", level="0", gross_m2=1e6) for room in rooms),
        ),
        nodes=(
            node("home", "outside"), node("check", "outside"), *(node(room, room) for room in rooms),
            *(node(code, "way") for code in others),
        ),
        link_kinds=(LinkKind(code="level"), *kinds),
        links=(
            way("approach", "home", "check", 10.0, 400.0),
            *(way(f"into-{room}", "check", room, 10.0, 400.0) for room in rooms),
            *links,
        ),
        gates=(Gate(code="G"),),
        stations=(
            Station(
                code="check", node="check", service="security", gate="G", lanes=500, service_mean_s=0.05,
                distribution="deterministic",
            ),
        ),
        profiles=(ProfileSlot(code="all", profile="all", starts_at=0.0, ends_at=ALARM_S / 3, weight=1.0),),
        streams=tuple(
            Stream(code=room, mode="walk", node="home", persons=persons, profile="all") for room, persons in rooms.items()
        ),
        approaches=tuple(Approach(code=room, stream=room, gate="G", weight=1.0) for room in rooms),
        groups=tuple(
            Group(
                code=room, speed_mean_m_per_s=speed_m_per_s, speed_sd_m_per_s=0.0, halls_mean=1.0, stands_mean=1.0,
                dwell_median_s=10 * HOUR_S, dwell_sigma=0.0, meal_share=0.0, toilet_visits_mean=0.0,
                leaves_at=2.5 * HOUR_S, leaves_sd_s=0.0, step_free=room in step_free,
            )
            for room in rooms
        ),
        mixes=tuple(Mix(code=room, stream=room, group=room, weight=1.0) for room in rooms),
        attractions=tuple(Attraction(code=room, area=room, group=room, weight=1.0) for room in rooms),
        timeline=(*alarms, *timeline),
    )  # fmt: skip


def weidmann_flow(per_m2: float) -> float:
    """Flow at a density by Weidmann's curve. [persons/(m s)]"""
    return float(per_m2 * 1.34 * (1.0 - np.exp(-1.913 * (1.0 / per_m2 - 1.0 / 5.4))))


def kolmogorov_smirnov(sample: Floats, law: Floats) -> tuple[float, float]:
    """Largest distance of a sample's distribution from a law, and what it may be one time in a hundred.

    ``law`` is the distribution function at the sample in ascending order. Limit: 1.628 / sqrt(n), Massey (1951).
    """
    size = sample.size
    steps = np.arange(size + 1) / size
    return float(max(np.abs(steps[1:] - law).max(), np.abs(steps[:-1] - law).max())), 1.628 / size**0.5
