"""A venue small enough to be written out: two levels, a hall with stands, stairs, a desk."""

from __future__ import annotations

import dataclasses
from typing import Any

from hostcity.plan import read_plan
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Amenity, Area, Connector, Level, Opening, Stand

LEVELS = (
    Level(code="0", name_en="Ground", name_zh="地面层", elevation_m=0.0),
    Level(code="1", name_en="Upper", name_zh="上层", elevation_m=6.0),
)


def area(code: str, level: str, *, x: float = 0.0, kind: str = "hall", **names: str) -> Area:
    """An area of 40 m x 20 m."""
    ring = ((x, 0.0), (x + 40.0, 0.0), (x + 40.0, 20.0), (x, 20.0))
    names = {"name_en": f"Hall {code}", "name_zh": f"{code} 号馆"} | names
    return Area(code=code, kind=kind, level=level, gross_m2=800.0, outline=ring, **names)


def stand(code: str, of: str, x: float = 5.0, **fields: Any) -> Stand:
    """A stand of 6 m x 3 m."""
    ring = ((x, 5.0), (x + 6.0, 5.0), (x + 6.0, 8.0), (x, 8.0))
    return Stand(**{"code": code, "area": of, "outline": ring} | fields)


AREAS = (area("A", "0"), area("B", "1"))
STANDS = (
    stand("A-01", "A", exhibitor_en="Blue Harbor Machines", exhibitor_zh="蓝港机械"),
    stand("A-02", "A", 12.25),
    stand("B-01", "B", exhibitor_zh="江南精密"),
    stand("pillar", "A", 30.0, kind="column"),
)
OPENINGS = (
    Opening(code="door", area="A", line=((18.0, 0.0), (22.0, 0.0))),
    Opening(code="exit", area="A", line=((40.0, 8.0), (40.0, 10.0)), is_exit=True),
)
CONNECTORS = (
    Connector(code="up", kind="stairs", start="A", start_x_m=35.0, start_y_m=15.0, end="B", end_x_m=37.0, end_y_m=15.0,
              width_m=2.0),
)  # fmt: skip
LIFT = Connector(
    code="lift", kind="lift", start="A", start_x_m=35.0, start_y_m=3.0, end="B", end_x_m=35.0, end_y_m=3.0, width_m=2.0,
    cabin_persons=10, cycle_s=60.0,
)  # fmt: skip
AMENITIES = (
    Amenity(
        code="wc", name_en="Toilets west", name_zh="西侧卫生间", kind="toilets", area="A", x_m=2.0, y_m=18.0, places=8
    ),
)


def rows(**more: Any) -> dict[str, tuple[Any, ...]]:
    """The rows of its sheets."""
    return {
        "levels": LEVELS, "areas": AREAS, "stands": STANDS, "openings": OPENINGS, "connectors": CONNECTORS,
        "amenities": AMENITIES,
    } | more  # fmt: skip


def plan(**more: Any) -> Plan:
    """The tiny example with this venue in place of its own: to be stored, not to be played."""
    tiny = read_plan("examples/tiny")
    return dataclasses.replace(tiny, **rows(**more))
