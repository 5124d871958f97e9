"""Small venues: rooms with doors, and two levels with stairs, escalator, lift and ramp."""

from dataclasses import replace

import numpy as np

from hostcity.plan.rows import Amenity, Connector, Level, Link, Node, Opening
from hostcity.plan.template import empty_plan
from tests.engines.network.drawings import area, node, rooms, stand

SIDE_M = 12.0


def two_rooms(**sheets):
    """A and B side by side with a door of 3 m, a stand in each, toilets in B."""
    usual = {
        "stands": (stand("A1", "A", 4, 4, 8, 8), stand("B1", "B", 32, 12, 36, 16)),
        "amenities": (
            Amenity(code="wc", name_en="Toilets", name_zh="卫生间", kind="toilets", area="B", x_m=38, y_m=2),
        ),
    }
    return rooms(**(usual | sheets))


def two_levels(*kinds, **more):
    """Hall A below hall B; connectors of these kinds side by side, code = kind, 5 m up."""
    connectors = tuple(
        Connector(
            code=kind, kind=kind, start="A", start_x_m=10, start_y_m=2 + 4 * number, end="B", end_x_m=18,
            end_y_m=2 + 4 * number, width_m=2.0, **({"cabin_persons": 10, "cycle_s": 60.0} if kind == "lift" else {}),
        )
        for number, kind in enumerate(kinds)
    )  # fmt: skip
    usual = {
        "levels": (
            Level(code="0", name_en="Ground", name_zh="地面层", elevation_m=0.0),
            Level(code="1", name_en="Upper", name_zh="上层", elevation_m=5.0),
        ),
        "areas": (area("A", 0, 0, 30, 20), area("B", 0, 0, 30, 20, level="1")),
        "nodes": (node("a", "A", 3, 18), node("b", "B", 27, 18, level="1")),
        "connectors": connectors,
    }
    return empty_plan().replace(**(usual | more))


def random_rooms(seed, one_way=False):
    """Three by two rooms, most walls with a door, stands and columns inside; a node in a corner of each room."""
    draw = np.random.default_rng(seed)
    areas, openings, stands, nodes = [], [], [], []
    for column in range(3):
        for row in range(2):
            code, west, south = f"R{column}{row}", column * SIDE_M, row * SIDE_M
            areas.append(area(code, west, south, west + SIDE_M, south + SIDE_M))
            nodes.append(node(f"n{column}{row}", code, west + 0.6, south + 0.6))
            for number in range(int(draw.integers(0, 4))):
                x, y = west + draw.uniform(1.2, 7.0), south + draw.uniform(1.2, 7.0)
                w, d = draw.uniform(0.4, 3.6, 2)
                stands.append(
                    stand(f"{code}-{number}", code, *(round(float(each), 2) for each in (x, y, x + w, y + d)))
                )
            for other, line in (
                (f"R{column + 1}{row}", ((west + SIDE_M, south), (west + SIDE_M, south + SIDE_M))),
                (f"R{column}{row + 1}", ((west, south + SIDE_M), (west + SIDE_M, south + SIDE_M))),
            ):
                if draw.random() < 0.8 and (column < 2 if line[0][0] == line[1][0] else row < 1):
                    begin, length = (
                        draw.uniform(0.5, 8.0),
                        draw.uniform(0.85, 3.0),
                    )  # no door whose width the lattice decides
                    (x1, y1), (x2, y2) = line
                    ends = [
                        (round(x1 + (x2 - x1) * at / SIDE_M, 2), round(y1 + (y2 - y1) * at / SIDE_M, 2))
                        for at in (begin, begin + length)
                    ]
                    if draw.random() < 0.5:
                        ends.reverse()
                    direction = str(draw.choice(["both", "in", "out"])) if one_way else "both"
                    openings.append(
                        Opening(code=f"{code}>{other}", area=code, other=other, line=tuple(ends), direction=direction)
                    )
    return empty_plan().replace(
        levels=(Level(code="0", elevation_m=0.0),), areas=tuple(areas), openings=tuple(openings), stands=tuple(stands),
        nodes=tuple(nodes),
    )  # fmt: skip


def typed_link(code, start, end, **more):
    return Link(code=code, start=start, end=end, **({"length_m": 100.0, "width_m": 5.0} | more))


def outside_node(code, of, x_m, y_m):
    return Node(code=code, level="0", area=of, x_m=x_m, y_m=y_m)


def random_levels(seed):
    """Random rooms on two levels, and up to four connectors between places of them by chance, some one-way."""
    low, high = random_rooms(seed), random_rooms(seed + 500_000)
    draw = np.random.default_rng(seed + 2)
    up = {area.code: f"U{area.code}" for area in high.areas}
    connectors = []
    for number in range(int(draw.integers(1, 5))):
        kind = str(draw.choice(["stairs", "escalator", "lift", "ramp"]))
        start, end = (str(draw.choice([area.code for area in low.areas])) for _ in range(2))
        (x1, y1), (x2, y2) = (
            (SIDE_M * int(code[1]) + draw.uniform(1, 11), SIDE_M * int(code[2]) + draw.uniform(1, 11))
            for code in (start, end)
        )
        connectors.append(
            Connector(
                code=f"c{number}", kind=kind, start=start, start_x_m=x1, start_y_m=y1, end=up[end], end_x_m=x2, end_y_m=y2,
                width_m=2.0, one_way=bool(draw.random() < 0.3),
                **({"cabin_persons": 10, "cycle_s": 60.0} if kind == "lift" else {}),
            )
        )  # fmt: skip
    return low.replace(
        levels=(*low.levels, Level(code="1", elevation_m=5.0)),
        areas=(*low.areas, *(replace(each, code=up[each.code], level="1") for each in high.areas)),
        openings=(
            *low.openings,
            *(replace(each, code=f"U{each.code}", area=up[each.area], other=up[each.other]) for each in high.openings),
        ),
        stands=(*low.stands, *(replace(each, code=f"U{each.code}", area=up[each.area]) for each in high.stands)),
        nodes=(
            *low.nodes,
            *(replace(each, code=f"U{each.code}", area=up[each.area], level="1") for each in high.nodes),
        ),
        connectors=tuple(connectors),
    )
