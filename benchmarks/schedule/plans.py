"""Plans of a preparation, drawn: streams of tasks that wait for earlier ones of their stream and of others, teams, shared risks."""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule import FS, Drivers, Problem

STREAMS, DRIVERS, TEAMS = 60, 34, 130
NEAR = 4.0  # tasks back in the stream that one waits for, in the mean


def expo(tasks: int = 2000, *, seed: int = 1, teams: bool = True) -> Problem:
    """A plan of about 3,300 links for 2,000 tasks, the last of which is the opening. Half-days.

    Durations are gamma (shape 2), optimistic 70-95 % of likely, pessimistic 115-220 %. Each task has one driver of its department. Teams
    have as many as their mean load asks for, two at least: over a plan without limits they are busy a third of the time.
    """
    rng = np.random.default_rng(seed)
    links = _links(tasks, rng)
    likely = np.maximum(1, np.round(2 * rng.gamma(2.0, 1.6, tasks)))
    low, high = np.floor(likely * rng.uniform(0.7, 0.95, tasks)), np.ceil(likely * rng.uniform(1.15, 2.2, tasks))
    likely[-1] = low[-1] = high[-1] = 0.0
    department = rng.integers(0, DRIVERS, tasks)
    demand = np.zeros((tasks, TEAMS if teams else 0), np.int64)
    if teams:
        team = (department * 4 + rng.integers(0, 4, tasks)) % TEAMS
        demand[np.arange(tasks - 1), team[:-1]] = 1 + (rng.random(tasks - 1) < 0.25)
    factor = np.sort(rng.uniform([0.9, 1.0, 1.2], [1.0, 1.2, 1.6], (DRIVERS, 3)), axis=1)
    return Problem(
        duration=likely, optimistic=low, pessimistic=high, link=links, demand=demand,
        capacity=np.full(demand.shape[1], 2, np.int64),
        drivers=Drivers(
            probability=rng.uniform(0.1, 0.9, DRIVERS), factor=factor, touches=np.column_stack([department, np.arange(tasks)])
        ),
    )  # fmt: skip


def _links(tasks: int, rng: np.random.Generator) -> np.ndarray:
    """The opening waits for all that nobody else waits for."""
    stream = rng.integers(0, STREAMS, tasks - 1)
    earlier: list[list[int]] = [[] for _ in range(STREAMS)]
    pairs = set()
    for task in range(tasks - 1):
        mine = earlier[stream[task]]
        for _ in range(min(rng.poisson(1.2), len(mine))):
            pairs.add((mine[max(0, len(mine) - 1 - int(rng.exponential(NEAR)))], task))
        if rng.random() < 0.35 and task > 50:
            pairs.add((int(rng.integers(max(0, task - 400), task)), task))
        mine.append(task)
    waited = {before for before, _ in pairs}
    pairs |= {(task, tasks - 1) for task in range(tasks - 1) if task not in waited}
    return np.array([(before, after, FS) for before, after in sorted(pairs)])
