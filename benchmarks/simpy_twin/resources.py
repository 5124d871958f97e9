"""The twin with SimPy's own way to bound a place, and the run of either."""

from __future__ import annotations

import simpy

from benchmarks.simpy_twin.result import TwinResult
from benchmarks.simpy_twin.twin import Process, Twin
from hostcity.engines.day.rehearse import Day


class ResourceTwin(Twin):
    """The same with SimPy's own resources where it has them: the places on a link are a `simpy.Resource`.

    SimPy's own way to bound a place. It costs an event more to enter a link and one to leave it; the direction share
    and metering, for which SimPy has no resource, are left out.
    """

    def __init__(self, day: Day) -> None:
        super().__init__(day)
        self.places = [simpy.Resource(self.env, capacity=max(1, persons)) for persons in self.store]

    def walk(self, person: int, stop: int, node: int) -> Process:
        """From the floor of a node to the floor of the stop's node."""
        env, floor, people, ways, queued = self.env, self.floor, self.people, self.ways, self.queued
        door_free, headway_s, places = self.door_free, self.headway_s, self.places
        target = self.stop_node[stop]
        way, link, door = -1, -1, self.line(person, stop, node)
        place = to_place = None
        while True:
            free_s = max(env.now, door_free[door])
            door_free[door] = free_s + headway_s[door]
            if free_s > env.now:
                yield env.timeout(free_s - env.now)
            if node != target:
                to_way = self.way_out(person, stop, node)
                to_place = places[to_way >> 1].request()
                yield to_place
            if place is not None:
                people[link] -= 1
                ways[way] -= 1
                queued[link] -= 1
                places[link].release(place)
            else:
                floor[node] -= 1
            if node == target:
                floor[node] += 1
                return
            way, link, door, place = to_way, to_way >> 1, to_way >> 1, to_place
            people[link] += 1
            ways[way] += 1
            yield env.timeout(self.walk_s(person, way))
            queued[link] += 1
            node = self.head_of[way]


def play_with_simpy(day: Day, *, resources: bool = False) -> TwinResult:
    """Play a day that `hostcity.engines.day.rehearse.prepare` has made ready, with SimPy.

    Parameters
    ----------
    day
        The day; its arrays are read only.
    resources
        Let the places on links be SimPy resources (`ResourceTwin`) instead of counters.

    Raises
    ------
    ValueError
        When the day has closures, evacuations or wrong turns.
    """
    return (ResourceTwin if resources else Twin)(day).play()
