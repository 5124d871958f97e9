"""Plans of faces: found by search, judged by a full evaluation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs._kernels.chain import add_name, evaluate
from hostcity.engines.signs._kernels.search import search
from hostcity.engines.signs.problem import Floats, SignProblem

Bools = NDArray[np.bool_]
KICKS, ROUNDS = 60, 50


class Model(NamedTuple):
    """What the kernels read of a problem."""

    order: Any
    after: Any
    starts: Any
    plain: Any
    signed: Any
    first: Any
    covered: Any


@dataclass(frozen=True, kw_only=True, eq=False)
class SignPlan:
    """Faces and what they name."""

    named: Bools = field(repr=False)  # [F, T]
    guided: float  # persons an hour who take every turn right
    persons: float  # who start
    unsigned: float  # guided without any face
    signed: float  # guided were every state signed: no plan guides more
    lost_without: Floats = field(repr=False)  # [F] guided less, were this face alone taken away; 0 where none hangs

    @property
    def faces(self) -> NDArray[np.int64]:
        """The faces that hang."""
        return np.flatnonzero(self.named.any(axis=1))

    @property
    def share(self) -> float:
        """Of persons, guided."""
        return self.guided / self.persons if self.persons else 1.0


def plan_signs(
    problem: SignProblem,
    *,
    faces: int,
    names: int,
    hung: Bools | None = None,
    stays: Bools | None = None,
    kicks: int = KICKS,
    seed: int = 1,
) -> SignPlan:
    """Choose faces and what they name.

    Parameters
    ----------
    faces, names
        At most so many faces hang, of at most so many names each.
    hung : bool[F, T]
        What hangs already.
    stays : bool[F]
        Which faces must stay as they are, whether something hangs there or not.
    kicks
        How often a part of the plan is thrown out and found anew; the best is kept.

    Raises
    ------
    ValueError
        When there is room for no face or name, or more hangs than may.

    Notes
    -----
    Local optimum under moving any one face, best of ``kicks`` starts; the same seed gives the same plan. How far from the
    best there can be: `bound_signs`. Slow twin: ``tests/naive/signs.py`` (all plans).
    """
    named = np.zeros((problem.faces, problem.destinations), np.bool_) if hung is None else hung.astype(np.bool_).copy()
    may_move = np.ones(problem.faces, np.bool_) if stays is None else ~stays.astype(np.bool_)
    if faces < 0 or names < 1:
        raise ValueError(f"{faces} faces of {names} names are none")
    if named.any(axis=1).sum() > faces or named.sum(axis=1).max(initial=0) > names:
        raise ValueError(f"more hangs than {faces} faces of {names} names")
    if faces and problem.faces:
        search(_model(problem), named, may_move, faces, min(names, problem.destinations), kicks, ROUNDS, seed)
    return plan_of(problem, named)


def plan_of(problem: SignProblem, named: Bools) -> SignPlan:
    """A plan with its figures."""
    guided = guided_by(problem, named)
    without = np.zeros(problem.faces)
    for face in np.flatnonzero(named.any(axis=1)).tolist():
        less = named.copy()
        less[face] = False
        without[face] = guided - guided_by(problem, less)
    everywhere = np.ones(problem.starts.size, np.int64)
    return SignPlan(
        named=named, guided=guided, persons=problem.persons, unsigned=guided_by(problem, np.zeros_like(named)),
        signed=_arrived(problem, everywhere)[0], lost_without=without,
    )  # fmt: skip


def guided_by(problem: SignProblem, named: Bools) -> float:
    """Persons an hour whom faces guide all the way."""
    count = np.zeros(problem.starts.size, np.int64)
    for face, name in zip(*np.nonzero(named), strict=True):
        add_name(problem.first, problem.covered, count, int(face) * problem.destinations + int(name), 1)
    return _arrived(problem, count)[0]


def most_persons(problem: SignProblem) -> Floats:
    """Persons an hour in each state, were every state signed: ``float64[S]``; no plan brings more there."""
    return _arrived(problem, np.ones(problem.starts.size, np.int64))[1]


def _arrived(problem: SignProblem, count: NDArray[np.int64]) -> tuple[float, Floats]:
    mass, value = np.empty(problem.starts.size), np.empty(problem.starts.size)
    found = evaluate(problem.order, problem.after, problem.starts, problem.plain, problem.signed, count, mass, value)
    return float(found), mass


def _model(problem: SignProblem) -> Model:
    return Model(
        problem.order, problem.after, problem.starts, problem.plain, problem.signed, problem.first, problem.covered
    )
