"""A door beside programs that others wrote; both are in requirements of their own and imported when they are played."""

from __future__ import annotations

from typing import Any

from benchmarks.validation.check import BEHAVIOR, CONSTRUCTION, Check, percent
from benchmarks.validation.hydraulic import LEVEL_FLOW, LEVEL_K, effective_m, free_speed
from benchmarks.validation.places import ALARM_S, evacuated, way
from hostcity.engines.day import rehearse_day
from hostcity.plan.plan import Plan

PERSONS, DOOR_M, HALL_M = 1000, 2.5, (40.0, 25.0)
MICRO_STEP_S = 0.05
NETWORK = "jupedsim-network 0.5 (Forschungszentrum Jülich), hydraulic network model, its own defaults"
MICRO = "JuPedSim 1.4 (Forschungszentrum Jülich), collision-free speed model (Tordeux et al. 2016), its own defaults"


def hall_plan(speed: float, flow: float, door_m: float) -> Plan:
    """The hall for our engine, with a free speed [m/s], a flow [1/(m s)] and an effective width of the door."""
    links = (way("door", "room", "home", HALL_M[1], HALL_M[0], door_m=door_m),)
    return evacuated({"room": PERSONS}, links, speed_m_per_s=speed, flow_per_m_per_s=flow)


def _out_s(speed: float, flow: float, door_m: float) -> float:
    day = rehearse_day(hall_plan(speed, flow, door_m))
    return float(day.visitor_left_s.max()) - ALARM_S


def jupedsim_network() -> Check:
    """1,000 people leave a hall of 40 m by 25 m by a door of 2.5 m."""
    from jupedsim_network import Network, NetworkSimulation, Population

    venue = Network()
    venue.add_room("hall", length=HALL_M[0], width=HALL_M[1])
    venue.add_safe("outside")
    venue.connect("hall", "outside", width=DOOR_M, length=HALL_M[1])
    theirs_s = float(
        NetworkSimulation(venue, [Population("hall", PERSONS, speed=free_speed(LEVEL_K))]).run(seed=1).exit_times.max()
    )
    ours_s = _out_s(free_speed(LEVEL_K), LEVEL_FLOW, effective_m(DOOR_M))
    return Check(
        name="jupedsim_network", title="A door of 2.5 m beside jupedsim-network", kind=CONSTRUCTION,
        figure=f"{ours_s:.1f} s ({percent(ours_s / theirs_s - 1.0)})", expectation=f"{theirs_s:.1f} s", tolerance="± 3 %",
        is_met=abs(ours_s / theirs_s - 1.0) <= 0.03, source=NETWORK,
        note="1,000 persons, 25 m to the door. Both take speed and flow from the SFPE hydraulic model; the other has "
        "1.3 persons/(m s) where ours has 1.316.",
    )  # fmt: skip


def micro_hall(seed: int) -> Any:
    """The hall in JuPedSim with its 1,000 at places drawn with a seed, before the first step."""
    import jupedsim
    import shapely

    long_m, wide_m = HALL_M
    passage = shapely.box(long_m / 2 - DOOR_M / 2, -3.0, long_m / 2 + DOOR_M / 2, 0.0)
    hall = shapely.box(0.0, 0.0, long_m, wide_m)
    played = jupedsim.Simulation(
        model=jupedsim.CollisionFreeSpeedModel(), geometry=shapely.union_all([hall, passage]), dt=MICRO_STEP_S
    )
    out = played.add_exit_stage(shapely.box(long_m / 2 - DOOR_M / 2, -3.0, long_m / 2 + DOOR_M / 2, -2.0))
    journey = played.add_journey(jupedsim.JourneyDescription([out]))
    for place in jupedsim.distribute_by_number(
        polygon=shapely.box(0.5, 1.0, long_m - 0.5, wide_m - 0.5), number_of_agents=PERSONS, distance_to_agents=0.5,
        distance_to_polygon=0.3, seed=seed,
    ):  # fmt: skip
        played.add_agent(
            jupedsim.CollisionFreeSpeedModelAgentParameters(journey_id=journey, stage_id=out, position=place)
        )
    return played


def micro_s(seed: int) -> float:
    """How long the last of 1,000 needs in JuPedSim, from places drawn with a seed."""
    played = micro_hall(seed)
    while played.agent_count() and played.elapsed_time() < 1500.0:
        played.iterate(20)
    return float(played.elapsed_time())


def jupedsim(seeds: int = 10) -> Check:
    """The same hall, person by person in the plane."""
    theirs = [micro_s(seed) for seed in range(1, seeds + 1)]
    mean_s = sum(theirs) / seeds
    ours_s = _out_s(1.2, 1.22, DOOR_M)
    return Check(
        name="jupedsim", title="A door of 2.5 m beside JuPedSim", kind=BEHAVIOR,
        figure=f"{ours_s:.1f} s ({percent(ours_s / mean_s - 1.0)})",
        expectation=f"{mean_s:.1f} s, mean of {seeds} seeds from {min(theirs):.0f} to {max(theirs):.0f} s", tolerance="± 15 %",
        is_met=abs(ours_s / mean_s - 1.0) <= 0.15, source=MICRO,
        note="Our default flow and the other's default speed, 1.2 m/s; neither is fitted to the other.",
    )  # fmt: skip


QUICK = ()
SLOW = (jupedsim_network,)
