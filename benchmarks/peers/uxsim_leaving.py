"""The leaving venue in UXsim's C++ engine: platoons of vehicles on lanes, Newell's car-following, a triangular diagram."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.tree import (
    FLOW_PER_M_PER_S,
    JAM_PER_M2,
    LANE_M,
    OUTSIDE,
    SPEED_M_PER_S,
    Floats,
    Left,
    ends_s,
    nodes,
    ways,
)

JAM_PER_M_OF_LANE = JAM_PER_M2 * LANE_M
#: From the flow of a lane q = u k / (u tau k + 1), u free speed and k jam density, as a whole number of 1/1024 s: then
#: steps and their multiples are exact, which ``addVehicle`` needs to make one vehicle and not none. 0.04 % off in flow. [s]
REACTION_S = round(1024.0 * (1.0 / (FLOW_PER_M_PER_S * LANE_M) - 1.0 / (SPEED_M_PER_S * JAM_PER_M_OF_LANE))) / 1024.0
CHUNK_S = 300.0


def make_world(starts_s: Mapping[str, Floats], platoon: int, seed: int = 1) -> Any:
    """The venue and its crowd, ready to be run.

    ``starts_s`` says when people start at each place, in ascending order. A platoon is what UXsim moves as one vehicle: it
    starts at the step nearest to its middle person's start. Raises ValueError when a place's people make no whole platoons.
    """
    from uxsim import World

    ends = ends_s(sum(starts.size for starts in starts_s.values()))
    world = World(
        cpp=True, deltan=platoon, reaction_time=REACTION_S, tmax=ends, print_mode=0, save_mode=0, show_mode=0,
        random_seed=seed, duo_update_time=ends, vehicle_logging_timestep_interval=0,
    )  # fmt: skip
    for at, code in enumerate(nodes()):
        world.addNode(code, float(at), 0.0)
    for way in ways():
        door = way.door_m * FLOW_PER_M_PER_S if way.door_m < way.width_m else None
        world.addLink(
            way.code, way.start, way.end, length=way.length_m, free_flow_speed=SPEED_M_PER_S,
            jam_density_per_lane=JAM_PER_M_OF_LANE, number_of_lanes=way.lanes, capacity_out=door,
        )  # fmt: skip
    for code, starts in starts_s.items():
        if starts.size % platoon:
            raise ValueError(f"{starts.size} persons at {code} make no platoons of {platoon}")
        for step in np.rint(starts[platoon // 2 :: platoon] / world.DELTAT):
            # A quarter into the step, so that no rounding moves it to another.
            world.addVehicle(code, OUTSIDE, float(step + 0.25) * world.DELTAT)
    return world


def run(world: Any) -> Any:
    """Run until all vehicles are out, or the time is."""
    while world.check_simulation_ongoing() and world.VEHICLES_LIVING:
        world.exec_simulation(duration_t=CHUNK_S)
    return world


def left_of(world: Any, platoon: int) -> Left:
    """When they are out; raises AssertionError when somebody is not."""
    if world.VEHICLES_LIVING:
        raise AssertionError(f"{len(world.VEHICLES_LIVING)} vehicles are still inside")
    step_out = np.sort([vehicle.arrival_time for vehicle in world.VEHICLES.values()])
    return Left(np.repeat(step_out * world.DELTAT, platoon))


def fresh(starts: str, platoon: str) -> None:
    """Play the starts of a file once, in a process of its own."""
    with np.load(Path(starts)) as given:
        left_of(run(make_world(dict(given), int(platoon))), int(platoon))
