"""Finding a way in a book: no compiled code, for a web process does it."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.wayfinding.book import Book
from hostcity.engines.wayfinding.crossings import crossings
from hostcity.engines.wayfinding.places import found_places, is_reached
from hostcity.engines.wayfinding.sight import Borders, borders_of, is_clear
from hostcity.engines.wayfinding.way import Leg, NoWay, Passed, Point, Ride, Way

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
NO_JUMP = -1


@dataclass(frozen=True, slots=True)
class Barrier:
    """A line across the floor of a level that nobody crosses."""

    level: int
    line_m: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Closed:
    """What is closed just now."""

    portals: frozenset[int] = frozenset()
    barriers: tuple[Barrier, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """From a turn to the next; a turn of None is the start or the end."""

    codes: tuple[int, ...]  # portals that it goes through, with their directions
    jump: int = NO_JUMP


@dataclass(slots=True)
class _Found:
    seconds: float = math.inf
    start: int = -1  # accesses
    end: int = -1
    turns: list[int] = field(default_factory=list)
    steps: list[_Step] = field(default_factory=list)  # one more than turns


def find_way(book: Book, start: str, end: str, closed: Closed | None = None) -> Way | NoWay:
    """The quickest way between two places when nobody is in it.

    Parameters
    ----------
    start, end
        SHEET.KEY, or a code alone.
    closed
        What is closed now (`closing.closed_by_codes`). Nothing is remade for it.

    Raises
    ------
    PlanError
        With every place that is unknown or that no floor reaches.

    Notes
    -----
    A* [1]_ over straight pieces between bends and portals, by the straight distance at the greatest speed. O(pieces log turns).
    On one level the way is as short as the exact one on the floor whose open doors are open; slow twin:
    ``tests/naive/wayfinding.py``.

    References
    ----------
    .. [1] P. E. Hart, N. J. Nilsson and B. Raphael, "A formal basis for the heuristic determination of minimum cost paths",
       IEEE Transactions on Systems Science and Cybernetics 4(2), 1968, 100-107. doi 10.1109/TSSC.1968.300136
    """
    one, other = found_places(book, start, end)
    return _answered(book, one, [other], closed or Closed())


def find_nearest(book: Book, start: str, ends: Sequence[str], closed: Closed | None = None) -> Way | NoWay:
    """The quickest way to any of some places, one at least; of those that no floor reaches none is.

    Raises
    ------
    PlanError
        When the start is unknown, or no floor reaches it or any of the ends.
    """
    known = [place for each in ends if (place := book.place_of.get(each)) is not None and is_reached(book, place)]
    (one, *others) = found_places(book, start, *([] if known else ends[:1]))
    return _answered(book, one, known or others, closed or Closed())


def _answered(book: Book, one: int, others: Sequence[int], closed: Closed) -> Way | NoWay:
    found = _search(book, one, others, _open(book, closed), closed.barriers)
    names: dict[str, Any] = {"start": book.places[one], "profile_code": book.profile_code}
    if found.seconds < math.inf:
        end = int(np.searchsorted(book.access_of, found.end, "right")) - 1
        return Way(parts=tuple(_parts(book, found)), end=book.places[end], **names)
    return _why_not(book, one, others, closed, names | {"end": book.places[others[0]]})


def _why_not(book: Book, one: int, other: Sequence[int], closed: Closed, names: dict[str, Any]) -> NoWay:
    """What would have to be open, or to be used, for there to be a way."""
    found = _search(book, one, other, _open(book, Closed()), ())
    if found.seconds < math.inf:
        shut = frozenset(code >> 1 for step in found.steps for code in step.codes) & closed.portals
        least = _least_of(book, one, other, closed, shut)
        return NoWay(closed=tuple(book.portals[each].code for each in sorted(least)), **names)
    found = _search(book, one, other, _open(book, closed, everything=True), closed.barriers)
    used = dict.fromkeys(code >> 1 for step in found.steps for code in step.codes)
    needed = tuple(book.portals[each] for each in used if book.portals[each].refused)
    return NoWay(needed=needed, **names)


def _least_of(book: Book, one: int, other: Sequence[int], closed: Closed, shut: frozenset[int]) -> frozenset[int]:
    """Of what is shut on the way there would be: what must open, none of which could stay shut if the others opened."""
    needed = shut
    for each in sorted(shut):
        still = Closed(closed.portals - (needed - {each}))
        if _search(book, one, other, _open(book, still), ()).seconds < math.inf:
            needed -= {each}
    return needed


def _open(book: Book, closed: Closed, everything: bool = False) -> Bools:
    """Which directions of portals can be passed: ``bool[2 * portals]``."""
    found = np.zeros(2 * len(book.portals), bool)
    for number, portal in enumerate(book.portals):
        if number not in closed.portals and (everything or not portal.refused):
            found[2 * number], found[2 * number + 1] = portal.forward, portal.backward
    return found


def _accesses(book: Book, places: Iterable[int]) -> Ints:
    """Numbers of all points at which some places are reached."""
    return np.concatenate([np.arange(book.access_of[each], book.access_of[each + 1]) for each in places])


def _search(book: Book, one: int, others: Sequence[int], is_open: Bools, barriers: Collection[Barrier]) -> _Found:
    starts, ends = _accesses(book, [one]), _accesses(book, others)
    best = _straight(book, starts, ends, is_open, barriers)
    shut = np.concatenate([[0], np.cumsum(~is_open[book.passing_portal])])
    is_shut = (shut[book.passing_first[1:]] > shut[book.passing_first[:-1]]).tolist()
    graph, passing = book.graph, book.graph.passing
    if barriers:
        is_shut.append(True)
        passing = _barred(book, barriers, passing, len(is_shut) - 1)
    goal = _goal(book, ends, is_shut, barriers)
    hope = _hope(book, ends)
    seconds = [math.inf] * len(hope)
    # Lists of numbers rather than tuples by turn: thousands of tuples set Python's collector going.
    before = _Before([0] * len(hope), [0] * len(hope), [NO_JUMP] * len(hope))
    turn_before, passed, jumped = before
    heap: list[tuple[float, int]] = []
    for access, turn, cost, through in _near(book, starts, barriers):
        if not is_shut[through] and cost < seconds[turn]:
            seconds[turn], turn_before[turn], passed[turn] = cost, -1 - access, through
            heapq.heappush(heap, (cost + hope[turn], turn))
    first, beyond, piece_s, jumps = graph.first, graph.beyond, graph.seconds, graph.jumps
    last, done = -1, bytearray(len(hope))
    while heap:
        least, turn = heapq.heappop(heap)
        if least >= best.seconds:
            break
        if done[turn]:
            continue
        done[turn] = 1
        here = seconds[turn]
        if turn in goal and here + goal[turn][0] < best.seconds:
            best.seconds, last = here + goal[turn][0], turn
        for at in range(first[turn], first[turn + 1]):
            there = beyond[at]
            later = here + piece_s[at]
            if later < seconds[there] and not is_shut[passing[at]]:
                seconds[there], turn_before[there], passed[there], jumped[there] = later, turn, passing[at], NO_JUMP
                heapq.heappush(heap, (later + hope[there], there))
        for there, took_s, through, number in jumps.get(turn, ()):
            if here + took_s < seconds[there] and not is_shut[through]:
                seconds[there], turn_before[there], passed[there], jumped[there] = here + took_s, turn, through, number
                heapq.heappush(heap, (here + took_s + hope[there], there))
    return _traced(book, best, before, goal, last)


class _Before(NamedTuple):
    """By turn: the turn before it, or the start's access point as -1 - access; the passing between; the jump, if it is one."""

    turn: list[int]
    passing: list[int]
    jump: list[int]


def _traced(book: Book, best: _Found, before: _Before, goal: dict[int, tuple[float, int, int]], last: int) -> _Found:
    """The way back from the last turn."""
    if last < 0:
        return best
    best.end = goal[last][1]
    best.steps, best.turns = [_Step(_codes(book, goal[last][2]))], []
    turn = last
    while turn >= 0:
        best.turns.append(turn)
        best.steps.append(_Step(_codes(book, before.passing[turn]), before.jump[turn]))
        turn = before.turn[turn]
    best.start = -1 - turn
    best.turns.reverse()
    best.steps.reverse()
    return best


def _codes(book: Book, passing: int) -> tuple[int, ...]:
    return tuple(book.passing_portal[book.passing_first[passing] : book.passing_first[passing + 1]].tolist())


def _hope(book: Book, ends: Ints) -> list[float]:
    """From each turn straight to the nearest access point of the end, at the greatest speed: never longer than any way."""
    x_m, y_m = book.access_x_m[ends], book.access_y_m[ends]
    away = np.hypot(book.turn_x_m[:, None] - x_m, book.turn_y_m[:, None] - y_m).min(axis=1)
    hope: list[float] = (away / book.graph.fastest_m_per_s * (1 - 1e-12)).tolist()
    return hope


def _near(book: Book, accesses: Ints, barriers: Collection[Barrier]) -> Iterable[tuple[int, int, float, int]]:
    """Access point, turn that it sees, seconds, passing."""
    count = book.near_first[accesses + 1] - book.near_first[accesses]
    access = np.repeat(accesses, count)
    at = np.arange(access.size) + np.repeat(book.near_first[accesses] - np.cumsum(count) + count, count)
    turn = book.near[at]
    a = np.stack([book.access_x_m[access], book.access_y_m[access]], axis=1)
    b = np.stack([book.turn_x_m[turn], book.turn_y_m[turn]], axis=1)
    seconds = np.hypot(*(a - b).T) / book.profile.level_m_per_s
    kept = np.ones(turn.size, bool)
    for each in barriers:
        on = np.flatnonzero(book.access_level[access] == each.level)
        kept[on[crossings(np.array([each.line_m]), a[on], b[on]).line]] = False
    rows = (access, turn, seconds, book.near_passing[at])
    return zip(*(each[kept].tolist() for each in rows), strict=True)


def _goal(
    book: Book, ends: Ints, is_shut: list[bool], barriers: Collection[Barrier]
) -> dict[int, tuple[float, int, int]]:
    """Turns that see the end: seconds, its access point, passing toward it."""
    back = book.passing_back
    goal: dict[int, tuple[float, int, int]] = {}
    for access, turn, cost, through in _near(book, ends, barriers):
        toward = int(back[through])
        if not is_shut[toward] and (turn not in goal or cost < goal[turn][0]):
            goal[turn] = cost, access, toward
    return goal


def _barred(book: Book, barriers: Collection[Barrier], passing: list[int], shut: int) -> list[int]:
    """Passings of the pieces, where those that a barrier crosses are shut."""
    changed = np.array(passing)
    tail = np.repeat(np.arange(book.first.size - 1), np.diff(book.first))
    for each in barriers:
        on = np.flatnonzero(book.turn_level[tail] == each.level)
        a, b = (np.stack([book.turn_x_m[turn], book.turn_y_m[turn]], axis=1) for turn in (tail[on], book.beyond[on]))
        changed[on[crossings(np.array([each.line_m]), a, b).line]] = shut
    found: list[int] = changed.tolist()
    return found


def _straight(book: Book, starts: Ints, ends: Ints, is_open: Bools, barriers: Collection[Barrier]) -> _Found:
    """The shortest straight line from an access point of the start to one of the end, if one is clear."""
    best = _Found()
    pairs = [
        (math.hypot(book.access_x_m[b] - book.access_x_m[a], book.access_y_m[b] - book.access_y_m[a]), a, b)
        for a in starts.tolist()
        for b in ends.tolist()
        if book.access_level[a] == book.access_level[b]
    ]
    floors: dict[int, Borders] = {}
    for length_m, a, b in sorted(pairs):
        level = int(book.access_level[a])
        borders = floors.get(level) or floors.setdefault(level, borders_of(book, level))
        line = [(float(book.access_x_m[each]), float(book.access_y_m[each])) for each in (a, b)]
        is_seen = borders.x.size > 0 and is_clear(borders, borders.grains(*line[0]), borders.grains(*line[1]))
        if length_m > 0 and not is_seen:
            continue
        codes = _doors_passed(book, level, line[0], line[1])
        lines = np.array([each.line_m for each in barriers if each.level == level]).reshape(-1, 4)
        if is_open[list(codes)].all() and not crossings(lines, np.array(line[:1]), np.array(line[1:])).line.size:
            return _Found(length_m / book.profile.level_m_per_s, a, b, [], [_Step(codes)])
    return best


def _doors_passed(book: Book, level: int, a: Point, b: Point) -> tuple[int, ...]:
    """Doors that a line goes through, as in a book's passings."""
    doors = np.flatnonzero(book.door_level == level)
    crossed = crossings(book.door_line_m[doors], np.array([a]), np.array([b]))
    of = doors[crossed.door]
    codes: list[int] = (2 * book.door_portal[of] + (crossed.from_left != book.door_left[of])).tolist()
    return tuple(codes)


def _parts(book: Book, found: _Found) -> Iterable[Leg | Ride]:
    """Legs on foot and rides between them."""
    turns_m = [(float(book.turn_x_m[turn]), float(book.turn_y_m[turn])) for turn in found.turns]
    first, last = ((float(book.access_x_m[each]), float(book.access_y_m[each])) for each in (found.start, found.end))
    stops = [first, *turns_m, last]
    level = int(book.access_level[found.start])
    points, doors = [first], list[tuple[int, int]]()  # doors: code, number of the piece
    for number, step in enumerate(found.steps):
        if step.jump == NO_JUMP:
            doors += [(code, len(points) - 1) for code in step.codes]
            points.append(stops[number + 1])
            continue
        yield from _leg(book, level, points, doors)
        portal, is_back = divmod(step.codes[0], 2)
        to_level = int(book.turn_level[found.turns[number]])
        yield Ride(
            book.portals[portal], not is_back, book.levels[level], book.levels[to_level],
            (stops[number], stops[number + 1]), float(book.jump_length_m[step.jump]), float(book.jump_s[step.jump]),
        )  # fmt: skip
        level, points, doors = to_level, [stops[number + 1]], []
    yield from _leg(book, level, points, doors)


def _leg(book: Book, level: int, points: list[Point], doors: list[tuple[int, int]]) -> Iterable[Leg]:
    """A leg, unless it has no length and leads nowhere."""
    kept = [0, *(at for at in range(1, len(points)) if math.dist(points[at], points[at - 1]) > 0)]
    lengths = [0.0]
    for a, b in itertools.pairwise(points):
        lengths.append(lengths[-1] + math.dist(a, b))
    if lengths[-1] == 0 and not doors:
        return
    line_of = {int(portal): line for portal, line in zip(book.door_portal, book.door_line_m.tolist(), strict=True)}
    passed = []
    for code, piece in doors:
        at_m = _meeting(points[piece], points[piece + 1], line_of[code >> 1])
        passed.append(
            Passed(book.portals[code >> 1], not code & 1, at_m, lengths[piece] + math.dist(points[piece], at_m))
        )
    walked = tuple(points[at] for at in kept)
    yield Leg(book.levels[level], walked, lengths[-1], lengths[-1] / book.profile.level_m_per_s, tuple(passed))


def _meeting(a: Point, b: Point, line: list[float]) -> Point:
    """Where a piece goes through the line of a door."""
    x1, y1, x2, y2 = line
    of_a = (x2 - x1) * (a[1] - y1) - (y2 - y1) * (a[0] - x1)
    of_b = (x2 - x1) * (b[1] - y1) - (y2 - y1) * (b[0] - x1)
    share = of_a / (of_a - of_b)
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
