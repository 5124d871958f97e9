"""Build examples/tiny/expo.xlsx: a made-up fair that plays in a second. Every kind of row at least once.

python -m examples.tiny.build
"""

from __future__ import annotations

from pathlib import Path

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
    Option,
    ProfileSlot,
    Provenance,
    Reported,
    Source,
    Station,
    Stream,
    Uncertainty,
)
from hostcity.plan.workbook import write_workbook

HERE = Path(__file__).parent
HOUR_S = 3600.0


def build_plan(persons: int = 2000) -> Plan:
    """Two halls on two levels, one gate, a metro and a coach stream, every kind of row at least once."""
    return Plan(
        edition=(
            Edition(
                code="tiny",
                name_en="Tiny fair",
                name_zh="小型展会",
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
        levels=(
            Level(code="0", name_en="Ground", name_zh="地面层", elevation_m=0.0),
            Level(code="1", name_en="Upper", name_zh="上层", elevation_m=8.0),
        ),
        areas=(
            Area(code="outside", name_en="Outside", name_zh="场外", kind="outside", level="0", gross_m2=0.0, inside=False),
            Area(code="gate", name_en="West gate", name_zh="西入口", kind="gate", level="0", gross_m2=4000.0, inside=False, outline=_box(40, 0, 92, 40)),
            Area(code="metro", name_en="Metro station", name_zh="地铁站", kind="transport", level="0", gross_m2=3000.0, inside=False, outline=_box(0, -40, 36, -4)),
            Area(code="plaza", name_en="Plaza", name_zh="广场", kind="plaza", level="0", gross_m2=5000.0, outline=_box(94, 0, 146, 40)),
            Area(code="H1", name_en="Hall 1", name_zh="1 号馆", kind="hall", level="0", gross_m2=9000.0, outline=_box(138, 46, 212, 96)),
            Area(code="H2", name_en="Hall 2", name_zh="2 号馆", kind="hall", level="1", gross_m2=9000.0, capacity_persons=900, outline=_box(138, -96, 212, -46)),
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
            Station(code="desk", node="arrival", service="registration", lanes=2, service_mean_s=40.0),
            Station(code="questions", node="west", service="information", lanes=2, service_mean_s=60.0),
            Station(code="toilets", node="west", service="toilets", lanes=24, service_mean_s=75.0, distribution="gamma"),
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
            Stream(code="coach", name_en="Coaches", name_zh="大巴", mode="coach", node="coaches", persons=persons - persons * 2 // 3, profile="am"),
        ),
        approaches=(
            Approach(code="metro-W", stream="metro", gate="W", weight=1.0),
            Approach(code="coach-W", stream="coach", gate="W", weight=1.0),
        ),
        groups=(
            Group(
                code="buyers", name_en="Buyers", name_zh="采购商", registration_share=0.05, information_visits_mean=0.2
            ),
            Group(code="wheels", name_en="Wheelchair users", name_zh="轮椅使用者", step_free=True, speed_mean_m_per_s=0.8),
            Group(code="staff", name_en="Staff", name_zh="工作人员", counts_as_entry=False),
        ),
        mixes=tuple(
            Mix(code=f"{stream}-{group}", stream=stream, group=group, weight=weight)
            for stream in ("metro", "coach")
            for group, weight in (("buyers", 0.9), ("wheels", 0.05), ("staff", 0.05))
        ),
        attractions=(Attraction(code="H1", area="H1", weight=2.0), Attraction(code="H2", area="H2", weight=1.0)),
        appointments=(
            Appointment(code="talk", name_en="Opening talk", name_zh="开场报告", group="buyers", area="H2", persons=20, starts_at=11 * HOUR_S, lasts_s=1800.0),
        ),
        timeline=(
            Event(code="slow", action="service", target="W-badge", starts_at=9 * HOUR_S, ends_at=9.5 * HOUR_S, value=1.5),
        ),
        uncertainties=(
            Uncertainty(code="demand", kind="factor", figure="streams.*.persons", low=0.85, high=1.15),
            Uncertainty(code="checks", kind="factor", figure="stations.W-*.service_mean_s", low=0.9, high=1.2, each=True),
            Uncertainty(code="staff", kind="no_show", figure="stations.W-security.lanes", law="normal", low=0.0, high=0.15),
        ),
        options=(
            Option(
                code="west-lane", name_en="One more security lane, West", name_zh="西入口加一条安检通道",
                changes="stations.W-security.lanes+=1", uses="lanes=1; staff=2", most=4,
            ),
            Option(
                code="badge-lane", name_en="One more badge check, West", name_zh="西入口加一条核验通道",
                changes="stations.W-badge.lanes+=1", uses="lanes=1; staff=1", most=4,
            ),
            Option(
                code="slots", name_en="Tickets for later hours", name_zh="分时段票",
                changes="profiles.am-9.weight*=0.8 profiles.am-10.weight*=1.3", uses="letters=1",
            ),
        ),
        sources=(Source(code="here", name="made up for this example"),),
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


def _box(left_m: float, low_m: float, right_m: float, high_m: float) -> tuple[tuple[float, float], ...]:
    return (
        (float(left_m), float(low_m)), (float(right_m), float(low_m)),
        (float(right_m), float(high_m)), (float(left_m), float(high_m)),
    )  # fmt: skip


if __name__ == "__main__":
    write_workbook(build_plan(), HERE / "expo.xlsx")
    print(HERE / "expo.xlsx")
