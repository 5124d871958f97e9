"""An invented expo venue on which overload is studied: 14 halls around a concourse, six gates, 200,000 visitors.

652 nodes and 1,134 links. Nothing in it is a real venue: it is large enough that queues, doors and long ways out meet,
and every width can be multiplied by one factor, so that the same day becomes impossible step by step.
"""

from __future__ import annotations

import math

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
END_S = 40 * HOUR_S  # the clock runs on until the last are home, also where that takes the night
VISITING_S = 11 * HOUR_S  # within which everybody arrives
SLOT_S = 900.0

HALLS, HALL_ROWS, HALL_COLUMNS = 14, 5, 8
CONCOURSE_ROWS, CONCOURSE_COLUMNS = 8, 10
GATES = 6
PLACE_M2, GATE_M2, FOOD_M2, TOILETS_M2 = 450.0, 2400.0, 2400.0, 900.0
FOOD_AT, TOILETS_AT = 20, (3, 36)  # places of a hall, counted along its rows


def overload_venue(*, visitors: int = 200_000, width: float = 1.0, route_update_s: float = 0.0) -> Plan:
    """The venue with every link and door ``width`` times as wide, as a plan of one day and the night after it.

    Visitors see three halls, with two stays in each, eat once and go to the toilets twice; nobody leaves because it is
    late, so the day shows whether a crowd that is too large gets out, and when.
    """
    concourse = [[f"C{x}-{y}" for y in range(CONCOURSE_COLUMNS)] for x in range(CONCOURSE_ROWS)]
    halls = [[_place(hall, at) for at in range(HALL_ROWS * HALL_COLUMNS)] for hall in range(HALLS)]
    gates = [f"G{gate}" for gate in range(GATES)]
    return Plan(
        edition=(
            Edition(
                code="overload", date="2026-01-01", time_zone="Asia/Shanghai", clock_starts_at=0.0, gates_open_at=0.0,
                opens_at=0.0, last_entry_at=END_S, closes_at=END_S, clock_ends_at=END_S,
            ),
        ),
        model=(Model(code="day", route_update_s=route_update_s, replay_share=0.0),),
        levels=(Level(code="0", elevation_m=0.0),),
        areas=(
            Area(code="outside", kind="outside", level="0", gross_m2=0.0, inside=False),
            Area(code="gates", kind="gate", level="0", gross_m2=GATES * GATE_M2, inside=True),
            Area(code="concourse", kind="concourse", level="0", gross_m2=80 * PLACE_M2),
            *(Area(code=f"H{hall}", kind="hall", level="0", gross_m2=40 * PLACE_M2) for hall in range(HALLS)),
        ),
        nodes=(
            *(_node(code, "concourse", x * 80.0, y * 60.0, PLACE_M2)
              for x, row in enumerate(concourse) for y, code in enumerate(row)),
            *(node for hall in range(HALLS) for node in _hall_nodes(hall)),
            *(_node(gate, "gates", 80.0 + 80.0 * at, -40.0, GATE_M2) for at, gate in enumerate(gates)),
            *(_node(f"home{at}", "outside", 80.0 + 80.0 * at, -140.0, None) for at in range(GATES)),
        ),
        link_kinds=(LinkKind(code="level"),),
        links=tuple(_links(concourse, halls, gates, width)),
        gates=tuple(Gate(code=gate) for gate in gates),
        stations=(
            *(Station(code=f"{gate}-security", node=gate, service="security", gate=gate, lanes=32, service_mean_s=8.0,
                      distribution="exponential") for gate in gates),
            *(Station(code=f"H{hall}-food", node=halls[hall][FOOD_AT], service="catering", lanes=64,
                      service_mean_s=30.0, distribution="exponential") for hall in range(HALLS)),
            *(Station(code=f"H{hall}-wc{at}", node=halls[hall][at], service="toilets", lanes=48, service_mean_s=75.0,
                      distribution="exponential") for hall in range(HALLS) for at in TOILETS_AT),
        ),
        profiles=tuple(_profile()),
        streams=tuple(
            Stream(code=f"S{at}", mode="metro", node=f"home{at}", persons=visitors // GATES + (at < visitors % GATES),
                   profile="day", headway_s=180.0, pulse_s=60.0)
            for at in range(GATES)
        ),
        approaches=tuple(Approach(code=f"A{at}", stream=f"S{at}", gate=gates[at], weight=1.0) for at in range(GATES)),
        groups=(
            Group(code="visitors", halls_mean=3.0, stands_mean=2.0, dwell_median_s=900.0, dwell_sigma=0.6,
                  meal_share=1.0, meal_starts_at=0.0, meal_ends_at=0.0, meal_dwell_s=1200.0, toilet_visits_mean=2.0,
                  leaves_at=END_S, leaves_sd_s=0.0),
        ),
        mixes=tuple(Mix(code=f"M{at}", stream=f"S{at}", group="visitors", weight=1.0) for at in range(GATES)),
        attractions=tuple(Attraction(code=f"H{hall}", area=f"H{hall}", weight=1.0) for hall in range(HALLS)),
    )  # fmt: skip


def _node(code: str, area: str, x_m: float, y_m: float, floor_m2: float | None) -> Node:
    return Node(code=code, level="0", area=area, x_m=x_m, y_m=y_m, floor_m2=floor_m2)


def _place(hall: int, at: int) -> str:
    return f"H{hall}-{at // HALL_COLUMNS}-{at % HALL_COLUMNS}"


def _hall_nodes(hall: int) -> list[Node]:
    """A hall's places: rows lead away from the concourse, to the west for even halls, to the east for odd ones."""
    nodes = []
    for at in range(HALL_ROWS * HALL_COLUMNS):
        away_m = 40.0 + 30.0 * (at // HALL_COLUMNS)
        floor_m2 = FOOD_M2 if at == FOOD_AT else TOILETS_M2 if at in TOILETS_AT else PLACE_M2
        x_m = -away_m if hall % 2 == 0 else 560.0 + away_m
        y_m = hall // 2 * 100.0 + at % HALL_COLUMNS * 25.0
        nodes.append(_node(_place(hall, at), f"H{hall}", x_m, y_m, floor_m2))
    return nodes


def _links(concourse: list[list[str]], halls: list[list[str]], gates: list[str], width: float) -> list[Link]:
    links = _grid(concourse, 80.0, 60.0, 14.0 * width, 14.0 * width)
    for hall, places in enumerate(halls):
        rows = [places[row * HALL_COLUMNS : (row + 1) * HALL_COLUMNS] for row in range(HALL_ROWS)]
        links += _grid(rows, 30.0, 25.0, 6.0 * width, 5.0 * width)
        side = concourse[0 if hall % 2 == 0 else CONCOURSE_ROWS - 1]
        near, far = min(CONCOURSE_COLUMNS - 1, 1 + hall // 2), min(CONCOURSE_COLUMNS - 1, 2 + hall // 2)
        for column, at in ((1, min(CONCOURSE_COLUMNS - 2, near)), (HALL_COLUMNS // 2, near), (HALL_COLUMNS - 2, far)):
            links.append(_link(side[at], rows[0][column], 40.0, 12.0 * width, door_m=8.0 * width))
    for at, gate in enumerate(gates):
        edge = 0 if at < GATES // 2 else CONCOURSE_COLUMNS - 1
        links.append(_link(concourse[1 + at % (CONCOURSE_ROWS - 2)][edge], gate, 40.0, 24.0 * width))
        links.append(_link(gate, f"home{at}", 100.0, 24.0 * width))
    return links


def _grid(rows: list[list[str]], across_m: float, along_m: float, across_w: float, along_w: float) -> list[Link]:
    links = []
    for x, row in enumerate(rows):
        for y, code in enumerate(row):
            if x + 1 < len(rows):
                links.append(_link(code, rows[x + 1][y], across_m, across_w))
            if y + 1 < len(row):
                links.append(_link(code, row[y + 1], along_m, along_w))
    return links


def _link(start: str, end: str, length_m: float, width_m: float, door_m: float | None = None) -> Link:
    return Link(code=f"{start}:{end}", start=start, end=end, length_m=length_m, width_m=width_m, door_m=door_m)


def _profile() -> list[ProfileSlot]:
    """Seven in ten come in a wave around 1:30 (sd 45 min, folded at 0), the others evenly over three quarters."""
    latest_s = 0.8 * VISITING_S

    def share_before(at_s: float) -> float:
        def normal(x: float) -> float:
            return 0.5 * (1.0 + math.erf((x - 5400.0) / 2700.0 / math.sqrt(2.0)))

        wave = normal(at_s) - normal(-at_s)
        return 0.7 * wave + 0.3 * min(1.0, at_s / (0.75 * VISITING_S))

    edges = [at * SLOT_S for at in range(int(latest_s // SLOT_S) + 1)]
    return [
        ProfileSlot(code=f"{begin / 60.0:.0f}", profile="day", starts_at=begin, ends_at=begin + SLOT_S,
                    weight=share_before(begin + SLOT_S) - share_before(begin))
        for begin in edges
    ]  # fmt: skip
