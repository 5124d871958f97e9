"""Random small networks under absurd overload, as plans: grids with gaps, narrow links, tiny floors."""

from __future__ import annotations

import dataclasses

import numpy as np

from hostcity.plan.check import problems_of
from hostcity.plan.event_clashes import event_clashes
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Approach,
    Area,
    Attraction,
    Event,
    Gate,
    Group,
    Link,
    LinkKind,
    Mix,
    Model,
    Station,
    Stream,
)
from tests.engines.day.corridors import HOUR_S, corridor, link, node


def maze(seed: int, **model: float) -> Plan:
    """Random network ``seed``: from one to three ways in, one hall of a grid of places, a food stand, step-free people.

    Without ``model`` the rules' numbers are random too: step 2 or 5 s, routes fixed or updated each minute, wrong
    turns in one of three, the perimeter at its default or wide open (then the inside really jams).
    """
    draw = np.random.default_rng(seed)
    across, along = (int(each) for each in draw.integers(2, 6, 2))
    grid = [f"{x}-{y}" for x in range(across) for y in range(along)]
    nodes = [node(code, "H", floor_m2=float(draw.integers(3, 40)) / 3.0) for code in grid]
    links = _grid_links(draw, across, along)
    ways_in = int(draw.integers(1, 4))
    for way in range(ways_in):
        nodes += [node(f"home{way}", "outside"), node(f"check{way}", "gate", floor_m2=float(draw.uniform(5, 20)))]
        links.append(_random_link(draw, f"out{way}", f"home{way}", f"check{way}"))
        links.append(_random_link(draw, f"in{way}", f"check{way}", str(draw.choice(grid))))
    over_s = float(draw.choice([30.0, 600.0]))
    rules = {
        "step_s": float(draw.choice([2.0, 5.0])),
        "route_update_s": float(draw.choice([0.0, 60.0])),
        "wrong_turn_share": float(draw.choice([0.0, 0.0, 0.05])),
        "perimeter_share": float(draw.choice([0.1, 1.0])),
    } | model
    persons = int(draw.integers(500, 3001)) // ways_in
    start = corridor(persons, over_s=over_s, last_s=20 * HOUR_S, **rules)
    plan = start.replace(
        areas=(*start.areas[:2], Area(code="H", kind="hall", level="0", gross_m2=1e4)),
        nodes=tuple(nodes),
        links=tuple(links),
        link_kinds=(LinkKind(code="level"), LinkKind(code="stairs", speed_up=0.5, speed_down=0.6, step_free=False)),
        gates=tuple(Gate(code=f"G{way}") for way in range(ways_in)),
        stations=(
            *(
                Station(
                    code=f"security{way}", node=f"check{way}", service="security", gate=f"G{way}", lanes=20,
                    service_mean_s=1.0, distribution="exponential",
                )
                for way in range(ways_in)
            ),
            Station(code="food", node=grid[0], service="catering", lanes=4, service_mean_s=5.0),
        ),
        streams=tuple(
            Stream(code=f"S{way}", mode="walk", node=f"home{way}", persons=persons, profile="all")
            for way in range(ways_in)
        ),
        approaches=tuple(Approach(code=f"A{way}", stream=f"S{way}", gate=f"G{way}", weight=1.0) for way in range(ways_in)),
        groups=tuple(
            Group(
                code=code, step_free=step_free, halls_mean=1.0, stands_mean=3.0, dwell_median_s=15.0, meal_share=0.5,
                meal_starts_at=0.0, meal_ends_at=60.0, meal_dwell_s=20.0, toilet_visits_mean=0.0,
                leaves_at=19 * HOUR_S, leaves_sd_s=0.0,
            )
            for code, step_free in (("walkers", False), ("wheels", True))
        ),
        mixes=tuple(
            Mix(code=f"{way}{group}", stream=f"S{way}", group=group, weight=weight)
            for way in range(ways_in)
            for group, weight in (("walkers", 0.9), ("wheels", 0.1))
        ),
        attractions=(Attraction(code="H", area="H", weight=1.0),),
    )  # fmt: skip
    everybody = tuple(dataclasses.replace(row, replay_share=1.0) for row in plan.model)  # more than a plan may ask for
    return _playable(plan).replace(model=everybody)


def _grid_links(draw: np.random.Generator, across: int, along: int) -> list[Link]:
    links = []
    for x in range(across):
        for y in range(along):
            if x + 1 < across and (y == 0 or draw.random() < 0.85):
                links.append(_random_link(draw, f"x{x}-{y}", f"{x}-{y}", f"{x + 1}-{y}"))
            if y + 1 < along:
                links.append(_random_link(draw, f"y{x}-{y}", f"{x}-{y}", f"{x}-{y + 1}"))
    some = set(draw.permutation(len(links))[: len(links) // 5].tolist())
    odd = [
        link(each.code, each.start, each.end, each.length_m, each.width_m, one_way=at % 2 == 0, kind=_odd_kind(at))
        if at in some
        else each
        for at, each in enumerate(links)
    ]
    return odd


def _odd_kind(at: int) -> str:
    return "level" if at % 2 == 0 else "stairs"


def _random_link(draw: np.random.Generator, code: str, start: str, end: str) -> Link:
    return link(code, start, end, draw.uniform(2, 15), draw.uniform(0.6, 2.5))


def _playable(plan: Plan) -> Plan:
    """Turn one-way links and stairs into plain ones, one after the other, until everybody gets everywhere."""
    links = list(plan.links)
    for at, each in enumerate(links):
        if not problems_of(plan):
            break
        links[at] = link(each.code, each.start, each.end, each.length_m, each.width_m)
        plan = plan.replace(links=tuple(links))
    assert not problems_of(plan), problems_of(plan)
    return plan


def troubled_maze(seed: int) -> Plan:
    """Random network ``seed`` on which much goes wrong within the first hour, and is mended by its end."""
    plan = maze(seed)
    draw = np.random.default_rng(10_000 + seed)
    events = []
    for number in range(int(draw.integers(3, 12))):
        action = str(draw.choice(["close", "width", "fail", "lanes", "service", "evacuate", "delay", "divert"]))
        targets = {"close": plan.links, "width": plan.links, "evacuate": plan.areas[2:], "delay": plan.streams,
                   "divert": plan.streams}.get(action, plan.stations)  # fmt: skip
        if action == "divert" and len(plan.streams) == 1:
            continue
        target = targets[int(draw.integers(len(targets)))].code
        begins = round(float(draw.uniform(0, 2400)), 1)
        event = Event(
            code=f"e{number}", action=action, target=target, starts_at=begins,
            ends_at=begins + round(float(draw.uniform(20, 1200)), 1),
            value={"width": 0.3, "lanes": float(draw.integers(0, 6)), "service": 3.0, "delay": 300.0}.get(action),
            to=(next(row.code for row in plan.streams if row.code != target),) if action == "divert" else (),
        )  # fmt: skip
        if not any(event_clashes(plan.replace(timeline=(*events, event)), lambda _sheet, index: index)):
            events.append(event)
    troubled = plan.replace(timeline=tuple(events))
    assert not problems_of(troubled.replace(model=(Model(code="day"),)))
    return troubled
