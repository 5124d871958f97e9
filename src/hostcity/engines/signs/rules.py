"""What is hung without a planner: signs at the busiest corners, and signs that cover the most floor."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs.planning import SignPlan, plan_of
from hostcity.engines.signs.problem import Floats, SignProblem


def busiest_corners(problem: SignProblem, passing: Floats, *, faces: int, names: int) -> SignPlan:
    """Faces where most pass, each naming whom most of them want.

    Parameters
    ----------
    passing : float64[F, T]
        Persons an hour who pass a face, by destination.
    """
    order = np.argsort(-passing.sum(axis=1), kind="stable")
    return _named(problem, passing, order[:faces], names)


def most_floor(problem: SignProblem, passing: Floats, sees: NDArray[np.bool_], *, faces: int, names: int) -> SignPlan:
    """Faces from which most floor is seen that none sees before, one after the other; named as the busiest.

    Parameters
    ----------
    sees : bool[F, points]
        Which points of the floor, evenly spread, see a face.
    """
    covered = np.zeros(sees.shape[1], bool)
    chosen: list[int] = []
    free = np.ones(problem.faces, bool)
    while len(chosen) < min(faces, problem.faces):
        fresh = (sees & ~covered).sum(axis=1)
        fresh[~free] = -1
        face = int(fresh.argmax())
        chosen.append(face)
        free[face] = False
        covered |= sees[face]
    return _named(problem, passing, np.array(chosen, np.int64), names)


def _named(problem: SignProblem, passing: Floats, chosen: NDArray[np.int64], names: int) -> SignPlan:
    named = np.zeros((problem.faces, problem.destinations), bool)
    for face in chosen.tolist():
        wanted = np.argsort(-passing[face], kind="stable")[:names]
        named[face, wanted[passing[face, wanted] > 0]] = True
    return plan_of(problem, named)
