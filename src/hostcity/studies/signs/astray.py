"""Where people turn wrong: by crossing, without signs and with a plan of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs import SignPlan, SignProblem
from hostcity.engines.signs.planning import persons_in, signing
from hostcity.studies.signs.network import SignNetwork


@dataclass(frozen=True, kw_only=True, slots=True)
class Astray:
    """A crossing at which somebody turns wrong."""

    node: str
    level: str
    at: tuple[float, float]  # [m]
    unsigned_h: float  # persons an hour who turn wrong there, in the mean, were there no sign
    found_h: float  # and with the plan


def astray_of(network: SignNetwork, problem: SignProblem, found: SignPlan) -> tuple[Astray, ...]:
    """Every crossing at which somebody would turn wrong without signs or does so with the plan, the worst without signs first.

    Without signs more people come through places that lie off their way, so a place can have fewer with them without a face.
    """
    unsigned = _wrong_h(network, problem, np.zeros_like(found.named))
    signed = _wrong_h(network, problem, found.named)
    nodes = network.plan.nodes
    return tuple(
        Astray(
            node=nodes[at].code, level=nodes[at].level, at=(nodes[at].x_m, nodes[at].y_m), unsigned_h=float(unsigned[at]),
            found_h=float(signed[at]),
        )
        for at in np.lexsort((-signed, -unsigned)).tolist() if unsigned[at] > 0 or signed[at] > 0
    )  # fmt: skip


def _wrong_h(network: SignNetwork, problem: SignProblem, named: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Persons an hour who turn wrong at each node: those in each state, times the chance of it."""
    count = signing(problem, named)
    chance = np.where(count > 0, problem.signed, problem.plain)
    wrong = persons_in(problem, count) * np.where(problem.after >= 0, 1.0 - chance, 0.0)
    at = network.ways.head[np.arange(wrong.size) % network.ways.head.size]
    found: NDArray[np.float64] = np.bincount(at, wrong, minlength=len(network.plan.nodes)).astype(float)
    return found
