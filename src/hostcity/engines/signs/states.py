"""A sign problem from a network of ways: who decides where, and from where a face is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs._kernels.covering import cover
from hostcity.engines.signs.problem import Detours, Floats, Ints, SignProblem

STRAIGHT_DEG = 30.0  # who turns less goes straight on


@dataclass(frozen=True, kw_only=True, slots=True)
class Chances:
    """Probabilities of the right turn, and from how far a face is read. All assumed until questions are counted."""

    straight: float = 0.93  # without a face, where the right way is straight on
    turn: float = 0.50  # and where it is not
    signed: float = 0.97
    reading_m: float = 30.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Ways:
    """Directed pieces of way between nodes. ``N`` nodes, ``E`` pieces."""

    x_m: Floats  # [N]
    y_m: Floats  # [N]
    tail: Ints  # [E] node; -1 = comes in from outside
    head: Ints  # [E]
    east: Floats  # [E] direction, of length 1
    north: Floats  # [E]
    length_m: Floats | None = None  # [E] to walk; None = as straight as it is drawn
    may_stray: NDArray[np.bool_] | None = None  # [E] whether somebody turns into it by mistake; None = into any
    straight_before: Ints = field(init=False, repr=False)  # [E] the piece from which one comes straight on; -1 = none
    options: Ints = field(init=False, repr=False)  # [E] ways on at the head into which one may turn, back not counted

    def __post_init__(self) -> None:
        """Find what comes straight before, and how many ways there are on."""
        pieces = self.tail.size
        before, after = _joins(self.head, self.tail, self.x_m.size)
        cosine = self.east[before] * self.east[after] + self.north[before] * self.north[after]
        straight = cosine >= np.cos(np.radians(STRAIGHT_DEG))
        before, after, cosine = before[straight], after[straight], cosine[straight]
        best = np.lexsort((before, -cosine, after))  # of each piece the straightest, of equals the first
        chosen, first = np.unique(after[best], return_index=True)
        found = np.full(pieces, -1)
        found[chosen] = before[best][first]
        object.__setattr__(self, "straight_before", found)
        is_out = (self.tail >= 0) & self.strays
        out = np.bincount(self.tail[is_out], minlength=self.x_m.size)
        there, back = self.tail * self.x_m.size + self.head, self.head * self.x_m.size + self.tail
        object.__setattr__(self, "options", out[self.head] - np.isin(back, there[is_out]))

    @property
    def strays(self) -> NDArray[np.bool_]:
        """Whether somebody turns into a piece by mistake: ``bool[E]``."""
        return np.ones(self.tail.size, bool) if self.may_stray is None else self.may_stray

    @property
    def lengths_m(self) -> Floats:
        """What is walked on each piece; 0 on one that comes in from outside, unless it is given."""
        if self.length_m is not None:
            return self.length_m
        start = np.where(self.tail >= 0, self.tail, self.head)
        return np.hypot(self.x_m[self.head] - self.x_m[start], self.y_m[self.head] - self.y_m[start])


def _joins(head: Ints, tail: Ints, nodes: int) -> tuple[Ints, Ints]:
    """Pairs of pieces of which the second begins where the first ends."""
    order = np.argsort(tail, kind="stable")
    first = np.searchsorted(tail[order], np.arange(nodes + 1))
    count = np.diff(first)[head]
    before = np.repeat(np.arange(head.size), count)
    within = np.arange(before.size) - np.repeat(np.cumsum(count) - count, count)
    return before, order[np.repeat(first[head], count) + within]


def sign_problem(
    ways: Ways,
    towards: Ints,
    is_there: NDArray[np.bool_],
    starts: Floats,
    sees: NDArray[np.bool_],
    chances: Chances | None = None,
    *,
    recovers: bool = True,
    clear: Floats | None = None,
) -> SignProblem:
    """The problem whose faces are at the heads of pieces of way, read by who comes along them.

    Parameters
    ----------
    towards : int64[T, N]
        The piece that the shortest way to a destination takes from a node; -1 where there is none.
    is_there : bool[T, N]
        Which nodes are the destination.
    starts : float64[T, E]
        Persons an hour who begin at a piece of way.
    sees : bool[N, N]
        Which nodes see one another.
    recovers
        Who turns wrong walks on the shortest way from there, instead of being lost.
    clear : float64[E]
        Of those who come along a piece the share to whom no head hides a face; to the others it is as if there were none.

    Notes
    -----
    State ``t * E + e``: bound for t on piece e. A face covers the pieces before it, one after the other, as long as the
    right way goes straight on to it, it is seen, and it is near enough to be read: an arrow holds from there on.
    """
    chances = chances or Chances()
    destinations, pieces = starts.shape
    arrives = is_there[:, ways.head]
    next_piece = np.where(arrives, -1, towards[:, ways.head])
    goes_on = next_piece >= 0
    turn = np.where(goes_on, next_piece, 0)
    straight = ways.east * ways.east[turn] + ways.north * ways.north[turn] >= np.cos(np.radians(STRAIGHT_DEG))
    plain = np.where(straight, chances.straight, chances.turn)
    plain = np.where(ways.options - ways.strays[turn] < 1, 1.0, plain)  # there is no other
    plain = np.where(arrives, 1.0, np.where(goes_on, plain, 0.0))
    read = 1.0 if clear is None else clear
    signed = np.where(goes_on, plain + read * np.maximum(chances.signed - plain, 0.0), plain)
    after = np.where(goes_on, np.arange(destinations)[:, None] * pieces + turn, -1)
    far = np.hypot(ways.x_m[:, None] - ways.x_m, ways.y_m[:, None] - ways.y_m)
    first, covered = cover(
        ways.tail, ways.head, ways.straight_before, towards, plain < signed, sees & (far <= chances.reading_m)
    )
    return SignProblem(
        starts=starts.ravel().astype(float), after=after.ravel(), plain=plain.ravel(), signed=signed.ravel(),
        destination=np.repeat(np.arange(destinations), pieces), faces=pieces, destinations=destinations,
        first=first, covered=covered, detours=_detours(ways, next_piece, plain) if recovers else None,
    )  # fmt: skip


def _detours(ways: Ways, next_piece: Ints, plain: Floats) -> Detours:
    """All other ways on than the right one, but for the way back; that alone where there is no other."""
    destinations, pieces = next_piece.shape
    here, ahead = _joins(ways.head, ways.tail, ways.x_m.size)
    is_on = (ways.head[ahead] != ways.tail[here]) & ways.strays[ahead]
    here, ahead = here[is_on], ahead[is_on]
    length = ways.lengths_m
    wrong: list[Ints] = []
    count = np.zeros((destinations, pieces), np.int64)
    for number in range(destinations):
        right = next_piece[number]
        is_wrong = (right[here] >= 0) & (plain[number, here] < 1.0) & (ahead != right[here])
        wrong.append(ahead[is_wrong] + number * pieces)
        count[number] = np.bincount(here[is_wrong], minlength=pieces)
    states = np.concatenate(wrong) if wrong else np.zeros(0, np.int64)
    ahead_m = np.where(next_piece >= 0, length[np.maximum(next_piece, 0)], 0.0)
    first = np.concatenate([[0], np.cumsum(count.ravel())])
    return Detours(ahead_m=ahead_m.ravel(), first=first, states=states, lengths_m=length[states % pieces])


def passing_of(ways: Ways, most: Floats, destinations: int) -> Floats:
    """Persons an hour who would pass each face, by destination, were every state signed: ``float64[F, T]``."""
    return most.reshape(destinations, ways.tail.size).T.copy()
