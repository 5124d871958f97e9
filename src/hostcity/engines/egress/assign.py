"""Who takes which exit: a flow of least cost, each exit with its share by width."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PIECE_M = 6.0  # floor is assigned by squares this wide
COST_PER_M = 10  # distances are whole decimeters to the solver


class Assignment(NamedTuple):
    """Persons by exit, how far those walk who walk farthest, and all persons' meters (from the middle of their pieces)."""

    persons: NDArray[np.int64]  # [exits]
    farthest_m: float
    person_m: float


def assigned(points_m: Floats, distance_m: Floats, persons: int, clear_m: Floats) -> Assignment:
    """Who takes which exit so that all together walk least.

    Parameters
    ----------
    points_m : float64[n, 2]
        Places, each with the same part of the persons. [m]
    distance_m : float64[exits, n]
        From each exit to each place; inf where there is no way. [m]
    clear_m : float64[exits]
        Widths: no exit takes more than its share of them, rounded up. [m]

    Notes
    -----
    Every place has a way to some exit.
    """
    if not persons or not points_m.size:
        return Assignment(np.zeros(len(clear_m), np.int64), 0.0, 0.0)
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

    _, piece = np.unique(np.floor(points_m / PIECE_M).astype(np.int64), axis=0, return_inverse=True)
    count = np.bincount(piece)
    far = np.stack([np.bincount(piece, weights=np.where(np.isfinite(row), row, 1e6)) / count for row in distance_m])
    supply = _whole(count.astype(np.float64), persons)
    room = np.ceil(persons * clear_m / clear_m.sum()).astype(np.int64)
    exits, pieces = far.shape
    flow = min_cost_flow.SimpleMinCostFlow()
    tails, heads = np.repeat(np.arange(pieces), exits), np.tile(pieces + np.arange(exits), pieces)
    can = far.T.ravel() < 1e5
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tails[can], heads[can], np.repeat(supply, exits)[can], np.rint(far.T.ravel()[can] * COST_PER_M).astype(np.int64)
    )
    sink = pieces + exits
    flow.add_arcs_with_capacity_and_unit_cost(
        pieces + np.arange(exits), np.full(exits, sink), room, np.zeros(exits, np.int64)
    )
    flow.set_nodes_supplies(np.arange(pieces), supply)
    flow.set_nodes_supplies(np.array([sink]), np.array([-int(supply.sum())]))
    flow.solve_max_flow_with_min_cost()
    flows = flow.flows(arcs)
    taken = np.bincount(heads[can] - pieces, weights=flows, minlength=exits).astype(np.int64)
    walked = far.T.ravel()[can][flows > 0]
    return Assignment(taken, float(walked.max()) if walked.size else 0.0, float((far.T.ravel()[can] * flows).sum()))


def _whole(weights: Floats, total: int) -> NDArray[np.int64]:
    """Whole persons by largest remainder, so that they add up to the total."""
    exact = weights * total / weights.sum()
    whole: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole
