"""Ways over a venue by their definition: exact routes over each level's floor, on which closed openings are walled up."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from hostcity.engines.network import floor_of_level
from hostcity.engines.walk import road_map_of, route_lengths


class Venue:
    """All levels of a plan with some portals closed; asks a book only for the points at which places are reached."""

    def __init__(self, plan, book, closed=()):
        self.plan, self.book, self.closed = plan, book, set(closed)
        shut = self.closed | {each.code for each in book.portals if each.refused}
        walled = plan.replace(openings=tuple(each for each in plan.openings if each.code not in shut))
        levels = [floor_of_level(walled, each.code, book.profile.clearance_m) for each in plan.levels]
        self.road_maps = [level and road_map_of(level.floor, most_kept=0) for level in levels]
        self.shut = shut

    def accesses(self, place):
        """Level and point of each."""
        number, book = self.book.place_of[place], self.book
        return [
            (int(book.access_level[each]), (float(book.access_x_m[each]), float(book.access_y_m[each])))
            for each in range(book.access_of[number], book.access_of[number + 1])
        ]

    def seconds(self, start, end):
        """The quickest way; inf where there is none."""
        jumps = [
            (int(tail), int(head), took_s)
            for tail, head, took_s, passing in zip(
                self.book.jump_tail, self.book.jump_head, self.book.jump_s, self.book.jump_passing, strict=True
            )
            if self._can(passing)
        ]
        turns = sorted({turn for tail, head, _ in jumps for turn in (tail, head)})
        stops = [
            (int(self.book.turn_level[each]), (self.book.turn_x_m[each], self.book.turn_y_m[each])) for each in turns
        ]
        starts, ends = self.accesses(start), self.accesses(end)
        points = [*starts, *ends, *stops]
        cost = np.full((len(points) + 2, len(points) + 2), np.inf)
        for level, road_map in enumerate(self.road_maps):
            on = [at for at, (of_level, _) in enumerate(points) if of_level == level]
            if road_map is not None and on:
                there = np.array([points[at][1] for at in on])
                cost[np.ix_(on, on)] = route_lengths(road_map, there, there) / self.book.profile.level_m_per_s
        first = len(starts) + len(ends)
        for tail, head, took_s in jumps:
            one, other = first + turns.index(tail), first + turns.index(head)
            cost[one, other] = min(cost[one, other], took_s)
        cost[-2, : len(starts)] = 1e-12
        cost[len(starts) : first, -1] = 1e-12
        one, other = np.nonzero(np.isfinite(cost))
        graph = csr_array((np.maximum(cost[one, other], 1e-12), (one, other)), shape=cost.shape)
        return float(dijkstra(graph, indices=len(cost) - 2)[-1])

    def _can(self, passing):
        begin, end = self.book.passing_first[passing : passing + 2]
        for code in self.book.passing_portal[begin:end].tolist():
            portal = self.book.portals[code >> 1]
            if portal.code in self.shut or not (portal.backward if code & 1 else portal.forward):
                return False
        return True
