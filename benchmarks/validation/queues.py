"""Queues: every wait against the recursion, mean waits against closed forms, a tandem, lanes that open and close.

A mean is taken as equal when it is within two half widths of its 95 % interval (four standard errors): of all these
intervals one would otherwise miss by chance every few times. Runs share their draws between checks, so they err together.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.theory import largest_wait_difference, two_places
from benchmarks.validation.check import VERIFICATION, Check, Play, percent
from benchmarks.validation.places import HOUR_S
from hostcity.engines.day import DayResult, rehearse_day
from hostcity.plan.rows import LaneTime, Station

Floats = NDArray[np.float64]

#: Lanes, share of their time that is taken, runs that are pooled (as many as the interval needs), customers of one run.
ERLANG = {1: (0.5, 10), 4: (0.7, 40), 20: (0.85, 180), 32: (0.85, 240)}
CUSTOMERS = 150_000
LASTS_S = 20 * HOUR_S
WARM_S = HOUR_S
#: People set off from a floor 20 a second at most, which evens out what two lanes hand on: at 2 persons a second, as above,
#: the time in the second queue is 0.5 % short. One person in 5 s shows the queues alone.
SLOW_S = 200 * HOUR_S

SHORTLE = "Shortle, Thompson, Gross & Harris, Fundamentals of Queueing Theory, 5th ed. (2018), M/M/c, doi 10.1002/9781119453765"
CROMMELIN = "Crommelin, Delay probability formulae when the holding times are constant, P.O. Elec. Engrs J. 25 (1932)"
BURKE = (
    "Burke (1956), The output of a queuing system, doi 10.1287/opre.4.6.699; Reich (1957), Waiting times when queues are "
    "in tandem, doi 10.1214/aoms/1177706889"
)
KIEFER = "Kiefer & Wolfowitz (1955), On the theory of queues with many servers, doi 10.1090/S0002-9947-1955-0066587-3"
NEWELL = "Newell, Applications of Queueing Theory, 2nd ed. (1982), ch. 2, doi 10.1007/978-94-009-5970-5"


def erlang_c_wait_s(lanes: int, per_s: float, mean_s: float) -> float:
    """Mean wait of M/M/c, by the recursion of Erlang B."""
    offered, blocked = per_s * mean_s, 1.0
    for lane in range(1, lanes + 1):
        blocked = offered * blocked / (lane + offered * blocked)
    waits = blocked / (1.0 - offered / lanes * (1.0 - blocked))
    return waits / (lanes / mean_s - per_s)


def crommelin_wait_s(lanes: int, per_s: float, takes_s: float) -> float:
    """Mean wait of M/D/c: who is here one service time later is who did not fit on the lanes, and who came since.

    The law of persons here is the fixed point of that; iterated until it moves by less than 1e-12.
    """
    size = 40 * lanes + 400
    comes = np.exp([n * math.log(per_s * takes_s) - per_s * takes_s - math.lgamma(n + 1.0) for n in range(size)])
    law = np.zeros(size)
    law[0] = 1.0
    while True:
        left = np.concatenate([[law[: lanes + 1].sum()], law[lanes + 1 :], np.zeros(lanes)])
        after = np.convolve(left, comes)[:size]
        if np.abs(after - law).sum() < 1e-12:
            break
        law = after
    return float((np.arange(size) * law).sum() - per_s * takes_s) / per_s


def _mean_and_half_width(runs: Floats) -> tuple[float, float]:
    """Mean of independent runs and half of its 95 % interval, by Student's law."""
    free = runs.size - 1
    student = 1.95996 + 2.3723 / free + 2.823 / free**2  # to 0.01 from 9 degrees of freedom on: Cornish-Fisher
    return float(runs.mean()), float(student * runs.std(ddof=1) / math.sqrt(runs.size))


def _mean_waits(lanes: int, busy: float, law: str, runs: int) -> tuple[float, float, Floats]:
    """Arrivals per second, service time, and mean wait of each run after the first hour."""
    per_s = CUSTOMERS / LASTS_S
    mean_s = busy * lanes / per_s
    plan = two_places(
        persons=CUSTOMERS,
        lasts_s=LASTS_S,
        step_s=5.0,
        lanes=lanes,
        mean_s=mean_s,
        distribution=law,
    )
    waits = np.empty(runs)
    for run in range(runs):
        day = rehearse_day(plan, run=run)
        steady = (day.service_joined_s > HOUR_S + WARM_S) & (day.service_joined_s < HOUR_S + LASTS_S)
        waits[run] = day.service_wait_s[steady].mean()
    return per_s, mean_s, waits


def _against(name: str, title: str, source: str, expected_s: float, waits: Floats, note: str) -> Check:
    mean_s, half_s = _mean_and_half_width(waits)
    is_sharp = half_s <= 0.01 * expected_s
    return Check(
        name=name, title=title, kind=VERIFICATION,
        figure=f"{mean_s:.4f} ± {half_s:.4f} s ({percent(mean_s / expected_s - 1.0)}, interval ± {100 * half_s / expected_s:.2f} %)",
        expectation=f"{expected_s:.4f} s", tolerance="≤ 2 half intervals (95 %), each ≤ 1 %",
        is_met=is_sharp and abs(mean_s - expected_s) <= 2 * half_s, source=source, note=note,
    )  # fmt: skip


def _erlang(lanes: int) -> Callable[[], Check]:
    def check() -> Check:
        busy, runs = ERLANG[lanes]
        per_s, mean_s, waits = _mean_waits(lanes, busy, "exponential", runs)
        return _against(
            name, f"Mean wait, M/M/{lanes}, {100 * busy:.0f} % busy", SHORTLE, erlang_c_wait_s(lanes, per_s, mean_s), waits,
            f"{runs} runs of {CUSTOMERS:,} persons, without the first hour.",
        )  # fmt: skip

    name = f"erlang_c_{lanes}"
    check.__name__, check.__doc__ = name, f"Mean wait on {lanes} lanes with exponential service against Erlang C."
    return check


def _deterministic(lanes: int, busy: float, runs: int) -> Callable[[], Check]:
    def check() -> Check:
        per_s, mean_s, waits = _mean_waits(lanes, busy, "deterministic", runs)
        return _against(
            name, f"Mean wait, M/D/{lanes}, {100 * busy:.0f} % busy", CROMMELIN, crommelin_wait_s(lanes, per_s, mean_s), waits,
            f"{runs} runs of {CUSTOMERS:,} persons. Crommelin's equation solved by iteration; for one lane it is "
            "Pollaczek-Khinchine.",
        )  # fmt: skip

    name = f"crommelin_{lanes}"
    check.__name__, check.__doc__ = name, f"Mean wait on {lanes} lanes with service of one length against M/D/c."
    return check


def kiefer_wolfowitz() -> Check:
    """Every wait against the recursion on the same arrivals and draws."""
    cases = [(lanes, law) for lanes in (1, 4, 20, 32) for law in ("exponential", "lognormal")]
    worst = max(largest_wait_difference(lanes, 2.0, law)[0] for lanes, law in cases)
    return Check(
        name="kiefer_wolfowitz", title="Every wait, 1, 4, 20, 32 lanes, two laws", kind=VERIFICATION,
        figure=f"largest difference {worst:.1e} s", expectation="the recursion", tolerance="1e-6 s",
        is_met=worst <= 1e-6, source=KIEFER, note="160,000 waits. More laws and steps: `make bench`.",
    )  # fmt: skip


def _sojourns(day: DayResult) -> tuple[Floats, Floats]:
    """Time in the first and in the second of two queues, of those who came after the first hour."""
    joined = np.full((2, day.visitor_arrive_s.size), np.nan)
    joined[day.service_station, day.service_person] = day.service_joined_s
    first_s = joined[1] - joined[0]
    second_s = day.visitor_entry_s - first_s
    steady = (joined[0] > HOUR_S + WARM_S) & (joined[0] < HOUR_S + SLOW_S)
    order = np.argsort(joined[0][steady])
    return first_s[steady][order], second_s[steady][order]


def burke_tandem() -> Check:
    """Two queues of one lane in a row: the second is M/M/1 too, and times in the two are independent."""
    runs, busy = 80, 0.5
    mean_s = busy * SLOW_S / CUSTOMERS
    plan = two_places(
        persons=CUSTOMERS,
        lasts_s=SLOW_S,
        step_s=10.0,
        lanes=1,
        mean_s=mean_s,
        distribution="exponential",
    )
    (security,) = plan.stations
    badge = Station(
        code="second", node=security.node, service="badge", gate="G", lanes=1, service_mean_s=mean_s,
        distribution="exponential",
    )  # fmt: skip
    plan = plan.replace(stations=(security, badge))
    means, together = np.empty(runs), np.empty(runs)
    for run in range(runs):
        first_s, second_s = _sojourns(rehearse_day(plan, run=run))
        means[run] = second_s.mean()
        together[run] = np.corrcoef(first_s, second_s)[0, 1]
    expected_s = mean_s / (1.0 - busy)
    mean, half = _mean_and_half_width(means)
    correlation, around = _mean_and_half_width(together)
    return Check(
        name="burke_tandem", title="Two queues in a row, M/M/1 → M/M/1, 50 % busy", kind=VERIFICATION,
        figure=f"time in the second {mean:.4f} ± {half:.4f} s ({percent(mean / expected_s - 1.0)}); "
        f"correlation {correlation:+.4f} ± {around:.4f}",
        expectation=f"{expected_s:.4f} s; 0", tolerance="≤ 2 half intervals (95 %), of the mean ≤ 1 %",
        is_met=half <= 0.01 * expected_s and abs(mean - expected_s) <= 2 * half and abs(correlation) <= 2 * around, source=BURKE,
        note=f"Both at one place, {runs} runs of {CUSTOMERS:,} persons. Independent are the times from joining to leaving, not the waits. "
        "People set off from a floor 20 a second at most: at 2 persons a second the time in the second queue is 0.5 % short.",
    )  # fmt: skip


def fluid_lanes() -> Check:
    """Lanes that open and close by the hour: the queue of every minute against that of a fluid."""
    persons, hours = 600_000, 6
    lasts_s = hours * HOUR_S
    mean_s, schedule = 1.8, (60, 30, 40, 70, 20, 90)
    plan = two_places(persons=persons, lasts_s=lasts_s, lanes=60, mean_s=mean_s)
    plan = plan.replace(
        lanes=tuple(
            LaneTime(
                code=f"h{at}", station="check", starts_at=(at + 1) * HOUR_S, ends_at=(at + 2) * HOUR_S, lanes=lanes
            )
            for at, lanes in enumerate(schedule)
        )
    )
    day = rehearse_day(plan)
    minutes = np.arange(1, hours * 60 + 1)
    came = persons / (hours * 60)
    could = np.repeat(schedule, 60) * 60.0 / mean_s
    net = np.concatenate([[0.0], np.cumsum(came - could)])
    fluid = (net - np.minimum.accumulate(np.minimum(net, 0.0)))[1:]
    queue = day.station_queue[0, : minutes.size]
    off = float(np.abs(queue - fluid).max() / fluid.max())
    return Check(
        name="fluid_lanes", title="Queue while lanes open and close", kind=VERIFICATION,
        figure=f"largest difference {100 * off:.2f} % of the longest queue ({queue.max():,} persons; fluid {fluid.max():,.0f})",
        expectation="fluid limit", tolerance="≤ 2 %", is_met=off <= 0.02, source=NEWELL,
        note=f"{persons:,} persons at random times: about 0.9 % of it is to be expected by chance. The limit is ours.",
    )  # fmt: skip


QUICK: tuple[Play, ...] = (kiefer_wolfowitz, fluid_lanes)
SLOW: tuple[Play, ...] = (
    *(_erlang(lanes) for lanes in ERLANG), _deterministic(1, 0.6, 80), _deterministic(4, 0.7, 80), burke_tandem,
)  # fmt: skip
