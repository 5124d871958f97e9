"""Small fairs that tests play with."""

from __future__ import annotations

from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Appointment,
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
    Node,
    ProfileSlot,
    Provenance,
    Reported,
    Source,
    Station,
    Stream,
)

HOUR_S = 3600.0


def small_fair(persons: int = 300) -> Plan:
    """Two halls on two levels, one gate, a metro and a coach stream, every kind of row at least once."""
    return Plan(
        edition=(
            Edition(
                code="fair",
                date="2019-11-06",
                time_zone="Asia/Shanghai",
                clock_starts_at=7 * HOUR_S,
                gates_open_at=8 * HOUR_S,
                opens_at=9 * HOUR_S,
                last_entry_at=16 * HOUR_S,
                closes_at=17 * HOUR_S,
                clock_ends_at=20 * HOUR_S,
            ),
        ),
        levels=(Level(code="0", elevation_m=0.0), Level(code="1", elevation_m=8.0)),
        areas=(
            Area(code="outside", kind="outside", level="0", gross_m2=0.0, inside=False),
            Area(code="gate", kind="gate", level="0", gross_m2=4000.0, inside=False),
            Area(code="metro", kind="transport", level="0", gross_m2=3000.0, inside=False),
            Area(code="plaza", kind="plaza", level="0", gross_m2=5000.0),
            Area(code="H1", kind="hall", level="0", gross_m2=9000.0, outline=((150.0, 40.0), (210.0, 40.0), (210.0, 90.0))),
            Area(code="H2", kind="hall", level="1", gross_m2=9000.0, capacity_persons=900),
        ),
        nodes=(
            _node("arrival", "outside", 0, 0, None),
            _node("coaches", "outside", 0, 50, None),
            _node("security", "gate", 60, 20, 2000),
            _node("badge", "gate", 80, 20, 2000),
            _node("west", "plaza", 100, 20, 500),
            _node("east", "plaza", 140, 20, 500),
            _node("H1-a", "H1", 150, 60, 500),
            _node("H1-b", "H1", 190, 60, 500),
            _node("H2-a", "H2", 150, -60, 500, "1"),
            _node("H2-b", "H2", 190, -60, 500, "1"),
            _node("platform", "metro", 20, -20, 3000),
        ),
        link_kinds=(
            LinkKind(code="level"),
            LinkKind(code="stairs", speed_up=0.35, speed_down=0.5, flow_share=0.8, step_free=False),
            LinkKind(code="ramp", speed_up=0.8, speed_down=0.9),
        ),
        links=(
            _link("walk", "arrival", "security", 60, 10),
            _link("lane", "coaches", "security", 60, 10),
            _link("gate", "security", "badge", 20, 12),
            _link("in", "badge", "west", 20, 12),
            _link("plaza", "west", "east", 40, 10),
            _link("door1", "east", "H1-a", 40, 6),
            _link("aisle1", "H1-a", "H1-b", 40, 6),
            _link("stairs", "east", "H2-a", 40, 4, "stairs"),
            _link("ramp", "east", "H2-a", 60, 2, "ramp"),
            _link("aisle2", "H2-a", "H2-b", 40, 6),
            _link("down", "badge", "platform", 60, 8),
        ),
        gates=(Gate(code="W", name_en="West", name_zh="西"),),
        stations=(
            Station(code="W-security", node="security", service="security", gate="W", lanes=3, service_mean_s=7.2),
            Station(code="W-badge", node="badge", service="badge", gate="W", lanes=3, service_mean_s=5.0),
            Station(code="food", node="east", service="catering", lanes=4, service_mean_s=30.0),
            Station(code="toilets", node="west", service="toilets", lanes=6, service_mean_s=75.0, distribution="gamma"),
            Station(
                code="trains", node="platform", service="metro", lanes=1, service_mean_s=1.0,
                headway_s=180.0, batch_persons=200,
            ),
        ),
        profiles=tuple(
            ProfileSlot(code=f"am-{hour}", profile="am", starts_at=hour * HOUR_S, ends_at=(hour + 1) * HOUR_S, weight=weight)
            for hour, weight in ((8, 1.0), (9, 3.0), (10, 2.0), (11, 1.0), (13, 1.0))
        ),
        streams=(
            Stream(
                code="metro", name_en="Metro", name_zh="地铁", mode="metro", node="arrival", persons=persons * 2 // 3,
                profile="am", headway_s=180.0, pulse_s=60.0, leaves_by="trains",
            ),
            Stream(code="coach", mode="coach", node="coaches", persons=persons - persons * 2 // 3, profile="am"),
        ),
        approaches=(
            Approach(code="metro-W", stream="metro", gate="W", weight=1.0),
            Approach(code="coach-W", stream="coach", gate="W", weight=1.0),
        ),
        groups=(
            Group(code="buyers", name_en="Buyers", name_zh="采购商"),
            Group(code="wheels", step_free=True, speed_mean_m_per_s=0.8),
            Group(code="staff", counts_as_entry=False),
        ),
        mixes=tuple(
            Mix(code=f"{stream}-{group}", stream=stream, group=group, weight=weight)
            for stream in ("metro", "coach")
            for group, weight in (("buyers", 0.9), ("wheels", 0.05), ("staff", 0.05))
        ),
        attractions=(Attraction(code="H1", area="H1", weight=2.0), Attraction(code="H2", area="H2", weight=1.0)),
        appointments=(
            Appointment(code="talk", group="buyers", area="H2", persons=20, starts_at=11 * HOUR_S, lasts_s=1800.0),
        ),
        timeline=(
            Event(code="slow", action="service", target="W-badge", starts_at=9 * HOUR_S, ends_at=9.5 * HOUR_S, value=1.5),
        ),
        sources=(Source(code="here", name="made up for tests"),),
        provenance=(
            Provenance(
                code="lanes", figure="stations.*.lanes", mark="assumed", source="here", low_factor=0.8, high_factor=1.2
            ),
        ),
        reported=(
            Reported(
                code="peak", quantity="areas.H1.peak_persons", relation="equals", value=100.0, unit="persons",
                use="held_back", source="here", edition="2", date="2019-11-06",
            ),
        ),
    )  # fmt: skip


def _node(code: str, area: str, x_m: float, y_m: float, floor_m2: float | None, level: str = "0") -> Node:
    return Node(code=code, level=level, area=area, x_m=float(x_m), y_m=float(y_m), floor_m2=floor_m2)


def _link(code: str, start: str, end: str, length_m: float, width_m: float, kind: str = "level") -> Link:
    return Link(code=code, start=start, end=end, kind=kind, length_m=float(length_m), width_m=float(width_m))
