"""A bound by prices on states: of any size, with wrong turns walked back from or not."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs._kernels.chain import evaluate
from hostcity.engines.signs._kernels.pricing import bought, dearest, least_left, most_persons
from hostcity.engines.signs.planning import SignPlan, model_of, persons_in
from hostcity.engines.signs.problem import Floats, SignProblem

ROUNDS = 3_000
PATIENCE = 12  # rounds without a better bound, after which steps are made shorter
SHORTER, SHORTEST = 0.6, 1e-4
MEMORY = 0.6  # of the direction before
ROUGH, FINE = 1e-7, 1e-9  # of a sweep's change
ROUNDING = 1e-9  # relative


@dataclass(frozen=True, kw_only=True, eq=False)
class Room:
    """What may hang where."""

    faces: int  # that may hang besides those that stay
    names_of: NDArray[np.int64]  # [F]
    may_hang: NDArray[np.int64]  # [F] 1 = yes, 2 = one stays as it is, 0 = no
    named: NDArray[np.bool_]  # [F, T] what stays


def priced_bound(problem: SignProblem, plan: SignPlan, room: Room, seconds: float) -> float:
    """What no plan scores more than.

    Notes
    -----
    A plan pays ``price`` for each person who comes through a signed state: of persons M at most (`most_persons`), so no more
    than ``M price`` for a state in all. Hence (1) least meters with prices paid, a decision process that sweeps solve, less (2)
    what signed states can pay at most, is no more than the meters of any plan. Of (2) a state pays to the faces
    that cover it, ``share`` of ``M price`` to each of them and the rest once, and the dearest K faces of L names are a sort.
    Prices and shares are moved along subgradients, scaled by what a state could pay, by Polyak's step towards the plan; any
    of them prove a bound, the best is kept and told anew by sweeps from 0, which come from below [1]_.

    References
    ----------
    .. [1] B. Polyak, "Minimization of unsmooth functionals", USSR Comput. Math. Math. Phys. 9(3), 1969. doi 10.1016/0041-5553(69)90061-5
    """
    prices = _Prices(problem, room)
    found = prices.climbed(_left(problem, plan.score), time.process_time() + seconds)
    return plan.persons - found if problem.detours is None else -found


def _left(problem: SignProblem, score: float) -> float:
    """Meters walked, or persons lost, from a score."""
    return problem.persons - score if problem.detours is None else -score


class _Prices:
    """Prices on states, as what a state pays in all (``pays``) and what of it each of its faces gets (``shares``)."""

    def __init__(self, problem: SignProblem, room: Room) -> None:
        self.problem, self.room, self.model = problem, room, model_of(problem)
        states = problem.starts.size
        self.is_signable = np.zeros(states, bool)
        self.is_signable[problem.covered] = True
        self.is_signable &= problem.signed > problem.plain
        self.most = self._most_persons()
        self.is_signable &= self.most > 0
        self.scale = self.most * self._gain()
        self.is_signable &= self.scale > 0
        self.value, self.rate, self.mass, self.moving = (np.zeros(states) for _ in range(4))
        self.named = room.named.copy()
        self.owner = np.repeat(np.arange(problem.first.size - 1), np.diff(problem.first))

    def climbed(self, target: float, until_s: float) -> float:
        """The best bound that is found."""
        pays = np.where(self.is_signable, self.scale / 2, 0.0)
        shares = pays.copy()
        best, kept, stride, waited = -np.inf, (pays, shares), 1.0, 0
        on_pays, on_shares = np.zeros_like(pays), np.zeros_like(pays)
        for _ in range(ROUNDS):
            bound, to_pay, to_share = self._bound(pays, shares, ROUGH)
            if bound > best:
                best, kept, waited = bound, (pays.copy(), shares.copy()), 0
            else:
                waited += 1
            if waited >= PATIENCE:
                stride, waited = stride * SHORTER, 0
                (pays, shares), on_pays, on_shares = kept, on_pays * 0, on_shares * 0
                _, to_pay, to_share = self._bound(pays, shares, ROUGH)
            if stride < SHORTEST or best >= target * (1 - ROUNDING) or time.process_time() > until_s:
                break
            on_pays, on_shares = to_pay + MEMORY * on_pays, to_share + MEMORY * on_shares
            length = float((self.scale * (on_pays**2 + on_shares**2)).sum())
            if length == 0.0:
                break
            step = stride * (target - bound) / length
            pays = np.maximum(pays + step * self.scale * on_pays, 0.0)
            shares = np.clip(shares + step * self.scale * on_shares, 0.0, pays)
        self.value[:] = 0.0
        return self._bound(*kept, FINE)[0] * (1 - ROUNDING)

    def _bound(self, pays: Floats, shares: Floats, near: float) -> tuple[float, Floats, Floats]:
        """What prices prove, and where to move them."""
        price = np.full(pays.size, np.inf)
        price[self.is_signable] = pays[self.is_signable] / self.most[self.is_signable]
        left = 0.0
        for states in self._by_destination():
            left += least_left(self.model, states, price, self.value, self.rate, near)
            bought(self.model, states, self.rate, self.moving, self.mass)
        room = self.room
        faces = dearest(self.model, shares, room.may_hang, room.names_of, room.faces, self.named)
        kept = pays > shares
        covers = np.bincount(self.problem.covered[self.named.ravel()[self.owner]], minlength=pays.size)
        to_pay = np.divide(self.mass, self.most, out=np.zeros_like(pays), where=self.is_signable) - kept
        to_share = kept - covers.astype(float)
        to_pay[~self.is_signable | ((pays <= 0) & (to_pay < 0))] = 0.0
        to_share[~self.is_signable | ((shares <= 0) & (to_share < 0))] = 0.0
        return left - float((pays - shares)[self.is_signable].sum()) - faces, to_pay, to_share

    def _by_destination(self) -> list[NDArray[np.int64]]:
        first = self.problem.first_of
        return [self.problem.order[first[each] : first[each + 1]] for each in range(self.problem.destinations)]

    def _most_persons(self) -> Floats:
        """Persons who come through each signable state, at most."""
        if self.problem.detours is None:  # nobody comes back: most come when all before is signed
            return persons_in(self.problem, np.ones(self.problem.starts.size, np.int64))
        most = np.zeros(self.problem.starts.size)
        most_persons(self.model, self.is_signable, most)
        return most

    def _gain(self) -> Floats:
        """What a person gains where a state is signed and no other: about the highest price that is worth paying."""
        count = np.zeros(self.problem.starts.size, np.int64)
        mass, value, worth = (np.zeros(self.problem.starts.size) for _ in range(3))
        for destination in range(self.problem.destinations):
            evaluate(self.model, count, destination, mass, value, worth)
        if self.problem.detours is None:  # the share that arrives from a state on, were all signed from there
            count[:] = 1
            for destination in range(self.problem.destinations):
                evaluate(self.model, count, destination, mass, value, worth)
        gain: Floats = np.divide(worth, mass, out=np.zeros_like(worth), where=mass > 0)
        return np.maximum(gain, 0.0)
