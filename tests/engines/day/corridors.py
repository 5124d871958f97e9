"""Small plans whose right answer is known, and a way to play them with arrivals of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from hostcity.engines.day.rehearse import Day, _play_all, prepare
from hostcity.engines.day.results import DayResult
from hostcity.engines.day.summing_up import sum_up
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Approach,
    Area,
    Attraction,
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

HOUR_S = 3600.0


def corridor(
    persons: int = 1000,
    *,
    links: Sequence[Link] | None = None,
    over_s: float = HOUR_S,
    last_s: float = 24 * HOUR_S,
    closes_s: float | None = None,
    security: dict[str, Any] | None = None,
    group: dict[str, Any] | None = None,
    **model: Any,
) -> Plan:
    """Home, security and a hall in a row; everybody comes within ``over_s`` and stays in the hall for long.

    ``links`` may exchange the links ``approach`` (home to security) and ``entry`` (security to hall).
    """
    closes_s = last_s - HOUR_S / 2 if closes_s is None else closes_s
    check = {"lanes": 50, "service_mean_s": 0.05, "distribution": "deterministic"} | (security or {})
    people = {
        "speed_mean_m_per_s": 1.34, "speed_sd_m_per_s": 0.0, "halls_mean": 1.0, "stands_mean": 1.0,
        "dwell_median_s": 4 * HOUR_S, "meal_share": 0.0, "toilet_visits_mean": 0.0, "leaves_at": closes_s,
        "leaves_sd_s": 0.0,
    } | (group or {})  # fmt: skip
    return Plan(
        edition=(
            Edition(
                code="fair", date="2019-11-06", time_zone="Asia/Shanghai", clock_starts_at=0.0, gates_open_at=0.0,
                opens_at=0.0, last_entry_at=closes_s, closes_at=closes_s, clock_ends_at=last_s,
            ),
        ),
        model=(Model(code="day", **({"route_update_s": 0.0, "perimeter_share": 1.0} | model)),),
        levels=(Level(code="0", elevation_m=0.0),),
        areas=(
            Area(code="outside", kind="outside", level="0", gross_m2=0.0, inside=False),
            Area(code="gate", kind="gate", level="0", gross_m2=0.0, inside=False),
            Area(code="H", kind="hall", level="0", gross_m2=1e6),
        ),
        nodes=(node("home", "outside"), node("check", "gate"), node("hall", "H")),
        link_kinds=(LinkKind(code="level"),),
        links=tuple(links or (link("approach", "home", "check", 60, 50), link("entry", "check", "hall", 100, 100))),
        gates=(Gate(code="G"),),
        stations=(Station(code="security", node="check", service="security", gate="G", **check),),
        profiles=(ProfileSlot(code="all", profile="all", starts_at=0.0, ends_at=over_s, weight=1.0),),
        streams=(Stream(code="S", mode="walk", node="home", persons=persons, profile="all"),),
        approaches=(Approach(code="S-G", stream="S", gate="G", weight=1.0),),
        groups=(Group(code="all", **people),),
        mixes=(Mix(code="S-all", stream="S", group="all", weight=1.0),),
        attractions=(Attraction(code="H", area="H", weight=1.0),),
    )  # fmt: skip


def node(code: str, area: str, floor_m2: float | None = None, **more: Any) -> Node:
    """A node on the ground."""
    return Node(**({"code": code, "level": "0", "area": area, "x_m": 0.0, "y_m": 0.0, "floor_m2": floor_m2} | more))


def link(code: str, start: str, end: str, length_m: float, width_m: float, **more: Any) -> Link:
    """A level link."""
    return Link(code=code, start=start, end=end, length_m=float(length_m), width_m=float(width_m), **more)


def play_with(plan: Plan, arrive_s: np.ndarray | None = None, *, seed: int = 1, **how: Any) -> tuple[Day, DayResult]:
    """Play a plan, with arrivals of one's own if given; the loop's arrays and the result."""
    day = prepare(plan, seed=seed, arena=4, **how)  # no second try with more room here
    if arrive_s is not None:
        day.people.arrive_s[:] = np.sort(arrive_s)
    assert _play_all(day, None)
    return day, sum_up(plan, day, seed=seed, run=0, version="", began=0.0)
