"""The opening trial: a crowd stands before an opening and goes through it. What does it let through at most?"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.micro.crowd import RADIUS_M, SIDE, STRIP, TIME_GAP_S, draws
from hostcity.engines.micro.floor import STRIP_M
from hostcity.engines.micro.library import jupedsim, shapely
from hostcity.engines.micro.play import STEP_S

Floats = NDArray[np.float64]

PERSONS_PER_M, LEAST_PERSONS, MOST_IN_TRIAL = 60, 150, 600
BESIDE_M, THROUGH_M, DEEP_M = 2.0, 1.0, 4.0  # beside the opening; behind it, where somebody is through; passage
APART_M = 0.55  # from one person of the waiting crowd to the next, about 3 persons/m2
FROM, TO = 0.2, 0.7  # share of the crowd that is through when counting begins and ends: neither rush nor stragglers
LOOK_S = 0.25
MOST_TRIAL_S = 600.0
WIDEST_M = 10.0  # a wider one is tried with this width: per meter it lets through the same


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningTrial:
    """What an opening let through, once per seed."""

    opening_m: float  # as tried
    persons: int
    flow_per_m_per_s: tuple[float, ...]  # by seed

    @property
    def mean(self) -> float:
        """Mean of the seeds. [persons/(m s)]"""
        return float(np.mean(self.flow_per_m_per_s))


def try_opening(
    opening_m: float,
    speeds_m_per_s: Floats,
    *,
    seed: int = 1,
    trials: int = 3,
    progress: Callable[[float], None] | None = None,
) -> OpeningTrial:
    """Let a waiting crowd go through an opening in one direction, ``trials`` times.

    Parameters
    ----------
    opening_m
        Its width; wider ones than `WIDEST_M` are tried with that.
    speeds_m_per_s : float64[n]
        Free walking speeds from which those of the crowd are drawn. [m/s]

    Raises
    ------
    MicroMissingError
        Without the extra.
    ValueError
        Without speeds, or for an opening narrower than a person.

    Notes
    -----
    Flow is the slope of persons through by time between `FROM` and `TO` of the crowd, over the width [1]_.

    References
    ----------
    .. [1] Seyfried et al., "New insights into pedestrian flow through bottlenecks", Transportation Science 43, 2009,
       395-406. doi 10.1287/trsc.1090.0263
    """
    if speeds_m_per_s.size == 0:
        raise ValueError("a trial needs speeds of persons")
    if opening_m < 3 * RADIUS_M:
        raise ValueError(f"nobody goes through an opening of {opening_m:g} m; give at least {3 * RADIUS_M:g} m")
    width = min(opening_m, WIDEST_M)
    persons = int(np.clip(width * PERSONS_PER_M, LEAST_PERSONS, MOST_IN_TRIAL))
    flows = []
    for trial in range(trials):
        through_s = crowd_through(width, persons, speeds_m_per_s, seed * 1000 + trial)
        flows.append(steady_flow(through_s) / width)
        if progress:
            progress((trial + 1) / trials)
    return OpeningTrial(opening_m=width, persons=persons, flow_per_m_per_s=tuple(flows))


def steady_flow(through_s: Floats) -> float:
    """Persons per second between `FROM` and `TO` of those who go through, whose times ascend."""
    first, last = int(FROM * through_s.size), int(TO * through_s.size)
    return float((last - first) / (through_s[last] - through_s[first]))


def crowd_through(width_m: float, persons: int, speeds_m_per_s: Floats, seed: int) -> Floats:
    """Times at which a waiting crowd is through an opening, ascending. [s]"""
    library, geometry = jupedsim(), shapely()
    half, wide = width_m / 2, width_m / 2 + BESIDE_M
    deep = math.ceil(persons / int((2 * wide - 0.6) / APART_M)) * APART_M + 1.0
    room, passage = geometry.box(-wide, 0, wide, deep), geometry.box(-half, -DEEP_M, half, 0)
    simulation = library.Simulation(
        model=library.CollisionFreeSpeedModel(), geometry=geometry.union_all([room, passage]), dt=STEP_S
    )
    edges = np.linspace(-half, half, max(1, round(width_m / STRIP_M)) + 1)
    ways = []
    for west, east in pairwise(edges.tolist()):
        leave = simulation.add_exit_stage([(west, -DEEP_M), (east, -DEEP_M), (east, -DEEP_M + 1), (west, -DEEP_M + 1)])
        ways.append((simulation.add_journey(library.JourneyDescription([leave])), leave))
    key = np.arange(persons, dtype=np.int64)
    speed = speeds_m_per_s[(draws(seed, key, SIDE) * speeds_m_per_s.size).astype(int)]
    for person, (x, y) in enumerate(_standing(persons, wide, draws(seed, key, STRIP))):
        way = min(len(ways) - 1, int((x + wide) / (2 * wide) * len(ways)))
        simulation.add_agent(
            library.CollisionFreeSpeedModelAgentParameters(
                journey_id=ways[way][0], stage_id=ways[way][1], position=(x, y), radius=RADIUS_M, time_gap=TIME_GAP_S,
                desired_speed=float(speed[person]),
            )
        )  # fmt: skip
    through: dict[int, float] = {}
    while len(through) < persons and simulation.elapsed_time() < MOST_TRIAL_S:
        simulation.iterate(round(LOOK_S / STEP_S))
        for agent in list(simulation.agents()):
            if agent.position[1] < -THROUGH_M and agent.id not in through:
                through[agent.id] = simulation.elapsed_time()
                simulation.mark_agent_for_removal(agent.id)
    return np.array(list(through.values()))


def _standing(persons: int, wide: float, draw: Floats) -> list[tuple[float, float]]:
    """Places row by row before the opening, each shifted by a draw of a few centimeters."""
    in_row = int((2 * wide - 0.6) / APART_M)
    found = []
    for person in range(persons):
        row, column = divmod(person, in_row)
        shift = (draw[person] - 0.5) * (APART_M - 2 * RADIUS_M - 0.05)
        found.append((-wide + 0.3 + (column + 0.5) * (2 * wide - 0.6) / in_row + shift, 0.5 + row * APART_M))
    return found
