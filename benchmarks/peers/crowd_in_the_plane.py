"""The engine beside JuPedSim: a second of one person, in a hall of 1,000 with one door."""

from __future__ import annotations

import statistics

from benchmarks.peers.costs import REPEATS, cpu_of, is_installed, versioned
from benchmarks.rows import Bar, Detail
from benchmarks.validation.peers import DOOR_M, HALL_M, MICRO_STEP_S, PERSONS, hall_plan, micro_hall
from benchmarks.validation.places import ALARM_S
from hostcity.engines.day import rehearse_day

MICRO_LASTS_S = 20.0
ROUND = 20  # steps between two counts of who is still inside


def micro_us_per_person_s(seed: int, lasts_s: float = MICRO_LASTS_S) -> tuple[float, float]:
    """JuPedSim's first seconds of the hall: CPU microseconds per person and second, and millions of agent-steps a CPU second."""
    played = micro_hall(seed)
    steps = 0

    def play() -> None:
        nonlocal steps
        while played.elapsed_time() < lasts_s:
            steps += int(played.agent_count()) * ROUND
            played.iterate(ROUND)

    cpu_s = cpu_of(play)
    return cpu_s / (steps * MICRO_STEP_S) * 1e6, steps / cpu_s / 1e6


def engine_us_per_person_s() -> float:
    """Ours of the same hall, from the plan to results: CPU microseconds per person and second from the alarm to the street."""
    plan = hall_plan(1.2, 1.22, DOOR_M)
    spent = []
    for _ in range(REPEATS):
        day = rehearse_day(plan)
        spent.append(day.cpu_s / float((day.visitor_left_s - ALARM_S).sum()) * 1e6)
    return statistics.median(spent)


def measure_crowd() -> tuple[tuple[Bar, ...], tuple[Detail, ...]]:
    """Both, without a ratio: they do not do the same."""
    what = f"JuPedSim, {PERSONS:,} in a hall of {HALL_M[0]:.0f} m by {HALL_M[1]:.0f} m: a second of one person"
    if not is_installed("jupedsim"):
        return (Bar(what, "–", "not measured: no jupedsim for this machine"),), ()
    rehearse_day(hall_plan(1.2, 1.22, DOOR_M))
    theirs = [micro_us_per_person_s(seed) for seed in range(1, REPEATS + 1)]
    micro_us, millions = (statistics.median(each) for each in zip(*theirs, strict=True))
    ours_us = engine_us_per_person_s()
    bar = Bar(what, "–", f"{micro_us:.3g} µs CPU against {ours_us:.3g} µs; not the same work, ratio not quoted")
    lines = (
        ("engine, whole day of the hall", f"{ours_us:.3g}", "–"),
        (f"{versioned('JuPedSim', 'jupedsim')}, step {MICRO_STEP_S} s", f"{micro_us:.3g}", f"{millions:.2f}"),
    )
    note = (
        f"A door of {DOOR_M} m; JuPedSim's first {MICRO_LASTS_S:.0f} s, median of {REPEATS} seeds; the engine wholly, over the "
        "time from the alarm until each is out. JuPedSim places everybody in the plane and keeps them from one another 20 "
        "times a second; the engine knows on which link a person is and when they are due. `python -m benchmarks.validation "
        "jupedsim` compares the times at which the hall is empty."
    )
    heading = ("who", "CPU for a second of one person [µs]", "million agent-steps per CPU s")
    return (bar,), (Detail("A hall beside JuPedSim", heading, lines, note),)
