"""A venue of many stands, as large as the largest fairs have."""

from __future__ import annotations

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Amenity, Area, Connector, Grounds, Level, Opening, Stand
from tests.fairs import small_fair

HALL_M, DEEP_M, GAP_M = 270.0, 108.0, 30.0
KINDS = ("stand",) * 9 + ("stage",)


def box(west: float, south: float, east: float, north: float) -> tuple[tuple[float, float], ...]:
    return ((west, south), (east, south), (east, north), (west, north))


def big_venue(halls: int = 12, rows: int = 20, columns: int = 30) -> Plan:
    """The small fair with another drawing: halls on two levels, each with stands, doors, and stairs to the one above."""
    plan = small_fair()
    levels = (Level(code="0", elevation_m=0.0), Level(code="16", name_zh="十六米层", elevation_m=16.0))
    areas, stands, openings, connectors, amenities = [], [], [], [], []
    for number in range(halls):
        level, at = levels[number % 2].code, number // 2
        west, code = at * (HALL_M + GAP_M), f"{number % 2 + 1}.{at + 1}"
        ring = box(west, 0.0, west + HALL_M, DEEP_M)
        areas.append(
            Area(code=code, name_en=f"Hall {code}", name_zh=f"{code} 号馆", kind="hall", level=level, gross_m2=29_160.0, outline=ring)
        )  # fmt: skip
        openings.append(
            Opening(code=f"{code}-s", area=code, line=((west + 20.0, 0.0), (west + 30.0, 0.0)), is_exit=True)
        )
        amenities.append(Amenity(code=f"wc-{code}", kind="toilets", area=code, x_m=west + 2.0, y_m=3.0, places=40))
        for row in range(rows):
            for column in range(columns):
                x, y = west + 6.1 + column * 8.7, 5.3 + row * 5.1
                stands.append(
                    Stand(
                        code=f"{code}{chr(65 + row)}{column:02}", area=code, outline=box(x, y, x + 6.0, y + 3.0),
                        kind=KINDS[(row + column) % len(KINDS)], exhibitor_en=f"Exhibitor {row} {column}" if column % 3 else "",
                        exhibitor_zh=f"展商 {row}-{column}",
                    )
                )  # fmt: skip
        if number % 2:
            x, y = west + 268.0, 54.0
            connectors.append(
                Connector(
                    code=f"stairs-{at + 1}", kind="stairs", start=f"1.{at + 1}", start_x_m=x, start_y_m=y, end=code,
                    end_x_m=x, end_y_m=y + 8.0, width_m=3.0,
                )
            )  # fmt: skip
    grounds = Grounds(
        code="venue", name_en="Clover", name_zh="四叶草", latitude=31.19, longitude=121.3, bearing_deg=12.5
    )
    return plan.replace(
        levels=levels, areas=tuple(areas), stands=tuple(stands), openings=tuple(openings), connectors=tuple(connectors),
        amenities=tuple(amenities), grounds=(grounds,),
    )  # fmt: skip
