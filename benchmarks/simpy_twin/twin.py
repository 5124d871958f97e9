"""The processes of a day: visitors, timeline, trains; places on links are plain counters."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from benchmarks.simpy_twin.result import TwinResult
from benchmarks.simpy_twin.tables import Tables, route_draw
from hostcity.engines.day._kernels.layout import (
    APPOINTMENT,
    FIRST_STAY,
    GO_HOME,
    SET_LANES,
    SET_SERVICE,
)
from hostcity.engines.day.results import HOME, STILL_INSIDE, TURNED_AWAY

NAN = float("nan")
MINUTE_S = 60.0
Process = Generator[simpy.Event, Any, None]


class Twin(Tables):
    """A day's tables, and its processes."""

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
            route_draw(day.rules.seed, day.people.key[person], net.node_key[node], net.node_key[net.dest_node[dest]])
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
