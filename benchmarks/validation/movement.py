"""Walking: alone, on stairs, in a crowd, at speeds of a population, and when people set off."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.theory import two_places
from benchmarks.validation.check import BEHAVIOR, NIST, RIMEA, VERIFICATION, WEIDMANN, Check, percent
from benchmarks.validation.places import ALARM_S, HOUR_S, evacuated, in_a_row, kolmogorov_smirnov, way, weidmann_flow
from hostcity.engines.day import DayResult, rehearse_day
from hostcity.engines.day.results import MOVE_LINK
from hostcity.plan.rows import Level, Link, LinkKind, Node

MASSEY = "Massey (1951), doi 10.1080/01621459.1951.10500769"


def rimea_1_free_walk() -> Check:
    """One person alone walks 40 m at 1.33 m/s."""
    plan = two_places(
        persons=1, lasts_s=600.0, length_m=40.0, width_m=2.0, door_m=2.0, speed_m_per_s=1.33, speed_sd_m_per_s=0.0
    )
    day = rehearse_day(plan)
    took_s = float(day.visitor_entry_joined_s[0] - day.visitor_arrive_s[0])
    return Check(
        name="rimea_1_free_walk", title="Free walk of 40 m at 1.33 m/s", kind=VERIFICATION, figure=f"{took_s:.2f} s",
        expectation=f"{40 / 1.33:.2f} s (RiMEA: 26-34 s)", tolerance="± 0.1 s", is_met=abs(took_s - 40 / 1.33) <= 0.1,
        source=f"{RIMEA.format(1)}; {NIST.format('2.1')}", note="The limit of 0.1 s is ours; the range is from memory.",
    )  # fmt: skip


def _stairs(name: str, test: int, rise_m: float, share: float) -> Check:
    plan = two_places(
        persons=1, lasts_s=600.0, step_s=1.0, length_m=10.0, width_m=2.0, door_m=2.0, speed_m_per_s=1.34,
        speed_sd_m_per_s=0.0,
    )  # fmt: skip
    stairs = way("way", "from", "to", 10.0, 2.0, kind="stairs")
    plan = plan.replace(
        levels=(*plan.levels, Level(code="other", elevation_m=rise_m)),
        nodes=(plan.nodes[0], Node(code="to", level="other", area="yard", x_m=10.0, y_m=0.0)),
        links=(stairs, plan.links[1]),
        link_kinds=(LinkKind(code="stairs", speed_up=0.35, speed_down=0.5, step_free=False),),
    )
    day = rehearse_day(plan)
    m_per_s = 10.0 / float(day.visitor_entry_joined_s[0] - day.visitor_arrive_s[0])
    asked = 1.34 * share
    return Check(
        name=name, title=f"Stairs {'up' if rise_m > 0 else 'down'}, 10 m", kind=VERIFICATION,
        figure=f"{m_per_s:.3f} m/s", expectation=f"{asked:.3f} m/s", tolerance="± 2 %",
        is_met=abs(m_per_s / asked - 1.0) <= 0.02, source=f"{RIMEA.format(test)}; {NIST.format('2.2')}",
        note="The speed is the plan's own: a share of level speed by Simulex (IES manual). The limit is ours.",
    )  # fmt: skip


def rimea_2_stairs_up() -> Check:
    """One person climbs 10 m of stairs."""
    return _stairs("rimea_2_stairs_up", 2, 4.0, 0.35)


def rimea_3_stairs_down() -> Check:
    """One person goes down 10 m of stairs."""
    return _stairs("rimea_3_stairs_down", 3, -4.0, 0.5)


def _steady_flow(target_per_m2: float) -> tuple[float, float]:
    """Mean density and flow per meter of a long corridor that is fed evenly with the flow of a density."""
    length_m, width_m, lasts_s = 300.0, 5.0, HOUR_S
    persons = round(weidmann_flow(target_per_m2) * width_m * lasts_s)
    plan = two_places(
        persons=persons, lasts_s=lasts_s, length_m=length_m, width_m=width_m, door_m=400.0, speed_sd_m_per_s=0.0
    )
    day = rehearse_day(plan)
    steady = slice(20, 60)
    density = float(day.link_density_per_m2[steady, 0].mean())
    return density, float(day.link_flow[0, 0, 4:12].sum() / 2400.0 / width_m)


def rimea_4_fundamental_diagram() -> Check:
    """Flow in a corridor against Weidmann's at the density that was measured, up to the greatest flow."""
    found = [_steady_flow(per_m2) for per_m2 in (0.3, 0.6, 1.0, 1.3)]
    off = [flow / weidmann_flow(density) - 1.0 for density, flow in found]
    worst = max(off, key=abs)
    return Check(
        name="rimea_4_fundamental_diagram", title="Flow by density, free branch", kind=VERIFICATION,
        figure=f"largest difference {percent(worst)} at "
        + ", ".join(f"{density:.2f}" for density, _ in found) + " persons/m²",
        expectation="the configured curve", tolerance="± 2 %", is_met=abs(worst) <= 0.02,
        source=f"{RIMEA.format(4)}; {WEIDMANN}",
        note="Corridor of 300 m by 5 m, open at its end, where RiMEA has 1,000 m by 10 m. The limit is ours.",
    )  # fmt: skip


def rimea_4_congested_branch() -> Check:
    """Density before an outlet that lets 0.9 persons/(m s) through: Weidmann's second density for that flow."""
    flow = 0.9
    low, high = 1.75, 5.4
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if weidmann_flow(middle) > flow else (low, middle)
    plan = in_a_row(
        (Link(code="way", start="from", end="to", length_m=100.0, width_m=3.0, door_m=3.0 * flow / 1.22, one_way=True),),
        persons=6000, lasts_s=60.0, speed_sd_m_per_s=0.0,
    )  # fmt: skip
    density = float(rehearse_day(plan).link_density_per_m2[10:25, 0].mean())
    return Check(
        name="rimea_4_congested_branch", title="Density of a jam, congested branch", kind=BEHAVIOR,
        figure=f"{density:.2f} persons/m²", expectation=f"{low:.2f} persons/m² at 0.9 persons/(m s)",
        tolerance="± 10 %", is_met=abs(density / low - 1.0) <= 0.1, source=f"{RIMEA.format(4)}; {WEIDMANN}",
        note="The model has no falling branch: flow is held at its greatest value, and a jam stands as dense as the rules "
        "let it (here R4: 2 persons/m²), whatever the outlet. The limit is ours.",
    )  # fmt: skip


def rimea_5_arrivals() -> Check:
    """People of a stream set off evenly between 10 and 100 s."""
    plan = two_places(persons=1000, lasts_s=600.0)
    (slot,) = plan.profiles
    begins_s = slot.starts_at
    plan = plan.replace(
        profiles=(type(slot)(code="even", profile="even", starts_at=begins_s + 10, ends_at=begins_s + 100, weight=1.0),)
    )
    sample = np.sort(rehearse_day(plan).visitor_arrive_s) - begins_s
    distance, limit = kolmogorov_smirnov(sample, np.clip((sample - 10.0) / 90.0, 0.0, 1.0))
    return Check(
        name="rimea_5_arrivals", title="Response times, 10 to 100 s, even", kind=VERIFICATION,
        figure=f"Kolmogorov-Smirnov distance {distance:.4f} (1,000 persons)", expectation="uniform law",
        tolerance=f"≤ {limit:.4f}", is_met=distance <= limit, source=f"{RIMEA.format(5)}; {MASSEY}",
        note="Played as the arrivals of a stream. The level of 1 % is ours; the range of times is from memory.",
    )  # fmt: skip


def nist_1_1_pre_evacuation() -> Check:
    """After an alarm people set off evenly within twice the mean delay."""
    plan = evacuated({"room": 1000}, (way("out", "room", "home", 20.0, 400.0),), delay_s=50.0)
    day = rehearse_day(plan)
    sample = np.sort(day.visitor_left_s) - ALARM_S - 20.0 / 1.34
    distance, limit = kolmogorov_smirnov(sample, np.clip(sample / 100.0, 0.0, 1.0))
    return Check(
        name="nist_1_1_pre_evacuation", title="Pre-evacuation times, mean 50 s", kind=VERIFICATION,
        figure=f"Kolmogorov-Smirnov distance {distance:.4f} (1,000 persons)", expectation="uniform law, 0 to 100 s",
        tolerance=f"≤ {limit:.4f}", is_met=distance <= limit, source=f"{NIST.format('1.1')}; {MASSEY}",
        note="The model knows this law only: no lognormal delays, and none that begin later than the alarm.",
    )  # fmt: skip


def _walked_m_per_s(day: DayResult, length_m: float) -> np.ndarray:
    return np.asarray(length_m / (day.visitor_entry_joined_s - day.visitor_arrive_s))


def rimea_7_population_speeds() -> Check:
    """Speeds that people walked against the normal law of their group, cut at 0.5 and 2.2 m/s."""
    plan = two_places(persons=2000, lasts_s=4 * HOUR_S, length_m=2000.0)
    sample = np.sort(_walked_m_per_s(rehearse_day(plan), 2000.0))
    law = np.array([0.5 * (1.0 + math.erf((value - 1.34) / 0.26 / math.sqrt(2.0))) for value in sample])
    distance, limit = kolmogorov_smirnov(sample, law)
    return Check(
        name="rimea_7_population_speeds", title="Walking speeds of a population", kind=VERIFICATION,
        figure=f"Kolmogorov-Smirnov distance {distance:.4f} (2,000 persons)", expectation="normal law 1.34, 0.26 m/s",
        tolerance=f"≤ {limit:.4f}", is_met=distance <= limit, source=f"{RIMEA.format(7)}; {NIST.format('2.4')}; {MASSEY}",
        note="Measured on 2 km with room for all. The plan gives speeds by group; RiMEA's table by age is not built in. "
        "The level of 1 % is ours.",
    )  # fmt: skip


def nist_2_10_step_free() -> Check:
    """Of 200 upstairs, 100 take no stairs: which way each of them went."""
    links = (
        Link(code="a", start="walkers", end="landing", length_m=10.0, width_m=20.0),
        Link(code="b", start="wheelers", end="landing", length_m=10.0, width_m=20.0),
        Link(code="stairs", start="landing", end="home", kind="stairs", length_m=10.0, width_m=3.0),
        Link(code="ramp", start="landing", end="home", kind="ramp", length_m=60.0, width_m=3.0),
    )
    plan = evacuated(
        {"walkers": 100, "wheelers": 100}, links, upstairs=("walkers", "wheelers", "landing"), step_free=("wheelers",),
        kinds=(LinkKind(code="stairs", speed_up=0.35, speed_down=0.5, step_free=False), LinkKind(code="ramp")),
        replay_share=1.0,
    )  # fmt: skip
    day = rehearse_day(plan)
    of_wheelers = day.visitor_group[day.replay_person] == day.group_codes.index("wheelers")
    moves = (day.replay_kind == MOVE_LINK) & of_wheelers
    used = {
        code: int((moves & (day.replay_place // 2 == day.link_codes.index(code))).sum()) for code in ("stairs", "ramp")
    }
    stairs = int(day.link_flow[day.link_codes.index("stairs")].sum())
    return Check(
        name="nist_2_10_step_free", title="Step-free people", kind=VERIFICATION,
        figure=f"{used['ramp']} of 100 by the ramp, {used['stairs']} by the stairs (of the others {stairs})",
        expectation="all 100 by the ramp, though it is longer", tolerance="exact",
        is_met=used == {"stairs": 0, "ramp": 100} and stairs > 50, source=NIST.format("2.10"),
        note="Number of the test from memory. Help by others and refuges are not modeled.",
    )  # fmt: skip


QUICK = (
    rimea_1_free_walk, rimea_2_stairs_up, rimea_3_stairs_down, rimea_5_arrivals, nist_1_1_pre_evacuation,
    rimea_7_population_speeds, nist_2_10_step_free,
)  # fmt: skip
SLOW = (rimea_4_fundamental_diagram, rimea_4_congested_branch)
