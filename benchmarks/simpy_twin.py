"""The day once more, written with SimPy: a process per visitor.

Same venue, same visitors with the same plans, same keyed draws (service times, second-best ways), same stations, lane
openings and closing time, same trains, same openings shared by both directions, same storage of links and floors.
All tables are plain lists before the clock starts: none of that is in the time that the comparison takes.

What differs from the day engine:

- the speed on a link is fixed at entry, from the density at that moment by the engine's own formula, where the
  engine's link clock lets people slow down and hurry on while they walk;
- routes are static: those of an empty venue (so the engine is run with ``route_update_s=0`` beside it);
- whoever finds a link or floor full waits for room, without the rules that keep a jam moving or bound it from
  outside: no rotation of blocked cycles (R2), no first row side by side (R3), no perimeter (R5);
- it logs less: services, entry, leaving, and who is where each minute; no flows, levels of service, replay;
- of the timeline it knows lanes, service times and closing time.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numba as nb
import numpy as np
import simpy
from numpy.typing import NDArray

from hostcity.engines.day._kernels.draws import ROUTE, service_time, sixty_fourth
from hostcity.engines.day._kernels.layout import (
    APPOINTMENT,
    FIRST_STAY,
    GO_HOME,
    LEAVE_UNIT_S,
    NEVER,
    RELEASE_QUEUE,
    SET_LANES,
    SET_SERVICE,
    TABLE_SHIFT,
)
from hostcity.engines.day._kernels.routes import NO_WAY, SHARE_SHIFT
from hostcity.engines.day.rehearse import DEPARTURE_LAW, Day
from hostcity.engines.day.results import HOME, NEVER_CAME, STILL_INSIDE, TURNED_AWAY

NAN = float("nan")
MINUTE_S = 60.0
Process = Generator[simpy.Event, Any, None]


@dataclass(frozen=True, kw_only=True, slots=True)
class TwinResult:
    """What the twin keeps of a day. ``V`` visitors in order of arrival, ``W`` services, ``M`` minutes."""

    left_s: NDArray[np.float64]  # [V] nan = still there
    end: NDArray[np.uint8]  # [V] as in the engine's results
    entry_s: NDArray[np.float64]  # [V] joining security to leaving the badge check
    service_station: NDArray[np.int16]  # [W]
    service_person: NDArray[np.int32]  # [W]
    service_wait_s: NDArray[np.float64]  # [W]
    way_persons: NDArray[np.int32]  # [M, 2L]
    floor_persons: NDArray[np.int32]  # [M, N]
    blocked: int  # times that somebody found a link or floor full
    cpu_s: float  # of the run itself


@nb.njit(cache=True)
def _service_times(
    seed: Any, key: Any, first_stop: Any, station: Any, law: Any, mean_s: Any, cv: Any, took_s: Any
) -> None:
    for person in range(key.size):
        for stop in range(first_stop[person], first_stop[person + 1]):
            at = station[stop]
            if at >= 0 and law[at] != DEPARTURE_LAW:
                counter = stop - first_stop[person]
                took_s[stop] = service_time(seed, key[person], counter, law[at], mean_s[at], cv[at])


@nb.njit(cache=True)
def _route_draw(seed: Any, key: Any, node_key: Any, dest_key: Any) -> Any:
    return sixty_fourth(seed, key, ROUTE, node_key + dest_key * np.uint64(0x9E3779B97F4A7C15))


class Lanes(simpy.Resource):
    """Lanes that open and close; who is being served is served to the end."""

    def open(self, lanes: int) -> None:
        self._capacity = lanes
        for _ in range(min(lanes - self.count, len(self.queue))):  # SimPy looks at one who waits at a time
            self._trigger_put(None)

    def send_away(self) -> None:
        """Interrupt everybody who waits."""
        for request in list(self.queue):
            request.proc.interrupt()


class Twin:
    """A day's tables as plain lists, and its processes."""

    def __init__(self, day: Day) -> None:
        known = (SET_LANES, SET_SERVICE, RELEASE_QUEUE)
        if not np.isin(day.control.what, known).all() or day.rules.wrong_turn_share > 0.0:
            raise ValueError("the twin knows no closures, evacuations or wrong turns")
        self.env = simpy.Environment(initial_time=day.rules.start_s)
        self.day = day
        self._list_network()
        self._list_visitors()
        self._list_stations()
        self.blocked = 0

    def _list_network(self) -> None:
        net, rules, crowd = self.day.network.net, self.day.rules, self.day.crowd
        self.links, self.nodes = net.start.size, net.floor_store.size
        self.head_of = np.stack([net.end, net.start], axis=1).ravel().tolist()
        self.area_m2, self.pace = net.area_m2.tolist(), net.pace.tolist()
        self.headway_s = crowd.headway_s.tolist()
        self.store, self.way_store = crowd.store.tolist(), crowd.way_store.tolist()
        self.metered, self.floor_store = crowd.metered.tolist(), net.floor_store.tolist()
        self.speeds = self.day.speeds.tolist()
        self.first_way, self.second_way, self.second_share = [], [], []
        for table in self.day.hops[[0, rules.classes]].astype(np.int64):
            place, second, share = table & NO_WAY, (table >> 5) & NO_WAY, table >> SHARE_SHIFT
            base = net.first_out[:-1, None]
            last = net.out.size - 1
            self.first_way.append(net.out[np.minimum(base + place, last)].tolist())
            self.second_way.append(net.out[np.minimum(base + second, last)].tolist())
            self.second_share.append(np.where(place == NO_WAY, 0, share).tolist())
        self.people, self.queued, self.ways = [0] * self.links, [0] * self.links, [0] * (2 * self.links)
        self.floor = [0] * self.nodes
        self.loss, self.per_m2 = 2.0 * rules.counter_flow_loss, 1.0 / rules.link_cap
        self.door_free = [-1.0] * len(self.headway_s)
        self.no_room: dict[int, list[simpy.Event]] = {}  # who waits for room on a link, or (links + node) on a floor

    def _list_visitors(self) -> None:
        people, rules = self.day.people, self.day.rules
        self.arrive_s, self.origin = people.arrive_s.tolist(), people.origin.tolist()
        self.speed = people.walker["speed"].astype(float).tolist()
        self.table = ((people.walker["flags"] >> TABLE_SHIFT) >= rules.classes).astype(int).tolist()
        self.first_stop = people.first_stop.tolist()
        self.stop_dest = people.stop["dest"].tolist()
        self.stop_node = self.day.network.net.dest_node[people.stop["dest"]].tolist()
        self.stop_station = people.stop["station"].tolist()
        self.stop_dwell_s = people.stop["dwell_s"].astype(float).tolist()
        leave_by = people.stop["leave_by"]
        self.stop_leave_s = np.where(leave_by == NEVER, np.inf, rules.start_s + LEAVE_UNIT_S * leave_by).tolist()
        took_s = np.zeros(leave_by.size)
        service = self.day.service
        station = np.ascontiguousarray(people.stop["station"])
        _service_times(
            rules.seed, people.key, people.first_stop, station, service.law, service.mean_s, service.spread, took_s
        )
        self.stop_took_s = took_s.tolist()
        self.appointment = people.appointment.tolist()
        self.appointment_ends, self.appointment_missed = (
            people.appointment_ends.tolist(),
            people.appointment_missed.tolist(),
        )
        visitors = len(self.arrive_s)
        self.left_s, self.entry_s, self.joined_s = [NAN] * visitors, [NAN] * visitors, [NAN] * visitors
        self.end = [NEVER_CAME] * visitors

    def _list_stations(self) -> None:
        service = self.day.service
        stations = service.node.size
        self.departs = (service.law == DEPARTURE_LAW).tolist()
        self.lanes = [Lanes(self.env) for _ in range(stations)]
        for lanes in self.lanes:
            lanes.open(0)
        self.platform: list[list[simpy.Event]] = [[] for _ in range(stations)]
        self.slower = [1.0] * stations
        self.starts_entry, self.ends_entry = service.starts_entry.tolist(), service.ends_entry.tolist()
        self.served: list[tuple[int, int, float]] = []
        self.minutes: list[tuple[list[int], list[int]]] = []

    def play(self) -> TwinResult:
        """Run the day to the end of its clock."""
        env, rules = self.env, self.day.rules
        env.process(self.follow_timeline())
        env.process(self.admit())
        env.process(self.count_each_minute())
        for station, departs in enumerate(self.departs):
            if departs:
                env.process(self.send_trains(station))
        began = time.process_time()
        env.run(until=rules.start_s + rules.steps * rules.step_s)
        cpu_s = time.process_time() - began
        station, person, wait_s = zip(*self.served, strict=True) if self.served else ((), (), ())
        return TwinResult(
            left_s=np.array(self.left_s),
            end=np.array(self.end, np.uint8),
            entry_s=np.array(self.entry_s),
            service_station=np.array(station, np.int16),
            service_person=np.array(person, np.int32),
            service_wait_s=np.array(wait_s, float),
            way_persons=np.array([ways for ways, _ in self.minutes], np.int32),
            floor_persons=np.array([floors for _, floors in self.minutes], np.int32),
            blocked=self.blocked,
            cpu_s=cpu_s,
        )

    def admit(self) -> Process:
        """Let everybody come at their time."""
        env = self.env
        for person, at_s in enumerate(self.arrive_s):
            if at_s > env.now:
                yield env.timeout(at_s - env.now)
            env.process(self.visit(person))

    def follow_timeline(self) -> Process:
        """Open and close lanes, change service times, send queues away."""
        control = self.day.control
        columns = (control.at, control.what, control.target, control.value)
        for at_s, what, target, value in zip(*(each.tolist() for each in columns), strict=True):
            if at_s > self.env.now:
                yield self.env.timeout(at_s - self.env.now)
            if what == SET_LANES:
                self.lanes[target].open(int(value))
            elif what == SET_SERVICE:
                self.slower[target] = value
            else:
                self.lanes[target].send_away()

    def count_each_minute(self) -> Process:
        """Note who is on every link and floor."""
        while True:
            yield self.env.timeout(MINUTE_S)
            self.minutes.append((self.ways.copy(), self.floor.copy()))

    def send_trains(self, station: int) -> Process:
        """Every headway as many leave as have room, in order of joining."""
        service, platform = self.day.service, self.platform[station]
        while True:
            yield self.env.timeout(float(service.headway_s[station]) * self.slower[station])
            places = int(service.batch[station]) * self.lanes[station].capacity
            for boards in platform[:places]:
                boards.succeed()
            del platform[:places]

    def room_on(self, place: int) -> simpy.Event:
        """An event that comes when somebody leaves a link, or (links + node) a floor."""
        self.blocked += 1
        event = self.env.event()
        self.no_room.setdefault(place, []).append(event)
        return event

    def tell_of_room(self, place: int) -> None:
        """Let those who wait for room look again."""
        for event in self.no_room.pop(place):
            event.succeed()

    def way_out(self, person: int, stop: int, node: int) -> int:
        """The directed link that a person takes out of a node."""
        table, dest = self.table[person], self.stop_dest[stop]
        share = self.second_share[table][node][dest]
        if share and self.chooses(person, node, dest) < share:
            return self.second_way[table][node][dest]
        return self.first_way[table][node][dest]

    def line(self, person: int, stop: int, node: int) -> int:
        """The opening through which a person leaves a floor: that of the line for their way out."""
        is_there = node == self.stop_node[stop]
        return self.links + (2 * self.links + node if is_there else self.way_out(person, stop, node))

    def chooses(self, person: int, node: int, dest: int) -> int:
        """The engine's draw for the way out of a node."""
        day, net = self.day, self.day.network.net
        return int(
            _route_draw(day.rules.seed, day.people.key[person], net.node_key[node], net.node_key[net.dest_node[dest]])
        )

    def walk_s(self, person: int, way: int) -> float:
        """How long a person who has just entered a link walks on it."""
        link = way >> 1
        here, standing, area = self.people[link], self.queued[link], self.area_m2[link]
        left = max(area - standing * self.per_m2, 0.1 * area)
        share = self.speeds[min(int((here - standing) / left * 128.0), 1023)]
        against = 1.0 - self.loss * min(self.ways[way], self.ways[way ^ 1]) / here
        return self.pace[way] / (self.speed[person] * min(1.0, share * against * area / left))

    def walk(self, person: int, stop: int, node: int) -> Process:
        """From the floor of a node to the floor of the stop's node."""
        env, links, floor, people, ways, queued = (
            self.env, self.links, self.floor, self.people, self.ways, self.queued
        )  # fmt: skip
        door_free, headway_s, no_room = self.door_free, self.headway_s, self.no_room
        store, way_store, metered, floor_store = self.store, self.way_store, self.metered, self.floor_store
        target = self.stop_node[stop]
        way, link, door = -1, -1, self.line(person, stop, node)
        while True:
            # One at a time through the opening at the end of the link, or out of the floor by the way that they want.
            free_s = door_free[door]
            if free_s > env.now:
                door_free[door] = free_s + headway_s[door]
                yield env.timeout(free_s - env.now)
            else:
                door_free[door] = env.now + headway_s[door]
            if node == target:
                while link >= 0 and floor[node] >= floor_store[node]:
                    yield self.room_on(links + node)
            else:
                to_way = self.way_out(person, stop, node)
                to_link = to_way >> 1
                while (
                    people[to_link] >= store[to_link]
                    or ways[to_way] >= way_store[to_link]
                    or (link < 0 and people[to_link] >= metered[to_link] and floor[node] < floor_store[node])
                ):
                    yield self.room_on(to_link)
            if link >= 0:
                people[link] -= 1
                ways[way] -= 1
                queued[link] -= 1
                if link in no_room:
                    self.tell_of_room(link)
            else:
                floor[node] -= 1
                if links + node in no_room:
                    self.tell_of_room(links + node)
            if node == target:
                floor[node] += 1
                return
            way, link, door = to_way, to_link, to_link
            people[link] += 1
            ways[way] += 1
            yield env.timeout(self.walk_s(person, way))
            queued[link] += 1
            node = self.head_of[way]

    def visit(self, person: int) -> Process:
        """One visitor's day."""
        env, floor = self.env, self.floor
        stop, last = self.first_stop[person], self.first_stop[person + 1] - 1
        node = self.origin[person]
        floor[node] += 1
        self.end[person] = STILL_INSIDE
        while True:
            yield from self.walk(person, stop, node)
            node = self.stop_node[stop]
            now, station, leave_s = env.now, self.stop_station[stop], self.stop_leave_s[stop]
            if leave_s <= now:
                pass  # no time for it any more
            elif station == GO_HOME:
                break
            elif station >= 0 and self.departs[station]:
                boards = env.event()
                self.platform[station].append(boards)
                yield boards
                self.served.append((station, person, env.now - now))
                break
            elif station >= 0 and (
                (self.starts_entry[station] and now > self.day.rules.last_entry_s)
                or (self._is_check(station) and now >= self.day.rules.closes_s)
            ):
                self.end[person] = TURNED_AWAY
                stop = last - 1
            elif station >= 0:
                try:
                    yield from self.be_served(person, stop, station)
                except simpy.Interrupt:  # closing time
                    if self._is_check(station):
                        self.end[person] = TURNED_AWAY
                        stop = last - 1
            else:
                begin_s = max(now, self.day.rules.opens_s) if station == FIRST_STAY else now
                until_s = min(begin_s + self.stop_dwell_s[stop], leave_s)
                if station == APPOINTMENT:
                    which = self.appointment[person]
                    until_s = self.appointment_ends[which] if now <= self.appointment_missed[which] else now
                if until_s > now:
                    yield env.timeout(until_s - now)
            stop += 1
            while self.stop_leave_s[stop] <= env.now:
                stop += 1
        floor[node] -= 1
        if self.links + node in self.no_room:
            self.tell_of_room(self.links + node)
        self.left_s[person] = env.now
        if self.end[person] != TURNED_AWAY:
            self.end[person] = HOME

    def _is_check(self, station: int) -> bool:
        return bool(self.starts_entry[station] or self.ends_entry[station])

    def be_served(self, person: int, stop: int, station: int) -> Process:
        """Wait for a lane, be served, and stay at the table if the stop says so."""
        env = self.env
        joined_s = env.now
        with self.lanes[station].request() as turn:
            yield turn
            self.served.append((station, person, env.now - joined_s))
            yield env.timeout(self.stop_took_s[stop] * self.slower[station])
        if self.starts_entry[station]:
            self.joined_s[person] = joined_s
        if self.ends_entry[station]:
            self.entry_s[person] = env.now - self.joined_s[person]
        table_s = min(self.stop_dwell_s[stop], self.stop_leave_s[stop] - env.now)
        if table_s > 0:
            yield env.timeout(table_s)


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
