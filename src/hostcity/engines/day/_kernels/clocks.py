"""Clocks of all links: plain loops over arrays, which the compiler turns into vector instructions."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel

SPEED_STEPS_PER_M2 = 128.0
SPEED_STEPS = 1024


def speed_table(flow_per_m_per_s: float) -> np.ndarray:
    """Speed as a share of free speed, by density in steps of 1/128 person/m2.

    Weidmann (1993): 1 - exp(-1.913 (1/D - 1/5.4)). Above 1.75 /m2 the flow stays at its greatest value instead of
    falling: the jam is carried by the queue at the exit and by spillback, so that a link fed at its capacity does not
    fall on the congested branch for good. Free speed 1.34 m/s.
    """
    density = np.maximum(np.arange(SPEED_STEPS + 1) / SPEED_STEPS_PER_M2, 1e-9)
    weidmann = np.maximum(0.0, 1.0 - np.exp(-1.913 * (1.0 / density - 1.0 / 5.4)))
    plateau = flow_per_m_per_s / (density * 1.34)
    held = np.where(density < 1.75, np.maximum(weidmann, 0.05), np.maximum(weidmann, plateau))
    table: np.ndarray = np.clip(held, 0.05, 1.0)
    return table


@kernel
def advance_clocks(rules, crowd, speeds, free, step):
    """Move every link's clock on by one step.

    The clock of a link runs at the speed that its density allows, so people on it slow down and hurry on together;
    a person is due when the clock has moved on by their own length of way.
    """
    links = crowd.people.size
    people = crowd.people
    ways = crowd.ways
    queued = crowd.queued
    clock = crowd.clock
    pace_now = crowd.pace_now
    pace_before = crowd.pace_before
    area_m2 = crowd.area_m2
    per_m2 = 1.0 / rules.link_cap
    loss = 2.0 * rules.counter_flow_loss
    step_s = rules.step_s
    for link in range(links):
        # Those who stand in a queue take their room at the cap; the walkers share the rest, a tenth at least.
        left = area_m2[link] - queued[link] * per_m2
        floor = 0.1 * area_m2[link]
        left = floor if left < floor else left
        free[link] = left
        step[link] = min(np.int64((people[link] - queued[link]) / left * SPEED_STEPS_PER_M2), np.int64(SPEED_STEPS - 1))
    for link in range(links):
        pace_before[link] = pace_now[link]
        pace_now[link] = speeds[np.uint64(step[link])]
    for link in range(links):
        forward = ways[2 * link]
        backward = ways[2 * link + 1]
        fewer = forward if forward < backward else backward
        here = people[link]
        against = 1.0 - loss * fewer / (here if here > 0 else 1)
        # The queue shortens the way to its end: the clock runs faster by the share of room that walkers lost to it,
        # but never faster than people walk: who comes to the queue later does not leave the link later for it.
        pace = pace_now[link] * against * area_m2[link] / free[link]
        pace = 1.0 if pace > 1.0 else pace
        pace_now[link] = pace
        clock[link] += pace * step_s if here > 0 else 0.0


@kernel
def record_links(people, los_from, los, peak, peak_step, step):
    """Add one step to the person-steps at each Fruin level, and keep each link's peak."""
    for link in range(people.size):
        is_more = people[link] > peak[link]
        peak[link] = people[link] if is_more else peak[link]
        peak_step[link] = step if is_more else peak_step[link]
    for level in range(6):
        for link in range(people.size):
            here = people[link]
            los[level, link] += (
                here if (here >= los_from[level, link]) & (here < los_from[level + 1, link]) else np.int32(0)
            )
