"""The smallest day: played once so that the compiled kernels are at hand before anybody waits for them."""

from __future__ import annotations

import itertools

from hostcity.plan import Plan
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
    Node,
    ProfileSlot,
    Station,
    Stream,
)

HOUR_S = 3600.0
#: Who arrives, passes the gate, stays in the hall and leaves again: four places in a row.
WAY = (("outside", "outside"), ("security", "gate"), ("badge", "gate"), ("hall", "hall"))


def smallest_day() -> Plan:
    """Five people, one gate, one hall."""
    return Plan(
        edition=(
            Edition(
                code="warm", name_en="Warm", date="2019-11-06", time_zone="UTC", clock_starts_at=8 * HOUR_S,
                gates_open_at=8 * HOUR_S, opens_at=9 * HOUR_S, last_entry_at=10 * HOUR_S, closes_at=11 * HOUR_S,
                clock_ends_at=13 * HOUR_S,
            ),
        ),
        levels=(Level(code="0", name_en="Ground", elevation_m=0.0),),
        areas=tuple(
            Area(code=kind, name_en=kind, kind=kind, level="0", gross_m2=1000.0, inside=kind == "hall")
            for kind in ("outside", "gate", "hall")
        ),
        nodes=tuple(
            Node(code=code, area=area, level="0", x_m=50.0 * at, y_m=0.0, floor_m2=None if area == "outside" else 500.0)
            for at, (code, area) in enumerate(WAY)
        ),
        link_kinds=(LinkKind(code="level"),),
        links=tuple(
            Link(code=f"{start}-{end}", start=start, end=end, kind="level", length_m=50.0, width_m=4.0)
            for (start, _), (end, _) in itertools.pairwise(WAY)
        ),
        gates=(Gate(code="G", name_en="Gate"),),
        stations=(
            Station(code="security", node="security", service="security", gate="G", lanes=1, service_mean_s=10.0),
            Station(code="badge", node="badge", service="badge", gate="G", lanes=1, service_mean_s=5.0),
            Station(code="metro", node="outside", service="metro", lanes=1, service_mean_s=1.0,
                    headway_s=300.0, batch_persons=100),
        ),
        profiles=(ProfileSlot(code="morning-1", profile="morning", starts_at=8 * HOUR_S, ends_at=9 * HOUR_S, weight=1.0),),
        streams=(Stream(code="metro", name_en="Metro", mode="metro", node="outside", persons=5, profile="morning", leaves_by="metro"),),
        approaches=(Approach(code="metro-G", stream="metro", gate="G", weight=1.0),),
        groups=(Group(code="visitors", name_en="Visitors"),),
        mixes=(Mix(code="metro-visitors", stream="metro", group="visitors", weight=1.0),),
        attractions=(Attraction(code="visitors-hall", group="visitors", area="hall", weight=1.0),),
    )  # fmt: skip
