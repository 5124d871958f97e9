"""Who passes a place on a played day, when, by which links, and whether they are served there."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import MOVE_LINK, MOVE_QUEUE, DayResult
from hostcity.plan.plan import Plan
from hostcity.studies.microscope.asked import LINKS, Asked

NOWHERE = -1  # no link: the bay of those who stay
BEFORE_S, AFTER_S = 4 * 3600.0, 3600.0  # whoever is there came and goes on within that
SAME_S = 0.02  # clocks of moves are kept in single precision


@dataclass(frozen=True, slots=True)
class Passage:
    """One person's way by a place. Directed links: 2 l forward, 2 l + 1 backward; `NOWHERE` = out of or into the bay."""

    person: int
    from_way: int
    to_way: int
    on_s: float  # began to walk on the link by which they come; of who comes out of the bay: when they do
    there_s: float  # reached the node; on a link, its middle
    left_s: float  # began to walk on the link by which they go, or went into the bay
    beyond_s: float  # left that link; inf = not within an hour after the minutes
    station: int = -1  # check at which they were served
    joined_s: float = math.nan
    begun_s: float = math.nan  # was served from


def every_move(plan: Plan) -> Plan:
    """The plan with everybody's moves kept; its day is the same."""
    return plan.replace(model=(dataclasses.replace(plan.rules, replay_share=1.0),))


def passages_at(plan: Plan, day: DayResult, asked: Asked, stations: tuple[int, ...]) -> list[Passage]:
    """Passages of a place that overlap the minutes asked for, give or take; in order of persons.

    Parameters
    ----------
    day
        A played day on which everybody's moves are kept (`every_move`).
    stations
        Checks at the node whose service belongs to the passage; whoever waits for others goes into the bay.
    """
    moves = _Moves(plan, day, asked)
    if asked.sheet == LINKS:
        return [
            Passage(person, place, place, at_s, (at_s + next_s) / 2, (at_s + next_s) / 2, next_s)
            for person, at_s, next_s, _, place in moves
        ]
    return list(_by_node(plan, day, asked, moves, stations))


class _Moves:
    """The moves by a place, by person and time: person, time, time of the next move, kind, place."""

    def __init__(self, plan: Plan, day: DayResult, asked: Asked) -> None:
        first, last = np.searchsorted(day.replay_at_s, [asked.starts_s - BEFORE_S, asked.ends_s + AFTER_S])
        person, at_s = day.replay_person[first:last], day.replay_at_s[first:last]
        kind, place = day.replay_kind[first:last], day.replay_place[first:last]
        touches = touching(plan, asked, kind, place)
        passes = np.zeros(day.visitor_arrive_s.size, bool)
        passes[person[touches]] = True
        rows = np.flatnonzero(passes[person])
        rows = rows[np.argsort(person[rows], kind="stable")]
        same = np.append(person[rows][1:] == person[rows][:-1], False)
        next_s = np.where(same, np.append(at_s[rows][1:], 0.0).astype(float), math.inf)
        kept = touches[rows]
        self._columns = (person[rows][kept], at_s[rows][kept], next_s[kept], kind[rows][kept], place[rows][kept])

    def __iter__(self) -> Iterator[tuple[int, float, float, int, int]]:
        return iter(zip(*(column.tolist() for column in self._columns), strict=True))


def touching(plan: Plan, asked: Asked, kind: NDArray[np.uint8], place: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which moves are by a place: on its links, or at its node."""
    ways = np.zeros(2 * len(plan.links), bool)
    for at, link in enumerate(plan.links):
        ways[2 * at : 2 * at + 2] = (
            link.code == asked.code if asked.sheet == LINKS else asked.code in (link.start, link.end)
        )
    nodes = np.array([asked.sheet != LINKS and node.code == asked.code for node in plan.nodes], bool)
    is_link = kind == MOVE_LINK
    found: NDArray[np.bool_] = np.where(is_link, ways[np.where(is_link, place, 0)], nodes[np.where(is_link, 0, place)])
    return found


def _by_node(plan: Plan, day: DayResult, asked: Asked, moves: _Moves, stations: tuple[int, ...]) -> Iterator[Passage]:
    leads_in = {
        2 * at + backward
        for at, link in enumerate(plan.links)
        for backward, end in enumerate((link.end, link.start))
        if end == asked.code
    }
    served = _Served(day, stations)
    coming: Passage | None = None
    for person, at_s, next_s, kind, place in moves:
        if coming and coming.person != person:
            yield coming
            coming = None
        if kind == MOVE_LINK and place in leads_in:
            if coming:
                yield coming
            coming = Passage(person, place, NOWHERE, at_s, next_s, next_s, next_s)
        elif kind == MOVE_LINK:
            coming = coming or Passage(person, NOWHERE, NOWHERE, at_s, at_s, at_s, at_s)
            yield dataclasses.replace(coming, to_way=place, left_s=at_s, beyond_s=next_s)
            coming = None
        elif kind == MOVE_QUEUE and coming and coming.station < 0 and (found := served.find(person, at_s)):
            station, begun_s = found
            coming = dataclasses.replace(
                coming, station=station, joined_s=at_s, begun_s=begun_s, left_s=next_s, beyond_s=next_s
            )
        elif coming:
            yield coming
            coming = None
    if coming:
        yield coming


class _Served:
    """Services of some stations, by person."""

    def __init__(self, day: DayResult, stations: tuple[int, ...]) -> None:
        self._by_person: defaultdict[int, list[tuple[float, int, float]]] = defaultdict(list)
        for row in np.flatnonzero(np.isin(day.service_station, stations)):
            joined_s = float(day.service_joined_s[row])
            begun_s = joined_s + float(day.service_wait_s[row])
            self._by_person[int(day.service_person[row])].append((joined_s, int(day.service_station[row]), begun_s))
        for each in self._by_person.values():
            each.sort()

    def find(self, person: int, joined_s: float) -> tuple[int, float] | None:
        """Station, and when the service began, of somebody who joined then."""
        rows = self._by_person.get(person, [])
        at = bisect_left(rows, (joined_s - SAME_S,))
        return rows[at][1:] if at < len(rows) and rows[at][0] <= joined_s + SAME_S else None
