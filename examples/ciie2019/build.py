"""Build examples/ciie2019/expo.xlsx: 6 November 2019 of the 2nd CIIE, from public figures (figures.yaml).

python -m examples.ciie2019.build
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from examples.ciie2019.demand import appointments, attractions, clock, demand, groups, profiles
from examples.ciie2019.exhibitors import exhibitors_at
from examples.ciie2019.faces import hung
from examples.ciie2019.known import provenance, reported
from examples.ciie2019.venue import LINK_KINDS, Venue, build_core, build_gate, build_hall
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Edition,
    Gate,
    Grounds,
    Model,
    Option,
    Source,
    Station,
    Uncertainty,
    WrongTurns,
)
from hostcity.plan.venues import Drawing, HallSize, four_leaf
from hostcity.plan.venues.four_leaf import DECK, GROUND, WALKWAY, Block, Entrance
from hostcity.plan.workbook import write_workbook

HERE = Path(__file__).parent

#: Halls by position on the ring (degrees); which block lies where is assumed.
BLOCKS = {"1": 202.5, "2": 247.5, "3": 292.5, "4": 337.5, "5": 22.5, "6": 67.5, "7": 112.5, "8": 157.5}
GATES = {
    "W": (("West", "西"), 180.0),
    "N": (("North", "北"), 90.0),
    "E": (("East", "东"), 0.0),
    "S": (("South", "南"), 270.0),
}


def load_figures() -> tuple[dict[str, Any], dict[str, Any]]:
    """Values by id, and the whole file."""
    body = yaml.safe_load((HERE / "figures.yaml").read_text("utf-8"))
    return {code: row["value"] for code, row in body["figures"].items()}, body


def build_plan(fitted: dict[str, Any] | None = None) -> Plan:
    """The plan of the demonstration day; ``fitted`` stands for what fit.py found."""
    value, body = load_figures()
    fitted = fitted or yaml.safe_load((HERE / "fitted.yaml").read_text("utf-8"))
    venue, stations = _place(value)
    drawing = _drawing(value, {station.code for station in stations})
    streams, approaches, mixes = demand(value)
    plan = Plan(
        edition=(
            Edition(
                code="ciie2019", name_en="2nd China International Import Expo", name_zh="第二届中国国际进口博览会",
                date="2019-11-06", time_zone="Asia/Shanghai", clock_starts_at=clock("06:30"),
                gates_open_at=clock(value["own.gates_open"]), opens_at=clock("09:00"), last_entry_at=clock(value["own.clock"]["last_entry"]),
                closes_at=clock(value["own.clock"]["closes"]), clock_ends_at=clock("23:30"),
                peak_wait_limit_s=value["gate.wait_target_peak"] * 60.0,
                other_wait_limit_s=value["gate.wait_target_offpeak"] * 60.0,
            ),
        ),
        model=(Model(code="day"),),
        levels=drawing.levels,
        areas=(*drawing.areas, *venue.areas),
        nodes=tuple(venue.nodes),
        link_kinds=LINK_KINDS,
        links=tuple(venue.links),
        grounds=(GROUNDS,),
        stands=exhibitors_at(drawing.stands, value["own.exhibitors"]),
        openings=tuple(drawing.openings),
        connectors=tuple(drawing.connectors),
        amenities=tuple(drawing.amenities),
        wrong_turns=(
            WrongTurns(
                code="day", happen=False, newcomer_share=value["own.wrong_turns"]["newcomers"],
                know=tuple(value["own.wrong_turns"]["know"]),
            ),
        ),
        gates=tuple(Gate(code=code, name_en=name[0], name_zh=name[1]) for code, (name, _) in GATES.items()),
        stations=tuple(stations),
        profiles=profiles(),
        streams=streams,
        approaches=approaches,
        groups=groups(value, fitted),
        mixes=mixes,
        attractions=attractions(fitted),
        appointments=appointments(value),
        uncertainties=_uncertainties(value["own.uncertainty"]),
        options=OPTIONS,
        sources=tuple(
            Source(code=code, name=row["name"], date=row["date"], url=row["url"]) for code, row in body["sources"].items()
        ),
        provenance=provenance(body["figures"], body["sources"]),
        reported=reported(body["figures"]),
    )  # fmt: skip
    return hung(plan)


#: What an organizer of such an expo could change; all assumed, as is what it uses.
OPTIONS = (
    Option(
        code="coach-slots",
        name_en="Coaches told to come by slots: a quarter of 09-10 h comes at 08:30-09 h or 10-11 h",
        name_zh="大巴分时段到达：9 时段的四分之一改到 8:30 或 10 时",
        uses="notices=1",
        changes="profiles.coach-0900.weight*=0.75 profiles.coach-0830.weight*=1.3 profiles.coach-1000.weight*=1.23",
    ),
    Option(
        code="exit4-south",
        name_en="Guides at metro exit 4 lead a third to gate South",
        name_zh="4 号口引导三分之一观众走南入口",
        changes="approaches.L2-exit4-S.weight=50",
        uses="staff=12",
        group="exit4",
    ),
    Option(
        code="exit4-few-south",
        name_en="Guides at metro exit 4 lead a sixth to gate South",
        name_zh="4 号口引导六分之一观众走南入口",
        changes="approaches.L2-exit4-S.weight=19",
        uses="staff=6",
        group="exit4",
    ),
    Option(
        code="ring-one-way",
        name_en="The ring is walked one way",
        name_zh="环形通道单向通行",
        changes="links.r0-?>r0-?.one_way=yes",
        uses="staff=16",
    ),
    Option(
        code="food-noon",
        name_en="A quarter more places to serve food at noon",
        name_zh="午间餐饮增开四分之一服务位",
        changes="stations.*-food.lanes@11:00-14:00*=1.25",
        uses="stalls=1",
    ),
    Option(
        code="more-trains",
        name_en="Line 2 runs a fifth more often in the evening",
        name_zh="2 号线傍晚加密五分之一",
        changes="stations.L2-trains.headway_s*=0.83",
        uses="trains=1",
    ),
    Option(
        code="early-gates",
        name_en="Gates open half an hour earlier",
        name_zh="安检提前半小时开放",
        changes="edition.ciie2019.gates_open_at=06:30",
        uses="lane_hours=60; staff=60",
    ),
)


def _uncertainties(spread: dict[str, Any]) -> tuple[Uncertainty, ...]:
    """How one such day may differ from another: who comes, how fast the checks are, who is missing from work."""
    factors = (
        ("demand", "streams.*.persons", "demand", False), ("modes", "streams.*.persons", "modes", True),
        ("security", "stations.*-security.service_mean_s", "security", False),
        ("badge", "stations.*-badge.service_mean_s", "badge", False), ("stay", "groups.*.dwell_median_s", "stay", False),
    )  # fmt: skip
    low, high = spread["no_show"]
    return (
        *(
            Uncertainty(code=code, kind="factor", figure=figure, low=spread[known][0], high=spread[known][1], each=each)
            for code, figure, known, each in factors
        ),
        Uncertainty(
            code="staff", kind="no_show", figure="stations.*-security.lanes", low=low, high=high,
            staff_per_lane=spread["staff_per_lane"], reserve=spread["reserve"],
        ),
    )  # fmt: skip


#: The town is reported, the place within it is from memory.
GROUNDS = Grounds(
    code="necc", name_en="Four-leaf venue, drawn by size", name_zh="四叶草形场馆（按尺寸绘制）", locality="Shanghai",
    latitude=31.19, longitude=121.3,
)  # fmt: skip
#: To which side of its way in the way out of an entrance lies, seen from the ring.
OUT_ON_LEFT = {"W": True, "N": False, "E": True, "S": False}


def _drawing(value: dict[str, Any], stations: set[str]) -> Drawing:
    """The venue as it is drawn: with as many stands in each hall, and amenities that are the day's stations."""
    halls = set(value["venue.hall_list"])
    blocks = [
        Block(
            degrees=degrees,
            ground=next((code for code in (number, f"{number}.1") if code in halls), ""),
            deck=f"{number}.2" if f"{number}.2" in halls else "",
        )
        for number, degrees in BLOCKS.items()
    ]
    width_m, depth_m = value["venue.hall_dims"]
    size = HallSize(width_m=width_m, depth_m=depth_m, stands=value["own.stands_per_hall"])
    entrances = [
        Entrance(code=code, name=name, degrees=degrees, out_on_left=OUT_ON_LEFT[code], has_upper=code == "W")
        for code, (name, degrees) in GATES.items()
    ]
    drawing = four_leaf(blocks, size, entrances)
    drawing.amenities = [
        replace(each, station=each.code) if each.code in stations else each for each in drawing.amenities
    ]
    return drawing


def _place(value: dict[str, Any]) -> tuple[Venue, list[Station]]:
    venue = Venue()
    build_core(venue, value["own.ring_width_m"])
    stations: list[Station] = []
    food, toilets = value["own.food"], value["own.toilets"]
    for code in value["venue.hall_list"]:
        if code == "NH":
            continue
        deck = DECK if code.endswith(".2") else GROUND
        nodes = build_hall(
            venue, code, BLOCKS[code[0]], deck, tuple(value["venue.hall_dims"]), value["own.aisle_share"]
        )
        stations += [
            _station(f"{code}-food", nodes[4], "catering", food["lanes"], food["mean_s"], "lognormal", food["cv"]),
            *(
                _station(
                    f"{code}-toilets-{which}",
                    node,
                    "toilets",
                    toilets["lanes"],
                    toilets["mean_s"],
                    "gamma",
                    toilets["cv"],
                )
                for which, node in (("a", nodes[1]), ("b", nodes[-2]))
            ),
        ]
    screen_s = 3600.0 / value["k.screen_unit_cn"]["winter"]
    check_s = 60.0 / value["k.turnstile"]
    lanes = value["own.lane_split"]
    for code, (_name, degrees) in GATES.items():
        levels = (GROUND, WALKWAY) if code == "W" else (GROUND,)
        build_gate(venue, code, degrees, value["own.walkway_width_m"], levels)
        for level in levels:
            tag = code if level == GROUND else f"{code}2"
            each = len(levels)
            stations += [
                _station(f"{tag}-security", f"{tag}-security", "security", lanes[code] // each, screen_s, "lognormal", value["own.security_cv"], code),
                _station(f"{tag}-badge", f"{tag}-badge", "badge", value["own.badge_lanes"][code] // each, check_s, "lognormal", value["own.badge_cv"], code),
            ]  # fmt: skip
    stations += _city(venue, value)
    return venue, stations


def _station(
    code: str, node: str, service: str, lanes: int, mean_s: float, law: str, cv: float, gate: str = ""
) -> Station:
    return Station(
        code=code, node=node, service=service, gate=gate, lanes=lanes, service_mean_s=round(mean_s, 3),
        distribution=law, service_cv=cv,
    )  # fmt: skip


#: Arrival points: place, and the walk to each gate that is near enough. Distances are assumed.
CITY = {
    "L2-exit4": ((-760.0, -260.0), {"W": 300.0, "S": 560.0}),
    "L2-exit5": ((-740.0, -330.0), {"W": 340.0, "S": 500.0}),
    "L17": ((-980.0, 420.0), {"W": 620.0, "N": 900.0}),
    "coaches-N": ((120.0, 800.0), {"N": 320.0, "E": 720.0}),
    "coaches-S": ((-260.0, -800.0), {"S": 390.0, "W": 850.0}),
    "taxis": ((760.0, 220.0), {"E": 280.0, "N": 640.0}),
    "parking": ((820.0, -180.0), {"E": 320.0, "S": 640.0}),
    "street": ((-420.0, 740.0), {"N": 480.0, "W": 560.0}),
}


def _city(venue: Venue, value: dict[str, Any]) -> list[Station]:
    venue.area("city", ("City", "市区"), "outside", GROUND, 0.0, inside=False)
    venue.area("metro", ("Metro stations", "地铁站"), "transport", GROUND, 30_000, inside=False)
    for code, ((x_m, y_m), gates) in CITY.items():
        venue.node(code, "city", GROUND, x_m, y_m, None)
        for gate, length_m in gates.items():
            venue.link(code, f"{gate}-security", length_m, 24.0)
            if gate == "W":
                venue.link(code, "W2-security", length_m + 20.0, 20.0)
    # Who leaves does not pass the checks again: a way out beside each gate, one-way.
    for gate in ("W", "N", "E", "S"):
        tag = venue.node(f"{gate}-exit", f"exit-{gate}", GROUND, *_out(gate), 6_000)
        venue.link(f"r0-{ {'W': 8, 'N': 4, 'E': 0, 'S': 12}[gate] }", tag, 340.0, 20.0)
        for code, (_, gates) in CITY.items():
            if gate in gates and not code.startswith(("L2", "L17")):
                venue.link(tag, code, gates[gate], 16.0)
    venue.link("W-exit", "S-exit", 700.0, 12.0)
    venue.link("N-exit", "E-exit", 700.0, 12.0)
    venue.link("W-exit", "N-exit", 700.0, 12.0)
    venue.link("E-exit", "S-exit", 700.0, 12.0)
    for code, x_m, y_m, floor_m2 in (
        ("L2-platform", -700.0, -420.0, 12_000.0),
        ("L17-platform", -960.0, 480.0, 5_000.0),
    ):
        venue.node(code, "metro", GROUND, x_m, y_m, floor_m2)
    # Who comes by metro appears at the station's exits; this says where visitors walk who ask for the way.
    for platform, station_exit, length_m in (
        ("L2", "L2-exit4", 180.0),
        ("L2", "L2-exit5", 110.0),
        ("L17", "L17", 70.0),
    ):
        venue.link(f"{platform}-platform", station_exit, length_m, 12.0, one_way=True)
    venue.link("W-exit", "L2-platform", 380.0, 24.0)
    venue.link("S-exit", "L2-platform", 520.0, 16.0)
    venue.link("W-exit", "L17-platform", 650.0, 14.0)
    venue.link("N-exit", "L17-platform", 900.0, 12.0)
    headway_s = value["tr.l2_headway"] * 60.0
    per_train = round(value["tr.l2_peak_2025"] * headway_s / 3600)
    return [
        Station(code="L2-trains", node="L2-platform", service="metro", lanes=1, service_mean_s=1.0, headway_s=headway_s, batch_persons=per_train),
        Station(code="L17-trains", node="L17-platform", service="metro", lanes=1, service_mean_s=1.0, headway_s=headway_s, batch_persons=round(per_train * value["own.train_places"])),
    ]  # fmt: skip


def _out(gate: str) -> tuple[float, float]:
    return {"W": (-500.0, -60.0), "N": (60.0, 500.0), "E": (500.0, 60.0), "S": (-60.0, -500.0)}[gate]


if __name__ == "__main__":
    write_workbook(build_plan(), HERE / "expo.xlsx")
    print(HERE / "expo.xlsx")
