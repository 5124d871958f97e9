"""What no roster is better than: a Lagrangian bound at prices, told in float64."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters._kernels.plans import least_values
from hostcity.engines.rosters.model import Cover, Model
from hostcity.engines.rosters.problem import Floats

ROUNDING = 1e-9  # relative to what is added up


def bound_at(model: Model, cover: Cover, price: Floats) -> float:
    """The bound that prices ``float64[L, Z]`` of 0 or more prove, without what is the same for every roster.

    Notes
    -----
    Whatever attendance a cell gets pays its price: the least that people cost with these payments (each person's best plan over
    the whole event, exactly) and the least of shortage and payments in each cell (at a kink of the convex shortage) together
    are no more than the objective of any roster [1]_. Rewards of kept locks are taken out again: every allowed roster has them all.
    Keeping apart is not looked at, nor that attendance is of whole heads: both only raise the objective.

    References
    ----------
    .. [1] A. Geoffrion, "Lagrangean relaxation for integer programming", Math. Programming Study 2, 1974. doi 10.1007/BFb0120690
    """
    values = np.empty(model.kind.size)
    least_values(model, price, values)
    cells = least_of_cells(cover, price)
    rewards = float(model.reward) * int((model.lock >= 0).sum())
    size = np.abs(values).sum() + np.abs(cells).sum() + rewards
    return float(values.sum() + cells.sum() + rewards - ROUNDING * size)


def least_of_cells(cover: Cover, price: Floats) -> Floats:
    """The least of shortage and payments in each line that asks for somebody."""
    asks = cover.weight > 0
    weight, needed, paid = cover.weight[asks], cover.needed[asks], price[asks]
    least = np.full(weight.size, np.inf)
    for heads in range(cover.missing.shape[1]):
        least = np.minimum(least, weight * cover.missing[needed, heads] + paid * heads * cover.step)
    return least
