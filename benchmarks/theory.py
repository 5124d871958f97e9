"""The engine beside theory: queues, density on a link, a bottleneck, a free walk.

Every case is a plan of two places with one way between them, played by the engine as it is.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import Bar, Detail, Measured
from hostcity.engines.day import rehearse_day
from hostcity.engines.day._kernels.clocks import SPEED_STEPS_PER_M2
from hostcity.engines.day._kernels.draws import service_time
from hostcity.engines.day.rehearse import LAWS, prepare
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Approach,
    Area,
    Edition,
    Gate,
    Group,
    Level,
    Link,
    Mix,
    Model,
    Node,
    ProfileSlot,
    Station,
    Stream,
)

Floats = NDArray[np.float64]

HOUR_S = 3600.0
LANES = (1, 4, 20, 32)
STEPS_S = (1.0, 2.0, 5.0)
DISTRIBUTIONS = ("exponential", "lognormal", "gamma")
CUSTOMERS = 20_000
BUSY = 0.9  # of the lanes' time


def two_places(
    *,
    persons: int,
    lasts_s: float,
    step_s: float = 2.0,
    length_m: float = 20.0,
    width_m: float = 400.0,
    door_m: float = 400.0,
    lanes: int = 2000,
    mean_s: float = 0.001,
    distribution: str = "deterministic",
    cv: float = 0.5,
    speed_m_per_s: float = 1.34,
    speed_sd_m_per_s: float = 0.26,
) -> Plan:
    """``persons`` come over ``lasts_s`` from 01:00 on, walk one link, are served at its end and go home another way."""
    begins_s = HOUR_S
    ends_s = begins_s + lasts_s
    return Plan(
        edition=(
            Edition(
                code="theory", date="2019-11-06", time_zone="Asia/Shanghai", clock_starts_at=begins_s,
                gates_open_at=begins_s, opens_at=begins_s, last_entry_at=ends_s + 9 * HOUR_S,
                closes_at=ends_s + 10 * HOUR_S, clock_ends_at=ends_s + 11 * HOUR_S,
            ),
        ),
        model=(Model(code="day", step_s=step_s, route_update_s=0.0, replay_share=0.0),),
        levels=(Level(code="0", elevation_m=0.0),),
        areas=(Area(code="yard", kind="outside", level="0", gross_m2=0.0, inside=False),),
        nodes=tuple(
            Node(code=code, level="0", area="yard", x_m=x_m, y_m=0.0, floor_m2=None)
            for code, x_m in (("from", 0.0), ("to", length_m))
        ),
        links=(
            Link(code="way", start="from", end="to", length_m=length_m, width_m=width_m, door_m=door_m, one_way=True),
            Link(code="back", start="to", end="from", length_m=20.0, width_m=400.0, one_way=True),
        ),
        gates=(Gate(code="G"),),
        stations=(
            Station(
                code="check", node="to", service="security", gate="G", lanes=lanes, service_mean_s=mean_s,
                distribution=distribution, service_cv=cv,
            ),
        ),
        profiles=(ProfileSlot(code="even", profile="even", starts_at=begins_s, ends_at=ends_s, weight=1.0),),
        streams=(Stream(code="all", mode="walk", node="from", persons=persons, profile="even"),),
        approaches=(Approach(code="all-G", stream="all", gate="G", weight=1.0),),
        groups=(
            Group(
                code="any", speed_mean_m_per_s=speed_m_per_s, speed_sd_m_per_s=speed_sd_m_per_s, meal_share=0.0,
                toilet_visits_mean=0.0,
            ),
        ),
        mixes=(Mix(code="all-any", stream="all", group="any", weight=1.0),),
    )  # fmt: skip


def kiefer_wolfowitz_waits(joined_s: Floats, took_s: Floats, lanes: int) -> Floats:
    """Waits of customers in order of joining, on ``lanes`` lanes that share one queue."""
    free_s = [0.0] * lanes
    waits = np.empty(joined_s.size)
    for customer, (at_s, took) in enumerate(zip(joined_s.tolist(), took_s.tolist(), strict=True)):
        begin_s = max(at_s, free_s[0])
        heapq.heapreplace(free_s, begin_s + took)
        waits[customer] = begin_s - at_s
    return waits


@dataclass(frozen=True, slots=True)
class Customers:
    """Who was served at the station of `two_places`, in order of joining."""

    joined_s: Floats
    took_s: Floats  # the drawn service times
    wait_s: Floats


def busy_station(lanes: int, step_s: float, distribution: str, customers: int = CUSTOMERS) -> Plan:
    """`two_places` whose lanes are busy for `BUSY` of ten hours."""
    lasts_s = 10 * HOUR_S
    return two_places(
        persons=customers, lasts_s=lasts_s, step_s=step_s, lanes=lanes, mean_s=BUSY * lanes * lasts_s / customers,
        distribution=distribution,
    )  # fmt: skip


def customers_of(plan: Plan) -> Customers:
    """Play a `busy_station` and tell who was served; raises AssertionError when somebody was not."""
    day, played = prepare(plan, seed=1), rehearse_day(plan, seed=1)
    persons = day.people.key.size
    if played.service_person.size != persons:
        raise AssertionError(f"only {played.service_person.size} of {persons} were served")
    order = np.argsort(played.service_joined_s, kind="stable")
    station = plan.stations[0]
    took_s = [
        service_time(
            day.rules.seed,
            day.people.key[person],
            0,
            LAWS[station.distribution],
            station.service_mean_s,
            station.service_cv,
        )
        for person in played.service_person[order]
    ]
    return Customers(played.service_joined_s[order], np.array(took_s), played.service_wait_s[order])


def largest_wait_difference(lanes: int, step_s: float, distribution: str) -> tuple[float, float]:
    """Largest difference of any customer's wait from the recursion on the same arrivals and draws; the mean wait."""
    served = customers_of(busy_station(lanes, step_s, distribution))
    expected = kiefer_wolfowitz_waits(served.joined_s, served.took_s, lanes)
    return float(np.abs(served.wait_s - expected).max()), float(expected.mean())


def measure_queues() -> tuple[Bar, Detail]:
    """Waits of every customer beside the recursion of Kiefer and Wolfowitz."""
    lines = []
    largest = 0.0
    for lanes in LANES:
        for distribution in DISTRIBUTIONS:
            cells = [largest_wait_difference(lanes, step_s, distribution) for step_s in STEPS_S]
            largest = max(largest, *(difference for difference, _ in cells))
            lines.append(
                (str(lanes), distribution, f"{cells[1][1]:.2f}", *(f"{difference:.1e}" for difference, _ in cells))
            )
    bar = Bar(
        "waits per customer against the Kiefer-Wolfowitz recursion: 1, 4, 20, 32 lanes, steps 1, 2, 5 s, three "
        "distributions",
        "equal to 1e-6 s",
        f"largest difference {largest:.1e} s",
        largest <= 1e-6,
    )
    heading = ("lanes", "service", "mean wait [s]", *(f"largest difference, step {step:.0f} s [s]" for step in STEPS_S))
    return bar, Detail("Queues beside the Kiefer-Wolfowitz recursion", heading, tuple(lines))


def mean_persons(arrivals_per_s: float, free_s: float, area_m2: float, store: int, speeds: Floats) -> float:
    """Mean persons on a link whose walkers slow down by density: M/G/C/C of Cheah and Smith.

    J. Y. Cheah and J. M. Smith, "Generalized M/G/C/C state dependent queueing models and pedestrian traffic flows",
    Queueing Systems 15, 1994, doi 10.1007/BF01189246. ``free_s`` is the mean walk of one person alone.
    """
    persons = np.arange(1, store + 1)
    at = np.minimum((persons / area_m2 * SPEED_STEPS_PER_M2).astype(int), speeds.size - 2)
    log_weight = np.concatenate([[0.0], np.cumsum(np.log(arrivals_per_s * free_s / (persons * speeds[at])))])
    weight = np.exp(log_weight - log_weight.max())
    return float((np.arange(store + 1) * weight).sum() / weight.sum())


def measure_link(runs: int = 3) -> tuple[Bar, Detail]:
    """Mean persons on a link of 20 m by 2.5 m, up to 0.66 of what its width can carry."""
    length_m, width_m, lasts_s = 20.0, 2.5, 20 * HOUR_S
    lines, worst = [], 0.0
    for share in (0.2, 0.33, 0.5, 0.66):
        arrivals_per_s = share * 1.22 * width_m
        plan = two_places(
            persons=round(arrivals_per_s * lasts_s), lasts_s=lasts_s, length_m=length_m, width_m=width_m, door_m=400.0
        )
        measured, theory = np.empty(runs), np.empty(runs)
        for run in range(runs):
            day = prepare(plan, seed=1, run=run)
            played = rehearse_day(plan, seed=1, run=run)
            net = day.network.net
            measured[run] = played.link_los_person_s[0].sum() / lasts_s
            free_s = float(length_m * (1.0 / day.people.walker["speed"].astype(float)).mean())
            theory[run] = mean_persons(arrivals_per_s, free_s, float(net.area_m2[0]), int(net.store[0]), day.speeds)
        off = measured.mean() / theory.mean() - 1.0
        worst = max(worst, abs(off))
        lines.append((f"{share:.2f}", f"{theory.mean():.3f}", f"{measured.mean():.3f}", f"{100 * off:+.2f} %"))
    bar = Bar(
        "persons on a link against M/G/C/C theory, up to 0.66 of capacity",
        "≤ 0.5 %",
        f"largest difference {100 * worst:.2f} %",
        worst <= 0.005,
    )
    note = f"20 m by 2.5 m, {runs} runs of 20 hours each. Arrivals are as many as expected, at random times."
    return bar, Detail(
        "A link beside M/G/C/C theory", ("share of capacity", "theory", "engine", "difference"), tuple(lines), note
    )


def measure_bottleneck() -> tuple[Bar, Detail]:
    """Flow through an opening with a crowd before it."""
    lines, worst = [], 0.0
    for door_m in (0.8, 1.2, 2.5):
        for step_s in STEPS_S:
            plan = two_places(persons=3000, lasts_s=60.0, step_s=step_s, width_m=60.0, door_m=door_m)
            passed_s = np.sort(rehearse_day(plan, seed=1).visitor_entry_joined_s)
            first, last = 500, 2500
            flow = (last - first) / (passed_s[last] - passed_s[first])
            asked = plan.rules.flow_per_m_per_s * door_m
            worst = max(worst, abs(flow / asked - 1.0))
            lines.append(
                (f"{door_m}", f"{step_s:.0f}", f"{asked:.4f}", f"{flow:.4f}", f"{100 * (flow / asked - 1):+.3f} %")
            )
    bar = Bar(
        "flow through a bottleneck against width times flow",
        "≤ 1 %",
        f"largest difference {100 * worst:.3f} %",
        worst <= 0.01,
    )
    heading = ("opening [m]", "step [s]", "asked [persons/s]", "engine [persons/s]", "difference")
    return bar, Detail("Bottleneck", heading, tuple(lines))  # fmt: skip


def measure_free_walk() -> tuple[Bar, Detail]:
    """One person alone walks 40 m at 1.33 m/s."""
    expected_s = 40.0 / 1.33
    lines, worst = [], 0.0
    for step_s in STEPS_S:
        plan = two_places(
            persons=1, lasts_s=600.0, step_s=step_s, length_m=40.0, width_m=2.0, door_m=2.0, speed_m_per_s=1.33,
            speed_sd_m_per_s=0.0,
        )  # fmt: skip
        played = rehearse_day(plan, seed=1)
        took_s = float(played.visitor_entry_joined_s[0] - played.visitor_arrive_s[0])
        worst = max(worst, abs(took_s - expected_s))
        lines.append((f"{step_s:.0f}", f"{expected_s:.3f}", f"{took_s:.3f}"))
    bar = Bar("free walk of 40 m at 1.33 m/s", "± 0.1 s", f"largest difference {worst:.4f} s", worst <= 0.1)
    return bar, Detail("Free walk", ("step [s]", "expected [s]", "engine [s]"), tuple(lines))


def measure() -> Measured:
    """All checks against theory."""
    parts = (measure_queues(), measure_link(), measure_bottleneck(), measure_free_walk())
    return Measured(tuple(bar for bar, _ in parts), tuple(detail for _, detail in parts))
