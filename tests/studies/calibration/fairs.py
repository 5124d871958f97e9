"""A fair with a queue, and counts of days on which its plan is wrong in known figures."""

from __future__ import annotations

import numpy as np
from examples.counting import HOUR_S, QUARTER_S, TIMED, clicked, timed_s
from examples.tiny.build import build_plan

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.studies.calibration.counts import Count, Counts
from hostcity.studies.counted import ENTRIES, INSIDE, WAIT, Asked, counted

FIT = ("streams.*.persons*=0.7..1.4", "stations.W-security.service_mean_s=5..10")
PERSONS, SERVICE_S = 1.0, 7.0  # what the plan says


def queueing_fair() -> Plan:
    """1,200 persons and two lanes at each check: security waits on some quarters, the badge check hardly ever."""
    changes = (
        "stations.W-security.lanes=2",
        f"stations.W-security.service_mean_s={SERVICE_S}",
        "stations.W-badge.lanes=2",
    )
    return apply_overrides(build_plan(1_200), changes).replace(uncertainties=())


def asked() -> tuple[Asked, ...]:
    """Entries by the quarter, who is inside by the half hour, and five persons timed in each quarter of three hours."""
    quarters = [8 * HOUR_S + QUARTER_S * number for number in range(24)]
    return (
        *(Asked(ENTRIES, "gates", "W", at, at + QUARTER_S) for at in quarters[:16]),
        *(Asked(INSIDE, "", "", at, at) for at in quarters[::2]),
        *(
            Asked(WAIT, "stations", code, at, at + QUARTER_S)
            for code in ("W-security", "W-badge")
            for at in quarters[2:14]
        ),
    )


def truth_of(seed: int) -> tuple[float, float]:
    """Factor on persons and service time at security, anywhere within a fifth of the plan's."""
    persons, service = 1 + np.random.default_rng(1000 + seed).uniform(-0.2, 0.2, 2)
    return PERSONS * float(persons), SERVICE_S * float(service)


def counts_of_a_day(plan: Plan, seed: int, changes: tuple[str, ...]) -> Counts:
    """What people count on a day of the changed plan that no calibration plays: clickers and watches err."""
    noise = np.random.default_rng(seed)
    day = rehearse_day(apply_overrides(plan, changes), seed=900_000 + seed)
    found = []
    for line, (each, value) in enumerate(zip(asked(), counted(plan, day, asked())[:, 0].tolist(), strict=True), 2):
        is_wait = each.what == WAIT
        told = timed_s(day, each, noise) if is_wait else float(clicked(value, noise))
        found.append(Count(line=line, asked=each, value=told, sd=None, n=TIMED if is_wait else 1))
    return Counts(name="counts.csv", sha256="0" * 64, counts=tuple(found), gaps=0)


def counts_of_truth(plan: Plan, seed: int) -> Counts:
    """The same for `truth_of` a seed."""
    persons, service_s = truth_of(seed)
    return counts_of_a_day(
        plan, seed, (f"streams.*.persons*={persons}", f"stations.W-security.service_mean_s={service_s}")
    )
