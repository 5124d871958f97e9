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
    straight_before: Ints = field(init=False, repr=False)  # [E] the piece from which one comes straight on; -1 = none
    options: Ints = field(init=False, repr=False)  # [E] ways on at the head, back not counted

    def __post_init__(self) -> None:
        """Find what comes straight before, and how many ways there are on."""
        pieces, nodes = self.tail.size, self.x_m.size
        cosine = self.east[:, None] * self.east + self.north[:, None] * self.north  # before x after
        joins = (self.head[:, None] == self.tail) & (cosine >= np.cos(np.radians(STRAIGHT_DEG)))
        best = np.where(joins, cosine, -2.0).argmax(axis=0)
        object.__setattr__(self, "straight_before", np.where(joins[best, np.arange(pieces)], best, -1))
        out = np.bincount(self.tail[self.tail >= 0], minlength=nodes)
        pairs = set(zip(self.tail.tolist(), self.head.tolist(), strict=True))
        back = np.array([(head, tail) in pairs for tail, head in zip(self.tail, self.head, strict=True)], np.int64)
        object.__setattr__(self, "options", out[self.head] - back)


def sign_problem(
    ways: Ways,
    towards: Ints,
    is_there: NDArray[np.bool_],
    starts: Floats,
    sees: NDArray[np.bool_],
    chances: Chances | None = None,
    *,
    recovers: bool = True,
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
    plain = np.where((ways.options <= 1)[None, :], 1.0, plain)
    plain = np.where(arrives, 1.0, np.where(goes_on, plain, 0.0))
    signed = np.where(goes_on, np.maximum(plain, chances.signed), plain)
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
    out = [np.flatnonzero(ways.tail == node) for node in range(ways.x_m.size)]
    on = [out[head] for head in ways.head.tolist()]
    length = np.hypot(
        *(each[ways.head] - np.where(ways.tail >= 0, each[ways.tail], each[ways.head]) for each in (ways.x_m, ways.y_m))
    )
    wrong: list[Ints] = []
    count = np.zeros((destinations, pieces), np.int64)
    for number in range(destinations):
        for piece in range(pieces):
            right = next_piece[number, piece]
            if right < 0 or plain[number, piece] >= 1.0:
                continue
            ahead = on[piece][ways.head[on[piece]] != ways.tail[piece]]
            ahead = ahead[ahead != right]
            count[number, piece] = ahead.size
            wrong.append(ahead + number * pieces)
    states = np.concatenate(wrong) if wrong else np.zeros(0, np.int64)
    ahead_m = np.where(next_piece >= 0, length[np.maximum(next_piece, 0)], 0.0)
    first = np.concatenate([[0], np.cumsum(count.ravel())])
    return Detours(ahead_m=ahead_m.ravel(), first=first, states=states, lengths_m=length[states % pieces])


def passing_of(ways: Ways, most: Floats, destinations: int) -> Floats:
    """Persons an hour who would pass each face, by destination, were every state signed: ``float64[F, T]``."""
    return most.reshape(destinations, ways.tail.size).T.copy()
