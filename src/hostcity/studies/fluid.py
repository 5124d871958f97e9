"""A bound on lanes: the least that even a fluid would need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SOLVE_S = 10.0  # of deterministic time: never reached on a day's hours


@dataclass(frozen=True, kw_only=True, slots=True)
class FluidLanes:
    """Whole lanes by the hour for a fluid, and a bound on lane-seconds that holds for people too."""

    lanes: tuple[int, ...]
    bound_lane_s: float


def fewest_lanes(
    work_s: Floats,
    come_from_s: Floats,
    done_by_s: Floats,
    hours_from_s: NDArray[np.float64],
    closed: tuple[tuple[float, float], ...],
    overhang_s: float,
    most: int,
) -> FluidLanes | None:
    """The least lane-seconds that can do all work between its time of coming and its deadline; None = it can't be done.

    Parameters
    ----------
    work_s : float64[Q]
        Work that comes in each batch. [s of one lane]
    come_from_s, done_by_s : float64[Q]
        No work of a batch can be done before the first, all must be done by the second; ``come_from_s`` ascends. [s]
    hours_from_s : float64[H + 1]
        Lanes may change at these times only. [s]
    closed
        Times (from, to) at which no lane serves. [s]
    overhang_s
        A lane that closes or fails may go on for so long. [s]
    most
        Lanes for which there is room.

    Notes
    -----
    Work of batches i to j needs the capacity between the beginning of i and the latest deadline of i to j: necessary
    for any queue discipline, so the optimum of this integer program (CP-SAT) is a bound. One lane at least is open in
    every hour.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    hours = hours_from_s.size - 1
    lanes = [model.new_int_var(1, max(1, most), f"lanes{hour}") for hour in range(hours)]
    for first in range(work_s.size):
        needed, until_s = 0.0, -np.inf
        for last in range(first, work_s.size):
            needed += float(work_s[last])
            until_s = max(until_s, float(done_by_s[last]))
            open_s = [
                lane_open_s(hours_from_s, hour, float(come_from_s[first]), until_s, closed, overhang_s)
                for hour in range(hours)
            ]
            if needed > 0:
                model.add(sum(lane * open_for for lane, open_for in zip(lanes, open_s, strict=True)) >= int(needed))
    lengths = np.diff(hours_from_s).astype(int).tolist()
    model.minimize(sum(lane * length for lane, length in zip(lanes, lengths, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # the same schedule every time
    solver.parameters.max_deterministic_time = SOLVE_S
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return FluidLanes(
        lanes=tuple(int(solver.value(lane)) for lane in lanes),
        bound_lane_s=float(np.ceil(solver.best_objective_bound - 1e-6)),  # whole lanes and seconds, but for rounding
    )


def lane_open_s(
    hours_from_s: Floats,
    hour: int,
    since_s: float,
    until_s: float,
    closed: tuple[tuple[float, float], ...],
    more_s: float,
) -> int:
    """Whole seconds, rounded up, that a lane of an hour can serve within a window."""
    begin, end = max(since_s, float(hours_from_s[hour])), min(until_s, float(hours_from_s[hour + 1]))
    if end <= begin:
        return 0
    fails = sum(begin < from_s < end for from_s, _ in closed)
    shut = sum(max(0.0, min(end, to_s) - max(begin, from_s)) for from_s, to_s in closed)
    overhangs = fails + (end == hours_from_s[hour + 1])  # services that were begun before a lane closed or failed
    return int(np.ceil(max(0.0, end - begin - shut) + more_s * overhangs))
