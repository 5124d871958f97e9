"""The leaving venue in jupedsim-network: rooms joined by openings, every agent a row, time steps of half a second."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers.tree import (
    FLOW_PER_M_PER_S,
    OUTSIDE,
    SPEED_M_PER_S,
    STARTS_WITHIN_S,
    Floats,
    Left,
    ends_s,
    persons_of,
    ways,
)

STEP_S = 0.5  # its own default
START_M2 = 1e6  # people who have not set off crowd nobody
OPEN_M = 400.0


def make_simulation(persons: int) -> Any:
    """The venue and its crowd, ready to be run.

    A link is a room of its length and width; its door is the opening to the next. Each place has a room before it for
    those who have not set off. Speed on the level is such that a person alone walks as fast as with us, specific flow is
    ours, openings have no edges that nobody uses; the density that no room exceeds and all else are its own defaults.
    """
    from jupedsim_network import HydraulicParameters, Network, NetworkSimulation, Population
    from jupedsim_network.hydraulic import MIN_DENSITY
    from jupedsim_network.sampling import Uniform

    level = SPEED_M_PER_S / (1.0 - HydraulicParameters().speed_density_slope * MIN_DENSITY)
    venue = Network(parameters=HydraulicParameters(level_speed_constant=level, door_specific_flow=FLOW_PER_M_PER_S))
    venue.add_safe(OUTSIDE)
    room_from = {way.start: way.code for way in ways()}
    for way in ways():
        venue.add_room(way.code, length=way.length_m, width=way.width_m)
    for way in ways():
        venue.connect(
            way.code, room_from.get(way.end, OUTSIDE), width=way.door_m, kind="opening", length=way.length_m,
            boundary_layer=0.0, bidirectional=False,
        )  # fmt: skip
    crowd = persons_of(persons)
    for code in crowd:
        venue.add_room(code, area=START_M2)
        venue.connect(code, f"on-{code}", width=OPEN_M, kind="opening", boundary_layer=0.0, bidirectional=False)
    waits = Uniform(0.0, STARTS_WITHIN_S)
    return NetworkSimulation(
        venue,
        [Population(code, count, speed=SPEED_M_PER_S, pre_movement=waits) for code, count in crowd.items()],
        dt=STEP_S,
        t_max=ends_s(persons),
    )


def run(simulation: Any, seed: int = 1) -> Floats:
    """When each is out. [s]"""
    return np.asarray(simulation.run(seed=seed).exit_times)


def left_of(exit_times_s: Floats) -> Left:
    """When they are out; raises AssertionError when somebody is not."""
    if not np.isfinite(exit_times_s).all():
        raise AssertionError(f"{np.isnan(exit_times_s).sum()} are still inside")
    return Left(np.sort(exit_times_s))


def fresh(persons: str) -> None:
    """Play it once, in a process of its own."""
    left_of(run(make_simulation(int(persons))))
