"""Plans of faces: found by search, judged by a full evaluation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs._kernels.chain import add_name, evaluate
from hostcity.engines.signs._kernels.search import FEW, search
from hostcity.engines.signs.problem import Floats, Ints, SignProblem

Bools = NDArray[np.bool_]
ROUNDS = 50
KICKS, FEW_KICKS, KICKS_WALKED = 60, 10, 3  # where wrong turns are walked back from, single moves find nearly all
MOST_KICKED, MANY = 100, 200  # faces: with detours of more, single moves find all but a thousandth
NOTHING: Floats = np.empty(0)
FINE, ROUGH = 1e-10, 1e-7  # of sweeps: for a figure, for a search


class Model(NamedTuple):
    """What the kernels read of a problem."""

    recovers: bool
    order: Any
    first_of: Any
    after: Any
    starts: Any
    plain: Any
    signed: Any
    first: Any
    covered: Any
    ahead_m: Any
    wrong_first: Any
    wrong: Any
    wrong_m: Any
    near: float  # relative change of a sweep at which persons and ways stand still


@dataclass(frozen=True, kw_only=True, eq=False)
class SignPlan:
    """Faces and what they name.

    Scores are persons an hour who take every turn right; where wrong turns are walked back from, meters walked an hour, below 0.
    """

    named: Bools = field(repr=False)  # [F, T]
    score: float
    persons: float  # who start an hour
    unsigned: float  # score without any face
    signed: float  # and with every state signed
    shortest_m: float  # meters an hour on shortest ways; 0 where wrong turns are not walked back from
    lost_without: Floats = field(repr=False)  # [F] of the score, were this face alone taken away; 0 where none hangs

    @property
    def faces(self) -> Ints:
        """The faces that hang."""
        return np.flatnonzero(self.named.any(axis=1))

    @property
    def share(self) -> float:
        """Of persons, guided all the way."""
        return self.score / self.persons if self.persons else 1.0

    @property
    def detour_m(self) -> float:
        """Meters that a person walks in vain, in the mean."""
        return (-self.score - self.shortest_m) / self.persons if self.persons else 0.0


def plan_signs(
    problem: SignProblem,
    *,
    faces: int,
    names: int,
    hung: Bools | None = None,
    stays: Bools | None = None,
    kicks: int | None = None,
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
        Which faces must stay as they are, whether something hangs there or not; they may name more.
    kicks
        How often a part of the plan is thrown out and found anew; the best is kept. When not given 60, and 10 for
        more than 200 faces; with detours 3 for more than 8 faces, none for more than 100.

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
    if named.any(axis=1).sum() > faces or named[may_move].sum(axis=1).max(initial=0) > names:
        raise ValueError(f"more hangs than {faces} faces of {names} names")
    if kicks is None:
        kicks = _kicks(problem, faces)
    if faces and problem.faces:
        search(model_of(problem, ROUGH), named, may_move, faces, min(names, problem.destinations), kicks, ROUNDS, seed)
        _drop_the_useless(problem, named, may_move)
    return plan_of(problem, named)


def _drop_the_useless(problem: SignProblem, named: Bools, may_move: Bools) -> None:
    """Take names away that tell nobody what no other face tells: moves leave them where there is room for more than helps."""
    count = signing(problem, named)
    matters = (persons_in(problem, count) > 0) & (problem.signed > problem.plain)
    if problem.detours is not None:
        matters &= np.diff(problem.detours.first) > 0  # else there is no wrong turn
    # Of what is dropped, nobody goes another way: who comes where does not change meanwhile.
    for pair in np.flatnonzero((named & may_move[:, None]).ravel()).tolist():
        states = problem.covered[problem.first[pair] : problem.first[pair + 1]]
        if not np.any(matters[states] & (count[states] == 1)):
            count[states] -= 1
            named.ravel()[pair] = False


def _kicks(problem: SignProblem, faces: int) -> int:
    """As many as take a few seconds, and find something still."""
    if problem.detours is None or faces <= FEW:
        return KICKS if faces <= MANY else FEW_KICKS
    return KICKS_WALKED if faces <= MOST_KICKED else 0


def plan_of(problem: SignProblem, named: Bools) -> SignPlan:
    """A plan with its figures."""
    score = score_of(problem, named)
    everywhere = np.ones(problem.starts.size, np.int64)
    return SignPlan(
        named=named, score=score, persons=problem.persons, unsigned=score_of(problem, np.zeros_like(named)),
        signed=_judged(problem, everywhere).score, shortest_m=_shortest_m(problem), lost_without=_lost_without(problem, named),
    )  # fmt: skip


def score_of(problem: SignProblem, named: Bools) -> float:
    """The score of faces that name so many."""
    return _judged(problem, signing(problem, named)).score


def signing(problem: SignProblem, named: Bools) -> NDArray[np.int64]:
    """How many faces sign each state: ``int64[S]``."""
    count, model = np.zeros(problem.starts.size, np.int64), model_of(problem)
    for pair in np.flatnonzero(named.ravel()).tolist():
        add_name(model, count, pair, 1)
    return count


def _lost_without(problem: SignProblem, named: Bools) -> Floats:
    """What each face alone adds: only what it names is judged again, from where it was with all of them."""
    model, count = model_of(problem), signing(problem, named)
    mass, value, worth = (np.zeros(problem.starts.size) for _ in range(3))
    score = [evaluate(model, count, each, mass, value, worth) for each in range(problem.destinations)]
    without = np.zeros(problem.faces)
    for face in np.flatnonzero(named.any(axis=1)).tolist():
        for name in np.flatnonzero(named[face]).tolist():
            pair = face * problem.destinations + name
            add_name(model, count, pair, -1)
            without[face] += score[name] - evaluate(model, count, name, mass, value, worth)
            add_name(model, count, pair, 1)
    return without


def persons_in(problem: SignProblem, count: NDArray[np.int64]) -> Floats:
    """Persons an hour in each state, where ``count`` faces sign it: ``float64[S]``."""
    return _judged(problem, count).mass


class _Judged(NamedTuple):
    score: float
    mass: Floats


def _judged(problem: SignProblem, count: NDArray[np.int64]) -> _Judged:
    mass, value, worth = (np.zeros(problem.starts.size) for _ in range(3))
    model = model_of(problem)
    score = [evaluate(model, count, each, mass, value, worth) for each in range(problem.destinations)]
    return _Judged(float(np.sum(score)), mass)


def _shortest_m(problem: SignProblem) -> float:
    """Meters an hour, were every turn right."""
    if problem.detours is None:
        return 0.0
    left_m = np.zeros(problem.starts.size)
    for state in problem.order[::-1].tolist():
        there = problem.after[state]
        left_m[state] = problem.detours.ahead_m[state] + (left_m[there] if there >= 0 else 0.0)
    return float(problem.starts @ left_m)


def model_of(problem: SignProblem, near: float = FINE) -> Model:
    """A problem as the kernels read it."""
    ways = problem.detours
    states = problem.starts.size
    return Model(
        ways is not None, problem.order, problem.first_of, problem.after, problem.starts, problem.plain, problem.signed,
        problem.first, problem.covered,
        ways.ahead_m if ways else NOTHING, ways.first if ways else np.zeros(states + 1, np.int64),
        ways.states if ways else np.zeros(0, np.int64), ways.lengths_m if ways else NOTHING, near,
    )  # fmt: skip
