"""Repair of one day with few people told: no-shows, a closed post, more demand."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from hostcity.engines.rosters.homes import Homes
from hostcity.engines.rosters.problem import Bools, Floats, Ints, Problem
from hostcity.engines.rosters.standing import Standing

NEAR = 1e-9
FEW = 32  # candidates looked at together
Cell = tuple[int, int]  # shift, post


class Move(NamedTuple):
    """Somebody is told of a change."""

    kind: str  # standby, moved, called, released
    person: int
    shift: int
    source: int  # post; -1 = off
    target: int  # post; -1 = off


class Telling(NamedTuple):
    """Harm of telling somebody of a change."""

    standby: float = 2.0  # who stands by
    moved: float = 12.0  # who serves elsewhere in that shift
    called: float = 12.0  # who is off that day
    freed: float = 1.0  # whose post was closed: he is told in any case


@dataclass(frozen=True, kw_only=True, eq=False)
class Repair:
    """A day mended."""

    post_of: Ints = field(repr=False)  # [N, D, S]
    problem: Problem = field(repr=False)  # as it is now
    moves: tuple[Move, ...]
    short: tuple[int, int, int]  # heads short at posts that day: before, without the absent, mended
    harm: tuple[float, float, float]  # of shortage that day, likewise

    @property
    def told(self) -> int:
        """People told of a change."""
        return len({move.person for move in self.moves})


def repair(
    problem: Problem,
    homes: Homes,
    post_of: Ints,
    *,
    day: int,
    absent: Iterable[int] = (),
    present: Iterable[int] = (),
    closed: Iterable[Cell] = (),
    needed: Ints | None = None,
    now_s: int = 0,
    most_told: int | None = None,
    telling: Telling | None = None,
) -> Repair:
    """Mend one day; all other days stay as they are.

    Parameters
    ----------
    absent, present
        Who will not come; who has checked in, and so is certain.
    closed
        Cells that are closed, as (shift, post).
    needed : int64[L, S, P]
        What the day's cells need now; None = as before.
    now_s
        Shifts that have begun by then stay as they are. [s after midnight]
    most_told
        At most so many people are told, besides those whose post was closed.

    Raises
    ------
    ValueError
        When the day is none of the event.

    Notes
    -----
    The cell that gains most from its best single change is served first, until no change pays for telling somebody of it; a hole that
    somebody leaves is looked at likewise. Changes are exact in the objective, with standby worth nothing by itself on the day.
    No one who was told once is told again. There is no bound for it. O(changes x people).
    """
    if not 0 <= day < problem.shape[1]:
        raise ValueError(f"day {day} is none of the event's {problem.shape[1]} days")
    gone = np.array(sorted(set(absent)), np.int64)
    closed = {*closed, *_emptied(problem, day, needed)}
    now = _changed(problem, day, gone, closed, needed, now_s)
    attends = problem.people.attends.copy()
    attends[list(present)] = 1.0
    weight = np.where(problem.posts.is_standby, 0.0, problem.posts.weight)
    mending = _Mending(Standing(now, homes, post_of, day, attends=attends, weight=weight), telling or Telling(), now_s)
    before = _figures(Standing(problem, homes, post_of, day, attends=attends, weight=weight))
    hurt = mending.take_out(gone, closed)
    hurt |= {(int(s), int(p)) for s, p in np.argwhere(now.posts.needed[0, day] > problem.posts.needed[0, day])}
    without = _figures(mending.standing)
    mending.mend(hurt, most_told)
    return Repair(
        post_of=mending.standing.post_of, problem=now, moves=mending.all_moves(),
        short=(before[0], without[0], (after := _figures(mending.standing))[0]), harm=(before[1], without[1], after[1]),
    )  # fmt: skip


def _emptied(problem: Problem, day: int, needed: Ints | None) -> set[Cell]:
    """Cells that need nobody any more."""
    if needed is None:
        return set()
    return {(int(shift), int(post)) for shift, post in np.argwhere((needed[0] <= 0) & problem.is_open[day])}


def _begun(problem: Problem, now_s: int) -> Bools:
    """Shifts that have begun: ``bool[S]``; before the day none has."""
    begun: Bools = problem.rules.starts_s <= now_s
    return begun if now_s else np.zeros(begun.size, bool)


def _changed(problem: Problem, day: int, gone: Ints, closed: set[Cell], needed: Ints | None, now_s: int) -> Problem:
    """The problem as it is now."""
    now, free = problem.posts.needed.copy(), problem.people.is_free.copy()
    if needed is not None:
        now[:, day] = needed
    for shift, post in closed:
        now[:, day, shift, post] = 0
    free[gone, day] &= _begun(problem, now_s)
    left = [tuple(person for person in group if person not in gone) for group in problem.together]
    locks = tuple(
        lock
        for lock in problem.locks
        if not (lock.day == day and (lock.person in gone or (lock.shift, lock.post) in closed))
    )
    return replace(
        problem,
        posts=replace(problem.posts, needed=now),
        people=replace(problem.people, is_free=free),
        locks=locks,
        together=tuple(group for group in left if len(group) > 1),
    )


def _figures(standing: Standing) -> tuple[int, float]:
    """Heads short at posts, by who is expected at all; harm of shortage."""
    problem, shifts = standing.problem, standing.needed.shape[1]
    short, harm, posts = 0, 0.0, np.arange(problem.shape[3])
    for shift in range(shifts):
        here = standing.post_of[:, standing.day, shift]
        heads = np.bincount(here[here >= 0], minlength=posts.size)
        short += int(np.maximum(standing.needed[0, shift] - heads, 0)[~problem.posts.is_standby].sum())
        harm += float(standing.harm(shift, posts, standing.load[:, shift]).sum())
    return short, harm


class _Mending:
    """A day being mended."""

    def __init__(self, standing: Standing, telling: Telling, now_s: int) -> None:
        self.standing, self.telling = standing, telling
        self.is_open = ~_begun(standing.problem, now_s)
        people = standing.problem.people.count
        self.is_told, self.freed = np.zeros(people, bool), np.full((people, standing.needed.shape[1]), -1)
        self.stays = np.zeros(people, bool)  # locked, or bound to somebody else
        self.moves: list[Move] = []
        self.trained = np.ascontiguousarray(standing.problem.people.is_trained.T)
        self._bind()

    def _bind(self) -> None:
        problem, day = self.standing.problem, self.standing.day
        self.stays[[lock.person for lock in problem.locks if lock.day == day]] = True
        self.stays[[person for group in problem.together for person in group]] = True
        self.foes: dict[int, list[int]] = {}
        for one, other in problem.apart:
            self.foes.setdefault(one, []).append(other)
            self.foes.setdefault(other, []).append(one)

    def take_out(self, gone: Ints, closed: set[Cell]) -> set[Cell]:
        """Take the absent out, and who serves where it is closed; the cells that lack them."""
        standing, day, hurt = self.standing, self.standing.day, set()
        for person in gone.tolist():
            for shift in np.flatnonzero((standing.post_of[person, day] >= 0) & self.is_open).tolist():
                hurt.add((shift, int(standing.post_of[person, day, shift])))
                standing.place(person, shift, -1)
        self.stays[gone] = True
        for shift, post in sorted(closed):
            for person in np.flatnonzero(standing.post_of[:, day, shift] == post).tolist():
                standing.place(person, shift, -1)
                self.freed[person, shift] = post
        return hurt - closed

    def mend(self, hurt: set[Cell], most_told: int | None) -> None:
        """Serve the cell that gains most, again and again."""
        heap: list[tuple[float, Cell]] = []
        self.candidates = [self._candidates(shift) for shift in range(self.is_open.size)]
        for cell in sorted(hurt | self._who_wait()):
            self._push(heap, cell)
        while heap and (most_told is None or sum(move.kind != "freed" for move in self.moves) < most_told):
            _, cell = heapq.heappop(heap)
            gain, person = self._best(cell)
            if gain >= -NEAR:
                continue
            if heap and gain > heap[0][0] + NEAR:
                heapq.heappush(heap, (gain, cell))
                continue
            source = int(self.standing.post_of[person, self.standing.day, cell[0]])
            self._take(person, cell, source)
            self._push(heap, cell)
            if source >= 0 and not self.standing.problem.posts.is_standby[source]:
                self._push(heap, (cell[0], source))

    def _candidates(self, shift: int) -> Ints:
        """Who may be told to come, or to serve elsewhere, in a shift."""
        standing = self.standing
        may = standing.problem.people.is_free[:, standing.day, shift] & ~self.stays
        here = standing.post_of[:, standing.day, shift]
        return np.flatnonzero(may & ((here >= 0) | standing.can_come[:, shift] | (self.freed[:, shift] >= 0)))

    def _who_wait(self) -> set[Cell]:
        """Cells of shifts in which somebody was freed: each may want him."""
        shifts = np.flatnonzero((self.freed >= 0).any(axis=0)).tolist()
        posts = ~self.standing.problem.posts.is_standby
        return {
            (shift, int(post))
            for shift in shifts
            for post in np.flatnonzero(posts & (self.standing.needed[0, shift] > 0))
        }

    def _push(self, heap: list[tuple[float, Cell]], cell: Cell) -> None:
        gain, _ = self._best(cell)
        if gain < -NEAR:
            heapq.heappush(heap, (gain, cell))

    def _best(self, cell: Cell) -> tuple[float, int]:
        """What the best change for a cell saves (below 0), and who comes."""
        (shift, post), standing = cell, self.standing
        if not self.is_open[shift]:
            return 0.0, -1
        here = standing.post_of[:, standing.day, shift]
        people = self.candidates[shift]
        people = people[
            standing.problem.people.is_trained[people, post] & ~self.is_told[people] & (here[people] != post)
        ]
        people = self._welcome(people, here, post)
        change = standing.joining(people, shift, post) + self._telling(people, here, self.freed[:, shift] >= 0)
        people, change = people[change < 0], change[change < 0]
        change += standing.plan_change(people, shift, post)
        order = np.argsort(change, kind="stable")
        best, found = 0.0, -1
        for begin in range(0, order.size, FEW):  # leaving never saves: who is further down cannot be better
            few = order[begin : begin + FEW]
            if change[few[0]] >= best:
                break
            whole = change[few]
            serves = here[people[few]] >= 0
            whole[serves] += standing.leaving(people[few][serves], shift)
            if whole.min() < best:
                best, found = float(whole.min()), int(people[few][np.argmin(whole)])
        return best, found

    def _telling(self, people: Ints, here: Ints, freed: Bools) -> Floats:
        posts, telling = here[people], self.telling
        serves = np.where(self.standing.problem.posts.is_standby[posts], telling.standby, telling.moved)
        found: Floats = np.where(posts >= 0, serves, np.where(freed[people], telling.freed, telling.called))
        return found

    def _welcome(self, people: Ints, here: Ints, post: int) -> Ints:
        """Those who must not be apart from somebody who serves there."""
        barred = [person for person, foes in self.foes.items() if (here[foes] == post).any()]
        return people[~np.isin(people, barred)] if barred else people

    def _take(self, person: int, cell: Cell, source: int) -> None:
        shift, post = cell
        kind = "called"
        if source >= 0:
            kind = "standby" if self.standing.problem.posts.is_standby[source] else "moved"
        elif self.freed[person, shift] >= 0:
            kind, source = "freed", int(self.freed[person, shift])
            self.freed[person, shift] = -1
        self.standing.place(person, shift, post)
        self.is_told[person] = True
        self.moves.append(Move(kind, person, shift, source, post))

    def all_moves(self) -> tuple[Move, ...]:
        """With those who are sent home because their post was closed and nobody wants them."""
        left = np.argwhere(self.freed >= 0).tolist()
        home = [Move("released", person, shift, int(self.freed[person, shift]), -1) for person, shift in left]
        return (*self.moves, *home)
