"""The same plan by other programs: samples of a network with three-point estimates. None of them counts hands or has shared risks."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import numpy as np

from hostcity.engines.schedule import Problem
from hostcity.engines.schedule.order import order_of


class Ends(NamedTuple):
    """Quantiles of the end of all, 10, 50 and 90 %, and criticality by task."""

    quantiles: np.ndarray
    criticality: np.ndarray


def by_numpy(problem: Problem, samples: int, seed: int = 3) -> Ends:
    """All samples of a task at a time, with drivers and criticality: what one writes by hand."""
    rng = np.random.default_rng(seed)
    tasks, drivers = len(problem.duration), problem.drivers
    factor = np.ones((len(drivers.probability), samples))
    for risk, three in enumerate(drivers.factor.tolist()):
        happens = rng.random(samples) < drivers.probability[risk]
        factor[risk, happens] = rng.triangular(*three, happens.sum())
    into: list[list[int]] = [[] for _ in range(tasks)]
    for before, after, _ in problem.link.tolist():
        into[after].append(before)
    touching: list[list[int]] = [[] for _ in range(tasks)]
    for risk, task in drivers.touches.tolist():
        touching[task].append(risk)
    long, end = np.empty((tasks, samples), np.float32), np.empty((tasks, samples), np.float32)
    order = order_of(problem)
    for task in order:
        low, likely, high = problem.optimistic[task], problem.duration[task], problem.pessimistic[task]
        long[task] = rng.triangular(low, likely, high, samples) if high > low else likely
        for risk in touching[task]:
            long[task] *= factor[risk]
        end[task] = long[task] + (end[into[task]].max(axis=0) if into[task] else 0)
    finish = end.max(axis=0)
    critical = end == finish
    for task in reversed(order):
        for before in into[task]:
            critical[before] |= critical[task] & (end[before] + long[task] >= end[task])
    return Ends(np.quantile(finish, (0.1, 0.5, 0.9)), critical.mean(axis=1))


def by_pmcontrols(problem: Problem, samples: int) -> None:
    """With criticality. Estimates are PERT-beta: ends are not compared."""
    import pmcontrols

    into: dict[int, list[str]] = {task: [] for task in range(len(problem.duration))}
    for before, after, _ in problem.link.tolist():
        into[after].append(str(before))
    records: list[dict[str, Any]] = [
        {"id": str(task), "predecessors": waits, "a": low, "m": likely, "b": high}
        for (task, waits), low, likely, high in zip(
            into.items(),
            problem.optimistic.tolist(),
            problem.duration.tolist(),
            problem.pessimistic.tolist(),
            strict=True,
        )
    ]
    pmcontrols.pert(records, n_sim=samples)


def by_trueppm(problem: Problem, samples: int) -> None:
    """Calendar-aware, so it does more; half-days are told as days, and ends as dates: they are not compared."""
    import trueppm_scheduler as peer

    def days(values: np.ndarray) -> list[datetime.timedelta]:
        return [datetime.timedelta(days=value) for value in values.tolist()]

    threes = zip(days(problem.optimistic), days(problem.duration), days(problem.pessimistic), strict=True)
    tasks = [
        peer.Task(
            id=str(task), name=str(task), duration=likely, optimistic_duration=low, most_likely_duration=likely, pessimistic_duration=high
        )
        for task, (low, likely, high) in enumerate(threes)
    ]  # fmt: skip
    links = [peer.Dependency(str(before), str(after)) for before, after, _ in problem.link.tolist()]
    plan = peer.Project("plan", "plan", datetime.date(2026, 1, 5), tasks=tasks, dependencies=links)
    peer.monte_carlo(plan, runs=samples, seed=3, max_runs=samples, max_tasks=len(tasks))
