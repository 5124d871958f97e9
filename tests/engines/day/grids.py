"""A grid of crossings on which newcomers turn wrong."""

from __future__ import annotations

import dataclasses

from hostcity.plan import problems_of
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Area, Attraction, Station, WrongTurns
from tests.engines.day.corridors import HOUR_S, corridor, link, node

SIDE = 4
ERR = WrongTurns(
    code="day", newcomer_share=0.7, straight_share=0.8, turn_share=0.4, signed_share=0.95, question_s=45.0, most=3
)
HALLS = {"A": (0, 3), "B": (3, 3), "C": (3, 0)}


def grid(persons: int = 150, **model: float) -> Plan:
    """A gate in the middle of one side of a grid of crossings of uneven pitch, three halls at its corners, food, a desk."""
    x, y = (0.0, 31.0, 64.0, 90.0), (0.0, 27.0, 60.0, 95.0)
    start = corridor(
        persons, last_s=16 * HOUR_S, route_spread_s=0.0, replay_share=0.2, **model,
        group={"halls_mean": 3.0, "stands_mean": 1.0, "dwell_median_s": 600.0, "meal_share": 0.5, "meal_starts_at": 0.0, "meal_ends_at": 15 * HOUR_S},
    )  # fmt: skip
    nodes = [node("home", "outside", x_m=40.0, y_m=-60.0), node("check", "gate", x_m=40.0, y_m=-20.0)]
    nodes += [node(f"{a}-{b}", "hub", x_m=x[a], y_m=y[b]) for a in range(SIDE) for b in range(SIDE)]
    nodes += [node(hall, hall, x_m=x[a] + 10.0, y_m=y[b] + 12.0) for hall, (a, b) in HALLS.items()]
    links = [link("in", "home", "check", 40, 40), link("in2", "check", "1-0", 22, 40)]
    links += [
        link(f"x{a}-{b}", f"{a}-{b}", f"{a + 1}-{b}", x[a + 1] - x[a] + b, 40)
        for a in range(SIDE - 1)
        for b in range(SIDE)
    ]
    links += [
        link(f"y{a}-{b}", f"{a}-{b}", f"{a}-{b + 1}", y[b + 1] - y[b] + a / 2, 40)
        for a in range(SIDE)
        for b in range(SIDE - 1)
    ]
    links += [link(hall, f"{a}-{b}", hall, 16, 40) for hall, (a, b) in HALLS.items()]
    plan = start.replace(
        areas=(*start.areas[:2], Area(code="hub", kind="plaza", level="0", gross_m2=9000.0), *(Area(code=each, kind="hall", level="0", gross_m2=1e5) for each in HALLS)),
        nodes=tuple(nodes), links=tuple(links), attractions=tuple(Attraction(code=each, area=each, weight=1.0) for each in HALLS),
        stations=(
            *start.stations, Station(code="food", node="2-2", service="catering", lanes=50, service_mean_s=5.0),
            Station(code="desk", node="1-1", service="information", lanes=1, service_mean_s=5.0),
        ),
        wrong_turns=(ERR,),
    )  # fmt: skip
    everybody = tuple(dataclasses.replace(row, replay_share=1.0) for row in plan.model)
    assert not problems_of(plan)
    return plan.replace(model=everybody)
